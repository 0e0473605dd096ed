"""Single leads by hand: listed, held, let go on, stopped."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture import queue
from overture.domain.accounts import Caller
from overture.domain.campaigns import progress
from overture.domain.campaigns.states import ENDED, LEAD_MOVES, CampaignState, HoldReason, LeadState, StopReason
from overture.domain.errors import Conflict, Forbidden, NotFound
from overture.store.campaigns import leads, orders, pacing, positions
from overture.store.campaigns.leads import CampaignLead, Standing
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move, Position
from overture.store.db import ReadTx, Tx
from overture.usecases import accounts, idempotency
from overture.usecases.campaigns import holding, telling
from overture.usecases.campaigns.ordering import owned
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

Render = Callable[["LeadView"], bytes]


@dataclass(frozen=True, slots=True)
class LeadView:
    """A lead, and where it stands."""

    id: UUID
    campaign_id: UUID
    key: str
    linkedin: str
    first_name: str
    last_name: str
    company: str
    job_title: str | None
    company_website_url: str | None
    specified_url: str | None
    state: LeadState
    step: int
    reason: str
    sender: UUID | None
    wake_at: datetime | None
    moved_at: datetime
    accepted_at: datetime | None
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class LeadPage:
    """Some leads, in the order of their import; ``following`` is the place of the last where there are more."""

    leads: tuple[LeadView, ...]
    following: int | None


def view(standing: Standing) -> LeadView:
    """Return a stored lead as it is shown."""
    lead = standing.lead
    return LeadView(
        lead.id,
        lead.campaign_id,
        lead.key,
        lead.linkedin,
        lead.first_name,
        lead.last_name,
        lead.company,
        lead.job_title,
        lead.company_website_url,
        lead.specified_url,
        LeadState(standing.state),
        standing.step,
        standing.reason,
        standing.sender,
        standing.wake_at,
        standing.moved_at,
        standing.accepted_at,
        standing.replied_at,
    )


async def list_(
    services: Services, caller: Caller, campaign_id: UUID, state: LeadState | None, after: int | None, limit: int
) -> LeadPage:
    """Return a page of a campaign's leads, behind the place ``after``.

    Raises:
        NotFound, Forbidden: no such campaign, or another account's.
    """
    async with services.database.reading() as tx:
        await owned(tx, caller, campaign_id)
        found = await leads.listed(tx, campaign_id, state, -1 if after is None else after, limit + 1)
    shown = found[:limit]
    return LeadPage(tuple(view(one) for one in shown), shown[-1].lead.place if len(found) > limit else None)


async def show(services: Services, caller: Caller, lead_id: UUID) -> LeadView:
    """Return one lead.

    Raises:
        NotFound, Forbidden: no such lead, or another account's.
    """
    async with services.database.reading() as tx:
        await _owned_lead(tx, caller, lead_id)
        return await _shown(tx, lead_id)


async def owner_of(services: Services, lead_id: UUID) -> Caller:
    """Return the operator as a caller of the account that a lead belongs to; raises NotFound."""
    async with services.database.reading() as tx:
        found = (await leads.find(tx, [lead_id])).get(lead_id)
    if found is None:
        raise NotFound("no such lead")
    return await accounts.acting_for(services, found.account_id)


async def hold(services: Services, caller: Caller, lead_id: UUID, how: Once, render: Render) -> Answer:
    """Set a lead aside until it is let go on by hand. One that is held already is held by hand from now on.

    Raises:
        Conflict: it has ended, or something is being sent to it.
    """

    async def change(tx: Tx, campaign: Campaign, at: Position) -> None:
        del campaign
        resume = at.resume or at.state
        if at.state is not LeadState.HELD and LeadState.HELD not in LEAD_MOVES[at.state]:
            raise _impossible(at, "held")
        why = HoldReason.PAUSED
        move = Move(at.lead_id, at.state, at.step, LeadState.HELD, reason=why, rank=at.rank, resume=resume)
        if (at.state, at.reason, at.wake_at) != (LeadState.HELD, why, None):
            await _move(tx, services, move)

    return await _changed(services, caller, lead_id, how, render, change)


async def resume(services: Services, caller: Caller, lead_id: UUID, how: Once, render: Render) -> Answer:
    """Let a held lead go on from where it was; what it waited for counts from when the wait began.

    Raises:
        Conflict: it is not held.
    """

    async def change(tx: Tx, campaign: Campaign, at: Position) -> None:
        if at.state is not LeadState.HELD or at.resume is None:
            raise Conflict(f"the lead is {at.state}, not held")
        now = services.clock.now()
        since = await leads.since(tx, at.lead_id, at.resume)
        move = Move(at.lead_id, at.state, at.step, at.resume, wake_at=_wake(campaign, at, since, now), rank=at.rank)
        await positions.move(tx, [move], now)
        if at.resume is LeadState.INVITED and at.accepted_at is not None:
            await holding.connected(tx, [at], campaign.definition, at.accepted_at)
        if at.resume is LeadState.READY and at.sender is not None:
            await pacing.arm(tx, [at.sender], now)

    return await _changed(services, caller, lead_id, how, render, change)


def _wake(campaign: Campaign, at: Position, since: datetime | None, now: datetime) -> datetime | None:
    """When a lead is woken that goes back to where it was; ``since`` is when it came there first."""
    match at.resume:
        case LeadState.READY | LeadState.REVIEW:
            return None
        case LeadState.INVITED:
            return progress.sent(campaign.definition, at.step, since or now).wake_at
        case LeadState.WAITING:
            return progress.done(campaign.definition, at.step, since or now).wake_at or now
        case _:
            return now


async def stop(services: Services, caller: Caller, lead_id: UUID, how: Once, render: Render) -> Answer:
    """Stop a lead for good. One that has ended is left as it is.

    Raises:
        Conflict: something is being sent to it.
    """

    async def change(tx: Tx, campaign: Campaign, at: Position) -> None:
        del campaign
        if at.state is LeadState.SENDING:
            raise _impossible(at, "stopped")
        if at.state not in ENDED:
            move = Move(at.lead_id, at.state, at.step, LeadState.STOPPED, reason=StopReason.BY_HAND)
            await _move(tx, services, move)

    return await _changed(services, caller, lead_id, how, render, change)


async def _move(tx: Tx, services: Services, move: Move) -> None:
    now = services.clock.now()
    moved = await positions.move(tx, [move], now)
    await queue.enqueue(tx, await telling.tell_moves(tx, [move], moved, now))


def _impossible(at: Position, wish: str) -> Conflict:
    if at.state is LeadState.SENDING:
        return Conflict(f"something is being sent to the lead; it can be {wish} once that is settled")
    return Conflict(f"the lead is {at.state}; it cannot be {wish}")


async def _changed(
    services: Services,
    caller: Caller,
    lead_id: UUID,
    how: Once,
    render: Render,
    change: Callable[[Tx, Campaign, Position], Awaitable[None]],
) -> Answer:
    async def work(tx: Tx) -> LeadView:
        lead = await _owned_lead(tx, caller, lead_id)
        campaign, at = await orders.find(tx, lead.campaign_id), await positions.lock(tx, lead_id)
        if campaign is None or at is None:
            raise NotFound("no such lead")
        if campaign.state in {CampaignState.STOPPED, CampaignState.ARCHIVED}:
            raise Conflict(f"the campaign is {campaign.state}")
        await change(tx, campaign, at)
        return await _shown(tx, lead_id)

    return await idempotency.once(services, caller, how, work, render)


async def _owned_lead(tx: ReadTx, caller: Caller, lead_id: UUID) -> CampaignLead:
    found = (await leads.find(tx, [lead_id])).get(lead_id)
    if found is None:
        raise NotFound("no such lead")
    if found.account_id != caller.account_id:
        raise Forbidden("the lead belongs to another account")
    return found


async def _shown(tx: ReadTx, lead_id: UUID) -> LeadView:
    found = await leads.standing(tx, lead_id)
    if found is None:
        raise NotFound("no such lead")
    return view(found)
