"""What a call of the gateway costs: 300 a minute and key, and credits of the balance of actions."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from overture.domain.accounts import Caller
from overture.domain.errors import NotEnoughCredits, RateLimited
from overture.store.db import Database
from overture.store.linkedin import calls
from overture.store.linkedin.calls import Call, KeyCalls
from overture.telemetry.logs import get
from overture.usecases.admission import Batcher, Waiting

log = get(__name__)

FREE_FROM = 500
"""Our own failures cost nothing; every other status does (linkup.md, section 1, names 500 alone)."""


@dataclass(slots=True)
class Bill:
    """What a call will cost once it ends: at most ``most`` credits. Whoever answers it sets both."""

    id: UUID
    most: int
    credits: int
    status: int | None = None

    def charge(self, credits: int, status: int) -> None:
        """Say what the call cost and how it was answered."""
        self.credits = 0 if status >= FREE_FROM else credits
        self.status = status


class Metering:
    """Counts calls and takes their price; calls that arrive together share one statement."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._calls: Batcher[str, None] = Batcher(self._count)

    async def admit(self, caller: Caller) -> None:
        """Count one call of the caller's key; raises RateLimited."""
        await self._calls.ask(caller.key_id)

    async def _count(self, batch: Waiting[str, None]) -> None:
        keys: dict[str, Waiting[str, None]] = {}
        for key_id, future in batch:
            keys.setdefault(key_id, []).append((key_id, future))
        passing = await calls.count(self._database, [KeyCalls(key, len(own)) for key, own in keys.items()])
        for key, own in keys.items():
            granted, wait = passing[key]
            for place, (_, future) in enumerate(own):
                if future.done():
                    continue
                if place < granted:
                    future.set_result(None)
                else:
                    future.set_exception(RateLimited(wait))

    @asynccontextmanager
    async def billed(self, caller: Caller, operation: str, most: int) -> AsyncGenerator[Bill]:
        """Hold the most that a call can cost for as long as it lasts; what it did cost is taken at its end.

        A call that ends by an exception without an answer costs nothing; neither does one whose process dies. Where the
        price cannot be written down, what was done is answered all the same; the sweep gives back what is held.

        Raises:
            NotEnoughCredits: the balance does not cover it; nothing was held.
        """
        bill = Bill(uuid4(), most, 0)
        if not await calls.begin(self._database, Call(bill.id, caller.account_id, caller.key_id, operation, most)):
            raise NotEnoughCredits("the balance of actions does not cover this call")
        try:
            yield bill
        finally:
            try:
                await calls.end(self._database, bill.id, bill.credits, bill.status)
            except Exception as error:  # noqa: BLE001  # an action that was done must not be answered as if it had failed
                log.warning("linkup.not_billed", call_id=str(bill.id), error=type(error).__name__)
