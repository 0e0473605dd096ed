"""At most so many requests at a time to one host, and a pause between them where the host wants one."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

_KEPT_TIMES = 1_000


class Slots:
    """A semaphore for each host, forgotten when nobody holds or awaits it."""

    def __init__(self, each: int) -> None:
        self._each = each
        self._hosts: dict[str, tuple[asyncio.Semaphore, int]] = {}
        self._next: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._hosts)

    @asynccontextmanager
    async def hold(self, host: str, pause: float = 0.0) -> AsyncGenerator[None]:
        """Wait for a slot of the host and hold it; with ``pause``, begin that many seconds after the last one began."""
        semaphore, users = self._hosts.get(host, (asyncio.Semaphore(self._each), 0))
        self._hosts[host] = semaphore, users + 1
        try:
            async with semaphore:
                if pause > 0:
                    await asyncio.sleep(self._wait(host, pause))
                yield
        finally:
            users = self._hosts[host][1] - 1
            if users:
                self._hosts[host] = semaphore, users
            else:
                del self._hosts[host]

    def _wait(self, host: str, pause: float) -> float:
        """Take the next turn of the host; the seconds until then."""
        now = asyncio.get_running_loop().time()
        if len(self._next) > _KEPT_TIMES:
            self._next = {name: at for name, at in self._next.items() if at > now}
        turn = max(now, self._next.get(host, 0.0))
        self._next[host] = turn + pause
        return turn - now
