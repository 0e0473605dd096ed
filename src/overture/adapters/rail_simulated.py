"""The rail to the simulated LinkedIn."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TypeVar

from overture.domain.errors import OutcomeUnknown, RailUnreachable, Unavailable
from overture.domain.linkedin.accounts import Challenge, Credentials, RailName, Session
from overture.domain.linkedin.actions import Action, ActionReceipt
from overture.domain.linkedin.happenings import News
from overture.domain.linkedin.queries import Query
from overture.simulator.world import World, open_world
from overture.telemetry import faults

T = TypeVar("T")


class SimulatedRail:
    """``ports.Rail`` over the simulated LinkedIn of one database. It takes no heed of keys: doubles must show."""

    name = RailName.SIMULATED

    def __init__(self, world: World) -> None:
        self.world = world
        self._door = world.door

    async def sign_in(self, credentials: Credentials) -> Session | Challenge:
        """Sign in by password; a challenge's code is in the world's outbox."""
        try:
            return await self._door.sign_in(credentials)
        except Unavailable as error:
            raise RailUnreachable(str(error)) from error

    async def read(self, session: Session | None, query: Query[T]) -> T:
        """Answer a question."""
        try:
            return await self._door.read(session, query)
        except Unavailable as error:
            raise RailUnreachable(str(error)) from error

    async def act(self, session: Session, action: Action, key: str) -> ActionReceipt:
        """Do it. A connection that is lost meanwhile leaves open whether it happened."""
        try:
            receipt = await self._door.act(session, action, key)
        except Unavailable as error:
            raise OutcomeUnknown(str(error)) from error
        faults.reach("g2")
        return receipt

    async def news(self, session: Session, cursor: str) -> News:
        """Tell what happened since ``cursor``."""
        try:
            return await self._door.news(session, cursor)
        except Unavailable as error:
            raise RailUnreachable(str(error)) from error


@asynccontextmanager
async def open_rail(url: str, size: int = 8, *, pooled: bool = False) -> AsyncGenerator[SimulatedRail]:
    """Open the rail to the simulated LinkedIn of a database; its ``world`` is what an operator commands."""
    async with open_world(url, size, pooled=pooled) as world:
        yield SimulatedRail(world)
