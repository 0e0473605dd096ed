"""What happened on LinkedIn, once each, and when to ask a rail again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

from overture.store.db import ReadTx, Tx


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One happening; ``key`` is the rail's name for it, ``kind`` as webhooks name it, ``body`` what they tell."""

    id: UUID
    linkedin_account_id: UUID
    key: str
    kind: str
    at: datetime
    body: Mapping[str, object]


async def add(tx: Tx, row: NewsRow) -> bool:
    """Add a happening; False where it is known."""
    return (
        await tx.execute(
            "INSERT INTO linkedin_happening (id, linkedin_account_id, key, kind, at, body)"
            " VALUES ($1, $2, $3, $4, $5, $6::jsonb) ON CONFLICT DO NOTHING",
            row.id,
            row.linkedin_account_id,
            row.key,
            row.kind,
            row.at,
            json.dumps(row.body),
        )
        == 1
    )


async def known(tx: ReadTx, linkedin_id: UUID, key: str) -> bool:
    """Return whether a happening of this key is stored."""
    return bool(
        await tx.value(
            "SELECT EXISTS (SELECT FROM linkedin_happening WHERE linkedin_account_id = $1 AND key = $2)",
            linkedin_id,
            key,
        )
    )


async def told(tx: ReadTx, linkedin_id: UUID, conversation_id: str, text: str) -> bool:
    """Return whether a message of a conversation is stored as a happening."""
    return bool(
        await tx.value(
            "SELECT EXISTS (SELECT FROM linkedin_happening WHERE linkedin_account_id = $1 AND kind = 'message'"
            " AND body ->> 'conversation_id' = $2 AND body ->> 'message_text' = $3)",
            linkedin_id,
            conversation_id,
            text,
        )
    )


async def listed(tx: ReadTx, linkedin_id: UUID, limit: int) -> list[NewsRow]:
    """Return an account's newest happenings."""
    rows = await tx.fetch(
        "SELECT id, linkedin_account_id, key, kind, at, body FROM linkedin_happening WHERE linkedin_account_id = $1"
        " ORDER BY at DESC, id LIMIT $2",
        linkedin_id,
        limit,
    )
    return [NewsRow(**(dict(row) | {"body": json.loads(row["body"])})) for row in rows]


async def move_cursor(tx: Tx, linkedin_id: UUID, before: str, after: str) -> bool:
    """Move an account's cursor; False where another process has moved it meanwhile."""
    return (
        await tx.execute(
            "UPDATE linkedin_account SET cursor = $3 WHERE id = $1 AND cursor = $2", linkedin_id, before, after
        )
        == 1
    )


async def watch(tx: Tx, linkedin_id: UUID, at: datetime | None) -> None:
    """Ask for an account's news from ``at`` on; None stops it."""
    await tx.execute("UPDATE linkedin_account SET poll_at = $2 WHERE id = $1", linkedin_id, at)


POLLED: LiteralString = "poll_at <= $1 AND session IS NOT NULL AND state IN ('connected', 'restricted')"
"""Which accounts' news are due at ``$1``."""


async def take_due(tx: Tx, at: datetime, again: timedelta, limit: int) -> list[UUID]:
    """Return accounts whose news are due, and put their next turn off, so that each is taken once."""
    rows = await tx.fetch(
        "UPDATE linkedin_account SET poll_at = $1::timestamptz + $2::interval WHERE id IN (SELECT id FROM"
        " linkedin_account WHERE " + POLLED + " ORDER BY poll_at LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING id",
        at,
        again,
        limit,
    )
    return [row["id"] for row in rows]


async def forget(tx: Tx, days: int, limit: int) -> int:
    """Delete happenings that were seen more than ``days`` ago; rails do not tell them again. Return how many."""
    return await tx.execute(
        "DELETE FROM linkedin_happening WHERE id IN (SELECT id FROM linkedin_happening"
        " WHERE seen_at < now() - make_interval(days => $1) ORDER BY seen_at LIMIT $2 FOR UPDATE SKIP LOCKED)",
        days,
        limit,
    )
