"""Setting leads aside, and letting them go on from where they were."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from overture import queue
from overture.domain.campaigns import progress
from overture.domain.campaigns.definition import Definition
from overture.domain.campaigns.events import CampaignEvent
from overture.domain.campaigns.states import HoldReason, LeadState
from overture.store.campaigns import contacts, pacing, positions, threads
from overture.store.campaigns.contacts import Contact
from overture.store.campaigns.positions import Move, Position
from overture.store.db import Tx
from overture.usecases.campaigns import telling

MAY_HOLD = frozenset(LeadState) - {LeadState.SENDING, LeadState.FINISHED, LeadState.STOPPED}
"""What is being sent is settled first; ``catch_up`` holds it then."""


async def hold(
    tx: Tx,
    found: Sequence[Contact],
    reason: HoldReason,
    at: datetime,
    wake_at: datetime | None = None,
    by: UUID | None = None,
) -> list[queue.Entry]:
    """Hold leads, whose places the caller has locked; return the jobs that tell it.

    ``wake_at`` is when they go on by themselves, ``by`` the lead whose reply holds them. Who is held already by hand
    stays so; who is held for another reason is held for this one from now on.
    """
    holdable = [contact for contact in found if _may_hold(contact.position)]
    moved = await positions.move(tx, [_aside(contact.position, reason, wake_at) for contact in holdable], at)
    if by is not None and moved:
        await contacts.held_by(tx, list(moved), by)
    entries: list[queue.Entry] = []
    for contact in holdable:
        if contact.lead.id in moved:
            body: dict[str, object] = {"step": contact.position.step, "reason": str(reason)}
            body["held_by"] = str(by) if by else None
            kind = CampaignEvent.LEAD_HELD
            entries += await telling.tell_lead(tx, contact.campaign, contact.lead, kind, body, at)
    return entries


def _may_hold(position: Position) -> bool:
    by_hand = position.state is LeadState.HELD and position.reason == HoldReason.PAUSED
    return position.state in MAY_HOLD and not by_hand


def _aside(position: Position, reason: HoldReason, wake_at: datetime | None) -> Move:
    return Move(
        position.lead_id,
        position.state,
        position.step,
        LeadState.HELD,
        wake_at=wake_at,
        reason=str(reason),
        rank=position.rank,
        resume=position.resume or position.state,
    )


async def connected(tx: Tx, found: Sequence[Position], definition: Definition, at: datetime) -> set[UUID]:
    """Move invited leads on that are connections since ``at``; return those that stood at their invitation."""
    moves: list[Move] = []
    for position in found:
        if position.step > 0:
            after = progress.done(definition, position.step, at)
            moves.append(Move(position.lead_id, LeadState.INVITED, position.step, after.after, wake_at=after.wake_at))
    return await positions.move(tx, moves, at)


async def release(tx: Tx, found: Sequence[Position], definitions: Mapping[UUID, Definition], at: datetime) -> set[UUID]:
    """Let held leads go on from where they were; return those that were held. ``definitions`` are of their campaigns.

    What waited has waited on: it is due when it would have been, or now. An invitation that was accepted meanwhile has
    been so since.
    """
    held = [position for position in found if position.state is LeadState.HELD]
    moved = await positions.move(tx, [_back(position, at) for position in held], at)
    went_on = [position for position in held if position.lead_id in moved]
    for position in went_on:
        if position.resume is LeadState.INVITED and position.accepted_at is not None:
            await connected(tx, [position], definitions[position.campaign_id], position.accepted_at)
    senders = [position.sender for position in went_on if position.resume is LeadState.READY and position.sender]
    if senders:
        await pacing.arm(tx, senders, at)
    return moved


def _back(position: Position, at: datetime) -> Move:
    resume = position.resume
    assert resume is not None
    wake_at = position.resume_at
    if resume in {LeadState.REVIEW, LeadState.READY}:
        wake_at = None
    elif resume is LeadState.WRITING or wake_at is None:
        wake_at = at
    return Move(position.lead_id, LeadState.HELD, position.step, resume, wake_at=wake_at, rank=position.rank)


async def catch_up(tx: Tx, account_id: UUID, lead_id: UUID, since: datetime, at: datetime) -> list[queue.Entry]:
    """Hold a lead that has just left ``sending``, where a colleague replied while it was there, from ``since`` on."""
    by = await threads.company_replied(tx, lead_id, since)
    if by is None:
        return []
    (contact,) = await contacts.of_leads(tx, account_id, [lead_id])
    if not contact.campaign.definition.hold_company:
        return []
    return await hold(tx, [contact], HoldReason.COMPANY_REPLIED, at, by=by)
