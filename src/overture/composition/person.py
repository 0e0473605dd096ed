"""Turning a page's we, our and you around, so that a clause fits the person it is sent to."""

import re
from collections import Counter
from enum import Enum

from overture.composition.grammar import article
from overture.composition.sentence_tables import PLAIN_VERBS
from overture.composition.wordlist import listed

_TOKEN = re.compile(
    r"\b(?:[Ww]e|[Oo]urs?|[Oo]urselves|[Uu]s|[Yy]ou|[Yy]ours?|[Yy]ourself|[Yy]ourselves)\b(?:['’](?:ll|re|ve|d)\b)?"
)
_WE_YOU = {"we": "you", "our": "your", "ours": "yours", "us": "you", "ourselves": "yourselves"}
_WE_IT = {"we": "it", "our": "its", "ours": "its own", "us": "it", "ourselves": "itself"}
_ENDINGS = {"ll": " will", "re": " are", "ve": " have", "d": " would"}


class Voice(Enum):
    """Whose mouth a clause is put in."""

    TO_LEAD = "you"
    """The page's company is addressed: we -> you."""
    ABOUT = "it"
    """The page's company is named: we -> it."""
    OWN = "we"
    """The page's company speaks: we stays."""


def shift(text: str, voice: Voice, audience: str) -> str | None:
    """Return the text in another voice, the page's 'you' turned into its customers.

    ``audience`` is a plural noun ('customers', 'students'). None where the result would be ambiguous.
    """
    seen = False
    yous = owned = 0
    failed = False

    def swap(match: re.Match[str]) -> str:
        nonlocal seen, yous, owned, failed
        word, _, ending = match.group().replace("’", "'").partition("'")
        low = word.lower()
        tail = _ENDINGS.get(ending, "")
        if low in _WE_YOU:
            failed = failed or (voice is Voice.ABOUT and (low == "we" or bool(tail)))
            return _first_person(low, voice) + tail
        known = seen or _ANTECEDENT.search(text[: match.start()]) is not None
        if low == "your":
            if known:
                return "their"
            seen = True
            owned += 1
            return f"{_OWNER}'s" if not audience.endswith("ies") else "their"
        if low in {"yours", "yourself", "yourselves"}:
            failed = True
            return word
        yous += 1
        failed = failed or yous > 3
        if known and (yous + owned > 1 or text.startswith(f"{audience} ")):
            is_object = _TAKES_OBJECT.search(text[: match.start()]) or (
                not tail and _AFTER_OBJECT.match(text[match.end() :])
            )
            return ("them" if is_object else "they") + tail
        seen = True
        return audience + tail

    shifted = _TOKEN.sub(swap, text)
    if failed:
        return None
    shifted = _OWNED.sub(lambda m: _owner(audience[:-1], m.group(1) or ""), shifted)
    return _mend(shifted, audience)


_OWNER = "\x00"
_OWNED = re.compile(rf"{_OWNER}'s\b(?=((?: [\w-]+){{1,3}})?)")


def _first_person(low: str, voice: Voice) -> str:
    if voice is Voice.OWN:
        return low
    return _WE_YOU[low] if voice is Voice.TO_LEAD else _WE_IT[low]


def _owner(noun: str, owned: str) -> str:
    """'customers' fees', 'a customer's fee'."""
    for word in owned.split():
        if word in _NOT_OWNED or word in PLAIN_VERBS:
            break
        if re.search(r"[^s'iu]s$", word) and not word.endswith("ous"):
            return f"{noun}s'"
    return f"{article(noun)} {noun}'s"


_NOT_OWNED = frozenset(listed("in on at for to with from by and or is are has have that which who as of"))


_ANTECEDENT = re.compile(
    r"\b(?:customers|clients|companies|businesses|teams|students|people|members|users|brands|individuals|families|"
    r"owners|"
    r"employees|candidates|patients|homeowners|organizations|clinics|developers|marketers|leaders|agencies|enterprises|"
    r"retailers|guests|residents|participants)\b"
)
"""A plural person before it: 'your' may become 'their'."""
_AFTER_OBJECT = re.compile(
    r"$|[,.;:)]| (?:an?|the|their|your|with|to|in|for|from|at|on|by|of|and|or|as|more|every|all|through|into|back|"
    r"both|time)\b"
)
"""What follows an object: 'grant you a licence'. After a subject stands its verb."""
_TAKES_OBJECT = re.compile(
    r"\b(?:to|for|with|by|of|from|on|at|help|helps|let|lets|give|gives|allow|allows|enable|enables|send|sends|keep|"
    r"keeps|"
    r"connect|connects|guide|guides|bring|brings|tell|tells|show|shows|get|gets|offer|offers|teach|teaches|alert|"
    r"alerts|"
    r"helping|giving|letting|allowing|enabling|keeping|saving|getting) $"
)


def _mend(text: str, audience: str) -> str:
    text = re.sub(rf"\b{audience} am\b", f"{audience} are", text)
    text = re.sub(rf"\b(?:both|all) of {audience}\b", audience, text)
    if f"{audience} and {audience}" not in text:
        return text
    return re.sub(rf"\b(\w+ )?{audience} and {audience}\b", rf"\g<1>{audience}", text)


_AUDIENCES = (
    "students patients members clients guests residents homeowners families users travelers participants customers"
)


def audience_of(counts: Counter[str]) -> str:
    """Return the word that a site uses for those it serves; 'customers' where it names none often."""
    best, most = "customers", 3
    for word in _AUDIENCES.split():
        if counts[word] > most and not word.endswith("ies"):
            best, most = word, counts[word]
    return best
