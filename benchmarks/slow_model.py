"""A model host for measuring: answers every call after a fixed time, and counts tokens as a host with a prefix cache.

``python -m benchmarks.slow_model SECONDS`` prints its port. It speaks OpenAI's wire format, keeps every prefix that it
has answered once, and writes one honest note a lead: the first fact, word for word. ``GET /`` tells what it counted.
"""

import asyncio
import json
import sys
from dataclasses import dataclass, field

from benchmarks.quality.obedient_model import completion

CHARACTERS_A_TOKEN = 4


@dataclass
class Counted:
    """What arrived."""

    calls: int = 0
    under_way: int = 0
    most: int = 0
    read: int = 0
    cached: int = 0
    prefixes: set[str] = field(default_factory=set)


class Connection(asyncio.Protocol):
    """One connection, one call after another."""

    def __init__(self, seconds: float, counted: Counted) -> None:
        self._seconds = seconds
        self._counted = counted
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take whole calls out of the buffer."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            at = head.find(b"content-length:")
            size = int(head[at + 15 :].split(b"\r\n")[0]) if at >= 0 else 0
            if len(self._buffer) < end + 4 + size:
                return
            body, self._buffer = self._buffer[end + 4 : end + 4 + size], self._buffer[end + 4 + size :]
            self._take(head, body)

    def _take(self, head: bytes, body: bytes) -> None:
        if head.startswith(b"get"):
            told = {k: v for k, v in vars(self._counted).items() if k != "prefixes"}
            self._write(json.dumps(told).encode())
            return
        counted = self._counted
        counted.calls += 1
        counted.under_way += 1
        counted.most = max(counted.most, counted.under_way)
        asyncio.get_running_loop().call_later(self._seconds, self._answer, body)

    def _answer(self, body: bytes) -> None:
        counted = self._counted
        counted.under_way -= 1
        call = json.loads(body)
        prefix, lead = call["messages"][0]["content"], call["messages"][1]["content"]
        read, cached = (len(prefix) + len(lead)) // CHARACTERS_A_TOKEN, 0
        if prefix in counted.prefixes:
            cached = len(prefix) // CHARACTERS_A_TOKEN
        counted.prefixes.add(prefix)
        counted.read += read
        counted.cached += cached
        facts = json.loads(lead.split("<lead>\n")[1].split("\n</lead>")[0])["evidence"]
        note = [{"role": "lead_claim", "cites": [facts[0]["id"]], "text": facts[0]["text"]}] if facts else []
        kinds = call["response_format"]["json_schema"]["schema"]["properties"]
        text = json.dumps({kind: note if kind == "connection_request" else [] for kind in kinds})
        self._write(json.dumps(completion(text, (read, len(text) // CHARACTERS_A_TOKEN, cached))).encode())

    def _write(self, payload: bytes) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n"
        self._transport.write(head.encode() + payload)


async def main() -> None:
    """Serve until killed."""
    counted, seconds = Counted(), float(sys.argv[1])
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(seconds, counted), "127.0.0.1", 0, backlog=1024
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
