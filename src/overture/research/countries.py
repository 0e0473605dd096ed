"""The country that a location on a job post means, as far as its words say.

Countries and their codes come first, then states and regions, then cities: a table by hand for those that posts
name most, and GeoNames' cities of 40,000 people or more (CC BY 4.0), read when a name is first looked up there.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from overture.domain.countries import ISO_3166_ALPHA2
from overture.research.country_names import NAMES
from overture.research.country_places import ALPHA_3, AU_STATES, CA_PROVINCES, CITIES, REGIONS, US_STATES

_MAX_LENGTH = 200
_LONGEST_NAME = 5
_ALTERNATIVES = re.compile(r"[;|\n•·]|\s/\s|\s(?:or|oder|ou|and|und|&)\s")
_SEGMENTS = re.compile(r"[,()/–—:]|\s-\s|-(?=[Rr]emote)|(?<=[Rr]emote)-")
_CODE = re.compile(r"\b[A-Z]{2,3}\b")
_DECIDED = 0.75
"""The share of people that a country's city of a name needs among all cities of that name."""
_ADDED = re.compile(
    r"^(?:greater|metro|downtown|central) | (?:offices?|hq|headquarters|hub|area|metro|region|campus|site|hybrid|remote"
    r"|onsite|on site|city|c|[nsew]|north|south|east|west)$"
)
_BY_A_RIVER = re.compile(r" (?:upon|under|on|am|an der|a d|sur|aan den) ")
_NO_CITY = frozenset(
    {
        "mobile",
        "central",
        "remote",
        "home",
        "global",
        "split",
        "man",
        "orange",
        "date",
        "of",
        "asia",
        "apac",
        "atlantis",
    }
)
_UNDECIDED = frozenset({"georgia"})
"""A country and a state of the United States: known only by what stands beside it."""


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    text = "".join(c for c in text if not unicodedata.combining(c)).replace(".", "")
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


def _entries(table: str) -> Iterator[tuple[str, str]]:
    """Yield code and name; a code holds for the names after it until the next."""
    code = ""
    for line in table.replace("\n  ", " ").strip().splitlines():
        for entry in line.split(";"):
            word, _, rest = entry.strip().partition(" ")
            name = entry.strip()
            if rest and word.isupper() and word.isascii():
                code, name = word, rest
            if name:
                yield name.strip(), code


_COUNTRIES = {_fold(name): code for name, code in _entries(NAMES)}
_STATES: dict[str, str] = {
    **{name: "AU" for name, _ in _entries(AU_STATES)},
    **{name: "CA" for name, _ in _entries(CA_PROVINCES)},
    **{name: "US" for name, _ in _entries(US_STATES)},
    **dict(_entries(REGIONS)),
}
_CITIES = {_fold(name): code for name, code in _entries(CITIES)}
_STATE_CODES: dict[str, list[str]] = {}
for _country, _table in (("US", US_STATES), ("CA", CA_PROVINCES), ("AU", AU_STATES)):
    for _, _code in _entries(_table):
        if _country not in _STATE_CODES.setdefault(_code, []):
            _STATE_CODES[_code].append(_country)
_ALPHA_3 = {code: name for name, code in ((b, a) for b, a in _entries(ALPHA_3))}


def country_of(name: str) -> str | None:
    """Return the code for a country field: a name, an alpha-2 or an alpha-3 code, UK included."""
    name = name.strip()[:_MAX_LENGTH]
    upper = name.upper()
    if upper == "UK":
        return "GB"
    if upper in ISO_3166_ALPHA2:
        return upper
    return _ALPHA_3.get(upper) or _COUNTRIES.get(_fold(name))


@dataclass(frozen=True, slots=True)
class Meant:
    """What one place of a location means.

    ``code`` is None where it is not decided. ``confidence``, 0 to 1: 1 where a country is named, 0.95 for a code,
    0.9 for a state or region, else a city's share of the people in all cities of its name. ``choices`` are the
    countries that a name of several may mean, the likeliest first.
    """

    code: str | None
    confidence: float = 0.0
    choices: tuple[str, ...] = ()


UNKNOWN = Meant(None)


@lru_cache(maxsize=2_048)
def places_in(location: str) -> tuple[Meant, ...]:
    """Return what each place of a location means: ``Berlin, Germany; London, UK`` has two."""
    whole = _COUNTRIES.get(_fold(location[:_MAX_LENGTH]))  # "Trinidad and Tobago"
    if whole and location.strip().casefold() not in _UNDECIDED:
        return (Meant(whole, 1.0),)
    return tuple(_one(place) for place in _ALTERNATIVES.split(location[:_MAX_LENGTH]) if place.strip())


def countries_in(location: str) -> tuple[str, ...]:
    """Return the codes of the countries that a location names, each once; empty where none is known.

    "Remote", "Europe" and what is ambiguous give none.
    """
    return tuple(dict.fromkeys(place.code for place in places_in(location) if place.code))


def _one(place: str) -> Meant:
    segments = [segment.strip() for segment in _SEGMENTS.split(place) if segment.strip()]
    folded = [_fold(segment) for segment in segments]
    for name in reversed(folded):
        if name in _COUNTRIES and name not in _UNDECIDED:
            return Meant(_COUNTRIES[name], 1.0)
    for index in range(len(segments) - 1, -1, -1):
        code = _by_code(segments[index], folded[:index])
        if code:
            return Meant(code, 0.95)
    if len(folded) > 1 and folded[-1] in _UNDECIDED:
        return Meant(next((_CITIES[name] for name in folded if name in _CITIES), "US"), 0.8)
    if folded and folded[-1] in _UNDECIDED:
        return Meant(None, 0.5, ("US", "GE"))
    for name in reversed(folded):
        if name in _STATES:
            return Meant(_STATES[name], 0.9)
    return _by_city(folded) or _within(segments, folded)


def _by_city(folded: list[str]) -> Meant | None:
    undecided: Meant | None = None
    for name in reversed(folded):
        meant = _city(name) or _city(_ADDED.sub("", name))
        if meant and meant.code:
            return meant
        undecided = undecided or meant
    return undecided


def _city(name: str) -> Meant | None:
    """What a city's name means; the table by hand decides where it has the name."""
    if not name or name in _NO_CITY:
        return None
    people = _large_cities().get(name, {})
    known = _CITIES.get(name)
    choices = tuple(sorted(people, key=lambda code: (code != known, -people[code], code)))
    if not choices:
        return Meant(known, 0.9) if known else None
    share = people[choices[0]] / sum(people.values())
    if known:
        return Meant(known, max(share, _DECIDED) if known in people else _DECIDED, choices)
    return Meant(choices[0] if share >= _DECIDED else None, share, choices)


@cache
def _large_cities() -> dict[str, dict[str, int]]:
    """Thousands of people by name and country."""
    table: dict[str, dict[str, int]] = {}
    text = resources.files("overture.research").joinpath("cities.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        for entry in line[3:].split("; "):
            name, _, people = entry.rpartition(" ")
            table.setdefault(name, {})[line[:2]] = int(people)
            short = _BY_A_RIVER.split(name)[0]  # "Newcastle upon Tyne" is called Newcastle
            if short != name:
                table.setdefault(short, {}).setdefault(line[:2], int(people))
    return table


def _by_code(segment: str, before: list[str]) -> str | None:
    """A code of two or three capitals; after a city it may be a state's."""
    if not _CODE.fullmatch(segment):
        return None
    if segment in {"UK", "US", "USA", "UAE"}:
        return country_of(segment)
    city = next((_CITIES[name] for name in reversed(before) if name in _CITIES), None)
    if city and city in _STATE_CODES.get(segment, ()):
        return city  # "Perth, WA" is no more in the United States than "London, ON" is in England
    state = _STATE_CODES[segment][0] if before and segment in _STATE_CODES else None
    country = country_of(segment)
    where = _city(before[-1]) if before and country and not state else None
    if where and where.code and country not in where.choices:
        return where.code  # "Pune, MH" is in Maharashtra
    if state and country and state != country:
        return country if city == country or segment == "DE" else None if segment == "IN" else state
    return state or country


def _within(segments: list[str], folded: list[str]) -> Meant:
    """The longest country, then state, then city among the words of a segment."""
    for segment in segments:
        for code in _CODE.findall(segment):
            if code in {"UK", "US", "USA", "UAE"}:
                return Meant(country_of(code), 0.95)
    for table in (_COUNTRIES, _STATES, _CITIES):
        for words in (name.split() for name in folded):
            for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
                for start in range(len(words) - size + 1):
                    name = " ".join(words[start : start + size])
                    if name in table and len(name) > 3 and name not in _UNDECIDED:
                        return Meant(table[name], 0.8)
    return UNKNOWN
