"""Facts: what a page says of its company, as clauses that fit into a message."""

import re
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from overture.composition.grammar import cuts, ends_badly
from overture.composition.lists import count_phrases, item_lists
from overture.composition.patterns import why_refused, without_praise
from overture.composition.person import Voice, audience_of, shift
from overture.composition.sentences import Page, Parsed, Shape, parse
from overture.composition.topics import products_of, topic_phrases
from overture.composition.wordlist import listed
from overture.composition.words import content_stems
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


@lru_cache(maxsize=4096)
def _facts(key: _Key) -> tuple[Fact, ...]:
    source = key.source
    whole = " ".join(item.text for item in source.evidence)
    audience = audience_of(whole)
    page = Page(aliases(source, key.name), products_of(source), whole, key.sender)
    found: dict[str, Fact] = {}
    before = ""
    for item in source.evidence:
        if item.kind in _READ and not _OTHER_VOICES.search(item.section):
            parsed = parse(item.text, page, before)
            fact = _fact(parsed, item, audience, sender=key.sender) if parsed else None
            if fact is not None:
                found.setdefault(fact.forms[-1].you.lower(), fact)
            before = item.text if parsed or not key.sender else ""
    if not key.sender:
        for evidence, phrase in (
            *item_lists(source, whole),
            *count_phrases(source),
            *topic_phrases(source, whole, page.names),
        ):
            stems = content_stems(phrase)
            form = Form(phrase, phrase, phrase)
            found.setdefault(phrase.lower(), Fact(FactKind.NOUN, evidence, (form,), _noun_score(phrase), stems))
    ranked = sorted(found.values(), key=lambda fact: (-fact.score, fact.evidence[0].position, fact.evidence[0].id))
    return tuple(ranked[:40])


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
    return tuple(sorted((alias for alias in known if len(alias) > 1), key=len, reverse=True))


def _fact(parsed: Parsed, item: Evidence, audience: str, *, sender: bool) -> Fact | None:
    forms: list[Form] = []
    for rest in (*cuts(parsed.rest), *_shorter(parsed)):
        form = _form(parsed, rest, audience, sender=sender)
        if form is not None and form not in forms:
            forms.append(form)
    if not forms:
        return None
    kind = FactKind.DOES if parsed.shape is Shape.DOES else FactKind.STATES
    text = forms[0].you or forms[0].it
    score = _score(text, item) + (0.6 if kind is FactKind.DOES else 0.0)
    if score < (0.5 if sender else 0.9):
        return None
    return Fact(kind, (item,), tuple(forms), score, content_stems(text))


_GIVES = frozenset(
    listed("provide offer deliver use build create design develop supply combine give gives provides offers are is")
)
_PURPOSE = re.compile(r" (?:to (?!\w+s\b)[a-z]+[ ,]|that |which |who ).*$")


def _shorter(parsed: Parsed) -> list[str]:
    """Return forms without a purpose, a relative clause or a last phrase of place or means."""
    found: list[str] = []
    shortest = cuts(parsed.rest)[-1]
    if (parsed.base or parsed.third) in _GIVES:
        found.append(_PURPOSE.sub("", shortest))
    last = re.match(
        r"^(.*\w) (?:throughout|across|through|within|using|via|in|by|from|without) [^,]+$",
        found[-1] if found else shortest,
    )
    if (
        last
        and len(content_stems(last.group(1)) - _GENERIC) > 2
        and len(shortest) > 60
        and not re.search(r"(?:ed|able|ing|\bnot)$", last.group(1))
    ):
        found.append(last.group(1))
    return [text for text in found if text != parsed.rest and len(text) > 15]


def _form(parsed: Parsed, rest: str, audience: str, *, sender: bool) -> Form | None:
    plain = without_praise(re.sub(r" ?\([^()]*\)", "", rest))
    plain = plain.strip(" ,")
    subject = without_praise(parsed.subject)
    subject = audience if subject == "customers" else subject
    said = f"{subject} {parsed.base or parsed.third} {plain}".strip()
    if not sender and (
        _is_headline(plain) or (plain.count(",") > 1 and not re.search(r" (?:and|or|including|such as) ", plain))
    ):
        return None
    if (
        why_refused(said, sender=sender)
        or ends_badly(plain)
        or len(content_stems(plain) - _GENERIC) < (1 if sender or re.search(r"\d{2}", plain) else 2)
        or len(said) > 230
    ):
        return None
    if re.search(r"(?:^| )[b-hj-z](?: |$)| ,|\( | \)|\w\.\w", plain):
        return None
    if parsed.shape is Shape.DOES:
        you = _joined(parsed.base, shift(plain, Voice.TO_LEAD, audience))
        own = _joined(parsed.base, shift(plain, Voice.OWN, audience))
        you = "" if parsed.base == "are" else you
        it = _joined(parsed.third, shift(plain, Voice.ABOUT, audience)) if parsed.third else ""
        return Form(you, it, own) if you or it else None
    clause = f"{subject} {parsed.base} {plain}"
    you = shift(clause, Voice.TO_LEAD, audience) or ""
    own = shift(clause, Voice.OWN, audience) or ""
    it = own if not re.search(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b", own) else ""
    return Form(you, it, own) if you else None


def _is_headline(text: str) -> bool:
    words = [word for word in text.split() if len(word) > 3]
    return len(words) > 1 and sum(word[0].isupper() for word in words) / len(words) > 0.8


def _joined(verb: str, rest: str | None) -> str:
    return f"{verb} {rest}" if verb and rest else ""


_GENERIC = content_stems(
    "solution service need business quality help range variety customer client experience way process value support "
    "provide "
    "offer company team product professional expert technology work people world industry goal market create deliver "
    "strategy innovation growth improve make use best right full wide complete custom tailored approach time result "
    "level "
    "ensure meet specific project organization available information include various different new project provider "
    "partner "
    "understand opportunity challenge benefit leverage insight decision digital performance future asset lasting "
    "impact drive strategic "
    "turn path sustainable deep experience value clear outcome advanced efficient several tool suite platform app "
    "feature set option type kind many multiple list modern real"
    "  visibility flexible expertise issue level"
)
_NAMED = re.compile(r"(?<=[a-z,] )[A-Z][\w&+.-]+")


def _score(text: str, item: Evidence) -> float:
    stems = content_stems(text)
    special = len(stems - _GENERIC)
    score = min(special, 8) * 0.3 - len(stems & _GENERIC) * 0.12
    score += 0.6 if re.search(r"\d", text) else 0.0
    score += min(len(_NAMED.findall(text)), 3) * 0.25
    score += 0.4 if re.search(r"\w+, [\w -]+ and ", text) else 0.0
    score -= max(0, len(text) - 130) * 0.012
    score += 0.3 if item.kind in {EvidenceKind.META, EvidenceKind.STRUCTURED} else 0.0
    score -= 0.3 if re.search(r"\bcan\b", text) else 0.0
    score -= 0.5 if text.startswith("customers can") else 0.0
    return score - min(item.position, 300) * 0.001


def _noun_score(phrase: str) -> float:
    stems = content_stems(phrase)
    return 0.5 + min(len(stems - _GENERIC), 6) * 0.12 - len(stems & _GENERIC) * 0.1
