"""The main job with real processes: HTTP in, research on loopback, messages out, webhook delivered."""

import asyncio
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import asyncpg
import psutil
import pytest
from standardwebhooks import Webhook

from tests.e2e.conftest import Overture, Receiver, demo_body, served

pytestmark = pytest.mark.process
TYPES = ("connection_request", "first_follow_up", "stage_ambition", "share_material", "hiring_activity")


def test_the_quick_start(overture: Overture, receiver: Receiver, sites: dict[str, str]) -> None:
    """Two leads, five types: accepted, researched, written, announced, retrieved, paid."""
    overture.start("api")
    overture.start("work")
    request_id = overture.submit(demo_body(sites, receiver.url, TYPES))
    view = overture.complete(request_id)
    metadata = view["metadata"]
    assert metadata["generation_status"] == "complete"
    assert metadata["requested_message_count"] == 10
    written = metadata["generated_message_count"]
    assert written >= 7
    assert metadata["failed_messages_count"] == 10 - written
    note = view["campaign"]["leads_data"][0]["outreach_message"]
    assert note.startswith(("Hi Ada", "Hello Ada", "Dear Ada"))
    headers, body = receiver.received.get(timeout=10)
    Webhook(overture.account["webhook_secret"]).verify(body, headers)
    assert json.loads(body)["generated_messages_count"] == written
    _, credits = overture.call("/account/check_credits")
    assert credits["remaining_credits"] == 100 - written
    overture.sound()


def test_every_claim_shows_its_evidence(overture: Overture, receiver: Receiver, sites: dict[str, str]) -> None:
    """What `request show` prints as evidence stands on the page that it names."""
    overture.start("api")
    overture.start("work")
    request_id = overture.submit(demo_body(sites, receiver.url, TYPES))
    overture.complete(request_id)
    pages: dict[str, str] = {}
    claims = 0
    for message in overture.command("request", "show", request_id):
        if message["text"] is None:
            continue
        assert "".join(s["text"] for s in message["segments"]) == message["text"]
        for segment in message["segments"]:
            assert segment["citations"] or not segment["role"].endswith("_claim")
            for citation in segment["citations"]:
                if not citation["url"].startswith("http"):
                    continue
                page = pages.setdefault(citation["url"], _text(citation["url"]))
                assert citation["span"] in page
                claims += 1
    assert claims >= 8


def _text(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return " ".join(answer.read().decode().split())


def test_the_event_implies_the_state(overture: Overture, sites: dict[str, str]) -> None:
    """A receiver that calls back from inside its handler finds the request complete, with the same counts."""
    seen: list[tuple[int, int, int]] = []

    class CallsBack(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, view = overture.retrieve(event["secure_request_id"])
            seen.append((status, view["metadata"]["generated_message_count"], event["generated_messages_count"]))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    overture.start("api")
    overture.start("work")
    with served(CallsBack) as hook:
        overture.complete(overture.submit(demo_body(sites, hook)))
        deadline = time.monotonic() + 10
        while not seen and time.monotonic() < deadline:
            time.sleep(0.05)
    assert seen == [(200, 2, 2)]


def test_a_hanging_receiver_holds_up_nobody(overture: Overture, receiver: Receiver, sites: dict[str, str]) -> None:
    """Receivers that take the request and never answer do not delay one that does."""
    release = threading.Event()

    class Hangs(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            release.wait(30)

        def log_message(self, format: str, *args: object) -> None:
            pass

    overture.start("api")
    overture.start("work")
    with served(Hangs, "127.0.0.9") as hook:
        for number in range(10):
            payload = demo_body(sites, hook)
            for lead in payload["lead_data"]:
                lead["automation_tool_lead_id"] += f"-{number}"
            overture.submit(payload)
        request_id = overture.submit(demo_body(sites, receiver.url))
        overture.complete(request_id)
        _, body = receiver.received.get(timeout=9)  # less than the 10 s that each of the others takes
        release.set()
    assert json.loads(body)["secure_request_id"] == request_id


def test_a_revoked_key_is_refused_within_a_second(overture: Overture) -> None:
    overture.start("api")
    made = overture.command("key", "create", overture.account["account_id"])
    assert overture.call("/account/check_credits", key=made["api_key"])[0] == 200
    overture.command("key", "revoke", made["key_id"])
    time.sleep(1)
    assert overture.call("/account/check_credits", key=made["api_key"]) == (
        401,
        {"error": "Unauthorized: API key has been revoked"},
    )
    assert overture.call("/account/check_credits")[0] == 200


def test_no_secret_is_logged_or_stored_in_the_open(
    overture: Overture, receiver: Receiver, sites: dict[str, str], database_url: str
) -> None:
    """Key and webhook secret occur in no log line and in no row."""
    overture.start("api", log_level="debug")
    overture.start("work", log_level="debug")
    overture.complete(overture.submit(demo_body(sites, receiver.url)))
    receiver.received.get(timeout=10)
    canaries = [overture.account["api_key"], overture.account["webhook_secret"], overture.account["webhook_secret"][6:]]
    logs = "".join(process.log.read_text() for process in overture.processes)
    assert not [c for c in canaries if c in logs]
    for text in asyncio.run(_every_row(database_url)):
        assert not [c for c in canaries if c in text]


async def _every_row(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [
            await connection.fetchval(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table[0]}\" t")
            for table in tables
        ]
    finally:
        await connection.close()


def test_a_stopped_worker_hands_back_and_the_next_one_finishes(
    overture: Overture, receiver: Receiver, sites: dict[str, str]
) -> None:
    """SIGTERM while a page is dripping: the worker ends within its grace, and nothing is lost."""
    release = threading.Event()

    class Drips(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            release.wait(60)

        def log_message(self, format: str, *args: object) -> None:
            pass

    overture.start("api")
    worker = overture.start("work")
    with served(Drips) as site:
        payload = demo_body(sites, receiver.url)
        payload["lead_data"][0]["lead_company_website_url"] = site + "/"
        request_id = overture.submit(payload)
        time.sleep(2)
        assert worker.end(signal.SIGTERM, seconds=12) == 0
        release.set()
        overture.start("work")
        view = overture.complete(request_id, 60)
    assert view["metadata"]["generated_message_count"] >= 1
    overture.sound()


class TestServe:
    """`overture serve`: one command, children kept alive, and gone with it."""

    def children(self, pid: int) -> list[psutil.Process]:
        alive = [p for p in psutil.Process(pid).children(recursive=True) if p.status() != psutil.STATUS_ZOMBIE]
        return [p for p in alive if "overture" in " ".join(p.cmdline())]

    def test_what_dies_is_started_again(self, overture: Overture, receiver: Receiver, sites: dict[str, str]) -> None:
        """API and worker are killed; the next request is served all the same, on the same port."""
        serve = overture.start("serve")
        before = {p.pid for p in self.children(serve.popen.pid)}
        for child in self.children(serve.popen.pid):
            child.kill()
        deadline = time.monotonic() + 30
        while len({p.pid for p in self.children(serve.popen.pid)} - before) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        view = overture.complete(overture.submit(demo_body(sites, receiver.url)))
        assert view["metadata"]["generated_message_count"] == 2

    def test_children_end_with_a_killed_parent(self, overture: Overture) -> None:
        serve = overture.start("serve")
        children = self.children(serve.popen.pid)
        assert len(children) >= 2
        serve.popen.kill()
        _, alive = psutil.wait_procs(children, timeout=15)
        assert not alive

    def test_sigterm_stops_everything(self, overture: Overture) -> None:
        serve = overture.start("serve")
        children = self.children(serve.popen.pid)
        assert serve.end(signal.SIGTERM) == 0
        _, alive = psutil.wait_procs(children, timeout=5)
        assert not alive

    def test_the_embedded_server_stops_with_the_last_process(self, tmp_path: Path) -> None:
        """On the embedded default: one command, no server to install; afterwards nothing runs."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("OVERTURE_")} | {
            "OVERTURE_DATA_DIR": str(tmp_path / "data")
        }
        installation = Overture(environment, tmp_path)
        serve = installation.start("serve", "--port", "0")
        installation.account = installation.command("account", "create", "one", "--credits", "5")
        assert installation.call("/account/check_credits")[1]["remaining_credits"] == 5
        assert installation.command("audit")["ok"]
        serve.end()
        report = installation.command("doctor")
        assert report["ok"], report
        running = [p for p in psutil.process_iter(["cmdline"]) if str(tmp_path) in " ".join(p.info["cmdline"] or [])]
        assert not running


def test_readiness_follows_the_database(overture: Overture) -> None:
    """/healthz and /readyz say 200; the quick paths need no key."""
    overture.start("api")
    for path in ("/healthz", "/readyz", "/openapi.json"):
        with urllib.request.urlopen(overture.url + path, timeout=5) as answer:
            assert answer.status == 200
    with urllib.request.urlopen(overture.url + "/metrics", timeout=5) as answer:
        assert b"overture_http_requests" in answer.read()


def test_the_demonstration_runs(tmp_path: Path) -> None:
    """`overture demo` exits 0 and prints messages with evidence."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OVERTURE_")} | {"HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "overture", "demo"], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "signature verified" in done.stdout
    assert "lead_claim" in done.stdout
