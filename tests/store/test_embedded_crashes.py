"""The embedded server after kills of every process at every moment."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import psutil
import pytest

from overture.domain.errors import Unavailable
from overture.store.embedded import start
from overture.store.embedded.account import Account, server_account
from tests.store.test_embedded_harness import ROOT, Place, end, eventually, query

pytest_plugins = ("tests.store.test_embedded_harness",)
pytestmark = pytest.mark.process


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
        except Exception:  # asyncpg has several ways to say that the server is gone
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


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc to see each thread stopped")
def test_a_server_that_became_a_zombie_is_replaced(place: Place) -> None:
    parent = place.client()
    url = parent.url()
    pid = place.server_pid()
    os.kill(parent.process.pid, signal.SIGSTOP)  # it reaps nobody, as some containers' first process
    threads = Path(f"/proc/{parent.process.pid}/task")
    eventually(lambda: all(" T " in (thread / "stat").read_text() for thread in threads.iterdir()))
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    answer = place.client().answer()
    assert answer["url"] == url
    assert answer["seconds"] < 5
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


@pytest.mark.parametrize("delay", [0.0, 0.2, 0.4])
def test_a_kill_in_the_first_start_is_healed_by_the_next(one_fresh_place: Place, delay: float) -> None:
    first = one_fresh_place.client()
    eventually(lambda: list(one_fresh_place.home.glob("initdb-*/data/*")))
    time.sleep(delay)
    first.kill()
    second = one_fresh_place.client()
    assert query(second.url(), "select count(*) from pg_class where relname = 'pg_class'") == [1]
    second.release()
    third = one_fresh_place.client()  # sweeps what the orphaned initdb may have left behind
    third.url()
    third.release()
    assert not list(one_fresh_place.home.glob("initdb-*/data/base"))


def test_a_killed_initdb_is_reported_and_healed(one_fresh_place: Place) -> None:
    first = one_fresh_place.client()
    eventually(lambda: list(one_fresh_place.home.glob("initdb-*/data/*")))
    for child in psutil.Process(first.process.pid).children():
        child.kill()
    answer = first.answer()
    assert answer["error"] == "Unavailable"
    assert "initdb failed" in answer["message"]
    assert query(one_fresh_place.client().url(), "select 1") == [1]


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
        end(copy)


def test_a_server_whose_socket_vanished_is_restarted_once_nobody_uses_it(
    one_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overture.store.embedded.lease._UNANSWERED_AFTER", 0.2)
    first = one_place.client()
    first.url()
    pid = one_place.server_pid()
    (one_place.home / "socket" / ".s.PGSQL.5432").unlink()
    with pytest.raises(Unavailable, match=f"kill -INT {pid}"):
        start(one_place.data_dir)
    first.kill()
    lease = start(one_place.data_dir)
    assert query(lease.url, "select 1") == [1]
    assert one_place.server_pid() != pid
    lease.release()
