"""Makes true messages false, one change at a time. Shares no code with what checks them.

Each kind is a function from one message to its false versions; a version is only kept where it really says something
else than before, as far as plain string comparison can tell.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from benchmarks.quality import invented
from overture.domain.messages import Brief, LeadDossier, MessageType, Role, Segment, Written

CLAIMS = (Role.LEAD_CLAIM, Role.SENDER_CLAIM, Role.MATERIAL_CLAIM)


@dataclass(frozen=True)
class Case:
    """A message with what it was written from."""

    message: Written
    brief: Brief
    lead: LeadDossier


def _with(case: Case, place: int, segment: Segment) -> Case:
    parts = list(case.message.segments)
    parts[place] = segment
    return _of(case, parts)


def _of(case: Case, parts: Sequence[Segment]) -> Case:
    return replace(case, message=replace(case.message, segments=tuple(parts), text="".join(p.text for p in parts)))


def _claims(case: Case) -> Iterator[tuple[int, Segment]]:
    for place, segment in enumerate(case.message.segments):
        if segment.role in CLAIMS:
            yield place, segment


def _spans(segment: Segment) -> str:
    return " ".join(cite.span for cite in segment.citations).lower()


WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty")
_DIGITS = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
_WORD = re.compile(rf"(?i)\b(?:{'|'.join(WORDS)})\b")


def numbers(case: Case, random: Random) -> Iterator[Case]:
    """Another number in place of one: a digit changed, one more, ten times, another word."""
    own = {case.brief.proposition_name, case.lead.person.company, case.lead.person.job_title or ""}
    for place, segment in _claims(case):
        for match in [*_DIGITS.finditer(segment.text), *_WORD.finditer(segment.text)]:
            if any(match.group() in name for name in own) or _in_link(segment.text, match.start()):
                continue
            for other in _other_numbers(match.group(), random):
                if not re.search(rf"(?<!\d){re.escape(other.lower())}(?!\d)", _spans(segment)):
                    text = segment.text[: match.start()] + other + segment.text[match.end() :]
                    yield _with(case, place, replace(segment, text=text))


def _in_link(text: str, place: int) -> bool:
    return "://" in text[max(0, text.rfind(" ", 0, place)) : place]


def _other_numbers(found: str, random: Random) -> list[str]:
    if not found[0].isdigit():
        return random.sample([word for word in WORDS if word != found.lower()], 2)
    plain = found.replace(",", "")
    whole, dot, rest = plain.partition(".")
    return list({f"{int(whole) + random.choice((1, 2, 7))}{dot}{rest}", f"{int(whole) * 10}{dot}{rest}"} - {plain})


UNITS = (
    ("seconds", "minutes", "hours", "days", "weeks", "months", "years"),
    ("second", "minute", "hour", "day", "week", "month", "year"),
    ("percent", "dollars", "points", "tons"),
    ("miles", "feet", "acres", "pounds"),
    ("tonnes", "grams", "litres", "metres"),
    ("kilograms", "tonnes", "litres"),
    ("metres", "miles", "kilometres"),
    ("litres", "gallons", "barrels"),
    ("gallons", "litres", "tons"),
    ("degrees", "watts", "volts"),
    ("euros", "dollars", "pounds", "points"),
    ("feet", "metres", "miles"),
    ("pallets", "litres", "barrels"),
)


def units(case: Case, random: Random) -> Iterator[Case]:
    """Another unit after the same number."""
    number = rf"(?:\d[\d,.]*\+?|{'|'.join(WORDS)})"
    for place, segment in _claims(case):
        for match in re.finditer(rf"(?i)\b({number})([ -])([a-z]+)\b", segment.text):
            row = next((row for row in UNITS if match[3].lower() in row), ())
            others = [unit for unit in row if unit != match[3].lower() and unit not in _spans(segment)]
            for other in random.sample(others, min(2, len(others))):
                text = segment.text[: match.start(3)] + other + segment.text[match.end(3) :]
                yield _with(case, place, replace(segment, text=text))


MONTHS = ("January", "February", "March", "April", "June", "July", "August", "September", "October", "November")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ADDED = (
    "since 2017",
    "in March",
    "last month",
    "since last year",
    "in October 2024",
    "on Tuesday",
    "in 2015",
    "recently",
)


def dates(case: Case, random: Random) -> Iterator[Case]:
    """Another year, month or weekday; or a time added where the page states none."""
    for place, segment in _claims(case):
        for match in re.finditer(r"\b(?:19|20)\d\d\b", segment.text):
            other = str(int(match.group()) + random.choice((-11, -3, -1, 1, 2, 9)))
            if other not in _spans(segment):
                yield _with(case, place, replace(segment, text=_put(segment.text, match, other)))
        for names in (MONTHS, DAYS):
            for match in re.finditer(rf"\b(?:{'|'.join(names)})\b", segment.text):
                other = random.choice([name for name in names if name.lower() not in _spans(segment)])
                yield _with(case, place, replace(segment, text=_put(segment.text, match, other)))
        bare = segment.text.rstrip()
        if segment.role is Role.LEAD_CLAIM and bare.endswith("."):
            added = random.choice([item for item in ADDED if item.lower() not in _spans(segment)])
            tail = segment.text[len(bare) :]
            yield _with(case, place, replace(segment, text=f"{bare[:-1]} {added}.{tail}"))


def _put(text: str, match: re.Match[str], other: str) -> str:
    return text[: match.start()] + other + text[match.end() :]


NAMES = (
    "Halvorsen", "Brindle", "Corvane", "Wexley", "Torvald", "Gantry", "Oxley", "Zurich", "Lisbon", "Kyoto", "Nantes",
    "Vandermeer", "Quillon", "Tessaro", "Pelham", "Rosewater", "Ostrava", "Dunmore", "Ibarra", "Fenwick",
)  # fmt: skip


def names(case: Case, random: Random) -> Iterator[Case]:
    """Another name in place of one, one letter changed, or the greeting to someone else."""
    for place, segment in _claims(case):
        for match in re.finditer(r"(?<=[a-z,’'“] )[A-Z][\w&]{2,}\b(?!['’])", segment.text):
            found = match.group()
            if found.isupper() and len(found) < 4:
                continue
            others = [random.choice(NAMES), _misspelt(found, random)]
            for other in others:
                if other.lower() not in _spans(segment) and other != found:
                    yield _with(case, place, replace(segment, text=_put(segment.text, match, other)))
    greeting = case.message.segments[0]
    first = case.lead.person.first_name
    other = random.choice([name for name in ("Robert", "Sofia", "Mehmet", "Lucia") if name != first])
    yield _with(case, 0, replace(greeting, text=greeting.text.replace(first, other)))


def _misspelt(name: str, random: Random) -> str:
    place = random.randrange(1, len(name))
    letter = random.choice([c for c in "bcdfgklmnprtv" if c != name[place].lower()])
    return name[:place] + letter + name[place + 1 :]


_VERBS = (
    r"matches|answers|schedules|records|keeps|plans|connects|imports|works|close|resolve|fill|pick|see|provides|offers|"
    r"offer|provide|rent|repair|sell|deliver|train|lease|ship|supply|build|built|host|store|inspect|publish|restored|"
    r"moved|opened|founded|tested|answer|press|keep|convert|connect|translate|replace|import|lend|serve|"
    r"covers?|helps?|makes?|uses?|gives?|includes?|runs?|manages?|creates?|designs?|develops?|supports?"
)


def negations(case: Case, random: Random) -> Iterator[Case]:
    """A claim denied, or a denial taken away."""
    for place, segment in _claims(case):
        for match in re.finditer(
            rf"\b(?:you|we|it|which|that|teams|guests|crews|agents|candidates|[A-Z]\w+) ({_VERBS})\b", segment.text
        ):
            word = random.choice(("never", "do not", "no longer", "rarely"))
            yield _with(
                case,
                place,
                replace(segment, text=segment.text[: match.start(1)] + f"{word} " + segment.text[match.start(1) :]),
            )
        for match in re.finditer(r"\b(?:is|are|can|has|have)\b(?! not)", segment.text):
            changed = segment.text[: match.end()] + " not" + segment.text[match.end() :]
            yield _with(case, place, replace(segment, text=changed))
        for pattern, other in (
            (r"\bdo not ", ""),
            (r"\bnever ", ""),
            (r"\bcannot ", "can "),
            (r"\bwithout ", "with "),
            (r"\bno ", ""),
        ):
            for match in re.finditer(pattern, segment.text):
                yield _with(case, place, replace(segment, text=_put(segment.text, match, other)))


_SMALL = "to|for|from|with|into|by|over|against|before|and|or|in|of|on|at"
_NOUNS = rf"(?:(?:the|a|an|your|our) )?[A-Za-z][\w-]*(?: (?!(?:{_SMALL})\b)[A-Za-z][\w-]*)?"
_END = r"(?=[ .,;:]|$)"
_OBJECTS = re.compile(
    rf"\b(?P<verb>{_VERBS}) (?P<a>{_NOUNS}) (?P<p>to|for|from|with|into|over|against|before) (?P<b>{_NOUNS}){_END}"
)


def relations(case: Case, random: Random) -> Iterator[Case]:
    """The two sides of a preposition or verb exchanged, in the same words."""
    subject = rf"you|we|it|{re.escape(case.brief.proposition_name)}|[a-z]+s"
    subjects = re.compile(
        rf"\b(?P<s>{subject}) (?P<verb>{_VERBS}) (?P<o>(?!(?:{_SMALL}|the|a|not)\b)[A-Za-z][\w-]+){_END}"
    )
    for place, segment in _claims(case):
        for match in _OBJECTS.finditer(segment.text):
            swapped = f"{match['verb']} {match['b']} {match['p']} {match['a']}"
            yield _with(case, place, replace(segment, text=_put(segment.text, match, swapped)))
        for match in subjects.finditer(segment.text):
            swapped = f"{match['o']} {match['verb']} {match['s']}"
            if match["o"].lower() not in {match["s"].lower(), "them"}:
                yield _with(case, place, replace(segment, text=_put(segment.text, match, swapped)))
        for match in re.finditer(r"\bfrom (?P<a>[\w ]{2,20}?) (?P<p>to|into) (?P<b>\w+)", segment.text):
            swapped = f"from {match['b']} {match['p']} {match['a']}"
            yield _with(case, place, replace(segment, text=_put(segment.text, match, swapped)))


def other_leads(cases: Sequence[Case], random: Random) -> Iterator[Case]:
    """A fact of another lead: with that lead's citations, or with this one's; the company's name put right or not."""
    told = [
        (case, segment)
        for case in cases
        if case.message.type is not MessageType.HIRING_ACTIVITY
        for segment in case.message.segments
        if segment.role is Role.LEAD_CLAIM
    ]
    for case in cases:
        for place, segment in _claims(case):
            if segment.role is not Role.LEAD_CLAIM or case.message.type is MessageType.HIRING_ACTIVITY:
                continue
            other, theirs = random.choice(told)
            mine, name = case.lead.person.company, other.lead.person.company
            if mine == name or _spans(theirs) in _spans(segment):
                continue
            text = theirs.text.replace(name, mine)
            yield _with(case, place, replace(theirs, text=text))
            yield _with(case, place, replace(segment, text=text))


def sentences(case: Case, random: Random) -> Iterator[Case]:
    """An invented sentence, as a claim of its own, inside another, or where nothing is claimed."""
    parts = list(case.message.segments)
    claims = list(_claims(case))
    if not claims:
        return
    place, segment = random.choice(claims)
    pool = {Role.LEAD_CLAIM: invented.LEAD, Role.SENDER_CLAIM: invented.SENDER, Role.MATERIAL_CLAIM: invented.MATERIAL}
    sentence = random.choice(pool[segment.role])
    yield _of(case, [*parts[:place], Segment(f"{sentence} ", segment.role, segment.citations), *parts[place:]])
    other = random.choice(pool[segment.role])
    yield _with(case, place, replace(segment, text=f"{segment.text.rstrip()} {other}{_tail(segment.text)}"))
    joined = random.choice(invented.LEAD)
    body = segment.text.rstrip()
    if segment.role is Role.LEAD_CLAIM and body.endswith("."):
        clause = joined[0].lower() + joined[1:]
        yield _with(case, place, replace(segment, text=f"{body[:-1]}, and {clause}{_tail(segment.text)}"))
    for role, at in ((Role.INFERENCE, 1), (Role.ASK, 1)):
        extra = Segment(f"{random.choice(invented.LEAD)} ", role)
        yield _of(case, [*parts[:at], extra, *parts[at:]])
    last = parts[-1]
    yield _with(case, len(parts) - 1, replace(last, text=f"\n\n{random.choice(invented.LEAD)}{last.text}"))


def _tail(text: str) -> str:
    return text[len(text.rstrip()) :]


def _inserted(pool: Sequence[str], role: Role) -> Callable[[Case, Random], Iterator[Case]]:
    def make(case: Case, random: Random) -> Iterator[Case]:
        parts = list(case.message.segments)
        for sentence in random.sample(list(pool), 2):
            yield _of(case, [parts[0], Segment(f"{sentence} ", role), *parts[1:]])

    return make


OPPOSITES = (
    ("before", "after"), ("fewer", "more"), ("faster", "slower"), ("buy", "sell"), ("automatically", "manually"),
    ("open", "closed"), ("import", "export"), ("first", "last"), ("long", "short"), ("hold", "lack"),
    ("opened", "closed"), ("accept", "refuse"), ("inside", "outside"), ("above", "below"), ("start", "stop"),
    ("online", "offline"), ("small", "large"), ("private", "public"), ("new", "old"), ("more", "less"),
    ("without", "with"), ("most", "few"), ("live", "dead"), ("right", "wrong"),
)  # fmt: skip


def opposites(case: Case, random: Random) -> Iterator[Case]:
    """One word replaced by its opposite."""
    for place, segment in _claims(case):
        for one, two in OPPOSITES:
            for word, other in ((one, two), (two, one)):
                match = re.search(rf"\b{word}\b", segment.text)
                if (
                    match
                    and re.search(rf"\b{word}\b", _spans(segment))
                    and not re.search(rf"\b{other}\b", _spans(segment))
                ):
                    yield _with(case, place, replace(segment, text=_put(segment.text, match, other)))


COMMON_VERBS = ("give", "hold", "need", "find", "take", "get", "keep", "run", "bring", "manage", "offer", "arrange")


def verbs(case: Case, random: Random) -> Iterator[Case]:
    """One verb replaced by a common one that the page does not hold."""
    for place, segment in _claims(case):
        for match in re.finditer(rf"\b(?:you|we|it|that|teams|customers can) ({_VERBS})\b", segment.text):
            other = random.choice([verb for verb in COMMON_VERBS if verb not in _spans(segment)])
            other += "s" if match[1].endswith("s") else ""
            text = segment.text[: match.start(1)] + other + segment.text[match.end(1) :]
            yield _with(case, place, replace(segment, text=text))


OTHER_WORDS = (
    "tractors", "violins", "mortgages", "orchids", "helmets", "sermons", "bakeries", "turbines", "puppets", "lobsters",
    "glaciers", "carpets", "tunnels", "perfumes", "sculptures", "pickles",
)  # fmt: skip


def words(case: Case, random: Random) -> Iterator[Case]:
    """One common word replaced by another that the page does not hold."""
    for place, segment in _claims(case):
        found = [m for m in re.finditer(r"\b[a-z]{5,}s\b", segment.text) if m.group() in _spans(segment)]
        if found:
            match = random.choice(found)
            yield _with(case, place, replace(segment, text=_put(segment.text, match, random.choice(OTHER_WORDS))))


SCOPE = (
    (r"\b(you|we) (?=(?:offer|provide|rent|sell|deliver|train|serve|ship|repair|work)\b)", r"\1 only "),
    (r"\b(you|we) (?=(?:offer|provide|rent|sell|deliver|train|serve|ship|repair|work)\b)", r"\1 always "),
    (r"\b(you|we) (?=(?:offer|provide|rent|sell|deliver|train|serve|ship|repair|work)\b)", r"\1 used to "),
    (r"\b(you|we) (?=(?:offer|provide|rent|sell|deliver|train|serve|ship|repair|work)\b)", r"\1 will soon "),
    (r"\b(to|for) (?=[a-z]+s\b)", r"\1 all "),
    (r"\bup to ", ""),
)


def scopes(case: Case, random: Random) -> Iterator[Case]:
    """The same claim, wider, narrower or at another time."""
    for place, segment in _claims(case):
        for pattern, other in SCOPE:
            text = re.sub(pattern, other, segment.text, count=1)
            if text != segment.text:
                yield _with(case, place, replace(segment, text=text))


@dataclass(frozen=True)
class Kind:
    """A kind of corruption. ``bar`` is the share that must be caught, or None where it is only reported."""

    name: str
    bar: float | None
    make: Callable[[Case, Random], Iterator[Case]] | None
    remark: str = ""


KINDS = (
    Kind("number altered", 0.99, numbers),
    Kind("unit altered", None, units),
    Kind("date altered or added", None, dates),
    Kind("name altered", 0.97, names),
    Kind("negation", None, negations),
    Kind(
        "relation: sides exchanged", None, relations, "seen only around one verb or preposition, and in both directions"
    ),
    Kind("another lead's fact", None, None),
    Kind("invented sentence", 0.95, sentences),
    Kind("pretended contact", None, _inserted(invented.CONTACT, Role.INFERENCE)),
    Kind("link, contact, placeholder, order, sensitive", None, _inserted(invented.FORBIDDEN, Role.INFERENCE)),
    Kind("word replaced", None, words, "rare words must all be supported"),
    Kind("opposite", None, opposites, "passes where the opposite is a common word"),
    Kind("common verb replaced", None, verbs, "seen where the verb that it replaces stood in front of the same word"),
    Kind("scope or time shifted", None, scopes),
    Kind("invented but hedged", None, _inserted(invented.GUESSES, Role.INFERENCE), "a guess that names nothing passes"),
)


def corrupted(kind: Kind, cases: Sequence[Case], count: int, seed: int) -> list[Case]:
    """Return up to ``count`` false messages of a kind, spread over the true ones; the same for the same seed."""
    random = Random(f"{seed}/{kind.name}")
    order = random.sample(list(cases), len(cases))
    if kind.make is None:
        found = list(other_leads(order[: 4 * count], random))
        return random.sample(found, min(count, len(found)))
    found = []
    for case in order:
        versions = list(kind.make(case, random))
        found += random.sample(versions, min(3, len(versions)))
        if len(found) >= count:
            break
    return found[:count]
