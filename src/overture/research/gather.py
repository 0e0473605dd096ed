"""What to read of the web for one source, and the source that comes of it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Self

from overture.domain.errors import FetchFailed
from overture.domain.evidence import Source, SourceKind
from overture.ports import Parse, Web
from overture.research.articles import read_article_page
from overture.research.pages import PageReading, read_page
from overture.research.plan import looks_like_careers
from overture.research.sources import build

SITE_SECONDS = 20.0
_EPOCH = "1970-01-01T00:00:00Z"


async def read_site(web: Web, url: str, parse: Parse, *, follow: bool, seconds: float = SITE_SECONDS) -> Source:
    """Read a company's page and, where ``follow`` is true, up to five further pages of its site.

    A further page that fails is left out, and so is one that is not there when ``seconds`` are over.

    Raises:
        FetchFailed: the page itself could not be fetched or read.
    """
    async with _Visit(web, parse, seconds) as visit:
        home = await visit.first(url, survey=follow)
        readings = [home]
        if follow:
            readings += await visit.others(home.plan.further, known=(url, home.url))
    return build(SourceKind.SITE, url, visit.fetched_at, readings)


async def read_article(web: Web, url: str, parse: Parse) -> Source:
    """Read the material to share: one page, its main text alone.

    Raises:
        FetchFailed: the page could not be fetched or read.
    """
    async with _Visit(web, parse, SITE_SECONDS) as visit:
        reading = await visit.first(url, article=True)
    return build(SourceKind.ARTICLE, url, visit.fetched_at, [reading])


async def read_jobs(web: Web, company_url: str, parse: Parse, *, seconds: float = SITE_SECONDS) -> Source:
    """Read the open roles on a company's own careers page and on up to ten pages of roles that it links to.

    The careers page is found from the page given, which may be it. Roles are those that pages describe
    as JSON-LD. A source without roles means: the pages could be read and hold no open role.

    Raises:
        FetchFailed: a page on the way could not be read, or the roles stand on a board elsewhere that is
            not read. Then nothing is known of them.
    """
    async with _Visit(web, parse, seconds) as visit:
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


def read_local(html: bytes, url: str, fetched_at: str = _EPOCH) -> Source:
    """Return the source that the bytes of one page give, as if ``url`` had answered with them. No network.

    The default time is fixed, so the same bytes give the same source.
    """
    return build(SourceKind.SITE, url, fetched_at, [read_page(html, "text/html", url, fetched_at)])


def read_local_article(html: bytes, url: str, fetched_at: str = _EPOCH) -> Source:
    """Return the source that the bytes of one article give; otherwise as ``read_local``."""
    return build(SourceKind.ARTICLE, url, fetched_at, [read_article_page(html, "text/html", url, fetched_at)])


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


class _Visit:
    """Fetches and parses for one source, within a time for all of it."""

    def __init__(self, web: Web, parse: Parse, seconds: float) -> None:
        self._web = web
        self._parse = parse
        self._seconds = seconds
        self._deadline = 0.0
        self.failed = 0
        self.fetched_at = _EPOCH

    async def __aenter__(self) -> Self:
        self._deadline = asyncio.get_running_loop().time() + self._seconds
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def first(self, url: str, *, article: bool = False, survey: bool = False) -> PageReading:
        """Read the page that all else hangs on.

        Raises:
            FetchFailed: it could not be read, or not in time.
        """
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._read(url, article=article, survey=survey)
        except TimeoutError as error:
            raise FetchFailed(url, f"took longer than {self._seconds:g} seconds") from error

    async def others(self, urls: Sequence[str], *, known: Sequence[str]) -> list[PageReading]:
        """Read further pages at the same time, in the order given; what fails or comes late is left out."""
        read = {address.rstrip("/") for address in known}
        wanted = [url for url in urls if url.rstrip("/") not in read]
        tasks = [asyncio.create_task(self._read(url)) for url in wanted]
        try:
            if tasks:
                await asyncio.wait(tasks, timeout=max(0.0, self._deadline - asyncio.get_running_loop().time()))
        finally:
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
        readings: list[PageReading] = []
        for result in results:
            if isinstance(result, PageReading):
                if result.url.rstrip("/") not in read:
                    read.add(result.url.rstrip("/"))
                    readings.append(result)
            elif isinstance(result, FetchFailed | asyncio.CancelledError):
                self.failed += 1
            else:
                raise result
        return readings

    async def _read(self, url: str, *, article: bool = False, survey: bool = False) -> PageReading:
        page = await self._web.fetch(url)
        stamp = _stamp(page.fetched_at)
        if self.fetched_at == _EPOCH:
            self.fetched_at = stamp
        function: Callable[..., PageReading] = read_article_page if article else read_page
        arguments: tuple[object, ...] = (page.body, page.content_type, page.final_url, stamp)
        try:
            return await self._parse(function, *arguments, *(() if article else (survey,)))
        except FetchFailed as error:
            raise FetchFailed(url, error.reason) from error


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
