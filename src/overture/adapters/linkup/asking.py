"""Asking a server: the session's fields, parts of lists, and what is left out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from overture.adapters.linkup.given import Given
from overture.adapters.linkup.wire import Wire
from overture.domain.linkedin.objects import Slice
from overture.domain.linkedin.queries import Window

Body = dict[str, object]


@dataclass(frozen=True, slots=True)
class Ask:
    """Whom to ask: the server, the fields that name the session (none for data), the time, the account's own name."""

    wire: Wire
    session: Body
    now: datetime
    me: str = ""

    @property
    def alone(self) -> bool:
        """Whether no account asks."""
        return not self.session

    async def data(self, path: str, body: Body) -> Given:
        """Ask, and return ``data``."""
        return Given(await self.wire.read(path, body | self.session)).child("data")


def paged(window: Window, per_page: int = 10) -> Body:
    """Ask for a part of a list: by number from the beginning, by pages from further on."""
    if window.offset == 0:
        return {"total_results": window.count}
    first = window.offset // per_page + 1
    last = (window.offset + max(window.count, 1) - 1) // per_page + 1
    return {"start_page": first, "end_page": last}


def cut(found: Slice[Any], window: Window, per_page: int = 10) -> Slice[Any]:
    """Drop what whole pages bring beyond the part that was asked for."""
    skip = window.offset % per_page if window.offset else 0
    return Slice(found.items[skip : skip + window.count], found.available, found.next_cursor)


def filled(**values: object) -> Body:
    """Return the values that are not empty."""
    return {name: value for name, value in values.items() if value}
