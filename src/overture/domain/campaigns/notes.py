"""Who gets a note with the invitation and who goes without, and how many invitations are prepared ahead.

Nothing goes without its note silently: whoever gets none has a reason.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import ceil
from uuid import UUID

from overture.domain.campaigns.definition import Definition, NotePolicy
from overture.domain.linkedin.budgets import Cap

_DECIDES = re.compile(
    r"(?i)\b(?:chief|c[efimotpr]o|founder|co-founder|owner|partner|president|vp|head|director|managing|principal)\b"
)


class BlankReason(StrEnum):
    """Why an invitation goes without a note; a note that could not be written has the writer's reason instead."""

    POLICY = "policy"
    """The campaign orders no notes."""
    HOLDOUT = "holdout"
    """The lead is of the share that gets none, so that the effect of notes can be measured."""
    NOTE_BUDGET = "note_budget"
    """The account's notes of this month are for other leads."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lead about to be invited by ``sender``; a higher ``score`` comes first, then a lower ``place``."""

    lead_id: UUID
    sender: UUID
    score: int
    place: int


def held_out(lead_id: UUID, share: float) -> bool:
    """Return whether a lead is of the share that gets no note: by a hash of its id, and so by nothing it is or has."""
    number = int.from_bytes(hashlib.blake2b(lead_id.bytes, digest_size=8, person=b"holdout").digest())
    return number < share * 2.0**64


def score(job_title: str | None, company_website_url: str | None, specified_url: str | None) -> int:
    """Return what speaks for writing to a lead, 0 to 6: pages to quote weigh most, then who decides at its company."""
    known = 3 * bool(specified_url) + 2 * bool(company_website_url and not specified_url) + bool(job_title)
    return known + 2 * bool(job_title and _DECIDES.search(job_title))


def decide(
    definition: Definition, candidates: Sequence[Candidate], notes_left: Mapping[UUID, int | None]
) -> dict[UUID, BlankReason | None]:
    """Return for each lead why it gets no note, None where it gets one.

    ``notes_left`` holds, by sender, the notes that are not promised to anybody yet; None: as many as one likes. Only
    ``auto`` withholds notes: ``always`` means everybody, and waits for its budget.
    """
    if definition.notes is NotePolicy.NEVER:
        return dict.fromkeys((one.lead_id for one in candidates), BlankReason.POLICY)
    if definition.notes is NotePolicy.ALWAYS:
        return dict.fromkeys((one.lead_id for one in candidates), None)
    decided: dict[UUID, BlankReason | None] = {}
    left = dict(notes_left)
    for one in sorted(candidates, key=lambda one: (-one.score, one.place)):
        notes = left.get(one.sender)
        if held_out(one.lead_id, definition.blank_share):
            decided[one.lead_id] = BlankReason.HOLDOUT
        elif notes is None:
            decided[one.lead_id] = None
        elif notes > 0:
            left[one.sender] = notes - 1
            decided[one.lead_id] = None
        else:
            decided[one.lead_id] = BlankReason.NOTE_BUDGET
    return decided


def affordable(cap: Cap, ahead: timedelta, days_a_week: int) -> int | None:
    """Return how many actions a cap allows in the time ahead, None where it sets no limit.

    ``days_a_week`` is on how many days actions may leave, 1 to 7. A time ahead counts as one day at least.
    """
    days = max(1.0, ahead / timedelta(days=1))
    most = [
        number
        for number in (
            None if cap.day is None else cap.day * max(1, int(days * days_a_week / 7)),
            None if cap.week is None else cap.week * ceil(days / 7),
            None if cap.month is None else cap.month * ceil(days / 30),
        )
        if number is not None
    ]
    return min(most, default=None)
