"""What a piece of material says: its title, and sentences that stand alone."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from overture.composition.patterns import REFUSED
from overture.composition.verbs import base_of_third, is_base
from overture.composition.wordlist import listed
from overture.composition.words import content_stems, tokens
from overture.domain.evidence import Evidence, EvidenceKind, Source


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence of the material. ``clause`` is empty where its first word may be a name."""

    evidence: Evidence
    quote: str
    clause: str
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Key:
    version: str
    url: str
    source: Source = field(compare=False)


_AGAINST = (
    "link phone money promotion call_to_action legal pointer dangling first_person competitor instruction sensitive "
    "rating markup "
    "quotation shouting emphasis"
)
_RULES = tuple(REFUSED[name.replace("_", " ")] for name in _AGAINST.split())
_TITLE_RULES = tuple(
    REFUSED[name] for name in ("link", "phone", "promotion", "instruction", "sensitive", "markup", "shouting")
)
_SMALL_WORDS = frozenset(
    listed("The A An All Each Every Most Many Some After In On With For Teams Companies Customers People Students")
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|will|would|may|should|went|came|closed|lost|lose|made|found|took|"
    r"sits?|"
    r"\w{3,}(?:ed|es)|shows?|means?|needs?|gets?|gives?|helps?|makes?|takes?|keeps?)\b"
)
_NO_START = re.compile(
    r"(?:In fact|Back|However|Other|Besides|Elsewhere|Too|As its|As a result|Sometimes|Without|Posted|Best|\d+ [A-Z]|"
    r"With so|Before|"
    r"Pour|Add|Look|Join|Replace|Teaches|Choosing|Requires?|Avoid|Image|Photo|Source|Figure|Table|Written|Updated|"
    r"Published)\b"
)
_LOOSE = re.compile(
    r" ,|:|[A-Za-z]\.[A-Za-z]|^\d[\d,.]*(?!%? [a-z])[^\d]|\b(?:they|them|him|guys|comments|office is closed)\b| [—–] ",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"(?i)(?:the|an?|your|our|my|this|these|those|all|each|every|any|some|it|them|up|out|in|on|to|for|with|at|from|how|"
    r"what|sure|more|less|and)\b"
)
_SPLIT = re.compile(r"\s+[|–—·•»]\s+|\s+-\s+|\s*\|\s*")
_FINDING = re.compile(
    r"(?i)\b(?:percent|per cent|times|half|third|twice|average|found|showed|learned|survey|study|report|weeks|months|"
    r"days)\b|%"
)


def title_of(source: Source) -> str:
    """Return the material's title without the site's name, or an empty string where it cannot be quoted."""
    headings = [item.text for item in source.evidence if item.kind is EvidenceKind.HEADING]
    for raw in (source.title, *headings[:1]):
        parts = [part.strip() for part in _SPLIT.split(raw.strip()) if part.strip()]
        title = max(parts[:2], key=len, default="").rstrip(".")
        if (
            12 <= len(title) <= 120
            and not any(rule.search(title) for rule in _TITLE_RULES)
            and not re.search(r"[“”\"]", title)
        ):
            return title
    return ""


def points_of(source: Source) -> tuple[Point, ...]:
    """Return the sentences that can be passed on, best first; cached by the source's version."""
    return _points(_Key(source.version, source.url, source))


@lru_cache(maxsize=512)
def _points(key: _Key) -> tuple[Point, ...]:
    about = content_stems(key.source.title)
    scored: list[tuple[float, int, Point]] = []
    for item in key.source.evidence:
        text = item.text.strip().rstrip(".").rstrip()
        if item.kind not in {EvidenceKind.PARAGRAPH, EvidenceKind.ITEM} or not _stands_alone(text):
            continue
        stems = content_stems(text)
        score = 1.5 * bool(re.search(r"\d", text)) + 0.6 * bool(_FINDING.search(text)) + 0.3 * len(stems & about)
        score -= abs(len(text) - 90) * 0.008 + min(item.position, 200) * 0.004
        scored.append((-score, item.position, Point(item, text, _clause(text), stems)))
    scored.sort(key=lambda row: row[:2])
    return tuple(point for _, _, point in scored[:12])


def _stands_alone(text: str) -> bool:
    return (
        30 <= len(text) <= 190
        and text[:1].isupper() | text[:1].isdigit()
        and _FINITE.search(text) is not None
        and _NO_START.match(text) is None
        and _LOOSE.search(text) is None
        and not _is_order(text)
        and len(tokens(text)) >= 6
        and not re.search(r"\b(?:we|our|us|We|Our|you|your|You|Your|he|she|He|She|said|says)\b", text)
        and not any(rule.search(text) for rule in _RULES)
    )


def _is_order(text: str) -> bool:
    """'Open the door', 'Teaches you to sell': the first word is the verb; in 'Quotes that were sent' it is a noun."""
    first, _, rest = text.partition(" ")
    if base_of_third(first) is not None:
        return re.match(r"(?:that|which|who|in|of|from|with|were|are|was|had|have|can|may)\b", rest) is None
    return is_base(first) and _DETERMINER.match(rest) is not None


def _clause(text: str) -> str:
    """Lower the first word only where it cannot be a name: after a number nothing need be lowered."""
    first = text.split(" ", 1)[0]
    if first[:1].isdigit():
        return text
    return text[:1].lower() + text[1:] if first in _SMALL_WORDS else ""
