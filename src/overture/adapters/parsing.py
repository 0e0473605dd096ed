"""Pure functions run on pages in child processes, with a limit on time and memory."""

import io
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar, cast

import anyio
from anyio.abc import Process
from anyio.streams.buffered import BufferedByteReceiveStream

from overture.adapters import parsing_child
from overture.domain.errors import FetchFailed

T = TypeVar("T")

_MEMORY = 1 << 30
_ANSWER_BYTES = 64_000_000
_CALLS_EACH = 1_000
_START_SECONDS = 10.0
_LOST = (anyio.EndOfStream, anyio.IncompleteRead, anyio.BrokenResourceError, anyio.ClosedResourceError)


@dataclass(slots=True)
class _Child:
    process: Process
    answers: BufferedByteReceiveStream
    calls: int = 0


class ChildParser:
    """Implements ``ports.Parse``.

    Parsers are C code over untrusted bytes, so they run apart: without our environment, under 1 GB of
    address space, and killed when they outrun their time. Children are started as needed, kept for the
    next page, and replaced after 1,000 pages. What a child answers may only be made of our own data types.

    Args:
        workers: how many pages are parsed at a time; further ones wait, which does not count as their time.
        seconds: the time for a page.
    """

    def __init__(self, *, workers: int = 2, seconds: float = 5.0) -> None:
        self._seconds = seconds
        self._limiter = anyio.CapacityLimiter(max(1, workers))
        self._idle: list[_Child] = []
        self._closed = False

    async def __call__(self, function: Callable[..., T], /, *arguments: object) -> T:
        """Return ``function(*arguments)``, worked out in a child.

        Raises:
            FetchFailed: it took too long, needed too much memory, failed, or killed the child.
        """
        call = pickle.dumps((function, arguments), protocol=pickle.HIGHEST_PROTOCOL)
        async with self._limiter:
            child = await self._take()
            good = False
            try:
                with anyio.fail_after(self._seconds + (0 if child.calls else _START_SECONDS)):
                    result = await _ask(child, call)
                good = True
            except TimeoutError as error:
                raise FetchFailed("", "page could not be parsed in time") from error
            except _LOST as error:
                raise FetchFailed("", "page could not be parsed") from error
            finally:
                if good and child.calls < _CALLS_EACH and not self._closed:
                    self._idle.append(child)
                else:
                    await _end(child)
        if isinstance(result, _Failure):
            raise FetchFailed("", "page could not be parsed")
        return cast(T, result)

    async def close(self) -> None:
        """End the children."""
        self._closed = True
        while self._idle:
            await _end(self._idle.pop())

    async def _take(self) -> _Child:
        child: _Child | None = None
        while self._idle and child is None:
            child = self._idle.pop()
            if child.process.returncode is not None:
                await _end(child)
                child = None
        return child or await _start(self._seconds)


class _Failure(str):
    """The name of the error that ended a call in the child."""

    __slots__ = ()


async def _start(seconds: float) -> _Child:
    started: list[Process] = []
    with anyio.CancelScope(shield=True):  # a start cut short would leave a process that nobody ends
        started.append(
            await anyio.open_process(
                [sys.executable, "-m", parsing_child.__name__, str(_MEMORY), str(seconds + _START_SECONDS)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},  # our secrets stay here
                start_new_session=True,  # Ctrl-C is for the parent to handle
            )
        )
    process = started[0]
    if process.stdout is None:
        raise RuntimeError("a child without output")
    return _Child(process, BufferedByteReceiveStream(process.stdout))


async def _ask(child: _Child, call: bytes) -> object:
    child.calls += 1
    if child.process.stdin is None:
        raise anyio.ClosedResourceError
    await child.process.stdin.send(len(call).to_bytes(parsing_child.HEADER) + call)
    head = await child.answers.receive_exactly(1 + parsing_child.HEADER)
    length = int.from_bytes(head[1:])
    if length > _ANSWER_BYTES:
        raise anyio.BrokenResourceError
    answer = await child.answers.receive_exactly(length)
    if head[0] != 1:
        return _Failure(answer[:100].decode("ascii", "replace"))
    try:
        return _OurTypes(io.BytesIO(answer)).load()
    except (pickle.UnpicklingError, ValueError, TypeError, AttributeError, ImportError, EOFError) as error:
        raise anyio.BrokenResourceError from error


async def _end(child: _Child) -> None:
    with anyio.CancelScope(shield=True):
        with suppress(ProcessLookupError):
            child.process.kill()
        with suppress(*_LOST):
            await child.process.aclose()


class _OurTypes(pickle.Unpickler):
    """A child that a page took over could answer with a pickle that runs code here: only data passes."""

    def find_class(self, module_name: str, global_name: str, /) -> object:
        if module_name.startswith(("overture.domain.", "overture.research.")):
            found = super().find_class(module_name, global_name)
            if isinstance(found, type):
                return found
        if (module_name, global_name) == ("builtins", "getattr"):
            return _member
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no data of ours")


def _member(kind: object, name: str) -> Enum:
    """Stand in for ``getattr``, by which early releases of Python 3.11 pickle a member of an enumeration."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind[name]
    raise pickle.UnpicklingError("only a member of an enumeration is data")
