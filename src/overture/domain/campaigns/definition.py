"""What a customer orders: whom to tell what, by which accounts, in which steps, and under which rules."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from uuid import UUID

from overture.domain.linkedin.budgets import WorkingHours
from overture.domain.messages import MessageType, Tone


class Approval(StrEnum):
    """Which messages a person has to approve before they are sent."""

    ALL = "all"
    FLAGGED = "flagged"
    """Those that carry a flag: a guess, an old fact, ..."""
    NONE = "none"


class NotePolicy(StrEnum):
    """Who gets a note with the invitation."""

    AUTO = "auto"
    """As many as the account's notes allow, the best leads first; the others go without, and it is said why."""
    ALWAYS = "always"
    """Everybody; an invitation waits until the budget has a note for it."""
    NEVER = "never"


class OnFailure(StrEnum):
    """What follows when a message cannot be written."""

    SKIP = "skip"
    """The step is left out; an invitation goes without a note."""
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class CampaignStep:
    """One step: what to write, and how long to wait after it is done (after acceptance, for a connection request)."""

    type: MessageType
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Definition:
    """A campaign as it was ordered.

    ``steps`` are 1 to 10; a connection request stands first or nowhere. ``preset`` is the id of the sequence they come
    from, or empty. ``hours`` bound everything that is sent; an account's own hours bound it further.
    """

    proposition_company_name: str
    proposition_company_url: str
    steps: tuple[CampaignStep, ...]
    senders: tuple[UUID, ...]
    preset: str = ""
    tone: Tone = Tone.NORMAL
    signoff_name: str | None = None
    material_link: str | None = None
    hiring_location: str | None = None
    approval: Approval = Approval.ALL
    notes: NotePolicy = NotePolicy.AUTO
    blank_share: float = 0.05
    """The share of leads who get no note so that its effect can be measured, 0 to 0.5; by a hash, not by merit."""
    on_failure: OnFailure = OnFailure.SKIP
    hold_company: bool = True
    """A reply holds the other leads of the same company."""
    accept_within: timedelta = timedelta(days=21)
    withdraw: bool = True
    """An invitation that was not accepted in time is taken back."""
    fact_age: timedelta = timedelta(days=30)
    """A message whose oldest page was read longer ago is written anew before it is sent."""
    jobs_age: timedelta = timedelta(days=1)
    """The same for job posts."""
    hours: WorkingHours = field(default_factory=lambda: WorkingHours("UTC", time(9), time(18), frozenset(range(5))))
    notification_url: str = ""
    """Where the campaign's events go; empty: nowhere."""

    @property
    def connects(self) -> bool:
        """Return whether the first step is a connection request."""
        return bool(self.steps) and self.steps[0].type is MessageType.CONNECTION_REQUEST
