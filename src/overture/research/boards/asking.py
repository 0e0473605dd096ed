"""Asking a vendor for a company's whole board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from overture.domain.errors import FetchFailed
from overture.ports import Page, Parse, Web
from overture.research.boards.catalogue import VENDORS, Boards
from overture.research.boards.listing import Board, Listing, Opening
from overture.research.boards.vendor import Vendor

MOST_OPENINGS = 1_000
MOST_PAGES = 30


@dataclass(frozen=True, slots=True)
class Answered:
    """All that a board lists. ``gaps`` says in words what is missing; without any, what is not here is not open.

    ``url`` is the address that answered, ``shown`` the board for people.
    """

    openings: tuple[Opening, ...]
    company: str
    url: str
    shown: str
    fetched_at: datetime
    gaps: tuple[str, ...] = ()


async def ask_board(web: Web, parse: Parse, board: Board, boards: Boards) -> Answered:
    """Read a board, page by page: at most 30 pages, 1,000 openings.

    Raises:
        FetchFailed: it is switched off, unknown to the vendor, or its first answer could not be read. A later
            answer that fails is a gap.
    """
    vendor = VENDORS[board.vendor]
    shown = vendor.shown(board)
    if vendor.name not in boards.enabled:
        raise FetchFailed(shown, f"boards of {vendor.name} are switched off here")
    listings: list[Listing] = []
    gaps: list[str] = []
    first: Page | None = None
    for page in range(MOST_PAGES if vendor.rows else 1):
        address = vendor.address(board, boards.base(vendor), page)
        try:
            answer = await web.data(address, vendor.content(page))
            listings.append(await parse(vendor.read, answer.body, board))
        except FetchFailed as error:
            if not listings:
                raise FetchFailed(shown, error.reason) from error
            gaps.append(f"page {page + 1} of {shown} could not be read: {error.reason}")
            break
        first = first or answer
        if _whole(listings, vendor.rows):
            break
    gaps += _gaps(listings, shown, vendor)
    openings = tuple(opening for part in listings for opening in part.openings)[:MOST_OPENINGS]
    company = next((part.company for part in listings if part.company), "")
    assert first is not None  # or the first answer failed
    url = first.final_url.partition("?")[0]
    return Answered(openings, company, url, shown, first.fetched_at, tuple(gaps))


def _whole(listings: Sequence[Listing], rows: int) -> bool:
    """No further page is needed: the last one is short, or the total of the first has been reached."""
    if not rows or listings[-1].rows == 0:
        return True
    read = sum(part.rows for part in listings)
    total = listings[0].total
    return read >= min(total if total is not None else read + 1, MOST_OPENINGS) or (
        total is None and listings[-1].rows < rows
    )


def _gaps(listings: Sequence[Listing], shown: str, vendor: Vendor) -> list[str]:
    read = sum(part.rows for part in listings)
    odd = sum(part.unreadable for part in listings)
    total = listings[0].total
    more = listings[-1].rows >= vendor.rows > 0 if total is None else total > read
    found: list[str] = []
    if odd:
        found.append(f"{odd} entries of {shown} could not be read")
    if read > MOST_OPENINGS or more:
        found.append(f"only the first {min(read, MOST_OPENINGS):,} roles of {shown} were read")
    if not read and not vendor.empty_is_none:
        found.append(f"{shown} lists no role for English, which may not be all of its roles")
    return found
