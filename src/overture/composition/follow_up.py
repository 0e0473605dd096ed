"""Writing the first follow-up."""

from overture.composition.choice import LONGEST, lead_fact, second_fact
from overture.composition.facts import Fact, FactKind
from overture.composition.fields import Job
from overture.composition.frames import turn
from overture.composition.frames_fact import LETTER_FACT
from overture.composition.frames_follow_up import ASK, HINGE, THANKS
from overture.composition.frames_offer import OFFER
from overture.composition.hinges import Hinge, hinge_sentence, hinges_for
from overture.composition.offers import Offer, again, offers_of
from overture.composition.parts import Desk, form_words, lead_sentence, letter
from overture.composition.pitch import Pitch, fact_for, is_task, sender_sentence
from overture.composition.ranking import Option, best
from overture.composition.refusals import does_not_fit, no_lead_fact, no_pitch
from overture.composition.widespread import telling
from overture.domain.messages import Draft, Role, Segment

SLOTS = (THANKS, LETTER_FACT, HINGE, OFFER, ASK)

_LEAST, _MOST = 25, 75
_SHORT_FACT = 120
_SECOND_FACT = 115
_ENOUGH = 14
"""Telling words beyond which a fact more adds nothing."""
_TELLING = 0.4
_NONE = Hinge("")


def write_follow_up(work: Desk, pitch: Pitch | None) -> Draft:
    """Write the follow-up: thanks, one fact, what it may mean, what the proposition does, and one ask.

    The order of the moves changes from lead to lead: the fact first, the sender first, or the guess first. Where the
    proposition is unlikely to be on the reader's desk, the message says so and asks for the right colleague.
    """
    if pitch is None:
        return no_pitch(work)
    fact = lead_fact(work, pitch)
    if fact is None:
        return no_lead_fact(work)
    thanks = Option((Segment(work.say(work.frame(SLOTS, 0, "plain")), Role.GREETING),))
    hinges = hinges_for(work, fact, pitch)
    order = turn(work.brief.key, work.lead.index, "order", 4)
    if order == 2 and not (hinges and hinges[0].cause):
        order = 0
    if order == 3 and not all(hinge.is_plain for hinge in hinges or [_NONE]):
        order = 0
    asks = _asks(work, pitch)
    if order == 2:
        middle = [_offers(work, pitch, first=True), _facts(work, pitch, fact, ""), _guesses(work, pitch, fact, hinges)]
    elif order == 3:
        middle = [_anchored(work, pitch, fact, hinges, guess_first=True)]
    else:
        middle = [_anchored(work, pitch, fact, hinges, guess_first=False)]
    found = best(work, [[thanks], *middle, asks], work.within(_length))
    return letter(work, found) if found else does_not_fit(work)


def _length(words: int, _units: int) -> float:
    return 0.02 * max(0, words - 64) + 0.3 * max(0, words - _MOST + 2) + 0.05 * max(0, _LEAST - words)


def _facts(work: Desk, pitch: Pitch, fact: Fact, reason: str) -> list[Option]:
    """The fact in two lengths, alone and with one more of the site."""
    found: list[Option] = []
    more = second_fact(work, pitch)
    for place in _places(fact):
        words = telling(form_words(fact, place))
        found.append(Option((_told(work, fact, place, reason or "clause"),), _TELLING * min(words, _ENOUGH)))
        for other in _places(more) if more is not None else ():
            if more is None or len(form_words(more, other)) > _SECOND_FACT:
                continue
            if reason:
                both = (_told(work, fact, place, reason), _told(work, more, other, "also"))
            else:
                both = (_told(work, more, other, "clause"), _told(work, fact, place, "also"))
            total = words + telling(form_words(more, other))
            found.append(Option(both, _TELLING * min(total, _ENOUGH)))
    return found


def _places(fact: Fact) -> list[int]:
    lengths = [len(form.you or form.it) for form in fact.forms]
    places = [place for place, length in enumerate(lengths) if length <= LONGEST] or [len(lengths) - 1]
    first = next((place for place in places if lengths[place] <= _SHORT_FACT), places[-1])
    return sorted({first, places[-1]})


def _told(work: Desk, fact: Fact, place: int, family: str) -> Segment:
    noun = "noun" if family == "clause" else f"{family}_noun"
    frames = {"clause": work.frame(SLOTS, 1, family), "noun": work.frame(SLOTS, 1, noun)}
    return lead_sentence(work, frames, fact, place)


def _guesses(work: Desk, pitch: Pitch, fact: Fact, hinges: list[Hinge]) -> list[Option]:
    """A guess that leans on the fact; one that holds for any company only where the desk fits; else none."""
    if hinges and (hinges[0].cause or pitch.falls_to(work.lead.person.job_title)):
        return [
            Option((hinge_sentence(work, work.frame(SLOTS, 2, "effect" if hinge.cause else "common"), hinge, fact),))
            for hinge in hinges
        ]
    return [Option(())]


def _anchored(work: Desk, pitch: Pitch, fact: Fact, hinges: list[Hinge], *, guess_first: bool) -> list[Option]:
    """Fact, guess and offer as one: the offer may speak of 'them' where the guess has just named its object."""
    facts = _facts(work, pitch, fact, "reason" if guess_first else "")
    found: list[Option] = []
    if not guess_first:
        for guess in _guesses(work, pitch, fact, hinges):
            before = guess.segments[0].text if guess.segments else ""
            for offer in _offers(work, pitch, first=not guess.segments, before=before):
                found += [
                    Option((*told.segments, *guess.segments, *offer.segments), told.worth + offer.worth)
                    for told in facts
                ]
        return found
    for hinge in hinges:
        guess = hinge_sentence(work, work.frame(SLOTS, 2, "first"), hinge, fact)
        for offer in _offers(work, pitch, first=False):
            found += [Option((guess, *told.segments, *offer.segments), told.worth + offer.worth) for told in facts]
    return found


def _offers(work: Desk, pitch: Pitch, *, first: bool, before: str = "") -> list[Option]:
    fact = fact_for(work, pitch)
    forms = offers_of(fact, work.proposition)
    prefix = "first_" if first else ""
    found: list[Option] = []
    for place, offer in enumerate((forms[0], forms[-1]) if len(forms) > 1 else forms):
        family = offer.families[turn(work.brief.key, work.lead.index, "family", len(offer.families))]
        found.append(Option((sender_sentence(work, work.frame(SLOTS, 3, prefix + family), offer),), 0.1 * (place == 0)))
        short = again(offer, before) if before else offer
        if short is not offer:
            family = short.families[turn(work.brief.key, work.lead.index, "family", len(short.families))]
            found.append(Option((sender_sentence(work, work.frame(SLOTS, 3, family), short),), 0.3))
    if pitch.core is not None and is_task(pitch.topic):
        brief = Offer(pitch.core, "", "", task=pitch.topic)
        found.append(Option((sender_sentence(work, work.frame(SLOTS, 3, prefix + "task"), brief),), 0.2))
    return found


def _asks(work: Desk, pitch: Pitch) -> list[Option]:
    """The ask in few words, and one that names its topic for where the sentence before does not."""
    fits = pitch.falls_to(work.lead.person.job_title)
    short = Option((Segment(work.say(work.frame(SLOTS, 4, "short" if fits else "other_short")), Role.ASK),), 0.5)
    if fact_for(work, pitch).kind is not FactKind.STATES:
        return [short]
    jobs = pitch.jobs or ((Job(frozenset(), "", pitch.topic),) if pitch.topic else ())
    found: list[Option] = []
    for job in jobs[:3]:
        family = ("own" if job.doing else "own_thing") if fits else "other"
        found.append(Option((Segment(work.say(work.frame(SLOTS, 4, family), t=job.doing, n=job.thing), Role.ASK),)))
    return found or [short]
