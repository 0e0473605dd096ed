"""Telling customers of their campaigns: events for the campaign's notification address, signed like all others.

A campaign without an address has no events: nothing is stored.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid5

import msgspec

from overture import queue
from overture.domain import events as domain_events
from overture.domain.campaigns.events import AlertCode, CampaignEvent
from overture.domain.campaigns.states import LeadState
from overture.store import accounts, events, suppression
from overture.store.campaigns import leads, orders
from overture.store.campaigns.leads import CampaignLead
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move
from overture.store.db import Tx

_OF_STATE = {
    LeadState.STOPPED: CampaignEvent.LEAD_STOPPED,
    LeadState.HELD: CampaignEvent.LEAD_HELD,
    LeadState.FINISHED: CampaignEvent.LEAD_FINISHED,
}


async def tell(
    tx: Tx,
    campaign: Campaign,
    kind: CampaignEvent,
    subject_id: UUID,
    body: Mapping[str, object],
    at: datetime,
) -> list[queue.Entry]:
    """Write an event in the transaction of what it tells; return the jobs. One a subject and kind, whatever is retried.

    ``body`` is put beside ``type``, ``at`` and ``campaign``, which it cannot overrule.
    """
    url = campaign.definition.notification_url
    if not url:
        return []
    secrets = await accounts.secrets(tx, campaign.account_id)
    own: dict[str, object] = {
        "type": str(kind),
        "at": domain_events.timestamp(at),
        "campaign": {"id": str(campaign.id), "name": campaign.name},
    }
    event = events.Event(
        id=uuid5(subject_id, kind),
        account_id=campaign.account_id,
        request_id=subject_id,
        kind=kind,
        url=url,
        body=msgspec.json.encode({**own, **body, **own}),
        triggered_at=at,
        state="pending" if secrets else "skipped",
        attempts=0,
        replays=0,
        next_attempt_at=None,
    )
    if await events.add(tx, event) and secrets:
        return [queue.deliver_event(event.id, 1)]
    return []


async def tell_lead(
    tx: Tx,
    campaign: Campaign,
    lead: CampaignLead,
    kind: CampaignEvent,
    body: Mapping[str, object],
    at: datetime,
) -> list[queue.Entry]:
    """Tell of a lead: ``step`` in ``body`` where there is one, and for what was stopped or held its ``reason``.

    One a lead, kind and body; of holds, which may come again, one a moment. Nothing is told about a person who is to be
    left alone: whoever puts a person on the list tells of it first, in the same transaction.
    """
    if not campaign.definition.notification_url:
        return []
    if await suppression.holds(tx, campaign.account_id, lead.person):
        return []
    mark = domain_events.timestamp(at) if kind is CampaignEvent.LEAD_HELD else ""
    subject = uuid5(lead.id, f"{kind}:{mark}:{msgspec.json.encode(body).decode()}")
    named = {"id": str(lead.id), "lead_id": lead.key, "linkedin": lead.linkedin}
    return await tell(tx, campaign, kind, subject, {"lead": named, **body}, at)


async def enqueue_of(
    tx: Tx, campaign: Campaign, lead_id: UUID, kind: CampaignEvent, body: Mapping[str, object], at: datetime
) -> None:
    """Tell of a lead that the caller knows by its id alone, and enqueue the jobs; it is looked up where it is told."""
    lead = (await leads.find(tx, [lead_id])).get(lead_id) if campaign.definition.notification_url else None
    if lead is not None:
        await queue.enqueue(tx, await tell_lead(tx, campaign, lead, kind, body, at))


async def tell_moves(tx: Tx, moves: Sequence[Move], moved: Collection[UUID], at: datetime) -> list[queue.Entry]:
    """Tell of the leads that ``moves`` stopped, held or finished, as far as they are among ``moved``."""
    told = [move for move in moves if move.lead_id in moved and move.after in _OF_STATE]
    known = await leads.find(tx, [move.lead_id for move in told]) if told else {}
    campaigns = await orders.find_many(tx, list({lead.campaign_id for lead in known.values()})) if known else {}
    entries: list[queue.Entry] = []
    for move in told:
        lead, kind = known.get(move.lead_id), _OF_STATE[move.after]
        if lead is not None:
            body: dict[str, object] = {"step": move.step}
            if kind is not CampaignEvent.LEAD_FINISHED:
                body["reason"] = move.reason
            if kind is CampaignEvent.LEAD_HELD:
                body["held_by"] = None
            entries += await tell_lead(tx, campaigns[lead.campaign_id], lead, kind, body, at)
    return entries


async def alert(
    tx: Tx, campaign: Campaign, code: AlertCode, about: UUID, body: Mapping[str, object], at: datetime
) -> list[queue.Entry]:
    """Tell what a person should see to; once a day (in UTC), campaign, code and ``about``, whose id it is."""
    subject = uuid5(campaign.id, f"{code}:{about}:{at.astimezone(UTC):%Y-%m-%d}")
    return await tell(tx, campaign, CampaignEvent.ALERT, subject, {"code": str(code), **body}, at)
