"""The gateway's use cases over the simulated LinkedIn, in one database."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from overture.adapters.rail_simulated import SimulatedRail
from overture.domain.accounts import Caller, Tier
from overture.domain.linkedin import queries
from overture.domain.linkedin.accounts import Password, RailName
from overture.domain.linkedin.objects import InvitationState
from overture.domain.linkedin.queries import Window
from overture.ports import Rail
from overture.simulator.world import Enrolled, World, open_world
from overture.usecases import accounts
from overture.usecases.linkedin import sessions, signin
from overture.usecases.linkedin.sessions import Acting
from overture.usecases.linkedin.signin import SignedIn
from overture.usecases.services import Services
from tests.e2e.conftest import receiver as _receiver
from tests.usecases.conftest import services as _services

services = _services
receiver = _receiver


class MovableClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 2, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


@dataclass
class Stage:
    """Services on a simulated LinkedIn, a customer, and one of its LinkedIn accounts."""

    services: Services
    world: World
    clock: MovableClock
    caller: Caller
    person: Enrolled
    token: str

    async def who(self) -> Acting:
        return await sessions.by_token(self.services, self.caller.account_id, self.token)

    async def strangers(self, count: int) -> list[str]:
        """Members whom the account may invite and who ask for no address."""
        who = await self.who()
        query = queries.SearchProfiles(degrees=("2nd", "3rd+"), with_state=True, window=Window(0, 4 * count + 20))
        found = await who.rail.read(who.session, query)
        free = [item.profile_url for item in found.items if item.state is InvitationState.NONE]
        needing = set(await self.needing_email())
        return [url for url in free if url not in needing][:count]

    async def needing_email(self) -> list[str]:
        rows = await self.services.database.all_once(
            "SELECT public_id FROM simulated.member WHERE needs_email ORDER BY id LIMIT 500"
        )
        return [f"https://www.linkedin.com/in/{row[0]}/" for row in rows] + [
            f"https://www.linkedin.com/in/{row[0]}" for row in rows
        ]

    async def friends(self) -> list[str]:
        who = await self.who()
        found = await who.rail.read(who.session, queries.Connections(Window(0, 50)))
        return [item.profile_url for item in found.items]

    async def effects(self, name: str) -> int:
        """How many actions of a name had an effect, by the simulated LinkedIn's own record."""
        happened = {"sent", "accepted_by_provider", "downgraded_no_note"}
        return sum(row.name == name and row.effect in happened for row in await self.world.arrivals())


@pytest.fixture
async def stage(services: Services, database_url: str) -> AsyncIterator[Stage]:
    clock = MovableClock()
    async with open_world(database_url, size=8) as world:
        await world.create(7, 600)
        person = await world.enrol(connections=40)
        rail: Rail = SimulatedRail(world)
        ready = replace(services, clock=clock, rails=lambda _name: rail)
        made = await accounts.create(ready, "one", actions=1_000, tier=Tier.SCALE)
        caller = await accounts.authenticate(ready, made.api_key)
        answer = await signin.sign_in(ready, caller, Password(person.email, person.password), RailName.SIMULATED)
        assert isinstance(answer, SignedIn)
        yield Stage(ready, world, clock, caller, person, answer.token)
