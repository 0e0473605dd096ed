"""Names of companies: legal forms, comparison, and names too common to guess a domain from."""

import re
import unicodedata

from rapidfuzz import fuzz

from overture.research.company.common_words import COMMON
from overture.research.sentences import fold

LONGEST_NAME = 200
SAME = 90.0
_SAME_WORD = 93.0
_EXACT_UP_TO = 6

# Legal forms, and the countries whose law has them. ELF code list (ISO 20275), the common ones.
_FORMS_TEXT = """
gmbh DE AT CH; gmbh and co kg DE AT; gmbh co kg DE AT; ag and co kg DE AT; and co kg DE AT; mbh DE AT; ug DE
kg DE AT CH; ohg DE AT; ev DE AT; ag DE AT CH LI; se EU
ltd GB IE IN HK SG NZ AU MT CY NG KE IL GH ZA TH BD PK LK; limited GB IE IN HK SG NZ AU MT CY NG KE IL GH ZA TH
plc GB IE; llp GB US IN SG CA; lp GB US CA; cic GB; inc US CA PH; incorporated US CA PH; corp US CA PH
corporation US CA PH; llc US AE; co EU; company EU; pllc US; pbc US; sarl FR LU CH MA TN; sas FR CO AR; sasu FR
eurl FR; sa FR BE CH LU ES PT GR PL BR AR CL MX; sca FR LU; bv NL BE; nv NL BE; bvba BE; srl IT RO BE BO AR
spa IT CL DZ; sl ES; slu ES; sau ES; lda PT AO MZ; ltda BR CL CO; ab SE FI; oy FI; oyj FI; aps DK
as DK NO CZ SK TR EE; asa NO; ehf IS; doo RS HR SI BA ME MK; dd HR SI; kft HU; zrt HU; nyrt HU; sro CZ SK
sp z o o PL; spolka akcyjna PL; eood BG; ood BG; uab LT; sia LV; ou EE; ooo RU; pty AU ZA; pty ltd AU ZA
pvt IN PK BD LK; pvt ltd IN PK BD LK; private limited IN SG PK LK; pte SG; pte ltd SG; sdn bhd MY; bhd MY; kk JP
co ltd JP KR CN TH TW VN; holdings EU; holding EU; group EU
"""
_FORMS: dict[tuple[str, ...], frozenset[str]] = {}
for _line in _FORMS_TEXT.strip().splitlines():
    for _entry in _line.split(";"):
        _words = _entry.split()
        _FORMS[tuple(w for w in _words if w.islower())] = frozenset(w for w in _words if w.isupper()) - {"EU"}
_LONGEST_FORM = max(len(form) for form in _FORMS)

_SMALL = frozenset({"the", "and", "of", "for", "a", "an", "und", "et", "y", "de", "der", "die", "das", "la", "le"})


def key_of(name: str) -> str:
    """Return the name as look-ups share it: folded, in lower case, legal form kept; empty for no name."""
    return fold(unicodedata.normalize("NFKC", name).casefold())[:LONGEST_NAME].strip()


def words_of(name: str) -> list[str]:
    """Return the words in lower case without accents; "&" is "and", "A.B." is "ab"."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("&", " and ").replace("+", " and "))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"(?<=\w)[.'’](?=\w)|(?<=\w)\.(?!\w)", "", text).replace("a/s", "as")
    return re.sub(r"[\W_]+", " ", text).split()


def form_of(name: str) -> frozenset[str]:
    """Return the countries whose law has the legal form at the end of a name; empty where it has none."""
    words = words_of(name)
    countries: frozenset[str] = frozenset()
    while len(words) > 1:
        size = _form_length(words)
        if not size:
            break
        countries = countries or _FORMS[tuple(words[-size:])]
        words = words[:-size]
    return countries


def bare(name: str) -> list[str]:
    """Return the words of a name without legal forms at its end and without small words; never empty for a name."""
    words = words_of(name)
    while len(words) > 1 and (size := _form_length(words)) and size < len(words):
        words = words[:-size]
    kept = [word for word in words if word not in _SMALL]
    return kept or words


def _form_length(words: list[str]) -> int:
    for size in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        if tuple(words[-size:]) in _FORMS:
            return size
    return 0


def similarity(one: str, other: str) -> float:
    """Return 0 to 100: how alike two names are without their legal forms.

    100 where they differ in spacing and punctuation alone. Every word must have its like in the other name, and
    names of up to six letters must be equal: "Freight" is not "Fright", and "Acme Robotics" not "Acme".
    """
    first, second = bare(one), bare(other)
    compact, against = "".join(first), "".join(second)
    if not compact or not against:
        return 0.0
    if compact == against:
        return 100.0
    if len(first) != len(second) or len(compact) <= _EXACT_UP_TO:
        return 0.0
    if not all(any(_alike(word, like) for like in second) for word in first):
        return 0.0
    return fuzz.token_sort_ratio(" ".join(first), " ".join(second))


def _alike(word: str, other: str) -> bool:
    return (
        word in (f"{other}s", f"{other}es")
        or other in (f"{word}s", f"{word}es")
        or fuzz.ratio(word, other) >= _SAME_WORD
    )


def too_common(name: str) -> bool:
    """Return whether a domain must not be guessed: every word is one that many companies bear, or it is very short."""
    words = bare(name)
    return len("".join(words)) < 4 or all(word in COMMON or word.isdigit() for word in words)


def spellings(name: str) -> list[str]:
    """Return the name as a host's label: run together, then with hyphens where it has several words.

    Without its legal form; a word such as "Group" at its end is kept first, then left out.
    """
    found: dict[str, None] = {}
    for words in (_with_group(name), bare(name)):
        if words and all(word.isascii() for word in words):
            found |= dict.fromkeys(["".join(words), "-".join(words)])
    return [spelling for spelling in found if len(spelling) <= 63]


def _with_group(name: str) -> list[str]:
    words = [word for word in words_of(name) if word not in _SMALL]
    while len(words) > 1 and (size := _form_length(words)) and _FORMS[tuple(words[-size:])]:
        words = words[:-size]
    return words


def host_words(name: str) -> frozenset[str]:
    """Return the name run together as a host may spell it, with and without a word such as "Group" at its end."""
    return frozenset({"".join(bare(name)), "".join(_with_group(name))})
