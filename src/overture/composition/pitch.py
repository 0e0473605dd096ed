"""What the sender may say: the proposition's facts, its topic as a phrase, and which fact goes where."""

import re
from dataclasses import dataclass
from functools import lru_cache

from overture.composition.facts import Fact, FactKind, facts_of
from overture.composition.grammar import ends_badly
from overture.composition.parts import Desk, cite
from overture.composition.topics import is_plural_or_mass
from overture.composition.verbs import gerund, is_base
from overture.composition.wordlist import listed
from overture.composition.words import content_stems
from overture.domain.evidence import Source
from overture.domain.messages import Role, Segment

_NO_TOPIC = frozenset(
    listed(
        "help let enable allow give make have are work serve support specialise specialize connect can keep meet "
        "bring continue collaborate partner combine transform hold introduce launch use power include feature work "
        "start take get open join lead run"
    )
)
_GOODS = frozenset(listed("offer provide deliver sell supply"))
_KEPT = 5
_AMOUNT = re.compile(r"^an? (?:\w+ )?(?:range|suite|variety|set|number) of ")
_UNFIT = re.compile(r"(?:the|an?|more|any|all|every|with|to|it|them|other|own|how|that) ")
_TAIL = re.compile(
    r" (?:from|across|without|with|by|in|for|via|through|using|at|on|into|automatically|that|so|while|and)\b.*$"
)
_HIRING = content_stems("recruit recruiting hire hiring interview candidate applicant vacancy")


@dataclass(frozen=True, slots=True)
class Pitch:
    """A proposition as messages may speak of it."""

    facts: tuple[Fact, ...]
    core: Fact | None
    topic: str
    thing: str
    topics: frozenset[str]

    @property
    def is_hiring(self) -> bool:
        """Whether the proposition itself is about hiring."""
        return len(self.topics & _HIRING) >= 3


def pitch_of(source: Source, name: str) -> Pitch | None:
    """Return the pitch of a proposition's site, or None where it states nothing usable."""
    facts = facts_of(source, name, sender=True)
    return _pitch(facts) if facts else None


@lru_cache(maxsize=512)
def _pitch(facts: tuple[Fact, ...]) -> Pitch:
    able = [fact for fact in facts if fact.kind is FactKind.DOES and _topic(fact)]
    does = able or [fact for fact in facts if fact.kind is FactKind.DOES]
    core = max(does, key=lambda fact: fact.score - 0.05 * fact.evidence[0].position) if does else None
    chosen = facts[:_KEPT] if core is None or core in facts[:_KEPT] else (core, *facts[: _KEPT - 1])
    topics = frozenset[str]().union(*(fact.stems for fact in chosen))
    topic = _topic(core) if core else ""
    return Pitch(tuple(chosen), core, topic, _thing(topic), topics)


def _topic(fact: Fact) -> str:
    for form in fact.forms:
        phrase = _topic_of(form.we)
        if phrase:
            return phrase
    return ""


def _topic_of(verb_phrase: str) -> str:
    """'match supplier invoices to purchase orders automatically' -> 'matching supplier invoices to purchase orders'."""
    verb, _, rest = (verb_phrase[:1].lower() + verb_phrase[1:]).partition(" ")
    helped = re.search(r"\b(?:to )?(\w+) (.+)$", rest) if verb == "help" else None
    if helped is not None:
        inner = next((m for m in re.finditer(r"\b(\w+) (\w.*)$", rest) if is_base(m.group(1))), None)
        verb, rest = (inner.group(1), inner.group(2)) if inner else (verb, rest)
    if not is_base(verb) or verb in _NO_TOPIC or re.search(r"\b(?:we|our|us)\b", rest):
        return ""
    short = _TAIL.sub("", rest)
    kept = short if content_stems(short) and not ends_badly(short) else rest
    kept = _AMOUNT.sub("", kept)
    phrase = kept if verb in _GOODS else f"{gerund(verb)} {kept}"
    fit = len(phrase) <= 60 and not ends_badly(phrase) and "," not in phrase and not _UNFIT.match(kept)
    return phrase if fit and (verb not in _GOODS or is_plural_or_mass(kept)) else ""


def _thing(topic: str) -> str:
    """'matching supplier invoices to purchase orders' -> 'supplier invoices': what a question can be about."""
    if not is_task(topic):
        return topic
    thing = re.sub(r" (?:to|and|or|as|against|into|of) .*$", "", topic.split(" ", 1)[1])
    return thing if is_plural_or_mass(thing) and not _UNFIT.match(thing) and len(thing.split()) <= 4 else topic


def is_task(topic: str) -> bool:
    """Whether a topic is a thing to do ('matching invoices') and not a thing to have ('pet insurance')."""
    return re.match(r"[a-z-]+ing \w", topic) is not None


def pick(pitch: Pitch, turn: int, wanted: frozenset[str]) -> Fact:
    """Return the fact for a message: those that share a topic with what is wanted come first, then in turn."""
    close = [fact for fact in pitch.facts if fact.stems & wanted] or list(pitch.facts)
    best = close[: max(2, len(close) // 2)] if len(close) > 3 else close
    return best[turn % len(best)]


def sender_sentence(work: Desk, frames: dict[str, str], fact: Fact, form: int, *, even: bool) -> Segment:
    """Return the sentence that states what the proposition does. ``even`` prefers 'it' over 'we'."""
    chosen = fact.forms[min(form, len(fact.forms) - 1)]
    if fact.kind is FactKind.STATES:
        text = work.say(frames["state"], state=chosen.it or chosen.we)
    elif (even and chosen.it) or not chosen.we:
        text = work.say(frames["it"], it=chosen.it)
    else:
        text = work.say(frames["we"], we=chosen.we)
    return Segment(text, Role.SENDER_CLAIM, cite(fact.evidence))
