"""Lever: ``GET /v0/postings/{site}``, pages by ``skip`` and ``limit`` (github.com/lever/postings-api)."""

import re
from datetime import UTC, datetime

import msgspec

from overture.research.boards.listing import Board, CamelRow, Listing, Opening, Place, listing, read_rows
from overture.research.boards.vendor import PATH_NAME, Vendor


class _Categories(CamelRow):
    location: str | None = None
    all_locations: list[str] | None = None


class _Posting(CamelRow):
    text: str
    hosted_url: str = ""
    categories: _Categories | None = None
    country: str | None = None
    created_at: float | None = None


def read(data: bytes, board: Board) -> Listing:
    """Read one page; ``country`` is a code, and holds for the first location."""
    del board
    rows = read_rows(msgspec.json.decode(data, type=list[msgspec.Raw]), _Posting)
    return listing([row and _opening(row) for row in rows])


def _opening(posting: _Posting) -> Opening:
    categories = posting.categories or _Categories()
    first = categories.location or ""
    others = [text for text in categories.all_locations or [] if text != first]
    places = (Place(first, posting.country or ""), *(Place(text) for text in others))
    return Opening(posting.text, posting.hosted_url, places, _day(posting.created_at))


def _day(milliseconds: float | None) -> str | None:
    if milliseconds is None or not 0 < milliseconds < 32_503_680_000_000:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()


VENDOR = Vendor(
    name="lever",
    base="https://api{region}.lever.co",
    path="/v0/postings/{token}?mode=json&skip={offset}&limit=50",
    token=PATH_NAME,
    region=re.compile(r"(?:\.eu)?"),
    links=(re.compile(r"//(?:jobs|api)(?P<region>(?:\.eu)?)\.lever\.co/(?:v0/postings/)?(?P<token>[\w.%-]+)"),),
    read=read,
    rows=50,
    public="https://jobs{region}.lever.co/{token}",
)
