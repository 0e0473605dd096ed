"""The last look before something leaves: is the lead still to be written to, and is the text still right?"""

from dataclasses import replace
from datetime import datetime

from overture.domain.campaigns.definition import NotePolicy, OnFailure
from overture.domain.campaigns.flags import is_old
from overture.domain.campaigns.states import Decision, LeadState, StopReason
from overture.domain.errors import NotAvailableOnRail, NotFoundOnRail, RailFailed
from overture.domain.linkedin import queries
from overture.domain.linkedin.budgets import NOTE_UNITS
from overture.domain.linkedin.objects import Degree, InvitationStanding, InvitationState
from overture.domain.linkedin.queries import Window
from overture.domain.messages import YOUR_NAME, linkedin_length
from overture.store import suppression
from overture.store.campaigns import messages, positions
from overture.store.campaigns.messages import CampaignMessage
from overture.store.campaigns.positions import Move
from overture.store.db import ReadTx
from overture.usecases.campaigns import outcomes, writing
from overture.usecases.campaigns.turns import Turn
from overture.usecases.linkedin import news, reading
from overture.usecases.linkedin.sessions import Acting
from overture.usecases.services import Services

AGE = "facts_too_old"
"""Why a message was written anew; it is not written anew for that again."""

READ_BACK = Window(count=20)


async def check(services: Services, who: Acting, turn: Turn) -> CampaignMessage | None:
    """Return what is to be sent now, with the name of its intent; None where the lead has been moved elsewhere.

    Raises:
        RailFailed: LinkedIn could not be read; nothing was decided.
    """
    if await _is_stopped(services, turn) or await _has_replied(services, who, turn):
        return None
    standing = await _standing(services, who, turn)
    if standing is not None and await _stands_otherwise(services, turn, standing):
        return None
    if await _is_old(services, turn):
        return None
    return await _text(services, turn)


async def _is_old(services: Services, turn: Turn) -> bool:
    """Have a text written anew whose facts are older than the campaign allows: once a step, then it leaves as it is."""
    message, now = turn.message, services.clock.now()
    if message.why == AGE or not is_old(message.type, message.fact_at, turn.campaign.definition, now):
        return False
    async with services.database.transaction() as tx:
        return bool(await writing.rewrite(tx, [message.lead_id], AGE, now))


async def is_suppressed(tx: ReadTx, turn: Turn) -> bool:
    """Return whether the lead is to be left alone."""
    return await suppression.holds(tx, turn.campaign.account_id, turn.lead.person)


async def is_no_connection(services: Services, who: Acting, turn: Turn) -> bool:
    """Return whether LinkedIn shows that the lead is no connection."""
    try:
        standing = await _standing(services, who, turn)
    except RailFailed:
        return False
    return standing is not None and standing.state is not InvitationState.CONNECTED


async def _stop(services: Services, turn: Turn, reason: StopReason, detail: str = "") -> None:
    now = services.clock.now()
    async with services.database.transaction() as tx:
        await outcomes.over(tx, turn.message, reason, detail, now, before=LeadState.READY)


async def _is_stopped(services: Services, turn: Turn) -> bool:
    async with services.database.reading() as tx:
        if not await is_suppressed(tx, turn):
            return False
    await _stop(services, turn, StopReason.SUPPRESSED)
    return True


async def _has_replied(services: Services, who: Acting, turn: Turn) -> bool:
    """Read the conversation. A reply that no news have told yet is heard here and now.

    A rail that cannot show conversations tells of replies by its news alone.
    """
    try:
        thread = await reading.read(
            services, who, queries.ReadConversation(profile=turn.lead.linkedin, window=READ_BACK)
        )
    except (NotAvailableOnRail, NotFoundOnRail):
        return False
    since = turn.campaign.started_at or turn.campaign.created_at
    unheard = [
        message
        for message in reversed(thread.messages.items)
        if message.sender.degree is not Degree.SELF and not message.system and message.sent_at >= since
    ]
    if not unheard or not await news.hear_early(services, who.id, thread, unheard):
        return False
    now = services.clock.now()
    stop = Move(turn.message.lead_id, LeadState.READY, turn.message.step, LeadState.STOPPED, reason="replied")
    async with services.database.transaction() as tx:
        await positions.move(tx, [stop], now)  # where hearing has not moved it: nothing is sent over an answer
    return True


async def _standing(services: Services, who: Acting, turn: Turn) -> InvitationStanding | None:
    """Return where the account and the lead stand; None on a rail that cannot tell."""
    try:
        return await reading.read(services, who, queries.StandingWith(turn.lead.linkedin))
    except NotAvailableOnRail:
        return None
    except NotFoundOnRail:
        return InvitationStanding(InvitationState.NONE, Degree.THIRD)


async def _stands_otherwise(services: Services, turn: Turn, standing: InvitationStanding) -> bool:
    """Take a lead on for whom the step is pointless: connected or invited already, or no connection any more."""
    now = services.clock.now()
    connected = standing.state is InvitationState.CONNECTED
    if turn.message.decision is Decision.MESSAGE:
        if not connected:
            await _stop(services, turn, StopReason.NOT_CONNECTED, f"LinkedIn shows the lead as {standing.state}")
        return not connected
    if connected:
        async with services.database.transaction() as tx:
            await outcomes.skip(tx, turn.message, turn.campaign.definition, "already_connected", now)
        return True
    if standing.state is InvitationState.SENT:
        await _invited_by_hand(services, turn, standing.sent_at or now)
        return True
    return False


async def _invited_by_hand(services: Services, turn: Turn, sent_at: datetime) -> None:
    """An invitation is open that no step has sent: the lead waits for its acceptance like any other."""
    now, place = services.clock.now(), turn.message.place
    lead_id, step = place
    until = max(now, sent_at + turn.campaign.definition.accept_within)
    begin = Move(lead_id, LeadState.READY, step, LeadState.SENDING)
    done = Move(lead_id, LeadState.SENDING, step, LeadState.INVITED, wake_at=until)
    async with services.database.transaction() as tx:
        if await positions.move(tx, [begin], now) and await positions.move(tx, [done], now):
            await messages.put(tx, [replace(turn.message, decision=Decision.SKIPPED, why="already_invited")])


async def _text(services: Services, turn: Turn) -> CampaignMessage | None:
    """Return the message as it leaves: signed, within the limits, a note only where there is one left for it."""
    message, definition = turn.message, turn.campaign.definition
    key = message.action_key or outcomes.action_key(message.place)
    message = replace(message, action_key=key, text=_signed(message.text, turn.account.name))
    if message.decision is Decision.BLANK:
        return message
    if not message.text or "{{" in message.text:
        await _stop(services, turn, StopReason.FAILED, "the text is empty, or has a placeholder left")
        return None
    if message.decision is not Decision.NOTE:
        return message
    if linkedin_length(message.text) > NOTE_UNITS[turn.account.plan]:
        if definition.on_failure is OnFailure.STOP or definition.notes is NotePolicy.ALWAYS:
            await _stop(services, turn, StopReason.FAILED, "the note is too long for the account's plan")
            return None
        return replace(message, decision=Decision.BLANK, why="note_too_long")
    if not turn.note_left:
        return replace(message, decision=Decision.BLANK, why="note_budget")
    return message


def _signed(text: str | None, name: str) -> str | None:
    first, _, _ = name.strip().partition(" ")
    return text.replace(YOUR_NAME, first) if text and first else text
