"""Named points at which a test makes this process die, stop or lose its database."""

import os
import signal
import threading
from collections.abc import Callable

_lock = threading.Lock()
_armed: list[tuple[str, str, int]] = []
_actions: dict[str, Callable[[], None]] = {
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
}


def arm(spec: str) -> None:
    """Arm one point: ``name[:nth[:mode]]``, mode ``kill`` (default), ``stop`` or ``reset``."""
    name, _, rest = spec.partition(":")
    nth, _, mode = rest.partition(":")
    with _lock:
        _armed[:] = [(name, mode or "kill", int(nth or "1"))]


def on_reset(action: Callable[[], None]) -> None:
    """Say how a reset of the database connections is done."""
    _actions["reset"] = action


def reach(name: str) -> None:
    """Act if this point is armed and this is its nth visit; cost is one comparison when nothing is armed."""
    if not _armed:
        return
    with _lock:
        point, mode, left = _armed[0] if _armed else ("", "", 0)
        if point != name:
            return
        if left > 1:
            _armed[0] = (point, mode, left - 1)
            return
        _armed.clear()
    _actions[mode]()
