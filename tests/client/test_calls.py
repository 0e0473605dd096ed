"""What the calls of generation and campaigns return, by both clients, from a running server."""

import inspect
from typing import cast

import pytest

from overture.api.linkup.index import ENDPOINTS
from overture.client import ApiError, AsyncClient, Client, StillInProgress, exchange
from overture.client.errors import Conflict, Forbidden, Invalid, NotFound, Unauthorized
from overture.client.exchange import Repeat
from overture.client.gateway import ACTIONS, READS, _post
from overture.client.models import GenerationRequest
from overture.domain.accounts import Tier
from overture.usecases import accounts, idempotency
from tests.builders import body
from tests.campaigns.test_routes import Firm
from tests.client.conftest import blocking
from tests.client.proxy import LOST, PASS, Proxy
from tests.usecases.conftest import sound
from tests.usecases.test_worker import work

pytestmark = pytest.mark.anyio


def wanted(sites: dict[str, str]) -> GenerationRequest:
    made = body(2, ("connection_request", "first_follow_up"), proposition_company_url=sites["ledgerly"])
    for lead, (name, site) in zip(
        made["lead_data"], (("Harbourlight Freight", "harbourlight"), ("Millbrook Looms", "millbrook")), strict=True
    ):
        lead |= {"lead_company": name, "lead_company_website_url": sites[site]}
    return cast("GenerationRequest", made)


async def test_messages_from_asking_to_another_version(
    firm: Firm, proxy: Proxy, client: AsyncClient, sites: dict[str, str]
) -> None:
    calls, asked = client.generation, wanted(sites)
    quote = await calls.preview(asked)
    assert (quote.would_be_accepted, quote.messages["to_write"], quote.duplicate_of) == (True, 4, None)
    accepted = await calls.submit(asked)
    assert not accepted.duplicate and (await calls.submit(asked)).duplicate
    with pytest.raises(StillInProgress):
        await calls.wait_until_complete(accepted.secure_request_id, within=0.2, every=0.05)
    await work(firm.services)
    found = await calls.wait_until_complete(accepted.secure_request_id)
    assert found.complete and found.metadata.generated_message_count == 4
    assert all(lead.outreach_message and lead.first_follow_up_message for lead in found.campaign.leads_data)
    proxy.cycle((PASS, LOST))
    shown = [message async for message in calls.messages(accepted.secure_request_id, page=3)]
    assert [message.id for message in shown] == sorted({message.id for message in shown}) and len(shown) == 4
    cited = [cite for message in shown for part in message.segments for cite in part.citations]
    assert any(cite.url.startswith(sites["harbourlight"]) and cite.span for cite in cited)
    version = await calls.regenerate(shown[1].id, another_fact=True)
    assert version.version == 1
    await work(firm.services)
    assert (await calls.message(shown[1].id)).version == 1
    cancelled = await calls.cancel(accepted.secure_request_id)
    assert (cancelled.generated, cancelled.cancelled) == (4, 0)
    assert (await calls.credits()).remaining_credits == 1000 - 5
    assert len((await calls.sequences()).sequences) == 54
    assert len((await calls.sequences(sequence_length="short", saturated_markets="true")).sequences) == 1

    def listed(blocked: Client) -> list[str]:
        return [message.id for message in blocked.generation.messages(accepted.secure_request_id, page=3)]

    assert await blocking(firm, proxy, listed) == [message.id for message in shown]
    await sound(firm.services)


async def test_a_campaign_and_its_leads(firm: Firm, proxy: Proxy, client: AsyncClient) -> None:
    calls = client.campaigns
    made = [await calls.create(firm.order(name=f"Number {number}")) for number in range(5)]
    proxy.cycle((PASS, LOST))
    assert [item.id async for item in calls.all(page=2)] == [item.id for item in made]
    assert [item.id async for item in calls.all(state="running")] == []
    changed = await calls.change(made[0].id, {"name": "Another"})
    assert (changed.name, changed.definition["sequence_id"]) == ("Another", "medium_meeting_normal_true")
    await firm.fill(made[0].id, 5)
    assert (await calls.start(made[0].id)).state == "running"
    leads = [lead async for lead in calls.leads(made[0].id, page=2)]
    assert len({lead.id for lead in leads}) == 5
    assert (await calls.hold_lead(leads[0].id)).state == "held"
    assert (await calls.resume_lead(leads[0].id)).state != "held"
    assert (await calls.stop_lead(leads[0].id)).reason == "by_hand"
    assert (await calls.lead(leads[0].id)).state == "stopped"
    assert (await calls.pause(made[0].id)).state == "paused"
    assert (await calls.resume(made[0].id)).state == "running"
    assert (await calls.stop(made[0].id)).state == "stopped"
    shown = await calls.archive(made[0].id)
    assert shown.state == "archived" and shown.tally and shown.tally["stopped"] == 5
    assert [thread async for thread in client.inbox.threads(unhandled=True)] == []

    def listed(blocked: Client) -> list[str]:
        return [lead.id for lead in blocked.campaigns.leads(made[0].id, page=2)]

    assert await blocking(firm, proxy, listed) == [lead.id for lead in leads]


async def test_errors_are_typed_and_say_where_to_look(firm: Firm, proxy: Proxy, client: AsyncClient) -> None:
    """Both shapes of the server, by status; the id finds the call in the log."""
    other = await accounts.create(firm.services, "two", credits=5, tier=Tier.SCALE)
    missing = "9b2f6a54-0d0e-4c57-9f0c-6f1f6f1b7a10"
    campaign = await client.campaigns.create(firm.order())
    request = await client.generation.submit(cast("GenerationRequest", body(1)))
    async with AsyncClient(proxy.url, other.api_key) as stranger, AsyncClient(proxy.url, "nonsense") as nobody:
        refused: list[tuple[type[ApiError], int, str, object]] = [
            (NotFound, 404, "not_found", client.campaigns.show(missing)),
            (NotFound, 404, "not_found", client.generation.retrieve(missing)),
            (Invalid, 422, "invalid", client.campaigns.create({"name": " "})),
            (Invalid, 422, "invalid", client.generation.submit(cast("GenerationRequest", {}))),
            (Conflict, 409, "conflict", client.campaigns.resume(campaign.id)),
            (Forbidden, 403, "forbidden", stranger.generation.retrieve(request.secure_request_id)),
            (Unauthorized, 401, "unauthorized", nobody.generation.credits()),
            (Unauthorized, 401, "unauthorized", nobody.gateway.me("x")),
        ]
        for kind, status, code, call in refused:
            assert inspect.isawaitable(call)
            with pytest.raises(kind) as raised:
                await call
            error = raised.value
            assert (type(error), error.status, error.code, error.retry_after) == (kind, status, code, None)
            assert error.message and error.request_id and len(error.request_id) >= 32


def test_a_call_in_hand_is_told_from_other_conflicts() -> None:
    """The client goes by these words of the server."""
    assert exchange.IN_HAND in idempotency.IN_HAND


def test_what_reads_and_what_takes_a_key_is_known() -> None:
    """The names are the server's; an operation that neither reads nor takes a key is never repeated."""
    paths = {endpoint.path.removeprefix("/v1/") for endpoint in ENDPOINTS if endpoint.method == "POST"}
    assert paths >= READS
    others = {"auth/login", "auth/verify"}
    assert {path for path in paths - READS if not path.startswith("webhooks/")} == ACTIONS | others
    acting = {endpoint.path.removeprefix("/v1/") for endpoint in ENDPOINTS if endpoint.acts}
    assert acting == ACTIONS
    for path in paths:
        repeat = Repeat.SAFE if path in READS else Repeat.KEYED if path in ACTIONS else Repeat.NEVER
        assert _post(path, {}).repeat is repeat
