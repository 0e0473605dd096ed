"""Campaigns and leads as rows: what is stored comes back the same, and a person is in a campaign once."""

from uuid import UUID

import pytest

from overture.domain.campaigns.companies import same_company
from overture.domain.campaigns.states import CampaignState
from overture.store.campaigns import leads, orders, positions
from overture.store.campaigns.orders import Wanted
from overture.store.db import Database
from tests.campaigns.builders import NOW, definition, make_account, make_campaign, make_leads, make_sender

pytestmark = pytest.mark.anyio


async def test_a_campaign_and_its_leads_come_back_as_they_were_stored(database: Database) -> None:
    account_id = await make_account(database)
    senders = [await make_sender(database, account_id) for _ in range(3)]
    ordered = definition(senders, notification_url="https://hooks.example/1", material_link="https://a.example")
    campaign = await make_campaign(database, account_id, ordered, CampaignState.DRAFT)
    made = await make_leads(database, campaign, 5)
    async with database.transaction() as tx:
        assert await leads.add(tx, made, NOW) == set()
        found = await orders.find(tx, campaign.id)
        assert found is not None
        assert (found.definition, found.leads, found.state) == (ordered, 5, CampaignState.DRAFT)
        assert await orders.find_many(tx, [campaign.id]) == {campaign.id: found}
        assert await orders.senders(tx, campaign.id) == senders
        assert await orders.listed(tx, Wanted(account_id, "", CampaignState.DRAFT), 10) == [found]
        assert await orders.listed(tx, Wanted(account_id, after=(found.created_at, found.id)), 10) == []
        assert await orders.set_state(tx, campaign.id, CampaignState.DRAFT, CampaignState.RUNNING, NOW)
        assert not await orders.set_state(tx, campaign.id, CampaignState.DRAFT, CampaignState.RUNNING, NOW)
        assert await leads.find(tx, [lead.id for lead in made]) == {lead.id: lead for lead in made}
        assert await leads.next_place(tx, campaign.id) == 5
        listed = await leads.listed(tx, campaign.id, "queued", 2, 10)
        assert [item.lead for item in listed] == made[3:]
        assert {(item.step, item.wake_at) for item in listed} == {(0, None)}
        due: list[UUID] = [item.lead_id for item in await positions.take_due(tx, NOW, NOW - NOW, 10)]
        assert set(due) == {lead.id for lead in made}
        assert await orders.tally(tx, campaign.id) == {"queued": 5}
        assert not await orders.all_ended(tx, campaign.id)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Ltd.", "ACME Limited"),
        ("The Müller Company GmbH & Co. KG", "Muller"),
        ("A.B.C. Inc", "abc, inc."),
        ("L'Oréal S.A.", "LOreal"),
    ],
)
def test_names_of_one_company_are_the_same(one: str, other: str) -> None:
    assert same_company(one) == same_company(other)


def test_names_of_two_companies_differ() -> None:
    assert len({same_company(name) for name in ("Acme", "Acme Labs", "株式会社テスト", "***", "?!", "The", "Co")}) == 7
