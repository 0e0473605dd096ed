"""What to read of the web for one source, and the source that comes of it."""

from overture.domain.evidence import EvidenceKind, Source, SourceKind
from overture.ports import Parse, Web
from overture.research.articles import read_article_page
from overture.research.kept import Memory
from overture.research.pages import PageReading, read_page
from overture.research.sources import build
from overture.research.visit import EPOCH, Visit

SITE_SECONDS = 20.0
EMPTY = "holds no text that could be read; it may be made by JavaScript, which is not run"


async def read_site(
    web: Web, url: str, parse: Parse, *, follow: bool, seconds: float = SITE_SECONDS, memory: Memory | None = None
) -> Source:
    """Read a company's page and, where ``follow`` is true, up to five further pages of its site.

    A further page that fails is left out, and so is one that is not there when ``seconds`` are over; the source's
    ``gaps`` name them. With ``memory``, pages that have not changed since the last visit are not sent again.

    Raises:
        FetchFailed: the page itself could not be fetched or read.
    """
    async with Visit(web, parse, seconds, memory) as visit:
        home = await visit.first(url, survey=follow)
        readings = [home]
        if follow:
            readings += await visit.others(home.plan.further, known=(url, home.url))
    gaps = [f"{reading.url}: {EMPTY}" for reading in readings if not _says_something(reading)] + visit.gaps
    return build(SourceKind.SITE, url, visit.fetched_at, readings, gaps=gaps)


def _says_something(reading: PageReading) -> bool:
    return any(item.kind is not EvidenceKind.TITLE for item in reading.evidence)


async def read_article(web: Web, url: str, parse: Parse, *, memory: Memory | None = None) -> Source:
    """Read the material to share: one page, its main text alone.

    Raises:
        FetchFailed: the page could not be fetched or read.
    """
    async with Visit(web, parse, SITE_SECONDS, memory) as visit:
        reading = await visit.first(url, article=True)
    gaps = [] if _says_something(reading) else [f"{reading.url}: {EMPTY}"]
    return build(SourceKind.ARTICLE, url, visit.fetched_at, [reading], gaps=gaps)


def read_local(html: bytes, url: str, fetched_at: str = EPOCH) -> Source:
    """Return the source that the bytes of one page give, as if ``url`` had answered with them. No network.

    The default time is fixed, so the same bytes give the same source.
    """
    return build(SourceKind.SITE, url, fetched_at, [read_page(html, "text/html", url, fetched_at)])


def read_local_article(html: bytes, url: str, fetched_at: str = EPOCH) -> Source:
    """Return the source that the bytes of one article give; otherwise as ``read_local``."""
    return build(SourceKind.ARTICLE, url, fetched_at, [read_article_page(html, "text/html", url, fetched_at)])
