"""What members will do, decided when they are given the reason to, from the seed and the pair alone.

Shares follow what vendors report of outreach (docs/simulator.md): about three invitations in ten are accepted, fewer
at the top of a company, a little more with a short note; about one first message in four is answered.
"""

import hashlib
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from overture.simulator.limits import utf16_units
from overture.simulator.words import speech

FOLLOWS_AFTER = timedelta(hours=4)
"""What one behaviour leads to comes at least this much later; so a stretch as long can be worked through at once."""

ACCEPTS = (0.32, 0.32, 0.31, 0.33, 0.26, 0.17)
"""Share of invitations accepted, by level."""

SHORT_NOTE = 100
MOODS = (
    ("interested", 24),
    ("later", 18),
    ("not_interested", 26),
    ("out_of_office", 8),
    ("wrong_person", 9),
    ("question", 15),
)


@dataclass(frozen=True, slots=True)
class Person:
    """What behaviour depends on."""

    id: int
    level: int
    warmth: float
    french: bool
    first_name: str
    company: str


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One thing that a member will do. ``ref`` is the invitation or the job that it is about."""

    due: datetime
    kind: str
    account: int
    member: int
    ref: int | None = None
    text: str | None = None
    follow_due: datetime | None = None
    follow_text: str | None = None
    mood: str | None = None


def dice(seed: int, *parts: int) -> Random:
    """Random numbers that depend on the seed and the parts only, and not on who asks or when."""
    packed = struct.pack(f"<{len(parts) + 1}q", seed, *parts)
    return Random(hashlib.blake2b(packed, digest_size=8).digest())


def after_invitation(
    rng: Random, sender: int, sender_name: str, person: Person, invitation: tuple[int, datetime, str | None]
) -> list[Behaviour]:
    """``invitation`` is (id, sent, note). It is accepted, declined, or expires in time unless withdrawn."""
    number, sent, note = invitation
    share = ACCEPTS[person.level] * (0.4 + 1.2 * person.warmth)
    if note:
        share += 0.05 if utf16_units(note) <= SHORT_NOTE else 0.01
    if rng.random() < share:
        delay = _delay(rng, median_hours=14 if note else 20, longest_days=35)
        thanks, text = None, None
        if rng.random() < 0.08:
            thanks = sent + delay + FOLLOWS_AFTER + _delay(rng, median_hours=5, longest_days=6)
            text = rng.choice(speech.THANKS[person.french]).format(you=sender_name)
        return [Behaviour(sent + delay, "accept", sender, person.id, number, None, thanks, text)]
    if rng.random() < 0.12:
        return [Behaviour(sent + _delay(rng, median_hours=30, longest_days=35), "decline", sender, person.id, number)]
    return []


def after_message(
    rng: Random, sender: int, sender_name: str, person: Person, earlier: int, sent: datetime
) -> list[Behaviour]:
    """An answer, or silence. ``earlier`` counts the messages that the member has had from the sender before."""
    share = (0.26, 0.18, 0.14, 0.09)[min(earlier, 3)] * (0.4 + 1.2 * person.warmth)
    if rng.random() >= share:
        return []
    mood = rng.choices([m for m, _ in MOODS], [w for _, w in MOODS])[0]
    text = rng.choice(speech.REPLIES[mood][person.french]).format(
        you=sender_name, me=person.first_name, company=person.company
    )
    delay = (
        timedelta(minutes=1 + rng.random() * 4)
        if mood == "out_of_office"
        else _delay(rng, median_hours=9, longest_days=14)
    )
    return [Behaviour(sent + delay, "message", sender, person.id, None, text, mood=mood)]


def _delay(rng: Random, *, median_hours: float, longest_days: int) -> timedelta:
    """Minutes to weeks: most within a day or two, some much later."""
    hours = median_hours * rng.lognormvariate(0, 1.4)
    return min(max(timedelta(hours=hours), timedelta(minutes=3)), timedelta(days=longest_days))
