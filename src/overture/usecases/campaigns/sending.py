"""One LinkedIn account's turn: what is ready of its campaigns leaves, as its hours, pace and budgets allow."""

import functools
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from overture.domain.campaigns.states import Decision, LeadState, StopReason
from overture.domain.errors import (
    Conflict,
    NotAvailableOnRail,
    NotFoundOnRail,
    OutcomeUnknown,
    OverBudget,
    RailFailed,
    RailUnreachable,
    RefusedByRail,
    Restricted,
    SessionExpired,
)
from overture.domain.linkedin.actions import Action, ActionState, Invite, SendMessage
from overture.store.campaigns import marks, messages, pacing, positions
from overture.store.campaigns.messages import CampaignMessage
from overture.store.campaigns.positions import Move, Position
from overture.store.linkedin import actions
from overture.telemetry import faults
from overture.telemetry.logs import get
from overture.usecases.campaigns import checking, outcomes, turns
from overture.usecases.campaigns.turns import Turn
from overture.usecases.linkedin import acting, sessions
from overture.usecases.linkedin.sessions import Acting
from overture.usecases.services import Services

MOST_AT_ONCE = 25
"""Leads looked at in one turn, of which nothing is sent to those that the checks take out."""

BACK_OFF = timedelta(minutes=10)
"""How long an account waits after LinkedIn could not be reached."""

TRY_AGAIN = timedelta(minutes=1)
LEASES = 6

log = get(__name__)


async def send_due(services: Services, linkedin_id: UUID) -> int:
    """Take an account's turn; return how many actions left: 1 or 0. May run twice, and at once.

    Sets when the next turn comes. What the checks find over is taken out, and the turn goes to the next.
    """
    for _ in range(MOST_AT_ONCE):
        turn = await turns.choose(services, linkedin_id)
        if turn is None:
            return 0
        faults.reach("s1")
        try:
            who = sessions.open_account(services, turn.account)
            ready = await checking.check(services, who, turn)
        except RailFailed as error:
            # Reading has failed. An account that is stopped by that is seen at the next choice.
            if isinstance(error, SessionExpired | Restricted):
                continue
            log.info("campaign.cannot_read", linkedin_account=str(linkedin_id), error=type(error).__name__)
            await _wait(services, linkedin_id, BACK_OFF)
            return 0
        if ready is not None and await _begin(services, turn, ready):
            faults.reach("s2")
            return await _send(services, who, turn, ready)
    await _wait(services, linkedin_id, timedelta())
    return 0


def _settles(services: Services) -> timedelta:
    """Return after how long a lead that is still in ``sending`` is looked at: six of the times that a call may take."""
    return timedelta(seconds=LEASES * services.policy.linkedin_lease_seconds)


async def _wait(services: Services, linkedin_id: UUID, by: timedelta) -> None:
    async with services.database.transaction() as tx:
        await pacing.put(tx, linkedin_id, services.clock.now() + by)


async def _begin(services: Services, turn: Turn, message: CampaignMessage) -> bool:
    """Commit that a step is being sent, under which name, and when its account is free again.

    False: another process has it, or the lead has been stopped.
    """
    now = services.clock.now()
    move = Move(message.lead_id, LeadState.READY, message.step, LeadState.SENDING, wake_at=now + _settles(services))
    async with services.database.transaction() as tx:
        await pacing.lock(tx, turn.account.id)
        if not await positions.move(tx, [move], now):
            return False
        await messages.put(tx, [message])
        await pacing.put(tx, turn.account.id, turn.free_at, turn.free_at)
    return True


def _action(turn: Turn, message: CampaignMessage) -> Action:
    if message.decision is Decision.MESSAGE:
        return SendMessage(turn.lead.linkedin, message.text or "")
    return Invite(turn.lead.linkedin, message.text if message.decision is Decision.NOTE else None)


async def _send(services: Services, who: Acting, turn: Turn, message: CampaignMessage) -> int:
    still = functools.partial(marks.stands, place=message.place, state=LeadState.SENDING)
    try:
        done = await acting.act(services, who, _action(turn, message), message.action_key, still)
    except OutcomeUnknown:
        return 1  # it is looked for, and moved on when it is found, or is not
    except Conflict:
        return 0  # an answer came between: whoever stopped the lead has recorded it
    except (OverBudget, RailFailed) as error:
        await _failed(services, who, turn, message, error)
        return 0
    await _record(services, message, done.state, done.detail, turn.account.id)
    faults.reach("s3")
    return 1


async def _record(
    services: Services, message: CampaignMessage, state: ActionState, detail: str, linkedin_id: UUID
) -> None:
    """Record how a step's action has ended, and move its lead on."""
    now = services.clock.now()
    async with services.database.transaction() as tx:
        if state in outcomes.DONE:
            await outcomes.happened(tx, message, state, detail, now)
        elif state is ActionState.ACCEPTED_BY_PROVIDER:
            await outcomes.hangs(tx, message, detail, now)
        elif state is ActionState.EMAIL_REQUIRED:
            await outcomes.over(tx, message, StopReason.FAILED, detail or "LinkedIn asks for the e-mail address", now)
        elif await outcomes.refused(tx, message, detail, now):
            await pacing.arm(tx, [linkedin_id], now)


async def _failed(services: Services, who: Acting, turn: Turn, message: CampaignMessage, error: Exception) -> None:
    """Draw what follows from an action that sent nothing."""
    now, detail = services.clock.now(), str(error)[:300]
    reason = await _stops(services, who, turn, message, error)
    async with services.database.transaction() as tx:
        if reason is not None:
            await outcomes.over(tx, message, reason, detail, now)
        elif isinstance(error, OverBudget):
            await outcomes.back(tx, message, detail, now)
            await pacing.put(tx, turn.account.id, now + TRY_AGAIN)
        else:
            tried = await actions.by_key(tx, who.id, message.action_key)
            await (outcomes.again if tried else outcomes.back)(tx, message, detail, now)
            await pacing.put(tx, turn.account.id, now + (BACK_OFF if isinstance(error, RailUnreachable) else TRY_AGAIN))
    log.info("campaign.not_sent", lead=str(message.lead_id), error=type(error).__name__)


async def _stops(
    services: Services, who: Acting, turn: Turn, message: CampaignMessage, error: Exception
) -> StopReason | None:
    """Return why a failure ends the lead; None where it may be tried again."""
    if not isinstance(error, RefusedByRail | NotFoundOnRail | NotAvailableOnRail):
        return None
    async with services.database.reading() as tx:
        if await checking.is_suppressed(tx, turn):
            return StopReason.SUPPRESSED
    if message.decision is Decision.MESSAGE and await checking.is_no_connection(services, who, turn):
        return StopReason.NOT_CONNECTED
    return StopReason.FAILED


async def resume(services: Services, lead_ids: Sequence[UUID], lease: datetime | None = None) -> int:
    """Take on leads in ``sending`` that are due, or leased until ``lease``; return how many moved. May run twice.

    Nothing is sent here: what was begun is recorded as it ended, and what was not begun goes back to be checked anew.
    """
    async with services.database.reading() as tx:
        found = await positions.find(tx, lead_ids)
    moved = 0
    for position in found:
        if position.state is LeadState.SENDING and outcomes.is_due(position, services.clock.now(), lease):
            moved += await _resume(services, position)
    return moved


async def _resume(services: Services, position: Position) -> bool:
    place = (position.lead_id, position.step)
    assert position.sender is not None
    async with services.database.transaction() as tx:
        message = (await messages.find(tx, [place]))[place]
        row = await actions.by_key(tx, position.sender, message.action_key)
        now = services.clock.now()
        if row is None:
            await pacing.arm(tx, [position.sender], now)
            return await outcomes.back(tx, message, "begun and never sent", now)
        if row.state in {ActionState.INTENDED, ActionState.UNKNOWN}:
            await marks.stay(tx, place, LeadState.SENDING, now + _settles(services))
            return False
    await _record(services, message, row.state, row.detail, position.sender)
    return row.state is not ActionState.ACCEPTED_BY_PROVIDER
