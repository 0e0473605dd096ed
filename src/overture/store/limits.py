"""Calendar windows: one statement counts and decides, on the database's clock.

A row holds the current minute and the current day of an account. A window only moves forward, so a clock that
steps back never reopens one. Windows are counted at the moment of the statement, not of the transaction's start.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from overture.store.db import Database, ReadTx


@dataclass(frozen=True, slots=True)
class Grant:
    """How many of the calls asked for may pass; ``retry_after`` is the seconds until the next window."""

    granted: int
    retry_after: int


def _retry_after(seconds_minute: float, seconds_day: float, *, day_full: bool) -> int:
    return max(1, math.ceil(seconds_day if day_full else seconds_minute))


@dataclass(frozen=True, slots=True)
class Asked:
    """Calls of one account that want to pass together, one of the keys used, and the inclusive limits."""

    account_id: UUID
    key_id: str
    calls: int
    per_minute: int
    per_day: int


async def take_requests(database: Database, asked: Sequence[Asked]) -> dict[UUID, Grant]:
    """Count API calls of several accounts at once, as a transaction of its own; each account appears once.

    Rows are locked in the order of their ids, so statements of several processes cannot deadlock. A call that is
    not granted is counted nowhere. The minute of the keys' use is noted along the way.
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
        " used AS (UPDATE api_key SET last_used_at = date_trunc('minute', t.at) FROM t WHERE id = ANY($5::text[])"
        "   AND last_used_at IS DISTINCT FROM date_trunc('minute', t.at)),"
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
        [a.key_id for a in asked],
    )
    return {
        row["account_id"]: Grant(
            row["granted"], _retry_after(row["to_minute"], row["to_day"], day_full=row["day_full"])
        )
        for row in rows
    }


async def wait_for_messages(tx: ReadTx, account_id: UUID, count: int, per_day: int) -> int:
    """Return the seconds until the window opens that ``count`` messages did not fit: the day's, or the minute's."""
    row = await tx.row(
        "SELECT extract(epoch FROM date_trunc('minute', t.at, 'UTC') + interval '1 minute' - t.at)::float8 AS m,"
        " extract(epoch FROM date_trunc('day', t.at, 'UTC') + interval '1 day' - t.at)::float8 AS d,"
        " CASE WHEN date_trunc('day', t.at, 'UTC') > u.day_at THEN 0 ELSE u.day_used END + $2 > $3 AS day_full"
        " FROM usage_window u, (SELECT clock_timestamp() AS at) t WHERE u.account_id = $1 AND u.kind = 'messages'",
        account_id,
        count,
        per_day,
    )
    return _retry_after(row["m"], row["d"], day_full=row["day_full"]) if row else 60
