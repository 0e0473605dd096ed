"""What can be read of LinkedIn: one record a question, typed by its answer."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from overture.domain.linkedin.objects import (
    Address,
    Candidate,
    Comment,
    Company,
    Contact,
    Conversation,
    File,
    Invitation,
    InvitationKind,
    InvitationStanding,
    Job,
    Member,
    Post,
    Profile,
    Reaction,
    Slice,
    Thread,
)

R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list: ``count`` items from ``offset`` on, or from ``cursor`` where the list has cursors."""

    offset: int = 0
    count: int = 10
    cursor: str | None = None


class Query(Generic[R_co]):
    """A question whose answer has type ``R_co``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Me(Query[Profile]):
    """The account's own profile."""


@dataclass(frozen=True, slots=True)
class ReadProfile(Query[Profile]):
    """A member's profile, by address, public id or urn. Reading it with an account counts as a view."""

    profile: str


@dataclass(frozen=True, slots=True)
class ReadContact(Query[Contact]):
    """How a member may be reached."""

    profile: str


@dataclass(frozen=True, slots=True)
class SearchProfiles(Query[Slice[Member]]):
    """Members that match all filters; a filter of several values matches any of them. ``degrees``: 1st, 2nd, 3rd+."""

    keyword: str = ""
    first_name: str = ""
    last_name: str = ""
    title: str = ""
    companies: tuple[str, ...] = ()
    past_companies: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    degrees: tuple[str, ...] = ()
    connection_of: str = ""
    follower_of: str = ""
    with_state: bool = False
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class ReadCompany(Query[Company]):
    """A company page, by address, universal name or urn."""

    company: str


@dataclass(frozen=True, slots=True)
class ReadCompanyByDomain(Query[Company]):
    """The company whose website has this domain."""

    domain: str


@dataclass(frozen=True, slots=True)
class SearchCompanies(Query[Slice[Company]]):
    """Companies that match all filters; ``sizes`` are LinkedIn's bands."""

    keyword: str = ""
    locations: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    founding: bool | None = None
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class Employees(Query[Slice[Member]]):
    """Who works at a company now, by its name."""

    company: str
    decision_makers_only: bool = False
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class Industries(Query[tuple[str, ...]]):
    """The labels that industry filters take."""


@dataclass(frozen=True, slots=True)
class Connections(Query[Slice[Member]]):
    """The account's connections, newest first."""

    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class Invitations(Query[Slice[Invitation]]):
    """Open invitations, received or sent, newest first."""

    sent: bool = False
    kind: InvitationKind = InvitationKind.CONNECTION
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class StandingWith(Query[InvitationStanding]):
    """What stands between the account and a member."""

    profile: str


@dataclass(frozen=True, slots=True)
class Recommendations(Query[Slice[Member]]):
    """People whom LinkedIn suggests to the account."""

    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class Inbox(Query[Slice[Conversation]]):
    """Conversations, newest message first. ``category``: INBOX, UNREAD, MY_CONNECTIONS, INMAIL or STARRED."""

    category: str = "INBOX"
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class ReadConversation(Query[Thread]):
    """One conversation, by its id or by the member it is with."""

    conversation_id: str = ""
    profile: str = ""
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class PostReactions(Query[Slice[Reaction]]):
    """Reactions to a post."""

    post: str
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class PostComments(Query[Slice[Comment]]):
    """Comments on a post, newest first."""

    post: str
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class SearchPosts(Query[Slice[Post]]):
    """Posts that match. ``kind``: video, image, article; ``within_days`` counts back; ``author`` may be a company."""

    keyword: str = ""
    author: str = ""
    kind: str = ""
    newest_first: bool = True
    within_days: int | None = None
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class Feed(Query[Slice[Post]]):
    """The account's feed."""

    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class MemberReactions(Query[Slice[Reaction]]):
    """What a member reacted to."""

    profile: str
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class MemberComments(Query[Slice[Comment]]):
    """What a member commented."""

    profile: str
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class Candidates(Query[Slice[Candidate]]):
    """Who applied for a job of the account, by date; ``ratings``, ``locations`` and ``min_years`` filter."""

    job_id: str
    ascending: bool = False
    ratings: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    min_years: int | None = None
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class CandidateFile(Query[File]):
    """The CV that came with an application."""

    application_id: str


@dataclass(frozen=True, slots=True)
class Jobs(Query[Slice[Job]]):
    """The account's own job posts, or the one with ``job_id``."""

    job_id: str = ""
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class FindPerson(Query[Profile]):
    """The person of this name at this company; NotFoundOnRail where none or several match."""

    first_name: str
    last_name: str
    company: str


@dataclass(frozen=True, slots=True)
class FindAddress(Query[Address]):
    """A person's work address, from a profile or from name and company (or its domain)."""

    profile: str = ""
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    domain: str = ""


@dataclass(frozen=True, slots=True)
class AddressOwner(Query[Address]):
    """Who has an address."""

    email: str


@dataclass(frozen=True, slots=True)
class JudgeAddress(Query[Address]):
    """Whether an address can be written to."""

    email: str
