"""What a request would find if it came now; nothing is written and nothing is locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from overture.store.db import ReadTx


@dataclass(frozen=True, slots=True)
class Twin:
    """The request that holds a body; ``gives_way`` where it is complete with failures, which may be tried again."""

    request_id: UUID
    gives_way: bool


async def twin(tx: ReadTx, account_id: UUID, digest: bytes) -> Twin | None:
    """Return the request that an equal body was accepted as."""
    row = await tx.row(
        "SELECT d.request_id, coalesce(r.state = 'complete' AND r.failed > 0, false) FROM request_digest d"
        " LEFT JOIN request r ON r.id = d.request_id WHERE d.account_id = $1 AND d.digest = $2",
        account_id,
        digest,
    )
    return Twin(*row) if row else None


async def owned(tx: ReadTx, keys: Sequence[UUID]) -> dict[UUID, bool]:
    """Return those of the keys that a message of the account holds, and whether it is written."""
    rows = await tx.fetch(
        "SELECT owner, state = 'generated' AS written FROM message WHERE owner = ANY($1::uuid[])", list(keys)
    )
    return {row["owner"]: row["written"] for row in rows}


async def available(tx: ReadTx, account_id: UUID) -> int:
    """Return the credits that a hold made now would find, a renewal that is due included."""
    found = await tx.value(
        "SELECT CASE WHEN period_end > now() THEN available ELSE available"
        " - least(available, greatest(0, monthly_allowance - period_used)) + monthly_allowance END"
        " FROM balance WHERE account_id = $1 AND unit = 'messages'",
        account_id,
    )
    return found if isinstance(found, int) else 0


@dataclass(frozen=True, slots=True)
class Used:
    """What the current minute and day have counted."""

    minute: int
    day: int


async def used(tx: ReadTx, account_id: UUID) -> dict[str, Used]:
    """Return what the windows of an account have counted, by kind: requests, messages."""
    rows = await tx.fetch(
        "SELECT kind, CASE WHEN date_trunc('minute', t.at, 'UTC') > minute_at THEN 0 ELSE minute_used END,"
        " CASE WHEN date_trunc('day', t.at, 'UTC') > day_at THEN 0 ELSE day_used END"
        " FROM usage_window, (SELECT clock_timestamp() AS at) t WHERE account_id = $1",
        account_id,
    )
    return {row[0]: Used(row[1], row[2]) for row in rows}
