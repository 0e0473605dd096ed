"""One lane an account: what LinkedIn would see as one member's doing leaves one after another."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import UUID


class Lanes:
    """Locks by account, within this process; across processes the lease of the account's row does the same."""

    def __init__(self) -> None:
        self._lanes: dict[UUID, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def lane(self, linkedin_id: UUID) -> AsyncGenerator[None]:
        """Wait for the lane of an account, first come, first served; other accounts are not delayed."""
        lock, users = self._lanes.get(linkedin_id, (asyncio.Lock(), 0))
        self._lanes[linkedin_id] = lock, users + 1
        try:
            async with lock:
                yield
        finally:
            lock, users = self._lanes[linkedin_id]
            if users == 1:
                del self._lanes[linkedin_id]
            else:
                self._lanes[linkedin_id] = lock, users - 1
