"""The parts that every type is built from: one lead's work, its segments, and how they are joined."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from overture.composition.callers_words import company_name, given_name, own_words, title_words
from overture.composition.facts import Fact
from overture.composition.frames import Slot, fill, frames_used
from overture.composition.grammar import article
from overture.composition.roles import Priority
from overture.domain.evidence import Evidence
from overture.domain.messages import (
    YOUR_NAME,
    Brief,
    Citation,
    LeadDossier,
    MessageType,
    Role,
    Segment,
    Tone,
    Written,
    linkedin_length,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that one message of one lead is written from, already chosen and made safe."""

    brief: Brief
    lead: LeadDossier
    type: MessageType
    first_name: str
    company: str
    title: str
    proposition: str
    signoff: str
    formal: dict[str, str] = field(default_factory=dict[str, str])
    """What was said, in the formal tone: candidates are ranked by it, so that tone never changes which is taken."""

    @property
    def tone(self) -> Tone:
        """The register asked for."""
        return self.brief.tone

    def frame(self, slots: tuple[Slot, ...], place: int, family: str) -> str:
        """Return the frame that this lead has at a slot, in the family that fits."""
        used = frames_used(self.brief.key, self.type, self.lead.index, slots)
        return slots[place].families[family][used[place]]

    def say(self, frame: str, **values: str) -> str:
        """Fill a frame with what every frame may name and the values given."""
        role = f" as {self.title}" if self.title else ""
        alone = f"as {self.title}," if self.title else "in your role,"
        known = {"company": self.company, "p": self.proposition, "role": role, "as": alone, "for": self._for()}
        said = fill(frame, self.tone, known | values)
        if self.tone is not Tone.FORMAL:
            self.formal[said] = fill(frame, Tone.FORMAL, known | values)
        return said

    def within(self, length: Callable[[int, int], float]) -> Callable[[int, int], float]:
        """Return a letter's penalty for its length, which also refuses what is longer than the brief allows."""
        most = self.brief.most
        if most is None:
            return length
        room = most - linkedin_length(_framed(self))
        return lambda words, units: length(words, units) + 0.01 * units if units <= room else -1.0

    def _for(self) -> str:
        return f"for {article(self.title)} {self.title}," if self.title else "in your role,"

    def title_citation(self) -> tuple[Citation, ...]:
        """Return the caller's job title as a citation, where there is one."""
        return (own_words("job_title", self.lead.person.job_title),) if self.lead.person.job_title else ()


def desk(brief: Brief, lead: LeadDossier, message_type: MessageType) -> Desk | str:
    """Return the desk, or what is wrong with the caller's own words."""
    first, company = given_name(lead.person.first_name), company_name(lead.person.company)
    proposition = company_name(brief.proposition_name)
    signoff = YOUR_NAME if brief.signoff_name is None else given_name(brief.signoff_name)
    for label, value in (
        ("The first name", first),
        ("The company's name", company),
        ("The proposition's name", proposition),
        ("The sign-off name", signoff),
    ):
        if not value:
            return f"{label} as given cannot stand in a message."
    return Desk(brief, lead, message_type, first, company, title_words(lead.person.job_title), proposition, signoff)


def cite(evidence: Iterable[Evidence]) -> tuple[Citation, ...]:
    """Return citations of whole pieces of evidence."""
    return tuple(Citation(item.id, item.url, item.text, item.fetched_at) for item in evidence)


_GREETINGS = {Tone.NORMAL: ("Hi", "Hello"), Tone.FORMAL: ("Dear", "Hello"), Tone.CASUAL: ("Hey", "Hi")}
_CLOSINGS = {Tone.NORMAL: "", Tone.FORMAL: "Kind regards,\n", Tone.CASUAL: ""}
_LOWERED = ("Your ", "The ", "According ", "On ", "It ", "Noticed ", "Saw ", "You ", "Customers ", "All ")


def letter(work: Desk, body: list[Segment]) -> Written:
    """Return the message: greeting and sign-off on lines of their own, the body as one paragraph."""
    greeting = Segment(_opened(work), Role.GREETING)
    signoff = Segment(_closed(work), Role.SIGNOFF)
    return _written(work.type, [greeting, *_spaced(body), signoff])


def _opened(work: Desk) -> str:
    return f"{_greeting(work)},\n\n"


def _closed(work: Desk) -> str:
    return f"\n\n{_CLOSINGS[work.tone]}{work.signoff}"


def _framed(work: Desk) -> str:
    """What stands around the body of a letter."""
    return _opened(work) + _closed(work)


def note_overhead(work: Desk) -> int:
    """Return the units that greeting and sign-off take in a note at most, whatever the tone."""
    return linkedin_length(f"Hello {work.first_name}, \n{work.signoff}")


def note(work: Desk, body: list[Segment]) -> Written:
    """Return the short message of an invitation: all in one line, the name below."""
    first = body[0]
    if first.text.startswith(_LOWERED):
        body = [Segment(first.text[:1].lower() + first.text[1:], first.role, first.citations), *body[1:]]
    greeting = Segment(f"{_greeting(work)}, ", Role.GREETING)
    return _written(work.type, [greeting, *_spaced(body), Segment(f"\n{work.signoff}", Role.SIGNOFF)])


def _greeting(work: Desk) -> str:
    return f"{_GREETINGS[work.tone][work.lead.index % 2]} {work.first_name}"


def _spaced(body: list[Segment]) -> list[Segment]:
    return [Segment(item.text + " ", item.role, item.citations) for item in body[:-1]] + body[-1:]


def _written(message_type: MessageType, segments: list[Segment]) -> Written:
    return Written(message_type, "".join(item.text for item in segments), tuple(segments))


def lead_sentence(work: Desk, frames: dict[str, str], fact: Fact, form: int) -> Segment:
    """Return the sentence that states one fact of the lead's company."""
    chosen = fact.forms[min(form, len(fact.forms) - 1)]
    if fact.kind.value == "noun":
        text = work.say(frames["noun"], noun=chosen.you)
    elif fact.kind.value == "states":
        text = work.say(frames["clause"], you=chosen.you, name=chosen.you)
    else:
        frame = frames["clause"]
        named = "it" if "{company}" in frame and not chosen.you else work.company
        about, told = f"{named} {chosen.it}", f"you {chosen.you}"
        # "Todoist has been building Todoist": a clause that names the company has 'you' as its subject.
        doubled = bool(chosen.you) and work.company.casefold() in chosen.it.casefold()
        text = work.say(frame, you=told if chosen.you else about, name=about if chosen.it and not doubled else told)
    return Segment(text, Role.LEAD_CLAIM, cite(fact.evidence))


def form_words(fact: Fact, form: int) -> str:
    """Return the words of one length of a fact."""
    return fact.forms[form].you or fact.forms[form].it


def guess(work: Desk, frame: str, priority: Priority) -> Segment:
    """Return the hedged sentence on what the role may care about."""
    return Segment(work.say(frame, g=priority.text), Role.INFERENCE, work.title_citation())
