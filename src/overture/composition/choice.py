"""Which fact of the lead's company goes into which type, whatever is written first."""

from functools import lru_cache

from overture.composition.facts import Fact, FactKind, facts_of
from overture.domain.messages import LeadDossier, MessageType

SHORT = 105
"""The longest fact that leaves a connection note room for a claim on the sender."""

LONGEST = 160
"""The longest that fits at all."""

_ORDER = (MessageType.CONNECTION_REQUEST, MessageType.FIRST_FOLLOW_UP, MessageType.STAGE_AMBITION)
_NEAR = 0.9


def lead_fact(lead: LeadDossier, message_type: MessageType, topics: frozenset[str]) -> Fact | None:
    """Return the fact of the lead's company for a type: another one for each type where there are enough.

    Depends on the site, the topics and the lead's index only, so it is the same in every worker and
    for every order of the types.
    """
    if lead.site is None:
        return None
    facts = facts_of(lead.site, lead.person.company.strip())
    return _assigned(facts, topics, lead.index)[_ORDER.index(message_type)] if facts else None


def short_form(fact: Fact) -> int:
    """Return the place of the longest form that fits a note, or -1."""
    lengths = [len(form.you or form.it) for form in fact.forms]
    fitting = next((place for place, length in enumerate(lengths) if length <= SHORT), -1)
    return len(lengths) - 1 if fitting < 0 and lengths[-1] <= LONGEST else fitting


@lru_cache(maxsize=8192)
def _assigned(facts: tuple[Fact, ...], topics: frozenset[str], index: int) -> tuple[Fact | None, ...]:
    def worth(fact: Fact) -> float:
        return fact.score + 0.25 * min(len(fact.stems & topics), 3)

    ranked = sorted(facts, key=worth, reverse=True)
    near = [fact for fact in ranked if worth(fact) >= worth(ranked[0]) - _NEAR and fact.kind is not FactKind.NOUN][:4]
    turn = index % len(near) if near else 0
    order = near[turn:] + near[:turn] + [fact for fact in ranked if fact not in near]
    first = next((fact for fact in order if short_form(fact) >= 0), None)
    rest = [fact for fact in order if fact is not first] or order
    second = rest[0]
    third = next((fact for fact in rest[1:]), first or second)
    return first, second, third
