"""Reading a sentence for its subject and verb, where both are plain enough to trust."""

import re

from overture.composition.addressed import addressed
from overture.composition.parsed import Page, Parsed, Shape
from overture.composition.sentence_tables import (
    ADJUNCT,
    ADVERB,
    ANOTHER_VOICE,
    BARE_THIRD,
    BEING,
    FATAL,
    INVISIBLE,
    LABEL,
    MODAL,
    NOUN_READING,
    ONE_OF_MANY,
    OPENER,
    PERFECT,
    PREPOSITIONAL,
    PRIDE,
    PROMISES,
    SECOND_VERB,
)
from overture.composition.subjects import named_thing, owned, senders_groups, stated
from overture.composition.verbs import base_of_gerund, base_of_third, is_base, is_participle, third


def parse(text: str, page: Page, before: str) -> Parsed | None:
    """Return the sentence's parts, or None where its subject or verb is not plain. ``before`` is the sentence above."""
    if text.count(" ") < 2 or len(text) > 420 or text.endswith(("...", "…")):
        return None
    parsed = _read(text, page, before)
    if parsed is None or FATAL.search(text) or _TWO_SENTENCES.search(text):
        return None
    return parsed


_SPEAKS_TO_READER = re.compile(r"^(?!.*\b(?:us|we|my|me|I)\b).*\byour?\b")
"""'on your behalf ... on our platform': the company itself speaks, not its customer."""
_TWO_SENTENCES = re.compile(r"[a-z]\. \w")


def _read(text: str, page: Page, before: str) -> Parsed | None:
    line = _prepared(text)
    low = line[:1].lower() + line[1:]
    if low.startswith(("we ", "we're ", "we've ", "we'll ")):
        return _first_person(re.sub(r"^we'", "we '", low)[3:])
    if low.startswith("our "):
        return owned(_ASIDE.sub(" ", low))
    if _ASIDE.search(line):
        line = re.sub(r"(?<=\w) (?:also|always|currently|typically|now) (?=[a-z]+(?:s|ed|able) )", " ", line)
    named = _after_name(line, page.names)
    if named is not None:
        name, rest = named
        if ANOTHER_VOICE.search(rest) and not _SPEAKS_TO_READER.search(rest):
            return None
        return _third_person(rest, sender=page.sender) or (None if page.sender else named_thing(line, name))
    if page.sender and line.startswith("It ") and any(name in before for name in page.names):
        return _third_person(line[3:], sender=True)
    if not page.sender and page.product and BARE_THIRD.match(line):
        return _third_person(line, sender=False)
    return addressed(line, page) or stated(line, page) or (senders_groups(line, page, before) if page.sender else None)


_ASIDE = re.compile(r" (?:also|always|currently|typically|now) ")


def _prepared(text: str) -> str:
    text = text if text.isascii() else INVISIBLE.sub("", text)
    line = text.strip().rstrip("!.;: ").replace("’", "'")
    if not line[:1].isalnum() or any(mark in line for mark in _MARKS):
        line = LABEL.sub("", line)
    line = line.removeprefix("Yes, ") if line.startswith("Yes, we ") else line
    if any(spaced in line for spaced in _SPACES):
        line = _SPACED.sub(r"\1", line)
    adjunct = ADJUNCT.match(line)
    return line[adjunct.end() :] if adjunct else line


_MARKS = (":", "–", "—")
"""One of these stands behind a label."""
_SPACES = (" ,", " .", " ;", " )")
_SPACED = re.compile(r" ([,.;)])")


def _after_name(line: str, names: tuple[str, ...]) -> tuple[str, str] | None:
    """The name a line opens with, and what follows it in the third person."""
    low = line.lower()
    for name in names:
        if name.lower() not in low:
            continue
        for start in (name, f"The {name}", f"At {name}, we", f"Here at {name}, we"):
            if low.startswith(start.lower() + " "):
                rest = line[len(start) + 1 :]
                if start.endswith(" we"):
                    first = rest.split(" ", 1)[0]
                    return (name, f"{third(first)} {rest[len(first) + 1 :]}") if is_base(first) else None
                return line[: len(start)], rest
    return None


def _first_person(rest: str) -> Parsed | None:
    rest = OPENER.sub("", ADVERB.sub("", _written_out(rest)))
    pride = PRIDE.match(rest)
    if pride:
        base = base_of_gerund(pride.group(1))
        rest = f"{base} {rest[pride.end() :].lstrip()}" if base else rest
    rest = ADVERB.sub("", rest)
    word, _, tail = rest.partition(" ")
    if word.endswith(",") and is_base(word[:-1]):
        return Parsed(Shape.DOES, "", word, "", tail)
    if word in MODAL and is_base(tail.split(" ", 1)[0]):
        return Parsed(Shape.DOES, "", word, word, tail)
    if word == "are" and BEING.match(tail):
        return Parsed(Shape.DOES, "", "are", "is", tail)
    if word == "have" and _is_perfect(tail):
        return Parsed(Shape.DOES, "", "have", "has", tail)
    if re.match(r"(?:by|how|that|if|when|sure)\b", tail):
        return None
    if word == "have" or not is_base(word) or word in PROMISES or _dangles(word, tail):
        return None
    return coordinated(word, tail)


def _written_out(rest: str) -> str:
    for short, full in (("'re ", "are "), ("'ve ", "have "), ("'ll ", "will ")):
        rest = full + rest[len(short) :] if rest.startswith(short) else rest
    return rest


def _is_perfect(tail: str) -> bool:
    first = tail.split(" ", 1)[0]
    return PERFECT.match(tail) is not None or (is_participle(first) and not is_base(first))


def _dangles(verb: str, tail: str) -> bool:
    """'design with X' leaves out what is designed; 'work with X' does not."""
    first = tail.split(" ", 1)[0]
    if verb == "work":
        return first not in {"with", "across"}
    return first in {"with", "in", "at", "on", "to", "for", "from", "through"} and verb not in PREPOSITIONAL


def coordinated(verb: str, tail: str) -> Parsed | None:
    """'We design, build and run X': further verbs would need an -s of their own, so the third person is left out."""
    lead = re.match(r"^(?:, |and |or )", tail) or verb.endswith(",")
    more = any(is_base(match.group(1)) for match in SECOND_VERB.finditer(tail))
    return Parsed(Shape.DOES, "", verb.rstrip(","), "" if lead or more else third(verb), tail)


_LEAD_IN = re.compile(
    r"^(?:continues to|is (?:proud|pleased|happy|able|ready|here|equipped) to|will(?! be| not| have| get|"
    r" do)) (?:also )?([a-z]+)(?= )"
)
"""'is proud to offer' is 'offers'."""


def _third_person(rest: str, *, sender: bool) -> Parsed | None:
    rest = ADVERB.sub("", rest)
    lead_in = _LEAD_IN.match(rest)
    if lead_in and is_base(lead_in.group(1)):
        rest = third(lead_in.group(1)) + rest[lead_in.end() :]
    word, _, tail = rest.partition(" ")
    low = word.lower()
    if low == "can" and is_base(tail.split(" ", 1)[0]):
        return Parsed(Shape.DOES, "", "can", "can", tail)
    if low == "is":
        tail = ONE_OF_MANY.sub("a ", tail)
    if low == "is" and BEING.match(tail):
        return Parsed(Shape.DOES, "", "are", "is", tail)
    if low == "has" and _is_perfect(tail):
        return Parsed(Shape.DOES, "", "have", "has", tail)
    base = base_of_third(low)
    if base is None or base == "have" or (base in PROMISES and not sender):
        return None
    after = tail.split(" ", 1)[0].lower()
    if is_base(after) or (after in NOUN_READING and not (after == "in" and low.startswith("special"))):
        return None
    more = any(base_of_third(match.group(1)) for match in SECOND_VERB.finditer(tail))
    return Parsed(Shape.DOES, "", "" if more else base, low, tail)
