"""Starts or joins the server of a data directory, and stops it when its last user leaves."""

import os
import re
import subprocess
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from overture.domain.errors import Misconfigured, Unavailable
from overture.store.embedded.account import server_account
from overture.store.embedded.binaries import find
from overture.store.embedded.cluster import ensure_cluster, major_of
from overture.store.embedded.home import (
    Home,
    Record,
    drop_socket_directory,
    home_of,
    log_tail,
    open_home,
    read_password,
    read_record,
    socket_directory,
    url,
    write_record,
)
from overture.store.embedded.locks import Claim, claim, claimed, drop, locked, try_lock
from overture.store.embedded.postmaster import FIXED, Server, answers, end_remains, find_server, spawn, stop

_READY_WITHIN = 60.0  # recovery included
_UNANSWERED_AFTER = 5.0
_END_REMAINS_AFTER, _KILL_REMAINS_AFTER, _BARRED_AFTER = 1.0, 3.0, 10.0
_SETTING = re.compile(r"[a-z_][a-z0-9_.]*")
_REFUSED = frozenset(
    {
        *FIXED,
        "data_directory",
        "config_file",
        "hba_file",
        "ident_file",
        "external_pid_file",
        "logging_collector",
    }
)


@dataclass(frozen=True, slots=True)
class Lease:
    """A process's use of the server; ``url`` names its database and holds the password."""

    url: str = field(repr=False)
    _home: Home
    _claim: Claim = field(repr=False)

    def release(self) -> None:
        """End this use; the last to leave stops the server. Further calls do nothing."""
        if self._claim.pid != os.getpid() or not self._home.root.is_dir():
            return  # a forked child leaves its parent's claim alone
        with _named_failures(self._home), locked(self._home.start_lock, seconds=2 * _READY_WITHIN):
            if not drop(self._claim) or claimed(self._home.claims):
                return
            server = find_server(self._home.cluster)
            if server is not None and server.ours:
                stop(server)
                drop_socket_directory(self._home)


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a data directory's server; ``pid`` is None while none runs."""

    pid: int | None
    version: str | None
    socket_dir: Path | None


def start(data_dir: Path, *, binaries: Path | None = None, settings: Mapping[str, str] | None = None) -> Lease:
    """Start the server of the data directory, or join it where it runs; the use lasts until its release.

    ``binaries`` names a folder of PostgreSQL programs (15 to 18); ``settings`` replaces our defaults for
    parameters of the server. Neither matters where the server runs already.
    Raises Misconfigured where the operator must change something, Unavailable where a later try may succeed.
    """
    chosen = _checked(settings or {})
    home = home_of(data_dir)
    with _named_failures(home):
        open_home(home)
        with locked(home.start_lock, seconds=2 * _READY_WITHIN):
            directory = _bring_up(home, binaries, chosen)
            password = read_password(home)
            if password is None:
                raise Misconfigured(
                    f"{home.password_file} is missing while the server runs; stop every overture process and "
                    "start again, and it is made anew."
                )
            return Lease(url(directory, password), home, claim(home.claims))


def status(data_dir: Path) -> Status:
    """Tell what runs for the data directory; changes nothing."""
    home = home_of(data_dir)
    with _named_failures(home):
        server = find_server(home.cluster)
        record = read_record(home)
        version = record.version if record is not None else None
        if server is None or record is None:
            return Status(server.process.pid if server is not None else None, version, None)
        return Status(server.process.pid, version, record.socket)


def _bring_up(home: Home, named: Path | None, settings: Mapping[str, str]) -> Path:
    """Return the socket's directory once a server answers there; the caller holds the start lock."""
    launched: subprocess.Popen[bytes] | None = None
    state, since = "", time.monotonic()
    while True:
        server = find_server(home.cluster)
        before, state = state, server.phase if server is not None else "launched" if launched else "barred"
        since = since if state == before else time.monotonic()
        waited = time.monotonic() - since
        if server is not None:
            record = read_record(home)
            if server.phase == "ready" and record is not None and answers(record.socket):
                return record.socket
            _give_up_on(home, server, waited)
        elif launched is not None:
            _check_launched(home, launched, waited)
        elif (server_lock := try_lock(home.server_lock)) is None:
            record = read_record(home)
            if record is not None and answers(record.socket):
                return record.socket  # it lives in another container that shares the directory
            _end_what_bars(home, waited)
        else:
            try:
                launched = _launch(home, named, settings, server_lock)
            finally:
                os.close(server_lock)
        time.sleep(0.01)


def _launch(home: Home, named: Path | None, settings: Mapping[str, str], server_lock: int) -> subprocess.Popen[bytes]:
    account = server_account()
    found = find(named, account, major=major_of(home))
    ensure_cluster(home, found, account, server_lock)
    directory = socket_directory(home, account)
    write_record(home, Record(directory, found.version))
    return spawn(home, found, account, directory, server_lock=server_lock, settings=settings)


def _give_up_on(home: Home, server: Server, waited: float) -> None:
    """Judge a server that lives and does not answer: wait, end it where nobody uses it, or refuse."""
    pid = server.process.pid
    if server.phase == "ready" and waited > _UNANSWERED_AFTER:
        if server.ours and not claimed(home.claims):
            stop(server)
            return
        raise Unavailable(
            f"A PostgreSQL runs on {home.cluster} (pid {pid}) and does not answer at our socket; it was started by "
            f"other means, or its socket was removed. Stop it with: kill -INT {pid}"
        )
    if waited > _READY_WITHIN:
        raise Unavailable(
            f"The embedded PostgreSQL (pid {pid}) is not ready after {_READY_WITHIN:.0f} s; it reports "
            f"{server.phase!r}. A long recovery goes on without us: try again later. "
            f"The end of {home.log}:\n{log_tail(home)}"
        )


def _check_launched(home: Home, launched: subprocess.Popen[bytes], waited: float) -> None:
    """Judge the server that we started while it has not written its pid file yet."""
    if launched.poll() is None and waited <= _READY_WITHIN:
        return
    tail = log_tail(home)
    if "parameter" in tail and ("invalid value" in tail or "unrecognized" in tail or "requires" in tail):
        raise Misconfigured(f"PostgreSQL refuses its settings; correct them. The end of {home.log}:\n{tail}")
    raise Unavailable(f"The embedded PostgreSQL did not start. The end of {home.log}:\n{tail}")


def _end_what_bars(home: Home, waited: float) -> None:
    """Judge a server's lock that is held though its server is dead: its children die soon, or are ended."""
    if waited > _BARRED_AFTER:
        raise Unavailable(
            f"{home.server_lock} is held by a process that we cannot see, perhaps a server in another container "
            "that shares this data directory. Stop that one, or give each container its own data directory."
        )
    if waited > _END_REMAINS_AFTER and home.cluster.is_dir():
        end_remains(home.cluster, kill=waited > _KILL_REMAINS_AFTER)


def _checked(settings: Mapping[str, str]) -> dict[str, str]:
    for name, value in settings.items():
        if _SETTING.fullmatch(name) is None or "\0" in value:
            raise Misconfigured(f"{name!r} is not a setting of PostgreSQL.")
        if name in _REFUSED:
            raise Misconfigured(f"{name} of the embedded PostgreSQL cannot be changed: its privacy rests on it.")
    return dict(settings)


@contextmanager
def _named_failures(home: Home) -> Generator[None]:
    try:
        yield
    except PermissionError as error:
        raise Misconfigured(
            f"The embedded PostgreSQL in {home.root} is not permitted to us: {error}. Run overture as the owner of the "
            "data directory; root needs the capabilities CHOWN, DAC_OVERRIDE, KILL, SETGID and SETUID."
        ) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise Misconfigured(f"{home.root.parent} cannot be a data directory: {error}.") from error
    except (OSError, psutil.Error, subprocess.SubprocessError) as error:
        raise Unavailable(f"The embedded PostgreSQL in {home.root} cannot be used now: {error}.") from error
