"""The pool, transactions, and the two kinds of handle that statements run on."""

import asyncio
import os
import socket
import stat
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, LiteralString, TypeVar
from urllib.parse import urlsplit

import asyncpg

from overture.domain.errors import Unavailable

T = TypeVar("T")
Row = asyncpg.Record

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InterfaceError,
    ConnectionError,
    TimeoutError,
    OSError,
)
"""What a vanished, starting or overloaded server looks like to us."""

SESSION = {
    "application_name": "overture",
    "timezone": "UTC",
    "jit": "off",
    "idle_in_transaction_session_timeout": "5000",
}
"""A process that freezes in a transaction holds its locks; after 5 s the server ends the transaction for it."""

CONFLICTS = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
ACQUIRE_SECONDS = 2.0
STATEMENT_SECONDS = 30.0


class ReadTx:
    """A handle on which statements run. Statements are literals, so nothing can be built into them."""

    def __init__(self, connection: Any) -> None:  # asyncpg ships no types
        self.connection = connection

    async def fetch(self, sql: LiteralString, *values: object) -> Sequence[Row]:
        """All rows."""
        return await self.connection.fetch(sql, *values)

    async def row(self, sql: LiteralString, *values: object) -> Row | None:
        """The first row, or None."""
        return await self.connection.fetchrow(sql, *values)

    async def value(self, sql: LiteralString, *values: object) -> object:
        """The first field of the first row, or None."""
        return await self.connection.fetchval(sql, *values)


class Tx(ReadTx):
    """The same inside a transaction that may write."""

    async def execute(self, sql: LiteralString, *values: object) -> int:
        """Run one statement; return how many rows it touched."""
        tag = await self.connection.execute(sql, *values)
        count = tag.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0


class Database:
    """A pool of connections. Only use cases open transactions, and never across a network call."""

    def __init__(self, pool: Any) -> None:
        self.pool = pool

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        """Open a transaction; commit at the end, roll back on any exception.

        Raises:
            Unavailable: the server is not there, or no connection came free in 2 s.
        """
        async with self._connection() as connection, connection.transaction():
            yield Tx(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[ReadTx]:
        """Run statements outside a transaction, each on its own snapshot.

        Raises:
            Unavailable: as above.
        """
        async with self._connection() as connection:
            yield ReadTx(connection)

    async def once(self, sql: LiteralString, *values: object) -> Row | None:
        """Run one statement as its own transaction; return its first row."""
        async with self._connection() as connection:
            return await connection.fetchrow(sql, *values)

    async def all_once(self, sql: LiteralString, *values: object) -> Sequence[Row]:
        """Run one statement as its own transaction; return all rows."""
        async with self._connection() as connection:
            return await connection.fetch(sql, *values)

    async def settle(self, work: Callable[[Tx], Awaitable[T]], tries: int = 5) -> T:
        """Run ``work`` in a transaction, again when it lost a deadlock. It must be safe to run twice."""
        for attempt in range(1, tries + 1):
            try:
                async with self.transaction() as tx:
                    return await work(tx)
            except CONFLICTS:
                if attempt == tries:
                    raise
                await asyncio.sleep(0.01 * attempt)
        raise AssertionError  # the loop returns or raises

    @asynccontextmanager
    async def _connection(self) -> AsyncGenerator[Any]:
        try:
            async with asyncio.timeout(ACQUIRE_SECONDS):  # the pool's own timeout makes a task each time
                connection = await self.pool.acquire()
        except LOST as error:
            raise Unavailable("the database does not answer") from error
        try:
            yield connection
        except LOST as error:
            raise Unavailable("the connection to the database was lost") from error
        finally:
            await self._give_back(connection)

    async def _give_back(self, connection: object) -> None:
        with suppress(*LOST):  # a dead connection; the pool replaces it
            await self.pool.release(connection, timeout=ACQUIRE_SECONDS)


async def _nothing_to_reset(_connection: object) -> None:
    """Spare a round trip on every release: no statement of ours leaves state in its session."""


async def connect(url: str, *, size: int, pooled: bool = False) -> Database:
    """Open a pool.

    ``pooled`` is for a transaction pooler between us and the server: no prepared statement outlives its use.

    Raises:
        Unavailable: the server does not answer.
    """
    try:
        pool: Any = await asyncpg.create_pool(  # pyright: ignore[reportUnknownMemberType]
            url,
            min_size=1,
            max_size=size,
            statement_cache_size=0 if pooled else 200,
            command_timeout=STATEMENT_SECONDS,
            timeout=5.0,
            max_inactive_connection_lifetime=60.0,
            reset=_nothing_to_reset,
            server_settings={} if pooled else SESSION,
        )
    except (*LOST, asyncpg.PostgresError) as error:
        raise Unavailable(f"the database cannot be reached: {type(error).__name__}: {error}") from error
    return Database(pool)


async def close(database: Database) -> None:
    """Close the pool, waiting up to 5 s for what is running."""
    try:
        async with asyncio.timeout(5):
            await database.pool.close()
    except TimeoutError:
        database.pool.terminate()


def cut_connections(url: str) -> None:
    """Cut every connection of this process to the server, as a network fault would (for fault tests, on Linux)."""
    port = urlsplit(url).port or 5432
    for entry in Path("/proc/self/fd").iterdir():
        try:
            copy = os.dup(int(entry.name))
        except OSError:
            continue
        if not stat.S_ISSOCK(os.fstat(copy).st_mode):
            os.close(copy)
            continue
        with socket.socket(fileno=copy) as sock, suppress(OSError):
            peer = sock.getpeername()
            if ".s.PGSQL." in str(peer) or (isinstance(peer, tuple) and peer[1] == port):
                sock.shutdown(socket.SHUT_RDWR)
