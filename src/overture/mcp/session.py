"""What every tool works with: the services, the account it acts for, and how answers look."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from overture.domain.accounts import Caller, Scope
from overture.domain.errors import NotFound, OutOfScope
from overture.mcp.dialect import Dialect
from overture.usecases import accounts
from overture.usecases.idempotency import Once
from overture.usecases.services import Services

T = TypeVar("T")
NO_KEY = Once(None, 200)
OPERATOR = "mcp"
"""Under which name decisions are kept where the operator started the server for an account, without a key."""

Tool = Callable[..., Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the server acts for: the account of ``key``; where there is none, ``account_id``, named by the operator."""

    key: str = ""
    account_id: UUID | None = None

    async def caller(self, services: Services) -> Caller:
        """Return the account as a caller.

        Raises:
            Unauthorized, OutOfScope: the key is not good, or does not open everything.
            NotFound: there is no such account.
        """
        if not self.key:
            if self.account_id is None:
                raise NotFound("no account is named")
            return replace(await accounts.acting_for(services, self.account_id), key_id=OPERATOR)
        caller = await accounts.authenticate(services, self.key)
        if not caller.may(Scope.ALL):
            raise OutOfScope
        return caller


@dataclass(frozen=True, slots=True)
class Session:
    """One server at work."""

    services: Services
    identity: Identity
    dialect: Dialect

    async def caller(self) -> Caller:
        """Let a call in: its key is good at this moment, and the call is counted."""
        caller = await self.identity.caller(self.services)
        if self.identity.key:
            await accounts.admit(self.services, caller)
        return caller


class Taken:
    """Takes what a use case renders, as a JSON object."""

    def __init__(self) -> None:
        self._body: dict[str, object] = {}

    def by(self, show: Callable[[T], dict[str, object]]) -> Callable[[T], bytes]:
        """Return what to render with."""

        def render(found: T) -> bytes:
            self._body = show(found)
            return b""

        return render

    @property
    def body(self) -> dict[str, object]:
        """What was taken."""
        return self._body


def id_of(text: str, what: str) -> UUID:
    """Read an id; raises NotFound, since nothing has one of another form."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(f"no such {what}") from None


@dataclass(frozen=True, slots=True)
class Declared:
    """A tool: its function, what it does to the world, and arguments whose JSON Schema is the API's own."""

    fn: Tool
    title: str
    reads: bool = False
    destroys: bool = False
    repeatable: bool = False
    schemas: Mapping[str, str] | None = None


Tools = Sequence[Declared]
