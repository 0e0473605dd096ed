"""People who are to be left alone: nothing more is sent, whichever way their profile is named."""

import asyncpg
import pytest

from overture.domain.errors import Invalid, RefusedByRail
from overture.domain.linkedin.actions import Invite, SendMessage
from overture.usecases.campaigns import suppression
from overture.usecases.linkedin.acting import act
from tests.gateway.conftest import Stage
from tests.usecases.conftest import sound


async def test_nothing_more_is_sent(stage: Stage) -> None:
    """By address, with and without www, slash and query, or by the bare id; before anything leaves or is spent."""
    person, other = await stage.strangers(2)
    public_id = person.rstrip("/").rpartition("/")[2]
    account = stage.caller.account_id
    done = await suppression.suppress(stage.services, account, [person], "asked us to stop")
    assert (done.new, done.total) == (1, 1)
    arrived = len(await stage.world.arrivals())
    for name in (person, public_id, f"http://linkedin.com/in/{public_id.upper()}?x=1"):
        with pytest.raises(RefusedByRail, match="left alone"):
            await act(stage.services, await stage.who(), Invite(name))
        with pytest.raises(RefusedByRail, match="left alone"):
            await act(stage.services, await stage.who(), SendMessage(name, "Hello"))
    assert len(await stage.world.arrivals()) == arrived
    await act(stage.services, await stage.who(), Invite(other))
    await sound(stage.services)


async def test_the_list_is_final_and_holds_no_name(stage: Stage) -> None:
    """Twice is once; nobody leaves it; the profile is not in it."""
    account = stage.caller.account_id
    people = ["https://www.linkedin.com/in/ada-example", "ada-example", "https://linkedin.com/in/Ada-Example/"]
    assert (await suppression.suppress(stage.services, account, people)).total == 1
    row = await stage.services.database.once("SELECT person::text || reason FROM suppression")
    assert row is not None
    assert "ada" not in row[0]
    with pytest.raises(asyncpg.CheckViolationError):
        await stage.services.database.once("DELETE FROM suppression")


async def test_the_audit_sees_a_breach(stage: Stage) -> None:
    """An action that was begun after its person was on the list."""
    (person,) = await stage.strangers(1)
    await act(stage.services, await stage.who(), Invite(person))
    await suppression.suppress(stage.services, stage.caller.account_id, [person])
    await sound(stage.services)  # it came before
    await stage.services.database.once("UPDATE linkedin_action SET written_at = clock_timestamp() + interval '1 s'")
    with pytest.raises(AssertionError, match="I21"):
        await sound(stage.services)


async def test_somebody_must_be_named(stage: Stage) -> None:
    """An empty file suppresses nobody, and says so."""
    with pytest.raises(Invalid):
        await suppression.suppress(stage.services, stage.caller.account_id, ["", " "])
