"""SmartRecruiters: ``GET /v1/companies/{id}/postings``, pages of 100 (developers.smartrecruiters.com, Posting API).

Off unless the operator switches it on: the robots.txt of its API forbids all but one crawler, and is obeyed.
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
from overture.research.boards.vendor import Vendor


class _Location(Row):
    city: str | None = None
    region: str | None = None
    country: str | None = None


class _Company(Row):
    name: str | None = None


class _Posting(CamelRow):
    id: str
    name: str
    location: _Location | None = None
    released_date: str | None = None
    company: _Company | None = None


class _Answer(CamelRow):
    content: list[msgspec.Raw]
    total_found: int


def read(data: bytes, board: Board) -> Listing:
    """Read one page.

    Raises:
        ValueError: the board is empty: the vendor answers so for companies that it does not know, too.
    """
    answer = msgspec.json.decode(data, type=_Answer)
    if answer.total_found == 0:
        raise ValueError("an unknown company and one without roles look the same")
    rows = list(read_rows(answer.content, _Posting))
    company = next((row.company.name for row in rows if row and row.company and row.company.name), "")
    found = [row and _opening(row, board) for row in rows]
    return listing(found, total=answer.total_found, company=company)


def _opening(posting: _Posting, board: Board) -> Opening:
    where = posting.location or _Location()
    place = Place(joined(where.city, where.region, where.country and where.country.upper()), where.country or "")
    url = f"https://jobs.smartrecruiters.com/{board.token}/{posting.id}"
    return Opening(posting.name, url, (place,), day(posting.released_date))


VENDOR = Vendor(
    name="smartrecruiters",
    base="https://api.smartrecruiters.com",
    path="/v1/companies/{token}/postings?limit=100&offset={offset}",
    token=re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,98}"),
    links=(re.compile(r"//(?:careers|jobs)\.smartrecruiters\.com/(?!oneclick-ui\b)(?P<token>[\w-]+)"),),
    read=read,
    rows=100,
    public="https://careers.smartrecruiters.com/{token}",
)
