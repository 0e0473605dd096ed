"""Accepting requests: whole or not at all, once, within credits and windows."""

import asyncio
from uuid import uuid4

import pytest

from overture.domain.accounts import Caller, Tier
from overture.domain.errors import Forbidden, NotEnoughCredits, NotFound, RateLimited
from overture.domain.messages import MessageType
from overture.store import messages
from overture.usecases import accounts, requests, settlement
from overture.usecases.services import Services
from tests.builders import ALL_TYPES, lead, request
from tests.usecases.conftest import counts, sound


async def rows(services: Services) -> dict[str, int]:
    found: dict[str, int] = {}
    for table in ("request", "lead", "message", "chunk", "ledger", "request_digest", "pgqueuer"):
        row = await services.database.once(f"SELECT count(*) FROM {table}")
        assert row
        found[table] = row[0]
    return found


async def write(services: Services, request_id, *pairs: tuple[int, MessageType], text: str | None = "Hello") -> None:
    outcomes = [
        messages.Outcome(idx, kind, text, "[]" if text else None, None if text else "No reason", None)
        for idx, kind in pairs
    ]
    await settlement.settle(services, request_id, outcomes, 0)


async def test_an_accepted_request_is_whole(services: Services, caller: Caller) -> None:
    """Request, leads, messages, hold, chunk and job stand together."""
    accepted = await requests.submit(services, caller, request(3, ALL_TYPES))
    assert not accepted.duplicate
    assert await rows(services) == {
        "request": 1, "lead": 3, "message": 15, "chunk": 1, "ledger": 2, "request_digest": 1, "pgqueuer": 1,
    }  # fmt: skip
    assert await counts(services, caller.account_id) == (985, 15, 0)
    await sound(services)


async def test_large_requests_are_cut_into_chunks(services: Services, caller: Caller) -> None:
    await requests.submit(services, caller, request(45))
    assert (await rows(services))["chunk"] == 3
    await sound(services)


async def test_an_equal_body_is_the_first_request(services: Services, caller: Caller) -> None:
    first = await requests.submit(services, caller, request(2))
    again = await requests.submit(services, caller, request(2))
    assert (again.id, again.duplicate) == (first.id, True)
    assert await counts(services, caller.account_id) == (998, 2, 0)


async def test_fifty_equal_bodies_at_once_make_one_request(services: Services, caller: Caller) -> None:
    results = await asyncio.gather(*(requests.submit(services, caller, request(2)) for _ in range(50)))
    assert len({r.id for r in results}) == 1
    assert sum(not r.duplicate for r in results) == 1
    assert (await rows(services))["request"] == 1
    await sound(services)


async def test_credits_are_all_or_nothing(services: Services) -> None:
    """A request that the balance does not cover leaves nothing: no row, no count."""
    made = await accounts.create(services, "poor", credits=4, tier=Tier.SCALE)
    caller = await accounts.authenticate(services, made.api_key)
    before = await rows(services)
    with pytest.raises(NotEnoughCredits):
        await requests.submit(services, caller, request(1, ALL_TYPES))
    assert await rows(services) == before
    window = await services.database.once("SELECT minute_used FROM usage_window WHERE kind = 'messages'")
    assert window and window[0] == 0


async def test_parallel_demand_takes_exactly_what_is_there(services: Services) -> None:
    made = await accounts.create(services, "some", credits=50, tier=Tier.SCALE)
    caller = await accounts.authenticate(services, made.api_key)

    async def one(number: int) -> bool:
        try:
            await requests.submit(services, caller, request((lead(number),)))
        except NotEnoughCredits:
            return False
        return True

    assert sum(await asyncio.gather(*(one(n) for n in range(100)))) == 50
    assert await counts(services, caller.account_id) == (0, 50, 0)
    await sound(services)


async def test_the_minute_of_messages_is_inclusive(services: Services) -> None:
    """The testing tier takes ten messages a minute, not eleven, and keeps nothing of the refused."""
    made = await accounts.create(services, "trial", credits=100)
    caller = await accounts.authenticate(services, made.api_key)
    await requests.submit(services, caller, request(2, ALL_TYPES))
    before = await rows(services)
    with pytest.raises(RateLimited) as refused:
        await requests.submit(services, caller, request((lead(9),)))
    assert 1 <= refused.value.retry_after <= 60
    assert await rows(services) == before


async def test_what_is_written_is_used_again_for_nothing(services: Services, caller: Caller) -> None:
    """The same lead and type in a later request: the stored text, complete at once, no credit."""
    kind = MessageType.FIRST_FOLLOW_UP
    first = await requests.submit(services, caller, request(1))
    await write(services, first.id, (0, kind))
    later = await requests.submit(services, caller, request(1, campaign_id="another"))
    view = await requests.retrieve(services, caller, later.id)
    assert (view.complete, view.generated, view.failed) == (True, 1, 0)
    assert view.leads[0].texts[kind] == "Hello"
    assert await counts(services, caller.account_id) == (999, 0, 1)
    await sound(services)


async def test_what_another_request_is_writing_is_shared(services: Services, caller: Caller) -> None:
    """The later request waits, pays nothing, and completes together with the first."""
    kind = MessageType.FIRST_FOLLOW_UP
    first = await requests.submit(services, caller, request(1))
    later = await requests.submit(services, caller, request(2, campaign_id="another"))
    assert await counts(services, caller.account_id) == (998, 2, 0)
    await write(services, later.id, (1, kind))
    assert not (await requests.retrieve(services, caller, later.id)).complete
    await write(services, first.id, (0, kind))
    view = await requests.retrieve(services, caller, later.id)
    assert (view.complete, view.generated) == (True, 2)
    await sound(services)


async def test_a_failed_message_fails_those_who_share_it_and_may_be_tried_again(
    services: Services, caller: Caller
) -> None:
    kind = MessageType.FIRST_FOLLOW_UP
    first = await requests.submit(services, caller, request(1))
    sharer = await requests.submit(services, caller, request(1, campaign_id="another"))
    await write(services, first.id, (0, kind), text=None)
    assert (await requests.retrieve(services, caller, sharer.id)).failed == 1
    assert await counts(services, caller.account_id) == (1000, 0, 0)
    again = await requests.submit(services, caller, request(1))
    assert not again.duplicate
    await write(services, again.id, (0, kind))
    assert (await requests.retrieve(services, caller, again.id)).generated == 1
    assert await counts(services, caller.account_id) == (999, 0, 1)
    await sound(services)


async def test_a_lead_listed_twice_is_written_once(services: Services, caller: Caller) -> None:
    kind = MessageType.FIRST_FOLLOW_UP
    accepted = await requests.submit(services, caller, request((lead(1), lead(1))))
    assert await counts(services, caller.account_id) == (999, 1, 0)
    await write(services, accepted.id, (0, kind))
    view = await requests.retrieve(services, caller, accepted.id)
    assert (view.complete, view.requested, view.generated) == (True, 2, 2)
    assert [x.texts[kind] for x in view.leads] == ["Hello", "Hello"]
    await sound(services)


async def test_requests_that_share_each_other_settle_without_a_deadlock(services: Services, caller: Caller) -> None:
    """Two requests own what the other waits for; both settle, at once, many times."""
    kind = MessageType.FIRST_FOLLOW_UP
    for turn in range(10):
        a, b = lead(turn * 2), lead(turn * 2 + 1)
        one = await requests.submit(services, caller, request((a,), campaign_id="a"))
        two = await requests.submit(services, caller, request((b, a), campaign_id="b"))
        three = await requests.submit(services, caller, request((a, b), campaign_id="c"))
        await asyncio.gather(write(services, one.id, (0, kind)), write(services, two.id, (0, kind)))
        assert (await requests.retrieve(services, caller, three.id)).complete
    await sound(services)


async def test_a_late_writer_changes_nothing(services: Services, caller: Caller) -> None:
    """The first settlement stays; a second, from a worker that was frozen, is ignored and not paid."""
    kind = MessageType.FIRST_FOLLOW_UP
    accepted = await requests.submit(services, caller, request(1))
    await write(services, accepted.id, (0, kind), text="First")
    await write(services, accepted.id, (0, kind), text="Second")
    view = await requests.retrieve(services, caller, accepted.id)
    assert view.leads[0].texts[kind] == "First"
    assert await counts(services, caller.account_id) == (999, 0, 1)
    await sound(services)


async def test_two_writers_at_once_settle_once(services: Services, caller: Caller) -> None:
    kind = MessageType.FIRST_FOLLOW_UP
    accepted = await requests.submit(services, caller, request(1))
    await asyncio.gather(*(write(services, accepted.id, (0, kind), text=f"Text {n}") for n in range(8)))
    assert await counts(services, caller.account_id) == (999, 0, 1)
    await sound(services)


async def test_accounts_do_not_see_each_other(services: Services, caller: Caller) -> None:
    made = await accounts.create(services, "two", credits=10, tier=Tier.SCALE)
    other = await accounts.authenticate(services, made.api_key)
    mine = await requests.submit(services, caller, request(1))
    theirs = await requests.submit(services, other, request(1))
    assert mine.id != theirs.id
    with pytest.raises(Forbidden):
        await requests.retrieve(services, other, mine.id)
    with pytest.raises(NotFound):
        await requests.retrieve(services, other, uuid4())
    await sound(services)
