"""Sentences that speak to the page's reader: told as what customers can do."""

import re
from collections import Counter

from overture.composition.parsed import Page, Parsed, Shape
from overture.composition.sentence_tables import (
    ADDRESSED,
    ADDRESSED_NOUNS,
    OFFERED,
    PROMISES,
    RECEIVED,
)
from overture.composition.verbs import is_base
from overture.composition.wordlist import listed

_AUDIENCE = (
    "You|Customers|Members|Students|Clients|Users|Guests|Participants|Residents|Homeowners|Visitors|Patients|"
    "Teams|Businesses|Companies|Families|Learners|Drivers|Employers|Developers|Attendees|Trainees|Applicants"
)
_CAN = re.compile(rf"^(?:{_AUDIENCE}) (?:can|may)(?: also| even| easily| now| then| always)* (\w+) (?=\w)")
_GETS = re.compile(
    rf"^(?:{_AUDIENCE})(?:['’]ll| will)?(?: also| then| typically)* ({'|'.join(sorted(RECEIVED))}) (?=\w)"
)
_OPENS = re.compile(
    r"^(?:your|an?|the|all|any|every|each|multiple|unlimited|custom|and|online|with|from|in|for|across|\d[\d,]*\+?|"
    r"or)\b|^[a-z]+, (?=[a-z]+,? (?:and|or) )"
)
_SINCE = re.compile(r"\b(?:since|for over|for more than|for nearly|for almost) \w")


_SELF_SERVICE = listed(
    "login signup trial demo dashboard dashboards app apps software platform tool tools api integration integrations "
    "workflow workflows account online book checkout cart calculator template templates download"
)


def is_product(counts: Counter[str]) -> bool:
    """Tell whether customers work with what the page offers themselves: then its orders say what they can do.

    A short page is given the benefit of the doubt.
    """
    return counts.total() < 150 or sum(counts[word] for word in _SELF_SERVICE) >= 4


def addressed(line: str, page: Page) -> Parsed | None:
    """Read 'You can ...', 'Students receive ...', 'Offering ...' and orders to the reader, or None."""
    can = _CAN.match(line)
    if can:
        verb = can.group(1)
        subject = line.split(" ", 1)[0].lower()
        usable = is_base(verb) and (verb not in PROMISES or verb in {"choose", "start", "join", "apply", "review"})
        return Parsed(Shape.STATES, _plural(subject), "can", "", line[can.start(1) :]) if usable else None
    gets = _GETS.match(line)
    if gets:
        subject = re.split(r"[ '’]", line, maxsplit=1)[0].lower()
        return Parsed(Shape.STATES, _plural(subject), gets.group(1), "", line[gets.end() :])
    return _offering(line) or _order(line, page)


def _plural(subject: str) -> str:
    return "customers" if subject == "you" else subject


def _offering(line: str) -> Parsed | None:
    match = _OFFERING.match(line)
    if match is None or re.search(r", [a-z]+[^s\W]s (?!and )", line):
        return None
    base, rest = OFFERED[match.group(1)], line[match.end() :]
    if _SINCE.search(rest):
        return (
            Parsed(Shape.DOES, "", f"have {_PARTICIPLE[base]}", f"has {_PARTICIPLE[base]}", rest)
            if base in _PARTICIPLE
            else None
        )
    return Parsed(Shape.DOES, "", base, _third(base), rest)


_OFFERING = re.compile(r"(" + "|".join(OFFERED) + r") (?=\w)")
_PARTICIPLE = {
    "serve": "served",
    "offer": "offered",
    "provide": "provided",
    "help": "helped",
    "specialize": "specialized",
}


def _third(base: str) -> str:
    return f"{base}s"


def _order(line: str, page: Page) -> Parsed | None:
    first, _, rest = line.partition(" ")
    first, together = first.lower().rstrip(","), first.endswith(",")
    if (
        page.sender
        or not page.product
        or not rest
        or not rest[0].isalnum()
        or not (first in ADDRESSED or first in ADDRESSED_NOUNS)
        or re.match(r"(?:is|are|was|your own|cases?|of|a demo|the demo|a video|the video) ", rest + " ")
    ):
        return None
    if first in ADDRESSED or _OPENS.match(rest):
        return Parsed(Shape.STATES, "customers", "can", "", f"{first}{',' if together else ''} {rest}")
    return None
