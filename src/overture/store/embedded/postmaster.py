"""Tells whether the server of a cluster lives, and starts, checks and stops it."""

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from overture.domain.errors import Unavailable
from overture.store.embedded.account import Account, handed, launch
from overture.store.embedded.binaries import Binaries
from overture.store.embedded.home import PORT, Home, clear_socket, open_log, socket_path

DEFAULTS: Mapping[str, str] = {
    "shared_buffers": "128MB",
    "max_connections": "150",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_wal_size": "2GB",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
FIXED = (
    "listen_addresses",
    "port",
    "unix_socket_directories",
    "unix_socket_permissions",
    "cluster_name",
)
_SSL_REQUEST = bytes.fromhex("0000000804d2162f")
_PROGRAMS = ("postgres", "postmaster")
_FAST, _IMMEDIATE = signal.SIGINT, signal.SIGQUIT


@dataclass(frozen=True, slots=True)
class Server:
    """A live server of a cluster.

    ``phase`` is what it reports of itself, such as ready or starting; ``ours`` tells that we started it.
    """

    process: psutil.Process
    phase: str
    ours: bool


def find_server(cluster: Path) -> Server | None:
    """Return the live server of the cluster; None where its pid file is missing, stale or names a stranger."""
    lines = _pid_file(cluster)
    try:
        process = psutil.Process(abs(int(lines[0])))  # negative while a single-user program runs
        command = process.cmdline()
        if not _alive(process) or process.name() not in _PROGRAMS:
            return None
        ours = f"cluster_name={_marker(cluster)}" in command
        if not ours and not _works_in(process, command, cluster):
            return None
    except (IndexError, ValueError, OverflowError, psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    return Server(process, lines[7].strip() if len(lines) > 7 else "starting", ours)


def answers(directory: Path) -> bool:
    """Tell whether a server answers at the socket; it is asked no more than whether it speaks TLS."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(1)
        try:
            link.connect(str(socket_path(directory)))
            link.sendall(_SSL_REQUEST)
            return link.recv(1) in {b"N", b"S"}
        except OSError:
            return False


def spawn(
    home: Home,
    binaries: Binaries,
    account: Account,
    directory: Path,
    *,
    server_lock: int,
    settings: Mapping[str, str],
) -> subprocess.Popen[bytes]:
    """Start the server and return at once; the server inherits the server's lock, which the caller holds."""
    _clear_pid_file(home.cluster)
    clear_socket(directory)
    log = open_log(home)
    try:
        with handed(home.cluster, account) as data, handed(directory, account) as sockets:
            fixed = dict(zip(FIXED, ("", str(PORT), sockets.name, "0700", _marker(home.cluster)), strict=True))
            argv = [binaries.program("postgres"), "-D", data.name]
            for name, value in {**DEFAULTS, **settings, **fixed}.items():
                argv += ["-c", f"{name}={value}"]
            descriptors = (*data.descriptors, *sockets.descriptors, server_lock)
            process = launch(argv, account, descriptors=descriptors, output=log)
    finally:
        os.close(log)
    # Reaped as soon as it ends, so that it is never taken for a live process.
    threading.Thread(target=process.wait, name="embedded-postgresql", daemon=True).start()
    return process


def stop(server: Server, *, seconds: float = 60) -> None:
    """Stop the server and roll open transactions back; one that hangs is ended, and recovers when started."""
    for how, patience in ((_FAST, seconds), (_IMMEDIATE, 5.0)):
        try:
            server.process.send_signal(how)
        except psutil.NoSuchProcess:
            return
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not _alive(server.process):
                return
            time.sleep(0.01)
    raise Unavailable(
        f"The embedded PostgreSQL (pid {server.process.pid}) does not stop; look at its log, and end it with: "
        f"kill -QUIT {server.process.pid}"
    )


def end_remains(cluster: Path, *, kill: bool) -> None:
    """End the children of a server that is dead: without it their work is lost, and they bar the next one."""
    for process in _remains(cluster):
        try:
            process.send_signal(signal.SIGKILL if kill else _IMMEDIATE)
        except psutil.NoSuchProcess:
            continue


def _remains(cluster: Path) -> Iterator[psutil.Process]:
    title = f"postgres: {_marker(cluster)}: "
    for process in psutil.process_iter():
        try:
            if process.name() in _PROGRAMS and (process.cmdline() or [""])[0].startswith(title):
                yield process
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue


def _marker(cluster: Path) -> str:
    # The directory itself, not its name: it survives a rename, and a copy has another. Every account can read it
    # in the command line and the titles of the children, also where the working directory is hidden from us.
    found = cluster.stat()
    return f"overture-{found.st_dev:x}-{found.st_ino:x}"


def _works_in(process: psutil.Process, command: list[str], cluster: Path) -> bool:
    # One that was started by hand has no mark; it works in the directory, as children do, which have a title.
    try:
        return not (command or [""])[0].startswith("postgres: ") and Path(process.cwd()).samefile(cluster)
    except OSError:
        return False


def _alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() not in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}
    except psutil.NoSuchProcess:
        return False


def _clear_pid_file(cluster: Path) -> None:
    # PostgreSQL replaces a stale file by itself, unless its number now belongs to a stranger or a zombie.
    lines = _pid_file(cluster)
    if not lines or find_server(cluster) is not None:
        return
    if not lines[0].strip().isdecimal() or psutil.pid_exists(int(lines[0])):
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def _pid_file(cluster: Path) -> list[str]:
    # The file belongs to the server's account: no link is followed, nothing blocks, little is read.
    try:
        descriptor = os.open(cluster / "postmaster.pid", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return []
    try:
        return os.read(descriptor, 4_096).decode(errors="replace").splitlines()
    finally:
        os.close(descriptor)
