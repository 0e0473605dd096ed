"""Acting once: intents, budgets, unknown outcomes, restrictions; counted by the simulated LinkedIn itself."""

import asyncio
from datetime import timedelta

import pytest

from overture.domain.errors import OutcomeUnknown, OverBudget, RefusedByRail, Restricted, SessionExpired
from overture.domain.linkedin.accounts import SignInState
from overture.domain.linkedin.actions import ActionState, Invite, React, SendMessage
from overture.domain.linkedin.budgets import MemberPlan, Spent
from overture.simulator.world import FaultKind
from overture.usecases import sweep
from overture.usecases.linkedin import accounts, budgets, settling
from overture.usecases.linkedin.acting import act
from overture.usecases.linkedin.budgets import Wishes
from tests.gateway.conftest import Stage
from tests.usecases.conftest import sound


async def spent(stage: Stage, budget: str) -> Spent:
    who = await stage.who()
    found = {item.budget.value: item.spent for item in await budgets.budgets(stage.services, who.id)}
    return found[budget]


async def test_an_invitation_is_sent_and_paid_from_its_budgets(stage: Stage) -> None:
    """A note has a budget of its own."""
    person, other = await stage.strangers(2)
    done = await act(stage.services, await stage.who(), Invite(person, "Hello, a short note."))
    assert done.state is ActionState.SENT
    await act(stage.services, await stage.who(), Invite(other))
    assert (await spent(stage, "invites")).day == 2
    assert (await spent(stage, "notes")).month == 1
    assert await stage.effects("invite") == 2
    await sound(stage.services)


async def test_one_key_acts_once(stage: Stage) -> None:
    """Ten calls at once, one effect; all are told what came of it."""
    (person,) = await stage.strangers(1)
    who = await stage.who()
    results = await asyncio.gather(*(act(stage.services, who, Invite(person), "k1") for _ in range(10)))
    assert {result.state for result in results} == {ActionState.SENT}
    assert len({result.id for result in results}) == 1
    assert await stage.effects("invite") == 1


async def test_budgets_hold_under_parallel_calls(stage: Stage) -> None:
    """Twelve calls, a cap of five: five effects, seven refusals that send nothing."""
    who = await stage.who()
    await budgets.choose(stage.services, who.id, Wishes(caps={"invites": {"day": 5, "week": 100}}, ramp=False))
    people = await stage.strangers(12)
    results = await asyncio.gather(
        *(act(stage.services, who, Invite(person)) for person in people), return_exceptions=True
    )
    assert sum(isinstance(result, OverBudget) for result in results) == 7
    assert await stage.effects("invite") == 5
    await sound(stage.services)


async def test_windows_roll(stage: Stage) -> None:
    """What was spent 24 hours ago is free again, not at midnight; a clock that steps back frees nothing."""
    who = await stage.who()
    await budgets.choose(stage.services, who.id, Wishes(caps={"invites": {"day": 1}}, ramp=False))
    first, second, third = await stage.strangers(3)
    await act(stage.services, who, Invite(first))
    for step in (timedelta(hours=15), timedelta(hours=8, minutes=59), timedelta(hours=-30)):
        stage.clock.move(step)
        with pytest.raises(OverBudget, match="invites for a day"):
            await act(stage.services, who, Invite(second))
    stage.clock.move(timedelta(hours=31, minutes=1))
    await act(stage.services, who, Invite(second))
    with pytest.raises(OverBudget):
        await act(stage.services, who, Invite(third))


async def test_a_new_account_begins_with_a_part(stage: Stage) -> None:
    """A quarter in the first week, the whole from the fourth on."""
    who = await stage.who()
    caps = []
    for _ in range(4):
        at = who.account.connected_at
        assert at is not None
        stage.clock.at = at + timedelta(days=7 * len(caps), minutes=1)
        view = {item.budget.value: item.cap for item in await budgets.budgets(stage.services, who.id)}
        caps.append(view["invites"].day)
    assert caps == [5, 10, 15, 20]


async def test_long_notes_are_refused_before_they_leave(stage: Stage) -> None:
    """200 units on a basic plan, 300 on a premium one."""
    (person,) = await stage.strangers(1)
    who = await stage.who()
    with pytest.raises(RefusedByRail, match="201 units"):
        await act(stage.services, who, Invite(person, "x" * 201))
    assert await stage.effects("invite") == 0
    await budgets.choose(stage.services, who.id, Wishes(MemberPlan.PREMIUM))
    with pytest.raises(RefusedByRail, match="note"):
        await act(stage.services, await stage.who(), Invite(person, "x" * 301))


async def test_a_note_that_linkedin_drops_is_told(stage: Stage) -> None:
    """Never silently: the state says it, and the note's budget is given back."""
    await stage.world.set_limit("notes_month", 0)
    (person,) = await stage.strangers(1)
    done = await act(stage.services, await stage.who(), Invite(person, "Hello"))
    assert done.state is ActionState.DOWNGRADED_NO_NOTE
    assert (await spent(stage, "notes")).month == 0
    assert (await spent(stage, "invites")).day == 1
    await sound(stage.services)


async def test_people_who_ask_for_an_address(stage: Stage) -> None:
    """Nothing went out, nothing is spent."""
    person = (await stage.needing_email())[0]
    done = await act(stage.services, await stage.who(), Invite(person))
    assert done.state is ActionState.EMAIL_REQUIRED
    assert (await spent(stage, "invites")).day == 0


async def test_an_unknown_outcome_is_looked_up_and_not_repeated(stage: Stage) -> None:
    """The message arrived, its answer did not. Asking for the same again reads first, and sends nothing."""
    friend = (await stage.friends())[0]
    who, message = await stage.who(), SendMessage((await stage.friends())[0], "Are you well?")
    await stage.world.fault(FaultKind.TIMEOUT_AFTER, name="message")
    with pytest.raises(OutcomeUnknown):
        await act(stage.services, who, message, "k1")
    assert (await act(stage.services, who, message, "k1")).state is ActionState.CONFIRMED
    assert await stage.effects("message") == 1
    again = await act(stage.services, who, SendMessage(friend, "Are you well?"), "k2")
    assert again.state is ActionState.SENT  # another intent, meant: the first is settled by now
    assert await stage.effects("message") == 2
    await sound(stage.services)


async def test_what_did_not_arrive_is_given_back(stage: Stage) -> None:
    """Only once its call is over for sure: a slow call may arrive after a first look."""
    (person,) = await stage.strangers(1)
    who = await stage.who()
    original = who.rail.act

    async def lost(*_: object) -> None:
        raise ConnectionResetError

    who.rail.act = lost  # type: ignore[method-assign, assignment]
    with pytest.raises(OutcomeUnknown):
        await act(stage.services, who, Invite(person), "k1")
    who.rail.act = original  # type: ignore[method-assign]
    (row,) = await accounts.list_actions(stage.services, who.id)
    assert row.state is ActionState.UNKNOWN
    assert (await spent(stage, "invites")).day == 1
    await settling.settle_due(stage.services, row.id)
    assert (await accounts.list_actions(stage.services, who.id))[0].state is ActionState.UNKNOWN
    stage.clock.move(settling.over_after(stage.services))
    await settling.settle_due(stage.services, row.id)
    (row,) = await accounts.list_actions(stage.services, who.id)
    assert row.state is ActionState.REFUSED
    assert (await spent(stage, "invites")).day == 0
    await sound(stage.services)


async def test_the_sweep_finds_what_nobody_settled(stage: Stage) -> None:
    """A process that died leaves its intent; after a while it is queued to be looked for."""
    await stage.world.fault(FaultKind.TIMEOUT_AFTER, name="message")
    with pytest.raises(OutcomeUnknown):
        await act(stage.services, await stage.who(), SendMessage((await stage.friends())[0], "Hello"))
    assert await sweep.wake_due(stage.services) <= 1  # the account's news
    stage.clock.move(settling.over_after(stage.services))
    await sweep.wake_due(stage.services)
    rows = await stage.services.database.all_once("SELECT payload FROM pgqueuer WHERE entrypoint = 'linkedin.settle'")
    assert len(rows) == 1


async def test_a_restriction_pauses_the_account(stage: Stage) -> None:
    """It is told once, nothing more is sent, and it goes on after its time."""
    who = await stage.who()
    await stage.world.fault(FaultKind.LIMIT, name="invite")
    first, second = await stage.strangers(2)
    with pytest.raises(Restricted):
        await act(stage.services, who, Invite(first))
    arrived = len(await stage.world.arrivals())
    view = await accounts.show(stage.services, who.id)
    assert view.state is SignInState.RESTRICTED
    assert view.reason
    for _ in range(3):
        with pytest.raises(Restricted):
            await act(stage.services, await stage.who(), Invite(second))
    assert len(await stage.world.arrivals()) == arrived
    rows = await stage.services.database.all_once("SELECT kind FROM linkedin_happening")
    assert [row[0] for row in rows] == ["disconnection"]
    await accounts.resume(stage.services, who.id)
    assert (await accounts.show(stage.services, who.id)).state is SignInState.CONNECTED
    await sound(stage.services)


async def test_an_ended_session_asks_for_a_new_sign_in(stage: Stage) -> None:
    """403 to the caller, and the account says so."""
    await stage.world.revoke(stage.person.email)
    with pytest.raises(SessionExpired):
        await act(stage.services, await stage.who(), React("https://www.linkedin.com/feed/update/urn:li:activity:1/"))
    with pytest.raises(SessionExpired):
        await stage.who()


async def test_accounts_do_not_wait_for_each_other(stage: Stage) -> None:
    """One account's slow call holds up its own next call, and nobody else's."""
    who = await stage.who()
    friends = await stage.friends()
    entered, go = asyncio.Event(), asyncio.Event()
    original = who.rail.act
    order: list[str] = []

    async def slow(session: object, action: SendMessage, key: str) -> object:
        order.append(f"begin {action.text}")
        if action.text == "first":
            entered.set()
            await go.wait()
        order.append(f"end {action.text}")
        return await original(session, action, key)  # type: ignore[arg-type]

    who.rail.act = slow  # type: ignore[method-assign, assignment]
    first = asyncio.create_task(act(stage.services, who, SendMessage(friends[0], "first")))
    await entered.wait()
    second = asyncio.create_task(act(stage.services, who, SendMessage(friends[1], "second")))
    async with stage.services.lanes.lane(stage.caller.account_id):  # another account's lane is free
        pass
    await asyncio.sleep(0.2)
    assert order == ["begin first"]
    go.set()
    await asyncio.gather(first, second)
    assert order == ["begin first", "end first", "begin second", "end second"]
