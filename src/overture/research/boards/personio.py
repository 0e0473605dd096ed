"""Personio: ``GET /xml?language=en`` on the company's subdomain, one answer for all (developer.personio.de).

What the company wrote in another language only may be left out, so an empty list proves nothing.
"""

import re

from overture.research.boards.listing import Board, Listing, Opening, Place, day, listing
from overture.research.boards.vendor import HOST_LABEL, Vendor
from overture.research.xml import read_records


def read(data: bytes, board: Board) -> Listing:
    """Read the one answer."""
    found = [_opening(record, board) for record in read_records(data, "workzag-jobs", "position")]
    return listing(found)


def _opening(record: dict[str, list[str]], board: Board) -> Opening | None:
    title, key = record.get("name", [""])[0], record.get("id", [""])[0]
    if not title:
        return None
    offices = [*record.get("office", []), *record.get("additionalOffices/office", [])]
    url = f"https://{board.token}.jobs.personio.{board.region}/job/{key}" if key.isdigit() else ""
    return Opening(title, url, tuple(Place(office) for office in offices), day(record.get("createdAt", [""])[0]))


VENDOR = Vendor(
    name="personio",
    base="https://{token}.jobs.personio.{region}",
    path="/xml?language=en",
    token=HOST_LABEL,
    region=re.compile(r"de|com"),
    links=(re.compile(r"//(?P<token>[a-z0-9-]+)\.jobs\.personio\.(?P<region>de|com)"),),
    read=read,
    empty_is_none=False,
    public="https://{token}.jobs.personio.{region}/",
)
