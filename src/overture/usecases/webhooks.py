"""Delivering webhooks, and replaying them."""

import random
from collections.abc import Sequence
from uuid import UUID

from overture import queue
from overture.delivery.outcome import decide
from overture.delivery.sign import headers, linkedin_headers
from overture.domain.errors import NotFound
from overture.domain.events import LINKEDIN_PREFIX, timestamp
from overture.ports import Receipt
from overture.store import events
from overture.store.events import Attempt, Event
from overture.telemetry import faults, metrics
from overture.telemetry.logs import get
from overture.usecases.accounts import open_secrets
from overture.usecases.services import Services

log = get(__name__)
_jitter = random.SystemRandom()


async def deliver(services: Services, event_id: UUID, number: int) -> None:
    """Make attempt ``number`` of an event; a run after a crash makes the same attempt again, under the same id."""
    event = await events.begin(services.database, event_id, number)
    if event is None:
        return
    faults.reach("d1")
    async with services.database.reading() as tx:
        secrets = await open_secrets(services, tx, event.account_id)
    if not secrets:
        await _record(services, event, Receipt(None, "the account has no webhook secret", 0.0, ""), "skipped", None)
        return
    lines = signed(services, event, secrets)
    faults.reach("d2")
    receipt = await services.sender.post(event.url, event.body, lines)
    faults.reach("d4")
    decision = decide(receipt, number - event.replays, _jitter.random())
    delay = decision.delay.total_seconds() if decision.delay is not None else None
    await _record(services, event, receipt, decision.state, delay)
    faults.reach("d5")


def signed(services: Services, event: Event, secrets: list[str]) -> dict[str, str]:
    """Return the headers of one attempt, made now; ``secrets`` are those in force, newest first."""
    now = int(services.clock.now().timestamp())
    if event.kind.startswith(LINKEDIN_PREFIX):
        return linkedin_headers(event.body, secrets, message_id=str(event.id), timestamp=now)
    return headers(
        event.body,
        secrets,
        message_id=str(event.id),
        timestamp=now,
        triggered_at=timestamp(event.triggered_at),
        compatible_header=services.policy.signature,
    )


async def _record(services: Services, event: Event, receipt: Receipt, state: str, delay: float | None) -> None:
    attempt = Attempt(event.attempts, receipt.status, receipt.error, receipt.seconds, receipt.excerpt)
    async with services.database.transaction() as tx:
        await events.record(tx, event.id, attempt, state, delay)
    metrics.DELIVERIES.labels(state).inc()
    log.info("event.attempted", event_id=str(event.id), number=event.attempts, status=receipt.status, state=state)


async def list_events(services: Services, account_id: UUID | None, state: str | None, limit: int = 100) -> list[Event]:
    """Return the newest events, of one account or all."""
    async with services.database.reading() as tx:
        return await events.listed(tx, account_id, state, limit)


async def attempts(services: Services, event_id: UUID) -> list[Attempt]:
    """Return the delivery log of an event."""
    async with services.database.reading() as tx:
        return await events.attempts(tx, event_id)


async def replay(services: Services, account_id: UUID | None, event_ids: Sequence[UUID]) -> int:
    """Send events once more, whatever became of them; returns how many."""
    async with services.database.transaction() as tx:
        again = await events.replay(tx, account_id, event_ids)
        if not again:
            raise NotFound("no such event, or its next attempt is already on its way")
        await queue.enqueue(tx, [queue.deliver_event(event_id, number) for event_id, number in again])
    return len(again)
