"""Through a network that loses answers nothing is done twice, and nothing is missing."""

import asyncio
from typing import Any, cast

import pytest

from overture.client import AsyncClient, Client, ClientError, NotConnected, ReplyLost, Retries
from overture.client.errors import Conflict, NotEnoughCredits, RateLimited, Unavailable
from overture.client.models import GenerationRequest
from tests.builders import body
from tests.campaigns.test_routes import Firm
from tests.client.conftest import QUICK, blocking
from tests.client.proxy import BUSY, HALF, LIMITED, LOST, PASS, RESET, Proxy
from tests.usecases.conftest import sound

pytestmark = [pytest.mark.anyio, pytest.mark.long]
FAULTS = (PASS, LOST, PASS, RESET, BUSY, HALF, LOST, PASS, LIMITED, PASS, LOST)


def wanted(number: int) -> GenerationRequest:
    return cast("GenerationRequest", body(1, automation_tool_campaign_id=f"campaign-{number}"))


async def count(firm: Firm, table: str) -> int:
    row = await firm.services.database.once(f"SELECT count(*) FROM {table}")
    assert row
    return int(row[0])


async def test_200_requests_through_a_bad_network_are_200_requests(
    firm: Firm, proxy: Proxy, client: AsyncClient
) -> None:
    """Half by each client; more than half of the calls go wrong on their way."""
    proxy.cycle(FAULTS)
    lanes = asyncio.Semaphore(8)

    async def submit(number: int) -> str:
        async with lanes:
            return (await client.generation.submit(wanted(number))).secure_request_id

    def submit_all(blocked: Client) -> list[str]:
        return [blocked.generation.submit(wanted(number)).secure_request_id for number in range(100, 200)]

    ids = [
        *await asyncio.gather(*(submit(number) for number in range(100))),
        *await blocking(firm, proxy, submit_all),
    ]
    assert len(set(ids)) == 200
    assert await count(firm, "request") == 200
    assert min(proxy.did[fault] for fault in (LOST, HALF, RESET, BUSY, LIMITED)) >= 20
    assert {str(row[0]) for row in await rows(firm, "SELECT id FROM request")} == set(ids)
    await sound(firm.services)


async def rows(firm: Firm, statement: str) -> list[Any]:
    async with firm.services.database.reading() as tx:
        return list(await tx.fetch(statement))  # type: ignore[arg-type]


async def test_a_native_call_with_lost_replies_does_the_thing_once(
    firm: Firm, proxy: Proxy, client: AsyncClient
) -> None:
    """The key is made once a call, and stays the same."""
    proxy.spoil(LOST, HALF, RESET, LOST)
    made = await client.campaigns.create(firm.order())
    keys = [headers["idempotency-key"] for _, _, headers, _ in proxy.seen]
    assert (len(keys), len(set(keys))) == (5, 1)
    assert await count(firm, "campaign") == 1
    other = await client.campaigns.create(firm.order())
    assert other.id != made.id and await count(firm, "campaign") == 2
    proxy.spoil(LOST)
    async with AsyncClient(proxy.url, firm.key, retries=Retries(most=1)) as hasty:
        with pytest.raises(ReplyLost) as lost:
            await hasty.campaigns.create(firm.order())
    assert lost.value.key and lost.value.key == proxy.seen[-1][2]["idempotency-key"]
    third = await client.campaigns.create(firm.order(), key=lost.value.key)
    assert third.id not in {made.id, other.id} and await count(firm, "campaign") == 3


async def test_a_reply_that_is_slower_than_the_client_is_waited_for(firm: Firm, proxy: Proxy) -> None:
    """Reads, too, survive; and a real conflict is not taken for a call in hand."""
    campaign = await firm.draft()

    def work(client: Client) -> str:
        proxy.spoil(LOST, BUSY, HALF, RESET)
        assert client.campaigns.show(campaign["id"]).state == "draft"
        proxy.spoil(LOST)
        with pytest.raises(Conflict) as refused:
            client.campaigns.resume(campaign["id"])
        assert (refused.value.status, refused.value.code) == (409, "conflict")
        assert len([1 for method, path, *_ in proxy.seen if path.endswith("/resume")]) == 2
        return refused.value.message

    assert "draft" in await blocking(firm, proxy, work)


async def test_what_has_no_key_is_never_repeated_after_a_lost_reply(
    firm: Firm, proxy: Proxy, client: AsyncClient
) -> None:
    """Signing in and unknown paths; reading and actions with a key are."""
    for path, fault in (("auth/login", LOST), ("auth/verify", HALF), ("new/thing", RESET)):
        proxy.seen.clear()
        proxy.spoil(fault)
        with pytest.raises(ReplyLost):
            await client.gateway.call(path, email="ada@example.com", password="x", code="1")
        assert len(proxy.seen) == 1 and "idempotency-key" not in proxy.seen[0][2]
    for faults, error, calls in (((BUSY,), Unavailable, 1), ((LIMITED, LOST), ReplyLost, 2)):
        proxy.seen.clear()
        proxy.spoil(*faults)
        with pytest.raises(error):
            await client.gateway.login("ada@example.com", "x")
        assert len(proxy.seen) == calls
    for call in (client.gateway.profile, client.gateway.connect):
        proxy.seen.clear()
        proxy.spoil(LOST, RESET, BUSY)
        with pytest.raises(NotEnoughCredits):
            await call("token", "https://www.linkedin.com/in/ada")
        assert len(proxy.seen) == 4
        assert len({headers.get("idempotency-key") for _, _, headers, _ in proxy.seen}) == 1


async def test_retry_after_is_honoured_within_the_budget_and_no_longer(firm: Firm, proxy: Proxy) -> None:
    """A pause that would end after the budget is not begun; the error tells how long it would be."""
    proxy.cycle([BUSY])
    proxy.retry_after = "40"
    async with AsyncClient(proxy.url, firm.key, retries=Retries(within=30)) as client:
        with pytest.raises(Unavailable) as refused:
            await client.generation.credits()
    assert (refused.value.retry_after, refused.value.status, len(proxy.seen)) == (40.0, 503, 1)
    proxy.cycle([LIMITED])
    proxy.retry_after = "0"
    async with AsyncClient(proxy.url, firm.key, retries=QUICK) as client:
        with pytest.raises(RateLimited):
            await client.generation.credits()
    assert len(proxy.seen) == 1 + QUICK.most


async def test_no_connection_is_told_as_such() -> None:
    """Nothing listens there, so nothing was done, whatever the call; the key is in no text of the error."""
    async with AsyncClient("http://127.0.0.1:9", "a-secret-key", retries=QUICK) as client:
        with pytest.raises(NotConnected) as refused:
            await client.gateway.login("ada@example.com", "a-secret-password")
    assert isinstance(refused.value, ClientError) and "secret" not in str(refused.value)
