"""Writing the first follow-up."""

from overture.composition.callers_words import own_words
from overture.composition.choice import lead_fact
from overture.composition.frames_fact import LETTER_FACT
from overture.composition.frames_follow_up import ASK, HINGE, OFFER, THANKS
from overture.composition.parts import Desk, guess, lead_sentence, letter
from overture.composition.pitch import Pitch, is_task, pick, sender_sentence
from overture.composition.refusals import no_lead_fact, no_pitch
from overture.composition.roles import priorities_for
from overture.domain.messages import Draft, Role, Segment

SLOTS = (THANKS, LETTER_FACT, HINGE, OFFER, ASK)


def write_follow_up(work: Desk, pitch: Pitch | None) -> Draft:
    """Write the follow-up: thanks, one fact, what the proposition does, and one ask.

    Where the role is likely to care, the guess stands between fact and proposition; where it is not,
    the message says so after the proposition and asks for the right colleague.
    """
    if pitch is None:
        return no_pitch(work)
    fact = lead_fact(work.lead, work.type, pitch.topics)
    if fact is None:
        return no_lead_fact(work)
    thanks = Segment(work.say(work.frame(SLOTS, 0, "plain")), Role.GREETING)
    opening = lead_sentence(work, {family: work.frame(SLOTS, 1, family) for family in LETTER_FACT.families}, fact, 0)
    priorities = priorities_for(work.lead.person.job_title, pitch.topics)
    offered = pitch.core or pick(pitch, work.lead.index, priorities[0].topics if priorities else frozenset())
    priority = priorities[work.lead.index % min(2, len(priorities))] if priorities else None
    offer = sender_sentence(
        work,
        {family: work.frame(SLOTS, 3, family) for family in OFFER.families},
        offered,
        0,
        even=work.lead.index % 2 == 0,
    )
    if priority:
        middle = [guess(work, work.frame(SLOTS, 2, "priority"), priority), offer]
    else:
        middle = [offer, Segment(work.say(work.frame(SLOTS, 2, "other")), Role.INFERENCE)]
    return letter(work, [thanks, opening, *middle, _ask(work, pitch, fits=bool(priorities))])


def _ask(work: Desk, pitch: Pitch, *, fits: bool) -> Segment:
    if pitch.topic and pitch.core is not None:
        family = "own" if fits else "other"
        return Segment(work.say(work.frame(SLOTS, 4, family), t=_task(pitch), o=pitch.thing), Role.ASK)
    named = own_words("proposition_name", work.brief.proposition_name)
    return Segment(work.say(work.frame(SLOTS, 4, "plain")), Role.ASK, (named,))


def _task(pitch: Pitch) -> str:
    """The topic as something that takes time: what is only offered becomes the work with it."""
    return pitch.topic if is_task(pitch.topic) else f"work with {pitch.topic}"
