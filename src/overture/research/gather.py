"""What to read of the web for one source, and the source that comes of it."""

from overture.domain.evidence import Source, SourceKind
from overture.ports import Parse, Web
from overture.research.articles import read_article_page
from overture.research.pages import read_page
from overture.research.sources import build
from overture.research.visit import EPOCH, Visit

SITE_SECONDS = 20.0


async def read_site(web: Web, url: str, parse: Parse, *, follow: bool, seconds: float = SITE_SECONDS) -> Source:
    """Read a company's page and, where ``follow`` is true, up to five further pages of its site.

    A further page that fails is left out, and so is one that is not there when ``seconds`` are over.

    Raises:
        FetchFailed: the page itself could not be fetched or read.
    """
    async with Visit(web, parse, seconds) as visit:
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
    async with Visit(web, parse, SITE_SECONDS) as visit:
        reading = await visit.first(url, article=True)
    return build(SourceKind.ARTICLE, url, visit.fetched_at, [reading])


def read_local(html: bytes, url: str, fetched_at: str = EPOCH) -> Source:
    """Return the source that the bytes of one page give, as if ``url`` had answered with them. No network.

    The default time is fixed, so the same bytes give the same source.
    """
    return build(SourceKind.SITE, url, fetched_at, [read_page(html, "text/html", url, fetched_at)])


def read_local_article(html: bytes, url: str, fetched_at: str = EPOCH) -> Source:
    """Return the source that the bytes of one article give; otherwise as ``read_local``."""
    return build(SourceKind.ARTICLE, url, fetched_at, [read_article_page(html, "text/html", url, fetched_at)])
