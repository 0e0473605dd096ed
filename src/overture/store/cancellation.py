"""Giving up what a request has not written yet."""

from dataclasses import dataclass
from uuid import UUID

from overture.domain.messages import MessageType
from overture.store.db import ReadTx, Tx


async def give_up_waiting(tx: Tx, request_id: UUID, reason: str, detail: str) -> list[MessageType]:
    """Fail the messages of a request that wait for another's text; return their types.

    What they wait for is told first: one that its writer is settling meanwhile gets its text instead.
    """
    await tx.execute("DELETE FROM sharer WHERE request_id = $1", request_id)
    rows = await tx.fetch(
        "UPDATE message SET state = 'failed', reason = $2, detail = $3, settled_at = now()"
        " WHERE request_id = $1 AND state = 'waiting' RETURNING type",
        request_id,
        reason,
        detail,
    )
    return [MessageType(row["type"]) for row in rows]


async def give_up_pending(tx: Tx, request_id: UUID, reason: str, detail: str) -> list[MessageType]:
    """Fail the messages that a request has still to write, those that another request waits for aside.

    The rows are locked before sharers are looked for: a request that comes to share either is seen, or finds nothing
    to share and writes its own. Returns the types of those given up.
    """
    await tx.execute("SELECT FROM message WHERE request_id = $1 AND state = 'pending' FOR UPDATE", request_id)
    rows = await tx.fetch(
        "UPDATE message m SET state = 'failed', reason = $2, detail = $3, settled_at = now(), owner = NULL"
        " WHERE request_id = $1 AND state = 'pending'"
        " AND NOT EXISTS (SELECT FROM sharer s WHERE s.pair = m.pair) RETURNING type",
        request_id,
        reason,
        detail,
    )
    return [MessageType(row["type"]) for row in rows]


@dataclass(frozen=True, slots=True)
class Tally:
    """A request's messages by what became of them; ``cancelled`` are among the failed."""

    state: str
    requested: int
    generated: int
    failed: int
    cancelled: int


async def tally(tx: ReadTx, request_id: UUID, reason: str) -> Tally:
    """Count a request's messages; ``reason`` is what cancelled ones have."""
    row = await tx.row(
        "SELECT state, requested, generated, failed, (SELECT count(*)::int FROM message m"
        "   WHERE m.request_id = $1 AND m.state = 'failed' AND m.reason = $2) FROM request WHERE id = $1",
        request_id,
        reason,
    )
    assert row is not None
    return Tally(*row)
