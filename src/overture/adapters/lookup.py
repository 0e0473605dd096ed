"""One service that the operator has chosen in the settings, asked for JSON."""

import asyncio
import ssl
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit, urlunsplit

import httpcore2
import httpx2

from overture.adapters.web import user_agent
from overture.adapters.wire import Limits, ask, read_body
from overture.domain.errors import FetchFailed

_AT_ONCE = 2
_LIMITS = Limits(wire_bytes=1_000_000, decoded_bytes=4_000_000, seconds=10.0, redirects=0)


class HttpLookup:
    """Implements ``ports.Lookup``.

    The address is the operator's own setting, so it may lie in a private network (a search engine beside us)
    and robots.txt is not asked: these are interfaces for programs. No redirect is followed, so a key leaves
    for no other host. At most two requests are under way at a time.

    Args:
        url: the address; a query of its own is kept.
        headers: sent along, such as a key. Never logged, and never part of an error.
        contact: an address or URL for the user agent.
    """

    def __init__(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        contact: str = "",
        limits: Limits = _LIMITS,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._parts = urlsplit(url)
        self._shown = f"{self._parts.scheme}://{self._parts.netloc}{self._parts.path}"
        self._limits = limits
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._headers = [
            (b"User-Agent", user_agent(contact)),
            (b"Accept", b"application/json"),
            (b"Accept-Encoding", b"gzip, identity"),
            *((name.encode("ascii"), value.encode("latin-1")) for name, value in (headers or {}).items()),
        ]
        self._ssl_context = ssl_context
        self._pool: httpcore2.AsyncConnectionPool | None = None  # most processes never ask

    async def get(self, query: Mapping[str, str]) -> bytes:
        """GET the address with this query; see ``ports.Lookup``."""
        whole = "&".join(part for part in (self._parts.query, urlencode(query)) if part)
        target = httpx2.URL(urlunsplit(self._parts._replace(query=whole, fragment="")))
        try:
            async with self._slots, asyncio.timeout(self._limits.seconds):  # waiting for others is no slow answer
                return await self._ask(target)
        except TimeoutError as error:
            raise FetchFailed(self._shown, f"took longer than {self._limits.seconds:g} seconds") from error
        except FetchFailed as error:
            raise FetchFailed(self._shown, error.reason) from None

    async def close(self) -> None:
        """Close the connections."""
        if self._pool is not None:
            await self._pool.aclose()

    async def _ask(self, target: httpx2.URL) -> bytes:
        if self._pool is None:
            self._pool = httpcore2.AsyncConnectionPool(
                ssl_context=self._ssl_context or httpx2.create_ssl_context(),
                max_connections=_AT_ONCE,
                keepalive_expiry=5.0,
            )
        async with ask(self._pool, "GET", target, self._headers) as answer:
            if answer.status != 200:
                raise FetchFailed(self._shown, f"answered {answer.status}")
            return await read_body(target, answer, self._limits)
