"""The official rail passes the contract of rails; most of it has no official route, and says so."""

from collections.abc import AsyncIterator

import pytest

from overture.adapters.clock import SystemClock
from overture.adapters.rail_official import Application, OfficialRail
from overture.domain.errors import RailFailed
from overture.domain.linkedin import actions, queries
from overture.domain.linkedin.accounts import Password
from tests.rails.contract import RailContract, Stage
from tests.rails.test_official import LinkedIn, signed_in
from tests.rails.test_official import application as _application

application = _application


class SignedIn(Stage):
    """Signs in by a fresh authorization, whose verifier the server knows."""

    async def sign_in(self) -> object:  # type: ignore[override]
        return await signed_in(self.rail, self.application)  # type: ignore[attr-defined, arg-type]


class TestOfficialRail(RailContract):
    @pytest.fixture
    async def stage(self, application: Application) -> AsyncIterator[Stage]:
        rail = OfficialRail(application, SystemClock())
        stage = SignedIn(
            rail=rail,
            credentials=Password("ada@example.com", "x"),
            wrong_credentials=None,
            strangers=[f"https://www.linkedin.com/in/stranger-{number}" for number in range(3)],
            friends=["https://www.linkedin.com/in/friend"],
            company="https://www.linkedin.com/company/acme",
            domain="acme.example",
        )
        stage.application = application  # type: ignore[attr-defined]
        yield stage
        await rail.close()

    async def test_signing_in_gives_a_session_and_again_the_same(self, stage: Stage) -> None:
        """Each authorization gives a token of its own; LinkedIn tells no profile address to such an application."""
        session = await stage.sign_in()
        assert session.secret
        with pytest.raises(RailFailed):
            await stage.rail.sign_in(stage.credentials)

    async def test_an_answer_that_is_too_large(self, stage: Stage) -> None:
        """It is not read to its end; what was done is not known."""
        session = await stage.sign_in()
        LinkedIn.next_status = 200
        with pytest.raises(RailFailed):
            await stage.rail.read(session, queries.Connections())
        receipt = await stage.rail.act(session, actions.CreatePost("Hello"), stage.key())
        assert receipt.state.value == "sent"
