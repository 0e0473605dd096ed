"""What the proposition does, said in several ways: each keeps the fact's own words, by rules that change no meaning."""

import re
from dataclasses import dataclass
from functools import lru_cache

from overture.composition.facts import Fact, FactKind
from overture.composition.grammar import ends_badly
from overture.composition.topics import is_plural_or_mass
from overture.composition.verbs import gerund, participle
from overture.composition.wordlist import listed
from overture.composition.words import content_stems

_OBJECT_END = re.compile(
    r" (?:from|across|without|with|by|in|for|via|through|using|at|on|into|onto|to|against|under|over|before|after|"
    r"within|during|every|automatically|that|which|so|while|where|when|as)\b|,"
)
_NO_OBJECT = frozenset(
    listed(
        "help let enable allow give make have are be work serve support specialise specialize connect can bring "
        "offer provide include feature need get take show teach continue partner focus integrate respond start join "
        "use lead do go come tell ask pay combine turn"
    )
)
_WHO_USE = re.compile(r"^(?P<who>[\w -]+?) (?:that|who|which) (?:use|work with|rely on|run on|buy from) (?P<p>.+)$")
_LAST_ADVERB = re.compile(r"^(?P<head>.+\w) (?P<adverb>on average|in the first [a-z ]{3,24})$")
_CUT_SHORT = re.compile(r" (?:in|by|within|after) (?:\d+|two|three|four|five|six|seven|eight|nine|ten)$")
_BODY = re.compile(r"^(?P<verb>[a-z]+) (?P<rest>.+)$")


@dataclass(frozen=True, slots=True)
class Offer:
    """One fact of the proposition in one length. Empty strings where a form cannot be made.

    ``it`` follows the proposition's name, ``we`` follows 'we', ``passive`` follows 'With <name>,', ``task`` is a gerund
    phrase, ``state`` is a whole clause, ``thing`` is the object, which a later sentence may call 'them'.
    """

    fact: Fact
    it: str
    we: str
    passive: str = ""
    task: str = ""
    state: str = ""
    thing: str = ""
    verb_third: str = ""
    after: str = ""

    @property
    def families(self) -> tuple[str, ...]:
        """The frame families that this offer can fill."""
        known = (("it", self.it), ("we", self.we), ("passive", self.passive), ("task", self.task))
        return ("state",) if self.state else tuple(name for name, text in known if text)


@lru_cache(maxsize=4096)
def offers_of(fact: Fact, name: str) -> tuple[Offer, ...]:
    """Return the offer in each of its lengths, longest first."""
    if fact.kind is FactKind.STATES:
        return tuple(
            Offer(fact, "", "", state=state) for form in fact.forms for state in _states(form.it or form.we, name)
        )
    return tuple(_does(fact, form.it, form.we) for form in fact.forms)


def _states(text: str, name: str) -> list[str]:
    """'teams that use P close' -> 'teams close', to follow 'With P,'; and with its last phrase of time in front."""
    if _CUT_SHORT.search(text):
        return []
    subject_end = text.find(f" {name} ")
    used = _WHO_USE.match(text[: subject_end + len(name) + 1]) if subject_end > 0 else None
    plain = f"{used['who']}{text[subject_end + len(name) + 1 :]}" if used else text
    last = _LAST_ADVERB.match(plain)
    fronted = f"{last['adverb']}, {last['head']}" if last and not re.search(r"\d", last["adverb"]) else ""
    return [plain, fronted] if fronted and not ends_badly(last["head"] if last else "") else [plain]


def _does(fact: Fact, it: str, own: str) -> Offer:
    match = _BODY.match(own)
    if match is None or match["verb"] in _NO_OBJECT or re.match(r"(?:and|,|or) ", match["rest"]):
        return Offer(fact, it, own)
    verb, rest = match["verb"], match["rest"]
    task = f"{gerund(verb)} {rest}"
    end = _OBJECT_END.search(rest)
    thing, after = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    if not _is_object(thing):
        return Offer(fact, it, own, task=task if len(task) <= 90 else "")
    be = "are" if thing.endswith("s") and not thing.endswith("ss") else "is"
    done = participle(verb)
    passive = f"{thing} {be} {done}{after}" if done else ""
    verb_third = it.split(" ", 1)[0] if it else ""
    plural = be == "are"
    return Offer(fact, it, own, passive, task, "", thing if plural else "", verb_third, after)


def _is_object(thing: str) -> bool:
    words = thing.split()
    return (
        bool(content_stems(thing))
        and 1 <= len(words) <= 6
        and not ends_badly(thing)
        and not re.search(r"\b(?:it|them|you|us|how|what|whose|more|their|our)\b", thing)
        and (is_plural_or_mass(thing) or words[0] in {"a", "an", "the", "every", "each", "all"})
    )


def again(offer: Offer, before: str) -> Offer:
    """Return the offer with 'them' for its object, where the sentence before has just named it as a plural."""
    head = offer.thing.rsplit(" ", 1)[-1]
    if not head or not offer.verb_third or head not in re.findall(r"[a-z]+", before.lower()):
        return offer
    own = offer.we.split(" ", 1)[0]
    after = offer.after
    if not after:
        return offer
    return Offer(offer.fact, f"{offer.verb_third} them{after}", f"{own} them{after}" if own else "")
