"""What the demonstrations share: a server of their own, pages and a receiver on loopback, commands as processes."""

import http.server
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from overture.cli.failures import fail


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, and writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class Receiver(Quiet):
    """Keeps what it is sent, and answers 200."""

    received: queue.Queue[tuple[dict[str, str], bytes]] = queue.Queue()

    def do_POST(self) -> None:
        """Take a webhook."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.received.put(({k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


@contextmanager
def served(handler: object) -> Generator[str]:
    """Serve on a free loopback port; yields the address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)  # pyright: ignore[reportArgumentType]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a demonstration: none of the caller's settings, loopback allowed."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("OVERTURE_")}
    return kept | {
        "OVERTURE_DATA_DIR": str(data_dir),
        "OVERTURE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "OVERTURE_LOG_LEVEL": "warning",
        **settings,
    }


@contextmanager
def running(environ: dict[str, str], log: Path) -> Generator[str]:
    """Run ``overture serve`` on a free port; yields its address. What does not start ends the command."""
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "overture", "serve", "--port", "0"],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            fail(f"the server did not start; its log:\n{log.read_text()[-2000:]}")
        try:
            yield json.loads(line)["url"]
        finally:
            process.terminate()
            process.wait(15)


def command(environ: dict[str, str], *arguments: str) -> Any:
    """Run ``overture ARGUMENTS --json``; returns what it printed."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "overture", *arguments, "--json"], env=environ, capture_output=True, check=False
    )
    if done.returncode:
        fail(f"overture {' '.join(arguments)} failed:\n{done.stderr.decode(errors='replace')[-2000:]}")
    return json.loads(done.stdout)
