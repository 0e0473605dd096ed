"""What can speak against a message: one rule, in words, and the segment it concerns."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The hard gates. A message that breaks one is not delivered."""

    SHAPE = "shape"
    """Segments that do not join to the text, or do not run from greeting to sign-off."""
    GREETING = "greeting"
    """Not the lead's first name, or a greeting that says more than thanks."""
    SIGNOFF = "sign-off"
    """Not the name asked for, or a sign-off that says something."""
    PLACEHOLDER = "placeholder"
    LENGTH = "length"
    LINK = "link"
    CONTACT = "contact"
    """An e-mail address, telephone number or handle."""
    ASK = "ask"
    """Too many questions, none where one is due, or a meeting asked for in a note."""
    CITATION = "citation"
    """A claim that cites nothing, or a citation that does not match its source."""
    NUMBER = "number"
    """A number, date, amount or percentage that does not stand in what is cited, or stands there with another unit."""
    NAME = "name"
    """A person, company or product that neither the evidence nor the caller names."""
    SUPPORT = "support"
    """A claim whose words do not stand in what it cites."""
    NEGATION = "negation"
    """A claim that denies what its evidence affirms, or affirms what it denies."""
    SCOPE = "scope"
    """A claim made wider, narrower or of another time than its evidence: only, all, will."""
    RELATION = "relation"
    """The cited words in another order around their verb."""
    HEDGE = "hedge"
    """A guess that reads as a fact."""
    HIRING = "hiring"
    """A role or a count of roles that is not open in the location asked for."""
    FAMILIARITY = "familiarity"
    """Contact that never took place, or a reply that is none."""
    SENSITIVE = "sensitive"
    INSTRUCTION = "instruction"
    """Text that instructs a machine, or characters that no reader sees."""


UNSUPPORTED = frozenset(
    {
        Rule.CITATION,
        Rule.NUMBER,
        Rule.NAME,
        Rule.SUPPORT,
        Rule.NEGATION,
        Rule.SCOPE,
        Rule.RELATION,
        Rule.HEDGE,
        Rule.HIRING,
        Rule.FAMILIARITY,
    }
)
"""The rules that make a statement unsupported, as against badly formed."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One objection. ``segment`` is the place of the segment it concerns, or None for the message as a whole."""

    rule: Rule
    detail: str
    segment: int | None = None
