"""Locks that die with their holder: the start lock, the server's own lock, and one claim a process."""

import fcntl
import os
import secrets
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from overture.domain.errors import Unavailable


def try_lock(path: Path) -> int | None:
    """Take the lock of a file, which is created where missing; None when another process holds it.

    The lock belongs to the descriptor: it ends when every process that inherited it has closed it or died.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


@contextmanager
def locked(path: Path, *, seconds: float) -> Generator[None]:
    """Hold the lock of a file; wait for it at most ``seconds``."""
    deadline = time.monotonic() + seconds
    while (descriptor := try_lock(path)) is None:
        if time.monotonic() > deadline:
            raise Unavailable(
                f"Another process has been starting or stopping the embedded PostgreSQL for {seconds:.0f} s "
                f"(it holds {path}); see what it is doing, end it, and try again."
            )
        time.sleep(0.01)
    try:
        yield
    finally:
        os.close(descriptor)


@dataclass(slots=True)
class Claim:
    """A process's use of the server: a locked file that counts only while its process lives."""

    path: Path
    descriptor: int
    pid: int
    held: bool = True


def claim(directory: Path) -> Claim:
    """Register a use by this process; call it under the start lock."""
    path = directory / f"{os.getpid()}-{secrets.token_hex(4)}"
    descriptor = try_lock(path)
    if descriptor is None:
        raise Unavailable(f"The claim {path} was taken by another process; try again.")
    return Claim(path, descriptor, os.getpid())


def drop(one: Claim) -> bool:
    """End a use, and tell whether it still was one; call it under the start lock."""
    was_held, one.held = one.held, False
    if was_held:
        one.path.unlink(missing_ok=True)
        os.close(one.descriptor)
    return was_held


def claimed(directory: Path) -> bool:
    """Tell whether a live process uses the server, and sweep dead claims; call it under the start lock."""
    alive = False
    for path in directory.iterdir():
        descriptor = try_lock(path)
        if descriptor is None:
            alive = True
        else:
            path.unlink(missing_ok=True)
            os.close(descriptor)
    return alive
