"""Facts: what a page says of its company, as clauses that fit into a message."""

import re
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache

from overture.composition.addressed import is_product
from overture.composition.clauses import clause, versions
from overture.composition.counts import count_phrases
from overture.composition.lists import item_lists, labelled
from overture.composition.parsed import Page, Parsed, Shape
from overture.composition.patterns import is_tainted
from overture.composition.person import audience_of
from overture.composition.phrases import phrases
from overture.composition.sentences import parse
from overture.composition.specificity import COMMON, specificity
from overture.composition.topics import products_of, topic_phrases
from overture.composition.words import Vocabulary, content_stems
from overture.domain.evidence import Evidence, EvidenceKind, Source


class FactKind(Enum):
    """What a fact is made of."""

    DOES = "does"
    """The company does something: a verb phrase that takes 'you' or the company's name."""
    STATES = "states"
    """A sentence with a subject of its own."""
    NOUN = "noun"
    """Things that are named: a list of services, a counted noun."""


@dataclass(frozen=True, slots=True)
class Form:
    """One length of a fact. Empty strings where a form cannot be made.

    DOES: ``you`` follows 'you', ``it`` follows the company's name, ``we`` follows 'we'.
    STATES: ``you`` is the whole clause for the lead, ``it`` and ``we`` the whole clause for the sender.
    NOUN: all three are the phrase.
    """

    you: str
    it: str
    we: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim that a page supports, in all its forms, longest first."""

    kind: FactKind
    evidence: tuple[Evidence, ...]
    forms: tuple[Form, ...]
    score: float
    stems: frozenset[str]
    specificity: float = 0.0
    """How much it tells of this company rather than of any: 3 and more is concrete (see ``specificity``)."""


@dataclass(frozen=True, slots=True)
class _Key:
    version: str
    url: str
    name: str
    sender: bool
    source: Source = field(compare=False)


def facts_of(source: Source, name: str, *, sender: bool = False) -> tuple[Fact, ...]:
    """Return the usable facts of a site, best first; cached by the source's version.

    ``name`` is the company as the caller names it. ``sender`` allows what a sender may say of itself.
    """
    return _facts(_Key(source.version, source.url, name, sender, source))


_READ = frozenset(
    {EvidenceKind.META, EvidenceKind.HEADING, EvidenceKind.PARAGRAPH, EvidenceKind.ITEM, EvidenceKind.STRUCTURED}
)
_OTHER_VOICES = re.compile(
    r"(?i)testimonial|review|what .* say|customer stor|hear from|success stor|you(?:'ll|’ll| will) learn|objectives|"
    r"outcomes"
)


_STRONG = 1.5
"""The least specificity of a fact where the site has enough of them."""
_ENOUGH = 3
_MOST = 40
_COMPANY = re.compile(
    r"an? (?:[\w&/-]+ ){1,5}(?:company|firm|agency|studio|consultancy|manufacturer|supplier|retailer|wholesaler|"
    r"distributor|"
    r"marketplace|brewery|bakery|restaurant|hotel|association|charity|nonprofit|practice)(?: (?:for|in|of|to) .*)?$"
)
"""A headline that says what the company is."""
_PART = 0.55
"""A shorter form tells at least this part of what the longest does."""
_TELLS = 2.0
"""... and no more than this is asked of it."""
_FITS_NOTE = 105
_DENSE = 130
"""A fact is ranked by what it tells within this length."""
_FEW_WORDS = 40
_SAME = 0.7
"""Two facts are one where they share this part of the shorter one's stems."""


@lru_cache(maxsize=4096)
def _facts(key: _Key) -> tuple[Fact, ...]:
    whole = " ".join(item.text for item in key.source.evidence)
    vocabulary = Vocabulary.of(whole)
    source = key.source if _is_english(key.source, vocabulary) else _described_in_english(key.source)
    small, names = vocabulary.small, aliases(source, key.name)
    page = Page(names, products_of(source), small, key.sender, is_product(vocabulary.counts))
    found = _clauses(source, page, audience_of(vocabulary.counts))
    if not key.sender and source is key.source:
        named = (
            *item_lists(source, small),
            *labelled(source, small),
            *count_phrases(source),
            *phrases(source, small, names),
            *topic_phrases(source, small, names),
        )
        for evidence, phrase in named:
            if not any(is_tainted(item.text) for item in evidence):
                found.setdefault(phrase.lower(), _noun(phrase, evidence))
    ranked = _distinct(
        sorted(found.values(), key=lambda fact: (-fact.score, fact.evidence[0].position, fact.evidence[0].id))
    )
    strong = [fact for fact in ranked if key.sender or fact.specificity >= _STRONG]
    return tuple((strong if len(strong) >= _ENOUGH else ranked)[:_MOST])


def _is_english(source: Source, vocabulary: Vocabulary) -> bool:
    """Whether the page is read as English: a stated language shifts what its words must show."""
    if vocabulary.counts.total() < _FEW_WORDS and source.language in {"", "en"}:
        return True
    return vocabulary.english >= {"en": 0.02, "": 0.05}.get(source.language, 0.12)


def _described_in_english(source: Source) -> Source:
    """A page in another language is read by what its head and its structured data say of it in English."""
    kinds = {EvidenceKind.META, EvidenceKind.STRUCTURED}
    kept = tuple(item for item in source.evidence if item.kind in kinds and Vocabulary.of(item.text).english > 0.08)
    return replace(source, evidence=kept)


def _clauses(source: Source, page: Page, audience: str) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    before = ""
    others = {section for section in {item.section for item in source.evidence} if _OTHER_VOICES.search(section)}
    for item in source.evidence:
        if item.kind in _READ and item.section not in others:
            parsed = parse(item.text, page, before)
            fact = _fact(parsed, item, audience, sender=page.sender) if parsed else None
            if fact is not None:
                found.setdefault(fact.forms[-1].you.lower(), fact)
            before = item.text if parsed or not page.sender else ""
    return found


def _noun(phrase: str, evidence: tuple[Evidence, ...]) -> Fact:
    told = specificity(phrase)
    if _COMPANY.match(phrase):
        form = Form("", f"is {phrase}", f"are {phrase}")
        return Fact(FactKind.DOES, evidence, (form,), min(told, 6.0) * 0.3, content_stems(phrase), told)
    score = 0.3 + min(told, 6.0) * 0.2
    return Fact(FactKind.NOUN, evidence, (Form(phrase, phrase, phrase),), score, content_stems(phrase), told)


def _distinct(ranked: list[Fact]) -> list[Fact]:
    """Keep one of each group of facts that say nearly the same."""
    kept: list[Fact] = []
    for fact in ranked:
        special = fact.stems - COMMON
        if not any(_near(special, other.stems - COMMON) for other in kept):
            kept.append(fact)
    return kept


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    least = min(len(one), len(other))
    return least > 0 and len(one & other) / least >= _SAME


def aliases(source: Source, name: str) -> tuple[str, ...]:
    """Return the names by which a site's sentences may speak of the company."""
    bare = re.sub(
        r",? (?:inc|llc|ltd|gmbh|corp|co|plc|ag|sa|bv|limited|corporation)\.?$", "", name, flags=re.IGNORECASE
    )
    host = re.sub(r"^www\.", "", re.sub(r"^https?://", "", source.final_url).split("/", 1)[0])
    label = host.split(".")[-2] if host.count(".") else host
    known = {name, bare}
    site = source.site_name.strip()
    squeezed = re.sub(r"\W", "", site).lower()
    if site and len(site) < 40 and (squeezed in label or label in squeezed):
        known.add(site)
    first = bare.split(" ", 1)[0]
    if " " in bare and len(first) > 4 and first[0].isupper():
        known.add(first)
    if bare.count(" ") > 1 and all(word[:1].isupper() for word in bare.split()[:2]):
        known.add(" ".join(bare.split()[:2]))
    return tuple(sorted((alias for alias in known if len(alias) > 1), key=len, reverse=True))


def _fact(parsed: Parsed, item: Evidence, audience: str, *, sender: bool) -> Fact | None:
    forms: list[Form] = []
    for rest in versions(parsed):
        found = clause(parsed, rest, audience, sender=sender)
        form = Form(*found) if found else None
        if form is not None and form not in forms:
            forms.append(form)
    if not forms or is_tainted(item.text):
        return None
    forms.sort(key=lambda form: -len(form.you or form.it))
    forms = _telling(forms)
    kind = FactKind.DOES if parsed.shape is Shape.DOES else FactKind.STATES
    text = next(
        (said for said in (form.you or form.it for form in forms) if len(said) <= _DENSE), forms[-1].you or forms[-1].it
    )
    whole = forms[0].you or forms[0].it
    score = _score(text, item) + (0.6 if kind is FactKind.DOES else 0.0)
    if score < (0.3 if sender else 0.1):
        return None
    return Fact(kind, (item,), tuple(forms), score, content_stems(whole), specificity(text))


def _telling(forms: list[Form]) -> list[Form]:
    """Leave out forms that say much less than the longest, as long as one remains that fits a note."""
    told = [specificity(form.you or form.it) for form in forms]
    least = max(_STRONG, min(_PART * told[0], _TELLS))
    kept = [form for form, worth in zip(forms, told, strict=True) if worth >= least] or forms[:1]
    longest = kept[0].you or kept[0].it
    if len(longest) <= _DENSE and re.search(r"\d", longest):
        kept = [form for form in kept if re.search(r"\d", form.you or form.it)]
    if len(kept[-1].you or kept[-1].it) > _FITS_NOTE:
        kept += [form for form in forms if form not in kept and len(form.you or form.it) <= _FITS_NOTE][:1]
    return kept


def _score(text: str, item: Evidence) -> float:
    score = min(specificity(text), 10.0) * 0.5
    score += 0.3 if re.search(r"\w+, [\w -]+ and ", text) else 0.0
    score -= max(0, len(text) - 130) * 0.012
    score += 0.3 if item.kind in {EvidenceKind.META, EvidenceKind.STRUCTURED} else 0.0
    score -= 0.3 if re.search(r"\bcan\b", text) else 0.0
    score -= 0.3 if re.match(r"\w+ can ", text) else 0.0
    return score - min(item.position, 300) * 0.001
