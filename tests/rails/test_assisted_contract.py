"""The assisted rail passes the contract of rails, as far as the member's own hand can."""

import pytest

from overture.adapters.rail_assisted import AssistedRail
from overture.domain.errors import NotAvailableOnRail, RefusedByRail
from overture.domain.linkedin import actions, queries
from overture.domain.linkedin.accounts import Named, Password
from overture.domain.linkedin.actions import ActionState
from overture.store.db import Database
from overture.store.linkedin.tasks import StoredTasks
from tests.rails.contract import RailContract, Stage

UNSTORABLE = ["", " \n", "\0", "a\0b", "\ud800"]


class TestAssistedRail(RailContract):
    @pytest.fixture
    def stage(self, database: Database) -> Stage:
        return Stage(
            rail=AssistedRail(StoredTasks(database)),
            credentials=Named("https://www.linkedin.com/in/ada-example/", "Ada Example", "list-1"),
            wrong_credentials=None,
            strangers=[f"https://www.linkedin.com/in/stranger-{number}" for number in range(3)],
            friends=["https://www.linkedin.com/in/friend"],
            company="https://www.linkedin.com/company/acme",
            domain="acme.example",
        )

    async def test_an_unknown_session_has_expired(self, stage: Stage) -> None:
        """There is nothing to expire: a session names a list, and only we make sessions."""
        with pytest.raises(NotAvailableOnRail):
            await stage.rail.sign_in(Password("ada@example.com", "x"))

    @pytest.mark.parametrize("hostile", [*UNSTORABLE, "a" * 100_000])
    async def test_hostile_text_is_an_error_of_ours(self, stage: Stage, hostile: str) -> None:
        session = await stage.sign_in()
        for query in (queries.ReadProfile(hostile), queries.ReadCompany(hostile), queries.StandingWith(hostile)):
            with pytest.raises(NotAvailableOnRail):
                await stage.rail.read(session, query)
        for action in (
            actions.SendMessage(stage.strangers[0], hostile),
            actions.Invite(hostile),
            actions.CommentOn(hostile, "x"),
            actions.CreatePost(hostile),
        ):
            with pytest.raises(RefusedByRail):
                await stage.rail.act(session, action, stage.key())

    async def test_connections_are_first_degree_and_listed_whole(self, stage: Stage) -> None:
        """Only what was noted by hand is known, and nothing was noted yet."""
        session = await stage.sign_in()
        assert (await stage.rail.read(session, queries.Connections())).items == ()

    async def test_what_does_not_exist_cannot_be_withdrawn_or_accepted(self, stage: Stage) -> None:
        """Whether an invitation exists the member sees when doing the task; accepting has no task."""
        session = await stage.sign_in()
        receipt = await stage.rail.act(session, actions.Withdraw(7), stage.key())
        assert receipt.state is ActionState.ACCEPTED_BY_PROVIDER
        with pytest.raises(NotAvailableOnRail):
            await stage.rail.act(session, actions.Accept("urn:li:fsd_invitation:7", "x"), stage.key())

    async def test_a_post_is_found_felt_about_and_answered(self, stage: Stage) -> None:
        """A post is a task; where it will stand is not known."""
        session = await stage.sign_in()
        receipt = await stage.rail.act(session, actions.CreatePost("A zebra crossed our yard"), stage.key())
        assert [name for name, _ in receipt.references] == ["task_id"]

    async def test_only_connections_are_written_to(self, stage: Stage) -> None:
        """Who is connected is not known here: the member sees it when doing the task, and says so."""
        session = await stage.sign_in()
        receipt = await stage.rail.act(session, actions.SendMessage(stage.strangers[2], "Hello"), stage.key())
        assert receipt.state is ActionState.ACCEPTED_BY_PROVIDER

    @pytest.mark.parametrize(
        "profile",
        ["javascript://www.linkedin.com/x", "http://evil.example/in/x", "https://www.linkedin.com.evil.example/in/x"],
    )
    async def test_links_lead_to_linkedin_only(self, stage: Stage, profile: str) -> None:
        """A person will click on it."""
        session = await stage.sign_in()
        with pytest.raises(RefusedByRail):
            await stage.rail.act(session, actions.Invite(profile), stage.key())
