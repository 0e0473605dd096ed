"""The ways to a company's site, as the settings switch them on."""

from dataclasses import dataclass

from overture.adapters.lookup import HttpLookup
from overture.research.company.finder import Finder
from overture.research.company.ways import Search, SearchKind, Way
from overture.settings import Settings

BRAVE_URL = "https://api.search.brave.com/res/v1/web/search"


@dataclass(frozen=True, slots=True)
class Lookups:
    """The finder, and the connections that it uses."""

    finder: Finder
    opened: tuple[HttpLookup, ...]

    async def close(self) -> None:
        """Close the connections."""
        for lookup in self.opened:
            await lookup.close()


def open_lookups(settings: Settings) -> Lookups:
    """Open what the settings switch on; a search engine only where one is configured."""
    chosen = frozenset(Way(name) for name in settings.find_company if name != "none")
    search = _search(settings) if Way.SEARCH in chosen else None
    wikidata = HttpLookup(settings.wikidata_url, contact=settings.contact) if Way.WIKIDATA in chosen else None
    domains = settings.likely_domains if Way.DOMAINS in chosen else ()
    engine = Search(SearchKind(settings.search_kind), search) if search else None
    return Lookups(Finder(engine, wikidata, domains), tuple(lookup for lookup in (search, wikidata) if lookup))


def _search(settings: Settings) -> HttpLookup | None:
    key, url = settings.search_key, settings.search_url
    if settings.search_kind == SearchKind.BRAVE:
        headers = {"X-Subscription-Token": key}
        return HttpLookup(url or BRAVE_URL, headers=headers, contact=settings.contact) if key else None
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return HttpLookup(url, headers=headers, contact=settings.contact) if url else None
