"""Workable: ``GET /api/v1/widget/accounts/{slug}``, one answer for all (the widget for its customers)."""

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


class _Location(CamelRow):
    country: str | None = None
    country_code: str | None = None
    city: str | None = None
    region: str | None = None
    hidden: bool = False


class _Job(Row):
    title: str
    url: str = ""
    city: str | None = None
    state: str | None = None
    country: str | None = None
    locations: list[_Location] | None = None
    published_on: str | None = None


class _Answer(Row):
    jobs: list[msgspec.Raw]
    name: str | None = None


def read(data: bytes, board: Board) -> Listing:
    """Read the one answer."""
    del board
    answer = msgspec.json.decode(data, type=_Answer)
    return listing([job and _opening(job) for job in read_rows(answer.jobs, _Job)], company=answer.name or "")


def _opening(job: _Job) -> Opening:
    places = tuple(
        Place(joined(place.city, place.region, place.country), place.country_code or place.country or "")
        for place in job.locations or []
        if not place.hidden
    )
    whole = Place(joined(job.city, job.state, job.country), job.country or "")
    return Opening(job.title, job.url, places or (whole,), day(job.published_on))


VENDOR = Vendor(
    name="workable",
    base="https://apply.workable.com",
    path="/api/v1/widget/accounts/{token}",
    token=HOST_LABEL,
    links=(
        re.compile(
            r"//apply\.workable\.com/(?:api/v[13]/(?:widget/)?accounts/)?(?!api/|j/|static/)(?P<token>[a-z0-9-]+)"
        ),
        re.compile(r"//(?P<token>[a-z0-9-]+)\.workable\.com"),
    ),
    read=read,
    public="https://apply.workable.com/{token}/",
)
