"""What can be done on LinkedIn, which budget it spends, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from overture.domain.linkedin.objects import File, ReactionType


class Budget(StrEnum):
    """What LinkedIn limits for each account, counted apart."""

    INVITES = "invites"
    NOTES = "notes"
    MESSAGES = "messages"
    VIEWS = "views"
    POSTS = "posts"


class ActionState(StrEnum):
    """How far an action got.

    intended -> sent | accepted_by_provider | downgraded_no_note | email_required | refused | unknown
    sent, accepted_by_provider, downgraded_no_note, unknown -> confirmed      (seen by reading)
    accepted_by_provider, unknown -> refused                                  (seen by reading that it did not happen)
    """

    INTENDED = "intended"
    """Committed; from now on the call may have left."""
    SENT = "sent"
    """LinkedIn itself took it."""
    ACCEPTED_BY_PROVIDER = "accepted_by_provider"
    """A provider took it and has yet to act on LinkedIn."""
    CONFIRMED = "confirmed"
    """It was seen on LinkedIn by reading."""
    DOWNGRADED_NO_NOTE = "downgraded_no_note"
    """The invitation went out, its note did not."""
    EMAIL_REQUIRED = "email_required"
    """LinkedIn wants the person's e-mail address first; nothing went out."""
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """The call ended without an answer; it is settled by reading, never by repeating."""


HAPPENED = frozenset(
    {ActionState.SENT, ActionState.ACCEPTED_BY_PROVIDER, ActionState.CONFIRMED, ActionState.DOWNGRADED_NO_NOTE}
)
"""States in which something reached LinkedIn, as far as is known."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something done in an account's name. ``budgets`` is what it spends, one unit each."""

    name: ClassVar[str]
    budgets: ClassVar[tuple[Budget, ...]] = ()

    @property
    def spends(self) -> tuple[Budget, ...]:
        """The budgets that this very action spends."""
        return self.budgets


@dataclass(frozen=True, slots=True)
class Invite(Action):
    """Ask a member to connect. ``email`` is given where LinkedIn wants it."""

    name: ClassVar[str] = "invite"
    budgets: ClassVar[tuple[Budget, ...]] = (Budget.INVITES,)
    profile: str
    note: str | None = None
    email: str | None = None

    @property
    def spends(self) -> tuple[Budget, ...]:
        """A note has a budget of its own."""
        return (Budget.INVITES, Budget.NOTES) if self.note else (Budget.INVITES,)


@dataclass(frozen=True, slots=True)
class Withdraw(Action):
    """Take an open invitation back."""

    name: ClassVar[str] = "withdraw"
    invitation_id: int


@dataclass(frozen=True, slots=True)
class Accept(Action):
    """Accept a received invitation."""

    name: ClassVar[str] = "accept"
    invitation_urn: str
    secret: str


@dataclass(frozen=True, slots=True)
class SendMessage(Action):
    """Write to a connection. ``media_url`` is fetched by whoever sends; ``media`` is sent as it is."""

    name: ClassVar[str] = "message"
    budgets: ClassVar[tuple[Budget, ...]] = (Budget.MESSAGES,)
    profile: str
    text: str
    media_url: str | None = None
    media: File | None = None


@dataclass(frozen=True, slots=True)
class React(Action):
    """React to a post."""

    name: ClassVar[str] = "react"
    budgets: ClassVar[tuple[Budget, ...]] = (Budget.POSTS,)
    post: str
    reaction: ReactionType = ReactionType.LIKE


@dataclass(frozen=True, slots=True)
class Repost(Action):
    """Share a post again."""

    name: ClassVar[str] = "repost"
    budgets: ClassVar[tuple[Budget, ...]] = (Budget.POSTS,)
    post: str


@dataclass(frozen=True, slots=True)
class CommentOn(Action):
    """Comment on a post."""

    name: ClassVar[str] = "comment"
    budgets: ClassVar[tuple[Budget, ...]] = (Budget.POSTS,)
    post: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerComment(Action):
    """Answer a comment."""

    name: ClassVar[str] = "answer_comment"
    budgets: ClassVar[tuple[Budget, ...]] = (Budget.POSTS,)
    comment_urn: str
    author_urn: str
    tracking_id: str
    text: str
    mention: bool = True
    author_name: str = ""


@dataclass(frozen=True, slots=True)
class CreatePost(Action):
    """Publish a post."""

    name: ClassVar[str] = "create_post"
    budgets: ClassVar[tuple[Budget, ...]] = (Budget.POSTS,)
    text: str
    file_url: str | None = None


@dataclass(frozen=True, slots=True)
class SpendTime(Action):
    """Report that a post was looked at for ``milliseconds``."""

    name: ClassVar[str] = "time_spent"
    post: str
    milliseconds: int
    started_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class CreateJob(Action):
    """Draft a job post."""

    name: ClassVar[str] = "create_job"
    company_url: str
    title: str
    place: str
    html_description: str
    employment_status: str = "FULL_TIME"
    workplace: str = "1"
    skills: tuple[str, ...] = ()
    screening_questions: tuple[str, ...] = ()
    auto_rejection_template: str | None = None
    contact_email: str | None = None


@dataclass(frozen=True, slots=True)
class PublishJob(Action):
    """Open a drafted job post."""

    name: ClassVar[str] = "publish_job"
    job_id: str


@dataclass(frozen=True, slots=True)
class CloseJob(Action):
    """Close an open job post."""

    name: ClassVar[str] = "close_job"
    job_id: str


@dataclass(frozen=True, slots=True)
class ActionReceipt:
    """What a rail answered to an action: one of the states after ``intended`` except ``unknown`` and ``confirmed``.

    ``references`` are the rail's own names for what came of it: ``invitation_id``, ``invitation_urn``,
    ``message_urn``, ``conversation_id``, ``delivered_at_ms``, ``post_url``, ``post_urn``, ``comment_urn``, ``job_id``.
    ``detail`` is a sentence for people.
    """

    state: ActionState
    references: tuple[tuple[str, str], ...] = ()
    detail: str = ""
