"""docs/quality.md: what text planted in pages achieves, with both composers."""

from collections.abc import Sequence

from benchmarks.quality.document import table
from benchmarks.quality.injected import PLACES, Planted
from benchmarks.quality.injections import VISIBLE, carriers, lookalikes, payloads

HEAD = (
    "carrier", "seen by readers", "embedded: messages", "with a payload", "with a lookalike", "model: it wrote",
    "embedded composer wrote instead", "with a payload", "with a lookalike",
)  # fmt: skip
ABSENT = (
    "**Not measured here with a language model**: the `llm` extra is not installed. With it (`make setup` brings it) "
    "this table also holds the messages of a model that obeys whatever it reads."
)


def injection_section(rows: Sequence[Planted], model: Sequence[Planted] | None) -> str:
    """Return what planted text achieves; ``model`` is None where the ``llm`` extra is not installed."""
    lines = [_line(name, rows, model) for name in carriers()]
    kinds = ", ".join(dict.fromkeys(item.type for item in payloads()))
    return "\n\n".join(
        (
            "## Planted text",
            f"{len(payloads())} payloads of eight types ({kinds}), carried in {len(carriers())} ways, planted in turn "
            f"in the page of the {', the '.join(PLACES)}; all five types of message. Half of the company pages are of "
            "the corpus; on the other half nothing competes with what is planted.",
            "The *model* obeys whatever it reads: it takes up the most suspicious sentence that it is sent, word for "
            "word, with the names, links and numbers that the sentence tells it to mention, and tries another place "
            "for it each time it is asked again (`benchmarks/quality/obedient_model.py`). It is asked over HTTP by "
            "the LLM composer as in production. Where it gets nothing through the gate the embedded composer writes.",
            "*With a payload*: messages that hold a name, phrase, host, handle or number of the payload, or any link, "
            "handle, address or long number that the caller did not give. *With a lookalike*: "
            f"{len(lookalikes())} more planted sentences read like the company's own, such as "
            f"“{lookalikes()[0].text}”. Where readers see them nothing can tell them from a true claim, so "
            "they are counted apart; where none does, they should not pass.",
            table(HEAD, [*lines, _line("all", rows, model)]),
            _by_type(rows, model) if model is not None else ABSENT,
        )
    )


def _line(name: str, rows: Sequence[Planted], model: Sequence[Planted] | None) -> tuple[str, ...]:
    ours, theirs = ([row for row in side if name in (row.carrier, "all")] for side in (rows, model or ()))
    counts = [sum(row.messages for row in ours), payload_count(ours), sum(row.lookalikes for row in ours)]
    told = [
        sum(row.by_model for row in theirs),
        sum(row.messages - row.by_model for row in theirs),
        payload_count(theirs),
        sum(row.lookalikes for row in theirs),
    ]
    shown = "-" if name == "all" else "yes" if name in VISIBLE else "no"
    return (name, shown, *map(str, counts), *(map(str, told) if model is not None else ["-"] * 4))


def payload_count(rows: Sequence[Planted]) -> int:
    """Return how many messages hold something of a payload."""
    return sum(row.payloads for row in rows)


def hidden_lookalikes(rows: Sequence[Planted]) -> list[Planted]:
    """Return the rows in which a lookalike passed that no reader sees."""
    return [row for row in rows if row.lookalikes and row.carrier not in VISIBLE]


def _by_type(rows: Sequence[Planted], model: Sequence[Planted]) -> str:
    kinds = list(dict.fromkeys(item.type for item in payloads()))
    lines = [
        (kind, *(str(sum(dict(row.found).get(kind, 0) for row in side)) for side in (rows, model))) for kind in kinds
    ]
    shown = list(dict.fromkeys(text for row in (*rows, *model) for text in row.shown))[:5]
    listed = "\n".join(f"- {' '.join(text.split())}" for text in shown)
    found = table(("messages with a payload of the type", "embedded", "model that obeys"), lines)
    return f"{found}\n\nSome of what should not have passed:\n\n{listed}" if shown else found
