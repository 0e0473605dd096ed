"""Sentence frames: which ones a lead gets, and how they are filled."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from overture.composition.grammar import capitalise, contract, tidy
from overture.domain.messages import MessageType, Tone


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a message type and its frames. Every family holds the same number of texts.

    A frame is one place in that number; its families say the same move for different material
    (a clause or a noun phrase, with a figure or without), so a frame always fits what there is.
    """

    name: str
    families: Mapping[str, tuple[str, ...]]

    @property
    def size(self) -> int:
        """How many frames the slot has."""
        return len(next(iter(self.families.values())))


def frames_used(key: str, message_type: MessageType, index: int, slots: tuple[Slot, ...]) -> tuple[int, ...]:
    """Return the frame of each slot for the lead at ``index``.

    The sizes of a type's slots have a least common multiple above 2,000, so by the Chinese remainder
    theorem no two indices below it share the tuple; and every run of leads uses every frame equally
    often. The order of the frames and the start are drawn from the request's key.
    """
    places: list[int] = []
    for slot in slots:
        seed = hashlib.blake2b(f"{key}|{message_type}|{slot.name}".encode(), digest_size=16).digest()
        offset = int.from_bytes(seed[:8], "big")
        stride = _stride(slot.size, int.from_bytes(seed[8:], "big"))
        places.append(((index + offset) * stride) % slot.size)
    return tuple(places)


def turn(key: str, index: int, what: str, size: int) -> int:
    """Return a number below ``size`` that is drawn from the request's key, the lead's index and what it is for."""
    digest = hashlib.blake2b(f"{key}|{index}|{what}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % size


def _stride(size: int, seed: int) -> int:
    free = [step for step in range(1, size) if _gcd(step, size) == 1]
    return free[seed % len(free)]


def _gcd(one: int, two: int) -> int:
    while two:
        one, two = two, one % two
    return one


_CHOICE = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\|([^\[\]|]*)\]")
_PLACE = re.compile(r"\{(\w+)\}")
_TONES = {Tone.NORMAL: 1, Tone.FORMAL: 2, Tone.CASUAL: 3}


def fill(frame: str, tone: Tone, values: Mapping[str, str]) -> str:
    """Return the frame's sentence. ``[normal|formal|casual]`` picks by tone; ``{Fact}`` is ``{fact}`` raised.

    Only the frame is contracted, never what stands in its places: facts keep the page's wording.
    """
    chosen = _CHOICE.sub(lambda match: match.group(_TONES[tone]), frame)
    if tone is not Tone.FORMAL:
        chosen = contract(chosen)
    return tidy(_PLACE.sub(lambda match: _value(match.group(1), values), chosen))


def _value(name: str, values: Mapping[str, str]) -> str:
    if name in values:
        return values[name]
    text = values[name[:1].lower() + name[1:]]
    return text if text.startswith(values.get("company", "\0")) else capitalise(text)
