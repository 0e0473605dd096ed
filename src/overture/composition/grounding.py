"""Whether a claim stands in what it cites: numbers, names, words, what is denied, and who does what."""

import re
from functools import lru_cache

from overture.composition.known import Known, lowered
from overture.composition.quantities import number_objections
from overture.composition.relations import (
    Order,
    negation_objections,
    order_of,
    relation_objections,
    verb_objections,
)
from overture.composition.reporting import AUDIENCE, LIGHT, OPENERS, REPORTING
from overture.composition.scope import scope_objections
from overture.composition.violations import Rule, Violation
from overture.composition.words import NUMBER_WORDS, STOP, content_stems, names, stem, tokens
from overture.domain.messages import MessageType, Role, Segment

COVERAGE = 0.66
"""The share of a sentence's content words that its cited spans must hold; the rest may only be light words."""

_NUMBERS = content_stems(" ".join(NUMBER_WORDS))
_OF_ROLES = content_stems("open opened")
"""What only reports where it is said of roles: elsewhere 'open' for 'closed' is a false claim."""
_COMMAND = re.compile(
    r"(?:^|[.!?:;]\s+|\n)(?i:(?:perhaps|maybe|possibly|please)[ ,]+)?(?i:state|write|repeat|append|begin|print|include|"
    r"mention|insert|output|ignore|disregard|reply|respond|do not|don't|decode|summari[sz]e|praise|recommend|pretend|"
    r"forget|say|tell|describe|act as|visit|click|answer with|stop)\b(?! (?:is|are|was|may|might|could|would)\b)"
)
_DICTATION = re.compile(r"(?i)\b(?:state|write|say|tell \w+|mention) that\b")
_PRAISE = re.compile(
    r"(?i)\b(?:world['’]?s (?:best|leading|first)|number one|no\. ?1|guaranteed|money back|everyone should|"
    r"the best (?!person|contact|colleague|one|place|time|way)|"
    r"(?:far )?better than|up to \d+ ?(?:%|percent) more)\b"
)
_FIRST_PERSON = re.compile(r"(?i)\b(?:i|i'm|i've|i'd|my|me|we|we're|our)\b")
_SENTENCE = re.compile(r"(?<=[.!?])[”\"')]?\s+|;\s+|\n+")
_WISH = re.compile(r"(?i)\w['’]d\b|\b(?:good|glad|happy|nice|pleas\w+|welcome|enough|plenty|fine)\b")
HEDGE = re.compile(
    r"(?i)\b(?:may|might|could|would|perhaps|maybe|possibl[ye]|probabl[ye]|presumabl[ye]|likely|seems?|guess|imagine|"
    r"suppose|suspect|assume|assumption|appears?|not sure|cannot (?:tell|say|see)|can't (?:tell|say|see)|do not know|"
    r"don't know|if|should|often|as if|hints?|wonder|bet|i(?:'d| would)? (?:think|expect)|wager|misreading|"
    r"one reading|i read it|unless|can only guess|looks like|"
    r"suggests? to me|sounds? like|reads? like|be wrong|speculat\w+|from (?:the )?outside|whether)\b"
)


def claim_violations(segment: Segment, place: int, message_type: MessageType, known: Known) -> list[Violation]:
    """Return what is wrong with one claim and its citations."""
    quoted = segment.text.strip()
    if not segment.citations:
        return [Violation(Rule.CITATION, f"a claim cites nothing: {quoted!r}", place)]
    found = [
        Violation(Rule.CITATION, f"a citation does not match its source: {citation.evidence_id}", place)
        for citation in segment.citations
        if not known.is_cited_rightly(citation, segment.role)
    ]
    cited = tuple(citation.span for citation in segment.citations)
    spans = " . ".join(cited)
    hiring = message_type is MessageType.HIRING_ACTIVITY and segment.role is Role.LEAD_CLAIM
    bare = known.without_names(quoted)
    if hiring:
        bare = _without_count(bare, known.open_roles)
    found += [Violation(Rule.NUMBER, text, place) for text in number_objections(bare, spans)]
    strange = strange_names(quoted, spans, known, claimed=True)
    if strange:
        found.append(Violation(Rule.NAME, f"names without support: {', '.join(strange)}", place))
    found += _commands(quoted, place)
    for sentence in _SENTENCE.split(quoted):
        found += _support(sentence, spans, place, segment.role, known, hiring=hiring)
    found += [Violation(Rule.SCOPE, text, place) for text in scope_objections(bare, known.without_names(spans))]
    claim, orders = _orders(quoted, cited, segment.role, known)
    found += [Violation(Rule.NEGATION, text, place) for text in negation_objections(claim, orders)]
    found += [Violation(Rule.RELATION, text, place) for text in relation_objections(claim, orders)]
    found += [Violation(Rule.RELATION, text, place) for text in verb_objections(claim, orders)]
    return found


def loose_violations(segment: Segment, place: int, known: Known) -> list[Violation]:
    """Return what is wrong with a guess or an ask: no new name or number, and each sentence of a guess is hedged.

    What a guess cites may lend it names and numbers. An ask may also take them from the proposition.
    """
    quoted = segment.text.strip()
    found = [
        Violation(Rule.CITATION, f"a citation does not match its source: {citation.evidence_id}", place)
        for citation in segment.citations
        if not known.is_cited_rightly(citation, segment.role)
    ]
    spans = " . ".join(citation.span for citation in segment.citations)
    inferred = segment.role is Role.INFERENCE
    pool = spans if inferred else f"{spans} . {known.proposition}"
    strange = strange_names(quoted, pool, known, claimed=False)
    if strange:
        found.append(Violation(Rule.NAME, f"a guess or an ask brings in names: {', '.join(strange)}", place))
    bare = known.without_names(quoted)
    numbers = number_objections(bare, pool) if inferred or re.search(r"\d", bare) else []
    found += [Violation(Rule.NUMBER, f"in a guess or an ask: {text}", place) for text in numbers]
    found += _commands(quoted, place, asks=not inferred)
    for sentence in _SENTENCE.split(quoted):
        if not inferred:
            found += _stated(sentence, place, pool, known)
        elif not HEDGE.search(sentence) and not sentence.rstrip().endswith("?"):
            found.append(Violation(Rule.HEDGE, f"a guess is not hedged: {sentence.strip()!r}", place))
    return found


def _commands(text: str, place: int, *, asks: bool = False) -> list[Violation]:
    """A claim and a guess tell something; what commands, or praises beyond measure, was planted or is an advert."""
    found: list[Violation] = []
    if (_DICTATION if asks else _COMMAND).search(text):
        found.append(Violation(Rule.INSTRUCTION, f"a statement that commands: {text!r}", place))
    if _PRAISE.search(text):
        found.append(Violation(Rule.SUPPORT, f"a statement that praises beyond measure: {text!r}", place))
    return found


def coverage(claim: str, spans: str, stated: frozenset[str] = frozenset()) -> float:
    """Return the share of the claim's content words that the spans hold, what only reports set aside."""
    wanted, strange = _words(claim, spans, stated)
    return 1 - len(strange) / len(wanted) if wanted else 1.0


@lru_cache(maxsize=20_000)
def _wanted(text: str) -> frozenset[str]:
    stems = content_stems(text)
    return frozenset(word for word in stems if not word[0].isdigit()) - _NUMBERS


def _words(text: str, spans: str, stated: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the content words that need support, and those of them that have none."""
    wanted = _wanted(text) - stated
    held = content_stems(spans)
    return wanted - (REPORTING - held) - (AUDIENCE - held), wanted - held - REPORTING - AUDIENCE


def _support(sentence: str, spans: str, place: int, role: Role, known: Known, *, hiring: bool) -> list[Violation]:
    wanted, strange = _words(sentence, spans, known.stems)
    if not hiring:
        strange |= (_wanted(sentence) & _OF_ROLES) - content_stems(spans)
    if strange - LIGHT or len(strange) > len(wanted) * (1 - COVERAGE):
        words = ", ".join(sorted(strange))
        return [Violation(Rule.SUPPORT, f"words without support: {words} in {sentence.strip()!r}", place)]
    if wanted or role is not Role.LEAD_CLAIM or hiring or _FIRST_PERSON.search(sentence):
        return []
    words = _wanted(sentence)
    if not words or words & content_stems(spans):
        return []
    return [Violation(Rule.SUPPORT, f"nothing of it stands in what is cited: {sentence.strip()!r}", place)]


def _stated(sentence: str, place: int, pool: str, known: Known) -> list[Violation]:
    """An ask that is no question must not slip in a statement on the reader."""
    text = sentence.strip()
    if (
        not text
        or text.endswith("?")
        or not re.match(r"(?i)(?:and |so |also |but )?(?:you|your|it|its|this|that)\b", text)
    ):
        return []
    _, strange = _words(text, pool, known.stems)
    if not strange or HEDGE.search(text) or _WISH.search(text):
        return []
    return [Violation(Rule.SUPPORT, f"an ask states something: {text!r}", place)]


def strange_names(text: str, pool: str, known: Known, *, claimed: bool) -> list[str]:
    """Return the names of a text that neither the pool nor the caller holds.

    Where a sentence opens with a capital, a claim's word must be known as well; a guess's only where a name is likely.
    """
    there = lowered(pool)
    found = [name for name in names(text) if not _is_known(name, there, known.words)]
    opening = [name for name in _opening_names(text, claimed=claimed) if not _is_known(name, there, known.words)]
    return found + opening


def _is_known(name: str, there: frozenset[str], stated: frozenset[str]) -> bool:
    for token in tokens(name):
        low = token.casefold()
        forms = {low, re.sub(r"['’]s?$", "", low), low.removesuffix("s"), low + "s"}
        if not forms & there and not forms & stated:
            return False
    return True


_SUBJECT = (
    r"(?:^|[.!?;]\s+|\n)[“\"']?(?P<name>[A-Z][\w&+]*(?:-[A-Z]\w*)*)(?=(?:['’]s\b|[ ,]+(?:[A-Z][a-z]|is\b|was\b|has\b|"
    r"did\b|does\b|uses\b|will\b|won\b|now\b|and [A-Z]|may\b|might\b|could\b|would\b|can\b{})))"
)
_CLAIMED = re.compile(_SUBJECT.format(r"|are\b|have\b|had\b|[a-z]{2,}(?:s|ed)\b"))
_GUESSED = re.compile(_SUBJECT.format(""))
_COMMON = re.compile(r"(?:ing|ed|[^su]s)$")


def _opening_names(text: str, *, claimed: bool) -> list[str]:
    """Capitalised words that open a sentence as its subject, where they are no common openers."""
    found = [match["name"].lower() for match in (_CLAIMED if claimed else _GUESSED).finditer(text)]
    kept = [word for word in found if not word.endswith("ing") and word not in OPENERS and word not in STOP]
    kept = [word for word in kept if stem(word) not in AUDIENCE]
    return kept if claimed else [word for word in kept if not _COMMON.search(word)]


def _without_count(text: str, count: int) -> str:
    """Leave out the count of open roles where it is the true one."""
    word = next((name for name, value in NUMBER_WORDS.items() if value == str(count)), str(count))
    return _counting(f"{count}|{word}").sub(" ", text)


@lru_cache(maxsize=256)
def _counting(count: str) -> re.Pattern[str]:
    roles = r"(?:roles?|jobs?|posts?|positions?|openings?|vacanc(?:y|ies)|people|colleagues|hires)"
    return re.compile(rf"(?i)\b(?:{count})(?= (?:[a-z]+ ){{0,3}}{roles}\b)")


def _orders(quoted: str, cited: tuple[str, ...], role: Role, known: Known) -> tuple[Order, tuple[Order, ...]]:
    lead = role is Role.LEAD_CLAIM
    company = known.lead.person.company.strip() if lead else known.brief.proposition_name.strip()
    claim = order_of(quoted, company, we_speak=not lead, you_are_self=lead)
    return claim, tuple(order_of(span, company, we_speak=True, you_are_self=False) for span in cited)
