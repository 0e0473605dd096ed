"""What is done to a batch of leads of one campaign: collected first, then written in a few statements."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from overture import queue
from overture.domain.campaigns import progress
from overture.domain.campaigns.events import CampaignEvent
from overture.domain.campaigns.states import Decision, LeadState, StopReason
from overture.domain.messages import MessageType
from overture.store.campaigns import messages, pacing, positions
from overture.store.campaigns.leads import CampaignLead
from overture.store.campaigns.messages import CampaignMessage
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move, Position
from overture.store.db import Tx
from overture.usecases.campaigns import telling

SOON = timedelta(minutes=15)
"""When is looked again whether a sender is connected."""

LATER = timedelta(hours=1)
"""When is looked again whether there are credits; and, to be safe, whether a text has been written."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A text that is wanted for a lead: for its step ``step``, in its ``attempt``-th attempt. The lead gets to writing.

    ``sender`` is set where the lead gets one now. ``why`` says why a text is written anew.
    """

    position: Position
    lead: CampaignLead
    step: int
    type: MessageType
    attempt: int = 1
    sender: UUID | None = None
    why: str = ""


@dataclass(slots=True)
class Batch:
    """One campaign's leads in hand; their rows are held. ``at`` is the moment that everything here counts from."""

    campaign: Campaign
    leads: dict[UUID, CampaignLead]
    at: datetime
    moves: list[Move] = field(default_factory=list[Move])
    rows: list[CampaignMessage] = field(default_factory=list[CampaignMessage])
    asks: list[Ask] = field(default_factory=list[Ask])
    senders: dict[UUID, UUID] = field(default_factory=dict[UUID, UUID])
    again: dict[UUID, datetime] = field(default_factory=dict[UUID, datetime])
    armed: set[UUID] = field(default_factory=set[UUID])
    unclaimed: list[UUID] = field(default_factory=list[UUID])

    def stop(self, position: Position, reason: StopReason) -> None:
        """End a lead."""
        move = Move(position.lead_id, position.state, position.step, LeadState.STOPPED, reason=str(reason))
        self.moves.append(move)

    def ready(self, position: Position, step: int, sender: UUID | None) -> None:
        """Hand a lead to its account, which is told that there is something to send."""
        self.moves.append(Move(position.lead_id, position.state, position.step, LeadState.READY, to_step=step))
        if sender is not None:
            self.armed.add(sender)

    def leave_out(self, position: Position) -> None:
        """Skip the step in hand."""
        after = progress.left_out(self.campaign.definition, position.step, self.at)
        self.moves.append(
            Move(position.lead_id, position.state, position.step, after.after, wake_at=after.wake_at, reason="skipped")
        )

    def wait(self, position: Position, delay: timedelta) -> None:
        """Leave a lead where it is, and look at it again."""
        self.again[position.lead_id] = self.at + delay

    async def write(self, tx: Tx) -> list[queue.Entry]:
        """Write what was collected; return the jobs of the events that tell of it."""
        await positions.unclaim(tx, self.unclaimed) if self.unclaimed else None
        await positions.assign(tx, self.senders) if self.senders else None
        await positions.move(tx, self.moves, self.at)
        await messages.put(tx, self.rows)
        await positions.look_again(tx, list(self.again), list(self.again.values())) if self.again else None
        await pacing.arm(tx, sorted(self.armed, key=lambda sender: sender.bytes), self.at) if self.armed else None
        return await self._tell(tx)

    async def _tell(self, tx: Tx) -> list[queue.Entry]:
        if not self.campaign.definition.notification_url:
            return []
        entries: list[queue.Entry] = []
        for move in self.moves:
            lead = self.leads.get(move.lead_id)
            if lead is None:  # erased: there is nobody to tell of
                continue
            if move.after is LeadState.STOPPED:
                body = {"step": move.step, "reason": move.reason}
                entries += await telling.tell_lead(tx, self.campaign, lead, CampaignEvent.LEAD_STOPPED, body, self.at)
            elif move.after is LeadState.FINISHED:
                body = {"step": move.step}
                entries += await telling.tell_lead(tx, self.campaign, lead, CampaignEvent.LEAD_FINISHED, body, self.at)
        return entries


def asked_row(ask: Ask, request_id: UUID, request_lead: int) -> CampaignMessage:
    """Return the row of a step whose text was asked for."""
    note = ask.type is MessageType.CONNECTION_REQUEST
    return CampaignMessage(
        lead_id=ask.lead.id,
        step=ask.step,
        campaign_id=ask.lead.campaign_id,
        type=ask.type,
        decision=Decision.NOTE if note else Decision.MESSAGE,
        attempt=ask.attempt,
        why=ask.why,
        request_id=request_id,
        request_lead=request_lead,
    )
