"""What came of what was sent: recorded, and the lead moved on, in the transaction of whoever learned of it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid5

from overture import queue
from overture.domain.campaigns import progress
from overture.domain.campaigns.definition import Definition
from overture.domain.campaigns.events import CampaignEvent
from overture.domain.campaigns.states import Decision, LeadState, StopReason
from overture.domain.linkedin.actions import ActionState
from overture.store.campaigns import contacts, leads, marks, messages, orders, pacing, positions, threads
from overture.store.campaigns.messages import CampaignMessage, Place
from overture.store.campaigns.positions import Move, Position
from overture.store.campaigns.threads import ThreadMessage
from overture.store.db import Tx
from overture.store.linkedin.actions import ActionRow, Settlement
from overture.usecases.campaigns import holding, telling

PREFIX = "campaign:"
_KEY = re.compile(PREFIX + r"([0-9a-f-]{36}):(\d{1,3})(?::(\d{1,3}))?")
MOST_TRIES = 3
"""How often a step is tried of which it is known each time that nothing left, but not why."""

HANGS = timedelta(days=1)
"""How often a lead is looked at whose action waits for a provider, or for somebody's hand."""

DONE = frozenset({ActionState.SENT, ActionState.CONFIRMED, ActionState.DOWNGRADED_NO_NOTE})


def action_key(place: Place, attempt: int = 1) -> str:
    """Name the intent of a lead's step. Only what is known to have left nothing is tried anew, under a further name."""
    lead_id, step = place
    return f"{PREFIX}{lead_id}:{step}" + (f":{attempt}" if attempt > 1 else "")


def place_of(key: str) -> Place | None:
    """Return the lead and step that a key names; None for any other action."""
    named = _KEY.fullmatch(key)
    return (UUID(named[1]), int(named[2])) if named else None


def attempt_of(key: str) -> int:
    """Return which attempt a key names."""
    named = _KEY.fullmatch(key)
    return int(named[3] or 1) if named else 1


def is_due(position: Position, at: datetime, lease: datetime | None) -> bool:
    """Return whether a lead is due, or leased until exactly ``lease``: a job that runs late does nothing."""
    return position.wake_at is not None and (position.wake_at <= at or position.wake_at == lease)


async def happened(tx: Tx, message: CampaignMessage, state: ActionState, detail: str, at: datetime) -> None:
    """Record that a step has left, and move its lead on from ``sending``; what was recorded before stays."""
    campaign = await orders.find(tx, message.campaign_id)
    assert campaign is not None
    after = progress.sent(campaign.definition, message.step, at)
    change = Move(message.lead_id, LeadState.SENDING, message.step, after.after, wake_at=after.wake_at)
    (position,) = await positions.find(tx, [message.lead_id])
    moved = await positions.move(tx, [change], at)
    if moved and after.after is LeadState.INVITED:
        await _accepted_already(tx, message, campaign.definition)
    if moved and after.after is not LeadState.FINISHED:
        await queue.enqueue(tx, await holding.catch_up(tx, campaign.account_id, message.lead_id, position.moved_at, at))
    if message.sent_at is not None:
        return
    body = {"step": message.step, "message_type": str(message.type), "outcome": str(state)}
    await telling.enqueue_of(tx, campaign, message.lead_id, CampaignEvent.LEAD_SENT, body, at)
    if moved and after.after is LeadState.FINISHED:
        await telling.enqueue_of(tx, campaign, message.lead_id, CampaignEvent.LEAD_FINISHED, {"step": message.step}, at)
    done = replace(message, outcome=str(state), detail=detail, sent_at=at)
    if state is ActionState.DOWNGRADED_NO_NOTE:
        done = replace(done, decision=Decision.BLANK, why=str(state))
    await messages.put(tx, [done])
    if done.text and done.decision is not Decision.BLANK and position.sender is not None:
        await _keep(tx, done, campaign.account_id, position.sender, at)


class _OfLead(Protocol):
    @property
    def lead_id(self) -> UUID: ...
    @property
    def campaign_id(self) -> UUID: ...


async def tell(tx: Tx, one: _OfLead, kind: CampaignEvent, body: Mapping[str, object], at: datetime) -> None:
    """Tell the customer of a lead, in the transaction of what is told."""
    campaign = await orders.find(tx, one.campaign_id)
    if campaign is not None:
        await telling.enqueue_of(tx, campaign, one.lead_id, kind, body, at)


async def _accepted_already(tx: Tx, message: CampaignMessage, definition: Definition) -> None:
    """An acceptance may be heard before the outcome of its invitation is known."""
    (position,) = await positions.find(tx, [message.lead_id])
    if position.accepted_at is not None:
        await accepted(tx, position, definition, position.accepted_at)


async def _keep(tx: Tx, message: CampaignMessage, account_id: UUID, sender: UUID, at: datetime) -> None:
    lead = (await leads.find(tx, [message.lead_id])).get(message.lead_id)
    if lead is None:
        return
    said = ThreadMessage(
        id=uuid5(message.lead_id, message.action_key),
        account_id=account_id,
        linkedin_account_id=sender,
        person=lead.person,
        lead_id=message.lead_id,
        campaign_id=message.campaign_id,
        inbound=False,
        text=message.text or "",
        at=at,
    )
    await threads.add(tx, said)


async def hangs(tx: Tx, message: CampaignMessage, detail: str, at: datetime) -> None:
    """Note that a provider, or a person, has taken a step and has yet to do it; the lead stays in ``sending``."""
    await messages.put(tx, [replace(message, outcome=str(ActionState.ACCEPTED_BY_PROVIDER), detail=detail)])
    await marks.stay(tx, message.place, LeadState.SENDING, at + HANGS)


async def back(tx: Tx, message: CampaignMessage, detail: str, at: datetime) -> bool:
    """Put a lead back to ``ready`` of whose step nothing has left; it is tried anew under the same name."""
    move = Move(message.lead_id, LeadState.SENDING, message.step, LeadState.READY)
    moved = await positions.move(tx, [move], at)
    if moved:
        await messages.put(tx, [replace(message, outcome="", detail=detail)])
    return bool(moved)


async def again(tx: Tx, message: CampaignMessage, detail: str, at: datetime) -> bool:
    """Put a lead back whose action has ended with nothing sent, to be sent under a further name."""
    attempt = attempt_of(message.action_key) + 1
    return await back(tx, replace(message, action_key=action_key(message.place, attempt)), detail, at)


async def refused(tx: Tx, message: CampaignMessage, detail: str, at: datetime) -> bool:
    """The same where it is not known why: ``MOST_TRIES`` times in all, then the lead is stopped."""
    if attempt_of(message.action_key) >= MOST_TRIES:
        return await over(tx, message, StopReason.FAILED, detail, at)
    return await again(tx, message, detail, at)


async def over(
    tx: Tx, message: CampaignMessage, reason: StopReason, detail: str, at: datetime, before: LeadState | None = None
) -> bool:
    """Stop a lead whose step cannot be sent; ``before`` is where it stands, ``sending`` where absent."""
    move = Move(message.lead_id, before or LeadState.SENDING, message.step, LeadState.STOPPED, reason=str(reason))
    moved = await positions.move(tx, [move], at)
    if moved:
        await messages.put(tx, [replace(message, outcome=str(ActionState.REFUSED), detail=detail)])
        await tell(tx, message, CampaignEvent.LEAD_STOPPED, {"step": message.step, "reason": str(reason)}, at)
    return bool(moved)


async def settled(tx: Tx, row: ActionRow, settlement: Settlement, declined: StopReason | None) -> None:
    """Move a campaign's lead on whose action was not known, or not done, and now is; nothing for other actions.

    Waits begin when it was learned, so they are never too short. Where a person has ``declined`` it, the lead is
    stopped.
    """
    place = place_of(row.key)
    message = (await messages.find(tx, [place])).get(place) if place else None
    if message is None or message.action_key != row.key:
        return
    if settlement.state in DONE:
        await happened(tx, message, settlement.state, settlement.detail, settlement.at)
    elif declined is not None:
        await over(tx, message, declined, settlement.detail, settlement.at)
    elif settlement.state is ActionState.REFUSED and await refused(tx, message, settlement.detail, settlement.at):
        await pacing.arm(tx, [row.linkedin_account_id], settlement.at)


async def accepted(tx: Tx, position: Position, definition: Definition, at: datetime) -> bool:
    """Move an invited lead on, connected since ``at``: its next step begins once the wait after that has passed.

    False where it is not, or no longer, at its invitation.
    """
    after = progress.done(definition, position.step, at)
    move = Move(position.lead_id, LeadState.INVITED, position.step, after.after, wake_at=after.wake_at)
    if not await positions.move(tx, [move], at):
        return False
    await contacts.accepted(tx, position.lead_id, at)
    return True


async def skip(tx: Tx, message: CampaignMessage, definition: Definition, why: str, at: datetime) -> bool:
    """Leave out the step of a lead that is ready; the next begins at once."""
    after = progress.left_out(definition, message.step, at)
    move = Move(message.lead_id, LeadState.READY, message.step, after.after, wake_at=after.wake_at)
    if not await positions.move(tx, [move], at):
        return False
    await messages.put(tx, [replace(message, decision=Decision.SKIPPED, why=why)])
    if after.after is LeadState.FINISHED:
        await tell(tx, message, CampaignEvent.LEAD_FINISHED, {"step": message.step}, at)
    return True
