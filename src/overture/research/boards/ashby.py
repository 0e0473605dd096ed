"""Ashby: ``GET /posting-api/job-board/{name}``, one answer for all (developers.ashbyhq.com, public job posting API)."""

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
from overture.research.boards.vendor import PATH_NAME, Vendor


class _Postal(CamelRow):
    address_locality: str | None = None
    address_region: str | None = None
    address_country: str | None = None


class _Address(CamelRow):
    postal_address: _Postal | None = None


class _Secondary(Row):
    location: str | None = None
    address: _Address | None = None


class _Job(CamelRow):
    title: str
    job_url: str = ""
    location: str | None = None
    address: _Address | None = None
    secondary_locations: list[_Secondary] | None = None
    is_listed: bool = True
    published_at: str | None = None


class _Answer(Row):
    jobs: list[msgspec.Raw]


def read(data: bytes, board: Board) -> Listing:
    """Read the one answer; roles that are not listed are left out."""
    del board
    jobs = list(read_rows(msgspec.json.decode(data, type=_Answer).jobs, _Job))
    shown = [job for job in jobs if job is None or job.is_listed]
    return listing([job and _opening(job) for job in shown], rows=len(jobs))


def _opening(job: _Job) -> Opening:
    places = [_place(job.location, job.address)]
    places += [_place(other.location, other.address) for other in job.secondary_locations or []]
    return Opening(job.title, job.job_url, tuple(places), day(job.published_at))


def _place(text: str | None, address: _Address | None) -> Place:
    postal = (address and address.postal_address) or _Postal()
    stated = text or joined(postal.address_locality, postal.address_region, postal.address_country)
    return Place(stated, postal.address_country or "")


VENDOR = Vendor(
    name="ashby",
    base="https://api.ashbyhq.com",
    path="/posting-api/job-board/{token}",
    token=PATH_NAME,
    links=(
        re.compile(r"//jobs\.ashbyhq\.com/(?P<token>[\w.%-]+)"),
        re.compile(r"//api\.ashbyhq\.com/posting-api/job-board/(?P<token>[\w.%-]+)"),
    ),
    read=read,
    public="https://jobs.ashbyhq.com/{token}",
)
