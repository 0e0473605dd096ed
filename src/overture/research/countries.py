"""The country that a location on a job post means, as far as its words say."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from overture.domain.countries import ISO_3166_ALPHA2
from overture.research.country_names import NAMES
from overture.research.country_places import ALPHA_3, AU_STATES, CA_PROVINCES, CITIES, REGIONS, US_STATES

_MAX_LENGTH = 200
_LONGEST_NAME = 5
_ALTERNATIVES = re.compile(r"[;|\n•·]|\s/\s|\s(?:or|oder|ou|and|und|&)\s")
_SEGMENTS = re.compile(r"[,()/–—:]|\s-\s|-(?=[Rr]emote)|(?<=[Rr]emote)-")
_CODE = re.compile(r"\b[A-Z]{2,3}\b")
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


@lru_cache(maxsize=2_048)
def countries_in(location: str) -> tuple[str, ...]:
    """Return the codes of the countries that a location names, each once; empty where none is known.

    ``Berlin, Germany; London, UK`` gives two. "Remote", "Europe" and what is ambiguous give none.
    """
    whole = _COUNTRIES.get(_fold(location[:_MAX_LENGTH]))  # "Trinidad and Tobago"
    if whole and location.strip().casefold() not in _UNDECIDED:
        return (whole,)
    found: dict[str, None] = {}
    for place in _ALTERNATIVES.split(location[:_MAX_LENGTH]):
        code = _one(place)
        if code:
            found[code] = None
    return tuple(found)


def _one(place: str) -> str | None:
    segments = [segment.strip() for segment in _SEGMENTS.split(place) if segment.strip()]
    folded = [_fold(segment) for segment in segments]
    for name in reversed(folded):
        if name in _COUNTRIES and name not in _UNDECIDED:
            return _COUNTRIES[name]
    for index in range(len(segments) - 1, -1, -1):
        code = _by_code(segments[index], folded[:index])
        if code:
            return code
    if len(folded) > 1 and folded[-1] in _UNDECIDED:
        return next((_CITIES[name] for name in folded if name in _CITIES), "US")
    for table in (_STATES, _CITIES):
        for name in reversed(folded):
            if name in table and name not in _UNDECIDED:
                return table[name]
    return _within(segments, folded)


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
    if state and country and state != country:
        return country if city == country or segment == "DE" else None if segment == "IN" else state
    return state or country


def _within(segments: list[str], folded: list[str]) -> str | None:
    """The longest country, then state, then city among the words of a segment."""
    for segment in segments:
        for code in _CODE.findall(segment):
            if code in {"UK", "US", "USA", "UAE"}:
                return country_of(code)
    for table in (_COUNTRIES, _STATES, _CITIES):
        for words in (name.split() for name in folded):
            for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
                for start in range(len(words) - size + 1):
                    name = " ".join(words[start : start + size])
                    if name in table and len(name) > 3 and name not in _UNDECIDED:
                        return table[name]
    return None
