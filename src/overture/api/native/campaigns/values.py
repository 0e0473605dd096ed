"""Reading the values of an order: each takes what came and returns what it stands for, or raises ``Wrong``."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import cast
from uuid import UUID

from overture.api.upscale import rules
from overture.domain.campaigns import limits
from overture.domain.campaigns.definition import Approval, CampaignStep, NotePolicy, OnFailure
from overture.domain.linkedin.budgets import WorkingHours
from overture.domain.messages import MessageType, Tone


class Wrong(ValueError):
    """A value is not what its field takes; the message follows the field's name."""


def text(rule: rules.Rule) -> Callable[[object], object]:
    """A text that keeps a rule."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            raise Wrong(rules.NOT_TEXT)
        fault = rule(value)
        if fault:
            raise Wrong(fault)
        return value.strip()

    return read


def one_of(values: type[Approval | NotePolicy | OnFailure | Tone]) -> Callable[[object], object]:
    """One of some words."""

    def read(value: object) -> object:
        if not isinstance(value, str) or value not in set(values):
            raise Wrong(f"must be one of: {', '.join(values)}")
        return values(value)

    return read


def flag(value: object) -> object:
    """True or false."""
    if not isinstance(value, bool):
        raise Wrong("must be true or false")
    return value


def share(value: object) -> object:
    """The share of leads without a note."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= limits.MOST_BLANK:
        raise Wrong(f"must be a number from 0 to {limits.MOST_BLANK}")
    return float(value)


def span(value: object) -> timedelta:
    """A span of days and hours."""
    length = limits.read_span(value) if isinstance(value, str) else None
    if length is None:
        raise Wrong("must be a span of days and hours such as 4d 12h")
    return length


def country(value: object) -> object:
    """A country by its code."""
    return cast("str", text(rules.country)(value)).upper()


def senders(value: object) -> object:
    """LinkedIn accounts by their ids."""
    items = cast("list[object]", value) if isinstance(value, list) else []
    if not 1 <= len(items) <= limits.MOST_SENDERS:
        raise Wrong(f"must be an array of 1 to {limits.MOST_SENDERS} ids of LinkedIn accounts")
    try:
        return tuple(UUID(item) if isinstance(item, str) else UUID("") for item in items)
    except ValueError:
        raise Wrong("must hold ids of LinkedIn accounts") from None


def steps(value: object) -> tuple[CampaignStep, ...]:
    """Own steps."""
    items = cast("list[object]", value) if isinstance(value, list) else []
    if not 1 <= len(items) <= limits.MOST_STEPS:
        raise Wrong(f"must be an array of 1 to {limits.MOST_STEPS} steps")
    return tuple(_step(item, number) for number, item in enumerate(items))


def _step(item: object, number: int) -> CampaignStep:
    if not isinstance(item, dict):
        raise Wrong(f"[{number}] must be an object")
    body = cast("dict[str, object]", item)
    kind = body.get("messageType")
    if not isinstance(kind, str) or kind not in set(MessageType):
        raise Wrong(f"[{number}].messageType must be one of: {', '.join(MessageType)}")
    wait = body.get("wait_time_after", "0d 0h")
    try:
        return CampaignStep(MessageType(kind), span(wait))
    except Wrong as wrong:
        raise Wrong(f"[{number}].wait_time_after {wrong}") from None


def preset(value: object) -> object:
    """The id of a preset sequence."""
    steps = limits.preset(value) if isinstance(value, str) else None
    if steps is None:
        raise Wrong("must be the id of one of the 54 sequences that get_message_sequences lists")
    return value


def _days(value: object) -> frozenset[int]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    if not 1 <= len(items) <= 7 or any(isinstance(day, bool) or day not in range(7) for day in items):
        raise Wrong(".days must be numbers from 0 (Monday) to 6")
    return frozenset(cast("list[int]", items))


def hours(value: object) -> object:
    """Working hours."""
    if not isinstance(value, dict):
        raise Wrong(rules.NOT_OBJECT)
    body = cast("dict[str, object]", value)
    zone, begins, ends = body.get("zone", "UTC"), body.get("begins", "09:00"), body.get("ends", "18:00")
    days = _days(body.get("days", [0, 1, 2, 3, 4]))
    try:
        chosen = WorkingHours(_word(zone), _minute(_word(begins)), _minute(_word(ends)), days)
    except ValueError:
        raise Wrong("must have a zone such as Europe/Paris, and begins and ends such as 09:00") from None
    for problem in limits.hour_problems(chosen):
        raise Wrong(f": {problem}")
    return chosen


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _minute(text: str) -> time:
    read = time.fromisoformat(text)
    if len(text) != 5 or read.second or read.tzinfo:
        raise ValueError
    return read
