"""Who is calling, and whether the call fits the windows; calls that arrive together share one statement."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar
from uuid import UUID

from overture.domain.accounts import Caller, parse_key
from overture.domain.errors import KeyRevoked, RateLimited, Unauthorized
from overture.store import accounts, limits
from overture.store.accounts import KeyRecord
from overture.store.db import Database

KEY_SECONDS = 0.5
"""How long a key's record may be used without asking again; a revoked key fails everywhere within a second."""

REMEMBERED = 10_000

K = TypeVar("K")
V = TypeVar("V")


Waiting = list[tuple[K, asyncio.Future[V]]]


class Batcher(Generic[K, V]):
    """Collects what arrives while a statement runs, and hands it all to the next one."""

    def __init__(self, serve: Callable[[Waiting[K, V]], Awaitable[None]]) -> None:
        self._serve = serve
        self._waiting: Waiting[K, V] = []
        self._server: asyncio.Task[None] | None = None

    async def ask(self, what: K) -> V:
        """Wait for the batch that answers this; raises what the batch raised for it."""
        future: asyncio.Future[V] = asyncio.get_running_loop().create_future()
        self._waiting.append((what, future))
        if self._server is None:
            # A task of its own: the caller that came first may hang up while others wait for its statement.
            self._server = asyncio.create_task(self._run())
        return await future

    async def _run(self) -> None:
        while batch := self._waiting:
            self._waiting = []
            try:
                await self._serve(batch)
            except Exception as error:  # noqa: BLE001  # handed to the callers, who raise it
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
        self._server = None


class Admission:
    """Authenticates and counts API calls.

    Each call must be counted durably before it is served, and an account's count is one row, so single calls would
    queue up behind commits. Calls that arrive together share one statement: as exact, as durable, one commit.
    """

    def __init__(self, database: Database, monotonic: Callable[[], float]) -> None:
        self._database = database
        self._monotonic = monotonic
        self._keys: dict[str, tuple[float, KeyRecord]] = {}
        self._lookups: Batcher[str, KeyRecord | None] = Batcher(self._find)
        self._calls: Batcher[Caller, None] = Batcher(self._count)

    async def authenticate(self, presented: str | None) -> Caller:
        """Return whose key this is.

        Raises:
            Unauthorized: no key, or not one of ours.
            KeyRevoked: it was one.
        """
        parsed = parse_key(presented or "")
        if parsed is None:
            raise Unauthorized
        key_id, secret_hash = parsed
        known = self._keys.get(key_id)
        fresh = known is not None and self._monotonic() - known[0] < KEY_SECONDS
        record = known[1] if fresh and known else await self._lookups.ask(key_id)
        if record is None or not hmac.compare_digest(record.secret_hash, secret_hash):
            raise Unauthorized
        if record.revoked:
            raise KeyRevoked
        return record.caller

    async def _find(self, batch: Waiting[str, KeyRecord | None]) -> None:
        asked_at = self._monotonic()
        found = await accounts.find_keys(self._database, list({key_id for key_id, _ in batch}))
        if len(self._keys) >= REMEMBERED:
            self._keys.clear()
        self._keys.update((key_id, (asked_at, record)) for key_id, record in found.items())
        for key_id, future in batch:
            if not future.done():
                future.set_result(found.get(key_id))

    async def admit(self, caller: Caller) -> None:
        """Count one API call.

        Raises:
            RateLimited: the minute's or the day's window is full; the call is counted nowhere.
        """
        await self._calls.ask(caller)

    async def _count(self, batch: Waiting[Caller, None]) -> None:
        calls: dict[UUID, Waiting[Caller, None]] = {}
        for caller, future in batch:
            calls.setdefault(caller.account_id, []).append((caller, future))
        grants = await limits.take_requests(self._database, [_asked(own) for own in calls.values()])
        for key, own in calls.items():
            grant = grants.get(key, limits.Grant(0, 60))
            for place, (_, future) in enumerate(own):
                if future.done():
                    continue
                if place < grant.granted:
                    future.set_result(None)
                else:
                    future.set_exception(RateLimited(grant.retry_after))


def _asked(own: Waiting[Caller, None]) -> limits.Asked:
    caller = own[-1][0]
    tier = caller.limits
    return limits.Asked(caller.account_id, caller.key_id, len(own), tier.requests_minute, tier.requests_day)
