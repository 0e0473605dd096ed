"""Turning a page's we, our and you around, so that a clause fits the person it is sent to."""

import re
from enum import Enum

from overture.composition.grammar import article

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
    seen = _has_antecedent(text)
    yous = 0
    failed = False

    def swap(match: re.Match[str]) -> str:
        nonlocal seen, yous, failed
        word, _, ending = match.group().replace("’", "'").partition("'")
        low = word.lower()
        tail = _ENDINGS.get(ending, "")
        if low in _WE_YOU:
            failed = failed or (voice is Voice.ABOUT and (low == "we" or bool(tail)))
            return _first_person(low, voice) + tail
        if low == "your":
            if seen:
                return "their"
            seen = True
            return f"{audience[:-1]}'s" if not audience.endswith("ies") else "their"
        if low in {"yours", "yourself", "yourselves"}:
            failed = True
            return word
        yous += 1
        seen = True
        failed = failed or yous > 1
        return audience + tail

    shifted = _TOKEN.sub(swap, text)
    if failed:
        return None
    noun = audience[:-1]
    shifted = re.sub(rf"(?<!a )(?<!the )\b{noun}'s (\w+)", lambda m: _singular_owner(noun, m.group(1)), shifted)
    return _mend(shifted, audience)


def _first_person(low: str, voice: Voice) -> str:
    if voice is Voice.OWN:
        return low
    return _WE_YOU[low] if voice is Voice.TO_LEAD else _WE_IT[low]


def _singular_owner(noun: str, owned: str) -> str:
    return f"{article(noun)} {noun}'s {owned}"


def _has_antecedent(text: str) -> bool:
    """'your' may become 'their' where a plural person already stands in the clause before it."""
    before = re.split(r"\byour\b", text, maxsplit=1, flags=re.IGNORECASE)[0]
    return (
        re.search(
            r"\b(?:customers|clients|companies|businesses|teams|students|people|members|users|brands|individuals|"
            r"families|owners|employees|candidates|patients|homeowners|organizations|clinics|developers|marketers|"
            r"leaders|agencies|enterprises|retailers)\b",
            before,
        )
        is not None
    )


def _mend(text: str, audience: str) -> str:
    text = re.sub(rf"\b{audience} am\b", f"{audience} are", text)
    text = re.sub(rf"\b(?:both|all) of {audience}\b", audience, text)
    return re.sub(rf"\b(\w+ )?{audience} and {audience}\b", rf"\g<1>{audience}", text)


_AUDIENCES = (
    "students patients members clients guests residents homeowners families users travelers participants customers"
)


def audience_of(text: str) -> str:
    """Return the word that a site uses for those it serves; 'customers' where it names none often."""
    low = text.lower()
    best, most = "customers", 3
    for word in _AUDIENCES.split():
        count = len(re.findall(rf"\b{word}\b", low))
        if count > most and not word.endswith("ies"):
            best, most = word, count
    return best
