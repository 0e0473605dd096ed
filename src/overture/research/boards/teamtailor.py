"""Teamtailor: ``GET /jobs.json`` a JSON Feed (jsonfeed.org) with a JobPosting an item.

The token is the whole host: the company's subdomain of teamtailor.com, or its own domain that Teamtailor serves.
"""

import re

import msgspec

from overture.research.boards.listing import (
    Board,
    CamelRow,
    Listing,
    Opening,
    Place,
    Row,
    day,
    joined,
    listing,
    read_rows,
)
from overture.research.boards.vendor import HOST_LABEL, Vendor


class _Address(CamelRow):
    address_locality: str | None = None
    address_region: str | None = None
    address_country: str | None = None


class _Location(Row):
    address: _Address | None = None


class _Posting(CamelRow):
    job_location: list[_Location] | _Location | None = None
    date_posted: str | None = None


class _Item(Row):
    title: str
    url: str = ""
    date_published: str | None = None
    posting: _Posting | None = msgspec.field(default=None, name="_jobposting")


class _Feed(Row):
    items: list[msgspec.Raw]
    title: str | None = None


def read(data: bytes, board: Board) -> Listing:
    """Read the feed."""
    del board
    feed = msgspec.json.decode(data, type=_Feed)
    return listing([item and _opening(item) for item in read_rows(feed.items, _Item)], company=feed.title or "")


def _opening(item: _Item) -> Opening:
    posting = item.posting or _Posting()
    where = posting.job_location or []
    places = tuple(_place(place) for place in (where if isinstance(where, list) else [where]))
    return Opening(item.title, item.url, places, day(item.date_published) or day(posting.date_posted))


def _place(location: _Location) -> Place:
    address = location.address or _Address()
    text = joined(address.address_locality, address.address_region, address.address_country)
    return Place(text, address.address_country or "")


VENDOR = Vendor(
    name="teamtailor",
    base="https://{token}",
    path="/jobs.json",
    token=re.compile(rf"(?:{HOST_LABEL.pattern}\.)+[a-z]{{2,24}}"),
    links=(re.compile(r"//(?P<token>[a-z0-9-]+\.teamtailor\.com)"),),
    read=read,
    public="https://{token}/jobs",
)
