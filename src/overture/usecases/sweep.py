"""What waits is woken, and what was lost is found: run every second by one worker at a time."""

from datetime import datetime, timedelta
from uuid import UUID

from overture import queue
from overture.store import answers, chunks, due, events, ledger, revisions, sources
from overture.store.campaigns import pacing, positions
from overture.store.db import ReadTx, Tx
from overture.store.linkedin import actions, calls, news
from overture.telemetry import metrics
from overture.telemetry.logs import get
from overture.usecases.campaigns import lifecycle
from overture.usecases.linkedin import monitors
from overture.usecases.rights import erasing, retention
from overture.usecases.services import Services

LOOK_AGAIN = timedelta(minutes=5)
"""A look that was queued and never made, since its worker died, is made again after so long."""

TURN_AGAIN = timedelta(minutes=3)
"""A turn of a LinkedIn account that was queued and never taken comes again after so long."""

STEP_AGAIN = timedelta(minutes=5)
"""The lease of a due lead: one whose worker died is due again after so long."""

STEP_LEADS = 500
"""Leads that one job takes on, all of one campaign."""

STEP_BATCH = 2_500
STEP_ROUNDS = 4
"""Due leads that are taken in one statement, and statements a second: at most 10,000 leads."""

LOCK = 7_305_010_204
BATCH = 500
FORGOTTEN_SECONDS = 30
"""After this long without a touch, an open row whose job is gone is queued again."""

ABANDONED_SECONDS = 600
"""After this long a call that never ended is one whose process is gone; it costs nothing."""

log = get(__name__)


async def wake_due(services: Services) -> int:
    """Enqueue what is due, in the transaction that takes it; return how many events, looks, polls, turns and leads."""
    now = services.clock.now()
    async with services.database.reading() as tx:
        found = await due.find(tx, now)
    if not found:
        return 0
    async with services.database.transaction() as tx:
        if not await tx.value("SELECT pg_try_advisory_xact_lock($1)", LOCK):
            return 0
        jobs = await _due_jobs(services, tx, found, now)
        await queue.enqueue(tx, jobs)
        return len(jobs) + (await _due_steps(tx, now) if found.steps else 0)


async def _due_jobs(services: Services, tx: Tx, found: due.Due, now: datetime) -> list[queue.Entry]:
    jobs: list[queue.Entry] = []
    if found.events:
        jobs += [queue.deliver_event(event_id, number) for event_id, number in await events.take_due(tx, BATCH)]
    if found.looks:
        jobs += map(queue.settle_action, await actions.take_due_looks(tx, now, LOOK_AGAIN, BATCH))
    if found.polls:
        every = timedelta(seconds=services.policy.linkedin_poll_seconds)
        jobs += map(queue.poll_news, await news.take_due(tx, now, every, BATCH))
    if found.turns:
        jobs += map(queue.send_campaigns, await pacing.take_due(tx, now, TURN_AGAIN, BATCH))
    return jobs


async def _due_steps(tx: Tx, now: datetime) -> int:
    """Enqueue jobs for the leads of running campaigns whose time has come; return how many leads."""
    taken = 0
    for _ in range(STEP_ROUNDS):
        woken = await positions.take_due(tx, now, STEP_AGAIN, STEP_BATCH)
        leads: dict[UUID, list[UUID]] = {}
        for position in woken:
            leads.setdefault(position.campaign_id, []).append(position.lead_id)
        runs = [ids[start : start + STEP_LEADS] for ids in leads.values() for start in range(0, len(ids), STEP_LEADS)]
        await queue.enqueue(tx, [queue.campaign_step(run, now + STEP_AGAIN) for run in runs])
        taken += len(woken)
        if len(woken) < STEP_BATCH:
            break
    return taken


async def tidy(services: Services) -> int:
    """Queue again what no job works on any more, renew periods, forget the engine's log; return how many were lost.

    The engine re-runs what a dead worker left. This is for the rest: a job that failed for good while the database
    was away, or rows restored from a backup that is older than the queue.
    """
    async with services.database.transaction() as tx:
        if not await tx.value("SELECT pg_try_advisory_xact_lock($1)", LOCK):
            return 0
        lost = await _lost_versions(tx) + await _lost_chunks(tx) + await _lost_sources(tx) + await _lost_events(tx)
        await queue.enqueue(tx, lost)
        for account_id, unit in await ledger.due_for_renewal(tx, BATCH):
            await ledger.renew(tx, account_id, unit)
        await queue.prune(tx)
        await answers.forget(tx, BATCH)
        await calls.forget(tx, services.policy.linkedin_keep_days, BATCH)
        await news.forget(tx, services.policy.linkedin_keep_days, BATCH)
        depth = await queue.depth(tx)
    await retention.forget(services)
    await erasing.finish_lost(services, 10)
    await monitors.pay_due(services)
    await lifecycle.close_ended(services)
    for account_id, call_id in await calls.abandoned(services.database, ABANDONED_SECONDS, BATCH):
        await calls.end(services.database, account_id, [calls.CallEnd(call_id, 0, None)])
    metrics.QUEUE_AGE.set(depth.oldest_seconds)
    for state, count in (("queued", depth.queued), ("picked", depth.picked), ("failed", depth.failed)):
        metrics.QUEUE_DEPTH.labels(state).set(count)
    if lost:
        log.warning("queue.revived", jobs=len(lost))
    return len(lost)


async def _lost_versions(tx: Tx) -> list[queue.Entry]:
    return [queue.compose_chunk(chunk_id, 0) for chunk_id in await revisions.readd_lost(tx, FORGOTTEN_SECONDS, BATCH)]


async def _lost_chunks(tx: Tx) -> list[queue.Entry]:
    stale = await chunks.stale(tx, FORGOTTEN_SECONDS, BATCH)
    keys = {queue.compose_chunk(chunk_id, turn).key: chunk_id for chunk_id, turn, waiting in stale if not waiting}
    alive = await queue.alive(tx, list(keys))
    lost = [chunk_id for key, chunk_id in keys.items() if key not in alive]
    lost += [chunk_id for chunk_id, _, waiting in stale if waiting and not await _needs_anything(tx, chunk_id)]
    return [queue.compose_chunk(chunk_id, turn) for chunk_id, turn in await chunks.revive(tx, lost)]


async def _needs_anything(tx: ReadTx, chunk_id: int) -> bool:
    return bool(
        await tx.value(
            "SELECT EXISTS (SELECT FROM chunk_need n JOIN source s ON s.key = n.source_key"
            " WHERE n.chunk_id = $1 AND s.state = 'pending')",
            chunk_id,
        )
    )


async def _lost_sources(tx: ReadTx) -> list[queue.Entry]:
    entries = [queue.research_source(key) for key in await sources.stale(tx, FORGOTTEN_SECONDS, BATCH)]
    alive = await queue.alive(tx, [entry.key for entry in entries])
    return [entry for entry in entries if entry.key not in alive]


async def _lost_events(tx: ReadTx) -> list[queue.Entry]:
    entries: list[queue.Entry] = []
    for event_id, made in await events.stale(tx, FORGOTTEN_SECONDS, BATCH):
        again, following = queue.deliver_event(event_id, max(made, 1)), queue.deliver_event(event_id, made + 1)
        if not await queue.alive(tx, [again.key, following.key]):
            entries.append(again)
    return entries
