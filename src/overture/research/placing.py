"""The countries of a board's roles, ties broken by its other roles and by the company's home."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from overture.domain.countries import ISO_3166_ALPHA2
from overture.research.boards.listing import Place
from overture.research.countries import Meant, country_of, places_in
from overture.research.sentences import fold

_SURE = 0.9
_HOME_WEIGHT = 1.5
MOST_PLACES = 50
_BOUGHT_BY_ALL_TEXT = """
AI AM AS BY CC CD CO DJ FM GG GL IM IO LA LI LY ME MS MU NU PW SC SH SO ST TK TO TV VC WS
"""
_BOUGHT_BY_ALL = frozenset(_BOUGHT_BY_ALL_TEXT.split())
"""Country codes whose domains companies of all countries use."""


@dataclass(frozen=True, slots=True)
class Home:
    """The country that a company's site states, or an empty string."""

    country: str = ""


def home_of(url: str) -> Home:
    """Return the country whose domain an address lies in; none for domains that all countries use."""
    try:
        last = (urlsplit(url).hostname or "").rpartition(".")[2].upper()
    except ValueError:
        return Home()
    code = "GB" if last == "UK" else last
    return Home(code if code in ISO_3166_ALPHA2 - _BOUGHT_BY_ALL else "")


def place_all(roles: Sequence[Sequence[Place]], home: Home) -> list[list[tuple[str | None, str]]]:
    """Return, for each role, its countries, each with the text that names it; (None, text) where none is known.

    A country field outweighs the text beside it. A name that several countries have goes to the one where more of
    the board's other roles are, the home country counting as one and a half. "Remote" alone stays unknown.
    """
    read = [_read(places[:MOST_PLACES]) for places in roles]
    sure = Counter(meant.code for row in read for meant, _ in row if meant.code and meant.confidence >= _SURE)
    votes: dict[str, float] = {code: float(count) for code, count in sure.items() if code}
    if home.country:
        votes[home.country] = votes.get(home.country, 0.0) + _HOME_WEIGHT
    return [_decided(row, votes) for row in read]


def _read(places: Sequence[Place]) -> list[tuple[Meant, str]]:
    row: list[tuple[Meant, str]] = []
    for place in places:
        text = fold(place.text)[:200]
        stated = fold(place.country)[:100]
        code = country_of(stated) if stated else None
        if code:
            row.append((Meant(code, 1.0), text or stated))
        else:
            row.extend((meant, text) for meant in places_in(text))
    return row


def _decided(row: list[tuple[Meant, str]], votes: dict[str, float]) -> list[tuple[str | None, str]]:
    found: dict[str, str] = {}
    for meant, text in row:
        code = _choose(meant, votes)
        if code:
            found.setdefault(code, text)
    if found:
        return list(found.items())
    return [(None, next((text for _, text in row if text), ""))]


def _choose(meant: Meant, votes: dict[str, float]) -> str | None:
    if meant.confidence >= _SURE or len(meant.choices) < 2:
        return meant.code
    if meant.code and votes.get(meant.code):
        return meant.code
    ranked = sorted(((votes.get(code, 0.0), code) for code in meant.choices), reverse=True)
    if ranked[0][0] > ranked[1][0]:
        return ranked[0][1]
    return meant.code
