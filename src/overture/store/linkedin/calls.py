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


async def count(database: Database, asked: Sequence[KeyCalls], most: int = WINDOW_CALLS) -> dict[str, tuple[int, int]]:
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
            max(0, min(calls[row["key_id"]], most - (row["used"] - calls[row["key_id"]]))),
            max(1, math.ceil(row["wait"])),
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Call:
    """A call that begins: whose key, what, and the most that it can cost."""

    id: UUID
    key_id: str
    operation: str
    most: int


async def begin(database: Database, account_id: UUID, wanted: Sequence[Call]) -> set[UUID]:
    """Hold the most that calls of one account can cost, in one statement; return which calls may go on.

    They are served in their order. From the first on that the balance does not cover none may, and nothing is held
    for these: ask for each of them alone to learn whether a cheaper one fits.
    """
    rows = await database.all_once(
        "WITH b AS (SELECT available FROM balance WHERE account_id = $1 AND unit = 'actions' FOR UPDATE),"
        " c AS (SELECT *, sum(most) OVER (ORDER BY n) AS total FROM unnest($2::uuid[], $3::text[], $4::text[],"
        "   $5::int[]) WITH ORDINALITY AS c (id, key_id, operation, most, n)),"
        " g AS (SELECT c.* FROM c, b WHERE c.total <= b.available),"
        " u AS (UPDATE balance SET available = available - s.total, held = held + s.total,"
        "   period_used = period_used + s.total FROM (SELECT sum(most) AS total FROM g) s"
        "   WHERE account_id = $1 AND unit = 'actions' AND s.total > 0),"
        " l AS (INSERT INTO ledger (account_id, unit, kind, amount, request_id, note)"
        "   SELECT $1, 'actions', 'hold', most, id, operation FROM g WHERE most > 0)"
        " INSERT INTO linkedin_call (id, account_id, key_id, operation, held)"
        " SELECT id, $1, key_id, operation, most FROM g RETURNING id",
        account_id,
        [call.id for call in wanted],
        [call.key_id for call in wanted],
        [call.operation for call in wanted],
        [call.most for call in wanted],
    )
    return {row["id"] for row in rows}


@dataclass(frozen=True, slots=True)
class CallEnd:
    """How a call ended. ``credits`` is at most what was held; ``status`` is None where its process is gone."""

    id: UUID
    credits: int
    status: int | None


async def end(database: Database, account_id: UUID, ended: Sequence[CallEnd]) -> None:
    """Take what calls of one account cost and give the rest back, in one statement; a second end changes nothing."""
    await database.all_once(
        "WITH p AS (SELECT period_start FROM balance WHERE account_id = $1 AND unit = 'actions' FOR UPDATE),"
        " c AS (UPDATE linkedin_call k SET credits = least(e.credits, k.held), status = e.status, ended_at = now()"
        "   FROM unnest($2::uuid[], $3::int[], $4::int[]) AS e (id, credits, status)"
        "   WHERE k.id = e.id AND k.account_id = $1 AND k.ended_at IS NULL"
        "   RETURNING k.id, k.held, k.credits, k.began_at, k.operation),"
        " s AS (SELECT sum(c.held) AS held, sum(c.credits) AS credits, coalesce(sum(c.held - c.credits)"
        "   FILTER (WHERE c.began_at >= p.period_start), 0) AS unused FROM c, p),"
        " b AS (UPDATE balance b SET held = b.held - s.held, captured = b.captured + s.credits,"
        "   available = b.available + s.held - s.credits, period_used = greatest(0, b.period_used - s.unused)"
        "   FROM s WHERE b.account_id = $1 AND b.unit = 'actions' AND s.held > 0)"
        " INSERT INTO ledger (account_id, unit, kind, amount, request_id, note)"
        " SELECT $1, 'actions', e.kind, e.amount, c.id, c.operation FROM c,"
        " LATERAL (VALUES ('capture', c.credits), ('release', c.held - c.credits)) AS e (kind, amount)"
        " WHERE e.amount > 0",
        account_id,
        [call.id for call in ended],
        [call.credits for call in ended],
        [call.status for call in ended],
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


async def abandoned(database: Database, seconds: int, limit: int) -> list[tuple[UUID, UUID]]:
    """Return (account, call) of calls that began longer ago than ``seconds`` and never ended: their process is gone."""
    rows = await database.all_once(
        "SELECT account_id, id FROM linkedin_call"
        " WHERE ended_at IS NULL AND began_at < now() - make_interval(secs => $1) ORDER BY began_at LIMIT $2",
        float(seconds),
        limit,
    )
    return [(row["account_id"], row["id"]) for row in rows]


async def forget(tx: Tx, days: int, limit: int) -> int:
    """Delete ended calls older than ``days``; the ledger keeps what they cost. Return how many."""
    return await tx.execute(
        "DELETE FROM linkedin_call WHERE id IN (SELECT id FROM linkedin_call"
        " WHERE ended_at < now() - make_interval(days => $1) ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED)",
        days,
        limit,
    )
