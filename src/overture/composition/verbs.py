"""The verbs that facts are built on, and their forms."""

from functools import cache

from overture.composition.wordlist import listed

_REGULAR = """
accept access accelerate accommodate account accredit acquire adapt add address adjust administer advise
aggregate aid align allocate allow analyse analyze answer anticipate apply appraise appoint arrange assemble
assess assign assist attach attract audit augment authorise authorize automate back bake balance base
benchmark bill bind blend block book bottle brew broadcast broker build calculate calibrate capture carry
cater certify check choose clarify classify clean close coach code collaborate collate collect combine
commission compare compile complete compute conduct configure connect conserve consolidate construct consult
contain continue contract control convert coordinate correct cover craft create credit curate customise
customize cut deal decorate define deliver demolish deploy design detect determine develop diagnose digitise
digitize direct disinfect dispatch display dispose distribute document donate draft draw drive educate
eliminate embed employ enable encrypt enforce engineer enhance enroll ensure equip establish estimate evaluate
examine exchange execute export extend extract fabricate facilitate feature ferment file fill filter finance
find fit fix flag focus follow forecast form formulate forward fulfil fulfill fund furnish gather generate
give grade grant group grow guide handle harvest help hire hold host house identify illustrate implement
import improve include index inform insert inspect install instruct insure integrate interview introduce
inventory investigate invoice issue join keep label land launch lay lead lease lend let level license light
link list load localise localize locate lower machine mail maintain make manage manufacture map market match
measure mediate mentor merge migrate mine minimise minimize mix model modernise modernize monitor move
negotiate network notify obtain offer onboard open operate optimise optimize order organise organize
orchestrate outfit oversee own pack package paint partner pay perform pick pilot place plan plant plug polish
post power prepare present preserve prevent price print process procure produce program promote propose
protect provide publish pull pump purchase qualify rate reach receive recommend reconcile record recover
recruit recycle reduce refer refine refurbish refurnish register rehabilitate relocate remodel remove renovate
rent repair replace report represent research resell reserve resolve respond restore retain retrofit review
route run safeguard scale schedule score screen seal secure segment select sell send serve service set settle
share ship show sign simplify simulate source specialise specialize sponsor staff standardise standardize
start stock store stream streamline structure study submit supply support survey sync synchronise synchronize
tackle tailor take target teach test track trade train transform translate transport treat troubleshoot tune
turn unify unite update upgrade use validate value verify visit visualise visualize walk warehouse wash watch
weld win wire work wrap write
"""

BASES: frozenset[str] = frozenset(_REGULAR.split())
"""Verbs that state what a company does; none that state what it believes, loves or promises."""

_DOUBLED = frozenset(
    listed("cut let run set plan ship map win fit plug get put step stop tag scan spot wrap chat drop shop program")
)
_THIRD = {"be": "is", "have": "has", "do": "does", "are": "is"}


def third(base: str) -> str:
    """Return the third person singular: match -> matches."""
    if base in _THIRD:
        return _THIRD[base]
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def gerund(base: str) -> str:
    """Return the -ing form: schedule -> scheduling."""
    if base in _DOUBLED:
        return base + base[-1] + "ing"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and len(base) > 2:
        return base[:-1] + "ing"
    return base + "ing"


@cache
def _thirds() -> dict[str, str]:
    return {third(base): base for base in BASES | {"have"}}


_PARTICIPLES = dict(
    pair.split(":")
    for pair in listed(
        "build:built bind:bound buy:bought cut:cut deal:dealt draw:drawn drive:driven find:found give:given grow:grown "
        "hold:held keep:kept lay:laid lead:led lend:lent let:let make:made pay:paid put:put rewrite:rewritten run:run "
        "sell:sold send:sent set:set show:shown take:taken teach:taught weld:welded win:won write:written read:read "
        "bring:brought catch:caught choose:chosen hand:handed spread:spread split:split"
    )
)


def participle(base: str) -> str:
    """Return the past participle: match -> matched, keep -> kept."""
    if base in _PARTICIPLES:
        return _PARTICIPLES[base]
    if base in _DOUBLED:
        return base + base[-1] + "ed"
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + "ed"


def base_of_third(word: str) -> str | None:
    """Return the base of a known third-person form, or None."""
    return _thirds().get(word.lower())


def is_base(word: str) -> bool:
    """Tell whether the word is a known verb in its base form."""
    return word.lower() in BASES or word.lower() == "have"
