"""The simulation's own door to PostgreSQL: a small pool, transactions, statements that are literals."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any, LiteralString

import asyncpg

from overture.domain.errors import Misconfigured, Unavailable

Row = asyncpg.Record

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InterfaceError,
    OSError,
)
NO_WORLD = (asyncpg.InvalidSchemaNameError, asyncpg.UndefinedTableError, asyncpg.UndefinedFunctionError)
CREATE_ONE = "there is no simulated LinkedIn in this database yet; create one first"
STATEMENT_SECONDS = 60.0


class Tx:
    """A transaction on which statements run."""

    def __init__(self, connection: Any) -> None:  # asyncpg ships no types
        self.connection = connection

    async def fetch(self, sql: LiteralString, *values: object) -> Sequence[Row]:
        """All rows."""
        return await self.connection.fetch(sql, *values)

    async def row(self, sql: LiteralString, *values: object) -> Row | None:
        """The first row, or None."""
        return await self.connection.fetchrow(sql, *values)

    async def value(self, sql: LiteralString, *values: object) -> Any:
        """The first field of the first row, or None."""
        return await self.connection.fetchval(sql, *values)

    async def execute(self, sql: LiteralString, *values: object) -> int:
        """Run one statement; return how many rows it touched."""
        tag: str = await self.connection.execute(sql, *values)
        count = tag.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0


class Pool:
    """Connections of the simulation's own."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        """Commit at the end, roll back on any exception.

        Raises:
            Unavailable: the server is not there. After the last statement the transaction may have been committed.
            Misconfigured: no world has been created.
        """
        async with self._connection() as connection, connection.transaction():
            yield Tx(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[Tx]:
        """Run statements outside a transaction, each committed by itself; raises as above."""
        async with self._connection() as connection:
            yield Tx(connection)

    async def once(self, sql: LiteralString, *values: object) -> Row | None:
        """Run one statement as its own transaction; return its first row."""
        async with self._connection() as connection:
            return await connection.fetchrow(sql, *values)

    @asynccontextmanager
    async def _connection(self) -> AsyncGenerator[Any]:
        try:
            async with self._pool.acquire() as connection:
                yield connection
        except NO_WORLD as error:
            raise Misconfigured(CREATE_ONE) from error
        except LOST as error:
            raise Unavailable("the simulated LinkedIn does not answer") from error

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.close()


async def _nothing_to_reset(_connection: object) -> None:
    """No statement here leaves state in its session, so a release needs no round trip."""


SESSION = {
    "application_name": "simulated-linkedin",
    "timezone": "UTC",
    "jit": "off",
    "idle_in_transaction_session_timeout": "5000",
}


async def open_pool(url: str, size: int, *, pooled: bool = False) -> Pool:
    """Open up to ``size`` connections; ``pooled`` is for a transaction pooler between us and the server.

    Raises:
        Unavailable: the server does not answer.
    """
    try:
        pool: Any = await asyncpg.create_pool(  # pyright: ignore[reportUnknownMemberType]
            url,
            min_size=0,
            max_size=size,
            command_timeout=STATEMENT_SECONDS,
            reset=_nothing_to_reset,
            statement_cache_size=0 if pooled else 200,
            server_settings={} if pooled else SESSION,
        )
    except (*LOST, asyncpg.PostgresError) as error:
        raise Unavailable(f"the database cannot be reached: {type(error).__name__}: {error}") from error
    return Pool(pool)
