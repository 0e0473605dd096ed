"""Sentences with a subject of their own: 'our workshop offers ...', 'the Team Plan includes ...'."""

import re

from overture.composition.parsed import Page, Parsed, Shape
from overture.composition.sentence_tables import (
    DETERMINER,
    GROUP,
    NOT_OWNED,
    NOT_SUBJECT,
    OPEN,
    OTHERS,
    OTHERS_MAY,
    PLAIN_VERBS,
    PLURAL_OF,
    PROMISES,
    SENDERS_VERBS,
    STATED_ONLY,
    WEAK,
)
from overture.composition.verbs import base_of_third, is_base

_FURTHEST = 9
_ROLES = re.compile(r"(?i)\b(?:leads?|director|manager|officer|president|founder|customers|users|clients|students)$")
_BOTH_NUMBERS = re.compile(r"(?:ics|team|staff|crew|faculty|series|headquarters)$")
_PLACES = frozenset(
    {"in", "of", "at", "for", "with", "on", "by", "and", "or", "to", "from", "the", "a", "an", "our", "your"}
)


def main_verb(line: str) -> tuple[str, str, str] | None:
    """Return subject, verb and rest at the first word that can only be the verb, or None.

    A verb that is a noun as often ('services', 'reports') counts only where a new noun phrase opens after it.
    """
    words = line.split(" ")
    for place in range(1, min(len(words) - 1, _FURTHEST)):
        word, after = words[place], words[place + 1].lower()
        if word in {"that", "which", "who", "where", "when", "to"} or words[place - 1].endswith((",", ":", ";")):
            return None
        if not _may_be_verb(word, after) or words[place - 1].lower() in _PLACES:
            continue
        if agrees(words[place - 1], word) and not (after in PLAIN_VERBS and is_base(after)):
            return " ".join(words[:place]), word, " ".join(words[place + 1 :])
    return None


def _may_be_verb(word: str, after: str) -> bool:
    if word in PLAIN_VERBS:
        return True
    base = word if is_base(word) else base_of_third(word)
    return word.islower() and base is not None and base not in PROMISES and after in DETERMINER


def agrees(noun: str, verb: str) -> bool:
    """A plural verb wants a plural noun before it; the other way round a verb is often a noun."""
    last = noun.rsplit(" ", 1)[-1].lower()
    if verb in {"can", "will", "has", "have", "is", "are"} or _BOTH_NUMBERS.search(last):
        return True
    plural = PLURAL_OF.search(last) is not None and not last.endswith(("ss", "us", "'s"))
    is_third = verb.endswith("s") and not verb.endswith("ss")
    return plural != is_third


def owned(low: str) -> Parsed | None:
    """Read 'our X offers ...'."""
    found = main_verb(low)
    if found is None:
        return None
    subject, verb, rest = found
    if subject.count(",") or not 2 <= len(subject.split()) <= 8 or NOT_OWNED.search(subject):
        return None
    if OTHERS.search(subject) and verb not in OTHERS_MAY:
        return None
    return _statement(subject, verb, rest)


def named_thing(line: str, name: str) -> Parsed | None:
    """Read 'Acme Pay settles ...': a thing of the company's own that carries its name."""
    found = main_verb(line)
    if found is None:
        return None
    subject, verb, rest = found
    if (
        not subject.startswith(name)
        or " and " in subject.replace(name, "")
        or subject.count(",")
        or len(subject.split()) > len(name.split()) + 5
    ):
        return None
    if re.search(r"\b(?:us|our|ours|we|my|me)\b", f"{subject} {rest}") or _ROLES.search(subject):
        return None
    return _statement(subject, verb, rest)


def _statement(subject: str, verb: str, rest: str) -> Parsed | None:
    if verb == "will":
        verb, _, rest = rest.partition(" ")
        if not is_base(verb):
            return None
        verb = verb if PLURAL_OF.search(subject) and not subject.endswith("team") else ""
    if not verb or rest.startswith(("not ", "also not ")):
        return None
    known = is_base(verb) or base_of_third(verb) is not None
    if verb in {"is", "are", "has", "have", "can"} or not known:
        if not STATED_ONLY.match(f"{verb} {rest}"):
            return None
    elif (base_of_third(verb) or verb) in PROMISES:
        return None
    return Parsed(Shape.STATES, subject, verb, "", rest)


def stated(line: str, page: Page) -> Parsed | None:
    """Read a sentence whose subject is a product, a thing with a name, or what is offered to all."""
    found = main_verb(line)
    if found is None:
        return None
    subject, verb, rest = found
    product = subject.removeprefix("The ") in page.products
    if len(subject.split()) > 8 or NOT_SUBJECT.search(subject) or re.search(r"\b(?:you|your|we|us|our)\b", subject):
        return None
    if is_base(subject.split(" ", 1)[0]) and not product:
        return None
    said = f"{verb} {rest}"
    if _UNIT.search(subject) and not _GENERAL.match(said) and not re.search(r"\b(?:us|our|we)\b", rest):
        return _statement(lowered(subject, page.small) or subject, verb, rest)
    if not (STATED_ONLY.match(said) and (product or not WEAK.match(said) or _is_named(subject))):
        return None
    if not (product or re.match(r"(?:The|All|Each|Both) ", subject) or OPEN.match(said)):
        return None
    if (product and re.search(r"\b(?:us|our|we)\b", rest)) or re.match(r"ha(?:s|ve) been\b", said):
        return None
    start = subject if product and not subject.startswith("The ") else lowered(subject, page.small)
    return Parsed(Shape.STATES, start, verb, "", rest) if start else None


_UNIT = re.compile(
    r"^The (?:[\w&'-]+ ){0,6}(?:departments?|division|office|programs?|programmes?|course|school|studio|cent(?:er|re)|"
    r"institute|"
    r"library|museum|committee|foundation|plan|package|suite|faculty|staff|workshop|clinic|"
    r"certificate|"
    r"curriculum|academy|dashboard|API|calculator|editor|checker|scanner|kit|membership|subscription|lessons|classes)$",
    re.IGNORECASE,
)
"""A part of the company or of its offer, of which a page speaks with 'the'."""
_GENERAL = re.compile(r"(?:can|has|have|is|are) (?!responsible|open|available|offered|taught|located|\d)")


def _is_named(subject: str) -> bool:
    """'The Team Plan', 'The NPMC': a thing of the company's own with a name."""
    return re.match(r"The (?:[A-Z][\w'-]*|[A-Z]+)(?: |$)", subject) is not None


def senders_groups(line: str, page: Page, before: str) -> Parsed | None:
    """Right after a sentence on itself, the sender's site may say what groups of people do with its product."""
    if not (before.startswith(("We ", "Our ", "It ")) or any(name in before for name in page.names)):
        return None
    for match in re.finditer(r" ([a-z]+)(?= )", line[:90]):
        verb, subject = match.group(1), line[: match.start()]
        head = re.split(r" (?:that|who) ", subject)[0]
        known = is_base(verb) or verb in SENDERS_VERBS
        if known and GROUP.search(head) and not subject.endswith((" that", " who", " which")):
            return Parsed(Shape.STATES, subject[:1].lower() + subject[1:], verb, "", line[match.end() + 1 :])
    return None


def lowered(subject: str, small: frozenset[str]) -> str | None:
    """Lower the first letter where that is safe; None where the first word may be a name."""
    first = subject.split(" ", 1)[0]
    if first.isupper() and len(first) > 1:
        return subject
    if first in {"The", "All", "Each", "Every", "A", "An"} or first.lower() in small:
        return subject[:1].lower() + subject[1:]
    if re.search(r" [a-z]+s$", subject) and first.endswith(("ing", "ed", "al", "ly", "ort", "ance", "ting")):
        return subject[:1].lower() + subject[1:]
    return None
