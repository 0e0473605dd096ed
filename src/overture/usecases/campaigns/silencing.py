"""Leaving people alone, once and for all: in every campaign of the customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture import queue
from overture.domain.campaigns.events import CampaignEvent
from overture.domain.campaigns.states import LeadState, StopReason
from overture.domain.events import CAMPAIGN_PREFIX
from overture.store import events, suppression
from overture.store.campaigns import contacts, positions
from overture.store.campaigns.contacts import Contact
from overture.store.campaigns.positions import Move
from overture.store.db import Tx
from overture.usecases.campaigns import telling


@dataclass(frozen=True, slots=True)
class Silence:
    """Whom to leave alone, and why: ``reason`` is kept with the list, ``stop`` with the leads."""

    account_id: UUID
    people: Sequence[bytes]
    reason: str
    stop: StopReason = StopReason.SUPPRESSED


async def stop(
    tx: Tx, found: Sequence[Contact], reason: StopReason, at: datetime
) -> tuple[list[Contact], list[queue.Entry]]:
    """Stop leads that have not ended, whose places the caller has locked; return which, and the jobs that tell it."""
    live = [contact for contact in found if not contact.is_ended]
    moves = [Move(c.lead.id, c.position.state, c.position.step, LeadState.STOPPED, reason=str(reason)) for c in live]
    moved = await positions.move(tx, moves, at)
    stopped = [contact for contact in live if contact.lead.id in moved]
    entries: list[queue.Entry] = []
    for contact in stopped:
        body: dict[str, object] = {"step": contact.position.step, "reason": str(reason)}
        entries += await telling.tell_lead(tx, contact.campaign, contact.lead, CampaignEvent.LEAD_STOPPED, body, at)
    return stopped, entries


async def silence(tx: Tx, asked: Silence, at: datetime) -> tuple[int, list[queue.Entry]]:
    """Put people on the list, stop their leads, give up what was about to be told of them.

    Return how many people are new on the list, and the jobs that tell of the stops; after that nothing is told of them.
    """
    found = await contacts.of_people(tx, asked.account_id, asked.people)
    await events.skip_leads(tx, asked.account_id, CAMPAIGN_PREFIX, [contact.lead.id for contact in found])
    _, entries = await stop(tx, found, asked.stop, at)
    return await suppression.add(tx, asked.account_id, asked.people, asked.reason[:200]), entries
