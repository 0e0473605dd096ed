"""Writing the connection request."""

from overture.composition.callers_words import own_words
from overture.composition.choice import lead_fact, short_form
from overture.composition.frames import turn
from overture.composition.frames_fact import NOTE_FACT
from overture.composition.frames_note import CLOSE, SENDER
from overture.composition.offers import offers_of
from overture.composition.parts import Desk, form_words, lead_sentence, note, note_overhead
from overture.composition.pitch import Pitch, sender_sentence
from overture.composition.ranking import Option, best
from overture.composition.refusals import does_not_fit, no_lead_fact
from overture.composition.titles import role_of
from overture.composition.widespread import telling
from overture.domain.messages import NOTE_PREFERRED, Draft, Role, Segment, linkedin_length

SLOTS = (NOTE_FACT, SENDER, CLOSE)

_FIELDS = {
    "finance": "finance",
    "customer": "customer service",
    "marketing": "marketing",
    "sales": "sales",
    "procurement": "purchasing",
    "product": "product work",
    "data": "data work",
    "security": "security",
    "engineering": "engineering",
    "legal": "legal work",
    "operations": "operations",
    "design": "design",
    "education": "education",
    "people": "hiring",
}
"""What people of a function work in, as it may follow 'someone in'."""


def write_note(work: Desk, pitch: Pitch | None) -> Draft:
    """Write the note: one fact of the company, who writes, and a light reason to connect.

    Without a readable proposition the note names the sender's company only, as the caller stated it. Versions within
    200 units are preferred, longer ones stand within the limit.
    """
    fact = lead_fact(work, pitch)
    if fact is None:
        return no_lead_fact(work)
    frames = {family: work.frame(SLOTS, 0, family) for family in ("clause", "noun")}
    places = range(max(short_form(fact), 0), len(fact.forms))
    leads = [
        Option((lead_sentence(work, frames, fact, place),), 0.45 * min(telling(form_words(fact, place)), 8))
        for place in places
    ]
    overhead = note_overhead(work)
    limit = work.brief.note_limit

    def length(_words: int, units: int) -> float:
        whole = units + overhead
        if whole > limit:
            return -1.0
        return 0.05 * max(0, whole - NOTE_PREFERRED) + 0.002 * max(0, NOTE_PREFERRED - whole)

    parts = [leads, _senders(work, pitch), _closes(work, pitch)]
    for exact in (False, True):
        found = best(work, parts, length, exact=exact)
        draft = note(work, found) if found else None
        if draft is not None and linkedin_length(draft.text) <= limit:
            return draft
    return does_not_fit(work)


def _senders(work: Desk, pitch: Pitch | None) -> list[Option]:
    named = own_words("proposition_name", work.brief.proposition_name)
    bare = Segment(work.say(work.frame(SLOTS, 1, "bare")), Role.SENDER_CLAIM, (named,))
    if pitch is None:
        return [Option((bare,))]
    fact = pitch.core or pitch.facts[0]
    found: list[Segment] = []
    topics = 0
    for offer in offers_of(fact, work.proposition):
        families = [name for name in offer.families if name in {"it", "we", "state"}]
        family = families[turn(work.brief.key, work.lead.index, "note", len(families))]
        found.append(sender_sentence(work, work.frame(SLOTS, 1, family), offer))
    for topic in dict.fromkeys((pitch.topic, pitch.thing)):
        if topic and pitch.core is not None:
            text = work.say(work.frame(SLOTS, 1, "topic"), t=topic)
            found.append(Segment(text, Role.SENDER_CLAIM, found[0].citations))
            topics += 1
    full = len(found) - topics
    options = [
        Option((Segment(item.text, item.role, (*item.citations, named)),), 0.5 if place >= full else 0.0)
        for place, item in enumerate(found)
    ]
    return [*options, Option((bare,), -3.0)]


def _closes(work: Desk, pitch: Pitch | None) -> list[Option]:
    """A light reason to connect, or none at all where nothing else fits: the invitation itself says the wish."""
    found = [Option((Segment(work.say(work.frame(SLOTS, 2, "plain")), Role.ASK),)), Option((), -0.6)]
    title = work.lead.person.job_title
    label = _FIELDS.get(role_of(title).function, "")
    fond = 0.2 - 0.2 * turn(work.brief.key, work.lead.index, "close", 3)
    if label:
        found.append(Option((Segment(work.say(work.frame(SLOTS, 2, "field"), f=label), Role.ASK),), fond))
    if pitch is not None and pitch.falls_to(title):
        texts = [work.say(work.frame(SLOTS, 2, "topic"), t=job.doing, n=job.thing) for job in pitch.jobs[:2]]
        found += [Option((Segment(text, Role.ASK),), 0.4) for text in texts]
    return found
