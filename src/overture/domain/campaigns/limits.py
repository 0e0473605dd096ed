"""What a campaign may be ordered as: the legal range of every number, and what has to go together."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from overture.domain.campaigns.definition import CampaignStep, Definition
from overture.domain.linkedin.budgets import WorkingHours
from overture.domain.messages import MessageType
from overture.domain.sequences import all_sequences

MOST_STEPS = 10
MOST_SENDERS = 50
MOST_WAIT = timedelta(days=365)
MOST_BLANK = 0.5
ACCEPT_WITHIN = (timedelta(days=1), timedelta(days=180))
"""LinkedIn itself lets an invitation end after six months."""
FACT_AGE = (timedelta(days=1), timedelta(days=365))
JOBS_AGE = (timedelta(hours=1), timedelta(days=30))


def preset(sequence_id: str) -> tuple[CampaignStep, ...] | None:
    """Return the steps of one of the 54 sequences, None where there is no such id."""
    found = next((sequence for sequence in all_sequences() if sequence.id == sequence_id), None)
    if found is None:
        return None
    return tuple(CampaignStep(step.type, read_span(step.wait_time_after) or timedelta()) for step in found.steps)


def read_span(text: str) -> timedelta | None:
    """Read a span of days and hours such as ``4d 12h``, ``21d`` or ``6h``; None for anything else."""
    total, seen = timedelta(), ""
    for word in text.split():
        number, unit = word[:-1], word[-1]
        if not (number.isascii() and number.isdigit() and len(number) <= 5) or unit not in "dh" or unit in seen:
            return None
        if seen == "h":
            return None
        seen += unit
        total += timedelta(days=int(number)) if unit == "d" else timedelta(hours=int(number))
    return total if seen else None


def span(length: timedelta) -> str:
    """Return a span of whole hours as the sequences show it: ``4d 12h``."""
    return f"{length.days}d {length.seconds // 3600}h"


def hour_problems(hours: WorkingHours) -> Iterator[str]:
    """Yield what is wrong with working hours."""
    try:
        ZoneInfo(hours.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield f"there is no time zone {hours.zone[:64]!r}"
    if not hours.begins < hours.ends:
        yield "working hours begin before they end"
    if not hours.days or not hours.days <= frozenset(range(7)):
        yield "working days are from 0 (Monday) to 6, at least one"


def problems(definition: Definition) -> list[str]:
    """Return one sentence for everything that a campaign may not be."""
    return [
        *_step_problems(definition.steps),
        *_needs(definition),
        *_number_problems(definition),
        *(f"hours: {problem}" for problem in hour_problems(definition.hours)),
    ]


def _step_problems(steps: tuple[CampaignStep, ...]) -> Iterator[str]:
    if not 1 <= len(steps) <= MOST_STEPS:
        yield f"message_sequence must have 1 to {MOST_STEPS} steps"
    if any(step.type is MessageType.CONNECTION_REQUEST for step in steps[1:]):
        yield "message_sequence: a connection_request stands first or nowhere"
    for number, step in enumerate(steps, 1):
        if not timedelta() <= step.wait <= MOST_WAIT or step.wait.seconds % 3600:
            yield f"message_sequence[{number - 1}].wait_time_after must be 0h to 365d in whole hours"


def _needs(definition: Definition) -> Iterator[str]:
    types = {step.type for step in definition.steps}
    if MessageType.SHARE_MATERIAL in types and not definition.material_link:
        yield "material_link is required where a step is share_material"
    if MessageType.HIRING_ACTIVITY in types and not definition.hiring_location:
        yield "hiring_location is required where a step is hiring_activity"


def _number_problems(definition: Definition) -> Iterator[str]:
    senders = definition.senders
    if not 1 <= len(senders) <= MOST_SENDERS or len(set(senders)) != len(senders):
        yield f"senders must name 1 to {MOST_SENDERS} LinkedIn accounts, each once"
    if not 0 <= definition.blank_share <= MOST_BLANK:
        yield f"blank_share must be 0 to {MOST_BLANK}"
    for name, value, (least, most) in (
        ("accept_within", definition.accept_within, ACCEPT_WITHIN),
        ("fact_age", definition.fact_age, FACT_AGE),
        ("jobs_age", definition.jobs_age, JOBS_AGE),
    ):
        if not least <= value <= most or value.seconds % 3600:
            yield f"{name} must be {span(least)} to {span(most)} in whole hours"
