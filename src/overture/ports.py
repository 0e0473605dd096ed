"""What the outside world must be able to do for us."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from overture.domain.authorship import Composed, Usage
from overture.domain.linkedin.accounts import Challenge, Credentials, Session
from overture.domain.linkedin.actions import Action, ActionReceipt
from overture.domain.linkedin.happenings import News
from overture.domain.linkedin.queries import Query
from overture.domain.linkedin.tasks import NewTask, Note
from overture.domain.messages import Brief, Draft, LeadDossier, MessageType

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of the web, already within the limits. ``body`` is decoded of its transfer coding only."""

    url: str
    final_url: str
    status: int
    content_type: str
    body: bytes
    fetched_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Validators:
    """What the last answer of an address said of its state: its entity tag and when it was changed, or nothing."""

    url: str
    etag: str = ""
    modified: str = ""


class Web(Protocol):
    """Fetching pages."""

    async def fetch(self, url: str, known: Validators | None = None) -> Page:
        """GET one page, redirects followed and checked.

        With ``known``, the address that they are of is asked whether it has changed; where it has not, the page has
        status 304 and no body.

        Raises:
            FetchBlocked: the address is not public, is LinkedIn's, or robots.txt forbids it.
            FetchFailed: no answer, an answer that is no 200, one that is too large or too slow.
        """
        ...

    async def data(self, url: str, body: bytes | None = None) -> Page:
        """GET JSON or XML, or POST ``body``, which is JSON, to get some. A POST follows no redirect.

        Raises:
            FetchBlocked: as for ``fetch``.
            FetchFailed: as for ``fetch``; an answer of another type is one.
        """
        ...


class Lookup(Protocol):
    """Asking one service that the operator has chosen: a search engine, or Wikidata."""

    async def get(self, query: Mapping[str, str]) -> bytes:
        """GET the service's address with this query; the body of the answer, which is JSON.

        Raises:
            FetchFailed: no answer, an answer that is no 200, one that is too large or too slow.
        """
        ...


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receiver answered. ``status`` is None where no answer came; ``error`` says why."""

    status: int | None
    error: str
    seconds: float
    excerpt: str
    retry_after: int | None = None


class Sender(Protocol):
    """Posting webhooks."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Receipt:
        """POST once: 10 s in all, no redirects, at most 64 KB of the answer read. Never raises for a bad answer."""
        ...


class Composer(Protocol):
    """Writing one lead's messages."""

    def compose(self, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...]) -> list[Draft]:
        """Return one draft a type, in the order given. Pure: the same input gives the same text."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """One call of a language model.

    ``prefix`` is the same bytes for all leads of a request, so that the model's host can keep it. ``turns`` are what
    we said and what the model answered, in turn, the first and the last ours. ``schema`` is the JSON schema of the
    answer. ``cache_key`` names the prefix.
    """

    prefix: str
    turns: tuple[str, ...]
    schema: Mapping[str, object]
    cache_key: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered: a text that should be JSON, and what it took."""

    text: str
    usage: Usage


class Model(Protocol):
    """A language model."""

    @property
    def name(self) -> str:
        """The provider's and the model's name, as 'provider:model'."""
        ...

    def most(self, question: Question) -> Usage:
        """Return the most that asking can use: an upper estimate, all of it uncached."""
        ...

    async def ask(self, question: Question) -> Reply:
        """Ask once; trouble on the way is tried again within. Waits while as many calls as allowed are under way.

        Raises:
            ModelFailed: no answer came, or none within the limits of size and time.
        """
        ...


class Purse(Protocol):
    """What may still be spent on a model."""

    async def reserve(self, most: Usage) -> str:
        """Set aside what one call may use at most; return an empty text, or which ceiling forbids it."""
        ...


class Writer(Protocol):
    """Writing one lead's messages with a language model, or without where it does not serve."""

    async def write(
        self, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...], purse: Purse
    ) -> list[Composed]:
        """Return one message a type, in the order given, each past the send gate or refused; no ModelFailed."""
        ...


class Clock(Protocol):
    """The time of this host; windows and leases use the database's instead."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        ...


class Vault(Protocol):
    """Sealing secrets at rest."""

    def seal(self, text: str, place: str) -> bytes:
        """Seal a text for one place (account, table, column, row)."""
        ...

    def open(self, sealed: bytes, place: str) -> str:
        """Open what was sealed for this place; raises Misconfigured otherwise."""
        ...

    def is_current(self, sealed: bytes) -> bool:
        """Say whether a value was sealed with the key in use."""
        ...


class Parse(Protocol):
    """Running a pure function on untrusted bytes, apart and under a time limit."""

    async def __call__(self, function: Callable[..., T], /, *arguments: object) -> T:
        """Return the function's result; raises FetchFailed where it takes too long or dies."""
        ...


class Rail(Protocol):
    """A way to LinkedIn. Exchangeable: the same calls mean the same on every rail, or fail with NotAvailableOnRail.

    Every method may raise ``SessionExpired``, ``Restricted``, ``NotAvailableOnRail`` and ``RailUnreachable``.
    """

    async def sign_in(self, credentials: Credentials) -> Session | Challenge:
        """Sign in, or answer the challenge that signing in led to. Passwords are used for this call and forgotten.

        Raises:
            RefusedByRail: the credentials are wrong, or the code is wrong, used or expired; the message says which.
        """
        ...

    async def read(self, session: Session | None, query: Query[T]) -> T:
        """Answer a question. ``session`` is None for data that no account is needed for.

        Raises:
            NotFoundOnRail: what the query names does not exist, or the account may not see it.
        """
        ...

    async def act(self, session: Session, action: Action, key: str) -> ActionReceipt:
        """Do it once. ``key`` names the intent; a rail that can, refuses a second call with the same key.

        Raises:
            NotFoundOnRail: whom or what the action names does not exist.
            RefusedByRail: nothing happened; the message says why.
            OutcomeUnknown: the call left and no answer came.
        """
        ...

    async def news(self, session: Session, cursor: str) -> News:
        """Tell what happened since ``cursor``; an empty cursor starts now."""
        ...


class TaskBook(Protocol):
    """Keeping the tasks of members who act by hand, and what was noted by hand. ``list_id`` names a member's list."""

    async def add(self, task: NewTask) -> UUID:
        """Add a task and return its id; the same key of a list is the same task."""
        ...

    async def notes(self, list_id: str, after: int, limit: int) -> list[Note]:
        """Return what was noted after a place, oldest first."""
        ...

    async def last_note(self, list_id: str) -> int:
        """Return the place of the newest note, 0 where there is none."""
        ...

    async def connections(self, list_id: str, offset: int, count: int) -> tuple[list[Note], int]:
        """Return a part of the noted connections, newest first, and how many there are."""
        ...

    async def connected_since(self, list_id: str, profile: str) -> datetime | None:
        """Return since when someone is connected, None where that was not noted."""
        ...
