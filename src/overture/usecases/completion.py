"""What a completed request leads to, in the transaction that completed it: an event, or leads of a campaign woken."""

from uuid import uuid4

import msgspec

from overture import queue
from overture.domain import events as domain_events
from overture.domain.requests import CAMPAIGN
from overture.store import accounts, events
from overture.store.campaigns import messages as campaign_messages
from overture.store.db import Tx
from overture.store.messages import Progress


async def announce(tx: Tx, progress: Progress) -> None:
    """Write the completion event and enqueue its delivery; without a secret, or an address, it is kept and not sent.

    Nobody is told of a campaign's request: it wakes the leads that wait for its texts.
    """
    if progress.origin == CAMPAIGN:
        await campaign_messages.wake(tx, progress.request_id)
        return
    assert progress.completed_at is not None
    secrets = await accounts.secrets(tx, progress.account_id)
    moment = domain_events.timestamp(progress.completed_at)
    body = msgspec.json.encode(
        {
            "secure_request_id": str(progress.request_id),
            "status": "complete",
            "completed_at": moment,
            "requested_messages_count": progress.requested,
            "generated_messages_count": progress.generated,
            "webhook_triggered_at": moment,
        }
    )
    event = events.Event(
        id=uuid4(),
        account_id=progress.account_id,
        request_id=progress.request_id,
        kind=domain_events.COMPLETED,
        url=progress.notification_url,
        body=body,
        triggered_at=progress.completed_at,
        state="pending" if secrets and progress.notification_url else "skipped",
        attempts=0,
        replays=0,
        next_attempt_at=None,
    )
    if await events.add(tx, event) and event.state == "pending":
        await queue.enqueue(tx, [queue.deliver_event(event.id, 1)])
