"""A database for one purpose, beside the one in use: made, found again by its name, dropped."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from overture.domain.errors import Misconfigured, Unavailable
from overture.store.db import LOST

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


def url_of(url: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@asynccontextmanager
async def _server(url: str) -> AsyncGenerator[Any]:
    try:
        connection = await cast("Any", asyncpg).connect(url, timeout=5)  # asyncpg ships no types
    except (*LOST, asyncpg.PostgresError) as error:
        raise Unavailable(f"the database cannot be reached: {type(error).__name__}: {error}") from error
    try:
        yield connection
    finally:
        await connection.close()


async def exists(url: str, name: str) -> bool:
    """Return whether the server has a database of this name."""
    async with _server(url) as connection:
        return bool(await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name))


async def create(url: str, name: str) -> None:
    """Create an empty database. Its commits do not wait for the disk: what a crash of the server loses is repeatable.

    Raises:
        Misconfigured: the role may not create databases.
    """
    assert NAME.fullmatch(name)
    async with _server(url) as connection:
        try:
            await connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        except asyncpg.InsufficientPrivilegeError as error:
            raise Misconfigured(
                "a rehearsal needs a database of its own, and the role in OVERTURE_DATABASE_URL may not create one:"
                " ALTER ROLE ... CREATEDB lets it"
            ) from error
        await connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")


async def drop(url: str, name: str) -> None:
    """Drop a database, cutting off whoever uses it; one that is not there is no error."""
    assert NAME.fullmatch(name)
    async with _server(url) as connection:
        await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
