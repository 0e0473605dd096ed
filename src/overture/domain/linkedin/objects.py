"""What reading LinkedIn returns. Every rail fills the same records; what it does not know is empty or None.

Addresses are ``https://www.linkedin.com/...``; times are aware and in UTC. ``urn`` values are the rail's own.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Degree(StrEnum):
    """How far a member is from the account that asks."""

    SELF = "self"
    FIRST = "1st"
    SECOND = "2nd"
    THIRD = "3rd+"


class InvitationState(StrEnum):
    """Where the account and a member stand with each other."""

    NONE = "none"
    """They may be invited."""
    SENT = "sent"
    RECEIVED = "received"
    CONNECTED = "connected"
    WITHDRAWN = "withdrawn"
    """Withdrawn within the three weeks in which LinkedIn takes no new one (market, 2.1)."""


class InvitationKind(StrEnum):
    """What an invitation is to."""

    CONNECTION = "CONNECTION"
    ORGANIZATION = "ORGANIZATION"
    CONTENT_SERIES = "CONTENT_SERIES"


@dataclass(frozen=True, slots=True)
class Slice(Generic[T_co]):
    """A part of a list. ``available`` counts the whole list where known; ``next_cursor`` is None at its end."""

    items: tuple[T_co, ...]
    available: int | None = None
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A person as lists show them."""

    urn: str
    public_id: str
    name: str
    first_name: str
    last_name: str
    headline: str
    profile_url: str
    location: str = ""
    picture_url: str | None = None
    degree: Degree = Degree.THIRD
    state: InvitationState | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """One job in a career. ``ended`` is None while it lasts; dates are ``YYYY-MM``."""

    title: str
    company: str
    company_url: str
    started: str
    ended: str | None
    description: str = ""
    location: str = ""
    company_size: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """One school in a career; years as text."""

    school: str
    degree: str
    field: str
    started: str
    ended: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's whole profile."""

    member: Member
    summary: str
    industry: str
    country: str
    positions: tuple[Position, ...] = ()
    studies: tuple[Study, ...] = ()
    skills: tuple[str, ...] = ()
    connections: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person may be reached, as far as the account may see it."""

    profile_url: str
    email: str | None = None
    phone: str | None = None
    websites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """A company page. ``size`` is one of LinkedIn's bands, such as 51-200; ``employees`` an exact count."""

    urn: str
    universal_name: str
    name: str
    url: str
    tagline: str
    description: str
    website: str
    industry: str
    size: str
    employees: int
    followers: int
    city: str
    country: str
    founded: int | None = None
    logo_url: str | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation, sent or received. ``id`` has up to 19 digits; ``secret`` is needed to accept a received one."""

    id: int
    urn: str
    member: Member
    kind: InvitationKind
    sent_at: datetime
    note: str | None = None
    secret: str = ""
    shared_connections: int = 0


@dataclass(frozen=True, slots=True)
class InvitationStanding:
    """What stands between the account and one member. ``accepted_at`` is set once they are connected."""

    state: InvitationState
    degree: Degree
    invitation_id: int | None = None
    sent_at: datetime | None = None
    accepted_at: datetime | None = None
    note_delivered: bool | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation. ``system`` marks LinkedIn's own lines."""

    urn: str
    text: str
    sent_at: datetime
    sender: Member
    system: bool = False
    media_url: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with one member, as the inbox shows it."""

    id: str
    member: Member
    last: Message | None
    unread: int
    kind: str = "normal"


@dataclass(frozen=True, slots=True)
class Thread:
    """A part of one conversation, newest first. ``from_them`` counts all their messages in it."""

    id: str
    member: Member
    messages: Slice[Message]
    from_them: int
    unread: int
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post. ``kind`` is text, image, video or article."""

    urn: str
    url: str
    author: Member
    text: str
    posted_at: datetime
    kind: str = "text"
    reactions: int = 0
    comments: int = 0
    reposts: int = 0


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a post; ``parent`` names the comment it answers. ``tracking_id`` is needed to answer it."""

    urn: str
    post_url: str
    author: Member
    text: str
    commented_at: datetime
    tracking_id: str = ""
    parent: str | None = None


class ReactionType(StrEnum):
    """LinkedIn's six reactions, by their names in its API."""

    LIKE = "LIKE"
    PRAISE = "PRAISE"
    APPRECIATION = "APPRECIATION"
    EMPATHY = "EMPATHY"
    INTEREST = "INTEREST"
    ENTERTAINMENT = "ENTERTAINMENT"


@dataclass(frozen=True, slots=True)
class Reaction:
    """One member's reaction to a post."""

    type: ReactionType
    member: Member
    post_url: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A job post. ``state`` is draft, open or closed; ``workplace`` on-site, remote or hybrid."""

    id: str
    title: str
    company: str
    place: str
    state: str
    url: str
    html_description: str
    created_at: datetime
    employment_status: str = ""
    workplace: str = ""
    applicants: int = 0
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who applied for a job. ``rating`` is UNRATED, GOOD_FIT, MAYBE or NOT_A_FIT."""

    application_id: str
    profile: Profile
    rating: str
    applied_at: datetime
    top_choice_message: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file, such as a candidate's CV."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address, found or judged. ``verdict``: valid, risky, invalid or unknown; ``score``: 0 to 100."""

    email: str
    verdict: str
    score: int
    member: Member | None = None
    reasons: tuple[str, ...] = field(default=())
