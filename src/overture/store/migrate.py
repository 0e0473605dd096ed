"""Apply numbered SQL files, ``pre`` before the code is deployed and ``post`` after, and the queue's own schema."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import resources
from typing import cast

import asyncpg

from overture.domain.errors import Misconfigured
from overture.store.db import Database, Tx

LOCK = 7_305_010_203
"""The advisory lock that keeps two processes from migrating at once."""

FILE = re.compile(r"(\d{4})_(pre|post)_([a-z0-9_]+)\.sql")
OLDEST_SERVER = 150_000


@dataclass(frozen=True, slots=True)
class Migration:
    """One file; ``number`` orders them, ``phase`` is pre or post."""

    number: int
    phase: str
    name: str
    sql: str


def available() -> list[Migration]:
    """Return the package's migrations in order."""
    found: list[Migration] = []
    for file in resources.files("overture.store").joinpath("migrations").iterdir():
        match = FILE.fullmatch(file.name)
        if match:
            sql = file.read_text(encoding="utf-8")
            found.append(Migration(int(match[1]), match[2], file.name.removesuffix(".sql"), sql))
    return sorted(found, key=lambda m: m.number)


async def applied(database: Database) -> set[str]:
    """Return the names of the migrations that this database has."""
    async with database.reading() as tx:
        if not await tx.value("SELECT to_regclass('overture_migration')"):
            return set()
        return {row["name"] for row in await tx.fetch("SELECT name FROM overture_migration")}


async def pending(database: Database) -> list[str]:
    """Return the names of the migrations that this database lacks."""
    have = await applied(database)
    return [m.name for m in available() if m.name not in have]


async def migrate(
    database: Database,
    install_queue: Callable[[Tx], Awaitable[None]],
    *,
    lock_timeout: str = "5s",
    phase: str | None = None,
) -> list[str]:
    """Apply what is missing, each file in its own transaction; return the names applied.

    A file that waits longer than ``lock_timeout`` for a table's lock is rolled back and raises, so that a
    migration never stalls a busy service.

    Raises:
        Misconfigured: the server is older than PostgreSQL 15.
    """
    async with database.transaction() as tx:
        version = cast("str", await tx.value("SHOW server_version_num"))
        if int(version) < OLDEST_SERVER:
            raise Misconfigured("PostgreSQL 15 or later is needed")
        await tx.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        await tx.execute(
            "CREATE TABLE IF NOT EXISTS overture_migration"
            " (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
        )
        await install_queue(tx)
    return [
        migration.name
        for migration in available()
        if phase in {None, migration.phase} and await _apply(database, migration, lock_timeout)
    ]


async def _apply(database: Database, migration: Migration, lock_timeout: str) -> bool:
    async with database.transaction() as tx:
        await tx.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        await tx.execute("SELECT set_config('lock_timeout', $1, true)", lock_timeout)
        try:
            async with tx.connection.transaction():
                await tx.execute("INSERT INTO overture_migration (name) VALUES ($1)", migration.name)
        except asyncpg.UniqueViolationError:
            return False
        await tx.connection.execute(migration.sql)
        return True
