"""Task names and keys, and ``enqueue`` in the caller's transaction. Only this room and the worker know the engine."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, LiteralString, Protocol, cast
from uuid import UUID

import asyncpg

from overture.domain.errors import Unavailable


class ReadTx(Protocol):
    """The part of the store's handle that this room uses; queue and store are strangers."""

    connection: Any

    async def fetch(self, sql: LiteralString, *values: object) -> Sequence[Any]:
        """All rows."""
        ...

    async def row(self, sql: LiteralString, *values: object) -> Any:
        """The first row, or None."""
        ...


class Tx(ReadTx, Protocol):
    """The same inside a transaction that may write."""

    async def execute(self, sql: LiteralString, *values: object) -> int:
        """Run one statement."""
        ...


class Task(StrEnum):
    """What the worker can be asked to do; each is bound to one use case in ``worker.tasks``."""

    COMPOSE_CHUNK = "chunk.compose"
    RESEARCH_SOURCE = "source.research"
    DELIVER_EVENT = "event.deliver"
    SETTLE_ACTION = "linkedin.settle"
    POLL_NEWS = "linkedin.poll"
    CAMPAIGN_STEP = "campaign.step"
    CAMPAIGN_SEND = "campaign.send"
    CAMPAIGN_CLASSIFY = "campaign.classify"


@dataclass(frozen=True, slots=True)
class Entry:
    """One job to enqueue. ``payload`` is ASCII; equal ``key`` means the same job, queued once at a time."""

    task: Task
    payload: str
    key: str


def compose_chunk(chunk_id: int, turn: int) -> Entry:
    """Write the messages of a chunk. ``turn`` counts its wake-ups, so a wake-up never merges with the run before."""
    return Entry(Task.COMPOSE_CHUNK, str(chunk_id), f"chunk:{chunk_id}:{turn}")


def research_source(key: UUID) -> Entry:
    """Read one source."""
    return Entry(Task.RESEARCH_SOURCE, key.hex, f"source:{key.hex}")


def deliver_event(event_id: UUID, number: int) -> Entry:
    """Make attempt ``number`` of an event."""
    return Entry(Task.DELIVER_EVENT, f"{event_id.hex}:{number}", f"event:{event_id.hex}:{number}")


def settle_action(action_id: UUID) -> Entry:
    """Look for a LinkedIn action of which is not known whether it happened."""
    return Entry(Task.SETTLE_ACTION, action_id.hex, f"action:{action_id.hex}")


def classify_reply(message_id: UUID) -> Entry:
    """Ask the language model what a reply says of which the rules know no words."""
    return Entry(Task.CAMPAIGN_CLASSIFY, message_id.hex, f"reply:{message_id.hex}")


def poll_news(linkedin_id: UUID) -> Entry:
    """Ask for the news of a LinkedIn account."""
    return Entry(Task.POLL_NEWS, linkedin_id.hex, f"news:{linkedin_id.hex}")


def send_campaigns(linkedin_id: UUID) -> Entry:
    """Let a LinkedIn account take its turn: send what is ready of its campaigns, as its pace allows."""
    return Entry(Task.CAMPAIGN_SEND, linkedin_id.hex, f"campaign-send:{linkedin_id.hex}")


def campaign_step(lead_ids: Sequence[UUID], lease: datetime) -> Entry:
    """Take leads of a campaign one step on, which are the job's until ``lease``."""
    payload = f"{lease.isoformat()}|{''.join(lead_id.hex for lead_id in lead_ids)}"
    return Entry(Task.CAMPAIGN_STEP, payload, f"step:{hashlib.blake2b(payload.encode(), digest_size=16).hexdigest()}")


def campaign_leads(payload: str) -> tuple[list[UUID], datetime]:
    """Return the leads that a job of ``campaign_step`` names, and their lease."""
    lease, _, ids = payload.partition("|")
    return [UUID(hex=ids[start : start + 32]) for start in range(0, len(ids), 32)], datetime.fromisoformat(lease)


async def install(tx: Tx) -> None:
    """Create the engine's tables where they are missing."""
    if await tx.fetch("SELECT FROM pg_class WHERE oid = to_regclass('pgqueuer')"):
        return
    # Loading the engine takes longer than everything else that a command imports, and is needed here once in a
    # database's life.
    from pgqueuer.db import AsyncpgDriver  # noqa: PLC0415
    from pgqueuer.queries import Queries  # noqa: PLC0415

    await Queries(AsyncpgDriver(tx.connection)).install()


async def enqueue(tx: Tx, entries: Sequence[Entry]) -> None:
    """Add jobs in the caller's transaction: they exist if and only if it commits. A job already queued is skipped."""
    if not entries:
        return
    # The engine's own statement writes a row to its log as well, which nobody reads, and loads the whole engine into
    # processes that only enqueue. Its table is pinned with its version; tests run this against the real engine.
    await tx.execute(
        "INSERT INTO pgqueuer (priority, status, entrypoint, payload, dedupe_key)"
        " SELECT 0, 'queued', j.task, j.payload, j.key FROM unnest($1::text[], $2::bytea[], $3::text[])"
        " AS j (task, payload, key)"
        " ON CONFLICT (dedupe_key) WHERE status IN ('queued', 'picked') AND dedupe_key IS NOT NULL DO NOTHING",
        [str(entry.task) for entry in entries],
        [entry.payload.encode() for entry in entries],
        [entry.key for entry in entries],
    )


async def alive(tx: ReadTx, keys: Sequence[str]) -> set[str]:
    """Return those of ``keys`` whose job is queued or being worked on."""
    rows = await tx.fetch(
        "SELECT dedupe_key FROM pgqueuer WHERE status IN ('queued', 'picked') AND dedupe_key = ANY($1::text[])",
        list(keys),
    )
    return {cast("str", row["dedupe_key"]) for row in rows}


@dataclass(frozen=True, slots=True)
class Picked:
    """A job taken to be run by this process, without the engine; ``attempts`` counts how often it has failed."""

    id: int
    task: Task
    payload: str
    attempts: int


async def pick(tx: ReadTx, tasks: Sequence[Task], limit: int, done: Sequence[int] = ()) -> list[Picked]:
    """Take queued jobs, oldest first, and forget those that are ``done``.

    Who dies with jobs in hand leaves them to ``put_back``, or to an engine's heartbeat.
    """
    rows = await tx.fetch(
        "WITH d AS (DELETE FROM pgqueuer WHERE id = ANY($3::bigint[])),"
        " p AS (UPDATE pgqueuer SET status = 'picked', updated = now(), heartbeat = now() WHERE id IN"
        " (SELECT id FROM pgqueuer WHERE status = 'queued' AND entrypoint = ANY($1::text[]) AND execute_after <= now()"
        " ORDER BY priority DESC, id LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id, entrypoint, payload, attempts)"
        " SELECT * FROM p ORDER BY id",
        [str(task) for task in tasks],
        limit,
        list(done),
    )
    return [Picked(r["id"], Task(r["entrypoint"]), (r["payload"] or b"").decode(), r["attempts"]) for r in rows]


async def fail(tx: Tx, ids: Sequence[int], most: int) -> None:
    """Queue jobs that failed again; those that have failed ``most`` times are kept as failed."""
    await tx.execute(
        "UPDATE pgqueuer SET attempts = attempts + 1, updated = now(), status ="
        " CASE WHEN attempts + 1 < $2 THEN 'queued' ELSE 'failed' END::pgqueuer_status WHERE id = ANY($1::bigint[])",
        list(ids),
        most,
    )


async def put_back(tx: Tx) -> int:
    """Queue again what a process that is gone had picked; only where no engine and no other process runs jobs."""
    return await tx.execute("UPDATE pgqueuer SET status = 'queued', updated = now() WHERE status = 'picked'")


@dataclass(frozen=True, slots=True)
class Depth:
    """How full the queue is; ``oldest_seconds`` is the age of the oldest job that waits to be picked."""

    queued: int
    picked: int
    failed: int
    oldest_seconds: float


async def depth(tx: ReadTx) -> Depth:
    """Measure the queue."""
    row = await tx.row(
        "SELECT count(*) FILTER (WHERE status = 'queued') AS queued,"
        " count(*) FILTER (WHERE status = 'picked') AS picked,"
        " count(*) FILTER (WHERE status = 'failed') AS failed,"
        " coalesce(extract(epoch FROM now() - min(created) FILTER (WHERE status = 'queued')), 0)::float8 AS oldest"
        " FROM pgqueuer"
    )
    if row is None:
        return Depth(0, 0, 0, 0.0)
    return Depth(row["queued"], row["picked"], row["failed"], row["oldest"])


async def _nothing_to_reset(_connection: object) -> None:
    """Spare a round trip on every release: the engine's statements leave nothing in their session."""


async def engine_pool(url: str, size: int) -> Any:
    """Open the worker's own connections: direct ones, since the engine listens on one of them.

    Raises:
        Unavailable: the server does not answer.
    """
    try:
        return await asyncpg.create_pool(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            url,
            min_size=2,
            max_size=size,
            timeout=5.0,
            command_timeout=30.0,
            server_settings={"jit": "off", "application_name": "overture queue"},
            reset=_nothing_to_reset,
        )
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
        raise Unavailable("the queue's database cannot be reached") from error


async def prune(tx: Tx) -> None:
    """Forget the engine's log of finished jobs after an hour, and failed jobs after a week: our own rows say more."""
    await tx.execute("DELETE FROM pgqueuer_log WHERE created < now() - interval '1 hour'")
    await tx.execute("DELETE FROM pgqueuer WHERE status = 'failed' AND updated < now() - interval '7 days'")
