"""What a topic of the campaign routes is made of, and what its handlers are given."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from overture.api import entry
from overture.api.body import decode_object
from overture.api.contract import Operation, Parameter, Schema
from overture.api.native import answering
from overture.api.native.declaring import PREFIX, problem
from overture.api.options import EdgeOptions
from overture.domain.accounts import Caller
from overture.domain.errors import Invalid, NotFound
from overture.usecases.idempotency import Once
from overture.usecases.services import Services

T = TypeVar("T")

PATH = f"{PREFIX}/campaigns"
TAG = "Campaigns"
EXAMPLE_ID = UUID("3a1f0a52-8f5a-4a06-9d53-0f6d2b8c9e11")
MOST = 100
DEFAULT = 50

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LIMIT = re.compile(r"[1-9][0-9]{0,3}")
_NO_CURSOR = "cursor is not one that was given out"

_ID: Schema = {"type": "string", "format": "uuid"}
CAMPAIGN_ID = Parameter("campaign_id", "The campaign.", _ID, str(EXAMPLE_ID), required=True)
LEAD_ID = Parameter("lead_id", "The lead.", _ID, str(EXAMPLE_ID), required=True)
LIMIT = Parameter("limit", f"How many: 1 to {MOST}, {DEFAULT} where absent.", {"type": "integer"}, "50")
CURSOR = Parameter("cursor", "The `next_cursor` of the page before.", {"type": "string"}, "WzUwXQ")
NO_CAMPAIGN = problem(404, "There is no such campaign.", "No such campaign")
NO_LEAD = problem(404, "There is no such lead.", "No such lead")


@dataclass(frozen=True, slots=True)
class Call:
    """One call that was let in."""

    services: Services
    caller: Caller
    request: Request
    options: EdgeOptions

    def id(self, name: str, what: str = "campaign") -> UUID:
        """Read an id of the path; raises NotFound for what cannot be one."""
        text = str(self.request.path_params[name])
        if not _UUID.fullmatch(text):
            raise NotFound(f"no such {what}")
        return UUID(text)

    @property
    def asked(self) -> dict[str, str]:
        """The query's parameters without white space around them; blank is as good as absent."""
        return {name: value.strip() for name, value in entry.query(self.request).items() if value.strip()}

    def limit(self, most: int = MOST) -> int:
        """Read how many of a list are wanted."""
        text = self.asked.get("limit", str(DEFAULT))
        if not _LIMIT.fullmatch(text) or int(text) > most:
            raise Invalid([f"limit must be a whole number from 1 to {most}"])
        return int(text)

    def cursor(self, form: type[T]) -> T | None:
        """Read the place in a list after which to go on."""
        text = self.asked.get("cursor")
        if text is None:
            return None
        try:
            return msgspec.json.decode(urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=form)
        except (NotBase64, ValueError, msgspec.DecodeError):
            raise Invalid([_NO_CURSOR]) from None

    async def body(self) -> bytes:
        """The bytes of the body."""
        return await self.request.body()

    async def record(self) -> dict[str, object]:
        """The JSON object in the body; raises Invalid for anything else."""
        return decode_object(await self.body(), self.options.max_depth)

    async def record_if_any(self) -> dict[str, object]:
        """The same where a body may be left out."""
        return await self.record() if (await self.body()).strip() else {}

    async def once(self, status: int = 200) -> Once:
        """How the call is to be answered, with its Idempotency-Key."""
        return answering.once(self.request, await self.body(), status)


Handle = Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Route:
    """An operation and what answers it."""

    operation: Operation
    handle: Handle


@dataclass(frozen=True, slots=True)
class Topic:
    """Routes that belong together, and the schemas that they name."""

    routes: tuple[Route, ...]
    components: Mapping[str, Schema] = field(default_factory=dict[str, Schema])


def place(*parts: object) -> str:
    """The cursor of a place in a list: what ``Call.cursor`` reads."""
    return urlsafe_b64encode(msgspec.json.encode(parts)).decode().rstrip("=")
