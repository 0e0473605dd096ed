"""The folder in the data directory that holds the cluster, its secrets, and what the processes share."""

import json
import os
import re
import socket
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from overture.domain.errors import Misconfigured
from overture.store.embedded.account import Account

ROLE = "overture"
DATABASE = "overture"
PORT = 5432  # names the socket; nothing listens on TCP

_SOCKET = f".s.PGSQL.{PORT}"
_LONGEST_SOCKET_PATH = 103  # 107 bytes on Linux, 103 on macOS
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./+@-]+")  # commas and quotes mean something in a list of sockets
_ROTATE_LOG_AT = 8_000_000


@dataclass(frozen=True, slots=True)
class Home:
    """Where everything of one embedded server lies."""

    root: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory; owned by the server's account."""
        return self.root / "cluster"

    @property
    def claims(self) -> Path:
        """One locked file for each process that uses the server."""
        return self.root / "claims"

    @property
    def start_lock(self) -> Path:
        """Held while a process starts, joins or stops the server."""
        return self.root / "start.lock"

    @property
    def server_lock(self) -> Path:
        """Held by the server and its children as long as one of them lives."""
        return self.root / "server.lock"

    @property
    def log(self) -> Path:
        """What the server writes."""
        return self.root / "server.log"

    @property
    def password_file(self) -> Path:
        """The password of the role; for the operator's eyes only."""
        return self.root / "password"

    @property
    def record_file(self) -> Path:
        """What the last start decided."""
        return self.root / "server.json"


@dataclass(frozen=True, slots=True)
class Record:
    """What the last start decided: where the socket lies and which release serves it."""

    socket: Path
    version: str


def home_of(data_dir: Path) -> Home:
    """Name the home of a data directory; touches nothing."""
    return Home(data_dir.absolute() / "postgresql")


def open_home(home: Home) -> None:
    """Create what is missing; refuse a home that another account owns."""
    home.root.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for directory in (home.root, home.claims):
        directory.mkdir(mode=0o700, exist_ok=True)
        found = directory.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            raise Misconfigured(
                f"{directory} is not a directory of the account that runs overture (its owner is uid {found.st_uid}, "
                f"ours is {os.geteuid()}); run overture as its owner, or name another data directory."
            )
        if stat.S_IMODE(found.st_mode) != 0o700:
            directory.chmod(0o700)


def read_password(home: Home) -> str | None:
    """Return the role's password; None where there is none yet."""
    try:
        return home.password_file.read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def keep_password(home: Home, password: str) -> None:
    """Keep the role's password, whole or not at all."""
    _write(home.password_file, password + "\n")


def read_record(home: Home) -> Record | None:
    """Return what the last start decided; None where nothing was started or the file is broken."""
    try:
        fields: dict[str, str] = json.loads(home.record_file.read_text(encoding="utf-8"))
        return Record(Path(fields["socket"]), fields["version"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def write_record(home: Home, record: Record) -> None:
    """Keep what this start decided, for those who join."""
    _write(home.record_file, json.dumps({"socket": str(record.socket), "version": record.version}) + "\n")


def socket_path(directory: Path) -> Path:
    """Name the socket in its directory."""
    return directory / _SOCKET


def url(directory: Path, password: str) -> str:
    """Name the database for a driver; the socket directory is a query parameter."""
    query = {"host": str(directory), "port": str(PORT), "user": ROLE, "password": password}
    return f"postgresql:///{quote(DATABASE)}?{urlencode(query, quote_via=quote)}"


def socket_directory(home: Home, account: Account) -> Path:
    """Return a private directory for the socket: in the home, or a short one where that cannot hold it.

    The directory of the last start is used again if it is still ours, so that pools reconnect after a crash.
    """
    usual = home.root / "socket"
    if _fits(usual):
        _private(usual, account)
        if _binds(usual):
            return usual
    # Names this home and no other: a copy of the data directory must not take the original's socket.
    found = home.root.stat()
    prefix = f"overture-{found.st_dev:x}-{found.st_ino:x}-"
    last = read_record(home)
    if last is not None and last.socket.name.startswith(prefix) and _is_private(last.socket, account):
        return last.socket
    for parent in _short_parents(account):
        if _fits(parent / f"{prefix}12345678") and parent.is_dir() and os.access(parent, os.W_OK | os.X_OK):
            chosen = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
            account.own(chosen)
            return chosen
    raise Misconfigured(
        f"{home.root} cannot hold a socket (its path is long, or its disk knows none), nor can a temporary folder."
    )


def drop_socket_directory(home: Home) -> None:
    """Remove the short directory, if one was used and it is empty."""
    record = read_record(home)
    if record is not None and record.socket.parent != home.root and record.socket.is_dir():
        try:
            record.socket.rmdir()
        except OSError:
            return


def clear_socket(directory: Path) -> None:
    """Remove what a dead server left, lest its lock file name the process that now has its number."""
    for path in (socket_path(directory), directory / f"{_SOCKET}.lock"):
        path.unlink(missing_ok=True)


def open_log(home: Home) -> int:
    """Open the log for appending; a large one is set aside first."""
    if home.log.exists() and home.log.stat().st_size > _ROTATE_LOG_AT:
        home.log.replace(home.log.with_suffix(".log.1"))
    return os.open(home.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)


def log_tail(home: Home) -> str:
    """Return the last lines of the log, for a message."""
    try:
        with home.log.open("rb") as file:
            file.seek(max(0, home.log.stat().st_size - 2_000))
            lines = file.read().decode(errors="replace").splitlines()
    except FileNotFoundError:
        return "(the log is empty)"
    return "\n".join(lines[-12:]) or "(the log is empty)"


def _write(path: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


def _fits(directory: Path) -> bool:
    name = str(socket_path(directory))
    return len(os.fsencode(name)) <= _LONGEST_SOCKET_PATH and _PLAIN_PATH.fullmatch(name) is not None


def _binds(directory: Path) -> bool:
    # Folders shared with a host, or over a network, may refuse sockets.
    probe = directory / ".probe"
    probe.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        try:
            link.bind(str(probe))
        except OSError:
            return False
    probe.unlink()
    return True


def _short_parents(account: Account) -> list[Path]:
    # /run first for root: a service with a private /tmp and a shell must meet at the same place.
    root = Path(os.sep)
    usual = [Path(tempfile.gettempdir()), root / "tmp"]
    return [root / "run", *usual] if account.drops else usual


def _private(directory: Path, account: Account) -> None:
    if not directory.is_symlink() and not directory.exists():
        directory.mkdir(mode=0o700)
        account.own(directory)
    if not _is_private(directory, account):
        raise Misconfigured(
            f"{directory} should be a directory of uid {account.uid} with mode 0700; remove it, and start again."
        )


def _is_private(directory: Path, account: Account) -> bool:
    try:
        found = directory.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid and stat.S_IMODE(found.st_mode) == 0o700
