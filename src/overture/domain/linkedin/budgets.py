"""How much an account may do on LinkedIn: caps, ramp-up, and working hours.

The numbers are field values of vendors and of LinkedIn's help pages (market, 2.1), on the careful side; each account
may have its own. Days and weeks are rolling, 24 hours and 7 days; months are calendar months in UTC, as LinkedIn
counts notes.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from overture.domain.linkedin.actions import Budget


class MemberPlan(StrEnum):
    """What the member pays LinkedIn for; it decides on notes and caps."""

    BASIC = "basic"
    PREMIUM = "premium"


@dataclass(frozen=True, slots=True)
class Cap:
    """The most in a rolling day, a rolling week and a calendar month; None where there is no limit."""

    day: int | None = None
    week: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent in the same three windows."""

    day: int = 0
    week: int = 0
    month: int = 0


DAY, WEEK = timedelta(hours=24), timedelta(hours=168)
UNBOUNDED = 10_000
"""Stands for the room of a budget that has no cap."""

CAPS: dict[MemberPlan, dict[Budget, Cap]] = {
    MemberPlan.BASIC: {
        Budget.INVITES: Cap(day=20, week=100),
        Budget.NOTES: Cap(month=5),
        Budget.MESSAGES: Cap(day=50),
        Budget.VIEWS: Cap(day=80),
        Budget.POSTS: Cap(day=25),
    },
    MemberPlan.PREMIUM: {
        Budget.INVITES: Cap(day=40, week=200),
        Budget.NOTES: Cap(),
        Budget.MESSAGES: Cap(day=100),
        Budget.VIEWS: Cap(day=100),
        Budget.POSTS: Cap(day=25),
    },
}
"""The defaults."""

NOTE_UNITS: dict[MemberPlan, int] = {MemberPlan.BASIC: 200, MemberPlan.PREMIUM: 300}
"""The longest note, in UTF-16 units."""

RAMP: tuple[float, ...] = (0.25, 0.5, 0.75)
"""The share of the daily and weekly caps in the first, second and third week after the account was connected."""

RAMPED = frozenset({Budget.INVITES, Budget.MESSAGES})


def caps_for(plan: MemberPlan, own: Mapping[Budget, Cap], connected_for: timedelta | None) -> dict[Budget, Cap]:
    """Return the caps in force. ``own`` replaces defaults; ``connected_for`` is None where there is no ramp-up."""
    caps = {**CAPS[plan], **own}
    week = int(connected_for / timedelta(days=7)) if connected_for is not None else len(RAMP)
    if week >= len(RAMP):
        return caps
    share = RAMP[max(0, week)]
    return {
        budget: Cap(_part(cap.day, share), _part(cap.week, share), cap.month) if budget in RAMPED else cap
        for budget, cap in caps.items()
    }


def _part(most: int | None, share: float) -> int | None:
    return None if most is None else min(most, max(1, int(most * share)))


def what_is_full(budget: Budget, cap: Cap, spent: Spent) -> str | None:
    """Return a sentence that names the window which holds no further unit, or None."""
    for window, most, used in (
        ("day", cap.day, spent.day),
        ("week", cap.week, spent.week),
        ("month", cap.month, spent.month),
    ):
        if most is not None and used >= most:
            return f"the account's budget of {budget} for a {window} is spent: {used} of {most}"
    return None


def room(cap: Cap, spent_at: Sequence[datetime], at: datetime) -> int:
    """Return how many units a budget holds at ``at``, of which nothing is spent but at the times given, oldest first.

    A time that is ahead of ``at`` counts as spent; ``UNBOUNDED`` where there is no cap.
    """
    month = at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    spaces = [UNBOUNDED]
    for most, since, strictly in (
        (cap.day, at - DAY, True),
        (cap.week, at - WEEK, True),
        (cap.month, month, False),
    ):
        if most is not None:
            before = bisect_right(spent_at, since) if strictly else bisect_left(spent_at, since)
            spaces.append(max(0, most - (len(spent_at) - before)))
    return min(spaces)


def next_room(cap: Cap, spent_at: Sequence[datetime], at: datetime) -> datetime | None:
    """Return the first moment from ``at`` on at which a budget holds a unit; None: it never does, its cap is 0."""
    if room(cap, spent_at, at):
        return at
    month = at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    moments = {(month + timedelta(days=32)).replace(day=1)}
    moments |= {one + DAY for one in spent_at[bisect_left(spent_at, at - DAY) :]}
    moments |= {one + WEEK for one in spent_at[bisect_left(spent_at, at - WEEK) :]}
    return next((moment for moment in sorted(moments) if room(cap, spent_at, moment)), None)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When automatic actions may leave: whole minutes on the wall clock of a time zone. Days count from Monday, 0."""

    zone: str = "UTC"
    begins: time = time(9)
    ends: time = time(18)
    days: frozenset[int] = frozenset(range(5))

    def holds(self, at: datetime) -> bool:
        """Return whether ``at`` (aware) lies in working hours; the end is outside."""
        local = at.astimezone(ZoneInfo(self.zone))
        return local.weekday() in self.days and self.begins <= local.time() < self.ends

    def next_opening(self, at: datetime) -> datetime:
        """Return the first moment from ``at`` on that lies in working hours, in UTC.

        A start that a change of clocks skips is the first moment after the gap; one that comes twice opens twice.

        Raises:
            ValueError: there are no working hours at all.
        """
        if self.holds(at):
            return at
        first = at.astimezone(ZoneInfo(self.zone)).date()
        for ahead in range(_LOOKED_AHEAD):
            for start in self._openings(first + timedelta(days=ahead)):
                if start >= at and self.holds(start):
                    return start
        raise ValueError("no working hours in two weeks")

    def closing(self, at: datetime) -> datetime:
        """Return when the working hours of the day end on which ``at`` lies, in UTC."""
        zone = ZoneInfo(self.zone)
        return datetime.combine(at.astimezone(zone).date(), self.ends, zone).astimezone(UTC)

    def _openings(self, day: date) -> list[datetime]:
        """The moments of a day, in UTC, at which the wall clock may come into the hours."""
        zone = ZoneInfo(self.zone)
        starts = {datetime.combine(day, self.begins, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
        before = datetime.combine(day, time(), zone).astimezone(UTC)
        after = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            starts.add(_change(zone, before, after))
        return sorted(starts)


_LOOKED_AHEAD = 16
"""Days: hours that a change of clocks skips on their one day of the week open the week after."""


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the first minute between two moments (UTC) from which on the zone's clock stands as it does after."""
    low, high = 0, int((after - before) / timedelta(minutes=1))
    there = after.astimezone(zone).utcoffset()
    while low < high:
        middle = (low + high) // 2
        if (before + timedelta(minutes=middle)).astimezone(zone).utcoffset() == there:
            high = middle
        else:
            low = middle + 1
    return before + timedelta(minutes=low)
