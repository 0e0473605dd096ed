"""The parent of ``overture serve``: keeps its children running, and stops them together."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable

from overture.telemetry.logs import get

STOP_SECONDS = 10.0
FASTEST_RESTART = 0.2
SLOWEST_RESTART = 5.0
HEALTHY_SECONDS = 10.0
FIRST_TRIES = 3
"""An API that never became ready is started so often; then the operator must look."""

log = get(__name__)


class Supervisor:
    """Runs one API process and ``workers`` worker processes; a child that dies is started again.

    Each child holds the read end of a pipe whose write end only this process has. When this process dies, however
    it dies, the pipe closes and the children stop.
    """

    def __init__(self, sock: socket.socket, workers: int, on_ready: Callable[[], None]) -> None:
        self._sock = sock
        self._workers = workers
        self._on_ready: Callable[[], None] | None = on_ready
        self._stop = asyncio.Event()
        self._children: set[asyncio.subprocess.Process] = set()
        self._environment = dict(os.environ)
        self._never_started = False

    async def run(self) -> None:
        """Run until SIGTERM or SIGINT; raises SystemExit where the API cannot start at all."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        lifeline, keep = os.pipe()
        with tempfile.TemporaryDirectory(prefix="overture-metrics-") as metrics:
            self._environment["PROMETHEUS_MULTIPROC_DIR"] = metrics
            api = ["api", "--fd", str(self._sock.fileno()), "--lifeline", str(lifeline), "--metrics", metrics]
            work = ["work", "--lifeline", str(lifeline)]
            async with asyncio.TaskGroup() as group:
                group.create_task(self._keep("api", api, (self._sock.fileno(), lifeline)))
                for _ in range(self._workers):
                    group.create_task(self._keep("work", work, (lifeline,)))
                await self._stop.wait()
                await self._stop_children()
        os.close(keep)
        os.close(lifeline)
        if self._never_started:
            raise SystemExit(1)

    async def _keep(self, name: str, arguments: list[str], fds: tuple[int, ...]) -> None:
        pause = FASTEST_RESTART
        deaths = 0
        loop = asyncio.get_running_loop()
        while not self._stop.is_set():
            began = loop.time()
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "overture",
                *arguments,
                pass_fds=fds,
                stdout=asyncio.subprocess.PIPE,
                env=self._environment,
            )
            self._children.add(child)
            await self._read(child)
            code = await child.wait()
            self._children.discard(child)
            if self._stop.is_set():
                return
            log.error("child.died", child=name, code=code)
            deaths += 1
            if name == "api" and self._on_ready is not None and deaths >= FIRST_TRIES:
                self._never_started = True
                self._stop.set()
                return
            pause = FASTEST_RESTART if loop.time() - began > HEALTHY_SECONDS else min(pause * 2, SLOWEST_RESTART)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)

    async def _read(self, child: asyncio.subprocess.Process) -> None:
        """Read a child's output to its end; the API's ready line makes us ready, once."""
        assert child.stdout is not None
        while line := await child.stdout.readline():
            if b'"url"' in line and self._on_ready is not None:
                self._on_ready()
                self._on_ready = None

    async def _stop_children(self) -> None:
        for child in list(self._children):
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(signal.SIGTERM)
        waits = [asyncio.create_task(child.wait()) for child in self._children]
        if waits:
            await asyncio.wait(waits, timeout=STOP_SECONDS)
        for child in list(self._children):
            with contextlib.suppress(ProcessLookupError):
                child.kill()
