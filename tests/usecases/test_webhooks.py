"""Webhooks: the same bytes each time, on schedule, logged, replayable."""

import dataclasses
import hashlib
import hmac
from collections.abc import Mapping
from uuid import UUID

import pytest
from standardwebhooks import Webhook

from overture.delivery.outcome import decide
from overture.domain import events as domain_events
from overture.domain.accounts import Caller, Tier
from overture.domain.errors import NotFound
from overture.domain.messages import MessageType
from overture.ports import Receipt
from overture.store import messages
from overture.usecases import accounts, requests, settlement, sweep, webhooks
from overture.usecases.services import Services
from tests.builders import request
from tests.usecases.conftest import sound


class Recorder:
    """A receiver that answers what it is told to."""

    def __init__(self, status: int | None = 200, retry_after: int | None = None) -> None:
        self.status = status
        self.retry_after = retry_after
        self.posts: list[tuple[str, bytes, dict[str, str]]] = []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Receipt:
        self.posts.append((url, body, dict(headers)))
        return Receipt(self.status, "", 0.01, "", self.retry_after)


async def completed(services: Services, caller: Caller) -> UUID:
    """Complete a request; returns its event's id."""
    accepted = await requests.submit(services, caller, request(1))
    outcome = messages.Outcome(0, MessageType.FIRST_FOLLOW_UP, "Hello", "[]", None, None)
    await settlement.settle(services, accepted.id, [outcome], 0)
    return (await webhooks.list_events(services, caller.account_id, None))[0].id


async def owner(services: Services) -> tuple[Caller, str]:
    made = await accounts.create(services, "one", credits=10, tier=Tier.SCALE)
    return await accounts.authenticate(services, made.api_key), made.webhook_secret


async def test_attempts_carry_the_same_bytes_and_verify(services: Services) -> None:
    """Both signature schemes verify, on the first attempt, a retry and a replay, for the old secret and the new."""
    caller, secret = await owner(services)
    receiver = Recorder(500)
    sending = dataclasses.replace(services, sender=receiver)
    event_id = await completed(services, caller)
    await webhooks.deliver(sending, event_id, 1)
    rotated = await accounts.rotate_secret(services, caller.account_id)
    await webhooks.deliver(sending, event_id, 2)
    receiver.status = 204
    await webhooks.deliver(sending, event_id, 3)
    await webhooks.replay(services, None, [event_id])
    await webhooks.deliver(sending, event_id, 4)
    assert len(receiver.posts) == 4
    assert len({body for _, body, _ in receiver.posts}) == 1
    assert {headers["webhook-id"] for _, _, headers in receiver.posts} == {str(event_id)}
    for number, (_, body, headers) in enumerate(receiver.posts):
        in_force = [secret] if number == 0 else [rotated, secret]
        for each in in_force:
            Webhook(each).verify(body, headers)
        expected = hmac.new(in_force[0].encode(), body, hashlib.sha256).hexdigest()
        assert headers["X-Upscale-Signature"] == f"sha256={expected}"
    await sound(services)


async def test_a_failed_attempt_waits_for_its_time(services: Services) -> None:
    """After a failure the event is a row with a wake time; the sweep queues it when that has come."""
    caller, _ = await owner(services)
    sending = dataclasses.replace(services, sender=Recorder(503))
    event_id = await completed(services, caller)
    await webhooks.deliver(sending, event_id, 1)
    row = await services.database.once(
        "SELECT extract(epoch FROM next_attempt_at - now())::float8 AS wait, state FROM event"
    )
    assert row and row["state"] == "pending"
    assert 15 <= row["wait"] <= 46
    assert await sweep.wake_due(services) == 0
    await services.database.once("UPDATE event SET next_attempt_at = now() RETURNING 1")
    assert await sweep.wake_due(services) == 1
    assert await sweep.wake_due(services) == 0


async def test_the_schedule_ends_after_25_attempts(services: Services) -> None:
    caller, _ = await owner(services)
    sending = dataclasses.replace(services, sender=Recorder(None))
    event_id = await completed(services, caller)
    for number in range(1, 26):
        await webhooks.deliver(sending, event_id, number)
    events = await webhooks.list_events(services, caller.account_id, "exhausted")
    assert [(e.id, e.attempts) for e in events] == [(event_id, 25)]
    assert len(await webhooks.attempts(services, event_id)) == 25
    await webhooks.deliver(sending, event_id, 26)
    assert len(await webhooks.attempts(services, event_id)) == 25
    await sound(services)


async def test_a_late_attempt_of_an_earlier_number_is_not_made(services: Services) -> None:
    caller, _ = await owner(services)
    receiver = Recorder(500)
    sending = dataclasses.replace(services, sender=receiver)
    event_id = await completed(services, caller)
    for number in (1, 2, 1):
        await webhooks.deliver(sending, event_id, number)
    assert len(receiver.posts) == 2


async def test_without_a_secret_nothing_is_sent_until_a_replay(services: Services) -> None:
    caller, _ = await owner(services)
    await accounts.remove_secrets(services, caller.account_id)
    receiver = Recorder()
    sending = dataclasses.replace(services, sender=receiver)
    event_id = await completed(services, caller)
    await webhooks.deliver(sending, event_id, 1)
    events = await webhooks.list_events(services, caller.account_id, None)
    assert (events[0].state, receiver.posts) == ("skipped", [])
    await accounts.rotate_secret(services, caller.account_id)
    assert await webhooks.replay(services, caller.account_id, [event_id]) == 1
    await webhooks.deliver(sending, event_id, 1)
    assert len(receiver.posts) == 1


async def test_an_account_cannot_replay_anothers_event(services: Services) -> None:
    caller, _ = await owner(services)
    other, _ = await owner(services)
    event_id = await completed(services, caller)
    with pytest.raises(NotFound):
        await webhooks.replay(services, other.account_id, [event_id])


@pytest.mark.parametrize(
    ("status", "state"),
    [(200, "delivered"), (204, "delivered"), (299, "delivered"), (301, "pending"), (304, "pending"), (410, "pending"),
     (429, "pending"), (500, "pending"), (None, "pending"), (199, "pending"), (300, "pending")],
)  # fmt: skip
def test_only_2xx_is_success(status: int | None, state: str) -> None:
    assert decide(Receipt(status, "", 0.0, ""), 1, 0.5).state == state


def test_the_documented_schedule() -> None:
    """First retry after 16 to 46 s, the last after 331,791 to 332,511 s, about 20.4 days after the first attempt."""
    first = [domain_events.retry_delay(1, j).total_seconds() for j in (0.0, 1.0)]
    last = [domain_events.retry_delay(24, j).total_seconds() for j in (0.0, 1.0)]
    assert first == [16, 46]
    assert last == [331_791, 332_511]
    total = sum(domain_events.retry_delay(n, 0.5).total_seconds() for n in range(1, 25))
    assert 20.4 < total / 86_400 < 20.6


def test_retry_after_is_honoured_up_to_a_day() -> None:
    assert decide(Receipt(429, "", 0.0, "", 600), 1, 0.0).delay.total_seconds() == 600  # pyright: ignore
    assert decide(Receipt(429, "", 0.0, "", 10**9), 1, 0.0).delay.total_seconds() == 86_400  # pyright: ignore
