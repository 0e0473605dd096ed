"""How fast an account acts for its campaigns: spread over what is left of its day, and never by the beat of a clock."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from overture.domain.linkedin.budgets import WorkingHours

SHORTEST = timedelta(minutes=1)
"""The even gap is never shorter: 25 actions within ten minutes are where simulated checkpoints begin."""

APART = timedelta(seconds=30)
"""Two actions of an account are at least this far apart, whatever was missed."""

CATCH_UP = timedelta(minutes=10)
"""How much of a downtime is made up for."""

SHARE = 0.8
"""How much of the hours is planned for. A rolling day frees each unit a little later than the day before."""

OPENING = timedelta(minutes=15)
"""Within how long after the opening a day's first action leaves."""


def part(*names: object) -> float:
    """Return a number from 0 to 1 that the names alone decide."""
    digest = hashlib.blake2b("\0".join(map(str, names)).encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def is_open(hours: Sequence[WorkingHours], at: datetime) -> bool:
    """Return whether ``at`` lies in all of these working hours."""
    return all(each.holds(at) for each in hours)


def opening(hours: Sequence[WorkingHours], at: datetime) -> datetime | None:
    """Return the first moment from ``at`` on that lies in all of these hours; None where they have none in common."""
    last = at + timedelta(days=15)
    while at <= last:
        later = max((each.next_opening(at) for each in hours), default=at)
        if later == at:
            return at
        at = later
    return None


def closing(hours: Sequence[WorkingHours], at: datetime) -> datetime:
    """Return when the first of these hours ends, on the day of ``at``; a day from now where there are none."""
    return min((each.closing(at) for each in hours), default=at.astimezone(UTC) + timedelta(days=1))


def gap(seconds_left: float, sends_left: int, jitter: float) -> timedelta:
    """Return the time to the next action: most of what is left of the day shared out, times 0.5 to 1.5 by ``jitter``.

    ``jitter`` is from 0 to 1. The rest of the day is for what comes free late. Nothing left to share out gives the
    shortest: it is then the budgets that say when.
    """
    even = timedelta(seconds=max(0.0, seconds_left) * SHARE) / sends_left if sends_left > 0 else SHORTEST
    return max(even, SHORTEST) * (0.5 + jitter)


def following(due: datetime | None, at: datetime, after: timedelta) -> datetime:
    """Return when an account is free again that was due at ``due``, acts at ``at``, and leaves a gap ``after`` it."""
    begins = at if due is None else max(min(due, at), at - CATCH_UP)
    return max(begins + after, at + APART)
