"""Who does what to whom, as far as the order of words shows it; and what is denied."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from overture.composition.reporting import LIGHT, REPORTING
from overture.composition.verbs import BASES
from overture.composition.wordlist import listed
from overture.composition.words import STOP, content_stems, stem

SELF, AUDIENCE = "<self>", "<audience>"

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[,;:.!?“”\"]")
_VERBS = frozenset(stem(base) for base in BASES)
_PREPOSITIONS = frozenset(listed("to for from into with by over than before after without through instead rather"))
_BREAKS = frozenset(',;:.!?“”"')
_ENDS = frozenset(';:.!?“”"')
_PAGE = re.compile(
    r"(?i)\b(?:your|the) (?:own )?(?:company |web)?(?:site|website|page|pages|words?|account|"
    r"home ?page|text|list|side|end)\b"
)
"""The reader's pages are no party to what they state."""
_HARMLESS = re.compile(r"(?i)\bnot (?:only|just|merely)\b|\b(?:may|might|do|did) not (?:yet )?know\b|\bno doubt\b")
_NEGATORS = frozenset(
    listed("not no never without none neither nor cannot nobody nothing hardly barely rarely seldom lack lacks unable")
)
_AUDIENCES = frozenset(
    listed(
        "customer customers client clients student students patient patients member members guest guests resident "
        "residents user users participant participants"
    )
)
_WE = frozenset(("we", "our", "us", "ours"))
_YOU = frozenset(("you", "your", "yours"))
_PARTIES = frozenset((SELF, AUDIENCE))
_OFFERING = content_stems("offer provide give supply deliver include have feature get")
_BEING = frozenset(("is", "are", "was", "were"))
_PASSIVE = _BEING | {"be", "been", "being", "get", "gets"}
_SCOPE = 4
_KIND = {"of": "instead", "no": "no", "none": "no", "nothing": "no", "without": "without"}
_SAME = {
    "not": frozenset(("not", "no")),
    "no": frozenset(("no", "not", "without")),
    "without": frozenset(("without", "no")),
    "instead": frozenset(("instead",)),
}
"""Kinds of negation, and those in the evidence that may stand for them."""
_CONTRACTED = re.compile(r"'(?:ll|re|ve|d|m|s)$")


@dataclass(frozen=True, slots=True)
class Order:
    """The words of a text that carry meaning, in order, with prepositions and the two parties.

    ``denied`` and ``affirmed`` say which of them stand behind a negation and which do not; ``passive`` holds the places
    of verbs in the passive; ``denies`` holds the kinds of negation that occur.
    """

    words: tuple[str, ...]
    denied: frozenset[str]
    affirmed: frozenset[str]
    passive: frozenset[int]
    denies: frozenset[str]


@lru_cache(maxsize=20_000)
def order_of(text: str, company: str, *, we_speak: bool, you_are_self: bool) -> Order:
    """Read a text.

    ``company`` is who is meant by SELF; ``we_speak`` makes *we* SELF as well, and ``you_are_self`` *you*, which
    otherwise is the AUDIENCE.
    """
    bare = _naming(company).sub(" Selfcompany ", text) if company else text
    bare = _HARMLESS.sub(" ", _PAGE.sub(" ", bare) if you_are_self else bare)
    words: list[str] = []
    denied: set[str] = set()
    affirmed: set[str] = set()
    passive: set[int] = set()
    scope = 0
    denies: set[str] = set()
    before = ""
    for token in _TOKEN.findall(bare):
        low = _CONTRACTED.sub("", token.lower().replace("’", "'"))
        if low in _BREAKS:
            scope = 0
            words.append(low)
        elif low in _BEING:
            scope = 0
        elif _denies(low, before):
            scope = _SCOPE
            denies.add(_KIND.get(low, "not"))
        elif (word := _meaning(low, we_speak=we_speak, you_are_self=you_are_self)) is not None:
            if word not in _PREPOSITIONS and word not in {SELF, AUDIENCE}:
                (denied if scope else affirmed).add(word)
                scope = max(0, scope - 1)
            if before in _PASSIVE and word in _VERBS:
                passive.add(len(words))
            words.append(word)
        before = low
    return Order(tuple(words), frozenset(denied), frozenset(affirmed), frozenset(passive), frozenset(denies))


@lru_cache(maxsize=4096)
def _naming(company: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w){re.escape(company)}(?!\w)")


def _denies(low: str, before: str) -> bool:
    if low.endswith("n't"):
        return True
    if low == "of" and before == "instead":
        return True
    return low in _NEGATORS


def _meaning(low: str, *, we_speak: bool, you_are_self: bool) -> str | None:
    if low == "selfcompany" or (low == "it" and we_speak and not you_are_self):
        return SELF
    if low in _WE:
        return SELF if we_speak else None
    if low in _YOU:
        return SELF if you_are_self else AUDIENCE
    if low in _AUDIENCES:
        return AUDIENCE
    if low in _PREPOSITIONS or low[0].isdigit():
        return low
    if low in STOP or len(low) < 2:
        return None
    return stem(low)


def negation_objections(claim: Order, spans: Iterable[Order]) -> list[str]:
    """Return the words that the claim denies and the spans only affirm, or the other way round.

    A denial where no span denies anything is one as well, whatever its words.
    """
    spans = tuple(spans)
    there = frozenset[str]().union(*(span.denies for span in spans))
    if any(not _SAME[kind] & there for kind in claim.denies):
        return ["the claim denies something, the evidence does not"]
    denied = frozenset[str]().union(*(span.denied for span in spans))
    affirmed = frozenset[str]().union(*(span.affirmed for span in spans))
    turned = (claim.denied & affirmed) - denied
    lost = (claim.affirmed & denied) - affirmed
    return [f"denied in the claim, affirmed in the evidence: {word}" for word in sorted(turned - claim.affirmed)] + [
        f"affirmed in the claim, denied in the evidence: {word}" for word in sorted(lost - claim.denied)
    ]


def relation_objections(claim: Order, spans: Iterable[Order]) -> list[str]:
    """Return the words around which the claim's two sides have changed places with those of the span.

    A verb or preposition that occurs once in both is a pivot. Something that stands only on its left in the one and
    only on its right in the other, while something else has gone the opposite way, has been swapped. Lists may be in
    any order, and verbs in the passive are left alone.
    """
    known = frozenset(claim.words)
    best = max(spans, key=lambda span: len(known & frozenset(span.words)), default=None)
    if best is None:
        return []
    found: list[str] = []
    for place, pivot in enumerate(claim.words):
        if pivot not in _VERBS and pivot not in _PREPOSITIONS:
            continue
        if place in claim.passive or best.words.count(pivot) != 1:
            continue
        start, end = _clause(claim.words, place, _ENDS)
        if claim.words[start:end].count(pivot) != 1:
            start, end = _clause(claim.words, place, _BREAKS)
        other = best.words.index(pivot)
        if other in best.passive or claim.words[start:end].count(pivot) != 1:
            continue
        mine, theirs = claim.words[start:end], best.words[slice(*_clause(best.words, other, _ENDS))]
        if _crossed(_sides(mine, pivot), _sides(theirs, pivot)) or _turned_round(mine, theirs, pivot):
            found.append(f"the two sides of {pivot!r} have changed places")
    return found


def verb_objections(claim: Order, spans: Iterable[Order]) -> list[str]:
    """Return the common words that have taken the place of a verb: 'you keep pumps' for 'we rent pumps'."""
    found: list[str] = []
    spans = tuple(spans)
    there = frozenset(word for span in spans for word in span.words)
    here = frozenset(claim.words)
    for place, word in enumerate(claim.words):
        if word not in LIGHT or word in REPORTING or word in there:
            continue
        follows = next((other for other in claim.words[place + 1 :] if other in there and other not in _PARTIES), "")
        lost = {verb for span in spans if (verb := _verb_before(span.words, follows)) and verb not in here}
        if lost and not (word in _OFFERING and lost <= _OFFERING):
            found.append(f"{word!r} stands for {', '.join(sorted(lost))!r}")
    return found


def _verb_before(words: tuple[str, ...], word: str) -> str:
    """The verb directly before a word, parties and prepositions aside; empty where none stands there."""
    if word not in words:
        return ""
    before = [other for other in words[: words.index(word)] if other not in _PARTIES and other not in _PREPOSITIONS]
    return before[-1] if before and before[-1] in _VERBS else ""


def _clause(words: tuple[str, ...], place: int, ends: frozenset[str]) -> tuple[int, int]:
    start = max((at + 1 for at in range(place) if words[at] in ends), default=0)
    end = next((at for at in range(place, len(words)) if words[at] in ends), len(words))
    return start, end


def _sides(words: tuple[str, ...], pivot: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words before and after the first pivot of a clause, those on both sides left out."""
    place = words.index(pivot)
    left, right = frozenset(words[:place]), frozenset(words[place + 1 :])
    both = (left & right) | _BREAKS | _PREPOSITIONS
    return left - both, right - both


def _crossed(one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]]) -> bool:
    return bool(one[0] & other[1]) and bool(one[1] & other[0])


def _turned_round(mine: tuple[str, ...], theirs: tuple[str, ...], pivot: str) -> bool:
    """Tell whether a verb's neighbours have changed places: 'documents import we' for 'we import documents'."""
    if pivot not in _VERBS:
        return False
    one, other = mine.index(pivot), theirs.index(pivot)
    if not 0 < one < len(mine) - 1 or not 0 < other < len(theirs) - 1:
        return False
    before, after = mine[one - 1], mine[one + 1]
    return before != after and after == theirs[other - 1] and before in theirs[other + 1 :] and before not in _BREAKS
