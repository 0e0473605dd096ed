"""Words that widen, narrow or turn a claim although they carry no content of their own: only, all, before, will."""

import re
from functools import lru_cache

from overture.composition.wordlist import listed
from overture.composition.words import STOP, stem, tokens

_TURNING = frozenset(
    listed("more most less few fewer least before after every all will under over above below entirely always")
)
_LIMITING = frozenset(listed("most fewer less few some selected certain eligible half nearly almost partly"))
_ALONE = re.compile(r"(?i)\b(?:used to|only|always|exclusively|solely|formerly|previously|soon|no longer|will soon)\b")
"""Not to be added in front of anything."""
_HARMLESS = re.compile(r"(?i)\b(?:after|above|in|at|before|beside) all\b|\bone more\b|\bmore on\b")
_SHORT_WILL = re.compile(r"['’]ll\b")
_NEAR = 5


@lru_cache(maxsize=20_000)
def _turned(text: str, near: int) -> dict[str, frozenset[str]]:
    """Return each turning or limiting word with the stems of ``near`` words behind it, or else of the one before."""
    words = [token.lower() for token in tokens(_SHORT_WILL.sub(" will", _HARMLESS.sub(" ", text)))]
    found: dict[str, frozenset[str]] = {}
    for place, word in enumerate(words):
        if word in _TURNING or word in _LIMITING:
            behind = [other for other in words[place + 1 : place + 1 + _NEAR] if other not in STOP][:near]
            beside = behind or [other for other in words[max(0, place - _NEAR) : place] if other not in STOP][-1:]
            found[word] = found.get(word, frozenset()) | frozenset(stem(other) for other in beside)
    return found


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token) for token in tokens(text))


@lru_cache(maxsize=20_000)
def _alone(text: str) -> frozenset[str]:
    return frozenset(match.lower() for match in _ALONE.findall(text))


def scope_objections(claim: str, spans: str) -> list[str]:
    """Return what a claim says more widely, more narrowly or of another time than its spans.

    A turning word close to something that the spans name stands there in the spans as well; a limiting word that the
    spans have is not dropped.
    """
    mine, theirs = _turned(claim, _NEAR), _turned(spans, _NEAR)
    added = _alone(claim) - _alone(spans)
    if not mine and not theirs and not added:
        return []
    there, here = _stems(spans), _stems(claim)
    added |= {
        word
        for word, follows in mine.items()
        if word in _TURNING and follows & there and not follows & theirs.get(word, frozenset())
    }
    lost = {
        word
        for word, follows in _turned(spans, 1).items()
        if word in _LIMITING and word not in mine and follows & here and stem(word) not in here
    }
    return [f"not in the evidence: {word!r}" for word in sorted(added)] + [
        f"left out of the evidence: {word!r}" for word in sorted(lost)
    ]
