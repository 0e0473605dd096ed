"""Workday: ``POST /wday/cxs/{tenant}/{site}/jobs``, pages of 20, what its own pages use. Undocumented.

``total`` holds only for the first page. A location text such as "3 Locations" names none.
"""

import re

import msgspec

from overture.research.boards.listing import Board, CamelRow, Listing, Opening, Place, listing, read_rows
from overture.research.boards.vendor import Vendor

_SEVERAL = re.compile(r"\d+ Locations?")


class _Posting(CamelRow):
    title: str
    external_path: str = ""
    locations_text: str | None = None


class _Answer(CamelRow):
    job_postings: list[msgspec.Raw]
    total: int | None = None


def read(data: bytes, board: Board) -> Listing:
    """Read one page."""
    answer = msgspec.json.decode(data, type=_Answer)
    found = [row and _opening(row, board) for row in read_rows(answer.job_postings, _Posting)]
    return listing(found, total=answer.total or None)


def _opening(posting: _Posting, board: Board) -> Opening:
    text = posting.locations_text or ""
    site = board.token.partition("/")[2]
    path = posting.external_path if posting.external_path.startswith("/") else ""
    return Opening(
        posting.title,
        f"https://{board.region}/{site}{path}",
        () if _SEVERAL.fullmatch(text.strip()) else (Place(text),),
    )


VENDOR = Vendor(
    name="workday",
    base="https://{region}",
    path="/wday/cxs/{token}/jobs",
    token=re.compile(r"[A-Za-z0-9_-]{1,60}/[A-Za-z0-9_-]{1,100}"),
    region=re.compile(r"(?:[a-z0-9_-]{1,60}\.wd\d{1,3}\.myworkdayjobs|wd\d{1,3}\.myworkdaysite)\.com"),
    links=(
        re.compile(
            r"//(?P<region>(?P<tenant>[a-z0-9_-]+)\.wd\d{1,3}\.myworkdayjobs\.com)/(?:[a-z]{2}-[A-Z]{2}/)?(?P<token>[\w-]+)"
        ),
        re.compile(
            r"//(?P<region>wd\d{1,3}\.myworkdaysite\.com)/(?:[a-z]{2}-[A-Z]{2}/)?recruiting/(?P<tenant>[\w-]+)/(?P<token>[\w-]+)"
        ),
    ),
    read=read,
    rows=20,
    body='{"appliedFacets":{},"limit":20,"offset":{offset},"searchText":""}',
    public="https://{region}/{token}",
)
