"""Waiting for a browser that comes back from a sign-in page to an address of this machine."""

import hmac
import http.server
import time
from urllib.parse import parse_qs, urlsplit

from overture.cli.failures import fail

WAIT_SECONDS = 300
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class _Returns(http.server.BaseHTTPRequestHandler):
    """Takes one answer with the state that was given out; whatever else comes is refused."""

    path_wanted = ""
    state_wanted = ""
    code = ""
    error = ""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = parse_qs(parts.query)
        state = query.get("state", [""])[0]
        if parts.path != self.path_wanted or not hmac.compare_digest(state.encode(), self.state_wanted.encode()):
            self._say(404, "Nothing here.")
            return
        type(self).code = query.get("code", [""])[0]
        type(self).error = query.get("error_description", query.get("error", [""]))[0]
        self._say(200, "You can close this window and go back to the terminal.")

    def _say(self, status: int, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the address holds the code."""


def wait_for_code(redirect_uri: str, state: str, seconds: float = WAIT_SECONDS) -> str:
    """Listen at the redirect address until the browser brings a code; ends the command where none comes."""
    target = urlsplit(redirect_uri)
    if target.hostname not in _LOOPBACK or target.port is None:
        fail("OVERTURE_LINKEDIN_REDIRECT_URI must be an address of this machine with a port", code=2)
    handler = type("Returns", (_Returns,), {"path_wanted": target.path, "state_wanted": state})
    with http.server.HTTPServer((target.hostname, target.port), handler) as server:
        server.timeout = 1.0
        until = time.monotonic() + seconds
        while not handler.code and not handler.error and time.monotonic() < until:
            server.handle_request()
    if not handler.code:
        fail(f"LinkedIn did not sign the member in: {handler.error[:200] or 'nobody came back'}")
    return handler.code
