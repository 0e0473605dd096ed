"""The texts of a campaign's steps: asked for in batches, stored when they are written, written anew where they must."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from overture import queue
from overture.domain.accounts import Caller
from overture.domain.campaigns.definition import OnFailure
from overture.domain.campaigns.events import AlertCode
from overture.domain.campaigns.facts import fact_kind
from overture.domain.campaigns.flags import flags_of, oldest
from overture.domain.campaigns.states import Decision, LeadState, StopReason
from overture.domain.linkedin.budgets import NOTE_UNITS, MemberPlan
from overture.domain.messages import MessageState, MessageType, Segment
from overture.domain.reasons import NOT_GENERATED
from overture.domain.requests import GenerationRequest, Lead, Step
from overture.store import accounts, ledger
from overture.store.campaigns import messages, orders, positions
from overture.store.campaigns.messages import CampaignMessage, Result
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move, Position
from overture.store.db import Tx
from overture.usecases import requests
from overture.usecases.campaigns import approving, telling
from overture.usecases.campaigns.batch import LATER, Ask, Batch, asked_row
from overture.usecases.campaigns.beginning import blank
from overture.usecases.campaigns.noting import note_limits
from overture.usecases.services import Services

MOST_LEADS = 500
"""Leads of one request."""

NO_CREDITS = "no credits"
"""Why a running campaign writes nothing: its ``reason`` until it writes again."""

_SEGMENTS = msgspec.json.Decoder(tuple[Segment, ...])


async def ask(services: Services, tx: Tx, batch: Batch) -> list[queue.Entry]:
    """Ask for the texts of a batch: a request for each type, of as many leads as there are credits for.

    The other leads stay where they are, are looked at again, and the campaign says so. Returns the jobs of an alert.
    """
    if not batch.asks:
        return []
    account = await accounts.find(tx, batch.campaign.account_id)
    assert account is not None
    limits = await note_limits(tx, _senders_of_notes(batch.asks))
    runs: dict[tuple[MessageType, int], list[Ask]] = {}
    for one in batch.asks:
        sender = one.sender or one.position.sender
        longest = limits.get(sender, NOTE_UNITS[MemberPlan.BASIC]) if sender and _is_note(one) else 0
        runs.setdefault((one.type, longest), []).append(one)
    missing = 0
    for (_, longest), run in runs.items():
        note_limit = min(longest, account.note_limit or longest) or None
        caller = Caller(account.id, "", account.tier, note_limit)
        for start in range(0, len(run), MOST_LEADS):
            missing += await _request(services, tx, batch, caller, run[start : start + MOST_LEADS])
    return await _say(tx, batch, missing)


def _is_note(one: Ask) -> bool:
    return one.type is MessageType.CONNECTION_REQUEST


def _senders_of_notes(asks: Iterable[Ask]) -> set[UUID]:
    found = (one.sender or one.position.sender for one in asks if _is_note(one))
    return {sender for sender in found if sender is not None}


async def _request(services: Services, tx: Tx, batch: Batch, caller: Caller, run: Sequence[Ask]) -> int:
    """Ask for one type; return for how many leads there are no credits."""
    request_id = uuid4()
    held = await ledger.hold_most(tx, caller.account_id, len(run), request_id)
    if held < len(run):
        await ledger.renew(tx, caller.account_id)
        held += await ledger.hold_most(tx, caller.account_id, len(run) - held, request_id)
    chosen, left = run[:held], run[held:]
    if chosen:
        await requests.accept_for_campaign(
            services, tx, caller, request(batch.campaign, chosen, request_id), request_id
        )
    for number, one in enumerate(chosen):
        position = one.position
        batch.rows.append(asked_row(one, request_id, number))
        if position.state is LeadState.WRITING:
            batch.wait(position, LATER)
        else:
            batch.moves.append(_to_writing(one, batch.at + LATER))
        if one.sender is not None:
            batch.senders[one.lead.id] = one.sender
    for one in left:
        batch.wait(one.position, LATER)
        if one.position.state is LeadState.QUEUED:
            batch.unclaimed.append(one.lead.id)
    return len(left)


def _to_writing(one: Ask, wake_at: datetime) -> Move:
    position = one.position
    return Move(one.lead.id, position.state, position.step, LeadState.WRITING, to_step=one.step, wake_at=wake_at)


def request(campaign: Campaign, asks: Sequence[Ask], request_id: UUID) -> GenerationRequest:
    """Return the request for one type of message; its leads' ids, and its digest, are used this once."""
    ordered = campaign.definition
    return GenerationRequest(
        digest=request_id.bytes * 2,
        completion_notification_url="",
        customer_id=campaign.customer_id,
        campaign_id=str(campaign.id),
        campaign_name=campaign.name,
        proposition_company_name=ordered.proposition_company_name,
        proposition_company_url=ordered.proposition_company_url,
        sequence=(Step(1, asks[0].type),),
        leads=tuple(
            Lead(
                f"{one.lead.id}:{one.step}:{one.attempt}",
                one.lead.linkedin,
                one.lead.company,
                one.lead.first_name,
                one.lead.last_name,
                one.lead.job_title,
                one.lead.company_website_url,
                one.lead.specified_url,
            )
            for one in asks
        ),
        tone=ordered.tone,
        signoff_name=ordered.signoff_name,
        material_link=ordered.material_link,
        hiring_location=ordered.hiring_location,
    )


async def _say(tx: Tx, batch: Batch, missing: int) -> list[queue.Entry]:
    """Show on the campaign that there are no credits, and raise the alert; take it back once there are."""
    campaign = batch.campaign
    if not missing:
        if campaign.reason == NO_CREDITS:
            await orders.explain(tx, campaign.id, "")
        return []
    if campaign.reason != NO_CREDITS:
        await orders.explain(tx, campaign.id, NO_CREDITS)
    body = {"messages": missing}
    return await telling.alert(tx, campaign, AlertCode.CREDITS_LOW, campaign.account_id, body, batch.at)


async def store(tx: Tx, batch: Batch, writing: Sequence[Position]) -> None:
    """Take what was written for leads, or why it was not; ask for what nobody was asked for yet."""
    places = [(position.lead_id, position.step) for position in writing]
    rows, results = await messages.find(tx, places), await messages.results(tx, places)
    for position, place in zip(writing, places, strict=True):
        row, result = rows.get(place), results.get(place)
        if row is None:
            batch.stop(position, StopReason.ERASED)
        elif row.request_id is None:
            lead = batch.leads[position.lead_id]
            batch.asks.append(Ask(position, lead, row.step, row.type, row.attempt, why=row.why))
        elif result is None:
            _not_written(batch, position, row, NOT_GENERATED)
        elif result.state in {MessageState.PENDING, MessageState.WAITING}:
            batch.wait(position, LATER)
        elif result.text is None:
            _not_written(batch, position, row, result.reason or NOT_GENERATED)
        else:
            _written(batch, position, row, result)


def _written(batch: Batch, position: Position, row: CampaignMessage, result: Result) -> None:
    segments = _SEGMENTS.decode(result.segments or "[]")
    flags = flags_of(row.type, segments, batch.campaign.definition, batch.at)
    batch.rows.append(
        replace(
            row,
            text=result.text,
            fact_kind=fact_kind(row.type, segments),
            fact_at=oldest(row.type, segments),
            flags=flags,
            failure="",
            written_at=batch.at,
        )
    )
    if approving.needs_review(batch.campaign.definition, flags):
        batch.moves.append(Move(position.lead_id, position.state, position.step, LeadState.REVIEW))
    else:
        batch.ready(position, position.step, position.sender)


def _not_written(batch: Batch, position: Position, row: CampaignMessage, reason: str) -> None:
    failed = replace(row, failure=reason)
    if batch.campaign.definition.on_failure is OnFailure.STOP:
        batch.rows.append(failed)
        batch.stop(position, StopReason.FAILED)
    elif row.type is MessageType.CONNECTION_REQUEST:
        batch.rows.append(blank(position, batch, reason, failed))
        batch.ready(position, position.step, position.sender)
    else:
        batch.rows.append(replace(failed, decision=Decision.SKIPPED, why=reason))
        batch.leave_out(position)


async def rewrite(tx: Tx, lead_ids: Sequence[UUID], why: str, at: datetime) -> set[UUID]:
    """Have the step in hand of leads written anew that are ready or in review; return those that were moved.

    ``why`` is kept with the move and with the message. Whoever approved it approved another text: that is forgotten.
    Invitations without a note are left alone. The text is asked for when the lead is next looked at, which is at once.
    """
    standing = [
        position
        for position in await positions.find(tx, lead_ids)
        if position.state in {LeadState.READY, LeadState.REVIEW}
    ]
    rows = await messages.find(tx, [(position.lead_id, position.step) for position in standing])
    wanted = {row.lead_id: row for row in rows.values() if row.decision in {Decision.NOTE, Decision.MESSAGE}}
    moves = [
        Move(position.lead_id, position.state, position.step, LeadState.WRITING, wake_at=at, reason=why)
        for position in standing
        if position.lead_id in wanted
    ]
    moved = await positions.move(tx, moves, at)
    await messages.put(tx, [anew(wanted[lead_id], why) for lead_id in sorted(moved, key=lambda one: one.bytes)])
    return moved


def anew(row: CampaignMessage, why: str) -> CampaignMessage:
    """Return a message's row as it stands before its next attempt."""
    return CampaignMessage(
        row.lead_id, row.step, row.campaign_id, row.type, row.decision, attempt=row.attempt + 1, why=why
    )
