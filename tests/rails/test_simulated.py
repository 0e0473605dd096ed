"""The simulated rail passes the contract of rails."""

import pytest

from overture.adapters.rail_simulated import SimulatedRail
from overture.domain.linkedin.accounts import Password
from overture.domain.linkedin.queries import Connections, Me, ReadCompany, Window
from overture.simulator.world import World
from tests.rails.contract import RailContract, Stage
from tests.rails.people import meet


class TestSimulatedRail(RailContract):
    @pytest.fixture
    async def stage(self, world: World) -> Stage:
        enrolled = await world.enrol(challenged=True)
        rail = SimulatedRail(world)

        async def code() -> str:
            return (await world.outbox(enrolled.email))[0].code

        stage = Stage(
            rail=rail,
            credentials=Password(enrolled.email, enrolled.password),
            wrong_credentials=Password(enrolled.email, "wrong"),
            strangers=[],
            friends=[],
            company="",
            domain="",
            code=code,
            let_pass=world.advance,
        )
        session = await stage.sign_in()
        found = await meet(world, session)
        stage.strangers = found.strangers
        stage.needs_email = found.needs_email
        friends = await rail.read(session, Connections(Window(count=3)))
        stage.friends = [member.profile_url for member in friends.items]
        stage.company = (await rail.read(session, Me())).positions[0].company_url
        stage.domain = (await rail.read(session, ReadCompany(stage.company))).website.split("/")[2]
        return stage
