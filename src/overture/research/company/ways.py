"""The ways to candidates: a search engine, Wikidata, likely domains. Answers are decoded in a child process."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from overture.ports import Lookup, Parse
from overture.research.company.judge import is_about_others
from overture.research.company.names import SAME, similarity, spellings, too_common
from overture.research.plan import site_of
from overture.research.sentences import fold

MOST_CANDIDATES = 5
MOST_GUESSES = 12
_LONGEST_ADDRESS = 500


class Way(StrEnum):
    """How a candidate was come by, in the order in which the ways are tried."""

    SEARCH = "search"
    WIKIDATA = "wikidata"
    DOMAINS = "domains"


class SearchKind(StrEnum):
    """The form of a search engine's questions and answers."""

    SEARXNG = "searxng"
    BRAVE = "brave"


@dataclass(frozen=True, slots=True)
class Search:
    """A configured search engine."""

    kind: SearchKind
    lookup: Lookup


@dataclass(frozen=True, slots=True)
class Lead:
    """An address to look at; ``note`` says where it stood, ``granted`` is what that is worth (see ``judge``)."""

    url: str
    note: str = ""
    granted: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The candidates of a way; ``nothing`` says why there are none."""

    leads: tuple[Lead, ...]
    nothing: str = ""


class _Result(msgspec.Struct):
    url: str


class _Web(msgspec.Struct):
    results: list[_Result] = []


class _Brave(msgspec.Struct):
    web: _Web | None = None


def read_searxng(data: bytes) -> list[str]:
    """Return the addresses of a SearXNG answer (``format=json``), best first."""
    return [result.url for result in msgspec.json.decode(data, type=_Web).results][:50]


def read_brave(data: bytes) -> list[str]:
    """Return the addresses of an answer of the Brave Search API, best first."""
    web = msgspec.json.decode(data, type=_Brave).web
    return [result.url for result in (web.results if web else [])][:50]


async def by_search(search: Search, parse: Parse, name: str) -> Answer:
    """Ask the search engine; of each site that may be a company's own, its home page is a candidate.

    Raises:
        FetchFailed: it could not be asked.
    """
    query: Mapping[str, str]
    if search.kind is SearchKind.SEARXNG:
        query, read = {"q": f"{name} official website", "format": "json"}, read_searxng
    else:
        query, read = {"q": f"{name} official website", "count": "15"}, read_brave
    addresses = await parse(read, await search.lookup.get(query))
    homes: dict[str, Lead] = {}
    for address in addresses:
        home = _home(address)
        if home and not is_about_others(home, name):
            homes.setdefault(site_of(home), Lead(home, "a search result", 5))
    leads = tuple(homes.values())[:MOST_CANDIDATES]
    return Answer(leads, "" if leads else "no result may be a company's own site")


def _home(address: str) -> str:
    match = re.match(r"https?://[^/?#\s\\]+", address)
    sound = match is not None and len(match.group()) <= _LONGEST_ADDRESS and match.group().isprintable()
    return f"{match.group()}/" if match and sound else ""


class _Match(msgspec.Struct):
    text: str = ""


class _Found(msgspec.Struct):
    id: str
    label: str = ""
    match: _Match | None = None


class _Hits(msgspec.Struct):
    search: list[_Found]


class _Value(msgspec.Struct):
    value: msgspec.Raw = msgspec.Raw(b"null")


class _Snak(msgspec.Struct):
    datavalue: _Value | None = None


class _Claim(msgspec.Struct):
    mainsnak: _Snak
    rank: str = "normal"
    qualifiers: dict[str, msgspec.Raw] = {}


class _Label(msgspec.Struct):
    value: str = ""


class _Entity(msgspec.Struct):
    id: str = ""
    labels: dict[str, _Label] | list[str] = {}
    descriptions: dict[str, _Label] | list[str] = {}
    claims: dict[str, list[_Claim]] | list[str] = {}


class _Entities(msgspec.Struct):
    entities: dict[str, _Entity]


def read_hits(data: bytes, name: str) -> list[str]:
    """Return the ids of Wikidata's items whose label, or the alias that matched, is the name (``wbsearchentities``)."""
    hits = msgspec.json.decode(data, type=_Hits).search
    same = [
        hit
        for hit in hits
        if similarity(hit.label, name) >= SAME or similarity((hit.match or _Match()).text, name) >= SAME
    ]
    return [hit.id for hit in same if re.fullmatch(r"Q\d{1,12}", hit.id)][:MOST_CANDIDATES]


def read_websites(data: bytes) -> Answer:
    """Return the official websites (P856) of the items in an answer of ``wbgetentities``.

    Persons (P31 is Q5) and companies that were dissolved (P576) are left out, and so are websites that ended (P582).
    """
    leads: list[Lead] = []
    gone: list[str] = []
    for key, entity in msgspec.json.decode(data, type=_Entities).entities.items():
        claims = entity.claims if isinstance(entity.claims, dict) else {}
        if any(
            b'"Q5"' in bytes(claim.mainsnak.datavalue.value)
            for claim in claims.get("P31", [])
            if claim.mainsnak.datavalue
        ):
            continue
        site = _website(claims.get("P856", []))
        if site and "P576" in claims:
            gone.append(key)
        elif site:
            leads.append(Lead(site, f"official website of {key}{_described(entity)}", 35))
    if leads:
        return Answer(tuple(leads)[:MOST_CANDIDATES])
    return Answer((), f"{', '.join(gone)} was dissolved" if gone else "no item of that name has an official website")


def _described(entity: _Entity) -> str:
    found = entity.descriptions.get("en") if isinstance(entity.descriptions, dict) else None
    text = fold(found.value)[:80] if found else ""
    return f" ({text})" if text else ""


def _website(claims: list[_Claim]) -> str:
    current = [claim for claim in claims if claim.rank != "deprecated" and "P582" not in claim.qualifiers]
    current.sort(key=lambda claim: claim.rank != "preferred")
    for claim in current:
        raw = bytes(claim.mainsnak.datavalue.value) if claim.mainsnak.datavalue else b"null"
        value = msgspec.json.decode(raw)
        if isinstance(value, str) and re.fullmatch(r"https?://[^\s\\]{1,500}", value) and value.isprintable():
            return value
    return ""


async def by_wikidata(lookup: Lookup, parse: Parse, name: str) -> Answer:
    """Ask Wikidata for items of the name, and these for their official websites.

    Raises:
        FetchFailed: it could not be asked.
    """
    found = await lookup.get(
        {
            "action": "wbsearchentities",
            "search": name,
            "language": "en",
            "type": "item",
            "limit": "10",
            "format": "json",
        }
    )
    ids = await parse(read_hits, found, name)
    if not ids:
        return Answer((), "no item of that name")
    answer = await lookup.get(
        {
            "action": "wbgetentities",
            "ids": "|".join(ids),
            "props": "claims|labels|descriptions",
            "languages": "en",
            "format": "json",
        }
    )
    return await parse(read_websites, answer)


def by_domains(templates: tuple[str, ...], name: str) -> Answer:
    """Return likely addresses, at most twelve: templates with ``{name}`` for the name as a host spells it."""
    if too_common(name):
        return Answer((), "the name is too common to guess a domain from")
    leads = [
        Lead(template.replace("{name}", spelling), "a likely domain")
        for spelling in spellings(name)
        for template in templates
    ]
    return Answer(tuple(leads)[:MOST_GUESSES], "" if leads else "the name cannot be spelled as a host")
