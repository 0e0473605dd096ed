"""Who it is that something came from: the leads that a person is, and those of the same company."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from overture.domain.campaigns.states import CampaignState, LeadState
from overture.store.campaigns import leads, orders, positions
from overture.store.campaigns.leads import CampaignLead
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Position
from overture.store.db import ReadTx, Tx

ONGOING = frozenset({CampaignState.RUNNING, CampaignState.PAUSED})


@dataclass(frozen=True, slots=True)
class Contact:
    """A lead, where it stands, and its campaign."""

    lead: CampaignLead
    position: Position
    campaign: Campaign

    @property
    def is_ended(self) -> bool:
        """Return whether nothing more happens with the lead."""
        return self.position.state in {LeadState.FINISHED, LeadState.STOPPED}


_HELD: LiteralString = " ORDER BY p.lead_id FOR UPDATE OF p"


async def of_people(tx: Tx, account_id: UUID, people: Sequence[bytes]) -> list[Contact]:
    """Return the leads of a customer that these people are, in any campaign, their places held until the commit."""
    rows = await tx.fetch(
        "SELECT p.lead_id FROM campaign_lead l JOIN campaign_position p ON p.lead_id = l.id"
        " WHERE l.account_id = $1 AND l.person = ANY($2::bytea[])" + _HELD,
        account_id,
        list(people),
    )
    return await _contacts(tx, [row["lead_id"] for row in rows])


async def of_company(tx: Tx, account_id: UUID, company_hash: bytes) -> list[Contact]:
    """Return the leads of a company that have not ended, in campaigns under way, their places held until the commit."""
    rows = await tx.fetch(
        "SELECT p.lead_id FROM campaign_lead l JOIN campaign_position p ON p.lead_id = l.id"
        " JOIN campaign c ON c.id = l.campaign_id AND c.state IN ('running', 'paused')"
        " WHERE l.account_id = $1 AND l.company_hash = $2 AND p.state NOT IN ('finished', 'stopped')" + _HELD,
        account_id,
        company_hash,
    )
    return await _contacts(tx, [row["lead_id"] for row in rows])


async def of_leads(tx: Tx, account_id: UUID, lead_ids: Sequence[UUID]) -> list[Contact]:
    """Return leads of a customer, their places held until the commit."""
    rows = await tx.fetch(
        "SELECT p.lead_id FROM campaign_lead l JOIN campaign_position p ON p.lead_id = l.id"
        " WHERE l.account_id = $1 AND l.id = ANY($2::uuid[])" + _HELD,
        account_id,
        list(lead_ids),
    )
    return await _contacts(tx, [row["lead_id"] for row in rows])


async def _contacts(tx: ReadTx, lead_ids: Sequence[UUID]) -> list[Contact]:
    if not lead_ids:
        return []
    people = await leads.find(tx, lead_ids)
    where = {position.lead_id: position for position in await positions.find(tx, lead_ids)}
    campaigns = await orders.find_many(tx, list({lead.campaign_id for lead in people.values()}))
    return [Contact(people[id], where[id], campaigns[people[id].campaign_id]) for id in lead_ids]


async def replied(tx: Tx, lead_id: UUID, at: datetime) -> None:
    """Note when a lead first replied."""
    await tx.execute(
        "UPDATE campaign_position SET replied_at = least(replied_at, $2::timestamptz) WHERE lead_id = $1", lead_id, at
    )


async def accepted(tx: Tx, lead_id: UUID, at: datetime) -> None:
    """Note since when a lead is a connection; what was noted first stays."""
    await tx.execute(
        "UPDATE campaign_position SET accepted_at = coalesce(accepted_at, $2) WHERE lead_id = $1", lead_id, at
    )


async def held_by(tx: Tx, lead_ids: Sequence[UUID], by: UUID) -> None:
    """Note whose reply holds leads."""
    await tx.execute(
        "UPDATE campaign_position SET held_by = $2 WHERE lead_id = ANY($1::uuid[]) AND state = 'held'",
        list(lead_ids),
        by,
    )


async def campaigns_of(tx: ReadTx, linkedin_id: UUID) -> list[Campaign]:
    """Return the campaigns under way that a LinkedIn account sends for."""
    rows = await tx.fetch(
        "SELECT campaign_id FROM campaign_sender WHERE linkedin_account_id = $1 ORDER BY campaign_id", linkedin_id
    )
    found = await orders.find_many(tx, [row["campaign_id"] for row in rows])
    return [campaign for campaign in found.values() if campaign.state in ONGOING]
