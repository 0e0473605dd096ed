"""Events for webhooks, and the log of their deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.store.db import Database, ReadTx, Tx


@dataclass(frozen=True, slots=True)
class Event:
    """What happened; ``body`` is fixed for good, so every attempt carries the same bytes."""

    id: UUID
    account_id: UUID
    request_id: UUID
    kind: str
    url: str
    body: bytes
    triggered_at: datetime
    state: str
    attempts: int
    replays: int
    next_attempt_at: datetime | None


async def add(tx: Tx, event: Event) -> bool:
    """Add an event; False where the request has one of this kind already."""
    return (
        await tx.execute(
            "INSERT INTO event (id, account_id, request_id, kind, url, body, triggered_at, state)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (request_id, kind) DO NOTHING",
            event.id,
            event.account_id,
            event.request_id,
            event.kind,
            event.url,
            event.body,
            event.triggered_at,
            event.state,
        )
        == 1
    )


async def begin(database: Database, event_id: UUID, number: int) -> Event | None:
    """Claim attempt ``number``, committed before the call; a run after a crash claims the same one again.

    None where the event is settled, or a later attempt is already on its way.
    """
    row = await database.once(
        "UPDATE event SET attempts = $2, next_attempt_at = NULL, touched_at = now()"
        " WHERE id = $1 AND state = 'pending' AND attempts IN ($2 - 1, $2)"
        " RETURNING id, account_id, request_id, kind, url, body, triggered_at, state, attempts, replays,"
        " next_attempt_at",
        event_id,
        number,
    )
    return Event(*row) if row else None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt as it went; ``status`` is None where no answer came."""

    number: int
    status: int | None
    error: str
    seconds: float
    excerpt: str
    at: datetime | None = None


async def record(tx: Tx, event_id: UUID, attempt: Attempt, state: str, delay: float | None) -> None:
    """Log an attempt and move the event: ``delay`` seconds until the next one, None where there is none."""
    await tx.execute(
        "UPDATE event SET state = $3, touched_at = now(),"
        " next_attempt_at = now() + make_interval(secs => $4::float8)"
        " WHERE id = $1 AND state = 'pending' AND attempts = $2",
        event_id,
        attempt.number,
        state,
        delay,
    )
    # After the update, which waits for whoever empties the event meanwhile: of an emptied one no answer is kept.
    await tx.execute(
        "INSERT INTO delivery (event_id, number, status, error, seconds, excerpt)"
        " SELECT $1, $2, $3, CASE WHEN body <> '' THEN $4::text ELSE '' END, $5,"
        " CASE WHEN body <> '' THEN $6::text ELSE '' END FROM event WHERE id = $1"
        " ON CONFLICT (event_id, number) DO NOTHING",
        event_id,
        attempt.number,
        attempt.status,
        attempt.error,
        attempt.seconds,
        attempt.excerpt,
    )


async def take_due(tx: Tx, limit: int) -> list[tuple[UUID, int]]:
    """Take events whose next attempt is due out of waiting; return (id, number of that attempt)."""
    rows = await tx.fetch(
        "UPDATE event SET next_attempt_at = NULL, touched_at = now() WHERE id IN"
        " (SELECT id FROM event WHERE state = 'pending' AND next_attempt_at <= now()"
        "  ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING id, attempts + 1 AS number",
        limit,
    )
    return [(row["id"], row["number"]) for row in rows]


async def stale(tx: ReadTx, seconds: int, limit: int) -> list[tuple[UUID, int]]:
    """Return (id, attempts made) of events in the queue's hands that nobody touched for ``seconds``."""
    rows = await tx.fetch(
        "SELECT id, attempts FROM event WHERE state = 'pending' AND next_attempt_at IS NULL"
        " AND touched_at < now() - make_interval(secs => $1) ORDER BY touched_at LIMIT $2",
        float(seconds),
        limit,
    )
    return [(row["id"], row["attempts"]) for row in rows]


async def replay(tx: Tx, account_id: UUID | None, event_ids: Sequence[UUID]) -> list[tuple[UUID, int]]:
    """Make events pending again for one more attempt; return (id, number). The body stays as it is."""
    rows = await tx.fetch(
        "UPDATE event SET state = 'pending', replays = replays + 1, next_attempt_at = NULL, touched_at = now()"
        " WHERE id = ANY($2::uuid[]) AND ($1::uuid IS NULL OR account_id = $1)"
        " AND (state <> 'pending' OR next_attempt_at IS NOT NULL) AND body <> ''"
        " RETURNING id, attempts + 1 AS number",
        account_id,
        list(event_ids),
    )
    return [(row["id"], row["number"]) for row in rows]


async def skip(tx: Tx, account_id: UUID, prefix: str, subject: str) -> int:
    """Give up what is pending of a kind for a subject, which the body names as ``account_id``; return how many."""
    return await tx.execute(
        "UPDATE event SET state = 'skipped', next_attempt_at = NULL, touched_at = now() WHERE account_id = $1"
        " AND state = 'pending' AND starts_with(kind, $2)"
        " AND convert_from(body, 'UTF8')::jsonb ->> 'account_id' = $3",
        account_id,
        prefix,
        subject,
    )


async def skip_leads(tx: Tx, account_id: UUID, prefix: str, lead_ids: Sequence[UUID]) -> int:
    """Give up what is pending of a kind and told of leads, whom the body names as ``lead``; return how many."""
    return await tx.execute(
        "UPDATE event SET state = 'skipped', next_attempt_at = NULL, touched_at = now() WHERE account_id = $1"
        " AND state = 'pending' AND starts_with(kind, $2)"
        " AND convert_from(body, 'UTF8')::jsonb -> 'lead' ->> 'id' = ANY($3::text[])",
        account_id,
        prefix,
        [str(lead_id) for lead_id in lead_ids],
    )


async def listed(tx: ReadTx, account_id: UUID | None, state: str | None, limit: int) -> list[Event]:
    """Return the newest events."""
    rows = await tx.fetch(
        "SELECT id, account_id, request_id, kind, url, body, triggered_at, state, attempts, replays, next_attempt_at"
        " FROM event WHERE ($1::uuid IS NULL OR account_id = $1) AND ($2::text IS NULL OR state = $2)"
        " ORDER BY triggered_at DESC, id LIMIT $3",
        account_id,
        state,
        limit,
    )
    return [Event(*row) for row in rows]


async def recent(tx: ReadTx, account_id: UUID | None, seconds: int) -> list[Event]:
    """Return the events of the last so many seconds that have a body, oldest first."""
    rows = await tx.fetch(
        "SELECT id, account_id, request_id, kind, url, body, triggered_at, state, attempts, replays, next_attempt_at"
        " FROM event WHERE ($1::uuid IS NULL OR account_id = $1) AND body <> ''"
        " AND triggered_at > now() - make_interval(secs => $2) ORDER BY triggered_at, id",
        account_id,
        float(seconds),
    )
    return [Event(*row) for row in rows]


async def attempts(tx: ReadTx, event_id: UUID) -> list[Attempt]:
    """Return the log of one event."""
    rows = await tx.fetch(
        "SELECT number, status, error, seconds, excerpt, at FROM delivery WHERE event_id = $1 ORDER BY number",
        event_id,
    )
    return [Attempt(*row) for row in rows]
