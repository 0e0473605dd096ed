"""Who wrote a message, and what it took: composer, model, attempts, tokens, cost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from overture.domain.messages import Draft


class ComposerName(StrEnum):
    """The composers there are."""

    EMBEDDED = "embedded"
    LLM = "llm"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens and money of model calls, as the model's host counts them.

    ``cached_tokens`` (read from a cache) and ``written_tokens`` (written to one) are parts of ``input_tokens``.
    ``cost`` is in US dollars, None where the price of the model is not known.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    written_tokens: int = 0
    cost: Decimal | None = None

    @property
    def tokens(self) -> int:
        """All of them, read and written."""
        return self.input_tokens + self.output_tokens

    def plus(self, other: "Usage") -> "Usage":
        """Add; a cost that one side does not know is not known of the sum, unless that side used nothing."""
        if not self.tokens:
            return other
        if not other.tokens:
            return self
        known = self.cost is not None and other.cost is not None
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_tokens + other.cached_tokens,
            self.written_tokens + other.written_tokens,
            self.cost + other.cost if known and self.cost is not None and other.cost is not None else None,
        )

    def split(self, parts: int) -> list["Usage"]:
        """Cut into parts whose sum is exactly this: one call writes several messages."""
        costs: Sequence[Decimal | None] = [None] * parts
        if self.cost is not None:
            each = (self.cost / parts).quantize(Decimal("1e-9"))
            costs = [self.cost - each * (parts - 1), *[each] * (parts - 1)]
        return [
            Usage(
                _share(self.input_tokens, parts, place),
                _share(self.output_tokens, parts, place),
                _share(self.cached_tokens, parts, place),
                _share(self.written_tokens, parts, place),
                costs[place],
            )
            for place in range(parts)
        ]


def _share(whole: int, parts: int, place: int) -> int:
    return whole // parts + (1 if place < whole % parts else 0)


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who wrote one message.

    ``model`` is 'provider:model' where a model was configured. ``attempts`` counts the calls that asked for this
    message. ``usage`` is its share of them. ``fallback`` says why the embedded composer wrote it although a model
    was configured; empty where the model did.
    """

    composer: ComposerName
    model: str = ""
    attempts: int = 0
    usage: Usage = Usage()
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft and its authorship."""

    draft: Draft
    authorship: Authorship


def shared_out(composed: Sequence[Composed], usage: Usage) -> list[Composed]:
    """Give each message that was asked for its share of what the calls of its lead used."""
    asked = [place for place, item in enumerate(composed) if item.authorship.attempts]
    shares = dict(zip(asked, usage.split(len(asked)) if asked else [], strict=True))
    return [
        replace(item, authorship=replace(item.authorship, usage=shares.get(place, Usage())))
        for place, item in enumerate(composed)
    ]
