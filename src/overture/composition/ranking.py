"""Over-generate and rank: every way to put the chosen parts together is scored, the best one is written."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from overture.composition.parts import Desk
from overture.composition.widespread import COMMON
from overture.composition.words import content_stems
from overture.domain.messages import Role, Segment

_SENTENCE = re.compile(r"[.?!:](?:\s|$)")
_LONG_SENTENCE = 20
_REPEAT = 0.35
_STRANGE = 0.12
"""What each telling word costs that is not the lead's own: it makes the message fit another lead as well."""
_EMPTY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Option:
    """One way to say one part. ``worth`` is what speaks for it on its own; ``free`` are stems it may share."""

    segments: tuple[Segment, ...]
    worth: float = 0.0
    free: frozenset[str] = _EMPTY


@dataclass(frozen=True, slots=True)
class _Weighed:
    option: Option
    stems: frozenset[str]
    strange: frozenset[str]
    words: int
    units: int
    longest: int


def best(
    work: Desk, parts: Sequence[Sequence[Option]], length: Callable[[int, int], float], *, exact: bool = False
) -> list[Segment] | None:
    """Return the segments of the best combination, in the order of the parts; None where every length is refused.

    ``length`` gives the penalty for a number of words and of characters, below zero where it must not be. Words that
    two parts share cost, so do sentences of more than 20 words and rare words that are not the lead's. Equal scores
    keep the earlier option. All is measured on the formal wording, so tone changes no choice, save
    where nothing fits, the brief asks for something shorter, or ``exact`` is asked for.
    """
    formal = {} if exact or work.brief.most is not None else work.formal
    found = _best(parts, length, formal)
    return found if found is not None or not formal else _best(parts, length, {})


def _best(
    parts: Sequence[Sequence[Option]], length: Callable[[int, int], float], formal: Mapping[str, str]
) -> list[Segment] | None:
    weighed = [[_weigh(option, formal) for option in options] for options in parts]
    top: tuple[float, tuple[_Weighed, ...]] | None = None
    for combination in product(*weighed):
        cost = length(sum(item.words for item in combination), sum(item.units for item in combination))
        if cost < 0:
            continue
        score = sum(item.option.worth for item in combination) - cost - _repeated(combination)
        if top is None or score > top[0]:
            top = (score, combination)
    return None if top is None else [part for item in top[1] for part in item.option.segments]


def _weigh(option: Option, formal: Mapping[str, str]) -> _Weighed:
    said = [(formal.get(part.text, part.text), part.role) for part in option.segments]
    text = " ".join(words for words, _ in said)
    longest = max(len(part.split()) for part in _SENTENCE.split(text))
    others = " ".join(words for words, role in said if role is not Role.LEAD_CLAIM)
    strange = content_stems(others) - COMMON
    return _Weighed(option, content_stems(text) - option.free, strange, len(text.split()), len(text) + 1, longest)


def _repeated(combination: tuple[_Weighed, ...]) -> float:
    seen: set[str] = set()
    cost = _STRANGE * len(frozenset[str]().union(*(item.strange for item in combination)))
    for item in combination:
        cost += _REPEAT * len(item.stems & seen)
        cost += 0.05 * max(0, item.longest - _LONG_SENTENCE)
        seen |= item.stems
    return cost
