"""Receive webhooks, and take only those that the server has signed.

OVERTURE_WEBHOOK_SECRETS=whsec_... python examples/webhook_receiver.py 8000

During a rotation give both secrets, with a comma between. Behind a proxy on a public address, let the proxy do TLS.
"""

import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from overture.client import WebhookInvalid, Webhooks

MOST_BYTES = 1_000_000
webhooks = Webhooks(os.environ["OVERTURE_WEBHOOK_SECRETS"].split(","))
seen: set[str] = set()


class Receiver(BaseHTTPRequestHandler):
    """Answers 204 to what is signed, 400 to anything else."""

    def do_POST(self) -> None:
        """Verify the raw bytes first, and look at nothing before."""
        length = self.headers.get("Content-Length", "")
        size = int(length) if length.isascii() and length.isdigit() else 0
        body = self.rfile.read(min(size, MOST_BYTES))
        try:
            webhook = webhooks.verify(body, dict(self.headers))
        except WebhookInvalid as error:
            print(f"refused: {error}", flush=True)
            self.answer(400)
            return
        if webhook.id not in seen:  # a webhook may come more than once; keep the ids where they outlive the process
            seen.add(webhook.id)
            print(f"received {webhook.id}: {webhook.body}", flush=True)
        self.answer(204)

    def answer(self, status: int) -> None:
        """Answer without a body."""
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing more."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
    print(f"listening on http://127.0.0.1:{server.server_address[1]}/", flush=True)
    server.serve_forever()
