"""The verbs that facts are built on, and their forms."""

import re
from functools import cache

from overture.composition.wordlist import listed

_REGULAR = """
attend refresh
accelerate accept access accommodate account accredit accumulate acquaint acquire adapt add address adjust
administer advertise advise aggregate aid alert align allocate allow amplify analyse analyze animate answer
anticipate apply appoint appraise arrange assemble assess assign assist assure attach attract audit augment
authorise authorize automate award back bake balance base benchmark bend bill bind blend block board book
bottle brand breed brew broadcast broker build bundle calculate calibrate camp capture carry cast cater
centralise centralize certify challenge charter check chill choose clarify classify clean close coach coat
code collaborate collate collect combat combine commission compare compile complete compost compress compute
conduct configure connect conserve consolidate construct consult contain continue contract control convert
cook coordinate correct counsel courier cover craft create credit cultivate curate cure customise customize
cut deal decode decorate define deliver demolish demonstrate deploy design detect determine develop diagnose
dig digest digitise digitize direct discover disinfect dispatch display dispose distill distribute document
donate draft draw drill drive dry dye educate eliminate embed employ enable encrypt enforce engage engineer
engrave enhance enrich enroll ensure equip establish estimate evaluate evolve examine excavate exchange
execute exhibit expand explain export extend extract fabricate facilitate farm feature ferment fertilize
file fill film filter finance find finish fit fix flag fly focus follow forecast forge form formulate
forward freeze fuel fulfil fulfill fund furnish gather generate give grade grant grind groom group grow
guide handcraft handle harvest haul heat help hire hold host house identify illustrate implement import
improve include incorporate incubate index inform inject insert inspect install instruct insulate insure
integrate interview introduce invent inventory invest investigate invoice iron issue join keep label land
launch lay lead learn lease lend let level leverage license light link list litigate load localise localize
locate log lower machine mail maintain make manage manufacture map market match maximise maximize measure
mediate mentor merge migrate mill mine minimise minimize mix model modernise modernize monitor move mow
negotiate network notarise notarize notify nurture obtain offer offset onboard open operate optimise
optimize orchestrate order organise organize outfit outsource oversee own pack package paint pair partner
pave pay perform photograph pick pilot place plan plant plaster play plug polish post power prepare
prescribe present preserve press prevent price print process procure produce program promote propose protect
prototype provide prune publish pull pump purchase qualify quilt quote raise rank rate reach rear rebuild
receive recommend reconcile recondition record recover recruit recycle redesign reduce refer refinance
refine refurbish refurnish register rehabilitate relocate remodel remove renew renovate rent repair replace
report represent research resell reserve resolve respond restore retain retrofit reupholster review roast
rotate route run safeguard salvage sand sanitise sanitize save scale scan schedule score scrap screen
scrutinise scrutinize seal secure segment select sell send serve service set settle sew share sharpen ship
shoot show shred sign simplify simulate slice smoke solder solve sort source specialise specialize specify
sponsor spray staff stage standardise standardize start stitch stock store stream streamline structure study
submit supervise supply support survey switch sync synchronise synchronize tackle tailor take tan target
teach test tile tow track trade train transform translate transport treat trim troubleshoot tune turn tutor
underwrite unify unite unload unpack update upgrade upholster use utilise utilize vaccinate validate value
verify vet visit visualise visualize walk warehouse wash watch weave weld win winterise winterize wire work
wrap write
"""

BASES: frozenset[str] = frozenset(_REGULAR.split())
"""Verbs that state what a company does; none that state what it believes, loves or promises."""

_DOUBLED = frozenset(
    listed(
        "cut let run set plan ship map win fit plug get put step stop tag scan spot wrap chat drop shop program dig "
        "log tan trim vet submit refer transfer control equip"
    )
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


def base_of_third(word: str) -> str | None:
    """Return the base of a known third-person form, or None."""
    return _thirds().get(word.lower())


_IRREGULAR = {
    "built": "build", "taught": "teach", "sold": "sell", "run": "run", "made": "make", "cut": "cut", "sent": "send",
    "written": "write", "grown": "grow", "drawn": "draw", "held": "hold", "given": "give", "set": "set", "led": "lead",
    "shot": "shoot", "woven": "weave", "driven": "drive", "won": "win", "found": "find", "kept": "keep",
    "brought": "bring", "taken": "take", "chosen": "choose", "lent": "lend", "laid": "lay",
}  # fmt: skip


@cache
def _gerunds() -> dict[str, str]:
    return {gerund(base): base for base in BASES}


def base_of_gerund(word: str) -> str | None:
    """Return the base of a known -ing form, or None."""
    return _gerunds().get(word.lower())


_UNEVEN = frozenset(_IRREGULAR.values()) | frozenset(
    listed("bind buy catch deal get let meet pay put read rewrite show speak spend split spread tell think")
)


def participle(base: str) -> str:
    """Return the past participle of a regular verb: match -> matched; empty for an irregular one."""
    if base in _UNEVEN:
        return ""
    stem = base + base[-1] if base in _DOUBLED else base
    if re.search(r"[^aeiou]y$", stem):
        return stem[:-1] + "ied"
    return stem + ("d" if stem.endswith("e") else "ed")


@cache
def _participles() -> dict[str, str]:
    return _IRREGULAR | {participle(base): base for base in BASES if participle(base)}


def is_participle(word: str) -> bool:
    """Tell whether the word is the past participle of a known verb: built, offered, cut."""
    return word.lower() in _participles()


def is_base(word: str) -> bool:
    """Tell whether the word is a known verb in its base form."""
    return word.lower() in BASES or word.lower() == "have"
