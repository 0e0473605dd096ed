"""What is kept of the web, seen as the operator sees it: listed, and purged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.domain.evidence import SourceKind
from overture.store.db import ReadTx, Tx


@dataclass(frozen=True, slots=True)
class Choice:
    """Which sources are meant; what is None or False does not narrow it.

    ``url`` is the address asked for, or one that was read. ``host`` is that of either, its subdomains included.
    ``expired`` leaves only those whose time is over.
    """

    url: str | None = None
    host: str | None = None
    expired: bool = False


@dataclass(frozen=True, slots=True)
class KeptSource:
    """One source without its content; ``size`` is in bytes, what is kept of its pages included."""

    key: UUID
    kind: SourceKind
    url: str
    state: str
    reason: str | None
    looked_at: tuple[str, ...]
    touched_at: datetime
    expires_at: datetime | None
    size: int


async def listed(tx: ReadTx, choice: Choice, limit: int) -> list[KeptSource]:
    """Return sources, those touched last first."""
    rows = await tx.fetch(
        "SELECT key, kind, url, state, reason, looked_at, touched_at, expires_at,"
        " coalesce(length(content), 0) + coalesce(length(pages), 0) AS size FROM source"
        " WHERE ($1::text IS NULL OR url = $1 OR $1 = ANY(looked_at))"
        " AND ($2::text IS NULL OR EXISTS (SELECT 1 FROM unnest(looked_at || url) AS place(at)"
        "   WHERE '.' || lower(substring(at FROM '^[a-z]+://(?:[^/?#@]*@)?([^/?#:]+)')) LIKE '%.' || $2))"
        " AND (NOT $3 OR expires_at <= now()) ORDER BY touched_at DESC, key LIMIT $4",
        choice.url,
        choice.host,
        choice.expired,
        limit,
    )
    return [
        KeptSource(
            row["key"],
            SourceKind(row["kind"]),
            row["url"],
            row["state"],
            row["reason"],
            tuple(row["looked_at"]),
            row["touched_at"],
            row["expires_at"],
            row["size"],
        )
        for row in rows
    ]


async def purge(tx: Tx, keys: Sequence[UUID]) -> list[UUID]:
    """Delete sources that are not being read; return the keys of those that are gone."""
    rows = await tx.fetch(
        "DELETE FROM source WHERE key = ANY($1::uuid[]) AND state <> 'pending' RETURNING key", list(keys)
    )
    return [row["key"] for row in rows]


async def forget_pages(tx: Tx, keys: Sequence[UUID]) -> None:
    """Forget what is kept of the pages of sources that are being read."""
    await tx.execute("UPDATE source SET pages = NULL, looked_at = '{}' WHERE key = ANY($1::uuid[])", list(keys))


async def known_content(tx: ReadTx, url: str) -> list[bytes]:
    """Return the content of the ready sources of exactly this address."""
    rows = await tx.fetch("SELECT content FROM source WHERE url = $1 AND state = 'ready'", url)
    return [row["content"] for row in rows]
