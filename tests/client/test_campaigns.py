"""Leads in, reviews, reports and the inbox, through a network that loses every other answer."""

from datetime import timedelta

import pytest

from overture.client import AsyncClient
from overture.client.errors import Conflict, Invalid
from overture.domain.accounts import Scope
from overture.domain.campaigns.states import LeadState
from overture.usecases import accounts
from tests.campaigns.builders import NOW
from tests.campaigns.test_hearing import Scene, says, scene
from tests.campaigns.test_review_routes import _desk
from tests.campaigns.test_routes import Firm
from tests.client.conftest import QUICK
from tests.client.proxy import LOST, PASS, Proxy, proxied
from tests.doors.edge_server import running
from tests.doors.test_native import Real

__all__ = ["scene"]
pytestmark = pytest.mark.anyio
SHEET = (
    b"Profile,first_name,last_name,company\r\n"
    b"https://www.linkedin.com/in/ben-example,Ben,Example,Example Freight\r\n"
    b"https://www.linkedin.com/in/cleo-example,Cleo,,Example Looms\r\n"
)


async def test_leads_come_in_once_as_objects_and_as_a_file(firm: Firm, proxy: Proxy, client: AsyncClient) -> None:
    campaign = await client.campaigns.create(firm.order())
    proxy.cycle((LOST, PASS))
    ada = {
        "linkedin": "https://www.linkedin.com/in/ada-example", "first_name": "Ada", "last_name": "Example",
        "company": "Example Analytics Ltd",
    }  # fmt: skip
    added = await client.campaigns.add_leads(campaign.id, [ada])  # type: ignore[list-item]
    assert (added.rows, added.added, added.known) == (1, 1, 0)
    columns = {"linkedin": "Profile"}
    seen = await client.campaigns.preview_leads_csv(campaign.id, SHEET, columns=columns)
    assert (seen.rows, seen.added, seen.faulty, seen.sample[0]["first_name"]) == (2, 1, 1, "Ben")
    with pytest.raises(Invalid):
        await client.campaigns.add_leads_csv(campaign.id, SHEET, columns=columns, strict=True)
    found = await client.campaigns.add_leads_csv(campaign.id, SHEET, columns=columns)
    assert (found.added, found.faulty, found.problems[0]["field"]) == (1, 1, "last_name")
    assert (await client.campaigns.add_leads_csv(campaign.id, SHEET, columns=columns)).known == 1
    assert [lead.first_name async for lead in client.campaigns.leads(campaign.id)] == ["Ada", "Ben"]
    assert (await client.reports.show(campaign.id))["leads"] == 2
    assert (await client.reports.page(campaign.id)).lstrip().lower().startswith(b"<!doctype html>")
    assert (await client.reports.export(campaign.id)).decode().count("ada-example") == 1


async def test_reviews_are_read_edited_approved_and_rejected(
    firm: Firm, proxy: Proxy, client: AsyncClient, sites: dict[str, str]
) -> None:
    desk = await _desk(firm, sites)
    ids = [str(await desk.put(step, flags=flags)) for step, flags in ((1, ("guess",)), (2, ()), (1, ()), (2, ()))]
    proxy.cycle((LOST, PASS))
    assert [review.id async for review in client.reviews.all(page=3)] == ids
    assert [review.id async for review in client.reviews.all(flag="guess")] == ids[:1]
    shown = await client.reviews.show(ids[1])
    assert "".join(segment.text for segment in shown.segments) == shown.text
    with pytest.raises(Invalid, match="churn"):
        await client.reviews.edit(ids[1], shown.text.replace("\n\nCharlie", " Your churn is rising.\n\nCharlie"))
    text = shown.text.replace(shown.text.split()[0], "Hello", 1)
    assert (await client.reviews.edit(ids[1], text)).text == text
    assert (await client.reviews.approve([ids[1]])).ids == [ids[1]]
    assert (await client.reviews.reject(ids[0], "stop", reason="a customer already")).lead_state == "stopped"
    with pytest.raises(Conflict):
        await client.reviews.reject(ids[0], "stop")
    many = await client.reviews.approve_all(plain=True, campaign_id=str(desk.campaign.id))
    assert (sorted(many.ids), many.left) == (sorted(ids[2:]), 0)


async def test_the_inbox_is_read_and_acted_on(scene: Scene) -> None:
    run = await scene.campaign(leads=3, hold_company=False)
    for number, lead in enumerate(run.leads):
        await scene.stand(lead, LeadState.WAITING)
        await scene.take(says(lead, "Sounds good, let's talk", NOW + timedelta(minutes=number)))
    key = await accounts.create_key(scene.services, scene.account_id, Scope.ALL)
    stand = Real()
    stand.real = scene.services
    async with running(stand) as server:
        with proxied(f"http://127.0.0.1:{server.port}") as proxy:
            proxy.cycle((LOST, PASS))
            async with AsyncClient(proxy.url, key.api_key, retries=QUICK) as client:
                await inbox(client, str(run.leads[2].id))


async def inbox(client: AsyncClient, newest: str) -> None:
    calls = client.inbox
    threads = [thread async for thread in calls.threads(kind="interested", page=2)]
    assert len(threads) == 3 and threads[0].lead["id"] == newest
    assert (await calls.thread(threads[0].id)).messages[0]["text"] == "Sounds good, let's talk"
    assert (await calls.handle(threads[0].id)).handled_at
    assert len([thread async for thread in calls.threads(unhandled=True)]) == 2
    assert (await calls.handle(threads[0].id, handled=False)).handled_at is None
    assert (await calls.classify(threads[1].id, "later")).kind == "later"
    assert (await calls.suppress(threads[2].id)).id == threads[2].id
