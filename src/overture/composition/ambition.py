"""Writing the stage-ambition message."""

from overture.composition.choice import lead_fact
from overture.composition.facts import Fact
from overture.composition.fields import Job
from overture.composition.frames import turn
from overture.composition.frames_ambition import AIM
from overture.composition.frames_fact import AMBITION_FACT
from overture.composition.frames_offer import AMBITION_OFFER
from overture.composition.hiring import repeats
from overture.composition.offers import offers_of
from overture.composition.parts import Desk, guess, lead_sentence, letter
from overture.composition.pitch import Pitch, fact_for, sender_sentence
from overture.composition.ranking import Option, best
from overture.composition.refusals import does_not_fit, no_lead_fact, no_pitch
from overture.composition.roles import priorities_for
from overture.composition.titles import role_of
from overture.domain.messages import Draft, Role, Segment

SLOTS = (AMBITION_FACT, AIM, AMBITION_OFFER)

_FACT_LENGTH = 120
_NO_JOB = Job(frozenset(), "", "")


def write_ambition(work: Desk, pitch: Pitch | None) -> Draft:
    """Write the message: a fact where one is left, a hedged guess at the aim, and one fact of the proposition.

    Without a page of the company the title must carry it; without either there is nothing to infer from. The guess
    stands before the fact for every other lead.
    """
    if pitch is None:
        return no_pitch(work)
    fact = lead_fact(work, pitch)
    if fact is None and not work.title:
        return no_lead_fact(work)
    aims, offers = _aims(work, pitch), _offers(work, pitch)
    parts = [aims, offers]
    if fact is not None:
        parts = [_facts(work, fact), aims, offers]
    found = best(work, parts, work.within(lambda words, _units: 0.04 * max(0, words - 55)))
    return letter(work, found) if found else does_not_fit(work)


def _facts(work: Desk, fact: Fact) -> list[Option]:
    frames = {family: work.frame(SLOTS, 0, family) for family in ("clause", "noun")}
    lengths = [len(form.you or form.it) for form in fact.forms]
    first = next((place for place, length in enumerate(lengths) if length <= _FACT_LENGTH), len(lengths) - 1)
    return [Option((lead_sentence(work, frames, fact, place),)) for place in sorted({first, len(lengths) - 1})]


def _aims(work: Desk, pitch: Pitch) -> list[Option]:
    about = pitch.about
    wanted = fact_for(work, pitch).stems & about
    priorities = priorities_for(work.lead.person.job_title, wanted) or priorities_for(work.lead.person.job_title, about)
    if priorities:
        start = turn(work.brief.key, work.lead.index, "aim", min(2, len(priorities)))
        frame = work.frame(SLOTS, 1, "priority")
        return [Option((guess(work, frame, item),)) for item in priorities[start : start + 2]]
    fact = fact_for(work, pitch)
    jobs = [job for job in pitch.jobs if not repeats(job, fact)][:2] or list(pitch.jobs[:1])
    away = bool(role_of(work.lead.person.job_title).function) and not pitch.falls_to(work.lead.person.job_title)
    frame = work.frame(SLOTS, 1, ("other" if away else "condition") if jobs else "plain")
    return [Option((Segment(work.say(frame, t=job.doing, n=job.thing), Role.INFERENCE),)) for job in jobs or (_NO_JOB,)]


def _offers(work: Desk, pitch: Pitch) -> list[Option]:
    found: list[Option] = []
    for offer in offers_of(fact_for(work, pitch), work.proposition)[:3]:
        family = offer.families[turn(work.brief.key, work.lead.index, "ambition", len(offer.families))]
        found.append(Option((sender_sentence(work, work.frame(SLOTS, 2, family), offer),)))
    return found
