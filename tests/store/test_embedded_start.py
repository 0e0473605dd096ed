"""The embedded server starts private, and its users share it."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import psutil
import pytest

from overture.store.embedded import start
from tests.store.test_embedded_harness import Place, alive, as_user, mode, needs_root, query

pytest_plugins = ("tests.store.test_embedded_harness",)
pytestmark = pytest.mark.process


def test_a_first_start_yields_a_private_database(fresh_place: Place) -> None:
    url = fresh_place.client().url()
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
    now = fresh_place.status()
    assert now.version is not None
    assert now.version.startswith("18.")
    assert now.socket_dir is not None
    assert (
        mode(now.socket_dir)
        == mode(fresh_place.home / "cluster")
        == mode(fresh_place.home)
        == mode(fresh_place.data_dir)
        == 0o700
    )
    assert mode(fresh_place.home / "password") == mode(fresh_place.home / "server.log") == 0o600
    server = psutil.Process(fresh_place.server_pid())
    assert server.uids().effective == (pwd.getpwnam("nobody").pw_uid if fresh_place.uid == 0 else fresh_place.uid)
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
def test_as_root_a_data_directory_in_a_closed_folder_works_and_no_folder_is_opened(one_fresh_place: Place) -> None:
    closed = one_fresh_place.data_dir.parent / "closed"
    closed.mkdir(mode=0o700)
    one_fresh_place.data_dir = closed / "deep" / "data"
    folders = [*closed.parents, closed, *Path(sys.executable).resolve().parents]
    before = [(folder, folder.stat().st_mode, folder.stat().st_uid) for folder in folders]
    accounts = Path("/etc/passwd").read_bytes()
    client = one_fresh_place.client()
    assert query(client.url(), "select 1") == [1]
    client.release()
    assert [(folder, folder.stat().st_mode, folder.stat().st_uid) for folder in folders] == before
    assert Path("/etc/passwd").read_bytes() == accounts


def test_a_long_path_gets_a_short_private_socket_that_is_removed_at_the_end(fresh_place: Place) -> None:
    fresh_place.data_dir = fresh_place.data_dir / ("x" * 120) / ("y" * 120)
    client = fresh_place.client()
    assert query(client.url(), "select 1") == [1]
    directory = fresh_place.status().socket_dir
    assert directory is not None
    assert mode(directory) == 0o700
    assert not directory.is_relative_to(fresh_place.data_dir)
    os.kill(fresh_place.server_pid(), signal.SIGKILL)
    second = fresh_place.client()
    assert query(second.url(), "select 1") == [1]
    assert fresh_place.status().socket_dir == directory  # pools of other processes find it again
    client.kill()
    second.release()
    assert not directory.exists()


def test_an_odd_path_works(one_fresh_place: Place) -> None:
    one_fresh_place.data_dir = one_fresh_place.data_dir.parent / "a, b 'c' \"d\" %20 ü"
    client = one_fresh_place.client()
    assert query(client.url(), "select 1") == [1]
    client.release()


def test_processes_share_one_server_and_the_last_stops_it(place: Place) -> None:
    first, second = place.client(), place.client()
    assert first.url() == second.url()
    pid = place.server_pid()
    first.release()
    assert place.server_pid() == pid
    second.release()
    assert place.status().pid is None
    assert not alive(pid)
    assert list((place.home / "claims").iterdir()) == []


def test_five_processes_race_for_the_first_start(fresh_place: Place) -> None:
    clients = [fresh_place.client() for _ in range(5)]
    urls = {client.url() for client in clients}
    assert len(urls) == 1
    assert query(urls.pop(), "select 1") == [1]
    assert (fresh_place.home / "server.log").read_text().count("starting PostgreSQL") == 1
    for client in clients:
        client.release()
    assert fresh_place.status().pid is None


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


@needs_root
def test_a_process_in_another_container_joins_over_the_shared_directory(root_place: Place) -> None:
    apart = ["unshare", "--pid", "--fork", "--mount-proc", "--ipc"]
    if shutil.which("unshare") is None or subprocess.run([*apart, "true"], capture_output=True).returncode != 0:
        pytest.skip("no PID namespaces here")
    first = root_place.client()
    url = first.url()
    pid = root_place.server_pid()
    second = root_place.client(before=apart)
    assert second.url() == url
    first.release()
    assert root_place.server_pid() == pid  # the claim of the other container counts
    second.release()
    assert query(url, "select 1") == [1]  # it cannot signal the server, and leaves it to ours
    third = root_place.client()
    third.url()
    third.release()
    assert root_place.status().pid is None
