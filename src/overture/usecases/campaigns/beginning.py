"""Beginning leads: each claimed for one campaign, given a sender, and a note or none, as far as senders have room."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from overture.domain.campaigns.notes import Candidate, decide, score
from overture.domain.campaigns.states import Decision, StopReason
from overture.domain.messages import MessageType
from overture.store.campaigns import positions
from overture.store.campaigns.messages import CampaignMessage
from overture.store.campaigns.positions import Position
from overture.store.db import Tx
from overture.usecases.campaigns.batch import SOON, Ask, Batch
from overture.usecases.campaigns.noting import Seat, seats

SOONEST, LATEST = timedelta(days=1), timedelta(days=7)
"""When is looked again whether there is room for a lead: the further back it stands, the later."""


async def begin(tx: Tx, batch: Batch, queued: Sequence[Position]) -> None:
    """Begin leads that nothing was begun for, in the order in which they were imported."""
    await positions.hold_account(tx, batch.campaign.account_id)
    there = await seats(tx, batch.campaign, batch.at)
    if not there:
        for position in queued:
            batch.wait(position, SOON)
        return
    ordered = sorted(queued, key=lambda position: batch.leads[position.lead_id].place)
    seated, left = _seated(ordered, there, batch)
    people = [(batch.leads[position.lead_id].person, position.lead_id) for position, _ in seated]
    claimed = await positions.claim(tx, batch.campaign.account_id, people) if people else set[UUID]()
    begun: list[tuple[Position, UUID]] = []
    for position, sender in seated:
        if position.lead_id in claimed:
            begun.append((position, sender))
        else:
            batch.stop(position, StopReason.IN_ANOTHER_CAMPAIGN)
    _postpone(batch, left, there)
    _decide(batch, begun, {seat.sender: seat.notes for seat in there})


def _seated(
    queued: Sequence[Position], there: Sequence[Seat], batch: Batch
) -> tuple[list[tuple[Position, UUID]], list[Position]]:
    """Give leads senders, evenly by their places; return also those for whom there is no room.

    A lead that has a sender, having been put back, keeps it.
    """
    room = {seat.sender: seat.room for seat in there}
    order = [seat.sender for seat in there]
    seated: list[tuple[Position, UUID]] = []
    left: list[Position] = []
    for position in queued:
        start = batch.leads[position.lead_id].place % len(order)
        wanted = [position.sender] if position.sender else order[start:] + order[:start]
        sender = next((one for one in wanted if one in room and room[one] != 0), None)
        if sender is None:
            left.append(position)
            continue
        most = room[sender]
        room[sender] = None if most is None else most - 1
        seated.append((position, sender))
    return seated, left


def _postpone(batch: Batch, left: Sequence[Position], there: Sequence[Seat]) -> None:
    a_day = sum(seat.a_day or 0 for seat in there)
    for number, position in enumerate(left):
        days = number // a_day if a_day else 0
        batch.wait(position, min(max(SOONEST, timedelta(days=days)), LATEST))


def _decide(batch: Batch, begun: Sequence[tuple[Position, UUID]], notes_left: Mapping[UUID, int | None]) -> None:
    ordered = batch.campaign.definition
    if not ordered.connects:
        for position, sender in begun:
            batch.asks.append(Ask(position, batch.leads[position.lead_id], 1, ordered.steps[0].type, sender=sender))
        return
    decided = decide(ordered, [_candidate(batch, position, sender) for position, sender in begun], notes_left)
    for position, sender in begun:
        why = decided[position.lead_id]
        ask = Ask(position, batch.leads[position.lead_id], 1, MessageType.CONNECTION_REQUEST, sender=sender)
        if why is None:
            batch.asks.append(ask)
            continue
        batch.senders[position.lead_id] = sender
        batch.ready(position, 1, sender)
        batch.rows.append(blank(position, batch, str(why)))


def _candidate(batch: Batch, position: Position, sender: UUID) -> Candidate:
    lead = batch.leads[position.lead_id]
    return Candidate(lead.id, sender, score(lead.job_title, lead.company_website_url, lead.specified_url), lead.place)


def blank(position: Position, batch: Batch, why: str, row: CampaignMessage | None = None) -> CampaignMessage:
    """Return the row of an invitation that goes without a note; ``row`` is what stands there where there is one."""
    if row is not None:
        return replace(row, decision=Decision.BLANK, why=why, text=None)
    return CampaignMessage(
        position.lead_id, 1, batch.campaign.id, MessageType.CONNECTION_REQUEST, Decision.BLANK, why=why
    )
