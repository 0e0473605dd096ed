"""Counted things: '300+ locations worldwide', 'two 17-week terms', '46 markets'."""

import re

from overture.composition.anycase import AnyCase
from overture.composition.patterns import why_refused, without_praise
from overture.composition.specificity import specificity
from overture.composition.verbs import is_base
from overture.composition.wordlist import listed
from overture.composition.words import content_stems
from overture.domain.evidence import Evidence, EvidenceKind, Source

Found = list[tuple[tuple[Evidence, ...], str]]

_NUMBER = (
    r"(?:(?:[Oo]ver|[Mm]ore than|[Nn]early|[Aa]lmost|[Aa]bout) )?\d(?:[\d,]*\d)?(?:\.\d+)?(?:\+|k\+?|K\+?|M\+?|"
    r" million\+?|"
    r" billion\+?)?|"
    r"[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Tt]welve"
)
_COUNTED = re.compile(rf"(?<![\w$€£.,:/#+-])(?P<number>{_NUMBER})(?P<rest>(?: (?:[A-Za-z][\w'’/-]*|\d+-[a-z]+))+)")
_STOPS = frozenset(
    listed(
        "and or of in to for with at on by from as is are was were be been that which who when where while than the a "
        "an "
        "your our their its this these those you we they it so but if not can will has have had per across worldwide "
        "including into about after before each every more less other different new great key simple easy ways"
    )
)
_NO_COUNT = frozenset(
    listed(
        "minutes minute hours hour days day weeks week months month years year seconds times percent steps ways "
        "reasons "
        "tips points things stars reviews ratings dollars pounds euros calories questions results comments shares "
        "likes "
        "views followers votes items pages examples mistakes benefits parts quarters customers companies businesses "
        "users "
        "clients people teams brands developers members students professionals organizations organisations enterprises "
        "families kids children men women adults persons cents miles seats lives others options types kinds "
        "characters words credits left ago am pm st nd rd th suite street ave road inches feet lbs kg mm cm mb gb tb "
        "mins milliseconds man-hours visitors employees marketers decision-makers grads graduates subscribers todos "
        "awards attacks "
        "tasks commits applications interviews expenses areas units acres recruiters sessions freelancers patients "
        "partners "
        "contacts workforces trends owners conditions gallery posts articles leads meetings sales hits goals stages "
        "phases "
        "levels factors"
    )
)
_DIGIT = re.compile(r"\d")
_WRITTEN = tuple(f"{word} " for word in listed("wo hree our ive ix even ight ine en welve"))
_MEASURED = re.compile(
    r"^ (?:per|a|each|every) (?:day|week|month|year|term|semester)\b|^ (?:worldwide|nationwide|globally)\b"
)
_YEARS = re.compile(
    r"(?<![\w$€£.,:/-])((?:over |more than |nearly )?\d{2,3}\+?) years['’]? of (?:combined |collective |"
    r"industry )?experience "
    r"in ((?:[a-z][\w-]+ ?(?:and )?){1,5})(?=[,.;]|$)"
)
_NAME_BEFORE = re.compile(
    r"(?:[a-z,] [A-Z][\w-]*|\b[A-Z]{2,}|[Ll]ayer|[Ll]evel|[Tt]ype|[Vv]ersion|[Tt]itle|[Gg]rade|[Pp]hase) $"
)
_PLACED = re.compile(r"(?i)\b(?:in|across|throughout|over) $")
_EMPTY = frozenset(listed("main primary strategic critical key core common important major simple basic"))
_EXAMPLE = AnyCase(
    r"\b(?:e\.g|for example|based on|sample|survey|percent|could|would|imagine|if you|save|cost)\b|\bits\b|%|free\b"
)
_NOT_OWN = re.compile(r"[“”\"?]|\b(?:I|my|me|us)\b|@|https?:|\b(?:ago|step|chapter|version|copyright)\b")
_REACHES = frozenset(listed("access get choose connect integrate deploy switch accept browse sell send ship"))
_MOST = 6


def count_phrases(source: Source) -> Found:
    """Return short phrases that count something a company has; never prices, times, results or its customers."""
    found: dict[str, tuple[Evidence, ...]] = {}
    heads: dict[str, int] = {}
    for item in source.evidence:
        if item.kind in {EvidenceKind.TITLE, EvidenceKind.JOB} or len(item.text) > 320:
            continue
        for phrase in _in_text(item.text):
            head = phrase.rsplit(" ", 1)[-1].lower()
            heads[head] = heads.get(head, 0) + 1
            if heads[head] <= 2:
                found.setdefault(phrase, (item,))
    kept = [(evidence, phrase) for phrase, evidence in found.items() if heads[phrase.rsplit(" ", 1)[-1].lower()] < 4]
    return kept[:_MOST]


def _has_number(text: str) -> bool:
    """A cheap look first: most sentences hold no number."""
    return _DIGIT.search(text) is not None or any(end in text for end in _WRITTEN)


def _in_text(text: str) -> list[str]:
    if not _has_number(text) or _NOT_OWN.search(text):
        return []
    first = text.split(" ", 1)[0].lower()
    if first in {"read", "write", "its"} or (is_base(first) and first not in _REACHES) or _EXAMPLE.search(text):
        return []
    found = [f"{years[1]} years of experience in {years[2].strip()}" for years in _YEARS.finditer(text)]
    for match in _COUNTED.finditer(text):
        phrase = _phrase(match["number"], match["rest"], text[: match.start()], text[match.end() :])
        if phrase:
            found.append(phrase)
    return found


def _phrase(number: str, rest: str, before: str, behind: str) -> str:
    words: list[str] = []
    for word in rest.split():
        low = word.lower()
        if low in _STOPS or (words and _is_plural(words[-1]) and not (word[0].isupper() and words[-1][0].isupper())):
            break
        words.append(word)
    if not words or len(words) > 4 or not _is_counted(number, words, before):
        return ""
    if any(len(word) > 3 and word.isupper() for word in words) or any(
        word.endswith(("ed", "ly")) for word in words[-1:]
    ):
        return ""
    whole = rest[: rest.find(words[-1]) + len(words[-1])]
    tail = _MEASURED.match(rest[len(whole) :] + behind)
    if number.endswith("+"):
        number = number.rsplit(" ", 1)[-1]
    small = [word if _keeps(word) else word.lower() for word in words]
    phrase = without_praise(f"{number[:1].lower()}{number[1:]} {' '.join(small)}") + (tail.group() if tail else "")
    told = specificity(phrase)
    return "" if why_refused(phrase) or told < 1.3 or not content_stems(" ".join(small)) else phrase


def _is_counted(number: str, words: list[str], before: str) -> bool:
    head = words[-1].lower()
    if not _is_plural(words[-1]) or any(word.lower() in _NO_COUNT for word in words):
        return False
    if any(is_base(word) and word.islower() and len(words) == 1 for word in words) or head == "provides":
        return False
    if _NAME_BEFORE.search(before) and "+" not in number:
        return False
    digits = re.sub(r"\D", "", number)
    if not digits:
        if any(word.lower() in _EMPTY for word in words):
            return False
        return len(words) > 1 and not re.search(r"(?:one|any|all|the|these|those|last|first|next|or|to|of)\s*$", before)
    if len(digits) == 4 and digits[:2] in {"19", "20"} and "," not in number and "+" not in number:
        return False
    if number.isdigit() and (
        int(number) < 10 or (int(number) < 100 and len(words) < 2 and not _PLACED.search(before)) or len(number) > 4
    ):
        return False
    return not re.search(
        r"(?:\bup to|\bto|[-–—/x]|\btop|\bfirst|\blast|\bnext|\bpast|\bunder|\bsave|\bstep|\bgrades?|\bages?)\s*$",
        before,
        re.IGNORECASE,
    )


def _is_plural(word: str) -> bool:
    return re.search(r"(?:[^s'’iu]s|CRMs|ies)$", word) is not None


def _keeps(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:]) or any(letter.isdigit() for letter in word)
