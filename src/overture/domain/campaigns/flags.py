"""What a reviewer should look at in a written message. A flag refuses nothing: the send gate has passed the text."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from overture.domain.campaigns.definition import Definition
from overture.domain.messages import NOTE_PREFERRED, MessageType, Role, Segment, linkedin_length

REQUEST = "request:"
"""How the address of a citation begins that quotes the caller and no page."""

FACTS = 2
"""Sentences about the lead's company that read naturally; more read like a file on somebody."""

USUAL_LENGTH = 400
"""Units of a message that is read to its end (market, soft target of messages; notes have their own)."""

YEARS_BACK = 2
"""A fact whose newest year lies this far back may be no longer so."""

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d,]|\.\d)")
_LASTING = re.compile(
    r"(?i)\b(?:since|founded|established|est|inception|incorporated|began|started|opened|born|history|heritage)\b"
)


class Flag(StrEnum):
    """Stable codes; docs/campaigns.md has a sentence on each."""

    GUESS = "guess"
    """It guesses at something, in words that say so."""
    OLD_FACT = "old_fact"
    """A page that it quotes was read longer ago than the campaign allows."""
    PAST_YEAR = "past_year"
    """A fact of the lead names a year at least two years back and no later one."""
    NO_LEAD_FACT = "no_lead_fact"
    """It tells nothing of the lead's company that was read on a page."""
    MANY_FACTS = "many_facts"
    """It tells more than two things of the lead's company."""
    LONG_NOTE = "long_note"
    """A note of more than 200 units: LinkedIn takes it from premium members only."""
    LONG_MESSAGE = "long_message"
    """A message of more than 400 units."""


def flags_of(
    message_type: MessageType, segments: Sequence[Segment], definition: Definition, at: datetime
) -> tuple[str, ...]:
    """Return the flags of a message that was written, in the order of ``Flag``; ``at`` is aware, and is now."""
    lead = [segment for segment in segments if segment.role is Role.LEAD_CLAIM]
    read = [cite.span for segment in lead for cite in segment.citations if not cite.url.startswith(REQUEST)]
    text = "".join(segment.text for segment in segments)
    note = message_type is MessageType.CONNECTION_REQUEST
    length = linkedin_length(text)
    found = {
        Flag.GUESS: any(segment.role is Role.INFERENCE for segment in segments),
        Flag.OLD_FACT: is_old(message_type, oldest(message_type, segments), definition, at),
        Flag.PAST_YEAR: any(_is_past(span, at.year) for span in read),
        Flag.NO_LEAD_FACT: not read,
        Flag.MANY_FACTS: len(lead) > FACTS,
        Flag.LONG_NOTE: note and length > NOTE_PREFERRED,
        Flag.LONG_MESSAGE: not note and length > USUAL_LENGTH,
    }
    return tuple(str(flag) for flag, there in found.items() if there)


def oldest(message_type: MessageType, segments: Iterable[Segment]) -> datetime | None:
    """Return when the oldest page that a message quotes was read; None where it quotes none.

    Where a message tells of open roles, what counts is when these were read: they age much faster than a site.
    """
    if message_type is MessageType.HIRING_ACTIVITY:
        segments = [segment for segment in segments if segment.role is Role.LEAD_CLAIM]
    times = [
        datetime.fromisoformat(cite.fetched_at)
        for segment in segments
        for cite in segment.citations
        if cite.fetched_at and not cite.url.startswith(REQUEST)
    ]
    return min(times, default=None)


def is_old(message_type: MessageType, fact_at: datetime | None, definition: Definition, at: datetime) -> bool:
    """Return whether a message's oldest page was read longer before ``at`` than the campaign allows.

    Job posts age faster than what a site says.
    """
    if fact_at is None:
        return False
    allowed = definition.jobs_age if message_type is MessageType.HIRING_ACTIVITY else definition.fact_age
    return at - fact_at > allowed


def _is_past(span: str, year: int) -> bool:
    """Whether the newest year that a fact names is long gone, and not told as where something lasting began."""
    years = [int(found) for found in _YEAR.findall(span)]
    return bool(years) and max(years) <= year - YEARS_BACK and not _LASTING.search(span)
