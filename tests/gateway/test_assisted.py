"""The assisted rail: tasks for a person's own hand, on a real database."""

from datetime import UTC, datetime

import pytest

from overture.adapters.rail_assisted import AssistedRail
from overture.domain.errors import Invalid, NotAvailableOnRail, NotFound
from overture.domain.linkedin import queries
from overture.domain.linkedin.actions import ActionState, CreateJob, CreatePost, Invite, SendMessage
from overture.domain.linkedin.tasks import TaskState
from overture.store.linkedin.tasks import StoredTasks
from overture.usecases.linkedin import accounts, budgets, news, sessions, tasks
from overture.usecases.linkedin.acting import act
from overture.usecases.linkedin.sessions import Acting
from overture.usecases.linkedin.tasks import read_export
from tests.gateway.conftest import Stage
from tests.usecases.conftest import sound

ADA = "https://www.linkedin.com/in/ada-example"
EXPORT = """Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ada,Example,https://www.linkedin.com/in/ada-example,,Example Analytics,"Head, Operations",21 Oct 2026
Bob,Muster,https://www.linkedin.com/in/bob-muster,,Muster,CFO,03 Jan 2025
,,,,,,
"""


@pytest.fixture
async def who(stage: Stage) -> Acting:
    rail = AssistedRail(StoredTasks(stage.services.database))
    object.__setattr__(stage.services, "rails", lambda _name: rail)
    opened = await tasks.open_list(
        stage.services, stage.caller.account_id, "https://www.linkedin.com/in/me-example", "Me Example"
    )
    return await sessions.by_id(stage.services, opened.linkedin_id)


async def state(stage: Stage, who: Acting) -> list[ActionState]:
    return [row.state for row in await accounts.list_actions(stage.services, who.id)]


async def test_a_task_is_ready_and_its_end_is_the_actions(stage: Stage, who: Acting) -> None:
    """Link and text are there; done confirms, and nothing was automated."""
    done = await act(stage.services, who, Invite(ADA, "Hello Ada"))
    assert done.state is ActionState.ACCEPTED_BY_PROVIDER
    (task,) = await tasks.list_tasks(stage.services, who.id)
    assert (task.link, task.text, task.kind) == (ADA, "Hello Ada", "invite")
    await tasks.end_task(stage.services, who.id, task.id, TaskState.DONE)
    assert await state(stage, who) == [ActionState.CONFIRMED]
    assert await tasks.list_tasks(stage.services, who.id) == []
    with pytest.raises(NotFound):
        await tasks.end_task(stage.services, who.id, task.id, TaskState.SKIPPED)
    await sound(stage.services)


@pytest.mark.parametrize("ended", [TaskState.SKIPPED, TaskState.FAILED])
async def test_what_is_not_done_costs_no_budget(stage: Stage, who: Acting, ended: TaskState) -> None:
    """The invitation and its note are given back."""
    await act(stage.services, who, Invite(ADA, "Hello Ada"))
    (task,) = await tasks.list_tasks(stage.services, who.id)
    await tasks.end_task(stage.services, who.id, task.id, ended, "left the company")
    assert await state(stage, who) == [ActionState.REFUSED]
    found = {item.budget.value: item.spent for item in await budgets.budgets(stage.services, who.id)}
    assert (found["invites"].day, found["notes"].month) == (0, 0)
    await sound(stage.services)


async def test_a_task_of_another_account_is_not_found(stage: Stage, who: Acting) -> None:
    """Also when its id is known."""
    await act(stage.services, who, SendMessage(ADA, "Hello"))
    (task,) = await tasks.list_tasks(stage.services, who.id)
    other = await tasks.open_list(stage.services, stage.caller.account_id, "https://www.linkedin.com/in/you", "You")
    with pytest.raises(NotFound):
        await tasks.end_task(stage.services, other.linkedin_id, task.id, TaskState.DONE)
    assert len(await tasks.list_tasks(stage.services, who.id)) == 1


async def test_acceptance_is_seen_in_linkedins_own_export(stage: Stage, who: Acting) -> None:
    """Who is new in the export has accepted, by the end of the day it names; the same again tells nothing."""
    await news.poll(stage.services, who.id)
    found = await tasks.import_connections(stage.services, who.id, EXPORT.encode("utf-8-sig"))
    assert (found.rows, found.new) == (2, 2)
    assert await news.poll(stage.services, who.id) == 2
    assert (await tasks.import_connections(stage.services, who.id, EXPORT.encode())).new == 0
    assert await news.poll(stage.services, who.id) == 0
    standing = await who.rail.read(who.session, queries.StandingWith("http://linkedin.com/in/Ada-Example/"))
    assert standing.accepted_at == datetime(2026, 10, 22, tzinfo=UTC)


async def test_a_reply_is_noted_by_hand(stage: Stage, who: Acting) -> None:
    """It comes as news, like on any rail."""
    await news.poll(stage.services, who.id)
    await tasks.note_reply(stage.services, who.id, ADA, "Sounds good, next week?")
    assert await news.poll(stage.services, who.id) == 1
    row = await stage.services.database.once("SELECT kind, body FROM linkedin_happening")
    assert row is not None
    assert row["kind"] == "message"
    assert "Sounds good" in row["body"]


async def test_what_a_hand_cannot_be_asked_says_so(stage: Stage, who: Acting) -> None:
    """Clearly, and with nothing spent."""
    with pytest.raises(NotAvailableOnRail, match="not available on this rail"):
        await act(stage.services, who, CreateJob("c", "t", "p", "d"))
    with pytest.raises(NotAvailableOnRail):
        await who.rail.read(who.session, queries.Inbox())
    assert (await act(stage.services, who, CreatePost("Hello"))).state is ActionState.ACCEPTED_BY_PROVIDER
    await sound(stage.services)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a,b,c\n1,2,3", b"<html>", b"First Name\nx"])
def test_files_that_are_no_export(content: bytes) -> None:
    """What is wrong is named."""
    with pytest.raises(Invalid, match="the file"):
        read_export(content, datetime(2026, 11, 25, tzinfo=UTC))
