"""Webhooks posted once, with a receipt whatever happens."""

import asyncio
import re
import ssl
import time
from collections.abc import Mapping
from contextlib import aclosing

import httpcore2
import httpx2

from overture.adapters.guard import PORTS, GuardedBackend, Network, Resolver, Rules, check_url, open_pool
from overture.adapters.slots import Slots
from overture.adapters.wire import Answer, ask
from overture.domain.errors import FetchFailed
from overture.ports import Receipt

_CONNECTIONS = 256
_PER_HOST = 4
_READ_BYTES = 64 * 1024
_EXCERPT = 500
_LONGEST_WAIT = 86_400
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_OURS = frozenset({"host", "content-length", "transfer-encoding", "connection", "accept-encoding"})


class HttpSender:
    """Implements ``ports.Sender``: the guard applies, redirects are answers like any other.

    At most four posts to a host are under way at a time; waiting for that does not count within the time
    of the post.

    Args:
        allow: ranges that hosts written as plain addresses may lie in; for trials on loopback.
        https_only: refuse plain http, save inside ``allow``.
        seconds: the time of one post in all.
        ports: the ports that may be asked outside ``allow``.
        resolver: stands in for the system's name resolution.
        backend: stands in for the sockets under the guard.
        ssl_context: stands in for the system's roots.
    """

    def __init__(  # noqa: PLR0913  # settings, all optional
        self,
        *,
        allow: tuple[Network, ...] = (),
        https_only: bool = False,
        seconds: float = 10.0,
        ports: frozenset[int] = PORTS,
        resolver: Resolver | None = None,
        backend: httpcore2.AsyncNetworkBackend | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._rules = Rules(allow=allow, literals=True, ports=ports, https_only=https_only)
        self._seconds = seconds
        self._pool = open_pool(
            GuardedBackend(self._rules, resolver, backend), connections=_CONNECTIONS, ssl_context=ssl_context
        )
        self._slots = Slots(_PER_HOST)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Receipt:
        """POST once; see ``ports.Sender``."""
        try:
            target = check_url(url, self._rules)
            lines = _lines(headers)
        except (FetchFailed, UnicodeError) as error:
            return Receipt(None, error.reason if isinstance(error, FetchFailed) else "a header is no text", 0.0, "")
        async with self._slots.hold(target.host):
            started = time.monotonic()
            try:
                async with asyncio.timeout(self._seconds):
                    return await self._post(target, body, lines, started)
            except TimeoutError:
                error = f"no answer within {self._seconds:g} seconds"
            except FetchFailed as failure:
                error = failure.reason
            except Exception as failure:  # noqa: BLE001  # the contract: whatever happens is a receipt
                error = f"could not be sent ({type(failure).__name__})"
            return Receipt(None, error, time.monotonic() - started, "")

    async def close(self) -> None:
        """Close the connections."""
        await self._pool.aclose()

    async def _post(self, target: httpx2.URL, body: bytes, lines: list[tuple[bytes, bytes]], started: float) -> Receipt:
        async with ask(self._pool, "POST", target, lines, content=body, connect_seconds=self._seconds) as answer:
            excerpt = await _excerpt(answer)
            return Receipt(
                answer.status, "", time.monotonic() - started, excerpt, _seconds(answer.headers.get("retry-after"))
            )


def _lines(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    lines = [
        (name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items() if name.lower() not in _OURS
    ]
    return [*lines, (b"Accept-Encoding", b"identity")]


async def _excerpt(answer: Answer) -> str:
    """Read at most 64 KB. An answer that breaks off after its status is still an answer."""
    body = bytearray()
    try:
        async with aclosing(answer.stream.aiter_stream()) as chunks:
            async for chunk in chunks:
                body += chunk[: _READ_BYTES - len(body)]
                if len(body) >= _READ_BYTES:
                    break
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException):
        pass
    if answer.headers.get("content-encoding", "identity").strip().lower() not in {"identity", ""}:
        return ""
    return _UNPRINTED.sub(" ", bytes(body[: 8 * _EXCERPT]).decode("utf-8", "replace"))[:_EXCERPT].strip()


def _seconds(value: str | None) -> int | None:
    """Return the seconds of a Retry-After header, at most a day; its form with a date is not read."""
    if value is None or not re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return None
    return min(int(value), _LONGEST_WAIT)
