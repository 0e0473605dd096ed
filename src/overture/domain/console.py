"""Who may sign in to the console, what each may do, and how long a session lives."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
"""A session ends after so long without a request, and after so long in any case (ASVS 5.0, 7.3)."""

LINK = timedelta(hours=24)
"""How long a one-time link may be used."""

TRIES = 5
LOCKED = timedelta(minutes=15)
"""After so many wrong passwords in a row nobody is let in for so long."""

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200


class Role(StrEnum):
    """What a person may do: look; look and judge messages; everything."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    OWNER = "owner"

    def covers(self, needed: "Role") -> bool:
        """Return whether this role may do what ``needed`` may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class ConsoleUser:
    """A person who may sign in. ``password`` is a hash, None until one was chosen."""

    id: UUID
    email: str
    name: str
    role: Role
    password: str | None
    failures: int
    locked_until: datetime | None
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConsoleSession:
    """A signed-in browser. ``account_id`` is the account that is looked at."""

    id: UUID
    user_id: UUID
    account_id: UUID | None
    address: str
    browser: str
    created_at: datetime
    seen_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Logged:
    """Something that a person did. ``detail`` says what changed, in words and without secrets."""

    id: int
    at: datetime
    actor: str
    session_id: UUID | None
    address: str
    request_id: str
    account_id: UUID | None
    action: str
    object: str
    detail: str
