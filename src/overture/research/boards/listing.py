"""What a job board lists, in one form for all vendors, and the typed decoding of what it sends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Board:
    """A company's board: ``token`` names the company at the vendor, ``region`` the vendor's region or host.

    Both match the vendor's patterns; nothing else of a page enters the address that is asked.
    """

    vendor: str
    token: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role is, as the vendor states it: a text, and a field for the country (code or name) or nothing."""

    text: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """An open role as listed; ``date`` is an ISO date or None, ``url`` as the vendor gives it, perhaps relative."""

    title: str
    url: str
    places: tuple[Place, ...] = ()
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer of a board. ``rows`` counts what it held, ``unreadable`` those of another form than documented.

    ``total`` is the vendor's count over all answers where it gives one; ``company`` its name for the company.
    """

    openings: tuple[Opening, ...]
    rows: int
    unreadable: int = 0
    total: int | None = None
    company: str = ""


class Row(msgspec.Struct):
    """The base of a vendor's row: fields that we do not name are ignored."""


class CamelRow(Row, rename="camel"):
    """A row whose vendor writes names like ``jobUrl``."""


def read_rows(raw: Sequence[msgspec.Raw], kind: type[T]) -> Iterator[T | None]:
    """Yield each row in its type, or None where it has another form: one odd row does not cost the others."""
    decoder = msgspec.json.Decoder(kind, strict=False)
    for item in raw:
        try:
            yield decoder.decode(item)
        except (msgspec.ValidationError, msgspec.DecodeError):
            yield None


def listing(
    found: Sequence[Opening | None], *, rows: int | None = None, total: int | None = None, company: str = ""
) -> Listing:
    """Return the listing of what rows gave; None stands for a row that could not be read."""
    openings = tuple(opening for opening in found if opening is not None)
    count = len(found) if rows is None else rows
    return Listing(openings, count, len(found) - len(openings), total, company)


def day(text: str | None) -> str | None:
    """Return the ISO date that a time stamp begins with."""
    date = (text or "")[:10]
    return date if len(date) == 10 and date[4] == date[7] == "-" and date.replace("-", "").isdigit() else None


def joined(*parts: str | None) -> str:
    """Return the parts of a place that are stated, each once."""
    return ", ".join(dict.fromkeys(part.strip() for part in parts if part and part.strip()))
