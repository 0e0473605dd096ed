"""The outermost ASGI layer: request ids, limits on bodies, errors to answers, security headers, access log."""

import asyncio
import re
import uuid
from collections.abc import Mapping
from time import perf_counter

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overture.api.metrics import HttpMetrics
from overture.api.options import EdgeOptions
from overture.api.problems import (
    PLAIN,
    ClientGone,
    ErrorShape,
    HttpRefusal,
    Problem,
    body_encoded,
    body_too_large,
    body_too_slow,
    overloaded,
    problem_of,
)
from overture.telemetry import faults, logs

_REQUEST_ID = re.compile(rb"[\x21-\x7e]{1,128}")
_CLIENT_GONE = 499
_LOGGED_PATH = 200
_log = logs.get("overture.api")


def _header(scope: Scope, name: bytes) -> bytes | None:
    for key, value in scope["headers"]:
        if key == name:
            return value
    return None


def _bounded(receive: Receive, limit: int, seconds: float) -> Receive:
    """Wrap ``receive``: a body longer than ``limit``, or not complete after ``seconds``, raises HttpRefusal."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    seen = 0
    complete = False

    async def bounded() -> Message:
        nonlocal seen, complete
        if complete:
            return await receive()
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError:
            raise body_too_slow() from None
        if message["type"] == "http.disconnect":
            raise ClientGone
        seen += len(message.get("body", b""))
        if seen > limit:
            raise body_too_large(limit)
        complete = not message.get("more_body", False)
        return message

    return bounded


class _Exchange:
    """One request and its answer; remembers what the access log wants to know."""

    def __init__(self, send: Send, request_id: bytes, shape: ErrorShape) -> None:
        self.status = 0
        self._send = send
        self._request_id = request_id
        self._shape = shape

    async def send(self, message: Message) -> None:
        """Pass ``message`` on; the start of an answer gets the headers that every answer has."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers: list[tuple[bytes, bytes]] = list(message.get("headers", ()))
            headers.append((b"x-request-id", self._request_id))
            headers.append((b"x-content-type-options", b"nosniff"))
            headers.append((b"referrer-policy", b"no-referrer"))
            if not any(name == b"cache-control" for name, _ in headers):
                headers.append((b"cache-control", b"no-store"))
            message["headers"] = headers
        else:
            faults.reach("a5")
        await self._send(message)

    async def refuse(self, problem: Problem) -> None:
        """Answer with ``problem``."""
        body = self._shape.body(problem)
        media_type = self._shape.media_type.encode()
        headers = [(b"content-type", media_type), (b"content-length", str(len(body)).encode())]
        headers += [(name.lower().encode(), value.encode()) for name, value in problem.headers]
        await self.send({"type": "http.response.start", "status": problem.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


class Edge:
    """Wraps the router. Whatever happens inside, the caller gets an answer that says nothing it should not."""

    def __init__(
        self, app: ASGIApp, options: EdgeOptions, metrics: HttpMetrics, shapes: Mapping[str, ErrorShape] | None = None
    ) -> None:
        """``shapes`` says by the beginning of a path how errors look there; else they are ``{"error": ...}``."""
        self._app = app
        self._shapes = dict(shapes or {})
        self._options = options
        self._metrics = metrics
        self._in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; the lifespan passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = _header(scope, b"x-request-id")
        known = given is not None and _REQUEST_ID.fullmatch(given) is not None
        request_id = given if known and given is not None else uuid.uuid4().hex.encode()
        structlog.contextvars.bind_contextvars(request_id=request_id.decode())
        exchange = _Exchange(send, request_id, self._shape(scope["path"]))
        started = perf_counter()
        self._in_flight += 1
        try:
            await self._serve(scope, receive, exchange)
        except ClientGone:
            exchange.status = _CLIENT_GONE
        except Exception as error:  # noqa: BLE001  # the outermost layer: whatever it is, the caller gets an answer
            await self._answer(error, exchange)
        finally:
            self._in_flight -= 1
            self._record(scope, exchange.status or _CLIENT_GONE, perf_counter() - started)

    def _shape(self, path: str) -> ErrorShape:
        return next((shape for prefix, shape in self._shapes.items() if path.startswith(prefix)), PLAIN)

    async def _serve(self, scope: Scope, receive: Receive, exchange: _Exchange) -> None:
        options = self._options
        if options.max_in_flight is not None and self._in_flight > options.max_in_flight:
            raise overloaded()
        length = _header(scope, b"content-length")
        if length is not None or _header(scope, b"transfer-encoding") is not None:
            if (_header(scope, b"content-encoding") or b"identity").lower() != b"identity":
                raise body_encoded()
            if length is not None and int(length) > options.max_body_bytes:
                raise body_too_large(options.max_body_bytes)
            receive = _bounded(receive, options.max_body_bytes, options.body_seconds)
        await self._app(scope, receive, exchange.send)

    async def _answer(self, error: Exception, exchange: _Exchange) -> None:
        problem = problem_of(error)
        if problem.status >= 500 and not isinstance(error, HttpRefusal):
            _log.error("http.failed", status=problem.status, exc_info=error)
        if exchange.status:
            # The answer has begun and cannot be taken back: the server breaks the connection off.
            raise error
        await exchange.refuse(problem)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        self._metrics.observe(scope["method"], scope.get("overture.route", scope["path"]), status, seconds)
        if self._options.access_log:
            _log.info(
                "http.request",
                method=scope["method"],
                path=scope["path"][:_LOGGED_PATH],
                status=status,
                ms=round(seconds * 1000, 2),
                account_id=scope.get("account_id"),
            )
