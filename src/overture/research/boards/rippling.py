"""Rippling: ``GET /api/v2/board/{slug}/jobs``, pages of 20 counted from 0 (Job Board API v2)."""

import re

import msgspec

from overture.research.boards.listing import Board, CamelRow, Listing, Opening, Place, Row, joined, listing, read_rows
from overture.research.boards.vendor import Vendor


class _Location(CamelRow):
    name: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None
    country_code: str | None = None


class _Job(Row):
    name: str
    url: str = ""
    locations: list[_Location] | None = None


class _Answer(CamelRow):
    items: list[msgspec.Raw]
    total_items: int | None = None


def read(data: bytes, board: Board) -> Listing:
    """Read one page."""
    del board
    answer = msgspec.json.decode(data, type=_Answer)
    return listing([row and _opening(row) for row in read_rows(answer.items, _Job)], total=answer.total_items)


def _opening(job: _Job) -> Opening:
    places = tuple(
        Place(where.name or joined(where.city, where.state, where.country), where.country_code or where.country or "")
        for where in job.locations or []
    )
    return Opening(job.name, job.url, places)


VENDOR = Vendor(
    name="rippling",
    base="https://ats.rippling.com",
    path="/api/v2/board/{token}/jobs?page={page}&pageSize=20",
    token=re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,98}"),
    links=(
        re.compile(r"//ats\.rippling\.com/(?:api/v\d/board/)?(?:[a-z]{2}-[A-Z]{2}/)?(?!api/)(?P<token>[\w-]+)/jobs"),
    ),
    read=read,
    rows=20,
    public="https://ats.rippling.com/{token}/jobs",
)
