"""From a sentence's parts to clauses of several lengths, turned to the person they are sent to."""

import re
from collections.abc import Iterator

from overture.composition.grammar import cuts, ends_badly, join
from overture.composition.parsed import Parsed, Shape
from overture.composition.patterns import why_refused, without_praise
from overture.composition.person import Voice, shift
from overture.composition.specificity import specificity
from overture.composition.verbs import BASES, base_of_third, is_base
from overture.composition.wordlist import listed
from overture.composition.words import content_stems

LONGEST = 230
_LEAST = 0.9
"""The least specificity of a clause: 'provide solutions for your business' has 0.4."""
_LEAST_BEING = 1.0
"""What a company is ('a design platform') may be said in commoner words."""
_LEAST_SENDER = 0.3

_CAUSES = frozenset(
    listed("help helps allow allows enable enables let lets invite invites teach teaches train trains can")
)
_RELATIVE = re.compile(r" (?:that|which|who|whose|while|because|so) ")
_PURPOSE = re.compile(r" (?:to (?!\w+s\b)(?:[a-z]+ly )?[a-z]+[ ,]|in order to |designed to |intended to |aimed at )")
_ADJUNCT = re.compile(
    r",? (?:throughout|across|through|within|using|via|by \w+ing|without|while|as well as|in addition to|along with|"
    r"based on|according to|depending on|regardless of|so that|such as|including|in|by|from|with|for|at) (?=[^,]+$)"
    r"|, [a-z]{3,}ing (?=[^,]+$)"
)
_OPEN_END = re.compile(r"(?:ed|able|ing|ly|ive|ful|ous|ical|\bnot|\bmore|\bless|\bthat|\bso|\bcan|\blow|\bhigh)$")
_SPLICE = re.compile(r", (?:" + "|".join(sorted(BASES)) + r") (?!and\b)\w+")
_ANOTHER_VERB = re.compile(r"\b(?:and|or) (?:\w+ly |then |even |instantly )?([a-z]+)")
_A_PLURAL = re.compile(r"^an? (?:[\w-]+ ){0,4}(?:solutions|services|products|tools|systems)\b|: ")
_RUN_TOGETHER = re.compile(
    r"(?:^| )[A-Z][a-z]+ (?:determines|provides|includes|offers|creates|gets|makes|runs) [a-z]|\w\.\w"
)
_CAPITAL_VERB = re.compile(r"(?<= )([A-Z][a-z]+) (?:an?|the|your|our|their) ")
_FROM = re.compile(r"\bfrom (?!.* to )[^,]+$")
"""'from identifying colleges' waits for its 'to'."""
_OPEN_PHRASE = re.compile(r"\b(?:who|that|which|including|like|such as) \w+$")
_ENUMERATED = re.compile(
    r"(?:^| )(?:and|or) |^(?:including|such|from|with|to|which|so|for|in|by|at|on|as|using|based|not|all|plus|without|"
    r"through|"
    r"while|who|where|across|over a|\w+ing) "
)
_NOUNISH = re.compile(r"(?:[^s]s|ment|tion|ance|ence|ity|ware|ship|logy|ics|\d|^[A-Z][\w-]+|[a-z] [A-Z]\w+)$")


def versions(parsed: Parsed) -> Iterator[str]:
    """Give the rest of the sentence and its shorter forms, each ending where the remainder can be left out."""
    whole = parsed.rest
    if whole.count("—") == 1:
        whole = whole.split("—")[0].rstrip()
    whole = _without_vague_end(re.sub(r" ?\([^()]*\)", "", whole))
    if not whole:
        return
    forms = cuts(whole)
    seen = set[str]()
    for form in (*forms, *_without_tail(parsed, forms)):
        if form not in seen and (form == whole or len(form) > 15):
            seen.add(form)
            yield form


_VAGUE_END = re.compile(
    r",? (?:too|as a result of .*)$|"
    r",? (?:(?:and|or) (?:so much |much |many |plenty )?(?:more|others|(?<=s and )other [a-z]+(?: [a-z]+)?|"
    r"(?<=s, and )other [a-z]+(?: [a-z]+)?)|along with (?:plenty|"
    r"many|other|more)\b.*)$"
)


def _without_vague_end(text: str) -> str:
    """'pumps, valves, and more' is 'pumps and valves': the enumeration is closed where it was left open."""
    head = _VAGUE_END.sub("", text)
    if head == text or "," not in head:
        return head
    front, last = head.rsplit(",", 1)
    return head if re.match(r" (?:and|or) ", last) or len(last.split()) > 4 else f"{front} and{last}"


def _without_tail(parsed: Parsed, forms: list[str]) -> Iterator[str]:
    causes = (parsed.base or parsed.third) in _CAUSES
    for form in (forms[0], forms[-1]) if len(forms) > 1 else forms:
        heads = [form[: match.start()] for match in _RELATIVE.finditer(form)]
        if not causes:
            heads += [form[: match.start()] for match in _PURPOSE.finditer(form)]
        heads = [head for head in heads if not _FROM.search(head)]
        for head in sorted({item.rstrip(" ,;") for item in heads}, key=len, reverse=True):
            if _stands(head):
                yield head
        short = _fewer(form)
        if short:
            yield short
    base = min((head for head in (forms[-1], *_heads(forms[-1], causes=causes)) if head), key=len)
    last = _ADJUNCT.search(base)
    if last and len(base) > 60 and _stands(base[: last.start()]) and specificity(base[: last.start()]) >= 2:
        yield base[: last.start()]


def _heads(form: str, *, causes: bool) -> Iterator[str]:
    for pattern in (_RELATIVE,) if causes else (_RELATIVE, _PURPOSE):
        match = pattern.search(form)
        if match and _stands(form[: match.start()].rstrip(" ,;")):
            yield form[: match.start()].rstrip(" ,;")


def _stands(head: str) -> bool:
    """Whether a head cut from a sentence is whole: no open enumeration, no word that asks for another."""
    if ends_badly(head) or _OPEN_END.search(head) or len(head) < 16 or head.count("—") == 1:
        return False
    if _OPEN_PHRASE.search(head):
        return False
    tail = re.search(r"(and|or|to) (\w+)$", head)
    if tail and (is_base(tail.group(2)) or (tail.group(1) != "to" and _is_third(tail.group(2)))):
        return False
    last = head.rsplit(",", 1)
    return len(last) == 1 or re.match(r" ?(?:and|or) ", last[1]) is not None or " and " in last[1] or " or " in last[1]


def _is_third(word: str) -> bool:
    return base_of_third(word) is not None or word in {"sits", "stands", "lives", "goes", "comes", "works", "runs"}


def _fewer(form: str) -> str:
    """The first three of a long enumeration: 'a, b, c, d and e' -> 'a, b and c'."""
    pieces = re.split(r", (?:and |or )?", form)
    if len(form) <= 70 or len(pieces) < 4:
        return ""
    few = pieces[:3]
    if any(len(piece.split()) > 4 or not _NOUNISH.search(piece) or " and " in piece for piece in few[1:]):
        return ""
    return join(few) if _NOUNISH.search(few[0]) and " and " not in few[0][-25:] else ""


def is_headline(text: str) -> bool:
    """Whether most of the longer words are capitalised."""
    words = [word for word in text.split() if len(word) > 3]
    return len(words) > 1 and sum(word[0].isupper() for word in words) / len(words) > 0.8


def clause(parsed: Parsed, rest: str, audience: str, *, sender: bool) -> tuple[str, str, str] | None:
    """Return the clause as it is said to the lead, of the company and by the company; None where it is refused."""
    plain = without_praise(rest).strip(" ,")
    subject = without_praise(parsed.subject)
    subject = audience if subject == "customers" else subject
    said = f"{subject} {parsed.base or parsed.third} {plain}".strip()
    if not sender and _reads_badly(plain.split(" ", 1)[-1] if parsed.base == "can" else plain):
        return None
    if ends_badly(plain) or len(said) > LONGEST or why_refused(said, sender=sender):
        return None
    if not _says_enough(plain, subject, sender=sender, being=parsed.base == "are"):
        return None
    if re.search(r"(?:^| )[b-hj-z](?: |$)| ,|\( | \)|\w\.\w", plain):
        return None
    if parsed.shape is Shape.DOES:
        return _does(parsed, plain, audience)
    whole = f"{subject} {parsed.base} {plain}"
    you = shift(whole, Voice.TO_LEAD, audience) or ""
    own = shift(whole, Voice.OWN, audience) or ""
    it = own if not re.search(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b", own) else ""
    return (you, it, own) if you else None


def _reads_badly(plain: str) -> bool:
    splice = _SPLICE.search(plain)
    if splice and not any(is_base(word) for word in _ANOTHER_VERB.findall(plain[splice.start() :])):
        return True
    if re.search(r"^up (?:in|for|with|and)\b", plain) or any(
        is_base(word.lower()) for word in re.findall(r"\b(?:and|or) ([A-Z][a-z]+)(?= [a-z])", plain)
    ):
        return True
    if any(is_base(word.lower()) for word in _CAPITAL_VERB.findall(plain)):
        return True
    if _A_PLURAL.search(plain) or _RUN_TOGETHER.search(plain):
        return True
    last = plain.rsplit(",", 1)[-1].strip()
    if plain.count(",") > 1 and not _ENUMERATED.search(last):
        return True
    return is_headline(plain) or re.search(r", (?:over|more than) ", plain) is not None


def _says_enough(plain: str, subject: str, *, sender: bool, being: bool) -> bool:
    told = specificity(plain)
    if sender:
        return told >= _LEAST_SENDER
    least = _LEAST_BEING if being else _LEAST
    own = specificity(subject) * 0.5 if subject.startswith(("the ", "The ")) else 0.0
    return told + own >= least and (len(content_stems(plain)) > 1 or re.search(r"\d{2}", plain) is not None)


def _does(parsed: Parsed, plain: str, audience: str) -> tuple[str, str, str] | None:
    you = _joined(parsed.base, shift(plain, Voice.TO_LEAD, audience)) if parsed.base != "are" else ""
    own = _joined(parsed.base, shift(plain, Voice.OWN, audience))
    it = _joined(parsed.third, shift(plain, Voice.ABOUT, audience))
    return (you, it, own) if you or it else None


def _joined(verb: str, rest: str | None) -> str:
    return f"{verb} {rest}" if verb and rest else ""
