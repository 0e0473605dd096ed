"""Steering and cancelling survive what the rest survives: nothing is lost, written twice or paid twice."""

import http.client
import signal
import time
import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.builders import encoded
from tests.e2e.conftest import Overture, Receiver, demo_body

pytestmark = pytest.mark.process


def rarely(*cases: tuple[str, str]) -> list[Any]:
    """Points and kinds of kills for which CI has no time."""
    return [pytest.param(*case, marks=pytest.mark.long) for case in cases]


CALLS = [("a3", "kill"), *rarely(("a2", "kill"), ("a3", "reset"), ("a4", "kill"))]

GONE = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)


def post(overture: Overture, path: str, payload: object, key: str) -> int:
    """POST with an Idempotency-Key; 0 where no answer came."""
    headers = {"Api-Key": overture.account["api_key"], "Idempotency-Key": key}
    request = urllib.request.Request(overture.url + path, encoded(payload), headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except GONE:
        return 0


def written(overture: Overture, receiver: Receiver, sites: dict[str, str]) -> tuple[str, str]:
    """A complete request; returns the id of its first message and its text."""
    api, worker = overture.start("api"), overture.start("work")
    request_id = overture.submit(demo_body(sites, receiver.url))
    view = overture.complete(request_id, 60)
    receiver.received.get(timeout=30)
    worker.end()
    api.end()
    text = view["campaign"]["leads_data"][0]["first_follow_up_message"]
    assert text
    return f"{request_id}.0.first_follow_up", text


def version(overture: Overture, message: str, seconds: float = 60) -> dict[str, Any]:
    """Wait until the only version of a message is settled."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        status, shown = overture.call(f"/api/native/messages/{message}")
        assert status == 200, shown
        (only,) = shown["versions"]
        if only["state"] != "pending":
            return shown
        time.sleep(0.2)
    raise AssertionError("the version is still to be written")


def exactly_once(overture: Overture, shown: dict[str, Any], first: str) -> None:
    assert shown["versions"][0]["state"] == "generated"
    assert shown["text"] != first
    _, credits = overture.call("/api/v2/account/check_credits")
    assert credits == {"message_allowance": 100, "credits_used": 3, "remaining_credits": 97}
    overture.sound()


@pytest.mark.parametrize(("point", "mode"), CALLS)
def test_asking_for_a_version(
    overture: Overture, receiver: Receiver, sites: dict[str, str], point: str, mode: str
) -> None:
    """A caller that got no answer asks again with its key: one version, one credit."""
    message, first = written(overture, receiver, sites)
    api = overture.start("api", fault=f"{point}:1:{mode}")
    path = f"/api/native/messages/{message}/regenerate"
    assert post(overture, path, {"another_fact": True}, "once") in {0, 503}
    if mode == "kill":
        assert api.wait_dead() == -signal.SIGKILL
        overture.start("api")
    overture.start("work")
    assert post(overture, path, {"another_fact": True}, "once") == 202
    assert post(overture, path, {"another_fact": True}, "once") == 202
    exactly_once(overture, version(overture, message), first)


@pytest.mark.parametrize(
    ("point", "mode"),
    [
        ("w4", "kill"),
        ("w5", "kill"),
        *rarely(("w1", "kill"), ("w6", "kill"), ("w4", "stop"), ("w5", "stop"), ("w5", "reset")),
    ],
)
def test_writing_a_version(
    overture: Overture, receiver: Receiver, sites: dict[str, str], point: str, mode: str
) -> None:
    """Another worker takes over; the first, waking late, changes nothing."""
    message, first = written(overture, receiver, sites)
    overture.start("api")
    worker = overture.start("work", fault=f"{point}:1:{mode}")
    assert post(overture, f"/api/native/messages/{message}/regenerate", {"another_fact": True}, "once") == 202
    if mode == "kill":
        assert worker.wait_dead(30) == -signal.SIGKILL
    elif mode == "stop":
        deadline = time.monotonic() + 30
        while not worker.stopped():
            assert time.monotonic() < deadline
            time.sleep(0.05)
    if mode != "reset":
        overture.start("work")
    shown = version(overture, message)
    if mode == "stop":
        worker.popen.send_signal(signal.SIGCONT)
        time.sleep(2)
    exactly_once(overture, shown, first)
    assert version(overture, message)["text"] == shown["text"]


@pytest.mark.parametrize(("point", "mode"), CALLS)
def test_cancelling(overture: Overture, receiver: Receiver, sites: dict[str, str], point: str, mode: str) -> None:
    """Cancelled whole or not at all; asked again it is cancelled, released, and told once."""
    api = overture.start("api")
    request_id = overture.submit(demo_body(sites, receiver.url))
    api.end()
    api = overture.start("api", fault=f"{point}:1:{mode}")
    path = f"/api/native/requests/{request_id}/cancel"
    assert post(overture, path, {}, "once") in {0, 503}
    if mode == "kill":
        assert api.wait_dead() == -signal.SIGKILL
        overture.start("api")
    overture.sound()
    assert post(overture, path, {}, "once") == 200
    overture.start("work")
    cancelled(overture, receiver, request_id)


def test_cancelling_while_a_worker_is_frozen_with_the_texts(
    overture: Overture, receiver: Receiver, sites: dict[str, str]
) -> None:
    """It wakes with everything written and changes nothing."""
    overture.start("api")
    worker = overture.start("work", fault="w4:1:stop")
    request_id = overture.submit(demo_body(sites, receiver.url))
    deadline = time.monotonic() + 30
    while not worker.stopped():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert post(overture, f"/api/native/requests/{request_id}/cancel", {}, "once") == 200
    worker.popen.send_signal(signal.SIGCONT)
    overture.start("work")
    cancelled(overture, receiver, request_id)


def cancelled(overture: Overture, receiver: Receiver, request_id: str) -> None:
    """No text, no credit, one event."""
    receiver.received.get(timeout=30)
    time.sleep(2)
    status, view = overture.retrieve(request_id)
    told = view["metadata"]
    assert (status, told["generated_message_count"], told["failed_messages_count"]) == (200, 0, 2)
    assert told["failed_messages_reason"] == "Message generation was cancelled"
    _, credits = overture.call("/api/v2/account/check_credits")
    assert credits["remaining_credits"] == 100
    assert len({headers["webhook-id"] for headers, _ in receiver.all}) == 1
    overture.sound()


def test_the_commands_show_steer_quote_and_cancel(
    overture: Overture, receiver: Receiver, sites: dict[str, str], tmp_path: Any
) -> None:
    """What the routes do, from the terminal."""
    message, first = written(overture, receiver, sites)
    account = overture.account["account_id"]
    assert overture.command("message", "show", message)["text"] == first
    asked = overture.command("message", "regenerate", message, "--another-fact", "--tone", "formal")
    assert asked == {"id": message, "version": 1, "state": "pending", "credits_held": 1}
    payload = demo_body(sites, receiver.url, ("connection_request",))
    (tmp_path / "body.json").write_bytes(encoded(payload))
    told = overture.command("request", "preview", str(tmp_path / "body.json"), "--account", account)
    assert (told["messages"]["to_write"], told["credits"]["available"]) == (2, 97)
    overture.start("api")
    request_id = overture.submit(payload)
    assert overture.command("request", "cancel", request_id)["cancelled"] == 2
    overture.start("work")
    shown = version(overture, message)
    assert overture.command("message", "show", message) == shown
    exactly_once(overture, shown, first)
