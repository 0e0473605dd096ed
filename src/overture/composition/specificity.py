"""How much a fact tells of one company rather than of any."""

import re
from functools import lru_cache

from overture.composition import background
from overture.composition.wordlist import listed
from overture.composition.words import content_stems

_WEIGHTS = (
    (background.COMMON, 0.1),
    (background.FREQUENT, 0.35),
    (background.FAMILIAR, 0.7),
)
_EMPTY = frozenset(
    listed(
        "achiev solv excel commit option issu various kind many student famili client member user patient homeown "
        "combin employ "
        "conduct util maintain tough attract sever numer multitud host wide array varieti larg start-up addit visibl "
        "outcom "
        "lasting asset path deep qualifi environ problem effort hous ongo smart"
    )
)
"""Words that company pages use of anything, whatever their number."""

GENERIC = background.COMMON | background.FREQUENT | _EMPTY
"""Stems that tell nothing of one company."""

COMMON = background.COMMON | _EMPTY
_NAMED = re.compile(r"(?<=[a-z,] )[A-Z][\w&+.-]+")


def weight(stem: str) -> float:
    """Return how much one stem tells: 0.1 for the commonest, 1 for those that few pages have."""
    if stem in _EMPTY:
        return 0.2
    return next((worth for stems, worth in _WEIGHTS if stem in stems), 1.0)


@lru_cache(maxsize=4096)
def specificity(text: str) -> float:
    """Return the summed weight of a text's stems, with a bonus for numbers and names; 3 and more is concrete."""
    found = sum(weight(stem) for stem in content_stems(text))
    found += 1.0 if re.search(r"\d", text) else 0.0
    return found + 0.7 * min(len(_NAMED.findall(text)), 3)


def special_stems(text: str) -> frozenset[str]:
    """Return the stems that are not said on every company page."""
    return content_stems(text) - GENERIC
