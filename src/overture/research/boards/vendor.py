"""What we must know of a vendor to read its boards."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from overture.research.boards.listing import Board, Listing

HOST_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
PATH_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,98}")


@dataclass(frozen=True, slots=True)
class Vendor:
    """One vendor.

    Args:
        name: as in the settings.
        base: scheme and host, with ``{token}`` and ``{region}`` where the vendor puts them.
        path: path and query, with ``{token}``, ``{offset}``, ``{page}`` (from 0).
        token: what a token must match in full.
        links: addresses of boards within pages, with a group ``token`` and perhaps ``region``.
        read: turns one answer into a listing; pure, and run in a child process.
        region: what a region must match in full.
        rows: the most rows in an answer where the vendor pages; 0 where one answer holds all.
        body: JSON to POST, with ``{offset}``; empty where the board is read by GET.
        public: the board as people open it.
        empty_is_none: False where an empty answer does not say that there are no roles.
    """

    name: str
    base: str
    path: str
    token: re.Pattern[str]
    links: tuple[re.Pattern[str], ...]
    read: Callable[[bytes, Board], Listing]
    region: re.Pattern[str] = re.compile(r"")
    rows: int = 0
    body: str = ""
    public: str = ""
    empty_is_none: bool = True

    def address(self, board: Board, base: str, page: int) -> str:
        """Return what to ask for: built from the token alone, which is checked again."""
        self.check(board)
        where = {"token": quote(board.token, safe="/" if self.name == "workday" else ""), "region": board.region}
        host = base.format(**where)
        return host + self.path.format(**where, offset=page * self.rows, page=page)

    def content(self, page: int) -> bytes | None:
        """Return what to POST, or None for a GET."""
        return self.body.replace("{offset}", str(page * self.rows)).encode() if self.body else None

    def shown(self, board: Board) -> str:
        """Return the board's address for people."""
        return self.public.format(token=quote(board.token, safe="/"), region=board.region)

    def check(self, board: Board) -> None:
        """Raise ValueError where token or region is not of the vendor's form."""
        if not self.token.fullmatch(board.token) or not self.region.fullmatch(board.region):
            raise ValueError(f"no token of {self.name}")
