"""Which fact of the lead's company goes into which type, whatever is written first."""

from overture.composition.facts import Fact, FactKind, facts_of
from overture.composition.frames import turn
from overture.composition.hinges import leans_on
from overture.composition.parts import Desk
from overture.composition.pitch import Pitch
from overture.domain.messages import MessageType

SHORT = 105
"""The longest fact that leaves a connection note room for a claim on the sender."""

LONGEST = 160
"""The longest that fits at all."""

_NEAR = 0.9
_LIKE = 0.5
_ORDER = (
    MessageType.FIRST_FOLLOW_UP,
    MessageType.CONNECTION_REQUEST,
    MessageType.STAGE_AMBITION,
    MessageType.HIRING_ACTIVITY,
    MessageType.SHARE_MATERIAL,
)
_NEEDED = {MessageType.FIRST_FOLLOW_UP, MessageType.CONNECTION_REQUEST}


def lead_fact(work: Desk, pitch: Pitch | None) -> Fact | None:
    """Return the fact of the lead's company for the type: another one for each type where there are enough.

    A note and a follow-up may share the only fact of a site; the later types then go without. Depends on the site, the
    proposition, the request's key and the lead's index only, so it is the same in every worker and for every order of
    the types.
    """
    if work.lead.site is None:
        return None
    known = facts_of(work.lead.site, work.lead.person.company.strip())
    facts = tuple(fact for fact in known if work.lead.avoid.isdisjoint(item.text for item in fact.evidence))
    if not facts:
        return None
    ranked = _ranked(facts, pitch)
    near = _near(work, ranked)
    order = near + [fact for fact in ranked if fact not in near]
    taken: list[Fact] = []
    for message_type in _ORDER:
        fact = _next(order, taken, message_type)
        if message_type is work.type:
            return fact or (order[0] if message_type in _NEEDED else None)
        if fact is not None:
            taken.append(fact)
    return None


def _ranked(facts: tuple[Fact, ...], pitch: Pitch | None) -> list[Fact]:
    topics = pitch.topics if pitch else frozenset[str]()
    worth = [
        (
            fact.score
            + 0.25 * min(len(fact.stems & topics), 3)
            + 0.5 * (pitch is not None and leans_on(fact, pitch))
            - 1.0 * (fact.kind is FactKind.NOUN),
            -place,
        )
        for place, fact in enumerate(facts)
    ]
    return [facts[-place] for _, place in sorted(worth, reverse=True)]


def _near(work: Desk, ranked: list[Fact]) -> list[Fact]:
    """The best few, begun at another one for each lead: two leads of one company are told different things."""
    near = [fact for fact in ranked if fact.score >= ranked[0].score - _NEAR and fact.kind is not FactKind.NOUN][:3]
    if len(near) < 2:
        return near
    start = turn(work.brief.key, work.lead.index, "fact", len(near))
    return near[start:] + near[:start]


def _next(order: list[Fact], taken: list[Fact], message_type: MessageType) -> Fact | None:
    for fact in order:
        if message_type is MessageType.CONNECTION_REQUEST and short_form(fact) < 0:
            continue
        if not any(_alike(fact, other) for other in taken):
            return fact
    if message_type is MessageType.CONNECTION_REQUEST:
        return next((fact for fact in order if short_form(fact) >= 0), None)
    return None


def _alike(one: Fact, two: Fact) -> bool:
    both = len(one.stems & two.stems)
    return one is two or both >= _LIKE * len(one.stems | two.stems)


def short_form(fact: Fact) -> int:
    """Return the place of the longest form that fits a note, or -1."""
    lengths = [len(form.you or form.it) for form in fact.forms]
    fitting = next((place for place, length in enumerate(lengths) if length <= SHORT), -1)
    return len(lengths) - 1 if fitting < 0 and lengths[-1] <= LONGEST else fitting
