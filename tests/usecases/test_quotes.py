"""What a request would cost: told exactly, and nothing is written."""

import asyncio

from overture.domain.accounts import Caller, Tier
from overture.domain.messages import MessageType
from overture.usecases import accounts, cancelling, quotes, requests
from overture.usecases.idempotency import Once
from overture.usecases.services import Services
from tests.builders import ALL_TYPES, lead, request
from tests.usecases.conftest import counts
from tests.usecases.test_submit import rows, write

FOLLOW_UP = MessageType.FIRST_FOLLOW_UP


async def test_a_new_request_is_priced_as_it_is_then_held(services: Services, caller: Caller) -> None:
    before = await rows(services)
    told = await quotes.quote(services, caller, request(3, ALL_TYPES))
    assert await rows(services) == before
    assert (told.asked, told.to_write, told.written, told.in_progress, told.repeated) == (15, 15, 0, 0, 0)
    assert (told.available, told.after, told.accepted) == (1000, 985, True)
    await requests.submit(services, caller, request(3, ALL_TYPES))
    assert (await counts(services, caller.account_id))[0] == told.after


async def test_what_is_shared_is_free(services: Services, caller: Caller) -> None:
    first = await requests.submit(services, caller, request(2))
    await write(services, first.id, (0, FOLLOW_UP))
    people = (lead(0), lead(1), lead(2), lead(2))
    told = await quotes.quote(services, caller, request(people, campaign_id="another"))
    assert (told.asked, told.to_write, told.written, told.in_progress, told.repeated) == (4, 1, 1, 1, 1)
    await requests.submit(services, caller, request(people, campaign_id="another"))
    assert (await counts(services, caller.account_id))[0] == told.after
    assert any("listed again" in warning for warning in told.warnings)


async def test_an_equal_body_is_named_and_costs_nothing(services: Services, caller: Caller) -> None:
    first = await requests.submit(services, caller, request(2))
    told = await quotes.quote(services, caller, request(2))
    assert (told.duplicate_of, told.to_write, told.after) == (first.id, 0, 998)
    await cancelling.cancel(services, caller, first.id, Once(None, 200), lambda _: b"")
    told = await quotes.quote(services, caller, request(2))
    assert (told.duplicate_of, told.to_write) == (None, 2)


async def test_limits_and_credits_that_do_not_suffice(services: Services) -> None:
    made = await accounts.create(services, "small", credits=8, tier=Tier.TESTING)
    caller = await accounts.authenticate(services, made.api_key)
    told = await quotes.quote(services, caller, request(9))
    assert (told.after, told.accepted) == (-1, False)
    assert (told.messages.minute, told.messages.day) == (10, 1000)
    told = await quotes.quote(services, caller, request(11))
    assert "10 messages a minute" in told.warnings[0]
    await requests.submit(services, caller, request(4))
    told = await quotes.quote(services, caller, request(8, campaign_id="another"))
    assert (told.to_write, told.accepted, told.after) == (4, True, 0)


async def test_a_renewal_that_is_due_is_counted_in(services: Services) -> None:
    made = await accounts.create(services, "old", credits=10, tier=Tier.SCALE)
    caller = await accounts.authenticate(services, made.api_key)
    await requests.submit(services, caller, request(4))
    await services.database.once("UPDATE balance SET period_end = now() - interval '1 day'")
    told = await quotes.quote(services, caller, request(1, campaign_id="another"))
    assert told.available == (await accounts.check_credits(services, caller)).remaining == 10


async def test_warnings_say_what_will_not_work(services: Services, caller: Caller) -> None:
    people = (lead(0), lead(1, company_website_url="https://www.linkedin.com/company/x"))
    odd = request(
        people,
        (FOLLOW_UP,),
        proposition_company_url="https://linkedin.com/company/y",
        hiring_location="GB",
        material_link="https://example.com/case",
    )
    warnings = " ".join((await quotes.quote(services, caller, odd)).warnings)
    for part in ("1 of 2 leads name no website", "1 leads name a page of linkedin.com", "proposition_company_url",
                 "hiring_location", "material_link"):  # fmt: skip
        assert part in warnings
    await accounts.remove_secrets(services, caller.account_id)
    assert "webhook" in " ".join((await quotes.quote(services, caller, odd)).warnings)


async def test_many_quotes_at_once_hold_nothing(services: Services, caller: Caller) -> None:
    await asyncio.gather(*(quotes.quote(services, caller, request(50, ALL_TYPES)) for _ in range(20)))
    assert await counts(services, caller.account_id) == (1000, 0, 0)
