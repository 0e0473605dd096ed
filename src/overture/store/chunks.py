"""Chunks: runs of leads that one job writes, each with its own count of attempts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from overture.domain.messages import MessageType
from overture.store.db import Database, ReadTx, Tx


@dataclass(frozen=True, slots=True)
class Chunk:
    """Leads ``lead_from`` up to, and without, ``lead_to``; ``type`` narrows it to one message type.

    ``revision_id`` is set where the chunk writes a further version of its one message.
    """

    id: int
    request_id: UUID
    lead_from: int
    lead_to: int
    type: MessageType | None
    attempts: int
    turn: int
    revision_id: UUID | None = None


async def add(tx: Tx, request_id: UUID, bounds: Sequence[tuple[int, int]], type_: str | None = None) -> list[int]:
    """Add chunks; return their ids."""
    rows = await tx.fetch(
        "INSERT INTO chunk (request_id, lead_from, lead_to, type)"
        " SELECT $1, b.first, b.after, $4 FROM unnest($2::int[], $3::int[]) AS b (first, after) RETURNING id",
        request_id,
        [first for first, _ in bounds],
        [after for _, after in bounds],
        type_,
    )
    return [row["id"] for row in rows]


async def begin(database: Database, chunk_id: int) -> Chunk | None:
    """Count one more attempt, committed before the work; None where the chunk is done or unknown."""
    row = await database.once(
        "UPDATE chunk SET attempts = attempts + 1, touched_at = now(), state = 'queued'"
        " WHERE id = $1 AND state <> 'done'"
        " RETURNING id, request_id, lead_from, lead_to, type, attempts, turn, revision_id",
        chunk_id,
    )
    if row is None:
        return None
    kind = MessageType(row["type"]) if row["type"] else None
    return Chunk(
        row["id"],
        row["request_id"],
        row["lead_from"],
        row["lead_to"],
        kind,
        row["attempts"],
        row["turn"],
        row["revision_id"],
    )


async def finish(tx: Tx, chunk_id: int) -> None:
    """Mark a chunk done."""
    await tx.execute("UPDATE chunk SET state = 'done', touched_at = now() WHERE id = $1", chunk_id)


async def wait(tx: Tx, chunk_id: int, keys: Sequence[UUID]) -> None:
    """Let a chunk wait for sources. The caller holds a lock on the sources, so none settles unseen."""
    await tx.execute(
        "WITH c AS (UPDATE chunk SET state = 'waiting', attempts = 0, touched_at = now() WHERE id = $1)"
        " INSERT INTO chunk_need (source_key, chunk_id) SELECT k, $1 FROM unnest($2::uuid[]) k ON CONFLICT DO NOTHING",
        chunk_id,
        list(keys),
    )


async def wake(tx: Tx, source_key: UUID) -> list[tuple[int, int]]:
    """Strike a settled source from what chunks wait for; return (id, turn) of those that wait for nothing more."""
    rows = await tx.fetch(
        "SELECT id FROM chunk WHERE id IN (SELECT chunk_id FROM chunk_need WHERE source_key = $1)"
        " ORDER BY id FOR UPDATE",
        source_key,
    )
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    await tx.execute("DELETE FROM chunk_need WHERE source_key = $1 AND chunk_id = ANY($2::bigint[])", source_key, ids)
    woken = await tx.fetch(
        "UPDATE chunk c SET state = 'queued', turn = turn + 1, touched_at = now()"
        " WHERE id = ANY($1::bigint[]) AND state = 'waiting'"
        " AND NOT EXISTS (SELECT FROM chunk_need n WHERE n.chunk_id = c.id) RETURNING id, turn",
        ids,
    )
    return [(row["id"], row["turn"]) for row in woken]


async def stale(tx: ReadTx, seconds: int, limit: int) -> list[tuple[int, int, bool]]:
    """Return (id, turn, is it waiting) of open chunks that nobody touched for ``seconds``."""
    rows = await tx.fetch(
        "SELECT id, turn, state = 'waiting' AS waiting FROM chunk"
        " WHERE state <> 'done' AND touched_at < now() - make_interval(secs => $1) ORDER BY touched_at LIMIT $2",
        float(seconds),
        limit,
    )
    return [(row["id"], row["turn"], row["waiting"]) for row in rows]


async def revive(tx: Tx, ids: Sequence[int]) -> list[tuple[int, int]]:
    """Queue open chunks again under a new turn, whatever they waited for; return (id, turn)."""
    await tx.execute("DELETE FROM chunk_need WHERE chunk_id = ANY($1::bigint[])", list(ids))
    rows = await tx.fetch(
        "UPDATE chunk SET state = 'queued', turn = turn + 1, touched_at = now()"
        " WHERE id = ANY($1::bigint[]) AND state <> 'done' RETURNING id, turn",
        list(ids),
    )
    return [(row["id"], row["turn"]) for row in rows]
