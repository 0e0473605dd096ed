"""A world of 2,000 members, made once and cloned for each test."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from overture.simulator.world import World, open_world

SEED = 7
MEMBERS = 2_000


def on(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


async def _admin(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def world_template(server_url: str) -> str:
    name = f"world_{secrets.token_hex(6)}"

    async def make() -> None:
        await _admin(server_url, f"CREATE DATABASE {name}")
        async with open_world(on(server_url, name)) as world:
            await world.create(SEED, MEMBERS)

    asyncio.run(make())
    return name


def _clone(server_url: str, world_template: str) -> Iterator[str]:
    name = f"test_{secrets.token_hex(6)}"
    asyncio.run(_admin(server_url, f"CREATE DATABASE {name} TEMPLATE {world_template}"))
    yield on(server_url, name)
    asyncio.run(_admin(server_url, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def world_url(server_url: str, world_template: str) -> Iterator[str]:
    yield from _clone(server_url, world_template)


@pytest.fixture
def another_world_url(server_url: str, world_template: str) -> Iterator[str]:
    yield from _clone(server_url, world_template)


@pytest.fixture
async def world(world_url: str) -> AsyncIterator[World]:
    async with open_world(world_url, size=20) as opened:
        yield opened
