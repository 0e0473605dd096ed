"""The ways to a company's site, as the settings switch them on."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from overture.adapters.lookup import HttpLookup
from overture.research.company.finder import Finder
from overture.research.company.ways import Search, SearchKind, Way
from overture.settings import BadSetting, Settings

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
    """Open what the settings switch on; a search engine only where one is configured.

    Raises:
        BadSetting: a way, a kind, an address or a template is of another form.
    """
    ways = _ways(settings)
    search = _search(settings) if Way.SEARCH in ways else None
    wikidata = None
    if Way.WIKIDATA in ways:
        _check_address("WIKIDATA_URL", settings.wikidata_url)
        wikidata = HttpLookup(settings.wikidata_url, contact=settings.contact)
    domains = settings.likely_domains if Way.DOMAINS in ways else ()
    for template in domains:
        if template.count("{name}") != 1:
            raise BadSetting("OVERTURE_LIKELY_DOMAINS must be addresses with {name}, separated by commas")
        _check_address("LIKELY_DOMAINS", template.replace("{name}", "name"))
    kind = SearchKind(settings.search_kind)
    opened = tuple(lookup for lookup in (search, wikidata) if lookup)
    return Lookups(Finder(Search(kind, search) if search else None, wikidata, domains), opened)


def _ways(settings: Settings) -> frozenset[Way]:
    try:
        chosen = frozenset(Way(name) for name in settings.find_company if name != "none")
        SearchKind(settings.search_kind)
    except ValueError as error:
        raise BadSetting(f"OVERTURE_FIND_COMPANY or OVERTURE_SEARCH_KIND: {error}") from error
    return chosen


def _search(settings: Settings) -> HttpLookup | None:
    if not settings.search_key.isascii() or not settings.search_key.isprintable():
        raise BadSetting("OVERTURE_SEARCH_KEY must be printable ASCII")
    if settings.search_kind == SearchKind.BRAVE:
        if not settings.search_key:
            return None
        url = settings.search_url or BRAVE_URL
        headers = {"X-Subscription-Token": settings.search_key}
    else:
        if not settings.search_url:
            return None
        url = settings.search_url
        headers = {"Authorization": f"Bearer {settings.search_key}"} if settings.search_key else {}
    _check_address("SEARCH_URL", url)
    return HttpLookup(url, headers=headers, contact=settings.contact)


def _check_address(name: str, url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise BadSetting(f"OVERTURE_{name} must be an http(s) address") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadSetting(f"OVERTURE_{name} must be an http(s) address")
