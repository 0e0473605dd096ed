"""Noun phrases of a page's title, description and headlines: 'equipment rental throughout Bavaria'."""

import re
from itertools import pairwise

from overture.composition.anycase import AnyCase
from overture.composition.grammar import article, ends_badly
from overture.composition.patterns import why_refused, without_praise
from overture.composition.sentence_tables import PLAIN_VERBS
from overture.composition.specificity import GENERIC, special_stems, specificity
from overture.composition.topics import ING_NOUNS, NOT_FIRST
from overture.composition.verbs import base_of_gerund, is_base
from overture.composition.wordlist import listed
from overture.composition.words import stem
from overture.domain.evidence import Evidence, EvidenceKind, Source

_LEAST = 1.4
_LONGEST = 105
Found = list[tuple[tuple[Evidence, ...], str]]

_PARTS = re.compile(r"\s+[|–—·•»-]\s+|\s*\|\s*|: ")
_WORD = re.compile(r"^[A-Za-z0-9][\w'’/&+.-]*,?$|^&$")
_LINKS = re.compile(r" (?:for|in|of|to|with|across|throughout|from|on|and|by|at) ")
_PREPOSITION = re.compile(r" (?:for|in|of|to|with|across|throughout|from|on|by|at) ")
_HEAD_END = re.compile(
    r"(?:[^s]s|ment|tion|ance|ence|ware|ing|ship|logy|design|support|education|rental|repair|research|control|"
    r"equipment|commerce|payroll|storage|delivery|law|art|intelligence|seo|hr|training|insurance|care|security)$",
    re.IGNORECASE,
)
_COUNT_HEADS = frozenset(
    listed(
        "course program programme certificate calculator checker tool editor recorder platform app grant school agency "
        "studio clinic store shop marketplace directory guide report generator builder tracker planner scheduler "
        "scanner "
        "engine framework library database network plugin extension template checklist workshop camp academy degree "
        "diploma "
        "class plan package service center centre firm company practice team community magazine collective museum "
        "gallery "
        "market fair festival tour retreat lab laboratory warehouse factory mill brewery bakery restaurant hotel "
        "resort "
        "venue foundation charity nonprofit association council portal dashboard api sdk crm cms newsletter podcast "
        "system "
        "assistant collection laboratory supplier manufacturer retailer wholesaler distributor consultancy partnership"
    )
)
_BAD = AnyCase(
    r"\b(?:we|you|your|our|us|my|i|this|that|these|it|near me|free|login|page|website|official|cookies?|"
    r"welcome|home|about|contact|blog|news|faqs?|how|why|what|who|when|where|more|all|best|top|vs|\d{4}|review\w*|"
    r"testimonials?|copyright|menu|hours?|now|new|just|get|start\w*|ready|let|see|read|learn|find|q&a|don'?t|no|not|"
    r"questions?|asked|overview|benefits?|features?|results?|related|recent|popular|latest|upcoming|tips|ideas|"
    r"quote|hiring|careers?|jobs?|reduction|increase|higher|better|savings|definitions?|awards?|winner|step|hello|"
    r"thanks?|sale|shop|cart|options?)\b"
)
_NOUNS_FIRST = frozenset(
    listed(
        "process project content data design team book store video sound market film food water light account lead "
        "form pest"
    )
)
_FINITE = frozenset(
    listed("is are was were can will has have been be does do made makes means mean needs need gets get")
)
_BEFORE_ARTICLE = frozenset(
    listed("of for in on at by to with from and or across throughout around near through under")
)
_PLURALS = frozenset(listed("uses services runs works repairs supports covers offers ranges spans"))


def phrases(source: Source, lower: frozenset[str], names: tuple[str, ...]) -> Found:
    """Return the noun phrases that head the page: its title's topic, its description, its main headlines."""
    found: dict[str, tuple[Evidence, ...]] = {}
    for item in source.evidence:
        for part in _candidates(item):
            phrase = noun_phrase(part, lower, names)
            if phrase:
                found.setdefault(phrase, (item,))
    return [(evidence, phrase) for phrase, evidence in found.items()][:6]


def _candidates(item: Evidence) -> list[str]:
    if item.kind is EvidenceKind.TITLE:
        return _PARTS.split(item.text)
    if item.kind in {EvidenceKind.META, EvidenceKind.STRUCTURED}:
        return [item.text]
    if len(item.text) <= 110 and (
        (item.kind is EvidenceKind.HEADING and len(item.text.split()) > 2)
        or (item.kind is EvidenceKind.PARAGRAPH and item.position < 40 and _LINKS.search(item.text))
    ):
        return [item.text]
    return []


def noun_phrase(text: str, lower: frozenset[str], names: tuple[str, ...]) -> str:
    """Return the text as a noun phrase with its article, in the case of running text; empty where it is none."""
    if not text.strip() or _BAD.search(text) or _has_verb(text.split()):
        return ""
    plain = without_praise(text.strip().rstrip(".:! ").replace("’", "'")).replace(" & ", " and ")
    plain = re.sub(r"^(?:The|the|A|An|a|an) ", "", plain)
    words = plain.split()
    if not _is_phrase(plain, words) or any(_squeezed(name) in _squeezed(plain) for name in names):
        return ""
    small = [_small(word, place, words, lower) for place, word in enumerate(words)]
    said = " ".join(small)
    if not all(small) or not special_stems(said) or specificity(said) < _LEAST or len(said) > _LONGEST:
        return ""
    phrase = _with_head(said)
    return "" if phrase and why_refused(phrase) else phrase


def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def _is_phrase(plain: str, words: list[str]) -> bool:
    if not 2 <= len(words) <= 16 or not all(_WORD.match(word) for word in words):
        return False
    if plain.count(",") and not re.search(r", (?:and |or )?[^,]+ (?:and|or) |, (?:and|or) ", plain):
        return False
    return not (_has_verb(words) or ends_badly(plain))


def _with_head(said: str) -> str:
    """The phrase, with an article where its noun is a singular that is counted; empty where that is not known."""
    front = _PREPOSITION.split(said, maxsplit=1)[0]
    head = re.split(r"[ ,]", front)[-1]
    if base_of_gerund(head) and head not in ING_NOUNS:
        return ""
    if _HEAD_END.search(head) and not head.endswith("ss"):
        return said
    if " and " in said.split(" for ", 1)[0] or head.lower() not in _COUNT_HEADS:
        return ""
    return f"{article(said)} {said}"


def _has_verb(words: list[str]) -> bool:
    """Whether a word may be a verb, or a determiner stands where only a verb can bear it."""
    first = words[0].lower()
    if first in PLAIN_VERBS or first in NOT_FIRST or (is_base(first) and first not in _NOUNS_FIRST) or first.isdigit():
        return True
    if base_of_gerund(first) and first not in ING_NOUNS:
        return True
    return any(_is_verb(before.lower(), word.lower().strip(","), word) for before, word in pairwise(words))


def _is_verb(before: str, low: str, word: str) -> bool:
    if low in _FINITE or (low in {"the", "a", "an"} and before not in _BEFORE_ARTICLE) or low == "yet":
        return True
    if low in PLAIN_VERBS and low.endswith("s") and low not in _PLURALS:
        return True
    if (
        before.endswith("s")
        and re.search(r"[^s'i]s$", before)
        and not before.endswith(("ics", "ous"))
        and word.islower()
    ):
        return low.strip(",") not in _AFTER_PLURAL
    return is_base(low) and before == "to"


_AFTER_PLURAL = frozenset(
    listed(
        "of for in on at by to with from and or across throughout around near through under within worldwide "
        "nationwide that"
    )
)


def _small(word: str, place: int, words: list[str], lower: frozenset[str]) -> str:
    """The word as it stands in running text: small where the page writes it small; empty where nobody knows."""
    bare = word.rstrip(",")
    if "-" in bare and all(part[:1].isupper() and part[1:].islower() for part in bare.split("-") if part):
        known = all(part.lower() in lower or part.endswith(("ed", "In", "Of")) for part in bare.split("-"))
        return word.lower() if known else word
    if not bare[:1].isupper() or any(letter.isupper() or letter.isdigit() for letter in bare[1:]):
        return word if not (len(bare) > 5 and bare.isupper()) else ""
    if bare.lower() in lower or bare.lower() in {"and", "for", "of", "in", "the", "to", "with", "a", "an"}:
        return word.lower()
    if stem(bare) in GENERIC or bare.lower() in _COUNT_HEADS or bare.lower() in ING_NOUNS:
        return word.lower()
    inside = place > 0 and any(other[:1].islower() and len(other) > 3 for other in words)
    return word if inside else ""
