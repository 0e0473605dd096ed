"""The small grammar that turns parts into sentences."""

import re
from collections.abc import Sequence

from overture.composition.wordlist import listed

_LETTER_AN = frozenset("AEFHILMNORSX")
_AN_SOUND = re.compile(r"(?:(?!eu|one\b|once|ewe)[aeio]|u(?!ni|se|ti|s\b|k\b|r[aei])|hono|hour|heir)", re.IGNORECASE)
_INITIALISM = re.compile(r"^[A-Z](?:[A-Z&0-9]|\b)")

_CONTRACTIONS = (
    ("I would", "I'd"),
    ("I am", "I'm"),
    ("I have just", "I've just"),
    ("I have read", "I've read"),
    ("I have put", "I've put"),
    ("I will", "I'll"),
    ("it is", "it's"),
    ("It is", "It's"),
    ("that is", "that's"),
    ("That is", "That's"),
    ("what is", "what's"),
    ("it would", "it'd"),
    ("It would", "It'd"),
    ("you would", "you'd"),
    ("you are", "you're"),
    ("we are", "we're"),
    ("do not", "don't"),
    ("does not", "doesn't"),
    ("is not", "isn't"),
    ("cannot", "can't"),
)
_CONTRACTION = re.compile(
    r"(?<!in )(?<!of )(?<!for "
    r")\b(" + "|".join(full for full, _ in _CONTRACTIONS) + r")\b(?=\s)"
)
_SHORT = dict(_CONTRACTIONS)


def article(phrase: str) -> str:
    """Return 'a' or 'an' as the phrase is spoken: an HR manager, a VP, an hour."""
    word = phrase.split(" ", 1)[0]
    if _INITIALISM.match(word):
        return "an" if word[0] in _LETTER_AN else "a"
    return "an" if _AN_SOUND.match(word) else "a"


def with_article(phrase: str) -> str:
    """Put the indefinite article before the phrase."""
    return f"{article(phrase)} {phrase}"


def join(items: Sequence[str], word: str = "and") -> str:
    """Join as prose: a; a and b; a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def capitalise(text: str) -> str:
    """Raise the first letter and leave the rest."""
    return text[:1].upper() + text[1:]


def possessive(name: str) -> str:
    """Return the possessive of a name."""
    return f"{name}'" if name.endswith(("s", "S")) else f"{name}'s"


def contract(text: str) -> str:
    """Contract what is contracted in speech."""
    return _CONTRACTION.sub(lambda match: _SHORT[match.group(1)], text)


def tidy(text: str) -> str:
    """Mend what joining leaves: doubled full stops, spaces before a stop, doubled spaces."""
    text = re.sub(r" {2,}", " ", text)
    text = re.sub(r" +([,.;?!])", r"\1", text)
    return re.sub(r"([.!?])\.(?=\s|$)", r"\1", text)


_CUTS = re.compile(
    r"(?:, (?:which|who|whose|while|where|when|so|ensuring|enabling|allowing|helping|giving|making|providing|"
    r"resulting|"
    r"including|saving|leaving|as well as|whether|from|with|and|but|or|for|by|at|in|no matter|all|an?|the)\b"
    r"| (?:so that|in order to|while|because|as well as|whether|to ensure|to help|to make|so)\b|\s[–—-]\s|;|: | \()"
)
_BAD_END = frozenset(
    listed(
        "a an the of to for with in on at by from and or but as into that which who our your their its his her more "
        "most than via per about between within across through is are was were be been has have can will may both "
        "all each every such including other very also not no over under while if when where so using based made "
        "built designed used called known how why what ready ability opportunity able possible intending addition "
        "terms "
        "respect regard accordance up out off closer necessary specific available numerous various multiple several "
        "it they "
        "we you he she instead right just even only"
    )
)


def cuts(text: str, least: int = 18) -> list[str]:
    """Return the text and its shorter forms, each ending at a boundary where the rest can be left out."""
    forms = [text]
    for match in reversed(list(_CUTS.finditer(text))):
        head = text[: match.start()].rstrip(" ,;:")
        if len(head) >= least and not ends_badly(head) and _is_whole(head, text[match.start() :]):
            forms.append(head)
    return forms


def ends_badly(text: str) -> bool:
    """Tell whether the last word asks for another."""
    words = text.rsplit(None, 1)
    return not words or words[-1].lower().strip(",") in _BAD_END or text.count("(") != text.count(")")


def _is_whole(head: str, tail: str) -> bool:
    """A comma inside an enumeration is no boundary: the tail would leave 'a, b' without its 'and c'."""
    if not tail.startswith(","):
        return True
    last = head.rsplit(",", 1)
    if len(last) == 1:
        return not re.match(r", (?:and|or)\b", tail)
    if re.match(r", (?:and|or)\b", tail):
        return False
    return " and " in last[1] or " or " in last[1]
