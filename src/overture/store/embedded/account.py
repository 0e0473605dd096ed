"""The account that the server runs under, and the only place that starts its programs."""

import os
import pwd
import subprocess
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from overture.domain.errors import Misconfigured

# Nothing is inherited: PGDATA, PGPORT and their kin would redirect the programs.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "TZ": "UTC"}
_DESCRIPTORS = Path("/proc/self/fd")


@dataclass(frozen=True, slots=True)
class Account:
    """Who owns the cluster and runs the server; ``drops`` when we are root and it is not."""

    uid: int
    gid: int
    drops: bool

    def own(self, path: Path) -> None:
        """Give a file or directory, not what a link points to, to the account."""
        if self.drops:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def server_account() -> Account:
    """Return our own account, or ``nobody`` where we are root, which PostgreSQL refuses to run under."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), drops=False)
    if not _DESCRIPTORS.is_dir():
        raise Misconfigured("As root the embedded PostgreSQL needs Linux with /proc; run overture as a normal user.")
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise Misconfigured(
            "The embedded PostgreSQL cannot run as root, and there is no account named nobody to run it; "
            "run overture as a normal user, or set OVERTURE_DATABASE_URL to a PostgreSQL of your own."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid, drops=True)


@dataclass(frozen=True, slots=True)
class Handed:
    """A directory as a program of the account names it; ``descriptors`` must be passed to that program."""

    name: str
    descriptors: tuple[int, ...]


@contextmanager
def handed(directory: Path, account: Account) -> Generator[Handed]:
    """Make a directory usable by the account, even below folders that the account cannot traverse.

    As root we open it and the program reaches it by its descriptor, so that a cluster can lie below /root
    with no folder above it opened to anyone.
    """
    if not account.drops:
        yield Handed(str(directory), ())
        return
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield Handed(f"{_DESCRIPTORS}/{descriptor}", (descriptor,))
    finally:
        os.close(descriptor)


def launch(
    argv: Sequence[str],
    account: Account,
    *,
    descriptors: Sequence[int] = (),
    stdin: int = subprocess.DEVNULL,
    output: int | IO[bytes] = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    """Start a program as the account, in a session of its own, so that Ctrl-C at our terminal spares it."""
    return subprocess.Popen(  # noqa: S603 the programs come from the operator's own installation
        list(argv),
        stdin=stdin,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd="/",
        env=_ENVIRONMENT,
        umask=0o077,
        pass_fds=tuple(descriptors),
        start_new_session=True,
        user=account.uid if account.drops else None,
        group=account.gid if account.drops else None,
        extra_groups=[] if account.drops else None,
    )


def run(
    argv: Sequence[str],
    account: Account,
    *,
    descriptors: Sequence[int] = (),
    text: str = "",
    seconds: float = 120,
) -> tuple[int, str]:
    """Run a program to its end with ``text`` as input; return its exit code and all that it printed."""
    with launch(argv, account, descriptors=descriptors, stdin=subprocess.PIPE) as process:
        try:
            output, _ = process.communicate(text.encode(), timeout=seconds)
        except BaseException:
            process.kill()
            raise
    return process.returncode, output.decode(errors="replace")
