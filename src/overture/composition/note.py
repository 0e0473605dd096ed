"""Writing the connection request."""

from itertools import product

from overture.composition.callers_words import own_words
from overture.composition.choice import lead_fact, short_form
from overture.composition.frames_fact import NOTE_FACT
from overture.composition.frames_note import CLOSE, SENDER
from overture.composition.parts import Desk, lead_sentence, note
from overture.composition.pitch import Pitch, sender_sentence
from overture.composition.refusals import does_not_fit, no_lead_fact
from overture.domain.messages import NOTE_PREFERRED, Draft, Role, Segment, Written, linkedin_length

SLOTS = (NOTE_FACT, SENDER, CLOSE)


def write_note(work: Desk, pitch: Pitch | None) -> Draft:
    """Write the note: one fact of the company, who writes, and the wish to connect.

    Without a readable proposition the note names the sender's company only, as the caller stated it.
    Of the versions that the lead's own frames allow, the fullest within 200 units is taken, else the
    shortest within the limit.
    """
    topics = pitch.topics if pitch else frozenset[str]()
    fact = lead_fact(work.lead, work.type, topics)
    if fact is None:
        return no_lead_fact(work)
    close = Segment(work.say(work.frame(SLOTS, 2, "plain")), Role.ASK)
    frames = {family: work.frame(SLOTS, 0, family) for family in NOTE_FACT.families}
    leads = [lead_sentence(work, frames, fact, place) for place in range(max(short_form(fact), 0), len(fact.forms))]
    written = [note(work, [lead, sender, close]) for lead, sender in product(leads, _senders(work, pitch))]
    return _best(work, written) or does_not_fit(work)


def _senders(work: Desk, pitch: Pitch | None) -> list[Segment]:
    frames = {family: work.frame(SLOTS, 1, family) for family in SENDER.families}
    named = own_words("proposition_name", work.brief.proposition_name)
    bare = Segment(work.say(frames["bare"]), Role.SENDER_CLAIM, (named,))
    if pitch is None or pitch.core is None:
        return [bare]
    even = work.lead.index % 2 == 0
    claims = [sender_sentence(work, frames, pitch.core, form, even=even) for form in range(len(pitch.core.forms))]
    if pitch.topic and pitch.topic not in pitch.core.forms[-1].we:
        about = Segment(work.say(frames["topic"], t=pitch.topic), Role.SENDER_CLAIM, claims[0].citations)
        claims.append(about)
    if pitch.thing and pitch.thing != pitch.topic:
        claims.append(Segment(work.say(frames["topic"], t=pitch.thing), Role.SENDER_CLAIM, claims[0].citations))
    return [Segment(item.text, item.role, (*item.citations, named)) for item in claims] + [bare]


def _best(work: Desk, written: list[Written]) -> Written | None:
    limit = work.brief.note_limit
    preferred = min(NOTE_PREFERRED, limit)
    fitting = [(linkedin_length(item.text), item) for item in written]
    short = [pair for pair in fitting if pair[0] <= preferred and not _is_bare(pair[1], written)]
    if short:
        return max(short, key=lambda pair: pair[0])[1]
    long = [pair for pair in fitting if pair[0] <= limit and not _is_bare(pair[1], written)]
    if long:
        return min(long, key=lambda pair: pair[0])[1]
    rest = [pair for pair in fitting if pair[0] <= limit]
    return max(rest, key=lambda pair: pair[0])[1] if rest else None


def _is_bare(item: Written, written: list[Written]) -> bool:
    """A note without a claim on the proposition is only wanted where there is no other."""
    return len(item.segments[2].citations) == 1 and any(len(other.segments[2].citations) > 1 for other in written)
