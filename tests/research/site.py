"""A web server on loopback that answers byte for byte what a test wants."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Handler = Callable[["Request", asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Site:
    """Routes by path; ``seen`` holds every request that reached it."""

    host: str
    port: int = 0
    routes: dict[str, "bytes | Handler"] = field(default_factory=dict)
    seen: list[Request] = field(default_factory=list)
    now: int = 0
    most: int = 0

    @property
    def url(self) -> str:
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.seen]

    def page(
        self, path: str, html: str | bytes, *headers: str, status: str = "200 OK", kind: str = "text/html"
    ) -> None:
        self.routes[path] = reply(html, *headers, status=status, kind=kind)

    def redirect(self, path: str, target: str, status: str = "302 Found") -> None:
        self.routes[path] = reply("", f"Location: {target}", status=status)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await _read(reader)
                self.seen.append(request)
                self.now += 1
                self.most = max(self.most, self.now)
                try:
                    route = self.routes.get(request.path.partition("?")[0], self.routes.get("*"))
                    if callable(route):
                        await route(request, writer)
                    else:
                        writer.write(route or reply("", status="404 Not Found"))
                    await writer.drain()
                finally:
                    self.now -= 1
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


def reply(body: str | bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    data = body.encode() if isinstance(body, str) else body
    lines = [
        f"HTTP/1.1 {status}",
        *([f"Content-Type: {kind}"] if kind else []),
        f"Content-Length: {len(data)}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, path, headers, body)


@asynccontextmanager
async def serving(host: str = "127.0.0.1") -> AsyncIterator[Site]:
    site = Site(host)
    server = await asyncio.start_server(site.serve, host, 0)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        await asyncio.sleep(0)
