"""Greenhouse: ``GET /v1/boards/{token}/jobs``, one answer for all (developers.greenhouse.io, Job Board API).

Without ``content=true`` the answer leaves out descriptions, which are most of its size, and offices.
"""

import re

import msgspec

from overture.research.boards.listing import Board, Listing, Opening, Place, Row, day, listing, read_rows
from overture.research.boards.vendor import Vendor


class _Location(Row):
    name: str | None = None


class _Job(Row):
    title: str
    absolute_url: str = ""
    location: _Location | None = None
    first_published: str | None = None
    company_name: str | None = None


class _Answer(Row):
    jobs: list[msgspec.Raw]


def read(data: bytes, board: Board) -> Listing:
    """Read the one answer."""
    del board
    jobs = list(read_rows(msgspec.json.decode(data, type=_Answer).jobs, _Job))
    company = next((job.company_name for job in jobs if job and job.company_name), "")
    return listing([job and _opening(job) for job in jobs], company=company)


def _opening(job: _Job) -> Opening:
    place = (job.location and job.location.name) or ""
    return Opening(job.title, job.absolute_url, (Place(place),), day(job.first_published))


VENDOR = Vendor(
    name="greenhouse",
    base="https://boards-api.greenhouse.io",
    path="/v1/boards/{token}/jobs",
    token=re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,98}"),
    links=(
        re.compile(
            r"//(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/embed/job_(?:board|app)(?:/js)?\?(?:[^\s\"'<>]*&)?for=(?P<token>[\w-]+)"
        ),
        re.compile(r"//(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/(?!embed\b)(?P<token>[\w-]+)"),
        re.compile(r"//boards-api\.greenhouse\.io/v1/boards/(?P<token>[\w-]+)"),
    ),
    read=read,
    public="https://boards.greenhouse.io/{token}",
)
