"""Events and their receivers as lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from overture.store.db import ReadTx
from overture.store.events import Event


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event of a list, with how its last attempt went."""

    id: UUID
    kind: str
    url: str
    state: str
    attempts: int
    triggered_at: datetime
    next_attempt_at: datetime | None
    status: int | None
    error: str


Place = tuple[datetime, UUID]


async def listed(
    tx: ReadTx, account_id: UUID, state: str | None, before: Place | None, limit: int
) -> Sequence[EventLine]:
    """Return events, newest first."""
    rows = await tx.fetch(
        "SELECT e.id, e.kind, e.url, e.state, e.attempts, e.triggered_at, e.next_attempt_at, d.status,"
        " coalesce(d.error, '') AS error FROM event e"
        " LEFT JOIN LATERAL (SELECT status, error FROM delivery WHERE event_id = e.id ORDER BY number DESC LIMIT 1) d"
        " ON true WHERE e.account_id = $1 AND ($2::text IS NULL OR e.state = $2)"
        " AND ($3::timestamptz IS NULL OR (e.triggered_at, e.id) < ($3, $4::uuid))"
        " ORDER BY e.triggered_at DESC, e.id DESC LIMIT $5",
        account_id,
        state,
        *(before or (None, None)),
        limit,
    )
    return [EventLine(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Target:
    """A receiver: how many of its events were delivered, wait, or were given up; when it last said yes."""

    url: str
    delivered: int
    pending: int
    exhausted: int
    last_success: datetime | None
    next_attempt_at: datetime | None


async def targets(tx: ReadTx, account_id: UUID, within: timedelta) -> Sequence[Target]:
    """Return the receivers of recent events, the troubled ones first."""
    rows = await tx.fetch(
        "SELECT url, count(*) FILTER (WHERE state = 'delivered')::int AS delivered,"
        " count(*) FILTER (WHERE state = 'pending')::int AS pending,"
        " count(*) FILTER (WHERE state = 'exhausted')::int AS exhausted,"
        " max(touched_at) FILTER (WHERE state = 'delivered') AS last_success, min(next_attempt_at) AS next_attempt_at"
        " FROM event WHERE account_id = $1 AND triggered_at > now() - $2::interval AND url <> ''"
        " GROUP BY url ORDER BY 4 DESC, 3 DESC, url LIMIT 50",
        account_id,
        within,
    )
    return [Target(*row) for row in rows]


async def find(tx: ReadTx, account_id: UUID, event_id: UUID) -> Event | None:
    """Return one event of an account."""
    row = await tx.row(
        "SELECT id, account_id, request_id, kind, url, body, triggered_at, state, attempts, replays, next_attempt_at"
        " FROM event WHERE id = $2 AND account_id = $1",
        account_id,
        event_id,
    )
    return Event(*row) if row else None


async def to_replay(
    tx: ReadTx, account_id: UUID, since: datetime | None, until: datetime | None, limit: int
) -> list[UUID]:
    """Return what is to be sent again, oldest first: of a time what is not on its way, else what was given up."""
    rows = await tx.fetch(
        "SELECT id FROM event WHERE account_id = $1 AND url <> '' AND CASE WHEN $2::timestamptz IS NULL"
        " THEN state = 'exhausted' ELSE triggered_at >= $2 AND triggered_at < $3::timestamptz END"
        " ORDER BY triggered_at, id LIMIT $4",
        account_id,
        since,
        until,
        limit,
    )
    return [row["id"] for row in rows]
