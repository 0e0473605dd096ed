"""What races, runs out or grows: stopped accounts, looks, limits, sign-ins, bills, monitors, retention."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from overture.bootstrap.rails import rail_problems
from overture.domain.accounts import Scope, Unit
from overture.domain.errors import LimitReached, OutcomeUnknown, OverBudget, Restricted, Unavailable
from overture.domain.linkedin.accounts import Password, SignInState
from overture.domain.linkedin.actions import ActionState, Invite, SendMessage
from overture.domain.linkedin.budgets import WorkingHours
from overture.domain.linkedin.queries import Connections, ReadProfile
from overture.settings import Settings
from overture.simulator.world import FaultKind
from overture.store.linkedin import calls
from overture.usecases import accounts as customers
from overture.usecases import sweep
from overture.usecases.linkedin import accounts, budgets, monitors, news, reading, settling, signin
from overture.usecases.linkedin.acting import act
from overture.usecases.linkedin.budgets import Wishes
from overture.usecases.linkedin.signin import SignedIn
from tests.gateway.conftest import Stage
from tests.gateway.test_news import watched
from tests.usecases.conftest import sound


async def test_a_restriction_stops_calls_that_wait_for_their_turn(stage: Stage) -> None:
    """Ten calls at once, the first is told that the account is restricted: the other nine do not leave."""
    who, people = await stage.who(), await stage.strangers(10)
    await stage.world.fault(FaultKind.CHECKPOINT, name="invite")
    results = await asyncio.gather(*(act(stage.services, who, Invite(p)) for p in people), return_exceptions=True)
    assert all(isinstance(result, Restricted) for result in results)
    assert sum(row.name == "invite" for row in await stage.world.arrivals()) == 1
    await sound(stage.services)


async def test_a_limit_stops_one_kind_of_doing(stage: Stage) -> None:
    """LinkedIn's weekly limit of invitations: no further invitation leaves until its end, messages do."""
    await stage.world.set_limit("invites_week", 1)
    first, second, third = await stage.strangers(3)
    friend = (await stage.friends())[0]
    await act(stage.services, await stage.who(), Invite(first))
    with pytest.raises(LimitReached, match="weekly limit"):
        await act(stage.services, await stage.who(), Invite(second))
    arrived = len(await stage.world.arrivals())
    with pytest.raises(OverBudget, match="LinkedIn limits invites"):
        await act(stage.services, await stage.who(), Invite(third))
    assert len(await stage.world.arrivals()) == arrived
    who = await stage.who()
    assert who.account.state is SignInState.CONNECTED
    view = {item.budget.value: item.limited_until for item in await budgets.budgets(stage.services, who.id)}
    assert view["invites"] is not None
    assert view["messages"] is None
    done = await act(stage.services, who, SendMessage(friend, "Hello"))
    assert done.state is ActionState.SENT
    await accounts.resume(stage.services, who.id)
    assert all(item.limited_until is None for item in await budgets.budgets(stage.services, who.id))
    await sound(stage.services)


async def test_viewed_out_is_no_restriction(stage: Stage) -> None:
    """Too many profiles viewed: only views stop."""
    await stage.world.set_limit("views_day", 1)
    friends = await stage.friends()
    await reading.read(stage.services, await stage.who(), ReadProfile(friends[0]))
    with pytest.raises(LimitReached):
        await reading.read(stage.services, await stage.who(), ReadProfile(friends[1]))
    with pytest.raises(OverBudget):
        await reading.read(stage.services, await stage.who(), ReadProfile(friends[2]))
    assert (await reading.read(stage.services, await stage.who(), Connections())).items


async def test_working_hours(stage: Stage) -> None:
    """Outside them nothing leaves; the answer says when they begin. Without any, there is no such limit."""
    who, friend = await stage.who(), (await stage.friends())[0]
    hours = WorkingHours("Europe/Paris", time(9), time(18), frozenset(range(5)))
    await budgets.choose(stage.services, who.id, Wishes(hours=hours))
    stage.clock.at = stage.clock.at.replace(hour=17, minute=30)  # 18:30 in Paris
    with pytest.raises(OverBudget, match="working hours; they begin at 2026-11-03T08:00"):
        await act(stage.services, who, SendMessage(friend, "Hello"))
    stage.clock.move(timedelta(hours=15))
    assert (await act(stage.services, who, SendMessage(friend, "Hello"))).state is ActionState.SENT


async def test_asking_often_does_not_use_up_the_looks(stage: Stage) -> None:
    """A client that repeats its call every second leaves the worker its looks; the action is settled in time."""
    (person,) = await stage.strangers(1)
    who = await stage.who()
    original = who.rail.act

    async def lost(*_: object) -> None:
        raise ConnectionResetError

    who.rail.act = lost  # type: ignore[method-assign, assignment]
    for _ in range(12):
        with pytest.raises(OutcomeUnknown):
            await act(stage.services, who, Invite(person), "k1")
    who.rail.act = original  # type: ignore[method-assign]
    rows = await stage.services.database.all_once("SELECT look_at FROM linkedin_action")
    assert [row[0] is not None for row in rows] == [True]
    await sound(stage.services)
    stage.clock.move(settling.over_after(stage.services))
    assert await sweep.wake_due(stage.services) >= 1
    (row,) = await accounts.list_actions(stage.services, who.id)
    await settling.settle_due(stage.services, row.id)
    (row,) = await accounts.list_actions(stage.services, who.id)
    assert row.state is ActionState.REFUSED


async def test_who_signs_in_at_the_same_moment_gets_the_same_token(stage: Stage) -> None:
    """No answer holds a token that another sign-in has made worthless."""
    person = await stage.world.enrol()
    credentials = Password(person.email, person.password)
    answers = await asyncio.gather(*(signin.sign_in(stage.services, stage.caller, credentials) for _ in range(5)))
    tokens = {answer.token for answer in answers if isinstance(answer, SignedIn)}
    assert len(tokens) == 1
    stage.token = tokens.pop()
    assert (await stage.who()).session


async def test_an_action_is_answered_though_its_bill_is_not_written(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database goes away between the action and its price: the sweep gives back what was held."""

    async def away(*_: object) -> None:
        raise Unavailable("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(calls, "end", away)
        key = await customers.create_key(stage.services, stage.caller.account_id, Scope.GATEWAY)
        caller = await customers.authenticate(stage.services, key.api_key)
        async with stage.services.metering.billed(caller, "linkup_test", 3) as bill:
            bill.charge(3, 200)
    await stage.services.database.once("UPDATE linkedin_call SET began_at = began_at - interval '1 hour'")
    await sweep.tidy(stage.services)
    left = await customers.credits_of(stage.services, stage.caller.account_id, Unit.ACTIONS)
    assert left.remaining == 1_000
    await sound(stage.services)


async def test_a_deleted_monitor_is_told_nothing_more(stage: Stage) -> None:
    """What waits for its delivery is skipped."""
    monitor = await watched(stage, "https://app.example.com/hooks")
    kept = await watched(stage, "https://other.example.com/hooks")
    who = await stage.who()
    await stage.world.advance(timedelta(days=20))
    assert await news.poll(stage.services, who.id) > 0
    await monitors.delete(stage.services, stage.caller, monitor)
    rows = await stage.services.database.all_once(
        "SELECT convert_from(body, 'UTF8')::jsonb ->> 'account_id', state, count(*) FROM event GROUP BY 1, 2"
    )
    found = {row[0]: row[1] for row in rows}
    assert found == {monitor: "skipped", kept: "pending"}
    await sound(stage.services)


async def test_old_calls_and_happenings_are_forgotten(stage: Stage) -> None:
    """After the days that are set; the ledger and its sums stay."""
    who = await stage.who()
    await news.poll(stage.services, who.id)
    await stage.world.advance(timedelta(days=20))
    assert await news.poll(stage.services, who.id) > 0
    key = await customers.create_key(stage.services, stage.caller.account_id, Scope.GATEWAY)
    caller = await customers.authenticate(stage.services, key.api_key)
    async with stage.services.metering.billed(caller, "linkup_test", 1) as bill:
        bill.charge(1, 200)
    database = stage.services.database
    count = "SELECT (SELECT count(*) FROM linkedin_call), (SELECT count(*) FROM linkedin_happening)"
    await sweep.tidy(stage.services)
    assert all((await database.all_once(count))[0])
    await database.once("UPDATE linkedin_call SET ended_at = ended_at - interval '91 days'")
    await database.once("UPDATE linkedin_happening SET seen_at = seen_at - interval '91 days'")
    await sweep.tidy(stage.services)
    assert tuple((await database.all_once(count))[0]) == (0, 0)
    assert (await customers.credits_of(stage.services, caller.account_id, Unit.ACTIONS)).remaining == 999
    await sound(stage.services)


def test_settings_of_the_rails_are_looked_at() -> None:
    """Half of a pair, a default without its own, an address with /v1: each is named, no value is shown."""
    good = Settings()
    assert rail_problems(good) == []
    for wrong, words in (
        (replace(good, linkup_rail_key="s3cret"), "OVERTURE_LINKUP_RAIL_URL is missing"),
        (replace(good, linkedin_client_id="x"), "OVERTURE_LINKEDIN_CLIENT_SECRET is missing"),
        (replace(good, linkedin_rail="linkup"), "needs OVERTURE_LINKUP_RAIL_URL"),
        (replace(good, linkup_rail_url="https://x.example/v1", linkup_rail_key="s3cret"), "without /v1"),
        (replace(good, linkedin_api_url="ftp://x"), "OVERTURE_LINKEDIN_API_URL is no"),
        (replace(good, linkedin_version="2026"), "OVERTURE_LINKEDIN_VERSION"),
    ):
        (problem,) = rail_problems(wrong)
        assert words in problem
        assert "s3cret" not in problem
