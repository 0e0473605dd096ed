"""Pages of the public web, fetched politely and within limits."""

import asyncio
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass, replace

import httpcore2
import httpx2

from overture import __version__
from overture.adapters.clock import SystemClock
from overture.adapters.guard import GuardedBackend, Network, Resolver, Rules, check_url, open_pool
from overture.adapters.robots import AGENT, Robots
from overture.adapters.slots import Slots
from overture.adapters.wire import Answer, Limits, ask, read_body
from overture.domain.errors import FetchBlocked, FetchFailed
from overture.ports import Clock, Page, Validators

_CONNECTIONS = 256
_PER_HOST = 2
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_DATA_TYPE = re.compile(r"(?:application|text)/(?!xhtml)(?:[\w.-]+\+)?(?:json|xml)|text/plain")
_KEPT_HEADERS = frozenset({"content-language", "content-type", "etag", "last-modified"})
LONGEST_PAUSE = 3.0
"""Seconds between requests to a host at most, whatever its Crawl-delay: six pages within the 20 s of a visit."""
_LONGEST_TAG = 500
_NEVER = ("linkedin.com", "linkedin.cn", "lnkd.in")
_ROBOTS_LIMITS = Limits(wire_bytes=200_000, decoded_bytes=500_000, seconds=5.0)


_DATA = b"application/json, application/xml;q=0.9, text/xml;q=0.9"


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked for, and how; ``body`` is JSON to POST, which follows no redirect."""

    method: str
    headers: list[tuple[bytes, bytes]]
    body: bytes | None = None
    data: bool = False
    known: Validators | None = None

    def headers_for(self, address: str) -> list[tuple[bytes, bytes]]:
        """The headers, with the conditions where the address is the one that they are of."""
        if self.known is None or self.known.url != address:
            return self.headers
        wanted = ((b"If-None-Match", _plain(self.known.etag)), (b"If-Modified-Since", _plain(self.known.modified)))
        return [*self.headers, *((name, value) for name, value in wanted if value)]


class HttpWeb:
    """Implements ``ports.Web``: every new connection passes the guard, robots.txt is obeyed.

    LinkedIn is never asked for, not even by a redirect. At most two requests to a host are under way at a
    time; waiting for that counts within the time of the fetch.

    Args:
        allow: ranges that hosts written as plain addresses may lie in; for trials on loopback.
        contact: an address or URL for the user agent.
        robots: False fetches without asking robots.txt.
        limits: bounds of one fetch; data, which may list a thousand roles, may have four times the bytes.
        clock: stamps the pages.
        resolver: stands in for the system's name resolution.
        backend: stands in for the sockets under the guard.
        ssl_context: stands in for the system's roots.
    """

    def __init__(  # noqa: PLR0913  # settings, all optional
        self,
        *,
        allow: tuple[Network, ...] = (),
        contact: str = "",
        robots: bool = True,
        limits: Limits | None = None,
        clock: Clock | None = None,
        resolver: Resolver | None = None,
        backend: httpcore2.AsyncNetworkBackend | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._rules = Rules(allow=allow)
        self._limits = limits or Limits()
        self._data_limits = replace(
            self._limits, wire_bytes=4 * self._limits.wire_bytes, decoded_bytes=4 * self._limits.decoded_bytes
        )
        self._clock = clock or SystemClock()
        self._pool = open_pool(
            GuardedBackend(self._rules, resolver, backend), connections=_CONNECTIONS, ssl_context=ssl_context
        )
        self._slots = Slots(_PER_HOST)
        self._robots = Robots(self._load_robots) if robots else None
        self._headers = [
            (b"User-Agent", user_agent(contact)),
            (b"Accept", b"text/html, application/xhtml+xml, text/plain;q=0.8"),
            (b"Accept-Encoding", b"gzip, identity"),
            (b"Accept-Language", b"en, *;q=0.5"),
        ]

    async def fetch(self, url: str, known: Validators | None = None) -> Page:
        """GET one page; see ``ports.Web``."""
        return await self._within_time(url, _Asking("GET", self._headers, known=known))

    async def data(self, url: str, body: bytes | None = None) -> Page:
        """GET data, or POST JSON to get some; see ``ports.Web``."""
        headers = [(name, _DATA if name == b"Accept" else value) for name, value in self._headers]
        if body is None:
            return await self._within_time(url, _Asking("GET", headers, data=True))
        headers += [(b"Content-Type", b"application/json"), (b"Content-Length", str(len(body)).encode())]
        return await self._within_time(url, _Asking("POST", headers, body, data=True))

    async def _within_time(self, url: str, asking: "_Asking") -> Page:
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._fetch(url, asking)
        except TimeoutError as error:
            raise FetchFailed(url, f"took longer than {self._limits.seconds:g} seconds") from error
        except FetchBlocked as error:
            raise FetchBlocked(url, error.reason) from error
        except FetchFailed as error:
            raise FetchFailed(url, error.reason) from error

    async def close(self) -> None:
        """Close the connections."""
        await self._pool.aclose()

    async def _fetch(self, url: str, asking: "_Asking") -> Page:
        target = self._checked(url)
        connect = self._limits.connect_seconds
        for _ in range(self._limits.redirects + 1):
            pause = 0.0
            if self._robots is not None:
                origin = f"{target.scheme}://{target.netloc.decode('ascii')}"
                pause = min(await self._robots.check(str(target), origin), LONGEST_PAUSE)
            headers = asking.headers_for(_spelled(target))
            async with (
                self._slots.hold(target.host, pause),
                ask(self._pool, asking.method, target, headers, content=asking.body, connect_seconds=connect) as answer,
            ):
                location = _redirect(answer) if asking.body is None else None
                if location is None:
                    return await self._read(url, target, answer, asking)
            target = self._checked(_joined(target, location))
        raise FetchFailed(url, f"redirects more than {self._limits.redirects} times")

    async def _read(self, url: str, target: httpx2.URL, answer: Answer, asking: "_Asking") -> Page:
        if answer.status == 304 and asking.headers_for(_spelled(target)) is not asking.headers:
            return self._page(url, target, answer, b"")
        if answer.status != 200:
            raise FetchFailed(url, _refusal(answer.status))
        data = asking.data
        content_type = answer.headers.get("content-type", "")
        kind = content_type.partition(";")[0].strip().lower()
        if kind and not (_DATA_TYPE.fullmatch(kind) if data else kind in _PAGE_TYPES):
            raise FetchFailed(url, f"is no {'data' if data else 'page'} but {kind[:60]}")
        limits = self._data_limits if data else self._limits
        _refuse_announced(url, answer, limits)
        body = await read_body(target, answer, limits)
        return self._page(url, target, answer, body)

    def _page(self, url: str, target: httpx2.URL, answer: Answer, body: bytes) -> Page:
        return Page(
            url=url,
            final_url=_spelled(target),
            status=answer.status,
            content_type=answer.headers.get("content-type") or "text/html",
            body=body,
            fetched_at=self._clock.now(),
            headers={name: value for name, value in answer.headers.items() if name in _KEPT_HEADERS},
        )

    def _checked(self, url: str) -> httpx2.URL:
        target = check_url(url, self._rules)
        host = target.raw_host.decode("ascii").removesuffix(".")
        if any(host == name or host.endswith(f".{name}") for name in _NEVER):
            raise FetchBlocked(url, "LinkedIn is never fetched")
        return target

    async def _load_robots(self, url: str) -> tuple[int, bytes]:
        try:
            async with asyncio.timeout(_ROBOTS_LIMITS.seconds):
                return await self._follow_robots(url)
        except TimeoutError as error:
            raise FetchFailed(url, "no answer in time") from error

    async def _follow_robots(self, url: str) -> tuple[int, bytes]:
        target = self._checked(url)
        for _ in range(self._limits.redirects + 1):
            async with ask(self._pool, "GET", target, self._headers) as answer:
                location = _redirect(answer)
                if location is None:
                    body = await read_body(target, answer, _ROBOTS_LIMITS) if answer.status < 300 else b""
                    return answer.status, body
            target = self._checked(_joined(target, location))
        return 404, b""  # RFC 9309: too many redirects may be taken as absent


def user_agent(contact: str = "") -> bytes:
    """Return our name and version, with the contact where it is printable ASCII."""
    known = "".join(c for c in contact if c.isascii() and c.isprintable() and c not in "()")[:200].strip()
    return f"{AGENT}/{__version__}{f' (+{known})' if known else ''}".encode("ascii")


def _spelled(url: httpx2.URL) -> str:
    """The address with its path written out, so that a host alone and its root are one."""
    text = str(url)
    return text if url.raw_path != b"/" or text.endswith("/") else f"{text}/"


def _redirect(answer: Answer) -> str | None:
    return answer.headers.get("location") if answer.status in _REDIRECTS else None


def _joined(base: httpx2.URL, location: str) -> str:
    # Headers are Latin-1 on the wire, and servers put UTF-8 there.
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    if any(c in location for c in "\\\t\r\n"):
        raise FetchBlocked(str(base), "redirects to no plain web address")
    try:
        return str(base.join(location.strip().replace(" ", "%20")))
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchFailed(str(base), "redirects to no web address") from error


_MEANINGS = {
    401: "it wants a password",
    403: "the site refuses programs, or this one",
    404: "there is no such page",
    410: "the page is gone",
    429: "the site asks for fewer requests",
    503: "the site is overloaded or under maintenance",
}


def _refusal(status: int) -> str:
    meaning = _MEANINGS.get(status) or ("the site has a fault" if status >= 500 else "")
    return f"answered {status}{f': {meaning}' if meaning else ''}"


def _plain(value: str) -> bytes:
    """A validator as it may be sent back: printable ASCII, of a sensible length."""
    return value.encode("ascii") if value.isascii() and value.isprintable() and len(value) <= _LONGEST_TAG else b""


def _refuse_announced(url: str, answer: Answer, limits: Limits) -> None:
    length = answer.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > limits.wire_bytes:
        raise FetchFailed(url, f"is larger than {limits.wire_bytes:,} bytes")
