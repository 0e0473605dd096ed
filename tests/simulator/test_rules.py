"""Each of LinkedIn's rules, as the simulation enforces it."""

import asyncio
from datetime import timedelta

import pytest

from overture.domain.errors import NotFoundOnRail, RefusedByRail, Restricted, SessionExpired
from overture.domain.linkedin import actions, queries
from overture.domain.linkedin.accounts import Challenge, ChallengeAnswer, Password, Session
from overture.domain.linkedin.actions import ActionState, Invite, SendMessage, Withdraw
from overture.domain.linkedin.happenings import Disconnected, InvitationAccepted, MessageReceived
from overture.domain.linkedin.objects import InvitationState
from overture.simulator.world import World
from tests.rails.people import enter, meet


async def spread(world: World, session: Session, urls: list[str], note: str | None = None) -> list[ActionState]:
    """Invite one after the other, half an hour apart."""
    states: list[ActionState] = []
    for url in urls:
        states.append((await world.door.act(session, Invite(url, note), url)).state)
        await world.advance(timedelta(minutes=30))
    return states


@pytest.mark.parametrize(("premium", "longest"), [(False, 200), (True, 300)])
async def test_notes_have_a_length_in_utf16_units(world: World, premium: bool, longest: int) -> None:
    _, session = await enter(world, premium=premium)
    url, other, *_ = (await meet(world, session)).strangers
    with pytest.raises(RefusedByRail, match=str(longest)):
        await world.door.act(session, Invite(url, "🙂" * (longest // 2) + "x"), "")
    receipt = await world.door.act(session, Invite(url, "🙂" * (longest // 2)), "")
    assert receipt.state is ActionState.SENT
    assert (await world.door.act(session, Invite(other), "")).state is ActionState.SENT


async def test_a_basic_account_has_five_notes_a_month_and_sends_the_rest_without(world: World) -> None:
    _, session = await enter(world)
    urls = (await meet(world, session)).strangers
    states = await spread(world, session, urls[:7], "Hello")
    assert states == [ActionState.SENT] * 5 + [ActionState.DOWNGRADED_NO_NOTE] * 2
    standing = await world.door.read(session, queries.StandingWith(urls[6]))
    assert standing.note_delivered is False
    await world.advance(timedelta(days=30))
    assert await spread(world, session, urls[7:8], "Hello") == [ActionState.SENT]


@pytest.mark.parametrize(("premium", "week"), [(False, 100), (True, 200)])
async def test_a_week_has_so_many_invitations_and_withdrawing_does_not_help(
    world: World, premium: bool, week: int
) -> None:
    await world.set_limit("burst_actions", 1000)
    _, session = await enter(world, premium=premium)
    urls = (await meet(world, session)).strangers
    began = await world.now()
    for day in range(5):
        for url in urls[day * week // 5 : (day + 1) * week // 5]:
            await world.door.act(session, Invite(url), url)
        await world.advance(timedelta(days=1))
    for _ in range(2):
        with pytest.raises(Restricted) as caught:
            await world.door.act(session, Invite(urls[week]), "")
        assert caught.value.until == began + timedelta(days=7)
        (sent, *_) = (await world.door.read(session, queries.Invitations(sent=True))).items
        await world.door.act(session, Withdraw(sent.id), "")
    await world.advance_to(began + timedelta(days=7, seconds=1))
    assert (await world.door.act(session, Invite(urls[week]), "")).state is ActionState.SENT
    assert {p.most for p in await world.peaks() if (p.what, p.window) == ("invite", "week")} == {week}


async def test_too_many_invitations_a_day_restrict_the_account(world: World) -> None:
    enrolled, session = await enter(world)
    urls = (await meet(world, session)).strangers
    cursor = (await world.door.news(session, "")).cursor
    for url in urls[:50]:
        await world.door.act(session, Invite(url), url)
        await world.advance(timedelta(minutes=3))
    with pytest.raises(Restricted) as caught:
        await world.door.act(session, Invite(urls[50]), "")
    assert caught.value.until == await world.now() + timedelta(hours=24)
    with pytest.raises(Restricted):
        await world.door.read(session, queries.Me())
    with pytest.raises(Restricted):
        await world.door.sign_in(Password(enrolled.email, enrolled.password))
    await world.advance(timedelta(hours=24))
    happenings = (await world.door.news(session, cursor)).happenings
    assert [h.reason for h in happenings if isinstance(h, Disconnected)] == ["too many invitations within a day"]


async def test_a_burst_leads_to_a_checkpoint_that_a_code_opens(world: World) -> None:
    enrolled, session = await enter(world)
    urls = (await meet(world, session)).strangers
    for url in urls[:25]:
        await world.door.act(session, Invite(url), url)
    with pytest.raises(Restricted) as caught:
        await world.door.act(session, Invite(urls[25]), "")
    assert caught.value.until is None
    with pytest.raises(Restricted):
        await world.door.read(session, queries.Me())
    challenge = await world.door.sign_in(Password(enrolled.email, enrolled.password))
    assert isinstance(challenge, Challenge)
    again = await world.door.sign_in(ChallengeAnswer(challenge, (await world.outbox(enrolled.email))[0].code))
    assert isinstance(again, Session)
    assert again.secret != session.secret
    await world.advance(timedelta(minutes=11))
    assert (await world.door.act(again, Invite(urls[25]), "")).state is ActionState.SENT
    with pytest.raises(SessionExpired):
        await world.door.read(session, queries.Me())


async def test_three_weeks_pass_before_a_withdrawn_invitation_is_sent_again(world: World) -> None:
    _, session = await enter(world)
    url = (await meet(world, session)).strangers[0]
    number = dict((await world.door.act(session, Invite(url), "")).references)["invitation_id"]
    await world.door.act(session, Withdraw(int(number)), "")
    await world.advance(timedelta(days=21) - timedelta(seconds=1))
    with pytest.raises(RefusedByRail, match="three weeks"):
        await world.door.act(session, Invite(url), "")
    await world.advance(timedelta(seconds=1))
    assert (await world.door.act(session, Invite(url), "")).state is ActionState.SENT


async def test_so_many_invitations_are_open_at_most(world: World) -> None:
    await world.set_limit("pending", 3)
    _, session = await enter(world)
    urls = (await meet(world, session)).strangers
    for url in urls[:3]:
        await world.door.act(session, Invite(url), url)
    with pytest.raises(RefusedByRail, match="open"):
        await world.door.act(session, Invite(urls[3]), "")


async def test_who_wants_an_address_is_invited_with_it_only(world: World) -> None:
    _, session = await enter(world)
    url = (await meet(world, session)).needs_email
    address = await world.door.read(None, queries.FindAddress(profile=url))
    for wrong in (None, "", "someone@else.example"):
        receipt = await world.door.act(session, Invite(url, email=wrong), "")
        assert receipt.state is ActionState.EMAIL_REQUIRED
    assert (await world.door.read(session, queries.StandingWith(url))).state is InvitationState.NONE
    assert (await world.door.act(session, Invite(url, email=address.email), "")).state is ActionState.SENT


async def test_messages_go_to_connections_only_and_within_a_day_to_so_many(world: World) -> None:
    await world.set_limit("burst_actions", 1000)
    await world.set_limit("messages_day", 5)
    _, session = await enter(world)
    stranger = (await meet(world, session)).strangers[0]
    friends = (await world.door.read(session, queries.Connections(queries.Window(count=6)))).items
    with pytest.raises(RefusedByRail, match="connections"):
        await world.door.act(session, SendMessage(stranger, "Hello"), "")
    for text in ("", "  ", "x" * 8001):
        with pytest.raises(RefusedByRail):
            await world.door.act(session, SendMessage(friends[0].profile_url, text), "")
    for friend in friends[:5]:
        await world.door.act(session, SendMessage(friend.profile_url, "Hello"), friend.urn)
    with pytest.raises(Restricted):
        await world.door.act(session, SendMessage(friends[5].profile_url, "Hello"), "")


async def test_so_many_profiles_are_seen_a_day_and_the_rest_goes_on(world: World) -> None:
    await world.set_limit("views_day", 4)
    _, session = await enter(world)
    urls = (await meet(world, session)).strangers
    began = await world.now()
    for url in urls[:4]:
        await world.door.read(session, queries.ReadProfile(url))
    with pytest.raises(Restricted) as caught:
        await world.door.read(session, queries.ReadProfile(urls[4]))
    assert caught.value.until == began + timedelta(days=1)
    assert (await world.door.act(session, Invite(urls[4]), "")).state is ActionState.SENT
    assert await world.door.read(None, queries.ReadProfile(urls[4]))
    await world.advance(timedelta(days=1))
    assert await world.door.read(session, queries.ReadProfile(urls[4]))


async def test_two_members_who_have_accounts_decide_for_themselves(world: World) -> None:
    _, first = await enter(world, number=1000)
    _, second = await enter(world, number=1001)
    cursor = (await world.door.news(first, "")).cursor
    standing = await world.door.read(first, queries.StandingWith(second.profile_url))
    if standing.state is InvitationState.CONNECTED:
        pytest.skip("the seed made them connections")
    await world.door.act(first, Invite(second.profile_url, "Hello"), "")
    await world.advance(timedelta(days=40))
    received = await world.door.read(second, queries.Invitations(window=queries.Window(count=100)))
    (ours,) = [i for i in received.items if i.member.profile_url == first.profile_url]
    assert ours.note == "Hello"
    with pytest.raises(NotFoundOnRail):
        await world.door.act(first, actions.Accept(ours.urn, ours.secret), "")
    await world.door.act(second, actions.Accept(ours.urn, ours.secret), "")
    accepted = [h for h in (await world.door.news(first, cursor)).happenings if isinstance(h, InvitationAccepted)]
    assert [h.member.profile_url for h in accepted] == [second.profile_url]
    thread = await world.door.read(second, queries.ReadConversation(profile=first.profile_url))
    assert [m.text for m in thread.messages.items] == ["Hello"]
    cursor = (await world.door.news(first, cursor)).cursor
    await world.door.act(second, SendMessage(first.profile_url, "Welcome"), "")
    (message,) = (await world.door.news(first, cursor)).happenings
    assert isinstance(message, MessageReceived)
    assert message.text == "Welcome"


async def test_parallel_invitations_to_one_member_have_one_effect(world: World) -> None:
    _, session = await enter(world)
    url = (await meet(world, session)).strangers[0]
    results = await asyncio.gather(
        *(world.door.act(session, Invite(url), f"k{n}") for n in range(10)), return_exceptions=True
    )
    assert sum(isinstance(r, actions.ActionReceipt) for r in results) == 1
    assert sum(isinstance(r, RefusedByRail) for r in results) == 9
    effects = [a.effect for a in await world.arrivals()]
    assert sorted(effects) == ["RefusedByRail"] * 9 + ["sent"]


async def test_parallel_invitations_stop_exactly_at_the_limit(world: World) -> None:
    await world.set_limit("burst_actions", 1000)
    await world.set_limit("invites_week", 12)
    _, session = await enter(world)
    urls = (await meet(world, session)).strangers[:20]
    results = await asyncio.gather(*(world.door.act(session, Invite(url), url) for url in urls), return_exceptions=True)
    assert sum(isinstance(r, actions.ActionReceipt) for r in results) == 12
    assert sum(isinstance(r, Restricted) for r in results) == 8


async def test_two_members_who_invite_each_other_at_once_have_one_invitation(world: World) -> None:
    _, first = await enter(world, number=1500)
    _, second = await enter(world, number=700)
    results = await asyncio.gather(
        world.door.act(first, Invite(second.profile_url), "a"),
        world.door.act(second, Invite(first.profile_url), "b"),
        return_exceptions=True,
    )
    assert sum(isinstance(r, actions.ActionReceipt) for r in results) == 1
    assert sum(isinstance(r, RefusedByRail) for r in results) == 1
