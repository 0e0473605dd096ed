"""Telling watchers of a LinkedIn account what happened: one event a happening and monitor."""

from uuid import uuid5

import msgspec

from overture import queue
from overture.domain.events import LINKEDIN_PREFIX
from overture.store import events
from overture.store.db import Tx
from overture.store.events import Event
from overture.store.linkedin import monitors
from overture.store.linkedin.news import NewsRow


async def tell(tx: Tx, row: NewsRow) -> list[queue.Entry]:
    """Write an event for each active monitor, in the transaction that stored the happening; return the jobs."""
    entries: list[queue.Entry] = []
    for monitor in await monitors.watching(tx, row.linkedin_account_id):
        subject = uuid5(row.id, monitor.id)
        event = Event(
            id=subject,
            account_id=monitor.account_id,
            request_id=subject,
            kind=LINKEDIN_PREFIX + row.kind,
            url=monitor.webhook_url,
            body=msgspec.json.encode({"account_id": monitor.id, "event": {"type": row.kind, **row.body}}),
            triggered_at=row.at,
            state="pending",
            attempts=0,
            replays=0,
            next_attempt_at=None,
        )
        if await events.add(tx, event):
            entries.append(queue.deliver_event(event.id, 1))
    return entries
