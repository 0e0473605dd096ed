"""Writing the stage-ambition message."""

from overture.composition.choice import lead_fact
from overture.composition.frames_ambition import AIM, OFFER
from overture.composition.frames_fact import AMBITION_FACT
from overture.composition.parts import Desk, guess, lead_sentence, letter
from overture.composition.pitch import Pitch, is_task, pick, sender_sentence
from overture.composition.refusals import no_lead_fact, no_pitch
from overture.composition.roles import priorities_for
from overture.domain.messages import Draft, Role, Segment

SLOTS = (AMBITION_FACT, AIM, OFFER)


def write_ambition(work: Desk, pitch: Pitch | None) -> Draft:
    """Write the message: a fact where there is one, a hedged guess at the aim, and one fact of the proposition.

    Without a page of the company the title must carry it; without either there is nothing to infer from.
    """
    if pitch is None:
        return no_pitch(work)
    fact = lead_fact(work.lead, work.type, pitch.topics)
    if fact is None and not work.title:
        return no_lead_fact(work)
    body: list[Segment] = []
    if fact is not None:
        frames = {family: work.frame(SLOTS, 0, family) for family in AMBITION_FACT.families}
        body.append(lead_sentence(work, frames, fact, 0))
    priorities = priorities_for(work.lead.person.job_title, pitch.topics)
    if priorities:
        aim = priorities[(work.lead.index + 1) % min(2, len(priorities))]
        body.append(guess(work, work.frame(SLOTS, 1, "priority"), aim))
        wanted = aim.topics
    else:
        family = "condition" if is_task(pitch.topic) else "plain"
        body.append(Segment(work.say(work.frame(SLOTS, 1, family), t=pitch.topic), Role.INFERENCE))
        wanted = frozenset[str]()
    others = [fact for fact in pitch.facts if fact is not pitch.core]
    offered = (
        pick(pitch, work.lead.index + 1, wanted) if priorities or not others else others[work.lead.index % len(others)]
    )
    frames = {family: work.frame(SLOTS, 2, family) for family in OFFER.families}
    body.append(sender_sentence(work, frames, offered, 0, even=work.lead.index % 2 == 1))
    return letter(work, body)
