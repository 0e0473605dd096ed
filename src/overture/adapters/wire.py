"""One request and its answer, read within limits."""

import zlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

import httpcore2
import httpx2

from overture.domain.errors import FetchFailed

Headers = Sequence[tuple[bytes, bytes]]
_HEADER_BYTES = 64 * 1024
_HEADER_LINES = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch: bytes on the wire, bytes decoded, seconds in all and to connect, redirects."""

    wire_bytes: int = 2_000_000
    decoded_bytes: int = 5_000_000
    seconds: float = 15.0
    connect_seconds: float = 5.0
    redirects: int = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers in lower case (the first of each name), and the stream of the body."""

    status: int
    headers: dict[str, str]
    stream: httpcore2.Response


@asynccontextmanager
async def ask(  # the parts of a request
    pool: httpcore2.AsyncConnectionPool,
    method: str,
    url: httpx2.URL,
    headers: Headers,
    *,
    content: bytes | None = None,
    connect_seconds: float = 5.0,
) -> AsyncGenerator[Answer]:
    """Send the request and give the answer with its body unread; leaving closes it.

    Raises:
        FetchFailed: no connection, or no sound HTTP.
        FetchBlocked: the guard refused the address.
    """
    target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    headers = [(b"Host", url.netloc), *headers]
    timeouts = {"connect": connect_seconds, "pool": connect_seconds}
    try:
        async with pool.stream(
            method, target, headers=headers, content=content, extensions={"timeout": timeouts}
        ) as response:
            yield Answer(response.status, _headers(url, response.headers), response)
    except httpcore2.ConnectTimeout as error:
        raise FetchFailed(str(url), "no connection in time") from error
    except httpcore2.ConnectError as error:
        raise FetchFailed(str(url), "no connection") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise FetchFailed(str(url), "the answer broke off or is no HTTP") from error
    except httpcore2.TimeoutException as error:
        raise FetchFailed(str(url), "no answer in time") from error


async def read_body(url: httpx2.URL, answer: Answer, limits: Limits) -> bytes:
    """Read the body, content coding removed.

    Raises:
        FetchFailed: it is larger than the limits, its coding was not asked for, or it is broken.
    """
    coding = answer.headers.get("content-encoding", "identity").strip().lower()
    if coding not in {"identity", "", "gzip", "x-gzip"}:
        raise FetchFailed(str(url), "answered in a coding that was not asked for")
    sink = _Gzip(str(url), limits.decoded_bytes) if "gzip" in coding else None
    body = bytearray()
    wire = 0
    async with aclosing(answer.stream.aiter_stream()) as chunks:
        async for chunk in chunks:
            wire += len(chunk)
            if wire > limits.wire_bytes:
                raise FetchFailed(str(url), f"is larger than {limits.wire_bytes:,} bytes")
            if sink is None:
                body += chunk
            else:
                sink.feed(chunk)
            if len(body) > limits.decoded_bytes:
                raise FetchFailed(str(url), f"is larger than {limits.decoded_bytes:,} bytes")
    return sink.result() if sink else bytes(body)


class _Gzip:
    """Bounded decompression; several members in a row are one body, as gzip says."""

    def __init__(self, url: str, limit: int) -> None:
        self._url = url
        self._limit = limit
        self._body = bytearray()
        self._member = zlib.decompressobj(31)
        self._fed = False

    def feed(self, data: bytes) -> None:
        try:
            while data:
                if self._member.eof:
                    if not data.startswith(b"\x1f\x8b"):
                        return  # padding
                    self._member = zlib.decompressobj(31)
                self._fed = True
                self._body += self._member.decompress(data, self._limit + 1 - len(self._body))
                if len(self._body) > self._limit:
                    raise FetchFailed(self._url, f"is larger than {self._limit:,} bytes")
                data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        except zlib.error as error:
            raise FetchFailed(self._url, "the compressed answer is broken") from error

    def result(self) -> bytes:
        if self._fed and not self._member.eof:
            raise FetchFailed(self._url, "the compressed answer is broken")
        return bytes(self._body)


def _headers(url: httpx2.URL, raw: Headers) -> dict[str, str]:
    if len(raw) > _HEADER_LINES or sum(len(name) + len(value) for name, value in raw) > _HEADER_BYTES:
        raise FetchFailed(str(url), "answered with too many headers")
    headers: dict[str, str] = {}
    for name, value in raw:
        headers.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return headers
