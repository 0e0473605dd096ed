"""Settling what is not known: LinkedIn is read, nothing is repeated."""

from datetime import timedelta
from uuid import UUID

from overture.domain.errors import NotFound, RailFailed
from overture.domain.linkedin.actions import ActionState
from overture.gateway import codec
from overture.gateway.looking import Look, Sight, look
from overture.store.linkedin import actions
from overture.store.linkedin.actions import ActionRow, Settlement
from overture.telemetry.logs import get
from overture.usecases.linkedin.sessions import Acting, by_id, note_failure
from overture.usecases.services import Services

LOOKS = (timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
"""How long after a look that told nothing the next one comes; after the last, a person has to look."""

log = get(__name__)


def over_after(services: Services) -> timedelta:
    """Return how long after an intent its call is over for sure: a look that does not find it then means something.

    A call may take half a lease, and a process that was frozen for longer makes none.
    """
    return timedelta(seconds=2 * services.policy.linkedin_lease_seconds)


async def settle_due(services: Services, action_id: UUID) -> None:
    """Look for one action that nothing has settled. May run twice."""
    async with services.database.reading() as tx:
        row = await actions.find(tx, action_id)
    if row is None or row.state not in {ActionState.INTENDED, ActionState.UNKNOWN, ActionState.ACCEPTED_BY_PROVIDER}:
        return
    try:
        who = await by_id(services, row.linkedin_account_id)
    except (RailFailed, NotFound):
        await _later(services, row)
        return
    if await settle_by_looking(services, who, row) in {ActionState.UNKNOWN, ActionState.ACCEPTED_BY_PROVIDER}:
        await _later(services, row)


async def settle_by_looking(services: Services, who: Acting, row: ActionRow) -> ActionState:
    """Look once for an action, and store what that shows; return its state after the look.

    A look that tells nothing leaves the time of the next one as it is: however often a caller asks again, the looks of
    the worker go on.
    """
    if row.state is ActionState.INTENDED:
        row = await _unknown(services, row)
    if not row.body:  # the person was erased: there is nothing to look for
        return row.state
    action = codec.load(row.name, row.body)
    async with services.database.reading() as tx:
        before = await actions.happened_like(tx, row)
    try:
        sight = await look(Look(who.rail, who.session, before), action)
    except RailFailed as error:
        await note_failure(services, who, error)
        sight = Sight.CANNOT_TELL
    now = services.clock.now()
    if sight is Sight.HAPPENED:
        settlement = Settlement(ActionState.CONFIRMED, "seen on LinkedIn", {}, now)
    elif sight is Sight.DID_NOT and now >= row.intended_at + over_after(services):
        settlement = Settlement(ActionState.REFUSED, "it did not happen: not to be seen on LinkedIn", {}, now)
    else:
        return row.state
    async with services.database.transaction() as tx:
        if not await actions.settle(tx, row.id, (row.state,), settlement):
            return row.state
        if settlement.state is ActionState.REFUSED:
            await actions.give_back(tx, row.id, action.spends, settlement.detail)
        await services.settles(tx, row, settlement, None)
    log.info("linkedin.settled", action=row.name, action_id=str(row.id), state=settlement.state)
    return settlement.state


async def _unknown(services: Services, row: ActionRow) -> ActionRow:
    """An intent whose process is gone: its call may have left."""
    now, over = services.clock.now(), row.intended_at + over_after(services)
    settlement = Settlement(ActionState.UNKNOWN, "the process that called is gone", {}, now, max(now, over))
    async with services.database.transaction() as tx:
        await actions.settle(tx, row.id, (ActionState.INTENDED,), settlement)
        found = await actions.find(tx, row.id)
    assert found is not None
    return found


async def _later(services: Services, row: ActionRow) -> None:
    wait = LOOKS[row.looks] if row.looks < len(LOOKS) else None
    async with services.database.transaction() as tx:
        await actions.look_later(tx, row.id, services.clock.now() + wait if wait else None)
