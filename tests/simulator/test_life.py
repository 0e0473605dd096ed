"""Time passes, members behave, and the same seed gives the same life."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overture.domain.errors import RefusedByRail
from overture.domain.linkedin.accounts import Session
from overture.domain.linkedin.actions import CreateJob, Invite, PublishJob, SendMessage, Withdraw
from overture.domain.linkedin.happenings import Happening, InvitationAccepted, MessageReceived
from overture.domain.linkedin.objects import Degree, InvitationState
from overture.domain.linkedin.queries import (
    Candidates,
    Connections,
    Inbox,
    Jobs,
    ReadConversation,
    StandingWith,
    Window,
)
from overture.simulator.world import World, open_world
from tests.rails.people import enter, meet


async def invite_all(world: World, session: Session, urls: list[str]) -> None:
    await world.set_limit("burst_actions", 10_000)
    await world.set_limit("invites_day", 10_000)
    await world.set_limit("invites_week", 10_000)
    for url in urls:
        await world.door.act(session, Invite(url), url)


def told(happenings: tuple[Happening, ...]) -> list[tuple[str, str, str]]:
    """What happened, without the numbers that the order of calls decides."""
    return [
        (h.member.public_id, h.at.isoformat(), "accepted")
        if isinstance(h, InvitationAccepted)
        else (h.sender.public_id, h.at.isoformat(), h.text)
        if isinstance(h, MessageReceived)
        else ("", "", "")
        for h in happenings
    ]


async def live(url: str, *, steps: int, doors: int) -> list[tuple[str, str, str]]:
    """Invite 80 members over several doors, let 40 days pass in steps, return all news."""
    async with open_world(url) as world:
        _, session = await enter(world, number=500)
        urls = (await meet(world, session)).strangers[:80]
        await invite_all(world, session, [])
        cursor = (await world.door.news(session, "")).cursor
        others = [await asyncio.create_task(_open(url)) for _ in range(doors)]
        if doors:
            await asyncio.gather(
                *(other.door.act(session, Invite(u), u) for n, (other, _) in enumerate(others) for u in urls[n::doors])
            )
        else:
            for u in reversed(urls):
                await world.door.act(session, Invite(u), u)
        for _ in range(steps):
            if doors:
                await asyncio.gather(*(other.advance(timedelta()) for other, _ in others))
            await world.advance(timedelta(days=40) / steps)
        for _, manager in others:
            await manager.__aexit__(None, None, None)
        return told((await world.door.news(session, cursor)).happenings)


async def _open(url: str):
    manager = open_world(url)
    return await manager.__aenter__(), manager


async def test_the_same_seed_gives_the_same_life_whoever_calls(world_url: str, another_world_url: str) -> None:
    """One process that jumps, or four doors in small steps: the same news at the same times."""
    first = await live(world_url, steps=1, doors=0)
    second = await live(another_world_url, steps=97, doors=4)
    assert len(first) > 15
    assert first == second


async def test_some_accept_and_those_are_connected_then(world: World) -> None:
    _, session = await enter(world)
    urls = (await meet(world, session)).strangers[:200]
    cursor = (await world.door.news(session, "")).cursor
    await invite_all(world, session, urls)
    await world.advance(timedelta(days=40))
    accepted = {
        h.member.profile_url
        for h in (await world.door.news(session, cursor)).happenings
        if isinstance(h, InvitationAccepted)
    }
    assert 35 <= len(accepted) <= 85
    for url in urls[:60]:
        standing = await world.door.read(session, StandingWith(url))
        assert (standing.degree is Degree.FIRST) == (url in accepted) == (standing.state is InvitationState.CONNECTED)
        assert (standing.accepted_at is not None) == (url in accepted)
    await world.advance(timedelta(days=145))
    assert (await world.door.read(session, StandingWith(min(set(urls) - accepted)))).state in {
        InvitationState.NONE,
        InvitationState.CONNECTED,
    }


async def test_some_answer_and_their_answer_is_in_the_conversation(world: World) -> None:
    _, session = await enter(world)
    await invite_all(world, session, [])
    await world.set_limit("messages_day", 1000)
    friends = (await world.door.read(session, Connections(Window(count=150)))).items
    cursor = (await world.door.news(session, "")).cursor
    for friend in friends:
        await world.door.act(session, SendMessage(friend.profile_url, "Is purchasing yours?"), friend.urn)
    await world.advance(timedelta(days=15))
    answers = [h for h in (await world.door.news(session, cursor)).happenings if isinstance(h, MessageReceived)]
    answered = {h.sender.profile_url for h in answers}
    assert 15 <= len(answered) <= 80
    thread = await world.door.read(session, ReadConversation(profile=answers[0].sender.profile_url))
    assert answers[0].text in [m.text for m in thread.messages.items]
    assert thread.id == answers[0].conversation_id
    assert thread.from_them >= 1
    assert thread.unread >= 1
    again = await world.door.read(session, ReadConversation(conversation_id=thread.id))
    assert (again.unread, again.seen_at) == (0, await world.now())
    unread = await world.door.read(session, Inbox("UNREAD", Window(count=200)))
    assert thread.id not in [c.id for c in unread.items]


async def test_a_withdrawn_invitation_is_never_accepted(world: World) -> None:
    _, session = await enter(world)
    urls = (await meet(world, session)).strangers[:60]
    await invite_all(world, session, urls)
    for url in urls:
        standing = await world.door.read(session, StandingWith(url))
        assert standing.invitation_id is not None
        await world.door.act(session, Withdraw(standing.invitation_id), "")
    await world.advance(timedelta(days=60))
    states = {(await world.door.read(session, StandingWith(url))).state for url in urls}
    assert InvitationState.CONNECTED not in states


async def test_nothing_is_done_in_the_name_of_a_member_who_has_an_account(world: World) -> None:
    """Not even what was planned before it got one."""
    _, session = await enter(world)
    urls = (await meet(world, session)).strangers[:30]
    await invite_all(world, session, urls)
    async with world._pool.transaction() as tx:
        numbers = await tx.fetch("SELECT recipient FROM simulated.invitation WHERE sender = 1 ORDER BY recipient")
    for row in numbers:
        await world.enrol(row["recipient"])
    await world.advance(timedelta(days=60))
    states = {(await world.door.read(session, StandingWith(url))).state for url in urls}
    assert states == {InvitationState.SENT}


async def test_people_apply_while_a_job_post_is_open(world: World) -> None:
    _, session = await enter(world)
    (own, *_) = (await world.door.read(session, Jobs())).items
    assert own.state == "open"
    company = f"https://www.linkedin.com/company/{1}"
    drafted = await world.door.act(session, CreateJob(company, "Miller", "Lyon", "<p>Grind</p>"), "")
    job_id = dict(drafted.references)["job_id"]
    assert (await world.door.read(session, Candidates(job_id))).items == ()
    await world.door.act(session, PublishJob(job_id), "")
    await world.advance(timedelta(days=22))
    found = await world.door.read(session, Candidates(job_id, window=Window(count=50)))
    assert 3 <= len(found.items) == found.available
    (job,) = (await world.door.read(session, Jobs(job_id))).items
    assert job.applicants == len(found.items)
    assert [c.applied_at for c in found.items] == sorted((c.applied_at for c in found.items), reverse=True)


async def test_time_never_goes_back(world: World) -> None:
    moments = [await world.now()]
    for change in (
        world.run(),
        world.advance(timedelta(days=1)),
        world.advance(timedelta(days=-5)),
        world.advance_to(moments[0]),
        world.freeze(),
        world.advance(timedelta(hours=1)),
        world.run(),
    ):
        await change
        moments.append(await world.now())
    assert moments == sorted(moments)
    assert moments[-1] - moments[0] < timedelta(days=1, hours=1, minutes=5)


async def test_a_running_clock_lets_things_happen_without_a_command(world: World) -> None:
    _, session = await enter(world)
    urls = (await meet(world, session)).strangers[:60]
    await invite_all(world, session, urls)
    async with world._pool.transaction() as tx:
        await tx.execute("UPDATE simulated.world SET frozen_at = NULL, ahead = simulated.clock() + '40 days' - now()")
    assert (await world.door.read(session, Connections())).available > 150


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("invite"), st.integers(0, 3)),
        st.tuples(st.just("withdraw"), st.integers(0, 3)),
        st.tuples(st.just("pass"), st.sampled_from([1, 10, 21, 40, 180])),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_invitations_move_as_they_may(world: World, steps: list[tuple[str, int]]) -> None:
    """Whatever is tried in whatever order: an invitation goes out exactly where the standing allows it."""
    _, session = await enter(world)
    urls = (await meet(world, session)).strangers[:4]
    opened: dict[str, int] = {}
    for what, number in steps:
        if what == "pass":
            await world.advance(timedelta(days=number))
            continue
        url = urls[number]
        before = await world.door.read(session, StandingWith(url))
        if what == "invite":
            try:
                opened[url] = int(dict((await world.door.act(session, Invite(url), "")).references)["invitation_id"])
            except RefusedByRail:
                assert before.state is not InvitationState.NONE
            else:
                assert before.state is InvitationState.NONE
                assert (await world.door.read(session, StandingWith(url))).state is InvitationState.SENT
        elif url in opened:
            try:
                await world.door.act(session, Withdraw(opened[url]), "")
            except RefusedByRail:
                assert before.state is not InvitationState.SENT
            else:
                assert before.state is InvitationState.SENT
                assert (await world.door.read(session, StandingWith(url))).state is InvitationState.WITHDRAWN


async def test_an_ended_invitation_does_not_move_again(world: World) -> None:
    """PostgreSQL itself refuses it."""
    _, session = await enter(world)
    url = (await meet(world, session)).strangers[0]
    number = int(dict((await world.door.act(session, Invite(url), "")).references)["invitation_id"])
    await world.door.act(session, Withdraw(number), "")
    with pytest.raises(Exception, match="is withdrawn"):
        async with world._pool.transaction() as tx:
            await tx.execute(
                "UPDATE simulated.invitation SET state = 'accepted' WHERE id = $1",
                number,
            )
