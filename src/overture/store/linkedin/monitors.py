"""Monitors: who is told of an account's news, and until when that is paid."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from overture.domain.linkedin.monitors import Changes, Monitor, NewMonitor
from overture.store.db import ReadTx, Row, Tx

_FIELDS: LiteralString = (
    "id, account_id, linkedin_account_id, name, webhook_url, country, active, paid_until, created_at, updated_at"
)


def _monitor(row: Row) -> Monitor:
    return Monitor(*row)


async def add(tx: Tx, new: NewMonitor) -> Monitor:
    """Add a monitor."""
    row = await tx.row(
        "INSERT INTO linkedin_monitor (id, account_id, linkedin_account_id, name, webhook_url, country)"
        " VALUES ($1, $2, $3, $4, $5, $6) RETURNING " + _FIELDS,
        new.id,
        new.account_id,
        new.linkedin_account_id,
        new.name,
        new.webhook_url,
        new.country,
    )
    assert row is not None
    return _monitor(row)


async def find(tx: ReadTx, account_id: UUID, monitor_id: str) -> Monitor | None:
    """Return one of a customer's monitors."""
    row = await tx.row(
        "SELECT " + _FIELDS + " FROM linkedin_monitor WHERE account_id = $1 AND id = $2", account_id, monitor_id
    )
    return _monitor(row) if row else None


async def listed(tx: ReadTx, account_id: UUID) -> list[Monitor]:
    """Return a customer's monitors, oldest first."""
    rows = await tx.fetch(
        "SELECT " + _FIELDS + " FROM linkedin_monitor WHERE account_id = $1 ORDER BY created_at, id", account_id
    )
    return [_monitor(row) for row in rows]


async def watching(tx: ReadTx, linkedin_id: UUID) -> list[Monitor]:
    """Return the active monitors of a LinkedIn account."""
    rows = await tx.fetch(
        "SELECT " + _FIELDS + " FROM linkedin_monitor WHERE linkedin_account_id = $1 AND active ORDER BY created_at",
        linkedin_id,
    )
    return [_monitor(row) for row in rows]


async def change(tx: Tx, account_id: UUID, monitor_id: str, changes: Changes) -> Monitor | None:
    """Change a monitor; None where there is none."""
    row = await tx.row(
        "UPDATE linkedin_monitor SET name = coalesce($3, name), webhook_url = coalesce($4, webhook_url),"
        " country = coalesce($5, country), linkedin_account_id = coalesce($6, linkedin_account_id),"
        " updated_at = now() WHERE account_id = $1 AND id = $2 RETURNING " + _FIELDS,
        account_id,
        monitor_id,
        changes.name,
        changes.webhook_url,
        changes.country,
        changes.linkedin_account_id,
    )
    return _monitor(row) if row else None


async def set_active(tx: Tx, monitor_id: str, *, active: bool) -> None:
    """Start or stop a monitor; what is paid stays paid."""
    await tx.execute(
        "UPDATE linkedin_monitor SET active = $2, updated_at = now() WHERE id = $1 AND active <> $2",
        monitor_id,
        active,
    )


async def delete(tx: Tx, account_id: UUID, monitor_id: str) -> bool:
    """Delete a monitor; False where there is none."""
    return (
        await tx.execute("DELETE FROM linkedin_monitor WHERE account_id = $1 AND id = $2", account_id, monitor_id) == 1
    )


async def take_unpaid(tx: Tx, at: datetime, limit: int) -> Sequence[Monitor]:
    """Return active monitors that are not paid beyond ``at``, locked until the caller has paid or stopped them."""
    rows = await tx.fetch(
        "SELECT " + _FIELDS + " FROM linkedin_monitor WHERE active AND (paid_until IS NULL OR paid_until <= $1)"
        " ORDER BY paid_until NULLS FIRST LIMIT $2 FOR UPDATE SKIP LOCKED",
        at,
        limit,
    )
    return [_monitor(row) for row in rows]


async def paid(tx: Tx, monitor_id: str, until: datetime) -> None:
    """Note until when a monitor is paid."""
    await tx.execute("UPDATE linkedin_monitor SET paid_until = $2 WHERE id = $1", monitor_id, until)
