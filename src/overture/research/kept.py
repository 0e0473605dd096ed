"""Readings of pages kept beside what a server needs to say that a page has not changed (RFC 9110, 13.1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import msgspec

from overture import __version__
from overture.ports import Page, Validators
from overture.research.pages import PageReading

NOT_MODIFIED = 304
MOST_BYTES = 2_000_000
"""Of all kept pages of one source; beyond it none is kept, and the next visit fetches them whole."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One page as it was read: asked for as ``url``, for one purpose, under the rules of one release."""

    url: str
    purpose: str
    release: str
    validators: Validators
    reading: PageReading


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(tuple[Kept, ...])


@dataclass(slots=True)
class Memory:
    """The pages kept from the last visit, and those that this one keeps."""

    before: dict[tuple[str, str], Kept] = field(default_factory=dict[tuple[str, str], Kept])
    now: list[Kept] = field(default_factory=list[Kept])

    def known(self, url: str, purpose: str) -> Kept | None:
        """Return what the last visit kept of a page."""
        return self.before.get((url, purpose))

    def keep(self, url: str, purpose: str, page: Page, reading: PageReading) -> None:
        """Keep a reading where the answer can be asked for conditionally."""
        last = self.known(url, purpose)
        etag = page.headers.get("etag") or (last.validators.etag if last and page.status == NOT_MODIFIED else "")
        modified = page.headers.get("last-modified") or (
            last.validators.modified if last and page.status == NOT_MODIFIED else ""
        )
        if etag or modified:
            self.now.append(Kept(url, purpose, __version__, Validators(page.final_url, etag, modified), reading))

    def dump(self) -> bytes | None:
        """Return the pages that this visit kept as bytes; None where there are none."""
        data = _ENCODER.encode(tuple(self.now)) if self.now else b""
        return data if 0 < len(data) <= MOST_BYTES else None


def remember(data: bytes | None) -> Memory:
    """Return the memory that ``dump`` wrote; what another release wrote or what is broken is forgotten."""
    try:
        pages: Iterable[Kept] = _DECODER.decode(data) if data else ()
    except ValueError:
        pages = ()
    return Memory({(page.url, page.purpose): page for page in pages if page.release == __version__})


def confirmed(reading: PageReading, stamp: str) -> PageReading:
    """Return the reading as read again at another time: the server said that nothing has changed."""
    return replace(reading, evidence=tuple(replace(item, fetched_at=stamp) for item in reading.evidence))
