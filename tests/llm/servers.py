"""Model hosts over real HTTP on loopback: scripted ones, and the three vendors' wire formats."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Call:
    """One call that arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Host:
    """A host and what it was sent."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0


Script = Callable[[BaseHTTPRequestHandler, int, Call], None]
"""Answers the nth call, from 0, by writing to the handler."""


@contextmanager
def host(script: Script) -> Iterator[Host]:
    """Serve a script on a free port."""
    kept, lock = Host(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            payload = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            call = Call(self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(payload or b"{}"))
            with lock:
                number = len(kept.calls)
                kept.calls.append(call)
                kept.under_way += 1
                kept.most_under_way = max(kept.most_under_way, kept.under_way)
            try:
                script(self, number, call)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                with lock:
                    kept.under_way -= 1

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kept.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes | dict[str, Any], status: int = 200, **headers: str) -> None:
    """Answer whole."""
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(payload)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(payload)


def openai(text: str | None, **changes: Any) -> dict[str, Any]:
    """A chat completion: 5,000 tokens read, 4,000 of them cached, 200 written."""
    message: dict[str, Any] = {"role": "assistant", "content": text} | changes
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {
            "prompt_tokens": 5_000,
            "completion_tokens": 200,
            "total_tokens": 5_200,
            "prompt_tokens_details": {"cached_tokens": 4_000},
        },
    }


def anthropic(text: str) -> dict[str, Any]:
    """The same of Anthropic, which counts cached tokens beside the others."""
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-sonnet-4-6",
        "content": [{"type": "text", "text": text}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {
            "input_tokens": 1_000,
            "cache_read_input_tokens": 4_000,
            "cache_creation_input_tokens": 0,
            "output_tokens": 200,
        },
    }


def google(text: str) -> dict[str, Any]:
    """The same of Google."""
    return {
        "candidates": [{"content": {"role": "model", "parts": [{"text": text}]}, "finishReason": "STOP", "index": 0}],
        "usageMetadata": {
            "promptTokenCount": 5_000,
            "cachedContentTokenCount": 4_000,
            "candidatesTokenCount": 200,
            "totalTokenCount": 5_200,
        },
        "modelVersion": "gemini-2.5-flash",
    }
