"""A small HTTP/1.1 client for load: keep-alive connections, bodies encoded beforehand."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of requests took. Latencies are in milliseconds."""

    count: int
    seconds: float
    p50: float
    p99: float
    statuses: dict[int, int]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.count / self.seconds


def raw(method: str, url: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Encode one request."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"{method} {target} HTTP/1.1", f"Host: {parts.netloc}", f"Content-Length: {len(body)}"]
    lines += [f"{k}: {v}" for k, v in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lower = head.lower()
    at = lower.find(b"content-length:")
    length = int(lower[at + 15 : lower.index(b"\r\n", at)]) if at >= 0 else 0
    if length:
        await reader.readexactly(length)
    return status


async def drive(url: str, requests: Sequence[bytes], concurrency: int) -> Load:
    """Send all requests over ``concurrency`` connections, in order."""
    parts = urlsplit(url)
    todo = iter(requests)
    times: list[float] = []
    statuses: dict[int, int] = {}

    async def connection() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=2**24)
        for request in todo:
            began = time.perf_counter()
            writer.write(request)
            status = await _answer(reader)
            times.append((time.perf_counter() - began) * 1000)
            statuses[status] = statuses.get(status, 0) + 1
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(connection() for _ in range(concurrency)))
    seconds = time.perf_counter() - began
    ordered = sorted(times)
    return Load(len(ordered), seconds, statistics.median(ordered), ordered[int(len(ordered) * 0.99) - 1], statuses)
