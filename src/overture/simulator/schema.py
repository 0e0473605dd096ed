"""The schema ``simulated``: made with a world, brought up to date when one is opened, dropped with it."""

import re
from importlib import resources

from overture.domain.errors import Misconfigured
from overture.simulator.db import CREATE_ONE, Pool, Tx

FILE = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
LOCK = 7_305_010_204
"""The advisory lock that keeps two processes from making or upgrading a world at once."""

FILLED_AFTER = "0001"
"""A new world is filled after this file and before the next."""


def files() -> list[tuple[str, str]]:
    """Return (number, statements) in order."""
    found: list[tuple[str, str]] = []
    for file in resources.files("overture.simulator").joinpath("migrations").iterdir():
        match = FILE.fullmatch(file.name)
        if match:
            found.append((match[1], file.read_text(encoding="utf-8")))
    return sorted(found)


async def exists(pool: Pool) -> bool:
    """Is there a world?"""
    row = await pool.once("SELECT to_regclass('simulated.world') AS found")
    return row is not None and row["found"] is not None


async def renew(tx: Tx) -> None:
    """Drop the schema, make it again, and apply the files that come before a world is filled."""
    await tx.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
    await tx.execute("DROP SCHEMA IF EXISTS simulated CASCADE")
    await tx.execute("CREATE SCHEMA simulated")
    await tx.execute("CREATE TABLE simulated.migration (number text PRIMARY KEY)")
    await apply(tx, up_to=FILLED_AFTER)


async def drop(tx: Tx) -> None:
    """Remove the world and everything in it."""
    await tx.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
    await tx.execute("DROP SCHEMA IF EXISTS simulated CASCADE")


async def apply(tx: Tx, up_to: str = "9999") -> None:
    """Apply the files that this schema lacks, in order."""
    await tx.execute("SET LOCAL search_path TO simulated, pg_temp")
    for number, sql in files():
        if number > up_to or await tx.value("SELECT true FROM simulated.migration WHERE number = $1", number):
            continue
        await tx.connection.execute(sql)
        await tx.execute("INSERT INTO simulated.migration (number) VALUES ($1)", number)


async def bring_up_to_date(pool: Pool) -> None:
    """Apply what an existing world lacks.

    Raises:
        Misconfigured: there is no world yet.
    """
    if not await exists(pool):
        raise Misconfigured(CREATE_ONE)
    async with pool.transaction() as tx:
        await tx.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        await apply(tx)
