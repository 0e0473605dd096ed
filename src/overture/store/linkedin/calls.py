"""Calls of the gateway: counted a key and minute, paid from the balance of actions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from overture.store.db import Database, Tx

WINDOW_CALLS = 300
"""Calls that a key has in a minute (linkup.md, section 1)."""


@dataclass(frozen=True, slots=True)
class KeyCalls:
    """Calls of one key that want to pass together."""

    key_id: str
    calls: int


async def count(database: Database, asked: Sequence[KeyCalls]) -> dict[str, tuple[int, int]]:
    """Count calls of several keys at once, each key once; return (how many may pass, seconds to the next minute).

    One statement, a transaction of its own, rows in the order of their keys. Refused calls count as well.
    """
    ordered = sorted(asked, key=lambda item: item.key_id)
    rows = await database.all_once(
        "INSERT INTO key_window AS k (key_id, minute_at, used)"
        " SELECT c.key_id, date_trunc('minute', clock_timestamp(), 'UTC'), c.calls"
        " FROM unnest($1::text[], $2::int[]) AS c (key_id, calls)"
        " ON CONFLICT (key_id) DO UPDATE SET minute_at = greatest(k.minute_at, excluded.minute_at),"
        " used = excluded.used + CASE WHEN excluded.minute_at > k.minute_at THEN 0 ELSE k.used END"
        " RETURNING key_id, used,"
        " extract(epoch FROM minute_at + interval '1 minute' - clock_timestamp())::float8 AS wait",
        [item.key_id for item in ordered],
        [item.calls for item in ordered],
    )
    calls = {item.key_id: item.calls for item in ordered}
    return {
        row["key_id"]: (
            max(0, min(calls[row["key_id"]], WINDOW_CALLS - (row["used"] - calls[row["key_id"]]))),
            max(1, math.ceil(row["wait"])),
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Call:
    """A call that begins: who, what, and the most that it can cost."""

    id: UUID
    account_id: UUID
    key_id: str
    operation: str
    most: int


async def begin(database: Database, call: Call) -> bool:
    """Hold the most that a call can cost, in one statement; False, and nothing changed, where it is not there."""
    row = await database.once(
        "WITH b AS (UPDATE balance SET available = available - $5, held = held + $5, period_used = period_used + $5"
        "   WHERE account_id = $2 AND unit = 'actions' AND available >= $5 RETURNING account_id),"
        " l AS (INSERT INTO ledger (account_id, unit, kind, amount, request_id, note)"
        "   SELECT account_id, 'actions', 'hold', $5, $1, $4 FROM b WHERE $5 > 0)"
        " INSERT INTO linkedin_call (id, account_id, key_id, operation, held)"
        " SELECT $1, account_id, $3, $4, $5 FROM b RETURNING 1",
        call.id,
        call.account_id,
        call.key_id,
        call.operation,
        call.most,
    )
    return row is not None


async def end(database: Database, call_id: UUID, credits: int, status: int | None) -> None:
    """Take what a call cost and give the rest back, in one statement; a second end changes nothing.

    ``credits`` is at most what was held. ``status`` is None where the process that made the call is gone.
    """
    await database.once(
        "WITH c AS (UPDATE linkedin_call SET credits = least($2, held), status = $3, ended_at = now()"
        "   WHERE id = $1 AND ended_at IS NULL RETURNING account_id, held, credits, began_at, operation),"
        " b AS (UPDATE balance b SET held = b.held - c.held, captured = b.captured + c.credits,"
        "   available = b.available + c.held - c.credits,"
        "   period_used = greatest(0, b.period_used - CASE WHEN c.began_at >= b.period_start THEN c.held - c.credits"
        "     ELSE 0 END)"
        "   FROM c WHERE b.account_id = c.account_id AND b.unit = 'actions')"
        " INSERT INTO ledger (account_id, unit, kind, amount, request_id, note)"
        " SELECT c.account_id, 'actions', e.kind, e.amount, $1, c.operation FROM c,"
        " LATERAL (VALUES ('capture', c.credits), ('release', c.held - c.credits)) AS e (kind, amount)"
        " WHERE e.amount > 0",
        call_id,
        credits,
        status,
    )


async def charge(tx: Tx, account_id: UUID, amount: int, subject: UUID, note: str) -> bool:
    """Take credits at once, without a call; False, and nothing changed, where the balance does not cover them."""
    taken = await tx.value(
        "WITH b AS (UPDATE balance SET available = available - $2, captured = captured + $2,"
        "   period_used = period_used + $2 WHERE account_id = $1 AND unit = 'actions' AND available >= $2"
        "   RETURNING account_id)"
        " INSERT INTO ledger (account_id, unit, kind, amount, request_id, note)"
        " SELECT account_id, 'actions', e.kind, $2, $3, $4 FROM b, (VALUES ('hold'), ('capture')) AS e (kind)"
        " RETURNING 1",
        account_id,
        amount,
        subject,
        note,
    )
    return taken is not None


async def abandoned(database: Database, seconds: int, limit: int) -> list[UUID]:
    """Return calls that began longer ago than ``seconds`` and never ended: their process is gone."""
    rows = await database.all_once(
        "SELECT id FROM linkedin_call WHERE ended_at IS NULL AND began_at < now() - make_interval(secs => $1)"
        " ORDER BY began_at LIMIT $2",
        float(seconds),
        limit,
    )
    return [row["id"] for row in rows]


async def forget(tx: Tx, days: int, limit: int) -> int:
    """Delete ended calls older than ``days``; the ledger keeps what they cost. Return how many."""
    return await tx.execute(
        "DELETE FROM linkedin_call WHERE id IN (SELECT id FROM linkedin_call"
        " WHERE ended_at < now() - make_interval(days => $1) ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED)",
        days,
        limit,
    )
