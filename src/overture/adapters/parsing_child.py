"""The child process that parses pages: reads calls from its input, writes results to its output.

Standard library only, so that it starts fast. A frame is eight bytes of length and a pickle; an answer has
one byte before it, 1 for a result and 0 for the name of an error. It ends when its input does.
"""

import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, cast

HEADER = 8
GRACE_SECONDS = 2.0


def main(memory: int, seconds: float) -> None:
    """Serve calls with at most ``memory`` bytes of address space and ``seconds`` for each.

    The parent enforces the time; the alarm here ends a child whose parent is gone.
    """
    with suppress(ValueError, OSError):  # macOS knows the limit on memory and refuses it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not reach the parent
    calls = sys.stdin.buffer
    while True:
        length = calls.read(HEADER)
        if len(length) < HEADER:
            return
        request = calls.read(int.from_bytes(length))
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_SECONDS)
        good, answer = _answer(request)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _write(answers, good=good, answer=answer)


def _answer(request: bytes) -> tuple[bool, bytes]:
    try:
        function, arguments = cast(tuple[Callable[..., object], tuple[object, ...]], pickle.loads(request))  # noqa: S301  # from our parent
        return True, pickle.dumps(function(*arguments), protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001  # any failure is the page's, and the parent names it
        return False, type(error).__name__.encode()


def _write(answers: BinaryIO, *, good: bool, answer: bytes) -> None:
    answers.write(bytes([good]) + len(answer).to_bytes(HEADER) + answer)
    answers.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
