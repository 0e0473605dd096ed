"""Breezy: ``GET /json`` on the company's subdomain, one answer for all (what Breezy gives its customers to embed)."""

import re

import msgspec

from overture.research.boards.listing import Board, Listing, Opening, Place, Row, day, joined, listing, read_rows
from overture.research.boards.vendor import HOST_LABEL, Vendor


class _Named(Row):
    id: str | None = None
    name: str | None = None


class _Location(Row):
    name: str | None = None
    city: str | None = None
    state: _Named | None = None
    country: _Named | None = None


class _Position(Row):
    name: str
    url: str = ""
    location: _Location | None = None
    locations: list[_Location] | None = None
    published_date: str | None = None
    company: _Named | None = None


def read(data: bytes, board: Board) -> Listing:
    """Read the one answer."""
    del board
    rows = list(read_rows(msgspec.json.decode(data, type=list[msgspec.Raw]), _Position))
    company = next((row.company.name for row in rows if row and row.company and row.company.name), "")
    return listing([row and _opening(row) for row in rows], company=company)


def _opening(position: _Position) -> Opening:
    known = position.locations or ([position.location] if position.location else [])
    return Opening(position.name, position.url, tuple(_place(where) for where in known), day(position.published_date))


def _place(where: _Location) -> Place:
    country, state = where.country or _Named(), where.state or _Named()
    return Place(where.name or joined(where.city, state.name, country.name), country.id or country.name or "")


VENDOR = Vendor(
    name="breezy",
    base="https://{token}.breezy.hr",
    path="/json",
    token=HOST_LABEL,
    links=(re.compile(r"//(?P<token>[a-z0-9-]+)\.breezy\.hr"),),
    read=read,
    public="https://{token}.breezy.hr/",
)
