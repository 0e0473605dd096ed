"""Counting a request's messages and holding its credits, in one statement."""

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from overture.store.db import Tx


@dataclass(frozen=True, slots=True)
class Price:
    """What a request takes: ``count`` messages, within inclusive limits a minute and a day."""

    count: int
    per_minute: int
    per_day: int


@dataclass(frozen=True, slots=True)
class Payment:
    """How it went; unless both are well, the caller rolls back.

    ``minute`` is the window that the messages were counted in, None where they do not fit. ``held`` tells whether
    the balance covers them.
    """

    minute: datetime | None
    held: bool


PAY: LiteralString = (
    " w AS (UPDATE usage_window u SET"
    "   minute_used = CASE WHEN t.minute > u.minute_at THEN 0 ELSE u.minute_used END + $3::int,"
    "   minute_at = greatest(u.minute_at, t.minute),"
    "   day_used = CASE WHEN t.day > u.day_at THEN 0 ELSE u.day_used END + $3,"
    "   day_at = greatest(u.day_at, t.day)"
    "   FROM (SELECT date_trunc('minute', clock_timestamp(), 'UTC') AS minute,"
    "     date_trunc('day', clock_timestamp(), 'UTC') AS day) t"
    "   WHERE u.account_id = $1 AND u.kind = 'messages' AND EXISTS (SELECT FROM d)"
    "   AND CASE WHEN t.minute > u.minute_at THEN 0 ELSE u.minute_used END + $3 <= $4"
    "   AND CASE WHEN t.day > u.day_at THEN 0 ELSE u.day_used END + $3 <= $5 RETURNING u.minute_at),"
    " b AS (UPDATE balance SET available = available - $3, held = held + $3, period_used = period_used + $3"
    "   WHERE account_id = $1 AND unit = 'messages' AND available >= $3 AND EXISTS (SELECT FROM w)"
    "   RETURNING account_id),"
    " l AS (INSERT INTO ledger (account_id, unit, kind, amount, request_id)"
    "   SELECT account_id, 'messages', 'hold', $3, $2 FROM b)"
)
"""Count $3 messages of request $2 in the windows of account $1, within $4 a minute and $5 a day (see ``limits``), and
hold as many credits (see ``ledger``), where the query ``d`` before it has a row."""


async def take(tx: Tx, account_id: UUID, request_id: UUID, price: Price) -> Payment:
    """Count messages and hold their credits."""
    row = await tx.row(
        "WITH d AS (SELECT 1)," + PAY + " SELECT (SELECT minute_at FROM w) AS minute, EXISTS (SELECT FROM b) AS held",
        account_id,
        request_id,
        price.count,
        price.per_minute,
        price.per_day,
    )
    assert row is not None
    return Payment(row["minute"], row["held"])
