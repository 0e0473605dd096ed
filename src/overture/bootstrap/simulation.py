"""The simulated LinkedIn of the database that is in use: as a rail, and for its operator."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TypeVar

from overture.adapters.rail_simulated import SimulatedRail, open_rail
from overture.bootstrap import database_url
from overture.domain.errors import NotAvailableOnRail
from overture.domain.linkedin.accounts import Challenge, Credentials, Session
from overture.domain.linkedin.actions import Action, ActionReceipt
from overture.domain.linkedin.happenings import News
from overture.domain.linkedin.queries import Query
from overture.settings import Settings
from overture.simulator.world import World

T = TypeVar("T")


class SimulatedOnDemand:
    """The simulated rail, connected when it is first used: most processes never do."""

    def __init__(self, url: str, *, pooled: bool) -> None:
        self._url = url
        self._pooled = pooled
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._rail: SimulatedRail | None = None

    async def close(self) -> None:
        """Close the connections."""
        await self._stack.aclose()

    async def _opened(self) -> SimulatedRail:
        async with self._opening:
            if self._rail is None:
                rail = await self._stack.enter_async_context(open_rail(self._url, pooled=self._pooled))
                if not await rail.world.exists():
                    await self._stack.aclose()
                    raise NotAvailableOnRail("there is no simulated LinkedIn yet: overture linkedin simulate create")
                self._rail = rail
        return self._rail

    async def sign_in(self, credentials: Credentials) -> Session | Challenge:
        """See ``ports.Rail``."""
        return await (await self._opened()).sign_in(credentials)

    async def read(self, session: Session | None, query: Query[T]) -> T:
        """See ``ports.Rail``."""
        return await (await self._opened()).read(session, query)

    async def act(self, session: Session, action: Action, key: str) -> ActionReceipt:
        """See ``ports.Rail``."""
        return await (await self._opened()).act(session, action, key)

    async def news(self, session: Session, cursor: str) -> News:
        """See ``ports.Rail``."""
        return await (await self._opened()).news(session, cursor)


@asynccontextmanager
async def open_simulation(settings: Settings) -> AsyncGenerator[World]:
    """Open the simulated LinkedIn of the database that the settings name, for its operator."""
    async with database_url(settings) as url, open_rail(url, pooled=settings.database_pooled) as rail:
        yield rail.world
