"""Reading a sentence for its subject and verb, where both are plain enough to trust."""

import re
from dataclasses import dataclass
from enum import Enum

from overture.composition.verbs import base_of_third, is_base, third


class Shape(Enum):
    """How a sentence may be used."""

    DOES = "does"
    STATES = "states"


@dataclass(frozen=True, slots=True)
class Parsed:
    """Subject, verb and the rest. DOES has no subject; an empty ``third`` or ``base`` cannot be formed safely."""

    shape: Shape
    subject: str
    base: str
    third: str
    rest: str


_ADJUNCT = re.compile(
    r"^(?:Whether|As an?|As the|At|With|Since|For (?:over|more than|nearly|almost)|From|Through|Founded|Based|Located|In|"
    r"By|Using|Across|Today|Here at)\b[^.;?!]{2,140}?, (?=(?:we|our)\b)",
)
_ADVERB = re.compile(r"^(?:also|always|proudly|currently|now|simply|specifically|primarily|only|regularly|then|fully|both) ", re.IGNORECASE)
_FATAL = re.compile(r"[“”\"?{}<>]|(?:^|\s)['‘][A-Za-z]|https?:|@|\b(?:I|my|me|I'm|I've)\b|\bignore (?:all|previous|any)\b", re.IGNORECASE)
_SECOND_VERB = re.compile(r"\b(?:and|or|,) ([a-z]+)(?= |$)")
_MODAL = ("can", "will")
_STATE_VERBS = (
    "include includes provide provides offer offers help helps allow allows enable enables let lets give gives deliver delivers "
    "create creates develop develops serve serves teach teaches combine combines connect connects integrate integrates bring "
    "brings take takes make makes keep keeps specialise specialises specialize specializes consist consists range ranges come "
    "comes last lasts contain contains cover covers run runs is are can has have work works use uses meet meets span spans"
).split()
_STATE_VERB = re.compile(r" (" + "|".join(_STATE_VERBS) + r") ")
_STATED_ONLY = re.compile(
    r"^(?:is|are) (?:also |all |now )?(?:available|open|included|taught|offered|delivered|held|based in|located|made (?:from|of|with|in|up)|"
    r"divided|required|provided|designed (?:for|to)|built (?:on|in|with|for)|run by|staffed|equipped|certified|licensed|insured|"
    r"accredited|approved|free to|limited to|\d|one of|composed|conducted|led by|hosted|issued|an? )"
    r"|^(?:include|includes|consist of|consists of|last|lasts|run|runs|range|ranges|come with|comes with|cover|covers|take|takes|"
    r"contain|contains|can|combine|combines|span|spans|serve|serves|offers|provides) "
)
_PLURAL_OF = re.compile(r"(?:s|team|staff|people|faculty|crew|personnel|alumni)$")


def parse(text: str, names: tuple[str, ...], before: str, whole: str, *, sender: bool = False) -> Parsed | None:
    """Return the sentence's parts, or None where its subject or verb is not plain."""
    if len(text) > 420 or _FATAL.search(text):
        return None
    line = text.strip().rstrip("!.;: ").replace("’", "'")
    line = _ADJUNCT.sub("", line)
    low = line[:1].lower() + line[1:]
    if low.startswith("we ") or low.startswith("we've been "):
        return _first_person(re.sub(r"^we've been ", "we have been ", low)[3:])
    if low.startswith("our "):
        return _owned(low)
    named = _after_name(line, names)
    if named is not None:
        return _third_person(named)
    if sender and line.startswith("It ") and any(name in before for name in names):
        return _third_person(line[3:])
    can = re.match(r"^(?:You|Customers|Members|Students|Clients|Users|Guests|Participants|Residents|Homeowners) (?:can|may) (\w+) (?=\w)", line)
    if can:
        return _audience_can(low, can.group(1))
    return _stated(line, whole, sender=sender)


def _after_name(line: str, names: tuple[str, ...]) -> str | None:
    for name in names:
        for start in (name, f"The {name}", f"At {name}, we", f"Here at {name}, we"):
            if line.lower().startswith(start.lower() + " "):
                rest = line[len(start) + 1 :]
                if start.endswith(" we"):
                    first = rest.split(" ", 1)[0]
                    return f"{third(first)} {rest[len(first) + 1 :]}" if is_base(first) else None
                return rest
    return None


def _first_person(rest: str) -> Parsed | None:
    rest = _ADVERB.sub("", rest)
    word, _, tail = rest.partition(" ")
    if word in _MODAL and is_base(tail.split(" ", 1)[0]) and word == "can":
        return Parsed(Shape.DOES, "", word, word, tail)
    if word == "are" and re.match(r"(?:an? |based in |located in |open )", tail):
        return Parsed(Shape.DOES, "", "are", "is", tail)
    if word == "have" and re.match(r"(?:been \w+ing|\d|over \d|more than \d|an? )", tail):
        return Parsed(Shape.DOES, "", "have", "has", tail)
    if word == "have" or not is_base(word):
        return None
    return _coordinated(word, tail)


def _coordinated(verb: str, tail: str) -> Parsed | None:
    """'We design, build and run X': further verbs would need an -s of their own, so the third person is left out."""
    lead = re.match(r"^(?:, |and |or )", tail) or verb.endswith(",")
    more = any(is_base(match.group(1)) for match in _SECOND_VERB.finditer(tail))
    return Parsed(Shape.DOES, "", verb.rstrip(","), "" if lead or more else third(verb), tail)


def _third_person(rest: str) -> Parsed | None:
    rest = _ADVERB.sub("", rest)
    word, _, tail = rest.partition(" ")
    low = word.lower()
    if low == "is" and re.match(r"(?:an? |based in |located in |open )", tail):
        return Parsed(Shape.DOES, "", "are", "is", tail)
    if low == "has" and re.match(r"(?:been \w+ing|\d|over \d|more than \d|an? )", tail):
        return Parsed(Shape.DOES, "", "have", "has", tail)
    base = base_of_third(low)
    if base is None or base == "have":
        return None
    more = any(base_of_third(match.group(1)) for match in _SECOND_VERB.finditer(tail))
    return Parsed(Shape.DOES, "", "" if more else base, low, tail)


def _owned(low: str) -> Parsed | None:
    match = _STATE_VERB.search(low[:90])
    if match is None:
        return None
    subject, verb, rest = low[: match.start()], match.group(1), low[match.end() :]
    if not _agrees(subject, verb) or subject.count(",") or len(subject.split()) > 8 or subject == "our":
        return None
    return Parsed(Shape.STATES, subject, verb, "", rest)


def _stated(line: str, whole: str, *, sender: bool) -> Parsed | None:
    match = _STATE_VERB.search(line[:90])
    if match is None and sender:
        return _sender_sentence(line, whole)
    if match is None:
        return None
    subject, verb, rest = line[: match.start()], match.group(1), line[match.end() :]
    if not sender and not _STATED_ONLY.match(f"{verb} {rest}"):
        return None
    start = _lowered(subject, whole)
    if start is None or not _agrees(subject, verb) or len(subject.split()) > 8 or re.search(r"\b(?:you|your|we|us)\b", subject):
        return None
    if re.match(r"(?i)(?:data|businesses|companies|people|technology|everyone|nothing|something|one|many|most|some)\b", subject):
        return None
    return Parsed(Shape.STATES, start, verb, "", rest)


def _sender_sentence(line: str, whole: str) -> Parsed | None:
    """The sender's own site may be quoted in whole sentences, whatever their verb."""
    for match in re.finditer(r" ([a-z]+) ", line[:90]):
        verb = match.group(1)
        subject = line[: match.start()]
        start = _lowered(subject, whole)
        if start and (is_base(verb) or base_of_third(verb)) and _agrees(subject, verb):
            return Parsed(Shape.STATES, start, verb, "", line[match.end() :])
    return None


def _lowered(subject: str, whole: str) -> str | None:
    """Lower the first letter where that is safe; None where the first word may be a name."""
    first = subject.split(" ", 1)[0]
    if first in {"The", "All", "Each", "Every", "A", "An"} or re.search(rf"\b{re.escape(first.lower())}\b", whole):
        return subject[:1].lower() + subject[1:]
    if re.search(r" [a-z]+s$", subject) and first.endswith(("ing", "ed", "al", "ly", "ort", "ance", "ting")):
        return subject[:1].lower() + subject[1:]
    return None


def _agrees(subject: str, verb: str) -> bool:
    """A plural verb wants a plural noun before it; the other way round a verb is often a noun."""
    last = subject.rsplit(" ", 1)[-1].lower()
    if verb in {"can", "has", "have", "is", "are"}:
        return True
    plural = _PLURAL_OF.search(last) is not None and not last.endswith("ss")
    is_third = verb.endswith("s") and not verb.endswith("ss")
    return plural != is_third or last in {"team", "staff", "crew", "faculty"}


def _audience_can(low: str, verb: str) -> Parsed | None:
    if not is_base(verb):
        return None
    subject, _, rest = low.partition(" ")
    modal, _, tail = rest.partition(" ")
    return Parsed(Shape.STATES, subject, modal, "", tail)
