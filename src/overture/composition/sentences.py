"""Reading a sentence for its subject and verb, where both are plain enough to trust."""

import re
from dataclasses import dataclass
from enum import Enum

from overture.composition.sentence_tables import (
    ADDRESSED,
    ADJUNCT,
    ADVERB,
    ANOTHER_VOICE,
    FATAL,
    GROUP,
    INVISIBLE,
    LABEL,
    MODAL,
    NOT_SUBJECT,
    NOUN_READING,
    OFFERED,
    ONE_OF_MANY,
    OPEN,
    PERFECT,
    PLURAL_OF,
    PREPOSITIONAL,
    PROMISES,
    SECOND_VERB,
    SENDERS_VERBS,
    STATE_VERB,
    STATED_ONLY,
    WEAK,
)
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


@dataclass(frozen=True, slots=True)
class Page:
    """What the reading of one sentence must know of its page: names for the company, products, and all its text."""

    names: tuple[str, ...]
    products: tuple[str, ...]
    whole: str
    sender: bool = False


def parse(text: str, page: Page, before: str) -> Parsed | None:
    """Return the sentence's parts, or None where its subject or verb is not plain. ``before`` is the sentence above."""
    if len(text) > 420 or FATAL.search(text) or re.search(r"[a-z]\. [\w]", text):
        return None
    text = INVISIBLE.sub("", text)
    line = LABEL.sub("", text.strip().rstrip("!.;: ").replace("’", "'"))
    line = ADJUNCT.sub("", re.sub(r" ([,.;)])", r"\1", line))
    low = line[:1].lower() + line[1:]
    if low.startswith(("we ", "we've been ")):
        return _first_person(low.replace("we've been ", "we have been ", 1)[3:])
    if low.startswith("our "):
        return _owned(low)
    named = _after_name(line, page.names)
    if named is not None:
        return None if ANOTHER_VOICE.search(named) else _third_person(named, sender=page.sender)
    if page.sender and line.startswith("It ") and any(name in before for name in page.names):
        return _third_person(line[3:], sender=True)
    return _without_name(line, page) or (_sender_sentence(line, page, before) if page.sender else None)


def _without_name(line: str, page: Page) -> Parsed | None:
    low = line[:1].lower() + line[1:]
    can = re.match(
        r"^(?:You|Customers|Members|Students|Clients|Users|Guests|Participants|Residents|Homeowners) (?:can|may) "
        r"(\w+) (?=\w)",
        line,
    )
    if can:
        return _audience_can(low, can.group(1))
    offering = re.match(
        r"^(Offering|Providing|Serving|Specializing in|Specialising in|Helping|Delivering|Manufacturing) (?=\w)", line
    )
    if offering and not re.search(r", [a-z]+[^s\W]s ", line):
        return _coordinated(OFFERED[offering.group(1).split(" ")[0]], line.split(" ", 1)[1])
    first = line.split(" ", 1)[0].lower()
    if first in ADDRESSED and not page.sender and re.match(r"\w+ (?!is |are |was |your own )\w", line):
        return Parsed(Shape.STATES, "customers", "can", "", f"{first} {line.split(' ', 1)[1]}")
    return _stated(line, page.whole, page.products)


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
    rest = ADVERB.sub("", rest)
    word, _, tail = rest.partition(" ")
    if word.endswith(",") and is_base(word[:-1]):
        return Parsed(Shape.DOES, "", word, "", tail)
    if word in MODAL and is_base(tail.split(" ", 1)[0]) and word == "can":
        return Parsed(Shape.DOES, "", word, word, tail)
    if word == "are" and re.match(r"(?:an? |based in |located in |open )", tail):
        return Parsed(Shape.DOES, "", "are", "is", tail)
    if word == "have" and PERFECT.match(tail):
        return Parsed(Shape.DOES, "", "have", "has", tail)
    if re.match(r"(?:by|how|that|if|when|sure)\b", tail):
        return None
    if word == "have" or not is_base(word) or word in PROMISES or _dangles(word, tail):
        return None
    return _coordinated(word, tail)


def _dangles(verb: str, tail: str) -> bool:
    """'design with X' leaves out what is designed; 'work with X' does not."""
    first = tail.split(" ", 1)[0]
    if verb == "work":
        return first != "with"
    return first in {"with", "in", "at", "on", "to", "for", "from", "through"} and verb not in PREPOSITIONAL


def _coordinated(verb: str, tail: str) -> Parsed | None:
    """'We design, build and run X': further verbs would need an -s of their own, so the third person is left out."""
    lead = re.match(r"^(?:, |and |or )", tail) or verb.endswith(",")
    more = any(is_base(match.group(1)) for match in SECOND_VERB.finditer(tail))
    return Parsed(Shape.DOES, "", verb.rstrip(","), "" if lead or more else third(verb), tail)


def _third_person(rest: str, *, sender: bool) -> Parsed | None:
    rest = ADVERB.sub("", rest)
    word, _, tail = rest.partition(" ")
    low = word.lower()
    if low == "can" and is_base(tail.split(" ", 1)[0]):
        return Parsed(Shape.DOES, "", "can", "can", tail)
    if low == "is":
        tail = ONE_OF_MANY.sub("a ", tail)
    if low == "is" and re.match(r"(?:an? |based in |located in |open )", tail):
        return Parsed(Shape.DOES, "", "are", "is", tail)
    if low == "has" and PERFECT.match(tail):
        return Parsed(Shape.DOES, "", "have", "has", tail)
    base = base_of_third(low)
    if base is None or base == "have" or (base in PROMISES and not sender):
        return None
    after = tail.split(" ", 1)[0].lower()
    if is_base(after) or (after in NOUN_READING and not (after == "in" and low.startswith("special"))):
        return None
    more = any(base_of_third(match.group(1)) for match in SECOND_VERB.finditer(tail))
    return Parsed(Shape.DOES, "", "" if more else base, low, tail)


def _owned(low: str) -> Parsed | None:
    match = STATE_VERB.search(low[:90])
    if match is None:
        return None
    subject, verb, rest = low[: match.start()], match.group(1), low[match.end() :]
    if not _agrees(subject, verb) or subject.count(",") or len(subject.split()) > 8 or len(subject.split()) < 2:
        return None
    if not STATED_ONLY.match(f"{verb} {rest}") or re.match(
        r"our (?:\w+ )?(?:goals?|aim|role|feeling|time|focus|fee|prices?|rates?|philosophy|approach)\b", subject
    ):
        return None
    return Parsed(Shape.STATES, subject, verb, "", rest)


def _stated(line: str, whole: str, products: tuple[str, ...]) -> Parsed | None:
    match = STATE_VERB.search(line[:90])
    if match is None:
        return None
    subject, verb, rest = line[: match.start()], match.group(1), line[match.end() :]
    product = subject.removeprefix("The ") in products
    if len(subject.split()) > 8 or NOT_SUBJECT.search(subject) or re.search(r"\b(?:you|your|we|us|our)\b", subject):
        return None
    if not _agrees(subject, verb) or is_base(subject.split(" ", 1)[0]):
        return None
    if not (
        STATED_ONLY.match(f"{verb} {rest}") and (product or not WEAK.match(f"{verb} {rest}") or _is_named(subject))
    ):
        return None
    if not (product or re.match(r"(?:The|All|Each|Both|A|An) ", subject) or OPEN.match(f"{verb} {rest}")):
        return None
    if product and re.search(r"\b(?:us|our|we)\b", rest):
        return None
    if re.match(r"ha(?:s|ve) been\b", f"{verb} {rest}"):
        return None
    start = subject if product and not subject.startswith("The ") else _lowered(subject, whole)
    return Parsed(Shape.STATES, start, verb, "", rest) if start else None


def _is_named(subject: str) -> bool:
    """'The Team Plan', 'The NPMC': a thing of the company's own with a name."""
    return re.match(r"The (?:[A-Z][\w-]*|[A-Z]+)(?: |$)", subject) is not None


def _sender_sentence(line: str, page: Page, before: str) -> Parsed | None:
    """Right after a sentence on itself, the sender's site may say what groups of people do with its product."""
    if not _speaks_of_itself(before, page.names):
        return None
    for match in re.finditer(r" ([a-z]+)(?= )", line[:90]):
        verb, subject = match.group(1), line[: match.start()]
        head = re.split(r" (?:that|who) ", subject)[0]
        known = is_base(verb) or verb in SENDERS_VERBS
        if known and GROUP.search(head) and not subject.endswith((" that", " who", " which")):
            return Parsed(Shape.STATES, subject[:1].lower() + subject[1:], verb, "", line[match.end() + 1 :])
    return None


def _speaks_of_itself(before: str, names: tuple[str, ...]) -> bool:
    return before.startswith(("We ", "Our ", "It ")) or any(name in before for name in names)


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
    plural = PLURAL_OF.search(last) is not None and not last.endswith("ss")
    is_third = verb.endswith("s") and not verb.endswith("ss")
    return plural != is_third or last in {"team", "staff", "crew", "faculty"}


def _audience_can(low: str, verb: str) -> Parsed | None:
    if not is_base(verb):
        return None
    subject, _, rest = low.partition(" ")
    modal, _, tail = rest.partition(" ")
    return Parsed(Shape.STATES, subject, modal, "", tail)
