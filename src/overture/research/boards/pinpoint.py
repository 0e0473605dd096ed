"""Pinpoint: ``GET /postings.json`` on the company's subdomain, one answer for all. No dates."""

import re

import msgspec

from overture.research.boards.listing import Board, Listing, Opening, Place, Row, joined, listing, read_rows
from overture.research.boards.vendor import HOST_LABEL, Vendor


class _Location(Row):
    name: str | None = None
    city: str | None = None
    province: str | None = None


class _Posting(Row):
    title: str
    url: str = ""
    location: _Location | None = None


class _Answer(Row):
    data: list[msgspec.Raw]


def read(data: bytes, board: Board) -> Listing:
    """Read the one answer."""
    del board
    rows = read_rows(msgspec.json.decode(data, type=_Answer).data, _Posting)
    return listing([row and _opening(row) for row in rows])


def _opening(posting: _Posting) -> Opening:
    where = posting.location or _Location()
    return Opening(posting.title, posting.url, (Place(joined(where.city, where.province, where.name)),))


VENDOR = Vendor(
    name="pinpoint",
    base="https://{token}.pinpointhq.com",
    path="/postings.json",
    token=HOST_LABEL,
    links=(re.compile(r"//(?P<token>[a-z0-9-]+)\.pinpointhq\.com"),),
    read=read,
    public="https://{token}.pinpointhq.com/",
)
