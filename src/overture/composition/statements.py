"""The sender's own plain sentences, where the stricter reading of facts leaves them out.

What a proposition's page says of itself is the sender's to say, so a sentence needs only to stand alone: it names the
proposition, or says 'we' or 'it' of it, or has a plain plural subject.
"""

import re

from overture.composition.facts import Fact, FactKind, Form
from overture.composition.grammar import cuts, ends_badly
from overture.composition.patterns import REFUSED
from overture.composition.verbs import third
from overture.composition.wordlist import listed
from overture.composition.words import content_stems
from overture.domain.evidence import Evidence, EvidenceKind, Source

_READ = frozenset({EvidenceKind.META, EvidenceKind.PARAGRAPH, EvidenceKind.ITEM, EvidenceKind.STRUCTURED})
_SOFT = frozenset(
    listed(
        "are be believe know love think want hope aim strive feel understand see will can could would have had do did "
        "need just also always never re ve ll d were was use may might must should don promise care like get make"
    )
)
_THIRD = re.compile(r"([a-z]{2,}(?:[^s\W]s|es))(?: and ([a-z]{2,}(?:[^s\W]s|es)))? (?=\w)")
_PLURAL = re.compile(
    r"(?P<first>[A-Z][a-z-]+)(?: [a-z-]+){0,4}? (?:get|see|pick|choose|confirm|find|keep|send|take|use|map|cut|close|"
    r"answer|check|work|run|build|last|cover|show|receive|learn|save|start|finish|fill|resolve|spend|join|are|is|"
    r"can|give|go|come|include|connect|arrive|return|reply|leave|report|log|sort|stay|upload|manage|share|track|plan|"
    r"book|order|pay|sign|move|settle|read|write|call|help) "
)
_RULES = tuple(
    REFUSED[name]
    for name in (
        "link", "phone", "money", "promotion", "call to action", "legal", "instruction", "sensitive", "markup",
        "quotation", "shouting", "emphasis",
    )
)  # fmt: skip
_PRAISE = re.compile(
    r"(?i)\b(?:best|leading|world|revolution\w*|unrivall?ed|unparalleled|amazing|perfect\w*|ultimate|award|"
    r"number one|no\. ?1|innovative|seamless\w*|cutting-edge|powerful|game-chang\w+)\b"
)
_COMMON = frozenset(
    listed(
        "Each Every All The Finance Support Recruiting Sales Marketing Operations Customer Security Data Legal Product "
        "Engineering Procurement Warehouse Field Site New Many Most Small Large Hiring Service"
    )
)
_LEANS = re.compile(r"(?i)\b(?:this|these|those|you|your|yours|my|mine|i|he|she|click|read more)\b")
_OURS = re.compile(r"(?i)\b(?:we|our|us|ours)\b")


def statements(source: Source, name: str) -> tuple[Fact, ...]:
    """Return the sentences of a proposition's page that can be said as they stand, in the page's order."""
    lowered = " ".join(item.text for item in source.evidence)
    found: list[Fact] = []
    named = False
    for item in source.evidence:
        if item.kind not in _READ:
            continue
        text = item.text.strip().rstrip(".").replace("’", "'")
        fact = _statement(text, item, name, lowered, named=named) if _usable(text, name) else None
        if fact is not None:
            found.append(fact)
        named = name in text or (named and fact is not None)
    return tuple(found)


def _usable(text: str, name: str) -> bool:
    return (
        25 <= len(text) <= 150
        and "!" not in text
        and "?" not in text
        and ". " not in text
        and not ends_badly(text)
        and not _LEANS.search(text.replace(name, " "))
        and not _PRAISE.search(text)
        and not any(rule.search(text) for rule in _RULES)
    )


def _statement(text: str, item: Evidence, name: str, lowered: str, *, named: bool) -> Fact | None:
    for start in (f"{name} ", f"The {name} ") + (("It ",) if named else ()):
        if text.startswith(start):
            return _does(text[len(start) :], item)
    if text.startswith("We "):
        verb = text[3:].split(" ", 1)[0]
        if verb.isalpha() and verb.islower() and verb not in _SOFT and not _OURS.search(text[3:]):
            rest = text[3 + len(verb) :].strip()
            more = re.match(r"and ([a-z]+) ", rest)
            both = f"and {third(more.group(1))} {rest[more.end() :]}" if more else rest
            return _made(FactKind.DOES, item, "", f"{third(verb)} {both}", text[3:])
        return None
    if text.startswith("Our "):
        text = f"The {text[4:]}"
    return _states(text, item, name, lowered)


def _does(rest: str, item: Evidence) -> Fact | None:
    match = _THIRD.match(rest)
    if match is None or _OURS.search(rest):
        return None
    if match.group(1) in {"is", "has", "does", "was"}:
        return _made(FactKind.DOES, item, "", rest, "") if rest.startswith(("is a", "has ")) else None
    bases = [_base(word) for word in match.groups() if word]
    own = f"{' and '.join(bases)} {rest[match.end() :]}"
    return _made(FactKind.DOES, item, "", rest, own)


def _base(verb: str) -> str:
    """'sends' -> 'send', 'matches' -> 'match', 'carries' -> 'carry'."""
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(("ches", "shes", "sses", "xes", "zes", "oes")) else verb[:-1]


def _states(text: str, item: Evidence, name: str, lowered: str) -> Fact | None:
    match = _PLURAL.match(text)
    if match is None or _OURS.search(text):
        return None
    first = match["first"]
    common = first.lower() in lowered or first.endswith("s") or first in _COMMON
    if not common or first == name.split(" ", 1)[0]:
        return None
    clause = text[:1].lower() + text[1:]
    return _made(FactKind.STATES, item, clause, clause, clause)


def _made(kind: FactKind, item: Evidence, you: str, it: str, own: str) -> Fact:
    forms = [Form(short if you else "", short, _same_cut(own, it, short)) for short in cuts(it, 25)]
    stems = content_stems(item.text)
    return Fact(kind, (item,), tuple(forms), 1.5 + 0.05 * len(stems), stems)


def _same_cut(own: str, whole: str, short: str) -> str:
    """Shorten the first person where the third person was shortened."""
    return own[: len(own) - (len(whole) - len(short))].rstrip(" ,;:") if own else ""
