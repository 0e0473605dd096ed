"""Real pages on loopback, fetched by the real adapter and parsed in real children."""

import ipaddress
from collections.abc import AsyncIterator

import pytest

from overture.adapters.parsing import ChildParser
from overture.adapters.web import HttpWeb
from tests.research.site import Site, serving

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.fixture
async def web() -> AsyncIterator[HttpWeb]:
    opened = HttpWeb(allow=LOOPBACK)
    yield opened
    await opened.close()


@pytest.fixture
async def parse() -> AsyncIterator[ChildParser]:
    opened = ChildParser()
    yield opened
    await opened.close()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as opened:
        yield opened
