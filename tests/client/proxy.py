"""A proxy on loopback that spoils calls in the ways that networks do."""

import http.client
import http.server
import itertools
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PASS = "pass"
LOST = "reply lost"
"""The server has answered; the caller's connection is cut before a byte of the answer."""
HALF = "reply cut"
"""The same in the middle of the answer."""
RESET = "reset"
"""Cut before the server has seen anything; the caller cannot know that."""
BUSY = "busy"
"""503 with Retry-After, before the server has seen anything."""
LIMITED = "limited"
"""429 with Retry-After, likewise."""


@dataclass
class Proxy:
    """``plan`` says what becomes of the calls, one after another."""

    upstream: str
    plan: Iterator[str] = field(default_factory=lambda: itertools.repeat(PASS))
    retry_after: str = "0"
    url: str = ""
    did: Counter[str] = field(default_factory=Counter[str])
    seen: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def spoil(self, *faults: str) -> None:
        """These come next, and then all pass."""
        self.plan = itertools.chain(faults, itertools.repeat(PASS))

    def cycle(self, faults: Iterable[str]) -> None:
        self.plan = itertools.cycle(faults)

    def next(self) -> str:
        with self.lock:
            fault = next(self.plan)
            self.did[fault] += 1
            return fault


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: Proxy

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_ANY(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        proxy, fault = self.proxy, self.proxy.next()
        proxy.seen.append((self.command, self.path, headers, body))
        if fault == RESET:
            self._cut()
        elif fault in (BUSY, LIMITED):
            self._answer(503 if fault == BUSY else 429, {"Retry-After": proxy.retry_after}, b'{"error": "not now"}')
        else:
            status, told, answer = self._forward(headers, body)
            if fault == LOST:
                self._cut()
            elif fault == HALF:
                self.wfile.write(f"HTTP/1.1 {status} OK\r\nContent-Length: {len(answer)}\r\n\r\n".encode())
                self.wfile.write(answer[: len(answer) // 2])
                self._cut()
            else:
                self._answer(status, told, answer)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_ANY  # noqa: N815

    def _forward(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        target = urlsplit(self.proxy.upstream)
        connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=30)
        try:
            connection.request(self.command, self.path, body, headers | {"accept-encoding": "identity"})
            answer = connection.getresponse()
            kept = {"content-length", "connection", "transfer-encoding", "date", "server"}
            told = {name: value for name, value in answer.getheaders() if name.lower() not in kept}
            return answer.status, told, answer.read()
        finally:
            connection.close()

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.wfile.flush()
        self.connection.close()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def shutdown_request(self, request: object) -> None:
        """A connection that was cut is closed already."""
        with suppress(OSError):
            super().shutdown_request(request)  # type: ignore[arg-type]

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def proxied(upstream: str) -> Iterator[Proxy]:
    """A proxy before a server."""
    proxy = Proxy(upstream)
    server = Server(("127.0.0.1", 0), type("Bound", (Handler,), {"proxy": proxy}))
    proxy.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
