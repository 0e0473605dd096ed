"""BambooHR: ``GET /careers/list`` on the company's subdomain, one answer for all. Undocumented, what its own pages use.

Many companies' lists now lead to a page of the vendor; what is no JSON tells nothing.
"""

import re

import msgspec

from overture.research.boards.listing import Board, CamelRow, Listing, Opening, Place, Row, joined, listing, read_rows
from overture.research.boards.vendor import HOST_LABEL, Vendor


class _Location(Row):
    city: str | None = None
    state: str | None = None
    province: str | None = None
    country: str | None = None


class _Job(CamelRow):
    id: str | int
    job_opening_name: str
    location: _Location | None = None
    ats_location: _Location | None = None


class _Answer(Row):
    result: list[msgspec.Raw]


def read(data: bytes, board: Board) -> Listing:
    """Read the one answer."""
    rows = read_rows(msgspec.json.decode(data, type=_Answer).result, _Job)
    return listing([row and _opening(row, board) for row in rows])


def _opening(job: _Job, board: Board) -> Opening:
    known = [place for place in (job.ats_location, job.location) if place and (place.city or place.country)]
    where = known[0] if known else _Location()
    place = Place(joined(where.city, where.state or where.province, where.country), where.country or "")
    return Opening(job.job_opening_name, f"https://{board.token}.bamboohr.com/careers/{job.id}", (place,))


VENDOR = Vendor(
    name="bamboohr",
    base="https://{token}.bamboohr.com",
    path="/careers/list",
    token=HOST_LABEL,
    links=(re.compile(r"//(?P<token>[a-z0-9-]+)\.bamboohr\.com/(?:careers|jobs)"),),
    read=read,
    public="https://{token}.bamboohr.com/careers",
)
