"""JSON-LD: what a page says of its company and of its open roles in a form for machines."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import cast

from selectolax.lexbor import LexborHTMLParser

from overture.research.countries import countries_in, country_of
from overture.research.sentences import fold

MAX_SCRIPT = 500_000
MAX_OBJECTS = 2_000
MAX_JOBS = 300

Json = dict[str, object]

_WRAPPERS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?://\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|-->)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_COMPANY = re.compile(
    r"Organization$|Corporation$|Business$|Company$|Agency$|Store$|Service$|NGO$|Office$|Institution$|University$"
    r"|Hospital$|Clinic$|Restaurant$|Hotel$|Brand$"
)
_WEBSITE = re.compile(r"^WebSite$")
_FACTS = ("foundingDate", "foundingLocation", "numberOfEmployees", "areaServed", "knowsAbout", "award", "awards")
_WORDS = ("description", "slogan", "disambiguatingDescription")
_DESCRIBED = frozenset({"SoftwareApplication", "WebApplication", "MobileApplication", "Product", "Service", "WebSite"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One field as it stood: ``label`` is its type and name, ``text`` the value or, for figures, the pair."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Posting:
    """One JobPosting in one country; ``country`` is None where its location names none."""

    title: str
    country: str | None
    location: str
    date_posted: str | None
    url: str


def read_objects(document: LexborHTMLParser) -> list[Json]:
    """Return every object with a type, lists and ``@graph`` flattened. Never raises.

    Wrappers of comments and CDATA, control characters in strings and trailing commas are forgiven.
    """
    objects: list[Json] = []
    for script in document.css('script[type*="ld+json"]'):
        text = script.text()
        if text and len(text) <= MAX_SCRIPT:
            objects.extend(_typed(_parse(text)))
        if len(objects) >= MAX_OBJECTS:
            break
    return objects[:MAX_OBJECTS]


def _parse(text: str) -> object:
    text = _WRAPPERS.sub("", _WRAPPERS.sub("", text)).strip()
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return cast(object, json.loads(attempt, strict=False))
        except (ValueError, RecursionError):
            continue
    return None


def _typed(value: object) -> Iterator[Json]:
    pending = [value]
    for _ in range(MAX_OBJECTS):
        if not pending:
            return
        item = pending.pop()
        if isinstance(item, list):
            pending.extend(reversed(cast(list[object], item)))
        elif isinstance(item, dict):
            item = cast(Json, item)
            if types_of(item):
                yield item
            pending.extend(item[key] for key in ("itemListElement", "item", "mainEntity", "@graph") if key in item)


def types_of(item: Json) -> list[str]:
    """Return the names of the object's types, without a vocabulary in front."""
    found = item.get("@type")
    names = cast(list[object], found) if isinstance(found, list) else [found]
    return [re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str)]


def text_of(value: object) -> str:
    """Return a field as folded text: a string, a number, or the name of a nested object; else empty."""
    for _ in range(4):
        if isinstance(value, list):
            values = cast(list[object], value)
            value = values[0] if values else None
        elif isinstance(value, dict):
            nested = cast(Json, value)
            value = nested.get("name", nested.get("@value", nested.get("value")))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return fold(unescape(str(value)[:5_000]))


def company_name(objects: list[Json]) -> str:
    """Return the name of the site or the company, empty where none is given."""
    for wanted in (_WEBSITE, _COMPANY):
        for item in objects:
            name = text_of(item.get("name"))
            if name and len(name) <= 100 and any(wanted.search(kind) for kind in types_of(item)):
                return name
    return ""


def facts(objects: list[Json]) -> list[Fact]:
    """Return what the page states of its company and its products."""
    found: dict[str, Fact] = {}
    for item in objects:
        kind = next((k for k in types_of(item) if k in _DESCRIBED or _COMPANY.search(k)), "")
        if not kind:
            continue
        for name in _WORDS:
            text = text_of(item.get(name))
            if text and "<" not in text:
                found.setdefault(text, Fact(f"{kind} {name}", text))
        for name in _FACTS if kind not in _DESCRIBED else ():
            text = text_of(item.get(name))
            if text and len(text) <= 100:
                pair = f'"{name}": {json.dumps(text, ensure_ascii=False)}'
                found.setdefault(pair, Fact(f"{kind} {name}", pair))
    return list(found.values())


def postings(objects: list[Json], today: str) -> list[Posting]:
    """Return the open roles; one whose ``validThrough`` lies before ``today`` (ISO date) is closed.

    A role in several countries is given once for each.
    """
    found: list[Posting] = []
    for item in objects:
        title = text_of(item.get("title")) or text_of(item.get("name"))
        if "JobPosting" not in types_of(item) or not 2 <= len(title) <= 200:
            continue
        until = text_of(item.get("validThrough"))
        if re.match(r"\d{4}-\d\d-\d\d", until) and until[:10] < today[:10]:
            continue
        posted = text_of(item.get("datePosted"))[:10]
        date = posted if re.fullmatch(r"\d{4}-\d\d-\d\d", posted) else None
        url = text_of(item.get("url"))
        places = _places(item)
        found.extend(Posting(title, country, location, date, url) for country, location in places.items())
        if len(found) >= MAX_JOBS:
            break
    return found[:MAX_JOBS]


def _places(item: Json) -> dict[str | None, str]:
    """Each country with the first location that names it."""
    places: dict[str | None, str] = {}
    for field in ("jobLocation", "applicantLocationRequirements"):
        value = item.get(field)
        for place in cast(list[object], value)[:50] if isinstance(value, list) else [value]:
            countries, text = _place(place)
            for country in countries:
                places.setdefault(country, text)
            if text and not countries:
                places.setdefault(None, text)
        if any(places):
            break
    if len(places) > 1:
        places.pop(None, None)
    return places or {None: ""}


def _place(place: object) -> tuple[tuple[str, ...], str]:
    if isinstance(place, str):
        return countries_in(fold(place)), fold(place)[:200]
    if not isinstance(place, dict):
        return (), ""
    place = cast(Json, place)
    address = place.get("address", place)
    if isinstance(address, list):
        addresses = cast(list[object], address)
        address = addresses[0] if addresses else None
    if isinstance(address, str):
        return countries_in(fold(address)), fold(address)[:200]
    if not isinstance(address, dict):
        return (), ""
    address = cast(Json, address)
    names = ("addressLocality", "addressRegion", "addressCountry", "name")
    parts = [text for text in (text_of(address.get(name)) for name in names) if text]
    text = ", ".join(dict.fromkeys(parts))[:200]
    code = country_of(text_of(address.get("addressCountry")))
    if code:
        return (code,), text
    if "Country" in types_of(address):
        code = country_of(text_of(address.get("name")))
    return ((code,) if code else countries_in(text)), text
