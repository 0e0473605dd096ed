"""A process that dies, freezes or loses its database at a named point loses nothing and does nothing twice."""

import asyncio
import http.client
import signal
import time
import urllib.error
from collections.abc import Callable
from typing import Any

import pytest

from overture.usecases.services import Services
from tests.e2e.conftest import Overture, Process, Receiver, demo_body

pytestmark = pytest.mark.process

API_POINTS = ("a1", "a2", "a3", "a4", "a5")
WORKER_POINTS = ("w1", "w2", "w3", "w4", "w5", "w6", "w7")
SENDER_POINTS = ("d1", "d2", "d3", "d4", "d5")


def event_ids(receiver: Receiver) -> set[str]:
    return {headers["webhook-id"] for headers, _ in receiver.all}


def settled(overture: Overture, receiver: Receiver, request_id: str, seconds: float) -> Any:
    """Wait for the request and its webhook; check what must hold afterwards."""
    view = overture.complete(request_id, seconds)
    receiver.received.get(timeout=seconds)
    deadline = time.monotonic() + seconds
    while overture.event_states() != ["delivered"]:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return view


def exactly_once(overture: Overture, receiver: Receiver, view: Any) -> None:
    """Two messages, two credits, one event however often it was sent, and every invariant."""
    assert view["metadata"]["generated_message_count"] == 2
    assert len(event_ids(receiver)) == 1
    assert len({payload for _, payload in receiver.all}) == 1
    _, credits = overture.call("/api/v2/account/check_credits")
    assert credits == {"message_allowance": 100, "credits_used": 2, "remaining_credits": 98}
    overture.sound()


async def retry_now(services: Services) -> None:
    """Wait until the failed attempt is recorded, then make the next one due."""
    while not await services.database.once(
        "UPDATE event SET next_attempt_at = now() WHERE next_attempt_at > now() RETURNING 1"
    ):
        await asyncio.sleep(0.1)


def once(action: Callable[[], None]) -> Callable[[], None]:
    """Act on the first call alone."""
    left = [action]
    return lambda: left.pop()() if left else None


def while_it_waits(sender: Process, mode: str) -> None:
    """The body has arrived, the answer is not read: strike the sender now."""
    if mode == "reset":
        raise ConnectionResetError  # the receiver's own connection, cut without an answer
    sender.popen.send_signal(signal.SIGKILL if mode == "kill" else signal.SIGSTOP)


@pytest.mark.parametrize("point", API_POINTS)
@pytest.mark.parametrize("mode", ["kill", pytest.param("reset", marks=pytest.mark.long)])
def test_api(overture: Overture, receiver: Receiver, sites: dict[str, str], point: str, mode: str) -> None:
    """A caller that got no answer sends again: one request, whichever of the two was accepted."""
    payload = demo_body(sites, receiver.url)
    api = overture.start("api", fault=f"{point}:1:{mode}")
    try:
        status, answer = overture.call("/api/v2/messages/request_message_generation", payload)
        assert status in {200, 503}, answer
    except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError):
        pass
    if mode == "kill":
        assert api.wait_dead() == -signal.SIGKILL
        overture.start("api")
    overture.start("work")
    request_id = overture.submit(payload)
    exactly_once(overture, receiver, settled(overture, receiver, request_id, 30))
    assert overture.submit(payload) == request_id


@pytest.mark.parametrize("point", WORKER_POINTS + SENDER_POINTS)
@pytest.mark.parametrize("mode", ["kill", *(pytest.param(mode, marks=pytest.mark.long) for mode in ("stop", "reset"))])
def test_worker(overture: Overture, receiver: Receiver, sites: dict[str, str], point: str, mode: str) -> None:
    """Another worker takes over; the first, waking late, changes nothing."""
    overture.start("api")
    if point == "d3":
        first = overture.start("work")
        receiver.before_answer = once(lambda: while_it_waits(first, mode))
    else:
        first = overture.start("work", fault=f"{point}:1:{mode}")
    request_id = overture.submit(demo_body(sites, receiver.url))
    if mode == "kill":
        assert first.wait_dead() == -signal.SIGKILL
    elif mode == "stop":
        deadline = time.monotonic() + 20
        while not first.stopped():
            assert time.monotonic() < deadline
            time.sleep(0.05)
    if mode != "reset":
        overture.start("work")
    if (point, mode) == ("d3", "reset"):
        receiver.received.get(timeout=60)
        overture.inside(retry_now)  # rather than after the 16 to 46 s of the schedule
    view = settled(overture, receiver, request_id, 60)
    if mode == "stop":
        first.popen.send_signal(signal.SIGCONT)
        time.sleep(2)
    exactly_once(overture, receiver, view)
