"""Which fact of the lead's company goes into which type, whatever is written first."""

import re

from overture.composition.facts import Fact, FactKind, facts_of
from overture.composition.frames import Slot, turn
from overture.composition.hinges import leans_on, words_of
from overture.composition.parts import Desk, lead_sentence
from overture.composition.pitch import Pitch
from overture.composition.ranking import Option
from overture.composition.widespread import telling
from overture.domain.messages import MessageType

SHORT = 105
"""The longest fact that leaves a connection note room for a claim on the sender."""

LONGEST = 160
"""The longest that fits at all."""

_ASIDE = 95
"""The longest fact that stands beside something else: roles, or a point of the material."""
_BRIEF, _UNIT = 80, 0.04
"""A fact of so many characters leaves a note within its preferred length; what each one more costs."""
_NEAR = 0.6
_LIKE = 0.35
_SECOND = "second"
_ORDER = (
    MessageType.CONNECTION_REQUEST,
    MessageType.FIRST_FOLLOW_UP,
    _SECOND,
    MessageType.STAGE_AMBITION,
    MessageType.HIRING_ACTIVITY,
    MessageType.SHARE_MATERIAL,
)
_TRIED = 5
_FRAGMENT = re.compile(
    r"(?i)(?:overcome|develop|manage|create|get|learn|discover|build|improve|reduce|ensure|explore) "
)
"""A phrase that is an order and not a thing."""
_VAGUE = re.compile(r"(?:^| )can provide any\b|\btoo [–-] ")
"""Wordings that read badly when told back."""
_NEEDED = {MessageType.FIRST_FOLLOW_UP, MessageType.CONNECTION_REQUEST}


def lead_fact(work: Desk, pitch: Pitch | None) -> Fact | None:
    """Return the fact of the lead's company for the type: another one for each type where there are enough.

    A note and a follow-up may share the only fact of a site; the later types then go without. Depends on the site, the
    proposition, the request's key and the lead's index only, so it is the same in every worker and for every order of
    the types.
    """
    order = _order(work, pitch)
    fact = _assigned(order, work.type, _unused(work)) if order else None
    return fact or (order[0] if order and work.type in _NEEDED else None)


def second_fact(work: Desk, pitch: Pitch | None) -> Fact | None:
    """Return one more fact for the follow-up, where the site has one; that of the note rather than none."""
    order = _order(work, pitch)
    told, noted = lead_fact(work, pitch), _assigned(order, MessageType.CONNECTION_REQUEST)
    free = noted if noted is not None and told is not None and not _alike(noted, told) else None
    return _assigned(order, _SECOND, work.lead.told) or free


def _order(work: Desk, pitch: Pitch | None) -> list[Fact]:
    if work.lead.site is None:
        return []
    known = facts_of(work.lead.site, work.lead.person.company.strip())
    facts = [fact for fact in known if work.lead.avoid.isdisjoint(item.text for item in fact.evidence)]
    worth = sorted(((_worth(fact, pitch), -place) for place, fact in enumerate(facts)), reverse=True)
    ranked = [facts[-place] for _, place in worth]
    near = [facts[-place] for value, place in worth if value >= worth[0][0] - _NEAR][:3]
    if len(near) < 2:
        return ranked
    start = turn(work.brief.key, work.lead.index, "fact", len(near))
    return near[start:] + near[:start] + ranked[len(near) :]


def _worth(fact: Fact, pitch: Pitch | None) -> float:
    """What speaks for a fact: what it says, words that few others would use, and a link to the proposition."""
    words = words_of(fact)
    worth = fact.score + 0.3 * min(telling(words), 6) - 1.0 * (fact.kind is FactKind.NOUN)
    worth -= 2.0 * bool(_FRAGMENT.match(words) if fact.kind is FactKind.NOUN else _VAGUE.search(words))
    if pitch is None:
        return worth
    return worth + 0.25 * min(len(fact.stems & pitch.topics), 3) + 0.5 * leans_on(fact, pitch)


def _unused(work: Desk) -> frozenset[str]:
    """The types that this lead gets no message of, or has got one of before: they take no fact."""
    country, jobs = (work.brief.hiring_location or "").upper(), work.lead.jobs
    hires = jobs is not None and any((job.country or "").upper() == country for job in jobs.jobs)
    return work.lead.told if country and hires else work.lead.told | {MessageType.HIRING_ACTIVITY}


def _assigned(order: list[Fact], wanted: str, without: frozenset[str] = frozenset()) -> Fact | None:
    taken: list[Fact] = []
    for use in _ORDER:
        if use in without:
            continue
        fact = _next(order, taken, short=use is MessageType.CONNECTION_REQUEST)
        if use == wanted:
            return fact
        if fact is not None:
            taken.append(fact)
    return None


def _next(order: list[Fact], taken: list[Fact], *, short: bool) -> Fact | None:
    if short:
        fitting = [fact for fact in order if short_form(fact) >= 0][:_TRIED]
        return max(fitting, key=lambda fact: _told_shortly(fact) - 0.3 * fitting.index(fact), default=None)
    return next((fact for fact in order if not any(_alike(fact, other) for other in taken)), None)


def _told_shortly(fact: Fact) -> float:
    form = fact.forms[short_form(fact)]
    words = form.you or form.it
    return min(telling(words), 8) - _UNIT * max(0, len(words) - _BRIEF)


def _alike(one: Fact, two: Fact) -> bool:
    both = len(one.stems & two.stems)
    return one is two or both >= _LIKE * len(one.stems | two.stems)


def short_form(fact: Fact) -> int:
    """Return the place of the longest form that fits a note, or -1."""
    lengths = [len(form.you or form.it) for form in fact.forms]
    fitting = next((place for place, length in enumerate(lengths) if length <= SHORT), -1)
    return len(lengths) - 1 if fitting < 0 and lengths[-1] <= LONGEST else fitting


def short_facts(work: Desk, fact: Fact, slots: tuple[Slot, ...], place: int, family: str) -> list[Option]:
    """Return the sentence on a fact that is not the message's subject: none where it cannot be said shortly."""
    frames = {"clause": work.frame(slots, place, family), "noun": work.frame(slots, place, f"{family}_noun")}
    told = [form.you or form.it for form in fact.forms]
    fitting = [place for place, text in enumerate(told) if len(text) <= _ASIDE and not re.search(r"\bwill\b", text)]
    return [
        Option((lead_sentence(work, frames, fact, form),), 0.1 * (form == fitting[0]))
        for form in sorted({*fitting[:1], *fitting[-1:]})
    ]
