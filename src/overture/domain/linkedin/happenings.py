"""What happens on LinkedIn without our doing, as rails report it."""

from dataclasses import dataclass
from datetime import datetime

from overture.domain.linkedin.objects import Member


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened. ``key`` names it once and for all: a second report with it is the same happening."""

    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageReceived(Happening):
    """Someone wrote to the account."""

    sender: Member
    conversation_id: str
    text: str


@dataclass(frozen=True, slots=True)
class InvitationAccepted(Happening):
    """Someone accepted the account's invitation, or the account theirs."""

    member: Member


@dataclass(frozen=True, slots=True)
class Disconnected(Happening):
    """The session ended, or LinkedIn restricted the account; ``reason`` is a sentence for people."""

    reason: str


@dataclass(frozen=True, slots=True)
class News:
    """What happened since a cursor, oldest first. ``cursor`` is where to go on; the same cursor gives the same news."""

    happenings: tuple[Happening, ...]
    cursor: str
