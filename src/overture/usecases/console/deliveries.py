"""Webhooks for people: what was sent where, and replaying one, all that failed, or those of a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from overture import queue
from overture.domain.errors import Invalid, NotFound
from overture.domain.events import timestamp
from overture.store import accounts, deliverylist, events
from overture.store.deliverylist import EventLine, Place, Target
from overture.store.events import Attempt, Event
from overture.usecases.services import Services

LINES = 50
STATES = ("pending", "delivered", "exhausted", "skipped")
TEST = "test"
MOST_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of events; ``following`` is where the next one begins."""

    lines: Sequence[EventLine]
    following: Place | None


async def listed(services: Services, account_id: UUID, state: str, before: Place | None) -> Lines:
    """Return events, newest first. ``state`` is one of STATES, or empty; raises Invalid."""
    if state and state not in STATES:
        raise Invalid([f"state must be one of: {', '.join(STATES)}"])
    async with services.database.reading() as tx:
        found = await deliverylist.listed(tx, account_id, state or None, before, LINES + 1)
    last = found[LINES - 1] if len(found) > LINES else None
    return Lines(found[:LINES], (last.triggered_at, last.id) if last else None)


async def targets(services: Services, account_id: UUID) -> Sequence[Target]:
    """Return the receivers of the last 30 days with their health."""
    async with services.database.reading() as tx:
        return await deliverylist.targets(tx, account_id, timedelta(days=30))


async def one(services: Services, account_id: UUID, event_id: UUID) -> tuple[Event, list[Attempt]]:
    """Return an event and its attempts; raises NotFound."""
    async with services.database.reading() as tx:
        event = await deliverylist.find(tx, account_id, event_id)
        if event is None:
            raise NotFound("no such event")
        return event, await events.attempts(tx, event_id)


async def replay_many(
    services: Services, account_id: UUID, since: datetime | None = None, until: datetime | None = None
) -> int:
    """Send again, oldest first, what was given up, or everything of a time; return how many, 10,000 at most."""
    async with services.database.transaction() as tx:
        ids = await deliverylist.to_replay(tx, account_id, since, until, MOST_AT_ONCE)
        again = await events.replay(tx, account_id, ids)
        await queue.enqueue(tx, [queue.deliver_event(event_id, number) for event_id, number in again])
    return len(again)


async def send_test(services: Services, account_id: UUID, url: str) -> UUID:
    """Send a signed test event to an address; raises Invalid without a secret or for no http address."""
    if not url.startswith(("http://", "https://")) or len(url) > 2_000 or any(sign <= " " for sign in url):
        raise Invalid(["the address must be a valid HTTP or HTTPS URL"])
    event_id, now = uuid4(), services.clock.now()
    body = {"type": TEST, "message": "A test event of Overture.", "webhook_triggered_at": timestamp(now)}
    async with services.database.transaction() as tx:
        if not await accounts.secrets(tx, account_id):
            raise Invalid(["the account has no webhook secret: make one first"])
        event = Event(event_id, account_id, event_id, TEST, url, msgspec.json.encode(body), now, "pending", 0, 0, None)
        await events.add(tx, event)
        await queue.enqueue(tx, [queue.deliver_event(event_id, 1)])
    return event_id
