"""What a page's handler is given: who looks, at which account, and how to answer."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from overture.console import live, rendering, security
from overture.domain.accounts import Caller
from overture.domain.console import ConsoleSession, ConsoleUser, Role
from overture.domain.errors import NotFound
from overture.usecases import accounts
from overture.usecases.accounts import AccountSummary
from overture.usecases.auditlog import Actor
from overture.usecases.services import Services

T = TypeVar("T")


class Taken(Generic[T]):
    """Takes what a use case would render into an answer of the API, so that a page can show it."""

    def __init__(self) -> None:
        self._found: list[T] = []

    def __call__(self, found: T) -> bytes:
        """Take it."""
        self._found[:] = [found]
        return b""

    @property
    def value(self) -> T:
        """What was taken."""
        return self._found[0]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator chose for the console. ``facts`` are names and values that the settings page shows."""

    public_url: str = ""
    facts: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass
class View:
    """One request of a person who is signed in."""

    request: Request
    services: Services
    settings: Settings
    user: ConsoleUser
    session: ConsoleSession
    token: str
    accounts: Sequence[AccountSummary]
    form: FormData

    @cached_property
    def account(self) -> AccountSummary | None:
        """The account that is looked at; None where there is none yet."""
        chosen = next((a for a in self.accounts if a.id == self.session.account_id), None)
        return chosen or next(iter(self.accounts), None)

    @property
    def account_id(self) -> UUID:
        """The id of the account that is looked at; raises NotFound where there is none."""
        if self.account is None:
            raise NotFound("there is no account yet")
        return self.account.id

    async def caller(self) -> Caller:
        """Return the person as a caller of the account that is looked at."""
        return await accounts.acting_for(self.services, self.account_id)

    @property
    def actor(self) -> Actor:
        """Who acts, for the audit log."""
        client = self.request.client
        return Actor(
            self.user.email,
            self.session.id,
            client.host if client else "",
            cast("str", self.request.scope.get("overture.request_id", "")),
            self.account.id if self.account else None,
        )

    @property
    def fragment(self) -> bool:
        """Whether htmx asks for a part of a page."""
        return self.request.headers.get("hx-request") == "true"

    def may(self, role: Role) -> bool:
        """Return whether the person may do what a role may."""
        return self.user.role.covers(role)

    def field(self, name: str) -> str:
        """Return a field of the form as text without white space around it; files and absent ones are empty."""
        value = self.form.get(name)
        return value.strip() if isinstance(value, str) else ""

    def query(self, name: str) -> str:
        """Return a parameter of the address."""
        return self.request.query_params.get(name, "").strip()

    def path_id(self, name: str = "id") -> UUID:
        """Return an id of the path; raises NotFound where it is none."""
        try:
            return UUID(str(self.request.path_params[name]))
        except ValueError:
            raise NotFound("no such page") from None

    def render(self, template: str, **context: Any) -> str:
        """Render a template with what all of them know."""
        return rendering.render(
            template,
            {
                "view": self,
                "user": self.user,
                "roles": Role,
                "account": self.account,
                "path": self.request.url.path,
                "form_token": security.form_token(self.token),
                "said": self.query("said"),
                **context,
            },
        )

    def part(self, template: str, **context: Any) -> Markup:
        """Render a part of a page, to be placed in one or sent alone."""
        return Markup(self.render(template, **context))  # noqa: S704  # templates escape

    def page(self, template: str, status: int = 200, **context: Any) -> Response:
        """Answer with a page."""
        return HTMLResponse(self.render(template, **context), status)

    def go(self, path: str, said: str = "") -> Response:
        """Lead on to a page after something was done; ``said`` is the key of a sentence in ``saying.SENTENCES``."""
        where = f"{path}{'&' if '?' in path else '?'}said={said}" if said else path
        return RedirectResponse(where, 303)

    def live(self, fragment: Callable[[], Awaitable[str]], done: Callable[[str], bool] = lambda _: False) -> Response:
        """Answer with a stream that sends a fragment anew when it has changed, until ``done`` says it is the last."""
        return stream(live.changes(fragment, self.request.is_disconnected, done))


def stream(events: AsyncIterator[bytes]) -> Response:
    """Answer with server-sent events."""
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


@dataclass(frozen=True, slots=True)
class Page:
    """A path below ``/console``, who may use it, and its handler. Methods other than GET change something."""

    path: str
    handler: Callable[[View], Awaitable[Response]]
    role: Role = Role.VIEWER
    methods: tuple[str, ...] = ("GET",)
