"""The LinkedIn gateway: what an HTTP call costs over the rail's own time, and calls a second.

Runs in a process of its own (``python -m benchmarks.gateway``) and prints JSON. One customer, 16 LinkedIn accounts on
a simulated LinkedIn of 5,000 members. The rail's own time is measured on the same world in the same run, in turn with
the calls over HTTP, from this process.
"""

import asyncio
import json
import statistics
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import psutil

from benchmarks.client import drive, raw
from benchmarks.installation import Installation, installation
from overture.adapters.rail_simulated import SimulatedRail, open_rail
from overture.bootstrap import open_services
from overture.domain.accounts import Scope, Tier
from overture.domain.linkedin.accounts import Password, Session
from overture.domain.linkedin.actions import SendMessage
from overture.domain.linkedin.queries import Connections, StandingWith, Window
from overture.settings import load
from overture.simulator.world import Enrolled
from overture.usecases import accounts
from overture.usecases.linkedin import accounts as linkedin
from overture.usecases.linkedin import budgets
from overture.usecases.linkedin.budgets import Wishes

MEMBERS = 5_000
ACCOUNTS = 16
KEYS = 40
ONE_BY_ONE = 300
AT_ONCE = 16
CALLS = 2_000
LIMITS = ("burst_actions", "messages_day", "views_day")
WIDE = {"messages": {"day": 9_999}}


@dataclass
class Place:
    """A running API, and the accounts that act through it."""

    url: str
    keys: list[str]
    tokens: list[str]
    sessions: list[Session]
    friends: list[list[str]]

    def call(self, number: int, path: str, **body: object) -> bytes:
        """Encode a call of account ``number``; keys are used in turn, since each has 300 calls a minute."""
        headers = {"x-api-key": self.keys[number % KEYS], "Content-Type": "application/json"}
        payload = {"login_token": self.tokens[number % ACCOUNTS], **body}
        return raw("POST", f"{self.url}/v1/{path}", headers, json.dumps(payload).encode())

    def friend(self, number: int) -> str:
        """Return somebody that account ``number`` is connected with."""
        known = self.friends[number % ACCOUNTS]
        return known[number // ACCOUNTS % len(known)]


async def _customer(place: Installation) -> list[str]:
    async with open_services(load(place.environment), place.url) as services:
        made = await accounts.create(services, "bench", actions=1_000_000, tier=Tier.SCALE)
        keys = [await accounts.create_key(services, made.account_id, Scope.GATEWAY) for _ in range(KEYS)]
    return [key.api_key for key in keys]


async def _widen(place: Installation) -> None:
    async with open_services(load(place.environment), place.url) as services:
        for account in await linkedin.list_accounts(services):
            await budgets.choose(services, account.id, Wishes(caps=WIDE, ramp=False))


def _token(url: str, key: str, person: Enrolled) -> str:
    body = json.dumps({"email": person.email, "password": person.password}).encode()
    request = urllib.request.Request(f"{url}/v1/auth/login", body, {"x-api-key": key})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())["login_token"]


async def _prepare(installed: Installation, rail: SimulatedRail, url: str) -> Place:
    await rail.world.create(7, MEMBERS)
    for name in LIMITS:
        await rail.world.set_limit(name, 100_000)
    place = Place(url, await _customer(installed), [], [], [])
    for key, _ in zip(cycle(place.keys), range(ACCOUNTS), strict=False):
        person = await rail.world.enrol()
        place.tokens.append(await asyncio.to_thread(_token, url, key, person))
        session = await rail.sign_in(Password(person.email, person.password))
        assert isinstance(session, Session)
        place.sessions.append(session)
        found = await rail.read(session, Connections(Window(0, 100)))
        place.friends.append([item.profile_url for item in found.items])
    await _widen(installed)
    return place


async def _times(count: int, call: Callable[[int], Awaitable[object]]) -> list[float]:
    """Milliseconds of each of ``count`` calls, one after another."""
    times: list[float] = []
    for number in range(count):
        began = time.perf_counter()
        await call(number)
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


def _p99(ordered: list[float]) -> float:
    return ordered[int(len(ordered) * 0.99) - 1]


def _message(place: Place, number: int, text: str) -> bytes:
    return place.call(number, "messages/send-message", linkedin_url=place.friend(number), message_text=text)


async def _overhead(rail: SimulatedRail, place: Place) -> dict[str, float]:
    async def read(number: int) -> None:
        await rail.read(place.sessions[number % ACCOUNTS], StandingWith(place.friend(number)))

    async def send(number: int) -> None:
        action = SendMessage(place.friend(number), f"direct {number}")
        await rail.act(place.sessions[number % ACCOUNTS], action, f"direct {number}")

    reads = [place.call(n, "network/invitation-status", linkedin_url=place.friend(n)) for n in range(ONE_BY_ONE)]
    sends = [_message(place, n, f"over HTTP {n}") for n in range(ONE_BY_ONE)]
    figures: dict[str, float] = {}
    for name, ours, direct in (("read", reads, read), ("send", sends, send)):
        await drive(place.url, ours[:16], 1)  # connections and caches are warm
        loads = await drive(place.url, ours[16:], 1)
        assert loads.statuses == {200: len(ours) - 16}, loads.statuses
        own = await _times(ONE_BY_ONE, direct)
        figures[f"{name}_p50_ms"], figures[f"{name}_p99_ms"] = loads.p50, loads.p99
        figures[f"{name}_rail_p50_ms"], figures[f"{name}_rail_p99_ms"] = statistics.median(own), _p99(own)
    return figures


async def _rates(place: Place) -> dict[str, float]:
    reads = [place.call(n, "network/invitation-status", linkedin_url=place.friend(n)) for n in range(CALLS)]
    sends = [_message(place, n, f"at once {n}") for n in range(CALLS)]
    figures: dict[str, float] = {}
    for name, requests in (("reads", reads), ("sends", sends)):
        load = await drive(place.url, requests, AT_ONCE)
        assert load.statuses == {200: CALLS}, load.statuses
        figures[f"{name}_s"] = load.rate
    return figures


async def measure(installed: Installation, url: str) -> dict[str, float]:
    """All figures but memory, by name."""
    async with open_rail(installed.url, size=8) as rail:
        place = await _prepare(installed, rail, url)
        figures = await _overhead(rail, place) | await _rates(place)
        figures["doubles"] = len(await rail.world.doubles())
    return figures


def main() -> None:
    """Print the figures."""
    with installation() as installed:
        api = installed.process("api")
        figures: dict[str, Any] = asyncio.run(measure(installed, api.url))
        figures["api_mb"] = psutil.Process(api.popen.pid).memory_info().rss / 2**20
        api.stop()
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main()
