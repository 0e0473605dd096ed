"""Monitors: who is told of an account's news, and what that costs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

PAID_FOR = timedelta(minutes=144)
"""One credit lasts so long: 10 a day (linkup.md, section 1.2)."""


@dataclass(frozen=True, slots=True)
class Monitor:
    """One monitor; ``id`` has 24 hex digits. ``paid_until`` is None before the first start."""

    id: str
    account_id: UUID
    linkedin_account_id: UUID
    name: str
    webhook_url: str
    country: str
    active: bool
    paid_until: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class NewMonitor:
    """A monitor to add; it is not active yet."""

    id: str
    account_id: UUID
    linkedin_account_id: UUID
    name: str
    webhook_url: str
    country: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What to change; None leaves a value as it is."""

    name: str | None = None
    webhook_url: str | None = None
    country: str | None = None
    linkedin_account_id: UUID | None = None
