"""Leads whose time has come, taken one step on: begun, asked a text for, given the text that was written, or let go on.

A job takes hundreds of leads of a campaign, in one transaction of a few statements. What has to ask LinkedIn first is
done after it, lead by lead.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from overture import queue
from overture.domain.campaigns.states import CampaignState, LeadState, StopReason
from overture.store.campaigns import leads, orders, positions
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move, Position
from overture.store.db import Tx
from overture.telemetry import faults
from overture.usecases.campaigns import beginning, writing
from overture.usecases.campaigns.batch import Ask, Batch
from overture.usecases.services import Services

_OURS = frozenset({LeadState.QUEUED, LeadState.WRITING, LeadState.WAITING, LeadState.HELD})


async def step(services: Services, lead_ids: Sequence[UUID], lease: datetime | None = None) -> int:
    """Take leads on that are due, or leased until ``lease``; return how many were. May run twice."""
    at = services.clock.now()

    async def work(tx: Tx) -> int:
        due = await positions.hold_due(tx, lead_ids, at, lease)
        faults.reach("c1")
        campaigns = await orders.find_many(tx, list({position.campaign_id for position in due}))
        taken = 0
        for campaign in campaigns.values():
            own = [one for one in due if one.campaign_id == campaign.id and one.state in _OURS]
            if campaign.state is CampaignState.RUNNING and own:
                await _turn(services, tx, campaign, own, at)
                taken += len(own)
        faults.reach("c2")
        return taken

    taken = await services.database.settle(work)
    faults.reach("c3")
    return taken


async def _turn(services: Services, tx: Tx, campaign: Campaign, due: Sequence[Position], at: datetime) -> None:
    """Take leads of a campaign on, whose rows are held."""
    known = await leads.find(tx, [position.lead_id for position in due])
    batch = Batch(campaign, known, at)
    alone = await leads.suppressed(tx, campaign.account_id, [lead.person for lead in known.values()])
    by_state: dict[LeadState, list[Position]] = {state: [] for state in _OURS}
    for position in due:
        if position.lead_id not in known:
            batch.stop(position, StopReason.ERASED)
        elif known[position.lead_id].person in alone:
            batch.stop(position, StopReason.SUPPRESSED)
        else:
            by_state[position.state].append(position)
    if by_state[LeadState.QUEUED]:
        await beginning.begin(tx, batch, by_state[LeadState.QUEUED])
    if by_state[LeadState.WRITING]:
        await writing.store(tx, batch, by_state[LeadState.WRITING])
    for position in by_state[LeadState.HELD]:
        _resume(batch, position)
    for position in by_state[LeadState.WAITING]:
        _go_on(batch, position)
    entries = await writing.ask(services, tx, batch)
    await queue.enqueue(tx, [*entries, *await batch.write(tx)])


def _go_on(batch: Batch, position: Position) -> None:
    """Begin the next step, for which the lead has waited."""
    steps, number = batch.campaign.definition.steps, position.step + 1
    if number > len(steps):
        batch.moves.append(Move(position.lead_id, position.state, position.step, LeadState.FINISHED))
    else:
        batch.asks.append(Ask(position, batch.leads[position.lead_id], number, steps[number - 1].type))


def _resume(batch: Batch, position: Position) -> None:
    """Let a lead that was held until now go on from where it was, and no sooner than without the hold."""
    assert position.resume is not None
    if position.resume is LeadState.READY:
        batch.ready(position, position.step, position.sender)
        return
    woken = position.resume is not LeadState.REVIEW
    wake_at = max(batch.at, position.resume_at or batch.at) if woken else None
    batch.moves.append(Move(position.lead_id, position.state, position.step, position.resume, wake_at=wake_at))
