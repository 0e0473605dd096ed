"""Webhooks in development: an account's events, handed on to an address of the developer's as they are made."""

from collections import deque
from collections.abc import Sequence
from uuid import UUID

from overture.ports import Receipt, Sender
from overture.store import events
from overture.store.events import Event
from overture.usecases.accounts import open_secrets
from overture.usecases.services import Services
from overture.usecases.webhooks import signed

WINDOW_SECONDS = 120
"""How long after its own time an event may be committed and still be seen."""

REMEMBERED = 20_000
NO_SECRET = "the account has no webhook secret: overture webhook secret ACCOUNT_ID --rotate"  # noqa: S105  # a sentence


class Tail:
    """Follows the events of an account, or of all where it is None, from now on. Rows are read and never changed."""

    def __init__(self, services: Services, account_id: UUID | None) -> None:
        self._services, self._account_id = services, account_id
        self._order: deque[UUID] = deque()
        self._seen: set[UUID] = set()

    async def new(self) -> Sequence[Event]:
        """Return events that were not there at the last look, oldest first. The first look only notes what is there."""
        async with self._services.database.reading() as tx:
            found = await events.recent(tx, self._account_id, WINDOW_SECONDS)
        fresh = [event for event in found if event.id not in self._seen]
        for event in fresh:
            self._seen.add(event.id)
            self._order.append(event.id)
        while len(self._order) > REMEMBERED:
            self._seen.discard(self._order.popleft())
        return fresh


async def forward(services: Services, sender: Sender, event: Event, url: str) -> Receipt:
    """Post an event once, with its body and signed as it is for its receiver. Its own delivery is left alone."""
    async with services.database.reading() as tx:
        secrets = await open_secrets(services, tx, event.account_id)
    if not secrets:
        return Receipt(None, NO_SECRET, 0.0, "")
    return await sender.post(url, event.body, signed(services, event, secrets))
