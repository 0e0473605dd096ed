"""Processes that use an embedded server, and its data directories, as root where we are root, and as a user."""

import asyncio
import json
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest

from overture.store.embedded import Status, status

ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not ROOT, reason="needs root")

# Becomes the account only after the imports, because the interpreter may lie where the account cannot read.
CLIENT = """
import json, os, sys, time
from pathlib import Path
import encodings.ascii, encodings.idna, encodings.latin_1
from overture.domain.errors import OvertureError
from overture.store.embedded import start
given = json.loads(sys.argv[1])
if given["uid"] != os.geteuid():
    os.setgroups([]); os.setgid(given["gid"]); os.setuid(given["uid"])
began = time.monotonic()
try:
    lease = start(Path(given["data_dir"]), settings=given["settings"])
except OvertureError as error:
    print(json.dumps({"error": type(error).__name__, "message": str(error)}), flush=True)
    sys.exit(1)
print(json.dumps({"url": lease.url, "seconds": time.monotonic() - began}), flush=True)
if sys.stdin.readline():
    lease.release()
    lease.release()
    print(json.dumps({"released": True}), flush=True)
"""


class Client:
    """A process that uses the server; it ends without a release when it is dropped."""

    def __init__(self, place: "Place", settings: dict[str, str] | None, before: list[str]) -> None:
        given = {
            "data_dir": str(place.data_dir),
            "uid": place.uid,
            "gid": place.gid,
            "settings": settings or {},
        }
        self.process = subprocess.Popen(
            [*before, sys.executable, "-c", CLIENT, json.dumps(given)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the client died without an answer"
        return json.loads(line)

    def url(self) -> str:
        answer = self.answer()
        assert "url" in answer, answer
        return answer["url"]

    def release(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("release\n")
        self.process.stdin.flush()
        assert self.answer() == {"released": True}
        self.process.wait(10)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def close(self) -> None:
        self.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()


@dataclass
class Place:
    """A data directory, not yet made, of one account."""

    data_dir: Path
    uid: int
    gid: int
    clients: list[Client]

    def client(self, settings: dict[str, str] | None = None, before: list[str] | None = None) -> Client:
        self.clients.append(Client(self, settings, before or []))
        return self.clients[-1]

    def status(self) -> Status:
        return status(self.data_dir)

    @property
    def home(self) -> Path:
        return self.data_dir / "postgresql"

    def server_pid(self) -> int:
        pid = self.status().pid
        assert pid is not None
        return pid


def _normal_user() -> tuple[int, int]:
    if not ROOT:
        return os.geteuid(), os.getegid()
    entry = pwd.getpwnam("daemon")
    return entry.pw_uid, entry.pw_gid


def end(place: Place) -> None:
    for client in place.clients:
        client.close()
    pid = place.status().pid
    if pid is not None:
        os.kill(pid, signal.SIGQUIT)
        eventually(lambda: not alive(pid))


def _quick_folder() -> Path | None:
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1_000_000_000
    return memory if roomy else None


@contextmanager
def made(as_root: bool, template: Path | None = None) -> Iterator[Place]:
    uid, gid = (0, 0) if as_root else _normal_user()
    base = Path(tempfile.mkdtemp(prefix="overture-test-", dir=None if template is None else _quick_folder()))
    os.chown(base, uid, gid)
    place = Place(base / "data", uid, gid, [])
    if template is not None:
        subprocess.run(["cp", "-a", template, place.data_dir], check=True)
    try:
        yield place
    finally:
        end(place)
        shutil.rmtree(base, ignore_errors=True)


@pytest.fixture(scope="session")
def left_behind() -> Iterator[Callable[[bool], Path]]:
    """Give a data directory that was used and left, of root or of a normal user; copying it is quicker than initdb."""
    with ExitStack() as stack:

        @cache
        def prepared(as_root: bool) -> Path:
            place = stack.enter_context(made(as_root))
            client = place.client()
            client.url()
            client.release()
            return place.data_dir

        yield prepared


both = [pytest.param(True, id="root", marks=needs_root), pytest.param(False, id="user")]


@pytest.fixture(params=both)
def place(request: pytest.FixtureRequest, left_behind: Callable[[bool], Path]) -> Iterator[Place]:
    with made(request.param, left_behind(request.param)) as found:
        yield found


@pytest.fixture(params=both)
def fresh_place(request: pytest.FixtureRequest) -> Iterator[Place]:
    with made(request.param) as found:
        yield found


@pytest.fixture
def one_place(left_behind: Callable[[bool], Path]) -> Iterator[Place]:
    with made(ROOT, left_behind(ROOT)) as found:
        yield found


@pytest.fixture
def one_fresh_place() -> Iterator[Place]:
    with made(ROOT) as found:
        yield found


@pytest.fixture
def root_place(left_behind: Callable[[bool], Path]) -> Iterator[Place]:
    with made(True, left_behind(True)) as found:
        yield found


def query(url: str, *statements: str) -> list[Any]:
    async def ask() -> list[Any]:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            return [await connection.fetchval(statement) for statement in statements]
        finally:
            await connection.close()

    return asyncio.run(ask())


def eventually(holds: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def alive(pid: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def as_user(uid: int, gid: int, code: str, *arguments: str) -> str:
    drop = f"import os, socket, sys\nos.setgroups([]); os.setgid({gid}); os.setuid({uid})\n"
    done = subprocess.run(
        [sys.executable, "-c", drop + code, *arguments], capture_output=True, text=True, check=True, timeout=20
    )
    return done.stdout.strip()
