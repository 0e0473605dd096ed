"""Reading a sentence for its subject and verb, where both are plain enough to trust."""

import re
from dataclasses import dataclass
from enum import Enum

from overture.composition.verbs import base_of_third, is_base, third
from overture.composition.wordlist import listed


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
    r"^(?:Whether|As an?|As the|At|With|Since|For (?:over|more than|nearly|almost)|From|Through|Founded|Based|"
    r"Located|In|"
    r"By|Using|Across|Today|Here at)\b[^.;?!]{2,140}?, (?=(?:we|our)\b)",
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_LABEL = re.compile(r"^(?:[^\w\s]+ ?)?(?:[A-Z][\w-]*(?: [\w&-]+){0,3} ?[:–—] )?(?=[A-Z])")
_ADVERB = re.compile(
    r"^(?:also|always|proudly|currently|now|simply|specifically|primarily|only|regularly|then|fully|both) ",
    re.IGNORECASE,
)
_FATAL = re.compile(
    r"[“”\"?{}<>]|(?:^|\s)['‘][A-Za-z]|https?:|@|\b(?:I|my|me|I'm|I've)\b|\bignore (?:all|previous|any)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?i)^(?:[a-z]+ ){0,2}(?:teams|customers|clients|users|agents|candidates|companies|employees|managers|"
    r"developers|sellers|"
    r"recruiters|patients|students|members|agencies|retailers|brands|firms|buyers|suppliers|visitors|drivers)$"
)
_SENDERS_VERBS = frozenset(
    listed("close see save spend need lose know reach finish go stay sees saves spends needs loses knows goes stays")
)
_SECOND_VERB = re.compile(r"\b(?:and|or|,) ([a-z]+)(?= |$)")
_MODAL = ("can", "will")
_ANOTHER_VOICE = re.compile(r"\b(?:us|our|ours|we|my|me|I)\b")
_OFFERED = {
    "Offering": "offer",
    "Providing": "provide",
    "Serving": "serve",
    "Specializing": "specialize",
    "Specialising": "specialise",
    "Helping": "help",
    "Delivering": "deliver",
    "Manufacturing": "manufacture",
}
_ADDRESSED = frozenset(
    listed(
        "build create manage track audit monitor send compare import export publish automate deploy integrate "
        "organize organise run analyze analyse generate collect"
    )
)
_ONE_OF_MANY = re.compile(
    r"^the (?=(?:[\w-]+,? ){0,4}(?:platform|company|agency|software|provider|tool|app|service|marketplace|firm|"
    r"network|maker)\b)"
)
_PERFECT = re.compile(
    r"(?:been \w+ing|\d|over \d|more than \d|(?:offered|served|provided|built|helped|supported|delivered|produced|"
    r"designed|"
    r"manufactured|partnered|trained|completed) )"
)
_NOUN_READING = frozenset({"is", "are", "can", "of", "that", "and", "on", "at", "in"})
_PREPOSITIONAL = frozenset(
    listed(
        "partner specialize specialise collaborate operate integrate connect deal help serve cater consult negotiate"
    )
)
_PROMISES = frozenset(
    listed(
        "value keep take start focus apply ensure share choose receive show fit refer determine win reach pull pick "
        "place study like grow accept anticipate back bind cut follow have join land let lower own pay prevent "
        "strive turn tackle move review respond recommend"
    )
)
_STATE_VERBS = listed(
    "include includes provide provides offer offers help helps allow allows enable enables let lets "
    "give gives deliver delivers create creates develop develops serve serves teach teaches combine "
    "combines connect connects integrate integrates bring brings take takes make makes keep keeps "
    "specialise specialises specialize specializes consist consists range ranges come comes last "
    "lasts contain contains cover covers run runs is are can has have work works use uses meet meets "
    "span spans manages analyzes analyses supports monitors automates"
)
_STATE_VERB = re.compile(r" (" + "|".join(_STATE_VERBS) + r") ")
_STATED_ONLY = re.compile(
    r"^(?:is|are) (?:also |all |now |specifically )?(?:available|open|included|taught|offered|delivered|held|based "
    r"in|located|"
    r"made (?:from|of|with|in|up)|divided|provided|designed (?:for|to)|built (?:on|in|with|for)|run by|staffed|"
    r"equipped|certified|"
    r"licensed|insured|accredited|approved|free to|limited to|\d|composed|conducted|led by|hosted|issued|"
    r"conveniently located|"
    r"made available|offered in|skilled (?:at|in)|trained (?:in|to)|backed by \d|an? )"
    r"|^(?:include|includes|consist of|consists of|last|lasts|run|runs|range|ranges|come with|comes with|cover|"
    r"covers|"
    r"contain|contains|combine|combines|span|spans|serve|serves|offer|offers|provide|provides|manages?|has|have \d|"
    r"uses?|"
    r"connects?|integrates?|works? with|brings?|helps?|lets?|enables?|allows?|gives?|creates?|delivers?|supports?|"
    r"can) "
)
_WEAK = re.compile(
    r"^(?:can|is an?|are an?|is \d+|are \d+|helps?|has|have|brings?|makes?|gives?|creates?|delivers?|supports?|lets?|"
    r"enables?|allows?|"
    r"serves?|combines?|manages?|uses?|connects?|integrates?|provides?|offers?)\b"
)
_OPEN = re.compile(
    r"^(?:is|are) (?:also |all |now )?(?:available|open|included|taught|offered|held|made|hosted|conducted|led|"
    r"staffed|licensed|certified|"
    r"provided|located|\d+ (?:minutes|hours|weeks|days|months))|^(?:last|run|take)s? (?:for )?(?:\d|one|two|three|"
    r"four|five|six)"
)
_NOT_SUBJECT = re.compile(
    r"(?i)^(?:in|on|for|with|through|by|to|as|at|from|while|after|before|during|of|using|data|businesses|companies|"
    r"people|technology|"
    r"everyone|nothing|something|one|many|most|some|any|no|good|great|typical|today|nearly|over|under|without|like|"
    r"since|whether|even|"
    r"every|each day|getting|having|being|nearly all|general|learn|see|discover|prices?|rates?|results?|unexcused|"
    r"tuition)\b|,"
)
_PLURAL_OF = re.compile(r"(?:s|team|staff|people|faculty|crew|personnel|alumni)$")


@dataclass(frozen=True, slots=True)
class Page:
    """What the reading of one sentence must know of its page: names for the company, products, and all its text."""

    names: tuple[str, ...]
    products: tuple[str, ...]
    whole: str
    sender: bool = False


def parse(text: str, page: Page, before: str) -> Parsed | None:
    """Return the sentence's parts, or None where its subject or verb is not plain. ``before`` is the sentence above."""
    if len(text) > 420 or _FATAL.search(text) or re.search(r"[a-z]\. [\w]", text):
        return None
    text = _INVISIBLE.sub("", text)
    line = _LABEL.sub("", text.strip().rstrip("!.;: ").replace("’", "'"))
    line = _ADJUNCT.sub("", re.sub(r" ([,.;)])", r"\1", line))
    low = line[:1].lower() + line[1:]
    if low.startswith(("we ", "we've been ")):
        return _first_person(low.replace("we've been ", "we have been ", 1)[3:])
    if low.startswith("our "):
        return _owned(low)
    named = _after_name(line, page.names)
    if named is not None:
        return None if _ANOTHER_VOICE.search(named) else _third_person(named, sender=page.sender)
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
        return _coordinated(_OFFERED[offering.group(1).split(" ")[0]], line.split(" ", 1)[1])
    first = line.split(" ", 1)[0].lower()
    if first in _ADDRESSED and not page.sender and re.match(r"\w+ (?!is |are |was |your own )\w", line):
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
    rest = _ADVERB.sub("", rest)
    word, _, tail = rest.partition(" ")
    if word.endswith(",") and is_base(word[:-1]):
        return Parsed(Shape.DOES, "", word, "", tail)
    if word in _MODAL and is_base(tail.split(" ", 1)[0]) and word == "can":
        return Parsed(Shape.DOES, "", word, word, tail)
    if word == "are" and re.match(r"(?:an? |based in |located in |open )", tail):
        return Parsed(Shape.DOES, "", "are", "is", tail)
    if word == "have" and _PERFECT.match(tail):
        return Parsed(Shape.DOES, "", "have", "has", tail)
    if re.match(r"(?:by|how|that|if|when|sure)\b", tail):
        return None
    if word == "have" or not is_base(word) or word in _PROMISES or _dangles(word, tail):
        return None
    return _coordinated(word, tail)


def _dangles(verb: str, tail: str) -> bool:
    """'design with X' leaves out what is designed; 'work with X' does not."""
    first = tail.split(" ", 1)[0]
    if verb == "work":
        return first != "with"
    return first in {"with", "in", "at", "on", "to", "for", "from", "through"} and verb not in _PREPOSITIONAL


def _coordinated(verb: str, tail: str) -> Parsed | None:
    """'We design, build and run X': further verbs would need an -s of their own, so the third person is left out."""
    lead = re.match(r"^(?:, |and |or )", tail) or verb.endswith(",")
    more = any(is_base(match.group(1)) for match in _SECOND_VERB.finditer(tail))
    return Parsed(Shape.DOES, "", verb.rstrip(","), "" if lead or more else third(verb), tail)


def _third_person(rest: str, *, sender: bool) -> Parsed | None:
    rest = _ADVERB.sub("", rest)
    word, _, tail = rest.partition(" ")
    low = word.lower()
    if low == "can" and is_base(tail.split(" ", 1)[0]):
        return Parsed(Shape.DOES, "", "can", "can", tail)
    if low == "is":
        tail = _ONE_OF_MANY.sub("a ", tail)
    if low == "is" and re.match(r"(?:an? |based in |located in |open )", tail):
        return Parsed(Shape.DOES, "", "are", "is", tail)
    if low == "has" and _PERFECT.match(tail):
        return Parsed(Shape.DOES, "", "have", "has", tail)
    base = base_of_third(low)
    if base is None or base == "have" or (base in _PROMISES and not sender):
        return None
    after = tail.split(" ", 1)[0].lower()
    if is_base(after) or (after in _NOUN_READING and not (after == "in" and low.startswith("special"))):
        return None
    more = any(base_of_third(match.group(1)) for match in _SECOND_VERB.finditer(tail))
    return Parsed(Shape.DOES, "", "" if more else base, low, tail)


def _owned(low: str) -> Parsed | None:
    match = _STATE_VERB.search(low[:90])
    if match is None:
        return None
    subject, verb, rest = low[: match.start()], match.group(1), low[match.end() :]
    if not _agrees(subject, verb) or subject.count(",") or len(subject.split()) > 8 or len(subject.split()) < 2:
        return None
    if not _STATED_ONLY.match(f"{verb} {rest}") or re.match(
        r"our (?:\w+ )?(?:goals?|aim|role|feeling|time|focus|fee|prices?|rates?|philosophy|approach)\b", subject
    ):
        return None
    return Parsed(Shape.STATES, subject, verb, "", rest)


def _stated(line: str, whole: str, products: tuple[str, ...]) -> Parsed | None:
    match = _STATE_VERB.search(line[:90])
    if match is None:
        return None
    subject, verb, rest = line[: match.start()], match.group(1), line[match.end() :]
    product = subject.removeprefix("The ") in products
    if len(subject.split()) > 8 or _NOT_SUBJECT.search(subject) or re.search(r"\b(?:you|your|we|us|our)\b", subject):
        return None
    if not _agrees(subject, verb) or is_base(subject.split(" ", 1)[0]):
        return None
    if not (
        _STATED_ONLY.match(f"{verb} {rest}") and (product or not _WEAK.match(f"{verb} {rest}") or _is_named(subject))
    ):
        return None
    if not (product or re.match(r"(?:The|All|Each|Both|A|An) ", subject) or _OPEN.match(f"{verb} {rest}")):
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
        known = is_base(verb) or verb in _SENDERS_VERBS
        if known and _GROUP.search(head) and not subject.endswith((" that", " who", " which")):
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
    plural = _PLURAL_OF.search(last) is not None and not last.endswith("ss")
    is_third = verb.endswith("s") and not verb.endswith("ss")
    return plural != is_third or last in {"team", "staff", "crew", "faculty"}


def _audience_can(low: str, verb: str) -> Parsed | None:
    if not is_base(verb):
        return None
    subject, _, rest = low.partition(" ")
    modal, _, tail = rest.partition(" ")
    return Parsed(Shape.STATES, subject, modal, "", tail)
