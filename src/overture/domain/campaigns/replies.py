"""What a lead's reply says, as far as rules can tell, and which words say so."""

from enum import StrEnum


class ReplyClass(StrEnum):
    """What a reply is."""

    INTERESTED = "interested"
    LATER = "later"
    """Not now; a later time is named or left open."""
    NOT_INTERESTED = "not_interested"
    OUT_OF_OFFICE = "out_of_office"
    """An automatic answer, or one that says the person is away."""
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
