"""Real processes: the worker tells news and settles what is unknown; killed processes send nothing twice."""

import json
import random
import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from overture.simulator.world import FaultKind, World
from overture.usecases import audit
from overture.usecases.linkedin import settling
from tests.e2e.conftest import Process, Receiver
from tests.e2e.conftest import receiver as _receiver
from tests.gateway.test_kill_points import ask, world
from tests.linkup.conftest import Gateway as Server
from tests.linkup.conftest import environment, sign_in, start, widen, within

receiver = _receiver
pytestmark = pytest.mark.process
KILLS = 6
SEED = 11


def until(check: Callable[[], Any], seconds: float = 40) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = check()
        if found:
            return found
        time.sleep(0.25)
    raise AssertionError("it did not happen in time")


async def _states(services: Any) -> list[tuple[str, Any]]:
    rows = await services.database.all_once("SELECT state, id FROM linkedin_action ORDER BY intended_at")
    return [tuple(row) for row in rows]


async def _sent(opened: World) -> int:
    return sum(row.name == "message" and row.effect == "sent" for row in await opened.arrivals(limit=10_000))


def test_the_worker_tells_news_and_settles_what_is_unknown(
    database_url: str, tmp_path: Path, receiver: Receiver
) -> None:
    """One process that serves and works: a webhook arrives, and an action whose answer was lost is confirmed."""

    async def people(opened: World) -> Any:
        await opened.create(7, 300)
        return await opened.enrol(connections=30)

    person = world(database_url, people)
    settings = environment(database_url, tmp_path / "data", linkedin_lease_seconds="2", linkedin_poll_seconds="1")
    process, gateway = start(settings, tmp_path)
    process.end()
    process = Process(["serve"], settings, tmp_path / "serve.log")
    gateway = Server(process.ready["url"], gateway.keys, gateway.generation_key)
    gateway.token = sign_in(gateway, person)
    body = {"login_token": gateway.token, "webhook_url": receiver.url}
    monitor = gateway.call("POST", "/v1/webhooks/accounts", body)[1]["id"]
    assert gateway.call("POST", f"/v1/webhooks/accounts/{monitor}/start")[0] == 200
    friend = gateway.data("/v1/network/connections", total_results=1)["connections"][0]["profile_url"]

    async def lose(opened: World) -> None:
        await opened.fault(FaultKind.TIMEOUT_AFTER, name="message")

    world(database_url, lose)
    message = {"login_token": gateway.token, "linkedin_url": friend, "message_text": "Are you well?"}
    status, answer = gateway.call("POST", "/v1/messages/send-message", message)
    assert (status, answer["status"]) == (500, "error")
    until(lambda: [state for state, _ in within(settings, _states)] == ["confirmed"])
    assert world(database_url, _sent) == 1
    time.sleep(2)  # the account's news are read once, from where it stands
    world(database_url, lambda opened: opened.advance(timedelta(days=12)))
    until(lambda: receiver.all)
    headers, told = receiver.all[0]
    assert json.loads(told)["account_id"] == monitor
    assert headers["x-linkup-signature"].startswith("v1=")
    assert gateway.call("POST", f"/v1/webhooks/accounts/{monitor}/stop")[0] == 200
    process.end()
    assert [f for f in within(settings, audit.check) if f.breaches] == []


def test_a_frozen_process_does_not_send_late(database_url: str, tmp_path: Path) -> None:
    """It stops after its intent, another takes over and sends; woken again, it sees that it was held up."""

    async def people(opened: World) -> Any:
        await opened.create(7, 300)
        return await opened.enrol(connections=10)

    person = world(database_url, people)
    settings = environment(database_url, tmp_path / "data", linkedin_lease_seconds="2")
    process, gateway = start(settings, tmp_path)
    gateway.token = sign_in(gateway, person)
    friend = gateway.data("/v1/network/connections", total_results=1)["connections"][0]["profile_url"]
    body = {"login_token": gateway.token, "linkedin_url": friend, "message_text": "Are you well?"}
    key = next(gateway.keys)
    frozen = Process(["api"], settings | {"OVERTURE_FAULT": "g1:1:stop"}, tmp_path / "frozen.log")
    answers: list[int] = []
    late = threading.Thread(target=lambda: answers.append(ask(frozen.ready["url"], key, body)))
    late.start()
    until(frozen.stopped)
    until(lambda: ask(gateway.url, key, body) == 200)
    assert world(database_url, _sent) == 1
    frozen.popen.send_signal(signal.SIGCONT)
    late.join(30)
    assert answers == [500]
    assert world(database_url, _sent) == 1
    assert sorted(state for state, _ in within(settings, _states)) == ["refused", "sent"]
    frozen.end()
    process.end()
    assert [f for f in within(settings, audit.check) if f.breaches] == []


class Chaos:
    """An API process and a worker that are killed at any moment, and clients of several accounts that go on."""

    def __init__(self, settings: dict[str, str], root: Path) -> None:
        self.settings = settings
        self.root = root
        self.url = ""
        self.running = {name: self._start(name) for name in ("api", "work")}
        self.answered = 0
        self.killed = 0

    def _start(self, name: str) -> Process:
        process = Process([name], self.settings, self.root / f"{name}.log")
        if name == "api":
            self.url = process.ready["url"]
        return process

    def kill(self, name: str) -> None:
        self.running[name].end(signal.SIGKILL)
        self.killed += 1
        self.running[name] = self._start(name)

    def client(self, token: str, keys: list[str], friends: list[str], over: threading.Event) -> None:
        """Send different messages; what was refused or is not known is tried again, what was cut off is not."""
        number = 0
        while not over.is_set():
            number += 1
            body = {
                "login_token": token,
                "linkedin_url": friends[number % len(friends)],
                "message_text": f"No. {number}",
            }
            for _ in range(20):
                status = ask(self.url, keys[number % len(keys)], body)
                self.answered += status == 200
                if status in {0, 200} or over.is_set():
                    break
                time.sleep(0.2)


def test_killed_processes_send_nothing_twice(database_url: str, tmp_path: Path) -> None:
    """Kills at moments that a seed picks, in a burst of three accounts; LinkedIn's own count is ours."""

    async def people(opened: World) -> Any:
        await opened.create(7, 300)
        for name in ("burst_actions", "messages_day"):
            await opened.set_limit(name, 99_999)
        return [await opened.enrol(connections=20) for _ in range(3)]

    persons = world(database_url, people)
    settings = environment(database_url, tmp_path / "data", linkedin_lease_seconds="2")
    process, gateway = start(settings, tmp_path)
    tokens = [sign_in(gateway, person) for person in persons]
    friends = [
        [item["profile_url"] for item in gateway.data("/v1/network/connections", login_token=token)["connections"]]
        for token in tokens
    ]
    widen(settings)
    process.end()
    chaos, over = Chaos(settings, tmp_path), threading.Event()
    keys = [next(gateway.keys) for _ in range(20)]
    clients = [
        threading.Thread(target=chaos.client, args=(token, keys, known, over))
        for token, known in zip(tokens, friends, strict=True)
    ]
    for client in clients:
        client.start()
    moments = random.Random(SEED)
    for _ in range(KILLS):
        time.sleep(moments.uniform(0.3, 1.2))
        chaos.kill(moments.choice(("api", "api", "work")))
    over.set()
    for client in clients:
        client.join(60)
    time.sleep(5)  # twice the lease: calls that were cut off are over

    async def settle(services: Any) -> None:
        for state, action_id in await _states(services):
            if state in {"intended", "unknown"}:
                await settling.settle_due(services, action_id)

    within(settings, settle)
    for running in chaos.running.values():
        running.end()
    states = [state for state, _ in within(settings, _states)]
    assert chaos.killed == KILLS
    assert chaos.answered >= 10
    assert set(states) <= {"sent", "confirmed", "refused"}
    assert world(database_url, _sent) == sum(state in {"sent", "confirmed"} for state in states)
    assert world(database_url, lambda opened: opened.doubles()) == []
    assert [f for f in within(settings, audit.check) if f.breaches] == []
