"""Numbers with what they count: values, units, bounds and dates, in one form for checking."""

import re
from dataclasses import dataclass
from functools import lru_cache

from overture.composition.wordlist import listed
from overture.composition.words import NUMBER_WORDS, STOP, stem

_TOKEN = re.compile(r"[$€£¥₹%‰+,;:.!?()|“”\"„•·/\n]|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[–—-]")
_BREAKS = frozenset(',;:.!?()|“”"„•·\n')
_UNITS = {
    "second": "second seconds sec secs",
    "minute": "minute minutes min mins",
    "hour": "hour hours hr hrs hourly",
    "day": "day days daily",
    "week": "week weeks weekly wk wks",
    "month": "month months monthly",
    "quarter": "quarter quarters quarterly",
    "year": "year years yr yrs annual annually yearly",
    "decade": "decade decades",
    "century": "century centuries",
    "%": "% ‰ percent percentage pct",
    "usd": "$ usd dollar dollars",
    "eur": "€ eur euro euros",
    "gbp": "£ gbp pence",
    "yen": "¥ yen jpy",
    "rupee": "₹ rupee rupees inr",
    "cent": "cent cents",
    "mile": "mile miles mi",
    "km": "km kilometre kilometres kilometer kilometers",
    "metre": "metre metres meter meters",
    "cm": "cm centimetre centimetres centimeter centimeters",
    "mm": "mm millimetre millimetres millimeter millimeters",
    "foot": "foot feet ft",
    "inch": "inch inches",
    "acre": "acre acres",
    "kg": "kg kilo kilos kilogram kilograms",
    "lb": "lb lbs pound pounds",
    "ounce": "ounce ounces oz",
    "ton": "ton tons tonne tonnes",
    "litre": "litre litres liter liters",
    "gallon": "gallon gallons",
    "watt": "watt watts kw mw gw kilowatt kilowatts megawatt megawatts",
    "byte": "gb mb tb kb gigabyte gigabytes terabyte terabytes megabyte megabytes",
    "degree": "degree degrees",
    "times": "times x fold",
}
UNIT_OF: dict[str, str] = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_MONEY = frozenset(("usd", "eur", "gbp", "yen", "rupee"))
_SCALES = {"hundred": 2, "thousand": 3, "k": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9, "b": 9}
_VAGUE = frozenset(listed("hundreds thousands dozens millions billions tens dozen half twice thrice"))
_AMBIGUOUS = frozenset(("one", "zero"))
_TENS = frozenset(listed("twenty thirty forty fifty sixty seventy eighty ninety"))
_LINKS = frozenset(("to", "or", "and", "-", "–", "—"))
_UP_TO = re.compile(
    r"(?i)\b(?:up to|as (?:many|much|low|few) as|under|below|less than|fewer than|at most|within)\s+\W?$"
)
_OVER = re.compile(r"(?i)\b(?:over|more than|at least|above|exceed\w*|beyond|upwards? of|no less than)\s+\W?$")
_MONTHS = frozenset(
    listed("january february april june july august september october november december march may")
    + listed("monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter")
)
_RELATIVE = re.compile(
    r"(?i)\b(?:yesterday|tomorrow|recently|lately|(?:last|next|past|previous|coming) (?:week|month|quarter|year|"
    r"summer|spring|autumn|fall|winter|night|few)\w*|(?:earlier|later) this \w+|this (?:week|month|quarter|morning))\b"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` in digits (25, 1.5, 2000000) or a vague word; ``unit`` is empty where none is known.

    ``bound`` is 'most' for "up to", 'least' for "over" and "+", or empty. ``after`` are the stems of up to three
    words that follow, ``around`` those of six words on either side.
    """

    value: str
    unit: str
    bound: str
    after: tuple[str, ...]
    around: frozenset[str]


@lru_cache(maxsize=20_000)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return every number of a text. 'one' counts only where a unit follows: as a word it is a pronoun too often."""
    found = list(_TOKEN.finditer(text))
    words = [match.group().lower() for match in found]
    numbers: list[tuple[int, int, str]] = []
    place = 0
    while place < len(words):
        end, value = _number(words, place)
        if end > place and not _is_plain_one(words, place, end):
            numbers.append((place, end, value))
        place = max(end, place + 1)
    starts = {start for start, _, _ in numbers}
    units: dict[int, str] = {}
    for start, end, _ in reversed(numbers):
        units[start] = _unit(words, start, end, starts, units)
    result: list[Quantity] = []
    for order, (start, end, value) in enumerate(numbers):
        unit = units[start] or _inherited(words, numbers, order, units)
        before = text[: found[start].start()]
        bound = "least" if _OVER.search(before) or words[end : end + 1] == ["+"] else ""
        bound = "most" if _UP_TO.search(before) else bound
        result.append(Quantity(value, unit, bound, _after(words, end), _around(words, start, end)))
    return tuple(result)


@lru_cache(maxsize=20_000)
def dates(text: str) -> frozenset[str]:
    """Return the months, weekdays, seasons and relative times ('last month') of a text, in lower case."""
    named = {
        word.lower()
        for word in re.findall(r"[A-Za-z]+", text)
        if word.lower() in _MONTHS and (word.lower() not in {"may", "march"} or word == "March")
    }
    named |= {f"May {day}" for day in re.findall(r"\bMay,? (\d{1,4})\b", text)}
    return frozenset(named | {match.lower() for match in _RELATIVE.findall(text)})


def _number(words: list[str], place: int) -> tuple[int, str]:
    """Return where the number that starts at a place ends, and its value; the place itself where none starts."""
    word = words[place]
    if word[0].isdigit():
        value, end = _plain(word), place + 1
    elif word in NUMBER_WORDS:
        value, end = NUMBER_WORDS[word], place + 1
        step = end + 1 if words[end : end + 1] == ["-"] else end
        ones = NUMBER_WORDS.get(words[step], "") if word in _TENS and step < len(words) else ""
        if len(ones) == 1 and ones != "0":
            value, end = str(int(value) + int(ones)), step + 1
    elif word in _VAGUE:
        return place + 1, word
    elif word in {"hundred", "thousand", "million", "billion"} and place and words[place - 1] in {"a", "per"}:
        return place + 1, "1" + "0" * _SCALES[word]
    else:
        return place, ""
    while end < len(words) and words[end] in _SCALES and not (words[end] == "m" and not word[0].isdigit()):
        value, end = _scaled(value, _SCALES[words[end]]), end + 1
    if end < len(words) and word[0].isdigit() and words[end] in {"st", "nd", "rd", "th"}:
        end += 1
    return end, value


def _plain(token: str) -> str:
    bare = re.sub(r",(?=\d{3}(?:\D|$))", "", token).replace(",", ".")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", bare):
        bare = bare.replace(".", "")
    if bare.count(".") == 1:
        bare = bare.rstrip("0").rstrip(".")
    return bare.lstrip("0") or "0"


def _scaled(value: str, zeros: int) -> str:
    whole, _, part = value.partition(".")
    return (whole + part[:zeros].ljust(zeros, "0")).lstrip("0") or "0"


def _is_plain_one(words: list[str], start: int, end: int) -> bool:
    if words[start] not in _AMBIGUOUS or end - start > 1:
        return False
    return all(word not in UNIT_OF or word in {"second", "x", "times"} for word in words[end : end + 2])


def _unit(words: list[str], start: int, end: int, starts: set[int], units: dict[int, str]) -> str:
    if start and UNIT_OF.get(words[start - 1]) in _MONEY:
        return UNIT_OF[words[start - 1]]
    place = end
    for _ in range(3):
        while place < len(words) and words[place] in {"+", "-"} and place not in starts:
            place += 1
        if place >= len(words) or words[place] in _BREAKS:
            return ""
        if words[place] in UNIT_OF:
            return UNIT_OF[words[place]]
        if place == end and words[place] in _LINKS and place + 1 in starts:
            return units[place + 1]
        if words[place] == "per" and words[place + 1 : place + 2] == ["cent"]:
            return "%"
        if place in starts or words[place] in STOP:
            return ""
        place += 1
    return ""


def _inherited(words: list[str], numbers: list[tuple[int, int, str]], order: int, units: dict[int, str]) -> str:
    """The unit of the number before, in 'nine days to two' and 'three days instead of eight'."""
    if not order:
        return ""
    start, before = numbers[order][0], numbers[order - 1]
    between = words[before[1] : start]
    follows = words[numbers[order][1] : numbers[order][1] + 1]
    ends = not follows or follows[0] in _BREAKS or follows[0] in STOP
    joined = bool({"to", "of", "than", "or", "from"} & set(between))
    return units[before[0]] if ends and joined and len(between) <= 4 and not (_BREAKS & set(between)) else ""


def _after(words: list[str], end: int) -> tuple[str, ...]:
    found: list[str] = []
    for word in words[end : end + 6]:
        if word in _BREAKS or len(found) == 3:
            break
        if word[0].isalpha() and word not in STOP:
            found.append(stem(word))
        elif word in STOP and found:
            break
    return tuple(found)


def _around(words: list[str], start: int, end: int) -> frozenset[str]:
    near = words[max(0, start - 6) : start] + words[end : end + 6]
    return frozenset(stem(word) for word in near if word[0].isalpha() and word not in STOP)


def number_objections(claim: str, spans: str) -> list[str]:
    """Return what is wrong with the numbers and dates of a claim, in words.

    Each number stands in the spans, counts the same thing there and is bound in the same way: "up to 30" is not 30,
    and 30 is not "over 30". Months, weekdays and relative times stand there too.
    """
    there = quantities(spans)
    found: list[str] = []
    for item in quantities(claim):
        same = [other for other in there if other.value == item.value]
        if not same:
            found.append(f"a number without support: {item.value}")
        elif not any(_counts_the_same(item, other) for other in same):
            found.append(f"a number that counts something else in the evidence: {item.value}")
        elif not any(_bound_the_same(item, other) for other in same):
            found.append(f"a number with another bound than in the evidence: {item.value}")
    strange = dates(claim) - dates(spans)
    return [*found, *(f"a time without support: {word}" for word in sorted(strange))]


def _counts_the_same(item: Quantity, other: Quantity) -> bool:
    if item.unit or other.unit:
        return item.unit == other.unit or (not item.unit and not item.after)
    return not item.after or bool(frozenset(item.after[:2]) & other.around)


def _bound_the_same(item: Quantity, other: Quantity) -> bool:
    return item.bound == other.bound or (other.bound == "least" and not item.bound)
