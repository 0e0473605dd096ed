"""Sources: what research keeps of a URL. The only cache of pages, shared by all leads and accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from overture.domain.evidence import SourceKind
from overture.store.db import Database, ReadTx, Tx


@dataclass(frozen=True, slots=True)
class Wanted:
    """A URL to read for one purpose; ``follow`` lets a site's other pages be read too."""

    key: UUID
    kind: SourceKind
    url: str
    follow: bool


@dataclass(frozen=True, slots=True)
class State:
    """Where a source stands. ``fresh`` is False once it has expired."""

    state: str
    version: str | None
    reason: str | None
    fresh: bool


async def states(tx: ReadTx, keys: Sequence[UUID]) -> dict[UUID, State]:
    """Return the state of those sources that exist."""
    rows = await tx.fetch(
        "SELECT key, state, version, reason, coalesce(expires_at > now(), true) AS fresh FROM source"
        " WHERE key = ANY($1::uuid[])",
        list(keys),
    )
    return {row["key"]: State(row["state"], row["version"], row["reason"], row["fresh"]) for row in rows}


async def want(tx: Tx, wanted: Sequence[Wanted]) -> tuple[set[UUID], set[UUID]]:
    """Add what is missing, renew what has expired; return (keys to be read now, keys that are still open).

    What was kept of an expired source's pages stays, so that they are fetched again only where they have changed.

    The open ones are locked against settling until the caller commits.
    """
    ordered = sorted(wanted, key=lambda w: w.key.bytes)
    keys = [w.key for w in ordered]
    new = await tx.fetch(
        "INSERT INTO source (key, kind, url, follow)"
        " SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bool[])"
        " ON CONFLICT (key) DO UPDATE SET state = 'pending', content = NULL, version = NULL, reason = NULL,"
        " expires_at = NULL, attempts = 0, touched_at = now() WHERE source.expires_at <= now() RETURNING key",
        keys,
        [w.kind for w in ordered],
        [w.url for w in ordered],
        [w.follow for w in ordered],
    )
    rows = await tx.fetch("SELECT key, state FROM source WHERE key = ANY($1::uuid[]) ORDER BY key FOR SHARE", keys)
    return {row["key"] for row in new}, {row["key"] for row in rows if row["state"] == "pending"}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A source about to be read; ``pages`` is what the last visit kept of its pages."""

    wanted: Wanted
    attempts: int
    pages: bytes | None


async def begin(database: Database, key: UUID) -> Claimed | None:
    """Count one more attempt, committed before the work; None where the source is not open."""
    row = await database.once(
        "UPDATE source SET attempts = attempts + 1, touched_at = now() WHERE key = $1 AND state = 'pending'"
        " RETURNING key, kind, url, follow, attempts, pages",
        key,
    )
    if row is None:
        return None
    wanted = Wanted(row["key"], SourceKind(row["kind"]), row["url"], row["follow"])
    return Claimed(wanted, row["attempts"], row["pages"])


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the source as bytes with its version, what was kept of its pages, and their addresses."""

    version: str
    content: bytes
    pages: bytes | None
    looked_at: Sequence[str]


async def settle_ready(tx: Tx, key: UUID, read: Reading, ttl_hours: int) -> bool:
    """Store what was read; False where another run came first."""
    return (
        await tx.execute(
            "UPDATE source SET state = 'ready', version = $2, content = $3, reason = NULL, touched_at = now(),"
            " pages = $5, looked_at = $6::text[], expires_at = now() + make_interval(hours => $4)"
            " WHERE key = $1 AND state = 'pending'",
            key,
            read.version,
            read.content,
            ttl_hours,
            read.pages,
            list(read.looked_at),
        )
        == 1
    )


async def settle_failed(tx: Tx, key: UUID, reason: str, ttl_minutes: int) -> bool:
    """Store why it could not be read; False where another run came first."""
    return (
        await tx.execute(
            "UPDATE source SET state = 'failed', reason = $2, touched_at = now(),"
            " expires_at = now() + make_interval(mins => $3) WHERE key = $1 AND state = 'pending'",
            key,
            reason,
            ttl_minutes,
        )
        == 1
    )


async def contents(tx: ReadTx, keys: Sequence[UUID]) -> dict[UUID, tuple[str, bytes]]:
    """Return version and content of those that are ready, expired or not."""
    rows = await tx.fetch(
        "SELECT key, version, content FROM source WHERE key = ANY($1::uuid[]) AND state = 'ready'", list(keys)
    )
    return {row["key"]: (row["version"], row["content"]) for row in rows}


async def stale(tx: ReadTx, seconds: int, limit: int) -> list[UUID]:
    """Return open sources that nobody touched for ``seconds``."""
    rows = await tx.fetch(
        "SELECT key FROM source WHERE state = 'pending' AND touched_at < now() - make_interval(secs => $1)"
        " ORDER BY touched_at LIMIT $2",
        float(seconds),
        limit,
    )
    return [row["key"] for row in rows]
