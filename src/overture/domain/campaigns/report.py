"""What the report of a campaign holds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from overture.domain.campaigns.shares import Difference, Share
from overture.domain.campaigns.states import CampaignState, Decision
from overture.domain.linkedin.actions import Budget
from overture.domain.messages import MessageType


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the funnel: how many came there, and of how many who could have."""

    name: str
    share: Share
    of: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are of something, by its name: a reason, a state, a class of replies."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class StepEffect:
    """One step. ``replied`` counts leads whose reply came after this step and before the next one left."""

    step: int
    type: MessageType
    wait: timedelta
    begun: int
    written: int
    failed: int
    failures: tuple[Counted, ...]
    blank: int
    skipped: int
    approved: int
    edited: int
    sent: int
    replied: Share


@dataclass(frozen=True, slots=True)
class VariantEffect:
    """Invitations of one kind: with a note, or without one and ``why``. ``open`` ones may still be accepted."""

    decision: Decision
    why: str
    sent: int
    open: int
    accepted: Share
    replied: Share


@dataclass(frozen=True, slots=True)
class NoteEffect:
    """How much more often invitations with a note were accepted than those of the leads held out by chance.

    ``even`` is False where notes went to chosen leads (others got none for want of budget or of a text): then the two
    groups differ by more than the note.
    """

    accepted: Difference
    even: bool


@dataclass(frozen=True, slots=True)
class FactEffect:
    """Messages and notes that rest on one kind of fact, and the leads that answered them."""

    kind: str
    replied: Share


@dataclass(frozen=True, slots=True)
class SenderEffect:
    """What one LinkedIn account did for the campaign. ``state`` and ``reason`` are those of its sign-in."""

    id: UUID
    name: str
    state: str
    reason: str
    leads: int
    invited: int
    accepted: Share
    messaged: int
    replied: Share


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day of the campaign's zone: what left, what came back; profile views are those of its accounts."""

    day: date
    invites: int = 0
    notes: int = 0
    messages: int = 0
    acceptances: int = 0
    replies: int = 0
    views: int = 0


@dataclass(frozen=True, slots=True)
class BudgetDay:
    """What a LinkedIn account spent of a budget on a day, for whatever purpose; ``cap`` None: there is none a day."""

    day: date
    sender: str
    budget: Budget
    used: int
    cap: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """A campaign's effect as of ``made_at``. Days are of ``zone``; rates count leads, those of facts messages."""

    id: UUID
    name: str
    state: CampaignState
    reason: str
    zone: str
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    leads: int
    ended: int
    unanswered_invitations: int
    for_review: int
    unhandled_replies: int
    funnel: tuple[Stage, ...]
    replies: tuple[Counted, ...]
    standing: tuple[Counted, ...]
    stops: tuple[Counted, ...]
    holds: tuple[Counted, ...]
    held_now: int
    steps: tuple[StepEffect, ...]
    variants: tuple[VariantEffect, ...]
    note_effect: NoteEffect | None
    facts: tuple[FactEffect, ...]
    senders: tuple[SenderEffect, ...]
    days: tuple[Day, ...]
    budgets: tuple[BudgetDay, ...]
