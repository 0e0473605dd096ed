"""Where a campaign stands, where each of its leads stands, and every legal move between.

The database holds the same tables (migration 0010), and refuses every other move.
"""

from enum import StrEnum


class CampaignState(StrEnum):
    """draft -> running <-> paused; running, paused -> stopped; running -> finished <-> running; ended -> archived."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"
    ARCHIVED = "archived"


CAMPAIGN_MOVES: dict[CampaignState, frozenset[CampaignState]] = {
    CampaignState.DRAFT: frozenset({CampaignState.RUNNING, CampaignState.ARCHIVED}),
    CampaignState.RUNNING: frozenset({CampaignState.PAUSED, CampaignState.STOPPED, CampaignState.FINISHED}),
    CampaignState.PAUSED: frozenset({CampaignState.RUNNING, CampaignState.STOPPED}),
    CampaignState.STOPPED: frozenset({CampaignState.ARCHIVED}),
    CampaignState.FINISHED: frozenset({CampaignState.RUNNING, CampaignState.ARCHIVED}),
    CampaignState.ARCHIVED: frozenset(),
}


class LeadState(StrEnum):
    """Where a lead stands in its campaign; the step in hand stands beside it."""

    QUEUED = "queued"
    """Nothing was begun."""
    WRITING = "writing"
    """The text of the step in hand is being written: research, composing, gate."""
    REVIEW = "review"
    """Written; a person has to approve it."""
    READY = "ready"
    """To be sent by its account as soon as hours, pace and budgets allow."""
    SENDING = "sending"
    """The intent is committed; how it ended is not known yet."""
    INVITED = "invited"
    """The invitation is out. ``wake_at`` is when it is given up."""
    WAITING = "waiting"
    """The step in hand is done, or was skipped. ``wake_at`` is when the next begins."""
    HELD = "held"
    """Set aside; it goes back to where it was, by hand or at ``wake_at``."""
    FINISHED = "finished"
    """The whole sequence was run."""
    STOPPED = "stopped"
    """Over; the reason says why."""


ENDED = frozenset({LeadState.FINISHED, LeadState.STOPPED})
LIVE = frozenset(LeadState) - ENDED - {LeadState.QUEUED}
"""States of a lead that is under way: a person is in at most one of these, over all campaigns of an account."""

_S = LeadState
LEAD_MOVES: dict[LeadState, frozenset[LeadState]] = {
    _S.QUEUED: frozenset({_S.WRITING, _S.READY, _S.WAITING, _S.HELD, _S.STOPPED}),
    _S.WRITING: frozenset({_S.REVIEW, _S.READY, _S.WAITING, _S.FINISHED, _S.HELD, _S.STOPPED}),
    _S.REVIEW: frozenset({_S.READY, _S.WRITING, _S.WAITING, _S.FINISHED, _S.HELD, _S.STOPPED}),
    _S.READY: frozenset({_S.SENDING, _S.WRITING, _S.REVIEW, _S.WAITING, _S.FINISHED, _S.HELD, _S.STOPPED}),
    _S.SENDING: frozenset({_S.INVITED, _S.WAITING, _S.FINISHED, _S.READY, _S.STOPPED}),
    _S.INVITED: frozenset({_S.WAITING, _S.FINISHED, _S.HELD, _S.STOPPED}),
    _S.WAITING: frozenset({_S.WRITING, _S.READY, _S.FINISHED, _S.HELD, _S.STOPPED}),
    _S.HELD: frozenset({_S.QUEUED, _S.WRITING, _S.REVIEW, _S.READY, _S.INVITED, _S.WAITING, _S.FINISHED, _S.STOPPED}),
    _S.FINISHED: frozenset(),
    _S.STOPPED: frozenset(),
}
"""From each state to which. A step begins (grows by one) only in a move out of ``queued`` or ``waiting``.

``sending`` cannot be held: what was begun on LinkedIn is first settled. ``held`` goes back to where it came from.
"""


class StopReason(StrEnum):
    """Why a lead was stopped before the end of its sequence."""

    REPLIED = "replied"
    NOT_ACCEPTED = "not_accepted"
    """The invitation was not accepted in time; it was taken back where the campaign says so."""
    WITHDRAWN = "withdrawn"
    """The invitation was taken back by hand, or declined, as far as LinkedIn shows."""
    OPTED_OUT = "opted_out"
    SUPPRESSED = "suppressed"
    COMPANY_REPLIED = "company_replied"
    FAILED = "failed"
    NOT_CONNECTED = "not_connected"
    """The sequence has no connection request, and the lead is no connection of the sender."""
    REJECTED = "rejected"
    """A reviewer refused the message."""
    IN_ANOTHER_CAMPAIGN = "in_another_campaign"
    BY_HAND = "by_hand"
    CAMPAIGN_STOPPED = "campaign_stopped"
    ERASED = "erased"


class HoldReason(StrEnum):
    """Why a lead is held."""

    COMPANY_REPLIED = "company_replied"
    OUT_OF_OFFICE = "out_of_office"
    PAUSED = "paused"
    """By hand."""


class Decision(StrEnum):
    """What a step of a lead became."""

    MESSAGE = "message"
    NOTE = "note"
    BLANK = "blank"
    """An invitation without a note; the reason stands beside it."""
    SKIPPED = "skipped"


def may_move(before: LeadState, after: LeadState) -> bool:
    """Return whether a lead may go from one state to another."""
    return after in LEAD_MOVES[before]
