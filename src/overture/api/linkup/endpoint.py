"""How an endpoint is declared: its row in the reference, its fields, its price, and what it does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TypeVar

from overture.api.linkup.fields import Field, Kind, Params
from overture.api.linkup.paging import FIELDS as PAGING_FIELDS
from overture.api.linkup.paging import Paging, listed, paging
from overture.domain.accounts import Caller
from overture.domain.errors import RefusedByRail
from overture.domain.linkedin.accounts import COUNTRIES
from overture.domain.linkedin.actions import Action
from overture.domain.linkedin.objects import Slice
from overture.domain.linkedin.queries import Query
from overture.usecases.linkedin import acting, reading
from overture.usecases.linkedin.acting import Done
from overture.usecases.linkedin.sessions import Acting
from overture.usecases.services import Services

T = TypeVar("T")
Shape = dict[str, object]

TOKEN = Field(
    "login_token",
    Kind.TEXT,
    "The session, as auth/login or auth/verify returned it.",
    "AQEDexample",
    required=True,
)
COUNTRY = Field(
    "country",
    Kind.TEXT,
    "The country that the session appears from. " + ", ".join(COUNTRIES) + "; others are taken and treated as FR.",
    "FR",
    default="FR",
    aliases=("proxy_country",),
)


class Wrapper(Enum):
    """How an answer is wrapped."""

    STATUS = "status"
    """``status`` with ``data`` or ``message``."""
    BARE = "bare"
    """The object itself: the webhooks group."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call, checked: who makes it, in which LinkedIn account's name (None for data), with which values."""

    services: Services
    caller: Caller
    params: Params
    who: Acting | None
    path_id: str
    key: str | None = None

    @property
    def now(self) -> datetime:
        """The time."""
        return self.services.clock.now()

    @property
    def acting(self) -> Acting:
        """The LinkedIn account of a call that needs one."""
        assert self.who is not None
        return self.who

    async def read(self, query: Query[T]) -> T:
        """Answer a question in the account's name, or without one."""
        if self.who is None:
            return await reading.read_data(self.services, query, test=self.caller.test)
        return await reading.read(self.services, self.who, query)

    async def act(self, action: Action) -> Done:
        """Do something in the account's name; with the key of an earlier call tell what came of that one."""
        key = acting.callers_key(self.key, action) if self.key else None
        done = await acting.act(self.services, self.acting, action, key)
        if done.repeated and done.state in acting.NOTHING_WENT_OUT:
            raise RefusedByRail(done.detail or "this was refused before: another try needs another key")
        return done


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: top-level fields beside ``status``, and what it costs."""

    body: Shape
    credits: int = 1


Run = Callable[[Call], Awaitable[Reply]]
Most = Callable[[Params], int]


def one(_params: Params) -> int:
    """The price of most calls: one credit."""
    return 1


def free(_params: Params) -> int:
    """No credits."""
    return 0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row of the reference.

    ``row`` is its number there. ``fields`` leaves out ``login_token`` and ``country``, which ``session`` adds.
    ``most`` is the most that a call can cost. ``answer`` describes the answer, ``example`` is its ``data``, its
    ``message`` or, bare, itself. ``source`` says how sure the row is: D documented, C seen in a client, G ours.
    ``acts``: it does something on LinkedIn, and takes a key.
    """

    row: str
    method: str
    path: str
    group: str
    summary: str
    source: str
    run: Run
    fields: tuple[Field, ...] = ()
    session: bool = True
    most: Most = one
    wrapper: Wrapper = Wrapper.STATUS
    aliases: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    answer: str = ""
    example: object = None
    body: bool = True
    paged: int = field(default=0)
    acts: bool = False

    @property
    def id(self) -> str:
        """A name for documents, logs and metrics."""
        return (
            "linkup_"
            + self.path.removeprefix("/v1/").replace("/", "_").replace("-", "_").replace("{id}", "id")
            + ("" if self.method == "POST" else f"_{self.method.lower()}")
        )

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """Every field of the body."""
        paged = PAGING_FIELDS if self.paged else ()
        known = {spec.name for spec in self.fields}
        own = (*self.fields, *(spec for spec in paged if spec.name not in known))
        if not self.body:
            return ()
        common = (TOKEN, COUNTRY) if self.session else (COUNTRY,)
        return (*own, *(spec for spec in common if spec.name not in known))


def data(shape: object, credits: int = 1) -> Reply:
    """An answer with data."""
    return Reply({"data": shape}, credits)


def message(text: str, credits: int = 1, **more: object) -> Reply:
    """An answer that only says that it was done."""
    return Reply({"message": text, **more}, credits)


def reads(query: Callable[[Params], Query[T]], shape: Callable[[T], object]) -> Run:
    """Return what an endpoint does that reads one thing."""

    async def run(call: Call) -> Reply:
        return data(shape(await call.read(query(call.params))))

    return run


def lists(
    name: str, query: Callable[[Params, Paging], Query[Slice[T]]], shape: Callable[[T], object], per_page: int = 10
) -> Run:
    """Return what an endpoint does that reads a list under ``name``."""

    async def run(call: Call) -> Reply:
        asked = paging(call.params, per_page)
        found = await call.read(query(call.params, asked))
        return data(listed(name, [shape(item) for item in found.items], asked, found), asked.credits(found))

    return run


def pages(per_page: int = 10) -> Most:
    """Return the most that a list can cost."""
    return lambda params: paging(params, per_page).most_credits


def does(action: Callable[[Params], Action], sentence: str, extra: Callable[[Done], Shape] | None = None) -> Run:
    """Return what an endpoint does that acts, and says so; ``extra`` adds to ``data``."""

    async def run(call: Call) -> Reply:
        done = await call.act(action(call.params))
        body: Shape = {"message": done.detail or sentence}
        return Reply(body | {"data": extra(done)} if extra else body)

    return run
