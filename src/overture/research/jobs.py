"""The open roles of a company: its job board, or its own careers pages, and the source that comes of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from overture.domain.errors import FetchFailed
from overture.domain.evidence import Source, SourceKind
from overture.ports import Parse, Web
from overture.research.boards.asking import ask_board
from overture.research.boards.catalogue import EVERYWHERE, Boards, find_boards
from overture.research.boards.choice import bearing_name
from overture.research.boards.listing import Board
from overture.research.pages import PageReading
from overture.research.placing import home_of
from overture.research.plan import JOB_PAGES, looks_like_careers
from overture.research.postings import read_openings
from overture.research.sitemaps import roles_of_sitemap
from overture.research.sources import build
from overture.research.visit import Visit, stamp_of

JOBS_SECONDS = 30.0
_MOST_BOARDS_READ = 3


@dataclass(slots=True)
class _Trail:
    """The pages that were read on the way to the roles, and what is missing."""

    readings: list[PageReading] = field(default_factory=list[PageReading])
    careers: PageReading | None = None
    gaps: list[str] = field(default_factory=list[str])

    @property
    def boards(self) -> tuple[Board, ...]:
        """The boards of the careers page, else those of any page on the way."""
        pages = [self.careers, *self.readings] if self.careers else self.readings
        return next((page.plan.boards for page in pages if page.plan.boards), ())


async def read_jobs(
    web: Web, company_url: str, parse: Parse, boards: Boards = EVERYWHERE, *, seconds: float = JOBS_SECONDS
) -> Source:
    """Read a company's open roles from the page given, which may be its site, its careers page or its board.

    The job board that the site leads to is asked; without one, roles are those that the careers page and up to ten
    pages of roles describe as JSON-LD, the latter found by links or by the sitemap. A source without roles and
    without gaps means: what could be read was read, and holds no open role.

    Raises:
        FetchFailed: a page on the way could not be read, or the roles stand where they cannot be read. Then nothing
            is known of them.
    """
    async with Visit(web, parse, seconds) as visit:
        direct = find_boards(company_url)
        if direct:
            found = await visit.within(_read_boards(web, parse, direct, boards, company_url), company_url)
            return _of_boards(company_url, found, _Trail())
        trail = await _walk(visit, company_url)
        if trail.boards:
            chosen = bearing_name(trail.boards, [reading.site_name for reading in trail.readings], company_url)
            try:
                found = await visit.within(_read_boards(web, parse, chosen, boards, company_url), company_url)
            except FetchFailed as error:
                if not any(reading.jobs for reading in trail.readings):
                    raise
                trail.gaps.append(f"{error.url}: {error.reason}")
            else:
                return _of_boards(company_url, found, trail)
        return await _of_pages(visit, web, parse, company_url, trail)


async def _walk(visit: Visit, url: str) -> _Trail:
    """From the page given to the careers page, one hop further where that leads on; the page about the company, too."""
    trail = _Trail()
    first = await visit.first(url, survey=True)
    trail.readings.append(first)
    here = first
    if looks_like_careers(first.url):
        trail.careers = first
    elif first.plan.careers:
        here = await _careers(visit, trail, first.plan.careers) or first
    elif first.plan.about and not first.plan.boards:
        trail.readings += await visit.others([first.plan.about], known=(url, first.url), survey=True)
        visit.failed = 0  # the page about the company is no page of roles
        on = trail.readings[-1].plan.careers
        here = (on and await _careers(visit, trail, on)) or first
    known = {reading.url.rstrip("/") for reading in trail.readings}
    further = here.plan.careers
    if further and further.rstrip("/") not in known and not (here.jobs or here.plan.boards or here.plan.roles):
        more = await visit.others([further], known=tuple(known), survey=True)
        trail.readings += more
        if more and (more[0].jobs or more[0].plan.boards or more[0].plan.roles):
            trail.careers = more[0]
    return trail


async def _careers(visit: Visit, trail: _Trail, url: str) -> PageReading | None:
    """Read the careers page; where it fails, a board that is known already will do."""
    try:
        trail.careers = await visit.first(url, survey=True)
    except FetchFailed:
        if not trail.boards:
            raise
        return None
    trail.readings.append(trail.careers)
    return trail.careers


@dataclass(frozen=True, slots=True)
class _Found:
    readings: tuple[PageReading, ...]
    gaps: tuple[str, ...]
    fetched_at: str


async def _read_boards(web: Web, parse: Parse, chosen: Sequence[Board], boards: Boards, url: str) -> _Found:
    """Read up to three boards; one that fails beside another that could be read is a gap."""
    readings: list[PageReading] = []
    gaps: list[str] = []
    failure: FetchFailed | None = None
    fetched_at = ""
    for board in chosen[:_MOST_BOARDS_READ]:
        try:
            answered = await ask_board(web, parse, board, boards)
            stamp = stamp_of(answered.fetched_at)
            readings.append(
                await parse(read_openings, answered.openings, answered.company, answered.url, stamp, home_of(url))
            )
        except FetchFailed as error:
            failure = error
            gaps.append(f"{error.url}: {error.reason}")
            continue
        gaps += answered.gaps
        fetched_at = fetched_at or stamp
    if not readings:
        assert failure is not None  # no board was chosen, which callers do not ask for
        raise FetchFailed(failure.url, f"the job board at {failure.url} could not be read: {failure.reason}")
    return _Found(tuple(readings), tuple(gaps), fetched_at)


def _of_boards(url: str, found: _Found, trail: _Trail) -> Source:
    looked_at = [*(reading.url for reading in trail.readings), *(reading.url for reading in found.readings)]
    return build(SourceKind.JOBS, url, found.fetched_at, found.readings, looked_at=looked_at, gaps=found.gaps)


async def _of_pages(visit: Visit, web: Web, parse: Parse, url: str, trail: _Trail) -> Source:
    """The roles that the company's own pages describe."""
    careers = trail.careers or trail.readings[0]
    pages, count = careers.plan.roles, careers.plan.roles_found
    if not careers.jobs and not pages and not careers.plan.board:
        named = await visit.within(roles_of_sitemap(web, parse, careers.url), url)
        pages, count = named[:JOB_PAGES], len(named)
    if not careers.jobs and pages:
        known = (url, *(reading.url for reading in trail.readings))
        trail.readings += await visit.others(pages, known=known)
        if count > len(pages):
            trail.gaps.append(f"only the first {len(pages)} of {count} pages of roles were read")
    if visit.failed:
        trail.gaps.append(f"{visit.failed} pages of roles could not be read")
    _refuse_unknown(url, careers, trail.readings, pages, failed=visit.failed)
    kept = [reading for reading in trail.readings if reading is careers or reading.jobs]
    looked_at = [reading.url for reading in trail.readings]
    return build(SourceKind.JOBS, url, visit.fetched_at, kept, looked_at=looked_at, gaps=trail.gaps)


def _refuse_unknown(
    url: str, careers: PageReading, readings: Sequence[PageReading], pages: Sequence[str], *, failed: int
) -> None:
    """An unread board or role page is no proof that nobody is sought."""
    if any(reading.jobs for reading in readings):
        return
    if careers.plan.board:
        raise FetchFailed(url, f"open roles are listed at {careers.plan.board}, which is not read")
    if failed:
        raise FetchFailed(url, "the pages of the open roles could not be read")
    if any(reading.url in pages for reading in readings) and not any(r.roles_seen for r in readings):
        raise FetchFailed(url, "the open roles are not marked up in a way that can be read")
    if not careers.evidence:
        raise FetchFailed(url, "the careers page holds no text that could be read")
