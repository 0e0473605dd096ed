"""Fixtures of other rooms, and a receiver whose answers repeat what it was sent."""

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import Quiet, Receiver, served
from tests.gateway.conftest import stage as _stage
from tests.usecases.conftest import services as _services
from tests.usecases.test_worker import sites as _sites

stage = _stage
services = _services
sites = _sites


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    kept = Receiver()

    class Handler(Quiet):
        def do_POST(self) -> None:  # noqa: N802
            payload = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            kept.all.append(({name.lower(): value for name, value in self.headers.items()}, payload))
            self.send_response(200)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

    with served(Handler) as url:
        kept.url = url
        yield kept
