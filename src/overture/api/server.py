"""Serving the application with uvicorn: one coroutine that starts, tells when it is ready, and stops in time."""

import asyncio
import contextlib
import math
import resource
import signal
import socket
from collections.abc import AsyncGenerator, Callable, Generator
from dataclasses import replace

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from overture.api.protocol import ConnectionLimits, protocol_with

BACKLOG = 2_048
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class _Server(uvicorn.Server):
    """Leaves signals to us, and tells when it accepts connections."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    def stop(self) -> None:
        """Begin a graceful stop; asked twice, do not wait for anything."""
        if self.should_exit:
            self.force_exit = True
        self.should_exit = True


class _Watched:
    """Keeps the error of a lifespan that failed, which uvicorn only logs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.failure: Exception | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            if scope["type"] == "lifespan":
                self.failure = error
            raise


def _within_descriptors(limits: ConnectionLimits) -> ConnectionLimits:
    """Choose a limit of connections that leaves descriptors for everything else."""
    if limits.most_connections is not None:
        return limits
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if descriptors == resource.RLIM_INFINITY:
        return limits
    return replace(limits, most_connections=descriptors * 3 // 4)


def _config(app: ASGIApp, limits: ConnectionLimits, grace_seconds: float) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=protocol_with(_within_descriptors(limits)),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=limits.keep_alive_seconds,
        timeout_graceful_shutdown=max(1, math.floor(grace_seconds)),
    )


@contextlib.asynccontextmanager
async def _stopped_by_signals(server: _Server) -> AsyncGenerator[None]:
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, server.stop)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


async def _stop_on(event: asyncio.Event, server: _Server) -> None:
    await event.wait()
    server.stop()


async def serve(
    app: ASGIApp,
    sock_or_fd: socket.socket | int,
    *,
    on_ready: Callable[[], None],
    grace_seconds: float = 8.0,
    limits: ConnectionLimits | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Serve ``app`` on a bound socket until it is stopped; requests in hand get ``grace_seconds`` to end.

    ``stop`` set, or the task cancelled, stops it gracefully. Without ``stop``, SIGTERM and SIGINT do; a second
    signal does not wait. Raises what the application's lifespan raised at its start.
    """
    sock = sock_or_fd if isinstance(sock_or_fd, socket.socket) else socket.socket(fileno=sock_or_fd)
    watched = _Watched(app)
    server = _Server(_config(watched, limits or ConnectionLimits(), grace_seconds), on_ready)
    async with contextlib.AsyncExitStack() as stack:
        if stop is None:
            await stack.enter_async_context(_stopped_by_signals(server))
        else:
            watcher = asyncio.create_task(_stop_on(stop, server))
            stack.callback(watcher.cancel)
        await _run(server, sock, watched)


async def _run(server: _Server, sock: socket.socket, watched: _Watched) -> None:
    # A task of its own: a cancelled caller must not take the requests in hand with it.
    serving = asyncio.create_task(_serve(server, sock))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.stop()
        await serving
        raise
    if watched.failure is not None and not server.started:
        raise watched.failure


async def _serve(server: _Server, sock: socket.socket) -> None:
    # uvicorn leaves by SystemExit where the lifespan fails, which would end the loop and not only this task.
    with contextlib.suppress(SystemExit):
        await server.serve(sockets=[sock])
