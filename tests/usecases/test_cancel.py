"""Cancelling: what is unwritten ends and costs nothing, and nobody else loses a message."""

import asyncio
from uuid import UUID, uuid4

import msgspec
import pytest

from overture.domain import reasons
from overture.domain.accounts import Caller, Tier
from overture.domain.errors import Forbidden, NotFound
from overture.domain.messages import MessageType
from overture.usecases import accounts, cancelling, chunks, requests
from overture.usecases.cancelling import Cancelled
from overture.usecases.idempotency import Key, Once
from overture.usecases.services import Services
from tests.builders import ALL_TYPES, lead, request
from tests.usecases.conftest import counts, sound
from tests.usecases.test_submit import write
from tests.usecases.test_worker import jobs

FOLLOW_UP = MessageType.FIRST_FOLLOW_UP


async def cancel(services: Services, caller: Caller, request_id: UUID) -> Cancelled:
    answer = await cancelling.cancel(services, caller, request_id, Once(None, 200), msgspec.json.encode)
    return msgspec.json.decode(answer.body, type=Cancelled)


async def test_what_is_unwritten_is_released_and_the_event_sent(services: Services, caller: Caller) -> None:
    accepted = await requests.submit(services, caller, request(3, ALL_TYPES))
    await write(services, accepted.id, (0, FOLLOW_UP), (1, FOLLOW_UP))
    answer = await cancel(services, caller, accepted.id)
    assert answer == Cancelled(accepted.id, True, 15, 2, 13, 13, 0)
    view = await requests.retrieve(services, caller, accepted.id)
    assert (view.complete, view.generated, view.failed, view.reasons) == (True, 2, 13, (reasons.CANCELLED,))
    assert await counts(services, caller.account_id) == (998, 0, 2)
    row = await services.database.once("SELECT kind, state FROM event WHERE request_id = $1", accepted.id)
    assert row and tuple(row) == ("request.completed", "pending")
    await sound(services)


async def test_cancelling_again_changes_nothing(services: Services, caller: Caller) -> None:
    accepted = await requests.submit(services, caller, request(2))
    first = await cancel(services, caller, accepted.id)
    assert await cancel(services, caller, accepted.id) == first
    assert await counts(services, caller.account_id) == (1000, 0, 0)
    await sound(services)


async def test_a_complete_request_stays_as_it_is(services: Services, caller: Caller) -> None:
    accepted = await requests.submit(services, caller, request(1))
    await write(services, accepted.id, (0, FOLLOW_UP))
    assert await cancel(services, caller, accepted.id) == Cancelled(accepted.id, True, 1, 1, 0, 0, 0)
    await sound(services)


async def test_results_that_come_late_change_nothing(services: Services, caller: Caller) -> None:
    """The chunk in flight finds its messages settled; the one still queued finds nothing to write."""
    accepted = await requests.submit(services, caller, request(2))
    await cancel(services, caller, accepted.id)
    await write(services, accepted.id, (0, FOLLOW_UP), (1, FOLLOW_UP))
    for task, payload in await jobs(services):
        if task == "chunk.compose":
            await chunks.compose(services, int(payload))
    view = await requests.retrieve(services, caller, accepted.id)
    assert (view.generated, view.failed) == (0, 2)
    assert await counts(services, caller.account_id) == (1000, 0, 0)
    await sound(services)


async def test_what_another_request_waits_for_is_still_written(services: Services, caller: Caller) -> None:
    first = await requests.submit(services, caller, request(2))
    other = await requests.submit(services, caller, request(1, campaign_id="another"))
    answer = await cancel(services, caller, first.id)
    assert (answer.complete, answer.cancelled, answer.kept) == (False, 1, 1)
    await sound(services)
    await write(services, first.id, (0, FOLLOW_UP))
    assert (await requests.retrieve(services, caller, other.id)).generated == 1
    assert await cancel(services, caller, first.id) == Cancelled(first.id, True, 2, 1, 1, 1, 0)
    assert await counts(services, caller.account_id) == (999, 0, 1)
    await sound(services)


async def test_who_waits_can_be_cancelled_and_then_the_writer_too(services: Services, caller: Caller) -> None:
    first = await requests.submit(services, caller, request(1))
    waiting = await requests.submit(services, caller, request(1, campaign_id="another"))
    assert await cancel(services, caller, waiting.id) == Cancelled(waiting.id, True, 1, 0, 1, 1, 0)
    await sound(services)
    assert (await cancel(services, caller, first.id)).complete
    assert await counts(services, caller.account_id) == (1000, 0, 0)
    await sound(services)


async def test_a_lead_listed_twice_is_cancelled_whole(services: Services, caller: Caller) -> None:
    accepted = await requests.submit(services, caller, request((lead(1), lead(1))))
    assert await cancel(services, caller, accepted.id) == Cancelled(accepted.id, True, 2, 0, 2, 2, 0)
    await sound(services)


async def test_the_same_body_may_be_sent_again(services: Services, caller: Caller) -> None:
    accepted = await requests.submit(services, caller, request(1))
    await cancel(services, caller, accepted.id)
    again = await requests.submit(services, caller, request(1))
    assert not again.duplicate
    await write(services, again.id, (0, FOLLOW_UP))
    assert (await requests.retrieve(services, caller, again.id)).generated == 1
    await sound(services)


async def test_cancelling_races_with_writing_and_with_sharing(services: Services, caller: Caller) -> None:
    """Whoever comes first wins each message; nothing is lost, paid twice, or left open."""
    for turn in range(12):
        people = tuple(lead(turn * 10 + n) for n in range(4))
        first = await requests.submit(services, caller, request(people))
        pairs = [(n, FOLLOW_UP) for n in range(4)]
        other = request(people[2:], campaign_id=f"other {turn}")
        _, _, _, shared = await asyncio.gather(
            cancel(services, caller, first.id),
            cancel(services, caller, first.id),
            write(services, first.id, *pairs[:3]),
            requests.submit(services, caller, other),
        )
        await write(services, first.id, *pairs)
        await write(services, shared.id, (0, FOLLOW_UP), (1, FOLLOW_UP))
        assert (await requests.retrieve(services, caller, first.id)).complete
        view = await requests.retrieve(services, caller, shared.id)
        assert view.complete
        assert (view.generated, view.failed) == (2, 0)
        await sound(services)


async def test_another_accounts_request_is_forbidden(services: Services, caller: Caller) -> None:
    made = await accounts.create(services, "two", credits=10, tier=Tier.SCALE)
    other = await accounts.authenticate(services, made.api_key)
    mine = await requests.submit(services, caller, request(1))
    with pytest.raises(Forbidden):
        await cancel(services, other, mine.id)
    with pytest.raises(NotFound):
        await cancel(services, other, uuid4())
    assert not (await requests.retrieve(services, caller, mine.id)).complete


async def test_a_key_gives_the_first_answer_again(services: Services, caller: Caller) -> None:
    first = await requests.submit(services, caller, request(2))
    other = await requests.submit(services, caller, request(1, campaign_id="another"))
    how = Once(Key("cancel", bytes(32)), 200)
    answer = await cancelling.cancel(services, caller, first.id, how, msgspec.json.encode)
    await cancel(services, caller, other.id)
    again = await cancelling.cancel(services, caller, first.id, how, msgspec.json.encode)
    assert (again.body, again.replayed) == (answer.body, True)
