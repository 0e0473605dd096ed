"""Acting on LinkedIn: intent committed, rail called, outcome committed. Never twice."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from overture.domain.errors import (
    Conflict,
    OutcomeUnknown,
    OverBudget,
    RailFailed,
    RailUnreachable,
    RefusedByRail,
    Unavailable,
)
from overture.domain.linkedin.actions import HAPPENED, Action, ActionState, Budget, Invite, SendMessage
from overture.domain.linkedin.budgets import NOTE_UNITS
from overture.domain.linkedin.people import person_hash
from overture.domain.messages import linkedin_length
from overture.gateway import calling, codec
from overture.store import suppression
from overture.store.db import Tx
from overture.store.linkedin import accounts, actions
from overture.store.linkedin.actions import ActionRow, Settlement, Spending
from overture.telemetry import faults, metrics
from overture.telemetry.logs import get
from overture.usecases.linkedin import settling
from overture.usecases.linkedin.budgets import closed, refusal_of
from overture.usecases.linkedin.sessions import Acting, note_failure, refuse_stopped
from overture.usecases.services import Services

WAIT_SECONDS = 60.0
TRY_AGAIN_SECONDS = 0.05

NOTHING_WENT_OUT = frozenset({ActionState.REFUSED, ActionState.EMAIL_REQUIRED})

log = get(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an action. ``repeated`` is True where its key had been used, and this is what came of it then."""

    id: UUID
    state: ActionState
    detail: str
    result: Mapping[str, str]
    repeated: bool = False


Still = Callable[[Tx], Awaitable[bool]]
"""Says, in the transaction that commits an intent, whether it is still meant."""


async def act(
    services: Services, who: Acting, action: Action, key: str | None = None, still: Still | None = None
) -> Done:
    """Do it once. Actions of one account leave one after another, over all processes.

    The same ``key`` gives the outcome of the first time. While it is not known whether an action of the same content
    happened, LinkedIn is read first; the same is never done blindly again. Without a key, who asks again for what did
    happen and was never answered is told what came of it.

    Raises:
        Conflict: it is no longer meant, as ``still`` says in the transaction of the intent; nothing was sent.
        OverBudget: a budget is spent, LinkedIn limits this, or it is outside working hours; nothing was sent.
        Restricted: the account rests; nothing was sent.
        SessionExpired: the account has to sign in again; nothing was sent.
        OutcomeUnknown: it may have happened; it will be looked for.
        RailFailed: as the port documents; nothing happened.
    """
    refuse_stopped(services, who.account)
    _refuse_long_note(who, action)
    async with services.lanes.lane(who.id):
        lease = uuid4()
        row = _row(services, who, action, key)
        held_since = await _intend(services, who, action, row, (lease, still))
        if isinstance(held_since, Done):
            return held_since
        faults.reach("g1")
        if asyncio.get_running_loop().time() - held_since > services.policy.linkedin_lease_seconds / 2:
            # The process was frozen. Others may act for the account by now, and look for this action in vain.
            await _settle(services, row, lease, action, _ended(services, ActionState.REFUSED, "held up, not called"))
            raise RailUnreachable("the call was held up and not made")
        return await _call(services, who, action, row, lease)


def _refuse_long_note(who: Acting, action: Action) -> None:
    if isinstance(action, Invite) and action.note:
        most, units = NOTE_UNITS[who.account.plan], linkedin_length(action.note)
        if units > most:
            raise RefusedByRail(f"the note has {units} units, LinkedIn allows {most} on this account's plan")


def callers_key(key: str, action: Action) -> str:
    """Return the key of an action that a caller gave one: with other content it is another action's."""
    return "caller:" + hashlib.sha256(key.encode() + b"\0" + codec.content_hash(action)).hexdigest()


def _row(services: Services, who: Acting, action: Action, key: str | None) -> ActionRow:
    action_id = uuid4()
    return ActionRow(
        id=action_id,
        linkedin_account_id=who.id,
        account_id=who.account.account_id,
        key=key or action_id.hex,
        name=action.name,
        target=codec.target(action),
        content=codec.content_hash(action),
        body=codec.dump(action),
        state=ActionState.INTENDED,
        detail="",
        result={},
        intended_at=services.clock.now(),
        settled_at=None,
        looks=0,
    )


async def _intend(
    services: Services, who: Acting, action: Action, row: ActionRow, claim: tuple[UUID, Still | None]
) -> Done | float:
    """Commit the intent and take the lease; return what came of it earlier, or the time just before the lease."""
    looked = False
    waited_until = asyncio.get_running_loop().time() + WAIT_SECONDS
    while True:
        began = asyncio.get_running_loop().time()
        async with services.database.transaction() as tx:
            state = await _try(services, tx, action, replace(row, intended_at=services.clock.now()), claim)
        if state is None:
            return began
        if isinstance(state, Done):
            return state
        if isinstance(state, ActionRow):
            if looked:
                raise OutcomeUnknown("it is not known whether the same was done before: try again in some minutes")
            looked = True
            await settling.settle_by_looking(services, who, state)
        elif asyncio.get_running_loop().time() > waited_until:
            raise Unavailable("the LinkedIn account is busy")
        else:
            await asyncio.sleep(TRY_AGAIN_SECONDS)


async def _try(
    services: Services, tx: Tx, action: Action, row: ActionRow, claim: tuple[UUID, Still | None]
) -> Done | ActionRow | bool | None:
    """Return None where the intent is written, what came of the same key, what is unsettled, or True for 'wait'."""
    lease, still = claim
    keyed = row.key != row.id.hex
    known = await actions.by_key(tx, row.linkedin_account_id, row.key) if keyed else None
    if known is not None and known.state not in {ActionState.INTENDED, ActionState.UNKNOWN}:
        return Done(known.id, known.state, known.detail, known.result, repeated=True)
    account = await accounts.take_lease(tx, row.linkedin_account_id, lease, services.policy.linkedin_lease_seconds)
    if account is None:
        return True
    unsettled = known or await actions.unsettled_like(tx, row.linkedin_account_id, row.content)
    if unsettled is not None:
        await accounts.drop_lease(tx, row.linkedin_account_id, lease)
        return unsettled
    untold = None if keyed else await actions.tell(tx, row)
    if untold is not None:
        await accounts.drop_lease(tx, row.linkedin_account_id, lease)
        return Done(untold.id, untold.state, untold.detail, untold.result, repeated=True)
    person = _person(row, action)
    if person is not None and await suppression.holds(tx, row.account_id, person):
        raise RefusedByRail("this person is to be left alone: nothing was sent")
    refuse_stopped(services, account)  # it may have been stopped while this call waited for its turn
    if still is not None and not await still(tx):
        raise Conflict("it is no longer meant: nothing was sent")
    refusal = closed(account, row.intended_at) or await refusal_of(tx, account, action.spends, row.intended_at)
    if refusal:
        raise OverBudget(refusal)
    await actions.intend(tx, row, row.intended_at + settling.over_after(services), person)
    entry = Spending(row.linkedin_account_id, 1, row.id, action.name, row.intended_at)
    await actions.spend(tx, entry, action.spends)
    return None


def _person(row: ActionRow, action: Action) -> bytes | None:
    return person_hash(row.account_id, row.target) if isinstance(action, Invite | SendMessage) else None


def _ended(services: Services, state: ActionState, detail: str) -> Settlement:
    return Settlement(state, detail, {}, services.clock.now())


async def _call(services: Services, who: Acting, action: Action, row: ActionRow, lease: UUID) -> Done:
    try:
        seconds = services.policy.linkedin_lease_seconds / 2
        receipt = await calling.act(who.rail, who.session, action, row.key, seconds)
    except OutcomeUnknown as error:
        now = services.clock.now()
        settlement = Settlement(ActionState.UNKNOWN, str(error), {}, now, now + settling.over_after(services))
        await _settle(services, row, lease, action, settlement)
        raise
    except RailFailed as error:
        await _settle(services, row, lease, action, _ended(services, ActionState.REFUSED, str(error)))
        await note_failure(services, who, error, action.spends)
        raise
    faults.reach("g3")
    now = services.clock.now()
    look_at = now + settling.over_after(services) if receipt.state is ActionState.ACCEPTED_BY_PROVIDER else None
    settlement = Settlement(receipt.state, receipt.detail, dict(receipt.references), now, look_at, told=True)
    await _settle(services, row, lease, action, settlement)
    faults.reach("g4")
    return Done(row.id, receipt.state, receipt.detail, dict(receipt.references))


async def _settle(services: Services, row: ActionRow, lease: UUID, action: Action, settlement: Settlement) -> None:
    async with services.database.transaction() as tx:
        if not await actions.settle(tx, row.id, (ActionState.INTENDED,), settlement):
            # Another process gave this one up and began to look. What is known now ends the looking.
            seen = settlement.state in HAPPENED
            late = replace(settlement, state=ActionState.CONFIRMED if seen else ActionState.REFUSED, look_at=None)
            if settlement.state is not ActionState.UNKNOWN:
                await actions.settle(tx, row.id, (ActionState.UNKNOWN,), late)
        await actions.give_back(tx, row.id, returned(action, settlement.state), settlement.detail[:200])
        await accounts.drop_lease(tx, row.linkedin_account_id, lease, lifts=settlement.state in HAPPENED)
    metrics.ACTIONS.labels(row.name, settlement.state).inc()
    log.info("linkedin.acted", action=row.name, action_id=str(row.id), state=settlement.state)


def returned(action: Action, state: ActionState) -> tuple[Budget, ...]:
    """Return the budgets that an action gives back when it ends in a state."""
    if state in NOTHING_WENT_OUT:
        return action.spends
    if state is ActionState.DOWNGRADED_NO_NOTE:
        return tuple(budget for budget in action.spends if budget is Budget.NOTES)
    return ()
