"""What is evaluated: a message with its brief and dossier, whoever wrote it; and the parts of its text."""

import re
from dataclasses import dataclass

from overture.composition.evaluation.readability import sentences
from overture.domain.messages import Brief, LeadDossier, MessageType, Role, Segment, Written

_GREETING = re.compile(
    r"^(?:(?:Hi|Hello|Hey|Dear|Good (?:morning|day|afternoon))\b[^,\n!.]{0,60}[,!]?(?:\s+|$))", re.IGNORECASE
)
_CLOSING = re.compile(
    r"(?i)^(?:kind|best|warm|many|with)? ?(?:regards|wishes|best|thanks|thank you|cheers|sincerely|"
    r"yours \w+|all the best)"
    r"[,.!]?$"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One message to be evaluated.

    ``text`` is None where it was refused; ``reason`` then says why. ``segments`` is empty where the writer
    states none: then each sentence is matched against the evidence. ``cost`` is in whatever unit the file uses.
    """

    id: str
    type: MessageType
    text: str | None
    brief: Brief
    lead: LeadDossier
    segments: tuple[Segment, ...] = ()
    reason: str = ""
    cost: float | None = None

    @property
    def lead_key(self) -> str:
        """What makes a lead one lead in a file: company and names."""
        person = self.lead.person
        return f"{person.company}|{person.first_name}|{person.last_name}".casefold()


@dataclass(frozen=True, slots=True)
class Parts:
    """A text taken apart: the greeting with its name, what is said, and the sign-off."""

    greeting: str
    body: str
    signoff: str


def parts(text: str, segments: tuple[Segment, ...] = ()) -> Parts:
    """Take a text apart, by its segments where there are some, else by its lines."""
    if segments and segments[0].role is Role.GREETING and segments[-1].role is Role.SIGNOFF:
        body = "".join(item.text for item in segments[1:-1])
        return Parts(segments[0].text, body.strip(), segments[-1].text)
    match = _GREETING.match(text)
    greeting = match.group() if match else ""
    rest = text[len(greeting) :].rstrip()
    lines = rest.split("\n")
    tail: list[str] = []
    while len(lines) > 1 and len(tail) < 3 and _closes(lines[-1], first=not any(line.strip() for line in tail)):
        tail.insert(0, lines.pop())
    signoff = "\n".join(tail)
    return Parts(greeting, "\n".join(lines).strip(), signoff)


def _closes(line: str, *, first: bool) -> bool:
    bare = line.strip()
    if not bare or _CLOSING.match(bare):
        return True
    return first and len(bare.split()) <= 4 and not bare.endswith((".", "?", ":"))


def opening(sample: Sample) -> str:
    """Return the first five words after the greeting, in lower case without punctuation."""
    body = parts(sample.text or "", sample.segments).body
    return " ".join(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", body.lower())[:5])


def closing(sample: Sample) -> str:
    """Return the last sentence before the sign-off, in lower case."""
    found = sentences(parts(sample.text or "", sample.segments).body)
    return found[-1].lower() if found else ""


def written(sample: Sample, segments: tuple[Segment, ...]) -> Written:
    """Return the message as the gate takes it."""
    return Written(sample.type, sample.text or "", segments)
