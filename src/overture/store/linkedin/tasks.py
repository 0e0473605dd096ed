"""Tasks for the member's own hand, and what a person noted. Implements ``ports.TaskBook``."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from overture.domain.linkedin.tasks import NewTask, Note, Task, TaskState, same_profile
from overture.store.db import Database, ReadTx, Row, Tx

NoteRow = tuple[str, str, str, datetime]
"""What is noted: profile, name, text, time."""


class StoredTasks:
    """The task lists of all assisted accounts, each call a statement of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, task: NewTask) -> UUID:
        """Add a task; the same key of a list is the same task."""
        row = await self._database.once(
            "INSERT INTO linkedin_task (list, key, kind, profile, link, text) VALUES ($1, $2, $3, $4, $5, $6)"
            " ON CONFLICT (list, key) DO UPDATE SET key = excluded.key RETURNING id",
            task.list,
            task.key,
            task.kind,
            task.profile,
            task.link,
            task.text,
        )
        assert row is not None
        return row["id"]

    async def notes(self, list_id: str, after: int, limit: int) -> list[Note]:
        """Return what was noted after a place, oldest first."""
        rows = await self._database.all_once(
            "SELECT id, kind, profile, name, text, at FROM linkedin_note WHERE list = $1 AND id > $2"
            " ORDER BY id LIMIT $3",
            list_id,
            after,
            limit,
        )
        return [Note(*row) for row in rows]

    async def last_note(self, list_id: str) -> int:
        """Return the place of the newest note, 0 where there is none."""
        row = await self._database.once("SELECT coalesce(max(id), 0) AS id FROM linkedin_note WHERE list = $1", list_id)
        assert row is not None
        return row["id"]

    async def connections(self, list_id: str, offset: int, count: int) -> tuple[list[Note], int]:
        """Return a part of the noted connections, newest first, and how many there are."""
        rows = await self._database.all_once(
            "SELECT id, kind, profile, name, text, at, count(*) OVER () AS n FROM linkedin_note"
            " WHERE list = $1 AND kind = 'connected' ORDER BY at DESC, id DESC OFFSET $2 LIMIT $3",
            list_id,
            offset,
            count,
        )
        return [Note(*tuple(row)[:6]) for row in rows], rows[0]["n"] if rows else 0

    async def connected_since(self, list_id: str, profile: str) -> datetime | None:
        """Return since when someone is connected, None where that was not noted."""
        row = await self._database.once(
            "SELECT at FROM linkedin_note WHERE list = $1 AND kind = 'connected' AND profile = $2",
            list_id,
            same_profile(profile),
        )
        return row["at"] if row else None


def _task(row: Row) -> Task:
    return Task(
        row["id"],
        row["kind"],
        row["profile"],
        row["link"],
        row["text"],
        TaskState(row["state"]),
        row["note"],
        row["created_at"],
    )


async def listed(tx: ReadTx, list_id: str, state: TaskState | None, limit: int) -> list[Task]:
    """Return a list's tasks, oldest first; among the open ones none for a campaign's lead that was stopped since."""
    rows = await tx.fetch(
        "SELECT id, kind, profile, link, text, state, note, created_at FROM linkedin_task t"
        " WHERE list = $1 AND ($2::text IS NULL OR state = $2) AND NOT ($2 = 'open' AND EXISTS (SELECT"
        "   FROM campaign_position p WHERE p.state = 'stopped'"
        "   AND p.lead_id = substring(t.key FROM '^campaign:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):')::uuid))"
        " ORDER BY created_at, id LIMIT $3",
        list_id,
        state,
        limit,
    )
    return [_task(row) for row in rows]


async def end(tx: Tx, task_id: UUID, state: TaskState, note: str) -> tuple[str, str] | None:
    """End an open task; return its list and key, or None where it is not open."""
    row = await tx.row(
        "UPDATE linkedin_task SET state = $2, note = $3, ended_at = now() WHERE id = $1 AND state = 'open'"
        " RETURNING list, key",
        task_id,
        state,
        note,
    )
    return (row["list"], row["key"]) if row else None


async def add_notes(tx: Tx, list_id: str, kind: str, notes: Sequence[NoteRow]) -> int:
    """Add (profile, name, text, time); who is noted as connected already is left as it is. Return how many are new."""
    return await tx.execute(
        "INSERT INTO linkedin_note (list, kind, profile, name, text, at)"
        " SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[])"
        " ON CONFLICT (list, profile) WHERE kind = 'connected' DO NOTHING",
        list_id,
        kind,
        [same_profile(note[0]) for note in notes],
        [note[1] for note in notes],
        [note[2] for note in notes],
        [note[3] for note in notes],
    )
