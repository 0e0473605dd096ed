"""Requests as lists and sums: what people look through, cheap with millions of messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.store.db import ReadTx


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request of a list."""

    id: UUID
    campaign_name: str
    customer_id: str
    state: str
    origin: str
    requested: int
    generated: int
    failed: int
    accepted_at: datetime
    completed_at: datetime | None


Place = tuple[datetime, UUID]
"""Where a list goes on: the time and id of the last line of the page before."""


async def listed(
    tx: ReadTx, account_id: UUID, state: str | None, before: Place | None, limit: int
) -> Sequence[RequestLine]:
    """Return requests of the API, newest first; ``state`` is ``in_progress``, ``complete``, ``failed`` or None."""
    rows = await tx.fetch(
        "SELECT id, campaign_name, customer_id, state, origin, requested, generated, failed, accepted_at, completed_at"
        " FROM request WHERE account_id = $1 AND origin = 'api'"
        " AND ($2::text IS NULL OR state = $2 OR $2 = 'failed' AND failed > 0)"
        " AND ($3::timestamptz IS NULL OR (accepted_at, id) < ($3, $4::uuid))"
        " ORDER BY accepted_at DESC, id DESC LIMIT $5",
        account_id,
        state,
        *(before or (None, None)),
        limit,
    )
    return [RequestLine(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many messages of a request failed for one reason; ``detail`` is of one of them."""

    reason: str
    count: int
    detail: str


async def reasons(tx: ReadTx, request_id: UUID) -> Sequence[ReasonCount]:
    """Return why messages of a request failed, the most frequent first."""
    rows = await tx.fetch(
        "SELECT reason, count(*)::int AS count, coalesce(min(detail), '') AS detail FROM message"
        " WHERE request_id = $1 AND state = 'failed' GROUP BY reason ORDER BY 2 DESC, 1",
        request_id,
    )
    return [ReasonCount(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Cost:
    """The credits of a request: held at first, then captured for what was written and released for the rest."""

    held: int
    captured: int
    released: int


async def cost(tx: ReadTx, request_id: UUID) -> Cost:
    """Return what a request cost."""
    row = await tx.row(
        "SELECT coalesce(sum(amount) FILTER (WHERE kind = 'hold'), 0)::int,"
        " coalesce(sum(amount) FILTER (WHERE kind = 'capture'), 0)::int,"
        " coalesce(sum(amount) FILTER (WHERE kind = 'release'), 0)::int FROM ledger WHERE request_id = $1",
        request_id,
    )
    assert row is not None
    return Cost(*row)


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One lead of a request, with the state and reason of its message of each type."""

    idx: int
    lead_id: str
    first_name: str
    last_name: str
    company: str
    messages: dict[str, tuple[str, str]]


async def leads(tx: ReadTx, request_id: UUID, first: int, count: int) -> Sequence[LeadLine]:
    """Return leads from a place on, in the order of the request."""
    rows = await tx.fetch(
        "SELECT l.idx, l.lead_id, l.first_name, l.last_name, l.company,"
        " array_agg(m.type ORDER BY m.type) AS types, array_agg(m.state ORDER BY m.type) AS states,"
        " array_agg(coalesce(m.reason, '') ORDER BY m.type) AS reasons"
        " FROM lead l JOIN message m ON m.request_id = l.request_id AND m.lead_idx = l.idx"
        " WHERE l.request_id = $1 AND l.idx >= $2 AND l.idx < $3 GROUP BY 1, 2, 3, 4, 5 ORDER BY l.idx",
        request_id,
        first,
        first + count,
    )
    return [
        LeadLine(
            row["idx"],
            row["lead_id"],
            row["first_name"],
            row["last_name"],
            row["company"],
            dict(zip(row["types"], zip(row["states"], row["reasons"], strict=True), strict=True)),
        )
        for row in rows
    ]
