"""What all tests share: a real PostgreSQL, and a database of its own for each test that asks for one."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from overture import queue
from overture.store import db, embedded, migrate

CORPUS = Path(os.environ.get("OVERTURE_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def corpus() -> Path:
    if not (CORPUS / "index.jsonl").exists():
        pytest.skip(f"no corpus of company pages at {CORPUS} (set OVERTURE_CORPUS)")
    return CORPUS


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """The address of a server that tests may create databases on: external by setting, else embedded."""
    external = os.environ.get("TEST_DATABASE_URL")
    if external:
        yield external
        return
    root = tmp_path_factory.getbasetemp()
    home = (root if worker_id == "master" else root.parent) / "postgresql"
    lease = embedded.start(home, settings={"fsync": "off", "synchronous_commit": "off"})
    yield lease.url
    lease.release()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "master")


def on_database(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


async def _admin(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def template(server_url: str, worker_id: str) -> str:
    """A database migrated once, from which the others are cloned."""
    name = f"template_{worker_id}_{secrets.token_hex(4)}"

    async def make() -> None:
        await _admin(server_url, f"CREATE DATABASE {name}")
        database = await db.connect(on_database(server_url, name), size=2)
        await migrate.migrate(database, queue.install)
        await db.close(database)

    asyncio.run(make())
    return name


@pytest.fixture
def database_url(server_url: str, template: str) -> Iterator[str]:
    """The address of a fresh, migrated database."""
    name = f"test_{secrets.token_hex(6)}"
    asyncio.run(_admin(server_url, f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield on_database(server_url, name)
    asyncio.run(_admin(server_url, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[db.Database]:
    opened = await db.connect(database_url, size=20)
    yield opened
    await db.close(opened)
