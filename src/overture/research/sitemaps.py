"""Addresses of a site's own sitemap (sitemaps.org)."""

from overture.domain.errors import FetchFailed
from overture.ports import Parse, Web
from overture.research.links import origin_of
from overture.research.plan import role_pages
from overture.research.xml import read_records

_MOST_PARTS = 3
_MOST_ADDRESSES = 20_000
_PARTS_OF_JOBS = ("job", "career", "vacanc", "position", "stellen", "karriere", "emploi", "empleo")


def read_addresses(data: bytes, root: str, record: str) -> list[str]:
    """Return the addresses of one sitemap or index; at most 20,000, none longer than 2,000 characters."""
    records = read_records(data, root, record)[:_MOST_ADDRESSES]
    return [address for fields in records for address in fields.get("loc", [])[:1] if len(address) <= 2_000]


async def roles_of_sitemap(web: Web, parse: Parse, page: str) -> tuple[str, ...]:
    """Return the pages of single roles that the sitemap of a page's site names; none where it has no readable sitemap.

    An index leads to its first three parts, those that speak of jobs before the others.
    """
    start = f"{origin_of(page)}/sitemap.xml"
    try:
        body = (await web.data(start)).body
    except FetchFailed:
        return ()
    try:
        return role_pages(page, await parse(read_addresses, body, "urlset", "url"))
    except FetchFailed:
        pass
    try:
        parts = await parse(read_addresses, body, "sitemapindex", "sitemap")
    except FetchFailed:
        return ()
    parts.sort(key=lambda part: not any(word in part.lower() for word in _PARTS_OF_JOBS))
    found: dict[str, None] = {}
    for part in parts[:_MOST_PARTS]:
        try:
            addresses = await parse(read_addresses, (await web.data(part)).body, "urlset", "url")
        except FetchFailed:
            continue
        found |= dict.fromkeys(role_pages(page, addresses))
    return tuple(found)
