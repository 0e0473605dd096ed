"""Two servers over real HTTP: one on the simulated LinkedIn, one that reaches LinkedIn through the first."""

import asyncio
import itertools
import json
import os
import secrets
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from overture.bootstrap import open_services
from overture.domain.accounts import Scope, Tier
from overture.domain.linkedin.budgets import MemberPlan
from overture.settings import load
from overture.simulator.world import Enrolled, World, open_world
from overture.usecases import accounts, audit
from overture.usecases.linkedin import accounts as linkedin
from overture.usecases.linkedin import budgets
from overture.usecases.linkedin.budgets import Wishes
from overture.usecases.services import Services
from tests.conftest import _admin, on_database
from tests.e2e.conftest import KEY, Process

WIDE = {
    "invites": {"day": 9_999, "week": 9_999},
    "messages": {"day": 9_999},
    "views": {"day": 9_999},
    "posts": {"day": 9_999},
}


@dataclass
class Gateway:
    """A running server with an account of many credits, and keys enough for the limit a minute."""

    url: str
    keys: Iterator[str]
    generation_key: str
    token: str = ""
    sample: dict[str, Any] = field(default_factory=dict)

    def call(
        self, method: str, path: str, body: object = None, *, key: str | None = None, raw: bytes | None = None
    ) -> tuple[int, Any]:
        data = raw if raw is not None else (json.dumps(body).encode() if method in {"POST", "PUT"} else None)
        headers = {"Content-Type": "application/json", "x-api-key": next(self.keys) if key is None else key}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())

    def data(self, path: str, **body: object) -> Any:
        status, answer = self.call("POST", path, {"login_token": self.token, **body})
        assert status == 200, (path, answer)
        assert answer["status"] == "success", answer
        return answer.get("data", answer)


def environment(url: str, root: Path, **settings: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("OVERTURE_")}
    return kept | {
        "OVERTURE_DATABASE_URL": url,
        "OVERTURE_DATA_DIR": str(root),
        "OVERTURE_ENV": "test",
        "OVERTURE_SECRET_KEYS": KEY,
        "OVERTURE_PORT": "0",
        "OVERTURE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "OVERTURE_LINKUP_CALLS_MINUTE": "1000000",
        **{f"OVERTURE_{name.upper()}": value for name, value in settings.items()},
    }


def within(settings: dict[str, str], work: Any) -> Any:
    async def session() -> Any:
        async with open_services(load(settings), settings["OVERTURE_DATABASE_URL"]) as services:
            return await work(services)

    return asyncio.run(session())


async def _make(services: Services) -> tuple[str, list[str]]:
    made = await accounts.create(services, "gateway", actions=1_000_000, tier=Tier.SCALE)
    keys = [(await accounts.create_key(services, made.account_id, Scope.GATEWAY)).api_key for _ in range(40)]
    return made.api_key, keys


def widen(settings: dict[str, str]) -> None:
    async def work(services: Services) -> None:
        for account in await linkedin.list_accounts(services):
            await budgets.choose(services, account.id, Wishes(MemberPlan.PREMIUM, WIDE, ramp=False))

    within(settings, work)


def start(settings: dict[str, str], root: Path) -> tuple[Process, Gateway]:
    generation_key, keys = within(settings, _make)
    process = Process(["api"], settings, root / "api.log")
    return process, Gateway(process.ready["url"], itertools.cycle(keys), generation_key)


@dataclass
class Simulation:
    """The world behind the first server, and the accounts that were enrolled in it."""

    url: str
    people: list[Enrolled]

    def do(self, work: Any) -> Any:
        async def session() -> Any:
            async with open_world(self.url) as world:
                return await work(world)

        return asyncio.run(session())

    def code(self, email: str) -> str:
        return self.do(lambda world: world.outbox(email))[0].code


async def _people(world: World) -> list[Enrolled]:
    await world.create(7, 2_000)
    for name in ("burst_actions", "invites_day", "invites_week", "messages_day", "views_day", "pending"):
        await world.set_limit(name, 99_999)
    return [await world.enrol(premium=True), await world.enrol(premium=True, challenged=True), await world.enrol()]


@pytest.fixture(scope="session")
def databases(server_url: str, template: str) -> Iterator[list[str]]:
    names = [f"linkup_{secrets.token_hex(5)}" for _ in range(2)]
    for name in names:
        asyncio.run(_admin(server_url, f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield [on_database(server_url, name) for name in names]
    for name in names:
        asyncio.run(_admin(server_url, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def simulation(databases: list[str]) -> Simulation:
    found = Simulation(databases[0], [])
    found.people = found.do(_people)
    return found


def sign_in(gateway: Gateway, person: Enrolled) -> str:
    status, answer = gateway.call("POST", "/v1/auth/login", {"email": person.email, "password": person.password})
    assert status == 200, answer
    return answer["login_token"]


@pytest.fixture(scope="session")
def first(databases: list[str], simulation: Simulation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """On the simulated LinkedIn."""
    root = tmp_path_factory.mktemp("first")
    settings = environment(databases[0], root / "data")
    process, gateway = start(settings, root)
    gateway.token = sign_in(gateway, simulation.people[0])
    widen(settings)
    yield gateway
    process.end()
    assert [f for f in within(settings, audit.check) if f.breaches] == []


@pytest.fixture(scope="session")
def second(
    databases: list[str], first: Gateway, simulation: Simulation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gateway]:
    """Through the first server, by the rail linkup."""
    root = tmp_path_factory.mktemp("second")
    key = next(first.keys)
    settings = environment(
        databases[1], root / "data", linkedin_rail="linkup", linkup_rail_url=first.url, linkup_rail_key=key
    )
    process, gateway = start(settings, root)
    gateway.token = sign_in(gateway, simulation.people[0])
    widen(settings)
    yield gateway
    process.end()
    assert [f for f in within(settings, audit.check) if f.breaches] == []


@pytest.fixture(params=["simulated", "chained"])
def gateway(request: pytest.FixtureRequest) -> Gateway:
    """Each of the two servers in turn: the same suite must pass on both."""
    return request.getfixturevalue("first" if request.param == "simulated" else "second")
