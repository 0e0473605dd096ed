"""One installation and one Chromium for all tests here; without a Chromium they are left out."""

import asyncio
import secrets
from collections.abc import Iterator

import pytest

from tests.conftest import _admin, on_database

pytest.importorskip("playwright", reason="Playwright is not installed")

from playwright.sync_api import Browser

from tests.browser import chromium, stage
from tests.browser.chromium import Person
from tests.browser.stage import Stage


@pytest.fixture(scope="session")
def installation(server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    if chromium.executable() is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    name = f"browser_{secrets.token_hex(6)}"
    asyncio.run(_admin(server_url, f"CREATE DATABASE {name} TEMPLATE {template}"))
    with stage.raised(on_database(server_url, name), tmp_path_factory.mktemp("browser")) as raised:
        yield raised
    asyncio.run(_admin(server_url, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="module")
def browser(installation: Stage) -> Iterator[Browser]:
    link = installation.owner_link()
    with chromium.launched() as running:
        first = chromium.sit_down(running, installation)
        chromium.enter(first, link)
        first.context.close()
        yield running


@pytest.fixture
def owner(browser: Browser, installation: Stage) -> Iterator[Person]:
    """The owner, signed in, at a window with the traps set."""
    person = chromium.sit_down(browser, installation)
    chromium.sign_in(person)
    yield person
    person.context.close()
