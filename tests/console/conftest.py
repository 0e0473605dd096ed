"""A console over real HTTP, on a real database."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx2
import pytest

from overture.api.app import create_app
from overture.api.server import serve
from overture.console.app import Split
from overture.console.view import Settings
from overture.domain.console import Role
from overture.usecases import auditlog
from overture.usecases.console import people
from overture.usecases.services import Services
from tests.usecases.conftest import services

__all__ = ["services"]
PASSWORD = "correct horse battery"  # a test's own


@dataclass
class Site:
    """A running console."""

    url: str
    services: Services
    browsers: list[httpx2.AsyncClient] = field(default_factory=list[httpx2.AsyncClient])

    def browser(self) -> httpx2.AsyncClient:
        """A browser without a session."""
        client = httpx2.AsyncClient(base_url=self.url, headers={"sec-fetch-site": "same-origin"}, timeout=20)
        self.browsers.append(client)
        return client

    async def signed_in(self, role: Role = Role.OWNER, email: str = "") -> httpx2.AsyncClient:
        """A browser in which a person of a role has signed in by a one-time link."""
        token = await people.invite(self.services, auditlog.CLI, email or f"{role}@example.com", "", role)
        client = self.browser()
        answer = await client.post(f"/console/welcome/{token}", data={"password": PASSWORD, "again": PASSWORD})
        assert answer.status_code == 303, answer.text
        return client


def form_token(page: str) -> str:
    """The token that a page's forms carry."""
    found = re.search(r'name="form_token" value="([^"]+)"', page)
    assert found, page
    return found[1]


@pytest.fixture
async def site(services: Services) -> AsyncIterator[Site]:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Services]:
        yield services

    sock = socket.create_server(("127.0.0.1", 0))
    ready, stop = asyncio.Event(), asyncio.Event()
    app = Split(create_app(opened), Settings(facts={"rail": "simulated"}))
    task = asyncio.create_task(serve(app, sock, on_ready=ready.set, stop=stop))
    await asyncio.wait({task, asyncio.ensure_future(ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
    running = Site(f"http://127.0.0.1:{sock.getsockname()[1]}", services)
    yield running
    for client in running.browsers:
        await client.aclose()
    stop.set()
    await task
