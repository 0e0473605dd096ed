"""Recruitee: ``GET /api/offers/`` on the company's own subdomain, one answer for all (Careers Site API)."""

import re

import msgspec

from overture.research.boards.listing import Board, Listing, Opening, Place, Row, day, joined, listing, read_rows
from overture.research.boards.vendor import HOST_LABEL, Vendor


class _Location(Row):
    city: str | None = None
    state: str | None = None
    country: str | None = None
    country_code: str | None = None


class _Offer(Row):
    title: str
    careers_url: str = ""
    location: str | None = None
    city: str | None = None
    country: str | None = None
    country_code: str | None = None
    locations: list[_Location] | None = None
    published_at: str | None = None
    company_name: str | None = None


class _Answer(Row):
    offers: list[msgspec.Raw]


def read(data: bytes, board: Board) -> Listing:
    """Read the one answer."""
    del board
    offers = list(read_rows(msgspec.json.decode(data, type=_Answer).offers, _Offer))
    company = next((offer.company_name for offer in offers if offer and offer.company_name), "")
    return listing([offer and _opening(offer) for offer in offers], company=company)


def _opening(offer: _Offer) -> Opening:
    first = Place(offer.location or joined(offer.city, offer.country), offer.country_code or offer.country or "")
    others = tuple(
        Place(joined(place.city, place.state, place.country), place.country_code or place.country or "")
        for place in offer.locations or []
    )
    return Opening(offer.title, offer.careers_url, (first, *others), day(offer.published_at))


VENDOR = Vendor(
    name="recruitee",
    base="https://{token}.recruitee.com",
    path="/api/offers/",
    token=HOST_LABEL,
    links=(re.compile(r"//(?P<token>[a-z0-9-]+)\.recruitee\.com"),),
    read=read,
    public="https://{token}.recruitee.com/",
)
