"""At most so many requests at a time to one host."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Slots:
    """A semaphore for each host, forgotten when nobody holds or awaits it."""

    def __init__(self, each: int) -> None:
        self._each = each
        self._hosts: dict[str, tuple[asyncio.Semaphore, int]] = {}

    def __len__(self) -> int:
        return len(self._hosts)

    @asynccontextmanager
    async def hold(self, host: str) -> AsyncGenerator[None]:
        """Wait for a slot of the host and hold it."""
        semaphore, users = self._hosts.get(host, (asyncio.Semaphore(self._each), 0))
        self._hosts[host] = semaphore, users + 1
        try:
            async with semaphore:
                yield
        finally:
            users = self._hosts[host][1] - 1
            if users:
                self._hosts[host] = semaphore, users
            else:
                del self._hosts[host]
