"""The hinge: one hedged sentence that joins a fact of the lead's company to the proposition."""

from dataclasses import dataclass

from overture.composition.facts import Fact
from overture.composition.fields import common_effects, effects_for
from overture.composition.frames import turn
from overture.composition.parts import Desk, cite
from overture.composition.pitch import Pitch
from overture.composition.themes import CAUSES, themes_of
from overture.domain.messages import Role, Segment

_MOST = 3
_HANDS_ON = frozenset({"logistics", "shifts", "safety", "languages"})
"""Fields that many a company has nothing to do with: without a telling fact the guess is a doubt."""
_ON_THE_SPOT = _HANDS_ON | {"premises", "cover"}
"""Fields of things that are carried, cleaned or staffed by hand: a fact about software says nothing on them."""
_TELLING = frozenset(
    {"suppliers", "places", "help", "seasons", "devices", "people", "recurring", "start", "rules", "projects"}
)
_DIGITAL = frozenset({"software", "data", "content"})


@dataclass(frozen=True, slots=True)
class Hinge:
    """One thing that a fact may mean for the reader. ``cause`` is empty where it holds for any company."""

    effect: str
    cause: str = ""
    theme: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the fact may be given as the reason for the guess: its theme tells enough."""
        return self.theme in _TELLING


def hinges_for(work: Desk, fact: Fact, pitch: Pitch) -> list[Hinge]:
    """Return up to three hinges, drawn in turn; those that lean on the fact where there are any."""
    if pitch.field is None:
        return []
    themes = themes_of(words_of(fact))
    hands_on = pitch.field.name in _HANDS_ON
    if hands_on and _DIGITAL.intersection(themes):
        return []
    core = pitch.core.stems if pitch.core else pitch.topics
    name = pitch.field.name
    pairs = effects_for(name, themes, core) or effects_for(name, themes, pitch.topics)
    if name in _ON_THE_SPOT and _DIGITAL.intersection(themes):
        pairs = ()
    if pairs:
        start = turn(work.brief.key, work.lead.index, "hinge", len(pairs))
        chosen = [pairs[(start + step) % len(pairs)] for step in range(min(_MOST, len(pairs)))]
        return [Hinge(effect, _cause(work, theme), theme) for theme, effect in chosen]
    if hands_on:
        return []
    common = common_effects(name, core) or common_effects(name, pitch.topics)
    start = turn(work.brief.key, work.lead.index, "hinge", len(common)) if common else 0
    return [Hinge(effect) for effect in (*common[start:], *common[:start])[:_MOST]]


def _cause(work: Desk, theme: str) -> str:
    causes = CAUSES[theme]
    return causes[turn(work.brief.key, work.lead.index, "cause", len(causes))]


def words_of(fact: Fact) -> str:
    """Return the fact as the lead would read it, in its longest form."""
    return fact.forms[0].you or fact.forms[0].it


def leans_on(fact: Fact, pitch: Pitch) -> bool:
    """Whether the fact has a theme that the proposition can speak to."""
    if pitch.field is None:
        return False
    themes = themes_of(words_of(fact))
    if pitch.field.name in _ON_THE_SPOT and _DIGITAL.intersection(themes):
        return False
    return bool(effects_for(pitch.field.name, themes, pitch.topics))


def hinge_sentence(work: Desk, frame: str, hinge: Hinge, fact: Fact) -> Segment:
    """Return the hedged sentence; it cites the fact that it leans on."""
    leaning = cite(fact.evidence) if hinge.cause else ()
    return Segment(work.say(frame, e=hinge.effect, c=hinge.cause or "that"), Role.INFERENCE, leaning)
