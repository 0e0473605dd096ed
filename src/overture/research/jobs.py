"""The open roles of a company, and the source that comes of them."""

from collections.abc import Sequence

from overture.domain.errors import FetchFailed
from overture.domain.evidence import Source, SourceKind
from overture.ports import Parse, Web
from overture.research.pages import PageReading
from overture.research.plan import looks_like_careers
from overture.research.sources import build
from overture.research.visit import Visit

JOBS_SECONDS = 30.0


async def read_jobs(web: Web, company_url: str, parse: Parse, *, seconds: float = JOBS_SECONDS) -> Source:
    """Read the open roles on a company's own careers page and on up to ten pages of roles that it links to.

    The careers page is found from the page given, which may be it. Roles are those that pages describe
    as JSON-LD. A source without roles means: the pages could be read and hold no open role.

    Raises:
        FetchFailed: a page on the way could not be read, or the roles stand on a board elsewhere that is
            not read. Then nothing is known of them.
    """
    async with Visit(web, parse, seconds) as visit:
        first = await visit.first(company_url, survey=True)
        readings, careers = [first], first
        if not looks_like_careers(first.url) and first.plan.careers:
            careers = await visit.first(first.plan.careers, survey=True)
            readings.append(careers)
        if not careers.jobs and careers.plan.roles:
            known = [reading.url for reading in readings]
            readings += await visit.others(careers.plan.roles, known=(company_url, *known))
    _refuse_unknown(company_url, careers, readings, failed=visit.failed)
    kept = [reading for reading in readings if reading is careers or reading.jobs]
    return build(SourceKind.JOBS, company_url, visit.fetched_at, kept, looked_at=[r.url for r in readings])


def _refuse_unknown(url: str, careers: PageReading, readings: Sequence[PageReading], *, failed: int) -> None:
    """An unread board or role page is no proof that nobody is sought."""
    if any(reading.jobs for reading in readings):
        return
    if careers.plan.board:
        raise FetchFailed(url, f"open roles are listed at {careers.plan.board}, which is not read")
    if failed:
        raise FetchFailed(url, "the pages of the open roles could not be read")
    if any(reading.url in careers.plan.roles for reading in readings) and not any(r.roles_seen for r in readings):
        raise FetchFailed(url, "the open roles are not marked up in a way that can be read")
    if not careers.evidence:
        raise FetchFailed(url, "the careers page holds no text that could be read")
