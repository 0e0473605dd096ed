"""What people in a role often care about: always a guess, and said as one."""

from dataclasses import dataclass

from overture.composition.role_table import EVERY_LEADER, TABLE
from overture.composition.titles import Level, role_of
from overture.composition.words import content_stems

_LEADERS = frozenset({Level.CHIEF, Level.HEAD, Level.MANAGER})
_NEAREST: dict[Level, tuple[str, ...]] = {
    Level.CHIEF: ("chief", "head"),
    Level.HEAD: ("head", "chief"),
    Level.MANAGER: ("manager", "head", "chief"),
    Level.EXPERT: ("expert", "manager"),
    Level.STARTER: ("starter", "expert"),
}
_TOO_WIDE = content_stems("team company customer month time work business help new use day way people make data")


@dataclass(frozen=True, slots=True)
class Priority:
    """A thing a role often cares about, as a gerund phrase, and the stems of its topics."""

    text: str
    topics: frozenset[str]


def _priorities(function: str, level: Level) -> list[Priority]:
    rows = TABLE.get(function, {})
    texts = list(next((rows[name] for name in _NEAREST[level] if name in rows), ()))
    if level in _LEADERS and function:
        texts += EVERY_LEADER
    return [Priority(text, content_stems(topics)) for text, topics in texts]


def priorities_for(title: str | None, topics: frozenset[str]) -> list[Priority]:
    """Return the role's priorities that share a topic with ``topics``, best first; empty where none does."""
    role = role_of(title)
    wanted = topics - _TOO_WIDE
    scored = [
        (len(item.topics & wanted), -place, item) for place, item in enumerate(_priorities(role.function, role.level))
    ]
    return [item for shared, _, item in sorted(scored, key=lambda row: row[:2], reverse=True) if shared > 0]
