"""What a lead's reply says, as far as rules can tell, and which words say so."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class ReplyClass(StrEnum):
    """What a reply is."""

    INTERESTED = "interested"
    LATER = "later"
    """Not now; a later time is named or left open."""
    NOT_INTERESTED = "not_interested"
    OUT_OF_OFFICE = "out_of_office"
    """An automatic answer, or one that says the person is away and asks for nothing."""
    WRONG_PERSON = "wrong_person"
    QUESTION = "question"
    OPT_OUT = "opt_out"
    """Wants no further messages. Final."""
    OTHER = "other"


class ClassBy(StrEnum):
    """Who classified a reply."""

    RULES = "rules"
    LLM = "llm"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Classified:
    """A class, and a phrase for people that says why: it quotes the words that decided."""

    kind: ReplyClass
    why: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A class and the words that say it. Rules are tried in order; ``unless`` are words that make it not so."""

    kind: ReplyClass
    words: re.Pattern[str]
    unless: re.Pattern[str] | None = None


MOST_CHARACTERS = 4_000
"""What is read of a reply; who has more to say has said what it is by then."""
QUOTED_IN_WHY = 60

_QUOTE_BEGINS = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|urspr\w+ nachricht|message d'origine|mensaje original)|"
    r"on .{4,80} wrote:|am .{4,80} schrieb.{0,80}:|le .{4,80} a [eé]crit ?:|el .{4,80} escribi[oó]:|"
    r"op .{4,80} schreef.{0,80}:|from: .+)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^(?:--|__+|—)\s*$")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "\u00a0": " "})
_DOUBLE_NEGATION = re.compile(
    r"\b(?:not|isn't) (?:that|because|like|to say) (?:i'm|we're|i am|we are|it's)"
    r" (?:not |un)\w+(?: in (?:it|this|that))?"
    r"|\b(?:not|n't) un(?:interested|interesting|happy)\b|\bn't not interested\b",
)


def own_words(text: str) -> str:
    """Return what the person wrote, in small letters: without what is quoted, or stands below a signature's line."""
    lines: list[str] = []
    for line in unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).translate(_APOSTROPHES).splitlines():
        if _QUOTE_BEGINS.match(line) or _SIGNATURE.match(line):
            break
        if not line.lstrip().startswith(">"):
            lines.append(line)
    return re.sub(r"\s+", " ", " ".join(lines)).strip().casefold()


def classify(text: str, whole: dict[str, ReplyClass], rules: tuple[Rule, ...]) -> Classified:
    """Classify a reply: as a whole where it is one of the short answers, else by the first rule that applies."""
    said = own_words(text)
    short = said.strip(" .!,…;:-")
    if short in whole:
        return Classified(whole[short], f'the whole answer is "{short}"')
    said = _DOUBLE_NEGATION.sub(" ", said)
    for rule in rules:
        found = rule.words.search(said)
        if found and not (rule.unless and rule.unless.search(said)):
            return Classified(rule.kind, f'the words "{found.group().strip()[:QUOTED_IN_WHY]}"')
    return Classified(ReplyClass.OTHER, "no words that a rule knows")
