"""Who is calling, and whether the call fits the windows; calls that arrive together share one statement."""

import asyncio
import hmac
from collections.abc import Callable
from uuid import UUID

from overture.domain.accounts import Caller, parse_key
from overture.domain.errors import KeyRevoked, RateLimited, Unauthorized
from overture.store import accounts, limits
from overture.store.db import Database

KEY_SECONDS = 0.5
"""How long a key's record may be used without asking again; a revoked key fails everywhere within a second."""

REMEMBERED = 10_000


class Admission:
    """Authenticates and counts API calls.

    Each call must be counted durably before it is served, and an account's count is one row, so single calls would
    queue up behind commits. Calls that arrive while a statement runs wait for the next one, which counts them all
    at once: as exact, as durable, one commit.
    """

    def __init__(self, database: Database, monotonic: Callable[[], float]) -> None:
        self._database = database
        self._monotonic = monotonic
        self._keys: dict[str, tuple[float, accounts.KeyRecord]] = {}
        self._waiting: list[tuple[Caller, asyncio.Future[None]]] = []
        self._server: asyncio.Task[None] | None = None

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
        record = await self._record(key_id)
        if record is None or not hmac.compare_digest(record.secret_hash, secret_hash):
            raise Unauthorized
        if record.revoked:
            raise KeyRevoked
        return record.caller

    async def _record(self, key_id: str) -> accounts.KeyRecord | None:
        now = self._monotonic()
        known = self._keys.get(key_id)
        if known and now - known[0] < KEY_SECONDS:
            return known[1]
        record = await accounts.find_key(self._database, key_id)
        if record is not None:
            if len(self._keys) >= REMEMBERED:
                self._keys.clear()
            self._keys[key_id] = (now, record)
        return record

    async def admit(self, caller: Caller) -> None:
        """Count one API call.

        Raises:
            RateLimited: the minute's or the day's window is full; the call is counted nowhere.
        """
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((caller, future))
        if self._server is None:
            # A task of its own: the caller that came first may hang up while others wait for its statement.
            self._server = asyncio.create_task(self._serve())
        await future

    async def _serve(self) -> None:
        """Serve batches until nobody waits."""
        while batch := self._waiting:
            self._waiting = []
            try:
                await self._count(batch)
            except Exception as error:  # noqa: BLE001  # handed to the callers, who raise it
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
        self._server = None

    async def _count(self, batch: list[tuple[Caller, asyncio.Future[None]]]) -> None:
        calls: dict[UUID, list[tuple[Caller, asyncio.Future[None]]]] = {}
        for caller, future in batch:
            calls.setdefault(caller.account_id, []).append((caller, future))
        asked = [
            limits.Asked(key, len(own), own[-1][0].limits.requests_minute, own[-1][0].limits.requests_day)
            for key, own in calls.items()
        ]
        grants = await limits.take_requests(self._database, asked)
        for key, own in calls.items():
            grant = grants.get(key, limits.Grant(0, 60))
            for place, (_, future) in enumerate(own):
                if future.done():
                    continue
                if place < grant.granted:
                    future.set_result(None)
                else:
                    future.set_exception(RateLimited(grant.retry_after))
