"""What happens on LinkedIn: told once each, signed, paid by the day."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest

from overture import queue
from overture.domain.accounts import Unit
from overture.domain.errors import NotEnoughCredits, NotFound
from overture.domain.linkedin.actions import Invite
from overture.simulator.world import FaultKind
from overture.store.linkedin import news as news_rows
from overture.usecases import accounts, webhooks
from overture.usecases.linkedin import monitors, news
from overture.usecases.linkedin.acting import act
from tests.e2e.conftest import Receiver
from tests.gateway.conftest import Stage
from tests.usecases.conftest import sound


async def told(stage: Stage) -> list[dict[str, object]]:
    rows = await stage.services.database.all_once("SELECT body FROM event ORDER BY triggered_at, id")
    return [json.loads(row[0]) for row in rows]


async def watched(stage: Stage, url: str) -> str:
    made = await monitors.create(stage.services, stage.caller, stage.token, url, name=None, country="FR")
    await monitors.start(stage.services, stage.caller, made.id)
    await news.poll(stage.services, (await stage.who()).id)  # from now on
    return made.id


async def deliver(stage: Stage) -> None:
    async with stage.services.database.transaction() as tx:
        rows = await tx.fetch("SELECT id FROM event WHERE state = 'pending'")
        await queue.enqueue(tx, [])
    for row in rows:
        await webhooks.deliver(stage.services, row["id"], 1)


async def test_news_reach_a_webhook_signed(stage: Stage, receiver: Receiver) -> None:
    """An invitation is accepted after some weeks; the body is the documented one, its signature holds."""
    monitor = await watched(stage, receiver.url)
    for person in await stage.strangers(15):
        stage.clock.move(timedelta(days=1))
        await act(stage.services, await stage.who(), Invite(person))
    await stage.world.advance(timedelta(days=29))
    who = await stage.who()
    assert await news.poll(stage.services, who.id) > 0
    await deliver(stage)
    kinds = {json.loads(body)["event"]["type"] for _, body in receiver.all}
    assert "accepted_invitation" in kinds
    async with stage.services.database.reading() as tx:
        (secret,) = await accounts.open_secrets(stage.services, tx, stage.caller.account_id)
    for headers, body in receiver.all:
        signed = f"{headers['x-linkup-timestamp']}.".encode() + body
        expected = "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        assert hmac.compare_digest(headers["x-linkup-signature"], expected)
        assert json.loads(body)["account_id"] == monitor
    await sound(stage.services)


@pytest.mark.parametrize("kind", [FaultKind.NEWS_TWICE, FaultKind.NEWS_REORDERED, FaultKind.NEWS_LATE])
async def test_each_happening_is_told_once(stage: Stage, kind: FaultKind) -> None:
    """Doubled, late and disordered reports are the same happenings."""
    await watched(stage, "https://app.example.com/hooks")
    who = await stage.who()
    await stage.world.advance(timedelta(days=25))
    await stage.world.fault(kind, name="news", times=2)
    for _ in range(4):
        await news.poll(stage.services, who.id)
    bodies = [json.dumps(body["event"], sort_keys=True) for body in await told(stage)]
    assert len(bodies) == len(set(bodies)) > 0
    async with stage.services.database.reading() as tx:
        assert len(await news_rows.listed(tx, who.id, 100)) == len(bodies)


async def test_nobody_is_told_before_the_start_or_after_the_stop(stage: Stage) -> None:
    """Happenings are kept all the same."""
    made = await monitors.create(
        stage.services, stage.caller, stage.token, "https://a.example/x", name="n", country="FR"
    )
    who = await stage.who()
    await news.poll(stage.services, who.id)
    await stage.world.advance(timedelta(days=20))
    assert await news.poll(stage.services, who.id) > 0
    assert await told(stage) == []
    await monitors.start(stage.services, stage.caller, made.id)
    await monitors.stop(stage.services, stage.caller, made.id)
    await stage.world.advance(timedelta(days=9))
    assert await news.poll(stage.services, who.id) > 0
    assert await told(stage) == []


async def test_monitoring_costs_ten_credits_a_day(stage: Stage) -> None:
    """One for 144 minutes; stopping and starting again within them costs nothing more, and gives nothing back."""
    monitor = await watched(stage, "https://app.example.com/hooks")

    async def left() -> int:
        return (await accounts.credits_of(stage.services, stage.caller.account_id, Unit.ACTIONS)).remaining

    assert await left() == 999
    await monitors.stop(stage.services, stage.caller, monitor)
    await monitors.start(stage.services, stage.caller, monitor)
    assert await left() == 999
    for _ in range(24 * 60 // 144 - 1):
        stage.clock.move(timedelta(minutes=144))
        await monitors.pay_due(stage.services)
    assert await left() == 990
    await sound(stage.services)


async def test_what_cannot_be_paid_stops(stage: Stage) -> None:
    """The balance is never below zero."""
    monitor = await watched(stage, "https://app.example.com/hooks")
    await stage.services.database.once(
        "UPDATE balance SET available = 0, captured = captured + available WHERE unit = 'actions'"
    )
    stage.clock.move(timedelta(minutes=145))
    await monitors.pay_due(stage.services)
    ((found, _),) = await monitors.list_monitors(stage.services, stage.caller)
    assert found.id == monitor
    assert not found.active
    with pytest.raises(NotEnoughCredits):
        await monitors.start(stage.services, stage.caller, monitor)


async def test_monitors_belong_to_one_customer(stage: Stage) -> None:
    """Another customer finds nothing."""
    monitor = await watched(stage, "https://app.example.com/hooks")
    made = await accounts.create(stage.services, "two")
    other = await accounts.authenticate(stage.services, made.api_key)
    for ask in (monitors.start, monitors.stop, monitors.delete):
        with pytest.raises(NotFound):
            await ask(stage.services, other, monitor)
    assert await monitors.list_monitors(stage.services, other) == []
