"""The 54 preset sequences, built from three small tables and one rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from overture.domain.messages import MessageType

LENGTHS = ("short", "medium", "long")
OBJECTIVES = ("brand_awareness", "event_attendance", "meeting")
CADENCES = ("rapid", "normal", "long_term")
SATURATIONS = ("false", "true")

CHOICES: dict[str, tuple[str, ...]] = {
    "sequence_length": LENGTHS,
    "campaign_objective": OBJECTIVES,
    "cadence_profile": CADENCES,
    "saturated_markets": SATURATIONS,
}
"""What each filter may be, in the order of the parts of an id and of the whole list."""

DEFAULTS: dict[str, str] = {
    "sequence_length": "medium",
    "campaign_objective": "meeting",
    "cadence_profile": "normal",
    "saturated_markets": "false",
}

DEFAULT = "default"
"""The value that stands for a filter's default."""

_FOLLOW_UP = MessageType.FIRST_FOLLOW_UP
_AMBITION = MessageType.STAGE_AMBITION
_MATERIAL = MessageType.SHARE_MATERIAL
_HIRING = MessageType.HIRING_ACTIVITY

_BODIES: dict[tuple[str, str], tuple[MessageType, ...]] = {
    ("short", "meeting"): (_FOLLOW_UP,),
    ("short", "event_attendance"): (_FOLLOW_UP,),
    ("short", "brand_awareness"): (_MATERIAL,),
    ("medium", "meeting"): (_AMBITION, _FOLLOW_UP),
    ("medium", "event_attendance"): (_MATERIAL, _FOLLOW_UP),
    ("medium", "brand_awareness"): (_AMBITION, _MATERIAL),
    ("long", "meeting"): (_AMBITION, _MATERIAL, _HIRING, _FOLLOW_UP),
    ("long", "event_attendance"): (_MATERIAL, _AMBITION, _HIRING, _FOLLOW_UP),
    ("long", "brand_awareness"): (_MATERIAL, _AMBITION, _HIRING, _FOLLOW_UP),
}
"""The steps after the connection request; the stated length counts the connection request too."""

_WAITS = {"rapid": "2d 0h", "normal": "4d 0h", "long_term": "21d 0h"}
_LONG_TERM_WAIT_WHEN_LONG = "14d 0h"
_NO_WAIT = "0d 0h"


@dataclass(frozen=True, slots=True)
class SequenceStep:
    """One step: what to send, and how long to wait after it (``"4d 0h"``)."""

    step: int
    type: MessageType
    wait_time_after: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A preset sequence; ``key`` holds its four properties in the order of ``CHOICES``."""

    key: tuple[str, str, str, str]
    steps: tuple[SequenceStep, ...]

    @property
    def id(self) -> str:
        """The four properties, joined by underscores."""
        return "_".join(self.key)


def _waits(length: str, cadence: str, types: tuple[MessageType, ...]) -> Iterator[str]:
    between = _LONG_TERM_WAIT_WHEN_LONG if (length, cadence) == ("long", "long_term") else _WAITS[cadence]
    after_connecting = "0d 6h" if cadence == "rapid" else "1d 0h"
    for message_type in types[:-1]:
        yield after_connecting if message_type is MessageType.CONNECTION_REQUEST else between
    yield _NO_WAIT


def _build(length: str, objective: str, cadence: str, saturated: str) -> Sequence:
    types = _BODIES[length, objective]
    if saturated == "true":
        types = (MessageType.CONNECTION_REQUEST, *types)
    waits = _waits(length, cadence, types)
    steps = tuple(
        SequenceStep(number, message_type, wait)
        for number, (message_type, wait) in enumerate(zip(types, waits, strict=True), 1)
    )
    return Sequence((length, objective, cadence, saturated), steps)


@cache
def all_sequences() -> tuple[Sequence, ...]:
    """Return every sequence, ordered by length, objective, cadence and saturation."""
    return tuple(
        _build(length, objective, cadence, saturated)
        for length in LENGTHS
        for objective in OBJECTIVES
        for cadence in CADENCES
        for saturated in SATURATIONS
    )


def find(filters: Mapping[str, str]) -> tuple[Sequence, ...]:
    """Return the sequences that match.

    No filter: all of them. With at least one, all four apply; a filter that is absent, blank or
    ``default`` takes its default. A value outside ``CHOICES`` matches nothing. Other names are ignored.
    """
    given = {name: value for name, value in filters.items() if name in CHOICES and value.strip()}
    if not given:
        return all_sequences()
    chosen = {name: given.get(name, DEFAULT) for name in CHOICES}
    key = tuple(DEFAULTS[name] if value == DEFAULT else value for name, value in chosen.items())
    return tuple(sequence for sequence in all_sequences() if sequence.key == key)
