"""Calendar windows: one statement counts and decides, on the database's clock.

A row holds the current minute and the current day of an account. A window only moves forward, so a clock that
steps back never reopens one. Windows are counted at the moment of the statement, not of the transaction's start.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.store.db import Database, Tx


@dataclass(frozen=True, slots=True)
class Grant:
    """How many of the calls asked for may pass; ``retry_after`` is the seconds until the next window."""

    granted: int
    retry_after: int


def _retry_after(seconds_minute: float, seconds_day: float, *, day_full: bool) -> int:
    return max(1, math.ceil(seconds_day if day_full else seconds_minute))


@dataclass(frozen=True, slots=True)
class Asked:
    """Calls of one account that want to pass together, and its inclusive limits."""

    account_id: UUID
    calls: int
    per_minute: int
    per_day: int


async def take_requests(database: Database, asked: Sequence[Asked]) -> dict[UUID, Grant]:
    """Count API calls of several accounts at once, as a transaction of its own; each account appears once.

    Rows are locked in the order of their ids, so statements of several processes cannot deadlock. A call that is
    not granted is counted nowhere.
    """
    rows = await database.all_once(
        "WITH t AS (SELECT clock_timestamp() AS at),"
        " w AS (SELECT u.account_id, c.calls, c.per_minute, c.per_day,"
        "   greatest(u.minute_at, date_trunc('minute', t.at, 'UTC')) AS minute_at,"
        "   CASE WHEN date_trunc('minute', t.at, 'UTC') > u.minute_at THEN 0 ELSE u.minute_used END AS minute_used,"
        "   greatest(u.day_at, date_trunc('day', t.at, 'UTC')) AS day_at,"
        "   CASE WHEN date_trunc('day', t.at, 'UTC') > u.day_at THEN 0 ELSE u.day_used END AS day_used, t.at"
        "   FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[]) AS c (account_id, calls, per_minute, per_day)"
        "   JOIN usage_window u USING (account_id) CROSS JOIN t"
        "   WHERE u.kind = 'requests' ORDER BY u.account_id FOR UPDATE OF u),"
        " g AS (SELECT w.*, greatest(0, least(calls, per_minute - minute_used, per_day - day_used)) AS granted FROM w)"
        " UPDATE usage_window u SET minute_at = g.minute_at, minute_used = g.minute_used + g.granted,"
        " day_at = g.day_at, day_used = g.day_used + g.granted FROM g"
        " WHERE u.account_id = g.account_id AND u.kind = 'requests'"
        " RETURNING u.account_id, g.granted, g.day_used + g.granted >= g.per_day AS day_full,"
        " extract(epoch FROM g.minute_at + interval '1 minute' - g.at)::float8 AS to_minute,"
        " extract(epoch FROM g.day_at + interval '1 day' - g.at)::float8 AS to_day",
        [a.account_id for a in asked],
        [a.calls for a in asked],
        [a.per_minute for a in asked],
        [a.per_day for a in asked],
    )
    return {
        row["account_id"]: Grant(
            row["granted"], _retry_after(row["to_minute"], row["to_day"], day_full=row["day_full"])
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Taken:
    """The minute that messages were counted in, or, where ``minute`` is None, when to try again."""

    minute: datetime | None
    retry_after: int = 0


async def take_messages(tx: Tx, account_id: UUID, count: int, per_minute: int, per_day: int) -> Taken:
    """Count ``count`` messages in the caller's transaction, all or none."""
    minute = await tx.value(
        "UPDATE usage_window u SET"
        " minute_used = CASE WHEN t.minute > u.minute_at THEN 0 ELSE u.minute_used END + $2,"
        " minute_at = greatest(u.minute_at, t.minute),"
        " day_used = CASE WHEN t.day > u.day_at THEN 0 ELSE u.day_used END + $2,"
        " day_at = greatest(u.day_at, t.day)"
        " FROM (SELECT date_trunc('minute', clock_timestamp(), 'UTC') AS minute,"
        "   date_trunc('day', clock_timestamp(), 'UTC') AS day) t"
        " WHERE u.account_id = $1 AND u.kind = 'messages'"
        " AND CASE WHEN t.minute > u.minute_at THEN 0 ELSE u.minute_used END + $2 <= $3"
        " AND CASE WHEN t.day > u.day_at THEN 0 ELSE u.day_used END + $2 <= $4"
        " RETURNING u.minute_at",
        account_id,
        count,
        per_minute,
        per_day,
    )
    if isinstance(minute, datetime):
        return Taken(minute)
    row = await tx.row(
        "SELECT extract(epoch FROM date_trunc('minute', t.at, 'UTC') + interval '1 minute' - t.at)::float8 AS m,"
        " extract(epoch FROM date_trunc('day', t.at, 'UTC') + interval '1 day' - t.at)::float8 AS d,"
        " CASE WHEN date_trunc('day', t.at, 'UTC') > u.day_at THEN 0 ELSE u.day_used END + $2 > $3 AS day_full"
        " FROM usage_window u, (SELECT clock_timestamp() AS at) t WHERE u.account_id = $1 AND u.kind = 'messages'",
        account_id,
        count,
        per_day,
    )
    if row is None:
        return Taken(None, 60)
    return Taken(None, _retry_after(row["m"], row["d"], day_full=row["day_full"]))
