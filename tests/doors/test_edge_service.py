"""The service's own routes, what every answer carries, and how the server starts and stops."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html.parser import HTMLParser

import httpx2
import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from overture.api.app import create_app
from overture.api.options import EdgeOptions
from overture.api.server import serve
from overture.api.upscale.operations import OPERATIONS
from overture.domain.errors import Misconfigured
from overture.usecases.services import Services
from tests.doors.edge_server import ACCOUNT, KEY, SUBMIT, Stand, encoded, free_socket, running


async def test_health() -> None:
    """Up, and ready or not; no key is needed."""
    stand = Stand()
    async with running(stand) as server:
        bare = {"Api-Key": ""}
        health = await server.client.get("/healthz", headers=bare)
        assert (health.status_code, health.json()) == (200, {"status": "ok"})
        ready = await server.client.get("/readyz", headers=bare)
        assert (ready.status_code, ready.json()) == (200, {"status": "ready", "problems": []})
        stand.problems = ["the database cannot be reached"]
        away = await server.client.get("/readyz", headers=bare)
        assert (away.status_code, away.json()) == (503, {"status": "unavailable", "problems": stand.problems})
        assert (await server.client.get("/healthz", headers=bare)).status_code == 200


async def test_metrics() -> None:
    """Requests are counted by route; paths that are none share one label."""
    async with running() as server:
        await server.client.get("/account")
        for number in range(5):
            await server.client.get(f"/nonsense/{number}")
        text = (await server.client.get("/metrics")).text
        assert 'overture_http_requests_total{method="GET",route="/account",status="200"} 1.0' in text
        assert 'overture_http_requests_total{method="GET",route="other",status="404"} 5.0' in text
        assert 'overture_http_request_seconds_count{route="/account"} 1.0' in text
    async with running(options=EdgeOptions(expose_metrics=False)) as server:
        assert (await server.client.get("/metrics")).status_code == 404


class Links(HTMLParser):
    """What a page loads and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.anchors: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.add(tag)
        assert "style" not in values
        assert not [name for name in values if name.startswith("on")]
        if tag in {"link", "img", "script", "iframe"}:
            self.loaded.append(values.get("href") or values.get("src") or "")
        if tag == "a":
            self.anchors.append(values.get("href") or "")
        if values.get("id"):
            self.ids.append(values["id"] or "")


async def test_the_documentation_page() -> None:
    """It loads its own stylesheet and nothing else, needs no script, and names every path and field."""
    async with running() as server:
        page = await server.client.get("/docs", headers={"Api-Key": ""})
        assert page.status_code == 200
        assert page.headers["content-security-policy"].startswith("default-src 'self'")
        links = Links()
        links.feed(page.text)
        assert links.loaded == ["/docs/style.css"]
        assert "script" not in links.tags
        assert len(set(links.ids)) == len(links.ids)
        for anchor in links.anchors:
            assert anchor.removeprefix("#") in links.ids or (await server.client.get(anchor)).status_code == 200
        for operation in OPERATIONS:
            assert all(path.path in page.text for path in operation.paths)
        style = await server.client.get("/docs/style.css")
        assert style.headers["content-type"] == "text/css; charset=utf-8"
        assert "prefers-color-scheme: dark" in style.text
        assert "url(" not in style.text


async def test_the_specification() -> None:
    """Served as JSON, for anyone."""
    async with running() as server:
        answer = await server.client.get("/openapi.json", headers={"Api-Key": ""})
        assert answer.json()["openapi"] == "3.1.0"


async def test_every_answer_carries_the_same_headers() -> None:
    """Also errors: an id, no sniffing, no storing, no server name."""
    async with running() as server:
        for path, status in (("/account", 200), ("/nonsense", 404), ("/healthz", 200), (SUBMIT, 405)):
            answer = await server.client.get(path)
            assert answer.status_code == status
            assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("given", "kept"),
    [("abc-123", True), ("a" * 128, True), ("~!{}", True), ("a" * 129, False), ("a b", False), ("", False)],
)
async def test_request_ids(given: str, kept: bool) -> None:
    """A sensible one is kept, any other is replaced."""
    async with running() as server:
        answer = await server.client.get("/healthz", headers={"X-Request-Id": given})
        assert (answer.headers["x-request-id"] == given) is kept


async def test_the_access_log() -> None:
    """One event a request, without the key, the query or the body."""
    async with running() as server:
        with capture_logs() as logs:
            await server.client.post(f"{SUBMIT}?secret=1", content=encoded(), headers={"X-Request-Id": "r1"})
    events = [log for log in logs if log["event"] == "http.request"]
    assert len(events) == 1
    assert events[0].pop("ms") >= 0
    assert events[0] == {
        "event": "http.request",
        "log_level": "info",
        "method": "POST",
        "path": SUBMIT,
        "status": 200,
        "account_id": str(ACCOUNT),
    }
    assert KEY not in str(logs)
    async with running(options=EdgeOptions(access_log=False)) as server:
        with capture_logs() as logs:
            await server.client.get("/healthz")
    assert logs == []


async def test_our_mistakes_are_logged() -> None:
    """The caller learns nothing, the operator everything."""
    async with running(Stand(failure=RuntimeError("the reason"))) as server:
        with capture_logs() as logs:
            assert (await server.client.get("/account/check_credits")).status_code == 500
    failed = next(log for log in logs if log["event"] == "http.failed")
    assert str(failed["exc_info"]) == "the reason"


async def test_a_stop_lets_requests_end() -> None:
    """What was accepted is answered; new connections are refused; the services are closed last."""
    stand = Stand(seconds=0.6)
    async with running(stand) as server:
        answer = asyncio.create_task(server.client.post(SUBMIT, content=encoded()))
        await asyncio.sleep(0.2)
        server.stop.set()
        assert (await answer).status_code == 200
        await asyncio.wait_for(server.task, 3)
        assert stand.opened == 0
        with pytest.raises(httpx2.ConnectError):
            await server.client.get("/healthz")


async def test_a_stop_does_not_wait_for_ever() -> None:
    """After the grace time, requests that do not end are given up; so are connections that are held."""
    stand = Stand(seconds=60)
    async with running(stand, grace_seconds=1) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /acc")
        answer = asyncio.create_task(server.client.post(SUBMIT, content=encoded()))
        await asyncio.sleep(0.2)
        started = time.perf_counter()
        server.stop.set()
        await asyncio.wait_for(server.task, 5)
        assert time.perf_counter() - started < 3
        await asyncio.gather(answer, return_exceptions=True)
        assert await reader.read() == b""
        writer.close()


async def test_cancelling_stops_gracefully() -> None:
    """A caller that is cancelled does not take its requests with it."""
    stand = Stand(seconds=0.5)
    ready = asyncio.Event()
    sock = free_socket()
    app = create_app(stand.services, use_cases=stand.use_cases(), registry=CollectorRegistry())
    serving = asyncio.create_task(serve(app, sock.detach(), on_ready=ready.set, stop=asyncio.Event()))
    await asyncio.wait_for(ready.wait(), 5)
    await asyncio.sleep(0)
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    assert stand.opened == 0


async def test_a_failed_start_says_why() -> None:
    """The error of the services comes out as it is, and nothing was ever ready."""

    @asynccontextmanager
    async def broken() -> AsyncIterator[Services]:
        raise Misconfigured("DATABASE_URL is missing")
        yield

    app = create_app(broken, use_cases=Stand().use_cases(), registry=CollectorRegistry())
    ready = asyncio.Event()
    with free_socket() as sock, pytest.raises(Misconfigured, match="DATABASE_URL"):
        await serve(app, sock, on_ready=ready.set, stop=asyncio.Event())
    assert not ready.is_set()
