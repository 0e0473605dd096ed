"""A written message that waits for a person, and what a person may decide on it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID

from overture.domain.errors import NotFound

_ID = re.compile(r"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\.([1-9][0-9]?)\.([1-9][0-9]{0,3})")


@dataclass(frozen=True, slots=True)
class ReviewId:
    """One text of a lead's step. A text that was written anew is another: nobody approves what they have not seen."""

    lead_id: UUID
    step: int
    attempt: int

    def __str__(self) -> str:
        """The form that callers see: the lead's id, the step and the attempt, joined by dots."""
        return f"{self.lead_id}.{self.step}.{self.attempt}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an id; raises NotFound, since nothing has a name of another form."""
        match = _ID.fullmatch(text)
        if match is None:
            raise NotFound("no such message in review")
        return cls(UUID(match[1]), int(match[2]), int(match[3]))


class Then(StrEnum):
    """What follows when a message is rejected."""

    SKIP = "skip"
    """The step is left out; an invitation goes without a note."""
    STOP = "stop"
    """The lead is stopped."""
    REWRITE = "rewrite"
    """It is written anew, from pages that are read again where they have expired."""


class Objection(StrEnum):
    """Why a message cannot be approved. The first three also say what became of the lead."""

    GONE = "not_in_review"
    """It is not in review any more: approved, rejected, stopped, or written anew since."""
    SUPPRESSED = "suppressed"
    """The person is to be left alone; the lead was stopped."""
    REPLIED = "replied"
    """The lead has replied; the lead was stopped."""
    ENDED = "campaign_ended"
    """The campaign is stopped, finished or archived."""
    OLD = "facts_too_old"
    """Its pages were read longer ago than the campaign allows: reject it with ``rewrite``."""
