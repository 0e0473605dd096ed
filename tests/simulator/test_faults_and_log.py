"""What can be set to go wrong, and what the log shows of it."""

from datetime import timedelta

import pytest

from overture.adapters.rail_simulated import SimulatedRail
from overture.domain.errors import (
    Invalid,
    NotFound,
    OutcomeUnknown,
    RailUnreachable,
    RefusedByRail,
    Restricted,
    SessionExpired,
)
from overture.domain.linkedin.actions import Invite, React, SendMessage
from overture.domain.linkedin.objects import InvitationState
from overture.domain.linkedin.queries import Connections, Feed, Me, ReadConversation, StandingWith, Window
from overture.simulator.world import FaultKind, World, open_world
from tests.rails.people import enter, meet


async def test_a_timeout_after_the_effect_leaves_the_effect(world: World) -> None:
    _, session = await enter(world)
    url = (await meet(world, session)).strangers[0]
    await world.fault(FaultKind.TIMEOUT_AFTER, name="invite")
    with pytest.raises(OutcomeUnknown):
        await world.door.act(session, Invite(url), "k")
    assert (await world.door.read(session, StandingWith(url))).state is InvitationState.SENT
    assert [(a.key, a.effect) for a in await world.arrivals()] == [("k", "sent")]


async def test_a_failure_before_the_effect_leaves_nothing_but_its_arrival(world: World) -> None:
    _, session = await enter(world)
    url = (await meet(world, session)).strangers[0]
    await world.fault(FaultKind.FAIL_BEFORE, name="invite", times=2)
    for _ in range(2):
        with pytest.raises(RailUnreachable):
            await world.door.act(session, Invite(url), "k")
    assert (await world.door.read(session, StandingWith(url))).state is InvitationState.NONE
    await world.door.act(session, Invite(url), "k")
    assert [a.effect for a in await world.arrivals()] == ["RailUnreachable", "RailUnreachable", "sent"]
    assert await world.doubles() == []


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.EXPIRED, SessionExpired),
        (FaultKind.CHECKPOINT, Restricted),
        (FaultKind.LIMIT, Restricted),
    ],
)
async def test_a_session_can_end_under_an_action(world: World, kind: FaultKind, error: type[Exception]) -> None:
    enrolled, session = await enter(world)
    url = (await meet(world, session)).strangers[0]
    await world.fault(kind, email=enrolled.email)
    with pytest.raises(error):
        await world.door.act(session, Invite(url), "k")
    with pytest.raises(error):
        await world.door.read(session, Me())
    assert [a.effect for a in await world.arrivals()] == [error.__name__]


async def test_a_fault_of_one_account_or_call_spares_the_others(world: World) -> None:
    enrolled, first = await enter(world)
    _, second = await enter(world)
    await world.fault(FaultKind.FAIL_BEFORE, email=enrolled.email, name="Me")
    assert await world.door.read(second, Me())
    assert await world.door.read(first, Connections())
    with pytest.raises(RailUnreachable):
        await world.door.read(first, Me())
    assert await world.door.read(first, Me())
    with pytest.raises(NotFound):
        await world.fault(FaultKind.LIMIT, email="nobody@nowhere.example")


async def test_news_can_come_twice_late_and_in_the_wrong_order(world: World) -> None:
    _, session = await enter(world)
    cursor = (await world.door.news(session, "")).cursor
    await world.advance(timedelta(days=60))
    plain = await world.door.news(session, cursor)
    assert len(plain.happenings) > 2
    await world.fault(FaultKind.NEWS_TWICE)
    twice = await world.door.news(session, cursor)
    assert [h.key for h in twice.happenings] == [h.key for h in plain.happenings for _ in range(2)]
    await world.fault(FaultKind.NEWS_REORDERED)
    assert (await world.door.news(session, cursor)).happenings == plain.happenings[::-1]
    await world.fault(FaultKind.NEWS_LATE)
    late = await world.door.news(session, cursor)
    assert late.happenings == plain.happenings[:-1]
    assert (await world.door.news(session, late.cursor)).happenings == plain.happenings[-1:]


async def test_a_slow_answer_comes_in_the_end(world: World) -> None:
    _, session = await enter(world)
    post = (await world.door.read(session, Feed())).items[0]
    await world.fault(FaultKind.SLOW_AFTER, seconds=0.05)
    assert await world.door.act(session, React(post.url), "k")


async def test_doubles_show_by_key_and_by_text(world: World) -> None:
    _, session = await enter(world)
    first, second = (await world.door.read(session, Connections(Window(count=2)))).items
    for key in ("a", "a"):
        await world.door.act(session, SendMessage(first.profile_url, f"Hello {key}"), key)
    for key in ("b", "c"):
        await world.door.act(session, SendMessage(second.profile_url, "Hello"), key)
    found = {(d.what, d.of, d.times) for d in await world.doubles()}
    assert {(d, t) for _, d, t in found} >= {("a", 2)}
    assert len(found) == 3  # the key, and one text to each of the two


async def test_what_is_written_after_an_answer_shows(world: World) -> None:
    await world.set_limit("messages_day", 1000)
    await world.set_limit("burst_actions", 1000)
    _, session = await enter(world)
    friends = (await world.door.read(session, Connections(Window(count=120)))).items
    for friend in friends:
        await world.door.act(session, SendMessage(friend.profile_url, "First"), friend.urn)
    assert await world.after_answers() == []
    await world.advance(timedelta(days=15))
    threads = [(f, await world.door.read(session, ReadConversation(profile=f.profile_url))) for f in friends]
    answered = [f for f, t in threads if t.from_them]
    silent = next(f for f, t in threads if not t.from_them)
    await world.door.act(session, SendMessage(silent.profile_url, "Second"), "s")
    assert await world.after_answers() == []
    for friend in answered:
        await world.door.act(session, SendMessage(friend.profile_url, "Second"), friend.urn)
    late = await world.after_answers()
    assert 0 < len(late) < len(answered)  # automatic replies are no answers
    now = await world.now()
    assert all(found.answered_at < found.sent_at == now for found in late)


async def test_texts_are_logged_as_hashes_only(world: World) -> None:
    _, session = await enter(world)
    friend = (await world.door.read(session, Connections())).items[0]
    await world.door.act(session, SendMessage(friend.profile_url, "quite a secret"), "k")
    (arrival,) = await world.arrivals()
    assert len(arrival.text_hash) == 32
    assert "secret" not in repr(arrival)


async def test_every_call_is_logged_refused_ones_and_reads_too(world: World) -> None:
    _, session = await enter(world)
    url = (await meet(world, session)).strangers[0]
    with pytest.raises(RefusedByRail):
        await world.door.act(session, SendMessage(url, "Hello"), "k")
    log = await world.arrivals(acts_only=False)
    assert [a.name for a in log] == ["sign_in", "SearchProfiles", "message"]
    assert [a.effect for a in log] == ["Session", "read", "RefusedByRail"]


async def test_a_lost_database_leaves_an_action_open_and_a_read_undone(world: World, world_url: str) -> None:
    _, session = await enter(world)
    async with open_world(world_url) as other:
        rail = SimulatedRail(other)
        assert await rail.read(session, Me())
    with pytest.raises(RailUnreachable):
        await rail.read(session, Me())
    with pytest.raises(OutcomeUnknown):
        await rail.act(session, React("urn:li:activity:7200000000000000001"), "k")


async def test_unknown_limits_are_refused(world: World) -> None:
    for name, value in (("colour", 1), ("pending", -1)):
        with pytest.raises(Invalid):
            await world.set_limit(name, value)
