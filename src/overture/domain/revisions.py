"""Steering: what may be asked of a written message, and the versions that come of it."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from overture.domain.errors import NotFound
from overture.domain.messages import MessageType, Tone

_ID = re.compile(r"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\.(0|[1-9][0-9]{0,8})\.([a-z_]{1,40})")
_TYPES = {str(kind): kind for kind in MessageType}


@dataclass(frozen=True, slots=True)
class MessageId:
    """A message's name for callers: the request's id, the lead's place in it from 0, and the type, joined by dots."""

    request_id: UUID
    lead_idx: int
    type: MessageType

    def __str__(self) -> str:
        """The form that callers see."""
        return f"{self.request_id}.{self.lead_idx}.{self.type}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an id; raises NotFound, since no message has a name of another form."""
        match = _ID.fullmatch(text)
        if match is None or match[3] not in _TYPES:
            raise NotFound("no such message")
        return cls(UUID(match[1]), int(match[2]), _TYPES[match[3]])


@dataclass(frozen=True, slots=True)
class Wish:
    """What a caller wants of the next version; at least one of the four.

    ``avoid`` holds ids of evidence, as the message's citations show them.
    """

    tone: Tone | None = None
    another_fact: bool = False
    shorter: bool = False
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Steering:
    """What a version is written by: this wish and, where it says nothing else, the wishes before.

    ``avoid`` holds spans of evidence. ``most`` is the number of units that the text may have, as LinkedIn counts.
    """

    tone: Tone | None = None
    avoid: tuple[str, ...] = ()
    most: int | None = None


class RevisionState(StrEnum):
    """Where a version stands; only a generated one is paid for and shown."""

    PENDING = "pending"
    GENERATED = "generated"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Revision:
    """One further version of a message; ``number`` counts from 1, 0 being the first text."""

    number: int
    state: RevisionState
    wish: Wish
    text: str | None
    reason: str | None
    detail: str | None
    asked_at: datetime
    settled_at: datetime | None


SHORTER = 0.9
"""A shorter version has at most this share of the units of the text before it."""
