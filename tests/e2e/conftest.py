"""Real processes on a database of the test's own, with sites and a receiver on loopback."""

import asyncio
import functools
import http.server
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import pytest

from overture.bootstrap import open_services
from overture.domain.accounts import Tier
from overture.settings import load
from overture.usecases import accounts, audit, webhooks
from overture.usecases.services import Services
from tests.builders import body

T = TypeVar("T")
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
PYTHON = sys.executable


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Receiver:
    """A webhook receiver that answers as told, and keeps what it was sent."""

    url: str = ""
    answer: Callable[[int], int] = lambda _: 200
    before_answer: Callable[[], None] = lambda: None
    received: "queue.Queue[tuple[dict[str, str], bytes]]" = field(default_factory=queue.Queue)
    all: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    kept = Receiver()

    class Handler(Quiet):
        def do_POST(self) -> None:
            payload = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            item = ({k.lower(): v for k, v in self.headers.items()}, payload)
            kept.all.append(item)
            kept.received.put(item)
            kept.before_answer()
            self.send_response(kept.answer(len(kept.all)))
            self.send_header("Content-Length", "0")
            self.end_headers()

    with served(Handler) as url:
        kept.url = url
        yield kept


class served:  # noqa: N801
    """A threaded HTTP server on a free loopback port."""

    def __init__(self, handler: Any, host: str = "127.0.0.1") -> None:
        self.server = http.server.ThreadingHTTPServer((host, 0), handler)
        self.server.daemon_threads = True

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://{self.server.server_address[0]}:{self.server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def sites() -> Iterator[dict[str, str]]:
    """The demonstration's fictional companies, each on an address of its own."""
    with resources.as_file(resources.files("overture.cli").joinpath("sites")) as root:
        names = ("harbourlight", "millbrook", "ledgerly")
        servers = [served(functools.partial(Quiet, directory=str(root / name))) for name in names]
        try:
            yield {name: server.__enter__() for name, server in zip(names, servers, strict=True)}
        finally:
            for server in servers:
                server.__exit__()


class Process:
    """One of our processes."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as errors:
            self.popen = subprocess.Popen(
                [PYTHON, "-m", "overture", *arguments], env=environment, stdout=subprocess.PIPE, stderr=errors
            )
        line = self.popen.stdout.readline() if self.popen.stdout else b""
        assert line, log.read_text()[-3000:]
        self.ready = json.loads(line)

    def wait_dead(self, seconds: float = 20) -> int:
        return self.popen.wait(seconds)

    def stopped(self) -> bool:
        state = Path(f"/proc/{self.popen.pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state == "T"

    def end(self, number: int = signal.SIGTERM, seconds: float = 15) -> int:
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGCONT)
            self.popen.send_signal(number)
            try:
                self.popen.wait(seconds)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()
                raise
        if self.popen.stdout:
            self.popen.stdout.close()
        return self.popen.returncode


@dataclass
class Overture:
    """An installation under test."""

    environment: dict[str, str]
    root: Path
    processes: list[Process] = field(default_factory=list)
    account: dict[str, str] = field(default_factory=dict)
    url: str = ""

    def start(self, *arguments: str, **settings: str) -> Process:
        extra = {f"OVERTURE_{k.upper()}": v for k, v in settings.items()}
        log = self.root / f"{arguments[0]}-{len(self.processes)}.log"
        process = Process(list(arguments), self.environment | extra, log)
        self.processes.append(process)
        if "url" in process.ready:
            self.url = process.ready["url"]
        return process

    def command(self, *arguments: str) -> Any:
        done = subprocess.run(
            [PYTHON, "-m", "overture", *arguments, "--json"], env=self.environment, capture_output=True, timeout=60
        )
        assert done.stdout, done.stderr.decode()
        return json.loads(done.stdout)

    def call(self, path: str, payload: object = None, *, key: str | None = None) -> tuple[int, Any]:
        data = json.dumps(payload).encode() if payload is not None else None
        headers = {"Content-Type": "application/json", "Api-Key": key or self.account["api_key"]}
        request = urllib.request.Request(self.url + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())

    def submit(self, payload: dict[str, Any]) -> str:
        status, answer = self.call("/api/v2/messages/request_message_generation", payload)
        assert status == 200, answer
        return answer["secure_request_id"]

    def retrieve(self, request_id: str) -> tuple[int, Any]:
        return self.call(
            f"/api/v2/messages/retrieve_messages?request_message_generation_secure_request_id={request_id}"
        )

    def complete(self, request_id: str, seconds: float = 30) -> Any:
        """Wait until a request is complete; returns its view."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            status, view = self.retrieve(request_id)
            if status == 200:
                return view
            assert status == 202, view
            time.sleep(0.2)
        raise AssertionError(
            f"still in progress after {seconds} s: " + "".join(p.log.read_text()[-1500:] for p in self.processes)
        )

    def inside(self, work: Callable[[Services], Awaitable[T]]) -> T:
        """Run a use case in this process: an operator's command without the start of a process."""

        async def session() -> T:
            async with open_services(load(self.environment), self.environment["OVERTURE_DATABASE_URL"]) as services:
                return await work(services)

        return asyncio.run(session())

    def sound(self) -> None:
        """Every invariant that rows can decide holds."""
        assert [f for f in self.inside(audit.check) if f.breaches] == []

    def event_states(self) -> list[str]:
        return [event.state for event in self.inside(lambda s: webhooks.list_events(s, None, None))]


@pytest.fixture
def overture(database_url: str, tmp_path: Path) -> Iterator[Overture]:
    """An installation with one account of 100 credits on the largest tier; nothing runs yet."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OVERTURE_")} | {
        "OVERTURE_DATABASE_URL": database_url,
        "OVERTURE_DATA_DIR": str(tmp_path / "data"),
        "OVERTURE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "OVERTURE_FIND_COMPANY": "none",
        "OVERTURE_ENV": "test",
        "OVERTURE_SECRET_KEYS": KEY,
        "OVERTURE_PORT": "0",
    }
    installation = Overture(environment, tmp_path)
    made = installation.inside(lambda s: accounts.create(s, "one", credits=100, tier=Tier.SCALE))
    installation.account = {"account_id": str(made.account_id)} | {
        name: getattr(made, name) for name in ("api_key", "webhook_secret")
    }
    yield installation
    for process in installation.processes:
        process.end()


def demo_body(sites: dict[str, str], hook: str, types: tuple[str, ...] = ("first_follow_up",)) -> dict[str, Any]:
    """A request for two leads of the demonstration's companies."""
    made = body(2, types, completion_notification_url=hook, signoff_name="Charlie")
    made["proposition_company_url"] = f"{sites['ledgerly']}/"
    made["material_link"] = f"{sites['ledgerly']}/case.html"
    companies = (("Harbourlight Freight", "harbourlight"), ("Millbrook Looms", "millbrook"))
    for lead, (company, site) in zip(made["lead_data"], companies, strict=True):
        lead |= {"lead_company": company, "lead_company_website_url": f"{sites[site]}/"}
    return made
