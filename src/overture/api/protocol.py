"""uvicorn's HTTP protocol with a deadline for every state in which a client can hold a connection."""

import asyncio
import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, cast

from starlette.types import Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from overture.api.problems import Problem, overloaded

_MALFORMED = Problem(400, "Bad request: Malformed HTTP")
# The parser would take the bytes after an offer to upgrade for another protocol, and the body with them. Clients
# that offer HTTP/2 in clear text (Java's does) send a body all the same; a name of the same length hides the offer.
_OFFER = re.compile(rb"^upgrade:", re.IGNORECASE | re.MULTILINE)
_HEAD_TOO_LARGE = Problem(431, "Request header fields too large: The request's head is too long")


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How long and how much a connection may take.

    ``idle_seconds``: from the connection to its first byte. ``head_seconds``: from a request's first byte to
    the end of its head. ``keep_alive_seconds``: from an answer to the next request. ``linger_seconds``: after
    an answer that came before the whole body, for the rest of it. ``write_seconds``: while the client does not
    take what was written. How long a body may take that is being read is the edge's business. Beyond
    ``most_connections`` requests are answered with 503.
    """

    idle_seconds: float = 15.0
    head_seconds: float = 10.0
    keep_alive_seconds: int = 5
    linger_seconds: float = 5.0
    write_seconds: float = 15.0
    head_bytes: int = 64 * 1024
    most_connections: int | None = None


class _Receiving(Enum):
    """What the client is to send next."""

    NOTHING = auto()
    HEAD = auto()
    BODY = auto()


def _without_offer(data: bytes) -> bytes:
    """Hide an offer to upgrade in what begins with a request's head."""
    head, end, rest = data.partition(b"\r\n\r\n")
    return _OFFER.sub(b"x-offer:", head) + end + rest if b"pgrade:" in head.lower() else data


async def _shed(_scope: Scope, _receive: Receive, send: Send) -> None:
    problem = overloaded().problem
    headers = [(b"content-type", b"application/json"), (b"connection", b"close"), (b"retry-after", b"1")]
    headers.append((b"content-length", str(len(problem.body)).encode()))
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": problem.body})


class DeadlineProtocol(HttpToolsProtocol):
    """Breaks off a connection that is idle, or sends its request or takes its answer too slowly."""

    limits = ConnectionLimits()

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Take what uvicorn hands to every protocol."""
        super().__init__(config, server_state, app_state, _loop)
        self._deadline: asyncio.TimerHandle | None = None
        self._receiving = _Receiving.NOTHING
        self._uncounted = 0
        self._broken = False

    def _arm(self, seconds: float) -> None:
        self._disarm()
        self._deadline = self.loop.call_later(seconds, self._expire)

    def _disarm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _expire(self) -> None:
        self._deadline = None
        if self._receiving is _Receiving.HEAD and self._owed() and not self.transport.is_closing():
            # A further request's head waits behind the answer in the making: not the client's fault.
            self._arm(self.limits.head_seconds)
        else:
            self.transport.abort()

    def _owed(self) -> RequestResponseCycle | None:
        """The newest request whose answer is not complete."""
        cycle = cast("RequestResponseCycle | None", self.cycle)  # None before the first request
        return cycle if cycle is not None and not cycle.response_complete else None

    def _rest(self) -> None:
        """Nothing is owed by either side: uvicorn closes after the keep-alive time, this makes sure of it."""
        self._receiving = _Receiving.NOTHING
        self._arm(self.timeout_keep_alive + self.limits.write_seconds)

    def _refuse(self, problem: Problem) -> None:
        body = problem.body
        head = b"content-type: application/json\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(body)
        self.transport.write(STATUS_LINE[problem.status] + head + body)
        self.transport.close()
        self._arm(self.limits.write_seconds)

    def connection_made(  # pyright: ignore[reportIncompatibleMethodOverride]  # as in the parent
        self, transport: asyncio.Transport
    ) -> None:
        """Start the clock; one connection too many is served 503 only."""
        super().connection_made(transport)
        most = self.limits.most_connections
        if most is not None and len(self.connections) > most:
            self.app = _shed
        self._arm(self.limits.idle_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._disarm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser. What nobody counts (heads, chunk sizes, trailers) has a limit of its own."""
        if self._broken or self.transport.is_closing():
            return
        if self._receiving is _Receiving.NOTHING and not self._owed():
            self._receiving = _Receiving.HEAD
            self._arm(self.limits.head_seconds)
        self._uncounted += len(data)
        super().data_received(_without_offer(data) if self._receiving is _Receiving.HEAD else data)
        if self._uncounted > self.limits.head_bytes and not self.transport.is_closing():
            if self._receiving is _Receiving.HEAD and not self._owed():
                self._refuse(_HEAD_TOO_LARGE)
            else:
                self.transport.abort()

    def on_message_begin(self) -> None:
        """A request's first byte; with pipelining it may come while another is answered."""
        if self._receiving is not _Receiving.HEAD:
            self._receiving = _Receiving.HEAD
            self._arm(self.limits.head_seconds)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole; from here on the edge watches the body."""
        self._receiving = _Receiving.BODY
        self._uncounted = 0
        self._disarm()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of a body, which the edge counts."""
        self._uncounted = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._receiving = _Receiving.NOTHING
        self._uncounted = 0
        super().on_message_complete()
        if not self._owed():
            self._rest()

    def on_response_complete(self) -> None:
        """The answer is written, perhaps before the whole request was received, perhaps not yet taken."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._arm(self.limits.write_seconds)
        elif self._receiving is _Receiving.BODY:
            self._arm(self.limits.linger_seconds)
        elif self._receiving is _Receiving.NOTHING and not self._owed():
            self._rest()

    def pause_writing(self) -> None:
        """The client takes the answer too slowly for now."""
        super().pause_writing()
        self._arm(self.limits.write_seconds)

    def resume_writing(self) -> None:
        """It caught up."""
        super().resume_writing()
        if self._owed():
            self._disarm()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  # uvicorn's words; ours are JSON
        """Answer malformed HTTP, without ever writing into the answer to another request."""
        cycle = self._owed()
        in_body = self._receiving is _Receiving.BODY
        if cycle is not None and not in_body:
            # What follows a good request is garbage: answer the good one, then close.
            cycle.keep_alive = False
            self._broken = True
        elif in_body and (cycle is None or cycle.response_started):
            self.transport.abort()
        else:
            self._refuse(_MALFORMED)

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: an offer to upgrade may be ignored, and any client may make one."""


def protocol_with(limits: ConnectionLimits) -> type[DeadlineProtocol]:
    """Return the protocol class with ``limits``."""

    class Limited(DeadlineProtocol):
        """One server's protocol."""

    Limited.limits = limits
    return Limited
