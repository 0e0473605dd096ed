"""`overture listen` as a real process: events are handed on as they are made, signed, and nothing of theirs changes."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from standardwebhooks.webhooks import Webhook

from overture.domain.accounts import Tier
from overture.store import events
from overture.store.events import Event
from overture.usecases import accounts
from overture.usecases.services import Services
from tests.e2e.conftest import Receiver, receiver
from tests.linkup.conftest import environment
from tests.usecases.conftest import services

__all__ = ["receiver", "services"]
pytestmark = [pytest.mark.anyio, pytest.mark.process]


async def _make(services: Services, account_id: object, body: bytes) -> Event:
    made = Event(
        uuid4(), account_id, uuid4(), "complete", "https://elsewhere.example.com/hook", body,  # type: ignore[arg-type]
        services.clock.now(), "pending", 0, 0, None,
    )  # fmt: skip
    async with services.database.transaction() as tx:
        await events.add(tx, made)
    return made


async def test_events_are_handed_on_signed_and_left_alone(
    services: Services, receiver: Receiver, database_url: str, tmp_path: Path
) -> None:
    one = await accounts.create(services, "one", tier=Tier.SCALE)
    other = await accounts.create(services, "another", tier=Tier.SCALE)
    await _make(services, one.account_id, b'{"old":1}')
    receiver.answer = lambda number: 200 if number == 1 else 503
    url = receiver.url.replace("127.0.0.1", "localhost") + "/hook"
    process = subprocess.Popen(
        [sys.executable, "-m", "overture", "listen", "--forward-to", url, "--account", str(one.account_id)],
        env=environment(database_url, tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        ready = await asyncio.to_thread(process.stderr.readline)
        assert ready.startswith("Ready.")
        await _make(services, other.account_id, b'{"foreign":1}')
        made = [await _make(services, one.account_id, body) for body in (b'{"n":1}', b'{"n":2}')]
        got = [await asyncio.to_thread(receiver.received.get, True, 30) for _ in made]
        lines = [await asyncio.to_thread(process.stdout.readline) for _ in made]  # type: ignore[union-attr]
    finally:
        process.send_signal(signal.SIGINT)
        out, err = await asyncio.to_thread(process.communicate, None, 30)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    assert "2 events" in err
    for (headers, body), event in zip(got, made, strict=True):
        assert body == event.body
        assert headers["webhook-id"] == str(event.id)
        Webhook(one.webhook_secret).verify(body, headers)
    assert [line.split()[3] for line in lines] == ["200", "503"]
    assert out == ""
    async with services.database.reading() as tx:
        for event in await events.listed(tx, None, None, 10):
            assert (event.state, event.attempts) == ("pending", 0)
            assert not await events.attempts(tx, event.id)
