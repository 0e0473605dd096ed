"""Messages being written: read by chunk, settled in bulk; the first writer wins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.domain.messages import MessageType
from overture.store.db import ReadTx, Row, Tx


async def pending(
    tx: ReadTx, request_id: UUID, first: int, after: int, only: MessageType | None
) -> dict[int, tuple[MessageType, ...]]:
    """Return, by lead index, the types that this request still has to write."""
    rows = await tx.fetch(
        "SELECT lead_idx, array_agg(type) AS types FROM message WHERE request_id = $1 AND lead_idx >= $2"
        " AND lead_idx < $3 AND state = 'pending' AND ($4::text IS NULL OR type = $4) GROUP BY lead_idx",
        request_id,
        first,
        after,
        only,
    )
    order = list(MessageType)
    return {row["lead_idx"]: tuple(sorted((MessageType(t) for t in row["types"]), key=order.index)) for row in rows}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message: a text with its segments as JSON, or a reason. ``detail`` says more of either."""

    lead_idx: int
    type: MessageType
    text: str | None
    segments: str | None
    reason: str | None
    detail: str | None


async def settle(tx: Tx, request_id: UUID, outcomes: Sequence[Outcome]) -> Sequence[Row]:
    """Write outcomes of messages that are still pending; return pair and state of those that changed."""
    return await tx.fetch(
        "UPDATE message m SET state = CASE WHEN o.text IS NULL THEN 'failed' ELSE 'generated' END, text = o.text,"
        " segments = o.segments, reason = o.reason, detail = o.detail, settled_at = now(),"
        " owner = CASE WHEN o.text IS NULL THEN NULL ELSE m.owner END"
        " FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])"
        " AS o (idx, type, text, segments, reason, detail)"
        " WHERE m.request_id = $1 AND m.lead_idx = o.idx AND m.type = o.type AND m.state = 'pending'"
        " RETURNING m.pair, m.type, m.state, m.reason",
        request_id,
        [o.lead_idx for o in outcomes],
        [o.type for o in outcomes],
        [o.text for o in outcomes],
        [o.segments for o in outcomes],
        [o.reason for o in outcomes],
        [o.detail for o in outcomes],
    )


async def settle_sharers(tx: Tx, request_id: UUID, pairs: Sequence[UUID]) -> Sequence[Row]:
    """Give the messages that wait for these pairs of a request what they got; return counts by request."""
    return await tx.fetch(
        "WITH s AS (DELETE FROM sharer WHERE pair = ANY($2::uuid[]) RETURNING pair, request_id, lead_idx, type),"
        " o AS (SELECT pair, state, text, segments, reason, detail FROM message"
        "   WHERE request_id = $1 AND pair = ANY($2::uuid[]) AND state IN ('generated', 'failed')),"
        " u AS (UPDATE message m SET state = CASE o.state WHEN 'generated' THEN 'reused' ELSE 'failed' END,"
        "   text = o.text, segments = o.segments, reason = o.reason, detail = o.detail, settled_at = now()"
        "   FROM s JOIN o USING (pair) WHERE m.request_id = s.request_id AND m.lead_idx = s.lead_idx"
        "   AND m.type = s.type AND m.state = 'waiting' RETURNING m.request_id, m.state)"
        " SELECT request_id, count(*) FILTER (WHERE state = 'reused')::int AS generated,"
        " count(*) FILTER (WHERE state = 'failed')::int AS failed FROM u GROUP BY request_id ORDER BY request_id",
        request_id,
        list(pairs),
    )


async def has_sharers(tx: Tx, pairs: Sequence[UUID]) -> bool:
    """Say whether any message waits for one of these pairs."""
    return bool(
        await tx.value(
            "SELECT EXISTS (SELECT FROM sharer WHERE pair = ANY($1::uuid[]))",
            list(pairs),
        )
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a request stands after a settlement."""

    request_id: UUID
    account_id: UUID
    complete: bool
    requested: int
    generated: int
    notification_url: str
    completed_at: datetime | None
    origin: str


async def count(tx: Tx, request_id: UUID, generated: int, failed: int) -> Progress:
    """Add to a request's counts; the message that makes them whole completes it."""
    row = await tx.row(
        "UPDATE request SET generated = generated + $2, failed = failed + $3,"
        " state = CASE WHEN generated + failed + $2 + $3 = requested THEN 'complete' ELSE state END,"
        " completed_at = CASE WHEN generated + failed + $2 + $3 = requested THEN clock_timestamp() END"
        " WHERE id = $1 RETURNING id, account_id, state = 'complete', requested, generated, notification_url,"
        " completed_at, origin",
        request_id,
        generated,
        failed,
    )
    assert row is not None
    return Progress(*row)
