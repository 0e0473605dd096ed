"""What the sender may say: the proposition's facts, its field and topic, and which fact goes into which type."""

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import lru_cache

from overture.composition.facts import Fact, FactKind, facts_of
from overture.composition.fields import Field, Job, field_of, jobs_for
from overture.composition.frames import turn
from overture.composition.grammar import ends_badly
from overture.composition.offers import Offer
from overture.composition.parts import Desk, cite
from overture.composition.statements import statements
from overture.composition.titles import Level, role_of
from overture.composition.topics import is_plural_or_mass
from overture.composition.verbs import gerund, is_base
from overture.composition.wordlist import listed
from overture.composition.words import content_stems
from overture.domain.evidence import Source
from overture.domain.messages import MessageType, Role, Segment

_NO_TOPIC = frozenset(
    listed(
        "help let enable allow give make have are work serve support specialise specialize connect can keep meet "
        "bring continue collaborate partner combine transform hold introduce launch use power include feature work "
        "start take get open join lead"
    )
)
_GOODS = frozenset(listed("offer provide deliver sell supply"))
_KEPT = 5
_READ = 40
_LATER = 0.6
"""What a sentence loses for each one before it: a page says first what its company does."""
_AMOUNT = re.compile(r"^an? (?:\w+ )?(?:range|suite|variety|set|number) of ")
_UNFIT = re.compile(r"(?:the|an?|one|more|any|all|every|with|to|it|them|other|own|how|that|and) ")
_TAIL = re.compile(
    r" (?:from|across|without|with|by|in|for|via|through|using|at|on|into|automatically|that|so|while|every)\b.*$"
)
_PEOPLE = re.compile(
    r"\b(?:teams?|people|staff|sellers?|companies|firms|customers|clients|managers?|workers|employees|drivers|"
    r"candidates|students|developers|agents)$"
)
_LINKS = re.compile(r"(?:connects?|integrates?|works?|plugs?) (?:to|with|into)\b")
_LEADERS = frozenset({Level.CHIEF, Level.HEAD, Level.MANAGER})


@dataclass(frozen=True, slots=True)
class Pitch:
    """A proposition as messages may speak of it."""

    facts: tuple[Fact, ...]
    core: Fact | None
    topic: str
    thing: str
    topics: frozenset[str]
    field: Field | None
    jobs: tuple[Job, ...]

    @property
    def is_hiring(self) -> bool:
        """Whether the proposition itself is about hiring."""
        return self.field is not None and self.field.name == "hiring"

    @property
    def about(self) -> frozenset[str]:
        """The stems that tell what the proposition is about: those of its field where it has one."""
        return self.topics & (self.field.strong | self.field.weak) if self.field is not None else self.topics

    def falls_to(self, title: str | None) -> bool:
        """Whether the proposition's field is likely to be on the desk of somebody with this title."""
        role = role_of(title)
        if self.field is None or not role.function:
            return False
        return role.function in self.field.desks or (self.is_hiring and role.level in _LEADERS)


@dataclass(frozen=True, slots=True)
class _Key:
    version: str
    url: str
    name: str
    source: Source = dataclass_field(compare=False)


def pitch_of(source: Source, name: str) -> Pitch | None:
    """Return the pitch of a proposition's site, or None where it states nothing usable; cached by its version."""
    return _pitch_of(_Key(source.version, source.url, name, source))


@lru_cache(maxsize=512)
def _pitch_of(key: _Key) -> Pitch | None:
    facts = facts_of(key.source, key.name, sender=True)
    if len(facts) < _KEPT:
        known = {item.evidence[0].id for item in facts}
        facts += tuple(fact for fact in statements(key.source, key.name) if fact.evidence[0].id not in known)
    told = content_stems(" ".join(item.text for item in key.source.evidence[:_READ]))
    return _pitch(facts, told) if facts else None


def _pitch(facts: tuple[Fact, ...], told: frozenset[str]) -> Pitch:
    places = sorted({fact.evidence[0].position for fact in facts})
    able = [fact for fact in facts if fact.kind is FactKind.DOES and _topic(fact)]
    does = able or [fact for fact in facts if fact.kind is FactKind.DOES]
    core = max(does, key=lambda fact: fact.score - _LATER * places.index(fact.evidence[0].position)) if does else None
    chosen = facts[:_KEPT] if core is None or core in facts[:_KEPT] else (core, *facts[: _KEPT - 1])
    topics = frozenset[str]().union(*(fact.stems for fact in chosen))
    topic = _topic(core) if core else ""
    field = field_of(core.stems if core else frozenset(), topics | told)
    own = jobs_for(field, core.stems if core else topics) if field else ()
    jobs = own or (jobs_for(field, topics) if field else ())
    thing = _thing(topic)
    own_job = (Job(frozenset(), topic, thing),) if is_task(topic) and thing != topic else ()
    return Pitch(tuple(chosen), core, topic, thing, topics, field, (*jobs, *own_job))


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
    if not verb.isalpha() or verb in _NO_TOPIC or re.search(r"\b(?:we|our|us)\b", rest):
        return ""
    also = re.match(r"and ([a-z]+) (.+)$", rest)
    if also is not None:
        verb, rest = f"{gerund(verb)} and {gerund(also.group(1))}", also.group(2)
    short = _TAIL.sub("", rest)
    kept = short if content_stems(short) and not ends_badly(short) else rest
    kept = _AMOUNT.sub("", kept)
    phrase = kept if verb in _GOODS else f"{verb if also else gerund(verb)} {kept}"
    fit = len(phrase) <= 60 and not ends_badly(phrase) and "," not in phrase and not _UNFIT.match(kept)
    return phrase if fit and (verb not in _GOODS or is_plural_or_mass(kept)) else ""


def _thing(topic: str) -> str:
    """'matching supplier invoices to purchase orders' -> 'supplier invoices': what a question can be about."""
    if not is_task(topic):
        return topic
    thing = re.sub(r" (?:to|as|against|into|of) .*$", "", topic.split(" ", 1)[1])
    fit = is_plural_or_mass(thing) and not _UNFIT.match(thing) and 2 <= len(thing.split()) <= 4
    return thing if fit and not _PEOPLE.search(thing) else topic


def is_task(topic: str) -> bool:
    """Whether a topic is a thing to do ('matching invoices') and not a thing to have ('pet insurance')."""
    return re.match(r"[a-z-]+ing \w", topic) is not None


def fact_for(work: Desk, pitch: Pitch) -> Fact:
    """Return the proposition's fact that this type tells: another one for each type where there are enough.

    A follow-up says what the proposition does more often than not; the later types take what is left, in turn.
    """
    key, index = work.brief.key, work.lead.index
    core = pitch.core or pitch.facts[0]
    others = [fact for fact in pitch.facts if fact is not core]
    if not others:
        return core
    telling = [fact for fact in others if not _LINKS.match(fact.forms[0].it)] or [core]
    follow = core if turn(key, index, "offer", 5) < 3 else telling[turn(key, index, "other", len(telling))]
    if work.type is MessageType.FIRST_FOLLOW_UP:
        return follow
    left = [fact for fact in pitch.facts if fact is not follow]
    place = turn(key, index, "left", len(left))
    if work.type is MessageType.STAGE_AMBITION:
        return left[place]
    return left[(place + 1) % len(left)]


def sender_sentence(work: Desk, frame: str, offer: Offer) -> Segment:
    """Return the sentence that states what the proposition does."""
    text = work.say(frame, it=offer.it, we=offer.we, passive=offer.passive, task=offer.task, state=offer.state)
    return Segment(text, Role.SENDER_CLAIM, cite(offer.fact.evidence))
