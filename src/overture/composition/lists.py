"""Lists that a page names: services, courses, places under a telling heading."""

import re
from itertools import groupby

from overture.composition import background
from overture.composition.grammar import join
from overture.composition.patterns import why_refused
from overture.composition.topics import ING_NOUNS, NOT_FIRST, is_plural_or_mass
from overture.composition.verbs import base_of_gerund, is_base
from overture.composition.wordlist import listed
from overture.composition.words import stem
from overture.domain.evidence import Evidence, EvidenceKind, Source

_LIST_HEADING = re.compile(
    r"(?i)\b(?:services?|procedures|products?|solutions|programs?|programmes|courses?|classes|specialt\w+|industr\w+|"
    r"sectors|"
    r"treatments|equipment|departments|offerings?|capabilities|what we (?:do|offer|cover)|types of|topics|packages|"
    r"amenities|"
    r"expertise|practice areas|disciplines|curriculum|modules|practices)\b"
)
_NOT_LIST = re.compile(
    r"(?i)\b(?:related|other|popular|recent|more|resources|links|about|contact|footer|follow|customer service|menu|"
    r"hours|steps?)\b"
)
_ITEM = re.compile(r"^[A-Z0-9][\w&/,'’+ -]{3,38}$")
_FINITE = re.compile(
    r"(?i)\b(?:is|are|was|were|we|you|your|our|can|will|has|have|ago|min(?:utes?)? read|stars?|off|results?|am|pm|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|days? left|steps?|ways|"
    r"reasons|points|things|tips|st|ave|street|road|suite|suites|comments?|shares?|reviews?|ratings?|customers? "
    r"rated|votes|items?)\b"
)


def item_lists(source: Source, small: frozenset[str]) -> list[tuple[tuple[Evidence, ...], str]]:
    """Return phrases of three items each that stand in a list under a telling heading."""
    found: list[tuple[tuple[Evidence, ...], str]] = []
    items = [item for item in source.evidence if item.kind is EvidenceKind.ITEM and item.section]
    for section, group in groupby(items, key=lambda item: item.section):
        if len(section) > 80 or _NOT_LIST.search(section):
            continue
        listed_items = tuple(group)
        telling = _LIST_HEADING.search(section) is not None
        good = [item for item in listed_items if _is_item(item.text) and (telling or _is_thing(item.text))]
        if not telling and (_OTHER_LIST.search(section) or 2 * len(good) < len(listed_items)):
            continue
        for start in range(0, min(len(good) - 2, 6 if telling else 1), 3):
            trio = tuple(good[start : start + 3])
            if len({item.text.lower() for item in trio}) == 3:
                found.append((trio, _joined([item.text for item in trio], small)))
    return found


_OTHER_LIST = re.compile(
    r"(?i)\?|\b(?:compare|vs|faqs?|questions|contents|eligib\w+|costs?|prices?|pricing|tuition|rates|how|why|who|when|"
    r"one|without|in-office|plan|problems?|challenges|signs|types)\b"
)
_WEAK_FIRST = frozenset(
    listed("unlimited free available fully multiple flexible authentic fast very easy powerful all any no other your")
)


def _is_thing(text: str) -> bool:
    """Under a heading that tells nothing only what is plainly a thing counts: two words and more, the last a noun."""
    words = text.split()
    return len(words) > 1 and words[0].lower() not in _WEAK_FIRST and is_plural_or_mass(text)


_LABEL = re.compile(r"^(?:[^\w\s]+ ?)?([A-Z][\w&'’/-]*(?: (?:and |of |for )?[A-Z][\w&'’/-]*){1,3})[®™]? ?: (?=[A-Z])")
_NO_LABEL = re.compile(
    r"(?i)^(?:the|boost|other|all|more|long)\b|\b(?:step|steps|best|why|how|what|who|when|where|our|your|tip|tips|"
    r"note|key|case|study|pro|pros|cons|about|phase|day|"
    r"week|month|chapter|part|example|question|answer|email|phone|address|hours|contact|posted|updated|published|"
    r"author|by|"
    r"read|more|new|news|blog|webinar|report|watch|related|results?|impact|benefits?|price|pricing|cost|location|date|"
    r"time|"
    r"total|average|monday|friday|saturday|sunday|requirements?|criteria|q&a|faqs?|features?)\b"
)


def labelled(source: Source, small: frozenset[str]) -> list[tuple[tuple[Evidence, ...], str]]:
    """Return phrases of three things each that the page explains as 'Name: what it is'."""
    named: dict[str, Evidence] = {}
    for item in source.evidence:
        match = _LABEL.match(item.text) if ":" in item.text and item.kind is not EvidenceKind.TITLE else None
        if match and _is_label(match.group(1)):
            named.setdefault(match.group(1), item)
    rows = list(named.items())
    found: list[tuple[tuple[Evidence, ...], str]] = []
    for start in range(0, min(len(rows) - 2, 6), 3):
        trio = rows[start : start + 3]
        found.append((tuple(item for _, item in trio), _joined([label for label, _ in trio], small)))
    return found


def _is_label(label: str) -> bool:
    first = label.split(maxsplit=1)[0].lower()
    if (
        is_base(first)
        or first in NOT_FIRST
        or (base_of_gerund(first) and first not in ING_NOUNS)
        or " and " in label
        or "&" in label
    ):
        return False
    return not _NO_LABEL.search(label) and not why_refused(label) and not _FINITE.search(label)


_SINGULAR = frozenset(
    listed(
        "session workshop interview agent course program programme calculator plan package view tool resume essay "
        "guide report "
        "app platform class lesson assessment audit dashboard engine editor api consultation checkup review trial "
        "tour visit"
    )
)
"""Nouns that would want an article in running text; as titles they stand without one."""


def _joined(items: list[str], small: frozenset[str]) -> str:
    """One case for all three: small where the page writes each of them small, else as it stands."""
    lowered = [_lower(item, small) for item in items]
    changed = all(low != item or _is_kept(item.split()[0]) for low, item in zip(lowered, items, strict=True))
    return join(lowered if changed and not any(item.rsplit(" ", 1)[-1] in _SINGULAR for item in lowered) else items)


def _is_item(text: str) -> bool:
    words = text.split()
    return (
        _ITEM.match(text) is not None
        and len(words) <= 4
        and "," not in text
        and " and " not in text
        and not re.search(r"[&+]| /", text)
        and not (is_base(words[0]) and len(words) > 1)
        and not why_refused(text)
        and not _FINITE.search(text)
    )


def _lower(text: str, small: frozenset[str]) -> str:
    """Lower each word that the page writes small elsewhere; keep the item whole where one may be a name."""
    words = text.split()
    known = all(_is_kept(word) or all(_is_common(part, small) for part in re.split(r"[/-]", word)) for word in words)
    return " ".join(word if _is_kept(word) else word.lower() for word in words) if known else text


def _is_common(word: str, small: frozenset[str]) -> bool:
    low = word.lower()
    return low in small or f"{low}s" in small or low.removesuffix("s") in small or stem(low) in background.KNOWN


def _is_kept(word: str) -> bool:
    return any(
        sum(letter.isupper() for letter in part) > 1 or any(letter.isdigit() for letter in part)
        for part in re.split(r"[/-]", word)
    )
