"""What a call of the gateway costs: 300 a minute and key, and credits of the balance of actions."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from overture.domain.accounts import Caller
from overture.domain.errors import NotEnoughCredits, RateLimited
from overture.store.db import Database
from overture.store.linkedin import calls
from overture.store.linkedin.calls import WINDOW_CALLS, Call, CallEnd, KeyCalls
from overture.telemetry.logs import get
from overture.usecases.admission import Batcher, Waiting

log = get(__name__)

K = TypeVar("K")
V = TypeVar("V")

FREE_FROM = 500
"""Our own failures cost nothing; every other status does (linkup.md, section 1, names 500 alone)."""


@dataclass(slots=True)
class Bill:
    """What a call will cost once it ends: at most ``most`` credits. Whoever answers it sets both."""

    id: UUID
    most: int
    credits: int
    status: int | None = None
    refusal: Exception | None = None

    def admit(self) -> None:
        """Raise RateLimited where the key has no call left in this minute."""
        if self.refusal is not None:
            raise self.refusal

    def charge(self, credits: int, status: int) -> None:
        """Say what the call cost and how it was answered."""
        self.credits = 0 if status >= FREE_FROM else credits
        self.status = status


class _ByAccount(Generic[K, V]):
    """A batcher an account, for as long as it has something to do: accounts do not wait for one another."""

    def __init__(self, serve: Callable[[UUID, Waiting[K, V]], Awaitable[None]]) -> None:
        self._serve = serve
        self._batchers: dict[UUID, tuple[Batcher[K, V], int]] = {}

    async def ask(self, account_id: UUID, what: K) -> V:
        batcher, users = self._batchers.get(account_id) or (
            Batcher[K, V](lambda batch: self._serve(account_id, batch)),
            0,
        )
        self._batchers[account_id] = batcher, users + 1
        try:
            return await batcher.ask(what)
        finally:
            batcher, users = self._batchers[account_id]
            if users == 1:
                del self._batchers[account_id]
            else:
                self._batchers[account_id] = batcher, users - 1


class Metering:
    """Counts calls and takes their price; calls that arrive together share one statement."""

    def __init__(self, database: Database, calls_minute: int = WINDOW_CALLS) -> None:
        """``calls_minute`` is the most that a key has in a minute."""
        self._most = calls_minute
        self._database = database
        self._counts: Batcher[str, None] = Batcher(self._count)
        self._begins: _ByAccount[Call, bool] = _ByAccount(self._begin)
        self._ends: _ByAccount[CallEnd, None] = _ByAccount(self._end)

    async def _count(self, batch: Waiting[str, None]) -> None:
        keys: dict[str, Waiting[str, None]] = {}
        for key_id, future in batch:
            keys.setdefault(key_id, []).append((key_id, future))
        passing = await calls.count(self._database, [KeyCalls(key, len(own)) for key, own in keys.items()], self._most)
        for key, own in keys.items():
            granted, wait = passing[key]
            for place, (_, future) in enumerate(own):
                if future.done():
                    continue
                if place < granted:
                    future.set_result(None)
                else:
                    future.set_exception(RateLimited(wait))

    async def _begin(self, account_id: UUID, batch: Waiting[Call, bool]) -> None:
        passing = await calls.begin(self._database, account_id, [call for call, _ in batch])
        for call, future in batch:
            granted = call.id in passing
            if not granted and len(batch) > 1:
                granted = bool(await calls.begin(self._database, account_id, [call]))
            if not future.done():
                future.set_result(granted)
            elif granted:  # who asked has hung up meanwhile
                await calls.end(self._database, account_id, [CallEnd(call.id, 0, None)])

    async def _end(self, account_id: UUID, batch: Waiting[CallEnd, None]) -> None:
        await calls.end(self._database, account_id, [ended for ended, _ in batch])
        for _, future in batch:
            if not future.done():
                future.set_result(None)

    @asynccontextmanager
    async def billed(self, caller: Caller, operation: str, most: int) -> AsyncGenerator[Bill]:
        """Count a call, and hold the most that it can cost for as long as it lasts; its price is taken at its end.

        A call that ends by an exception without an answer costs nothing; neither does one whose process dies. Where the
        price cannot be written down, what was done is answered all the same; the sweep gives back what is held. A call
        beyond the key's limit is billed as well: ``Bill.admit`` refuses it.

        Raises:
            NotEnoughCredits: the balance does not cover it; nothing was held.
        """
        bill = Bill(uuid4(), most, 0)
        call = Call(bill.id, caller.key_id, operation, most)
        begun, counted = await asyncio.gather(
            self._begins.ask(caller.account_id, call), self._counts.ask(caller.key_id), return_exceptions=True
        )
        if isinstance(begun, BaseException):
            raise begun
        if not begun:
            raise NotEnoughCredits("the balance of actions does not cover this call")
        try:
            if isinstance(counted, RateLimited):
                bill.refusal = counted
            elif isinstance(counted, BaseException):
                raise counted
            yield bill
        finally:
            try:
                await self._ends.ask(caller.account_id, CallEnd(bill.id, bill.credits, bill.status))
            except Exception as error:  # noqa: BLE001  # an action that was done must not be answered as if it had failed
                log.warning("linkup.not_billed", call_id=str(bill.id), error=type(error).__name__)
