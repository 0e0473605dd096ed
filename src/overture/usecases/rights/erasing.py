"""Erasing a person: left alone first and for good, then taken out of every table, in steps that may be killed.

Nothing is half done for long: who asks again, or the sweep, finishes what a dead process left.
"""

from dataclasses import dataclass
from uuid import UUID

from overture.domain.campaigns.states import ENDED, LeadState, StopReason
from overture.domain.errors import Unavailable
from overture.domain.linkedin.people import person_hash
from overture.domain.messages import MessageType
from overture.domain.reasons import SUPPRESSED
from overture.store import messages, revisions, suppression
from overture.store.campaigns import positions
from overture.store.campaigns.positions import Move, Position
from overture.store.db import ReadTx, Tx
from overture.store.messages import Outcome
from overture.store.rights import erasure
from overture.store.rights.erasure import Traces
from overture.telemetry import faults
from overture.telemetry.logs import get
from overture.usecases import completion, settlement
from overture.usecases.rights import naming
from overture.usecases.rights.naming import Named
from overture.usecases.services import Services

ROUNDS = 20
AGAIN_SECONDS = 30
"""After this long an erasure that is not done is taken up by the sweep."""

log = get(__name__)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was changed, or would be: rows by table, of tables with any.

    ``given_up`` counts messages and versions that were still to be written, ``stopped`` places in campaigns.
    """

    dry_run: bool
    rows: dict[str, int]
    total: int
    given_up: int
    stopped: int


async def erase(services: Services, account_id: UUID, named: Named, *, dry_run: bool = False) -> Erased:
    """Erase a person for a customer, or say what that would change. May run twice, and be killed at any place.

    Raises:
        Invalid, NotFound, Forbidden: as ``naming.profile_of``.
        Unavailable: others kept writing about the person; ask again.
    """
    async with services.database.reading() as tx:
        profile = await naming.profile_of(tx, account_id, named)
        if dry_run:
            traces = await naming.trace(services, tx, account_id, profile)
            unwritten = await erasure.unwritten(tx, traces)
            live = await _live(tx, traces)
            open_ = sum(map(len, unwritten.values())) + len(await erasure.open_versions(tx, traces))
            return _told(await erasure.count(tx, traces), open_, len(live), dry_run=True)
    return await _erase(services, account_id, profile)


async def finish_lost(services: Services, limit: int) -> int:
    """Finish erasures whose process died; return how many."""
    async with services.database.reading() as tx:
        lost = await erasure.unfinished(tx, AGAIN_SECONDS, limit)
    for account_id, profile in lost:
        await _erase(services, account_id, profile)
    return len(lost)


def _told(rows: dict[str, int], given_up: int, stopped: int, *, dry_run: bool) -> Erased:
    found = {name: count for name, count in rows.items() if count}
    return Erased(dry_run, found, sum(found.values()), given_up, stopped)


async def _erase(services: Services, account_id: UUID, profile: str) -> Erased:
    async with services.database.transaction() as tx:
        await suppression.add(tx, account_id, [person_hash(account_id, profile)], "erased")
        await erasure.begin(tx, account_id, profile)
    faults.reach("e1")
    given_up = stopped = 0
    for _ in range(ROUNDS):
        more = await _give_up(services, account_id, profile)
        given_up, stopped = given_up + more[0], stopped + more[1]
        faults.reach("e2")
        rows = await services.database.settle(lambda tx: _blank(services, tx, account_id, profile))
        if rows is not None:
            faults.reach("e4")
            told = _told(rows, given_up, stopped, dry_run=False)
            log.info("person.erased", account_id=str(account_id), rows=told.total)
            return told
    raise Unavailable("others keep writing about this person: ask again")


async def _give_up(services: Services, account_id: UUID, profile: str) -> tuple[int, int]:
    """End what is under way about a person: messages to be written, and places in campaigns."""
    async with services.database.reading() as tx:
        traces = await naming.trace(services, tx, account_id, profile)
        unwritten = await erasure.unwritten(tx, traces)
        versions = await erasure.open_versions(tx, traces)

    async def stop(tx: Tx) -> int:
        moves = [_stopping(position) for position in await _live(tx, traces)]
        return len(await positions.move(tx, moves, services.clock.now()))

    stopped = await services.database.settle(stop)
    for request_id, items in unwritten.items():

        async def give_up(tx: Tx, request_id: UUID = request_id, items: list[_Unwritten] = items) -> None:
            await _fail(tx, request_id, items)

        await services.database.settle(give_up)
    for version in versions:

        async def give_up_version(tx: Tx, version: UUID = version) -> None:
            await revisions.settle(tx, version, None, None, (SUPPRESSED, ""))

        await services.database.settle(give_up_version)
    return sum(map(len, unwritten.values())) + len(versions), stopped


_Unwritten = tuple[int, MessageType, str]


async def _fail(tx: Tx, request_id: UUID, items: list[_Unwritten]) -> None:
    pending = [Outcome(idx, kind, None, None, SUPPRESSED, None) for idx, kind, state in items if state == "pending"]
    await settlement.settle_in(tx, request_id, pending)
    waiting = [idx for idx, _, state in items if state == "waiting"]
    failed = await erasure.give_up_waiting(tx, request_id, waiting, SUPPRESSED, "")
    if failed:
        progress = await messages.count(tx, request_id, 0, failed)
        if progress.complete:
            await completion.announce(tx, progress)


async def _live(tx: ReadTx, traces: Traces) -> list[Position]:
    return [position for position in await positions.find(tx, traces.leads) if position.state not in ENDED]


def _stopping(position: Position) -> Move:
    return Move(position.lead_id, position.state, position.step, LeadState.STOPPED, reason=StopReason.ERASED)


async def _blank(services: Services, tx: Tx, account_id: UUID, profile: str) -> dict[str, int] | None:
    """Take a person out of every table; None where something about them has begun meanwhile."""
    traces = await naming.trace(services, tx, account_id, profile)
    if await _live(tx, traces) or await erasure.unwritten(tx, traces) or await erasure.open_versions(tx, traces):
        return None
    rows = await erasure.erase(tx, traces)
    faults.reach("e3")
    await erasure.finish(tx, account_id, traces.person, rows)
    return rows
