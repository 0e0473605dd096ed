"""Holding and paying calls that arrive together: exact, whoever comes first, and nothing is held twice."""

import asyncio

import pytest

from overture.domain.accounts import Caller, Tier, Unit
from overture.domain.errors import NotEnoughCredits, RateLimited
from overture.store.linkedin.calls import WINDOW_CALLS
from overture.usecases import accounts, audit
from overture.usecases.services import Services


async def _caller(services: Services, actions: int) -> Caller:
    made = await accounts.create(services, "metered", actions=actions, tier=Tier.SCALE)
    return await accounts.authenticate(services, made.api_key)


async def _pay(services: Services, caller: Caller, most: int, cost: int, status: int = 200) -> bool:
    """Make one call; False where the balance does not cover it."""
    try:
        async with services.metering.billed(caller, "test", most) as bill:
            await asyncio.sleep(0)
            bill.charge(cost, status)
    except NotEnoughCredits:
        return False
    return True


async def _left(services: Services, caller: Caller) -> int:
    return (await accounts.credits_of(services, caller.account_id, Unit.ACTIONS)).remaining


async def _sound(services: Services) -> None:
    assert [finding for finding in await audit.check(services) if finding.breaches] == []


async def test_calls_that_arrive_together_never_overdraw(services: Services) -> None:
    caller = await _caller(services, 10)
    passed = await asyncio.gather(*(_pay(services, caller, 1, 1) for _ in range(25)))
    assert sum(passed) == 10
    assert await _left(services, caller) == 0
    await _sound(services)


async def test_a_dear_call_does_not_take_cheap_ones_with_it(services: Services) -> None:
    caller = await _caller(services, 3)
    passed = await asyncio.gather(*(_pay(services, caller, most, most) for most in (5, 1, 1, 1, 1)))
    assert passed[0] is False
    assert sum(passed) == 3
    await _sound(services)


async def test_what_was_held_and_not_spent_comes_back(services: Services) -> None:
    caller = await _caller(services, 100)
    await asyncio.gather(*(_pay(services, caller, 10, 3) for _ in range(8)))
    assert await _left(services, caller) == 100 - 24
    assert await _pay(services, caller, 10, 10, status=500)
    assert await _left(services, caller) == 100 - 24
    await _sound(services)


async def test_customers_are_paid_apart(services: Services) -> None:
    rich, poor = await _caller(services, 50), await _caller(services, 2)
    passed = await asyncio.gather(
        *(_pay(services, caller, 1, 1) for _ in range(10) for caller in (rich, poor)), return_exceptions=True
    )
    assert sum(item is True for item in passed) == 12
    assert await _left(services, rich) == 40
    assert await _left(services, poor) == 0
    await _sound(services)


async def test_a_caller_that_hangs_up_pays_nothing(services: Services) -> None:
    caller = await _caller(services, 5)
    call = asyncio.create_task(_pay(services, caller, 5, 5))
    await asyncio.sleep(0)  # the batch is on its way
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    for _ in range(200):
        if await _left(services, caller) == 5:
            break
        await asyncio.sleep(0.02)
    assert await _left(services, caller) == 5
    await _sound(services)


async def test_a_key_has_its_calls_of_a_minute_and_no_more(services: Services) -> None:
    caller = await _caller(services, 10_000)

    async def one() -> bool:
        async with services.metering.billed(caller, "test", 1) as bill:
            try:
                bill.admit()
            except RateLimited:
                return False
            return True

    admitted = sum(await asyncio.gather(*(one() for _ in range(2 * WINDOW_CALLS + 50))))
    assert WINDOW_CALLS <= admitted <= 2 * WINDOW_CALLS  # more than one minute's, where a minute began meanwhile
    await _sound(services)
