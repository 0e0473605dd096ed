"""Clients against a running server with a real database, and with a proxy between that spoils calls."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

import pytest

from overture.client import AsyncClient, Client, Retries
from tests.campaigns.test_routes import Firm, firm
from tests.client.proxy import Proxy, proxied
from tests.usecases.conftest import services
from tests.usecases.test_worker import sites

__all__ = ["firm", "services", "sites"]
T = TypeVar("T")
QUICK = Retries(within=20, most=60, first=0.01, longest=0.05)


@pytest.fixture
def proxy(firm: Firm) -> Iterator[Proxy]:
    with proxied(f"http://127.0.0.1:{firm.server.port}") as between:
        yield between


@pytest.fixture
async def client(firm: Firm, proxy: Proxy) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(proxy.url, firm.key, retries=QUICK) as made:
        yield made


async def blocking(firm: Firm, proxy: Proxy, work: Callable[[Client], T]) -> T:
    """Do something with a blocking client, in a thread: the server runs in this one."""

    def session() -> T:
        with Client(proxy.url, firm.key, retries=QUICK) as made:
            return work(made)

    return await asyncio.to_thread(session)
