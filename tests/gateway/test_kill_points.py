"""A process dies, freezes or loses its database around a call of LinkedIn: nothing is sent twice, nothing is lost."""

import asyncio
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from overture.simulator.world import World, open_world
from overture.usecases import audit
from tests.e2e.conftest import Process
from tests.linkup.conftest import Gateway as Server
from tests.linkup.conftest import environment, sign_in, start, within

POINTS = ("g1", "g2", "g3", "g4")


def world(url: str, work: Any) -> Any:
    async def session() -> Any:
        async with open_world(url) as opened:
            return await work(opened)

    return asyncio.run(session())


async def _people(opened: World) -> Any:
    await opened.create(7, 300)
    return await opened.enrol(connections=30)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> dict[str, str]:
    return environment(database_url, tmp_path / "data", linkedin_lease_seconds="2")


@pytest.fixture
def server(settings: dict[str, str], database_url: str, tmp_path: Path) -> Iterator[tuple[Process, Server]]:
    person = world(database_url, _people)
    process, gateway = start(settings, tmp_path)
    gateway.token = sign_in(gateway, person)
    yield process, gateway
    process.end()


def ask(url: str, key: str, body: dict[str, object]) -> int:
    """Return the status, 0 where the process died before it answered."""
    headers = {"Content-Type": "application/json", "x-api-key": key}
    request = urllib.request.Request(f"{url}/v1/messages/send-message", json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return 0


@pytest.mark.process
@pytest.mark.parametrize("mode", ["kill", pytest.param("reset", marks=pytest.mark.long)])
@pytest.mark.parametrize("point", POINTS)
def test_nothing_is_sent_twice(
    server: tuple[Process, Server], settings: dict[str, str], database_url: str, tmp_path: Path, point: str, mode: str
) -> None:
    """The client repeats its call until it succeeds; the simulated LinkedIn counts one message."""
    _, gateway = server
    friend = gateway.data("/v1/network/connections", total_results=1)["connections"][0]["profile_url"]
    body = {"login_token": gateway.token, "linkedin_url": friend, "message_text": "Are you well?"}
    key = next(gateway.keys)
    faulty = Process(["api"], settings | {"OVERTURE_FAULT": f"{point}:1:{mode}"}, tmp_path / "faulty.log")
    status = ask(faulty.ready["url"], key, body)
    if status != 200:
        end = time.monotonic() + 30
        while status != 200 and time.monotonic() < end:
            time.sleep(0.5)
            status = ask(gateway.url, key, body)
        assert status == 200
    faulty.end()

    async def sent(opened: World) -> int:
        return sum(row.name == "message" and row.effect == "sent" for row in await opened.arrivals())

    count = world(database_url, sent)
    # What was answered with success may be meant again; what was not must arrive once in all.
    settled = [row for row in within(settings, _actions) if row["state"] in {"sent", "confirmed"}]
    assert count == len(settled)
    assert count in ({1} if point in {"g1", "g2", "g3"} else {1, 2})
    assert world(database_url, lambda opened: opened.doubles()) == [] or point == "g4"
    assert [f for f in within(settings, audit.check) if f.breaches] == []


async def _actions(services: Any) -> list[dict[str, Any]]:
    rows = await services.database.all_once("SELECT state, detail FROM linkedin_action ORDER BY intended_at")
    return [dict(row) for row in rows]
