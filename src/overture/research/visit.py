"""Pages fetched and parsed for one source, within a time for all of it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Self, TypeVar

from overture.domain.errors import FetchFailed
from overture.ports import Page, Parse, Web
from overture.research.articles import read_article_page
from overture.research.kept import NOT_MODIFIED, Memory, confirmed
from overture.research.pages import PageReading, read_page

T = TypeVar("T")
EPOCH = "1970-01-01T00:00:00Z"


class Visit:
    """Fetches and parses for one source, within a time for all of it."""

    def __init__(self, web: Web, parse: Parse, seconds: float, memory: Memory | None = None) -> None:
        self._web = web
        self._parse = parse
        self._seconds = seconds
        self._deadline = 0.0
        self._memory = memory or Memory()
        self.failed = 0
        self.gaps: list[str] = []
        self.fetched_at = EPOCH

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

    async def within(self, work: Awaitable[T], what: str) -> T:
        """Await other work within the same time; raises FetchFailed where that is over."""
        try:
            async with asyncio.timeout_at(self._deadline):
                return await work
        except TimeoutError as error:
            raise FetchFailed(what, f"took longer than {self._seconds:g} seconds") from error

    async def others(self, urls: Sequence[str], *, known: Sequence[str], survey: bool = False) -> list[PageReading]:
        """Read further pages at the same time, in the order given; what fails or comes late is left out."""
        read = {address.rstrip("/") for address in known}
        wanted = [url for url in urls if url.rstrip("/") not in read]
        tasks = [asyncio.create_task(self._read(url, survey=survey)) for url in wanted]
        try:
            if tasks:
                await asyncio.wait(tasks, timeout=max(0.0, self._deadline - asyncio.get_running_loop().time()))
        finally:
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
        readings: list[PageReading] = []
        for url, result in zip(wanted, results, strict=True):
            if isinstance(result, PageReading):
                if result.url.rstrip("/") not in read:
                    read.add(result.url.rstrip("/"))
                    readings.append(result)
            elif isinstance(result, FetchFailed | asyncio.CancelledError):
                self.failed += 1
                late = f"was not there within {self._seconds:g} seconds"
                self.gaps.append(f"{url}: {result.reason if isinstance(result, FetchFailed) else late}")
            else:
                raise result
        return readings

    async def _read(self, url: str, *, article: bool = False, survey: bool = False) -> PageReading:
        purpose = "article" if article else "survey" if survey else "page"
        last = self._memory.known(url, purpose)
        page = await self._web.fetch(url, last.validators if last else None)
        stamp = stamp_of(page.fetched_at)
        if self.fetched_at == EPOCH:
            self.fetched_at = stamp
        if last is not None and page.status == NOT_MODIFIED:
            reading = confirmed(last.reading, stamp)
        else:
            reading = await self._parsed(url, page, stamp, article=article, survey=survey)
        self._memory.keep(url, purpose, page, reading)
        return reading

    async def _parsed(self, url: str, page: Page, stamp: str, *, article: bool, survey: bool) -> PageReading:
        function: Callable[..., PageReading] = read_article_page if article else read_page
        arguments: tuple[object, ...] = (page.body, page.content_type, page.final_url, stamp)
        try:
            return await self._parse(function, *arguments, *(() if article else (survey,)))
        except FetchFailed as error:
            raise FetchFailed(url, error.reason) from error


def stamp_of(moment: datetime) -> str:
    """Return a time as sources keep it: ISO 8601 in UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
