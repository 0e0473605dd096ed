"""A customer, LinkedIn accounts on the simulated rail, and campaigns with leads, as rows."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from overture.domain.accounts import Tier, Unit
from overture.domain.campaigns.companies import company_hash
from overture.domain.campaigns.definition import CampaignStep, Definition
from overture.domain.campaigns.states import CampaignState
from overture.domain.linkedin.budgets import WorkingHours
from overture.domain.linkedin.people import person_hash
from overture.domain.messages import MessageType
from overture.store import accounts, ledger
from overture.store.campaigns import leads, orders
from overture.store.campaigns.leads import CampaignLead
from overture.store.campaigns.orders import Campaign
from overture.store.db import Database

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
"""A Monday morning."""

ALWAYS = WorkingHours("UTC", time(0), time(23, 59), frozenset(range(7)))
STEPS = (
    CampaignStep(MessageType.CONNECTION_REQUEST, timedelta(hours=6)),
    CampaignStep(MessageType.FIRST_FOLLOW_UP, timedelta()),
)


async def make_account(database: Database, credits: int = 1000) -> UUID:
    """A customer with credits for messages and actions."""
    async with database.transaction() as tx:
        account_id = await accounts.add(tx, "a customer", Tier.SCALE, None)
        await ledger.open_balances(tx, account_id, dict.fromkeys(Unit, credits))
    return account_id


async def make_sender(database: Database, account_id: UUID, state: str = "connected", **changes: Any) -> UUID:
    """A LinkedIn account, signed in, without ramp-up; no rail would take its session."""
    linkedin_id = uuid4()
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO linkedin_account (id, account_id, rail, login, country, state, session, profile_url, name,"
            " ramp, connected_at) VALUES ($1, $2, $3, $4, 'FR', $5, $4, $6, $7, false, $8)",
            linkedin_id,
            account_id,
            changes.get("rail", "simulated"),
            linkedin_id.bytes * 2,
            state,
            f"https://www.linkedin.com/in/sender-{linkedin_id.hex[:8]}",
            changes.get("name", "Sam Sender"),
            NOW - timedelta(days=90),
        )
    return linkedin_id


def definition(senders: Sequence[UUID], steps: tuple[CampaignStep, ...] = STEPS, **changes: Any) -> Definition:
    fields: dict[str, Any] = {
        "proposition_company_name": "Ledgerly",
        "proposition_company_url": "http://127.0.0.1:9/ledgerly",
        "steps": steps,
        "senders": tuple(senders),
        "signoff_name": "Sam",
        "hours": ALWAYS,
    }
    return Definition(**(fields | changes))


async def make_campaign(
    database: Database,
    account_id: UUID,
    ordered: Definition,
    state: CampaignState = CampaignState.RUNNING,
    at: datetime = NOW,
) -> Campaign:
    """A campaign without leads, in any state."""
    campaign = Campaign(uuid4(), account_id, "", "A campaign", state, "", ordered, 0, at)
    async with database.transaction() as tx:
        await orders.insert(tx, campaign)
    return campaign


def lead(campaign: Campaign, number: int, **changes: Any) -> CampaignLead:
    """The lead of a number; two in a row work for one company only where ``company`` says so."""
    fields: dict[str, Any] = {
        "linkedin": f"https://www.linkedin.com/in/lead-{number}",
        "first_name": "Ada",
        "last_name": f"Lovelace-{number}",
        "company": f"Company {number} Ltd",
        "job_title": "CFO",
        "company_website_url": f"http://127.0.0.1:9/company-{number}",
    } | changes
    return CampaignLead(
        id=uuid4(),
        campaign_id=campaign.id,
        account_id=campaign.account_id,
        place=number,
        key=f"lead-{number}",
        person=person_hash(campaign.account_id, fields["linkedin"]),
        company_hash=company_hash(campaign.account_id, fields["company"]),
        **fields,
    )


async def make_leads(database: Database, campaign: Campaign, count: int, **changes: Any) -> list[CampaignLead]:
    """So many leads, queued and due; ``changes`` hold for all of them."""
    made = [lead(campaign, number, **changes) for number in range(count)]
    async with database.transaction() as tx:
        assert len(await leads.add(tx, made, NOW)) == count
    return made
