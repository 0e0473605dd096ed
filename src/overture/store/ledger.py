"""Balances, and the append-only ledger that explains each change of them.

Consumption takes the monthly allowance first, then what was bought on top. ``period_used`` counts what the
current period holds or has captured, so the unused allowance is ``monthly_allowance - period_used``.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.domain.accounts import Unit
from overture.store.db import ReadTx, Tx


@dataclass(frozen=True, slots=True)
class Balance:
    """A balance of one unit."""

    available: int
    held: int
    captured: int
    monthly_allowance: int
    period_used: int
    period_end: datetime


async def open_balances(tx: Tx, account_id: UUID, monthly: dict[Unit, int]) -> None:
    """Give a new account its balances and the first month's allowance of each."""
    for unit in Unit:
        amount = monthly.get(unit, 0)
        await tx.execute(
            "INSERT INTO balance (account_id, unit, granted, available, monthly_allowance, period_end)"
            " VALUES ($1, $2, $3, $3, $3, now() + interval '1 month')",
            account_id,
            unit,
            amount,
        )
        if amount:
            await _write(tx, account_id, unit, "grant", amount, "monthly allowance")


async def _write(tx: Tx, account_id: UUID, unit: Unit, kind: str, amount: int, note: str) -> None:
    await tx.execute(
        "INSERT INTO ledger (account_id, unit, kind, amount, note) VALUES ($1, $2, $3, $4, $5)",
        account_id,
        unit,
        kind,
        amount,
        note,
    )


async def grant(tx: Tx, account_id: UUID, amount: int, note: str, unit: Unit = Unit.MESSAGES) -> bool:
    """Add a bundle; False where there is no such account."""
    touched = await tx.execute(
        "UPDATE balance SET granted = granted + $2, available = available + $2 WHERE account_id = $1 AND unit = $3",
        account_id,
        amount,
        unit,
    )
    if touched:
        await _write(tx, account_id, unit, "grant", amount, note)
    return touched == 1


async def renew(tx: Tx, account_id: UUID, unit: Unit = Unit.MESSAGES) -> None:
    """Begin the next period where the last has ended: what is left of the allowance expires, a new one is granted."""
    row = await tx.row(
        "UPDATE balance b SET expired = b.expired + o.unused, granted = b.granted + b.monthly_allowance,"
        " available = b.available - o.unused + b.monthly_allowance, period_start = o.starts,"
        " period_end = o.starts + interval '1 month', period_used = 0"
        " FROM (SELECT account_id, unit,"
        "   least(available, greatest(0, monthly_allowance - period_used)) AS unused,"
        "   period_end + make_interval(months => (extract(year FROM age(now(), period_end)) * 12"
        "     + extract(month FROM age(now(), period_end)))::int) AS starts"
        "   FROM balance WHERE account_id = $1 AND unit = $2 AND period_end <= now() FOR UPDATE) o"
        " WHERE b.account_id = o.account_id AND b.unit = o.unit RETURNING o.unused, b.monthly_allowance",
        account_id,
        unit,
    )
    if row is None:
        return
    if row["unused"]:
        await _write(tx, account_id, unit, "expire", row["unused"], "unused allowance")
    if row["monthly_allowance"]:
        await _write(tx, account_id, unit, "grant", row["monthly_allowance"], "monthly allowance")


async def due_for_renewal(tx: ReadTx, limit: int) -> list[tuple[UUID, Unit]]:
    """Return the balances whose period has ended."""
    rows = await tx.fetch("SELECT account_id, unit FROM balance WHERE period_end <= now() LIMIT $1", limit)
    return [(row["account_id"], Unit(row["unit"])) for row in rows]


async def hold(tx: Tx, account_id: UUID, amount: int, request_id: UUID) -> bool:
    """Reserve credits for a request; False, and nothing changed, where the balance does not cover them."""
    held = await tx.value(
        "WITH b AS (UPDATE balance SET available = available - $2, held = held + $2, period_used = period_used + $2"
        " WHERE account_id = $1 AND unit = 'messages' AND available >= $2 RETURNING account_id)"
        " INSERT INTO ledger (account_id, unit, kind, amount, request_id)"
        " SELECT account_id, 'messages', 'hold', $2, $3 FROM b RETURNING 1",
        account_id,
        amount,
        request_id,
    )
    return held is not None


async def hold_most(tx: Tx, account_id: UUID, wanted: int, request_id: UUID) -> int:
    """Reserve as many of ``wanted`` credits as the balance covers, for a request; return how many."""
    held = await tx.value(
        "WITH o AS (SELECT least(available, $2)::int AS most FROM balance"
        "   WHERE account_id = $1 AND unit = 'messages' FOR UPDATE),"
        " b AS (UPDATE balance SET available = available - o.most, held = held + o.most,"
        "   period_used = period_used + o.most FROM o"
        "   WHERE account_id = $1 AND unit = 'messages' AND o.most > 0 RETURNING o.most)"
        " INSERT INTO ledger (account_id, unit, kind, amount, request_id)"
        " SELECT $1, 'messages', 'hold', most, $3 FROM b RETURNING amount::int",
        account_id,
        wanted,
        request_id,
    )
    return held if isinstance(held, int) else 0


async def settle(tx: Tx, account_id: UUID, request_id: UUID, captured: int, released: int) -> None:
    """Capture what was written and release what was not, out of what the request holds.

    A release gives back to the period only if the hold was made in it; an older one stays as a bundle.
    """
    if captured + released == 0:
        return
    await tx.execute(
        "WITH b AS (UPDATE balance b SET held = held - $3 - $4, captured = captured + $3, available = available + $4,"
        " period_used = greatest(0, period_used - CASE WHEN r.accepted_at >= b.period_start THEN $4 ELSE 0 END)"
        " FROM request r WHERE r.id = $2 AND b.account_id = $1 AND b.unit = 'messages' RETURNING b.account_id)"
        " INSERT INTO ledger (account_id, unit, kind, amount, request_id)"
        " SELECT b.account_id, 'messages', e.kind, e.amount, $2 FROM b,"
        " (VALUES ('capture', $3::bigint), ('release', $4::bigint)) AS e (kind, amount) WHERE e.amount > 0",
        account_id,
        request_id,
        captured,
        released,
    )


async def read(tx: ReadTx, account_id: UUID, unit: Unit = Unit.MESSAGES) -> Balance | None:
    """Return a balance."""
    row = await tx.row(
        "SELECT available, held, captured, monthly_allowance, period_used, period_end FROM balance"
        " WHERE account_id = $1 AND unit = $2",
        account_id,
        unit,
    )
    return Balance(*row) if row else None
