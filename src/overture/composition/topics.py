"""What a page is about, by its title and headings: noun phrases, as it names them."""

import re

from overture.composition.anycase import AnyCase
from overture.composition.grammar import join
from overture.composition.patterns import why_refused, without_praise
from overture.composition.verbs import base_of_third, is_base
from overture.composition.wordlist import listed
from overture.composition.words import content_stems
from overture.domain.evidence import Evidence, EvidenceKind, Source

_PARTS = re.compile(r"\s+[|–—·•»-]\s+|\s*\|\s*|: ")
_EMPTY = re.compile(
    r"(?i)^(?:home|homepage|welcome|overview|features?|benefits|pricing|plans?|about|faqs?|resources?|contact|blog|"
    r"news|careers?|"
    r"products?|services?|solutions?|industries|company|support|details?|description|introduction|summary|events?|"
    r"partners?|"
    r"locations?|general information|our .*|your .*|why .*|how .*|what .*|who .*|when .*|where .*|is .*|are .*|can "
    r".*|do .*|related .*|"
    r"more .*|all .*|not .*|step .*|meet .*|quick .*|table of .*|key .*|recent .*|latest .*|popular .*|useful .*|"
    r"in[- ]page.*|"
    r"navigation|menu|search|legal|share .*|language.*|follow .*|footer|newsletter|testimonials?|reviews?|loading.*|"
    r"error.*|page .*|"
    r"additional .*|other .*|explore .*|top .*|frequently .*|customer stories|case stud.*|try .*|sign .*|log .*|get "
    r".*|join .*|ready .*|"
    r"start .*|let.*|no .*|every.*|it.*|on .*|in .*|for .*|to .*|with .*|from .*|by .*|the .*|an? .*|and .*|or .*|as "
    r".*|at .*|up .*)$"
)
_PHRASE = re.compile(r"^[A-Z][A-Za-z0-9'’/-]*(?:,? (?:&|and|for|of|[A-Za-z0-9][\w'’/-]*)){0,5}$")
_BAD = AnyCase(
    r"\b(?:is|are|was|we|you|your|our|us|my|i|that|this|can|will|makes?|made|has|have|\d{4}|near me|hiring|apply|"
    r"free|"
    r"online now|program details|q&a|page|website|official|login|name|address|email|phone|information|details|form|"
    r"browse|glance|savings|certification|thank|cookies?|accepting|using|solving|greater|understand\w*|password|"
    r"country|options?|just|need|with|to|path|com|company|companies|experts?|professionals|best|cost|faqs?|"
    r"definitions|specials)\b"
)
ING_NOUNS = frozenset(
    listed(
        "marketing consulting training engineering accounting testing hosting billing staffing recruiting messaging "
        "manufacturing moving plumbing heating cooling roofing flooring painting cleaning banking shipping "
        "purchasing housing nursing funding online catering landscaping publishing printing packaging branding "
        "advertising scheduling reporting modelling modeling learning coaching tutoring mentoring writing editing "
        "welding "
        "fencing paving decking glazing tiling gardening farming brewing baking dining clothing bedding lighting "
        "wiring "
        "licensing leasing lending banking investing invoicing bookkeeping processing planning pricing nursing "
        "counselling "
        "counseling programming networking monitoring mapping screening sourcing outsourcing onboarding branding "
        "storytelling "
        "copywriting videography ticketing booking fundraising warehousing freight recycling dredging surveying"
    )
)
NOT_FIRST = frozenset(
    listed(
        "of for in on at by to with from and or but as stop go do put avoid boost say think imagine enjoy discover "
        "explore "
        "beat skip meet ask talk call save grow gain achieve become keep stay feel reach win simply never always only "
        "same "
        "each every any some both such if so then"
    )
)
_ENDS = re.compile(
    r"(?:[^s]s|ment|tion|ance|ence|ware|ing|design|support|education|care|rental|repair|research|control|hosting|"
    r"security|access|"
    r"equipment|healthcare|commerce|payroll|storage|delivery|installation|law|art|tv|music|intelligence|seo|hr|it)$"
)
_SMALL = frozenset({"and", "for", "of", "in", "the", "to", "with", "&"})

Found = list[tuple[tuple[Evidence, ...], str]]


def products_of(source: Source) -> tuple[str, ...]:
    """Return the capitalised names in the title that the page itself begins sentences with."""
    titles = [item.text for item in source.evidence if item.kind is EvidenceKind.TITLE] or [source.title]
    names = {part.strip() for text in titles for part in _PARTS.split(text) if part.strip()}
    return tuple(sorted((name for name in names if _is_product(name)), key=len, reverse=True))


def _is_product(name: str) -> bool:
    words = name.split()
    return len(words) <= 3 and all(word[:1].isupper() for word in words) and len(name) > 3


def topic_phrases(source: Source, small: frozenset[str], names: tuple[str, ...]) -> Found:
    """Return three of the headings' topics as a phrase a site 'names'."""
    found: Found = []
    heads: dict[str, Evidence] = {}
    for item in source.evidence:
        if item.kind is EvidenceKind.HEADING and len(item.text) <= 40 and " " in item.text:
            phrase = _phrase(item.text, small, names)
            if phrase and len(phrase.split()) <= 3 and not _SMALL & set(phrase.split()):
                heads.setdefault(phrase, item)
    picked = list(heads.items())
    for start in range(0, min(len(picked) - 2, 4), 3):
        trio = picked[start : start + 3]
        found.append(
            (
                tuple(item for _, item in trio),
                join(
                    [
                        phrase if all(low == low.lower() or _stays(low.split()[0]) for low, _ in trio) else item.text
                        for phrase, item in trio
                    ]
                ),
            )
        )
    return found


def _phrase(text: str, small: frozenset[str], names: tuple[str, ...]) -> str:
    if _EMPTY.match(text) or _BAD.search(text):
        return ""
    plain = without_praise(text.strip().rstrip(".:")).replace(" & ", " and ")
    words = plain.split()
    if not _PHRASE.match(plain) or len(words) > 7:
        return ""
    if any(name.lower() in plain.lower() for name in names) or len(content_stems(plain)) < 2:
        return ""
    if (
        is_base(words[0]) and words[0] not in {"Process", "Project", "Content", "Data", "Design", "Team"}
    ) or base_of_third(words[-1]) == "get":
        return ""
    if not _ENDS.search(words[-1].lower()) or (
        re.match(r"[A-Z]\w+ing$", words[0]) and words[0].lower() not in ING_NOUNS
    ):
        return ""
    if any(len(word) > 5 and word.isupper() for word in words):
        return ""
    said = [word if _stays(word) else word.lower() for word in words]
    known = all(_stays(word) or word.lower() in _SMALL or word.lower() in small for word in words)
    return " ".join(said) if known and not why_refused(plain) else ""


def _stays(word: str) -> bool:
    return sum(letter.isupper() for letter in word) > 1 or any(letter.isdigit() for letter in word)


def is_plural_or_mass(phrase: str) -> bool:
    """Whether a noun phrase stands without an article: 'pet plans', 'text messaging'."""
    return _ENDS.search(phrase.rsplit(" ", 1)[-1].lower()) is not None
