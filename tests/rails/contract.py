"""What every rail must do. A rail's own module subclasses ``RailContract`` and gives it a ``stage``.

A rail may say that it has no way to do something (NotAvailableOnRail); the test is skipped then, and says so.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import pytest

from overture.domain.errors import (
    NotAvailableOnRail,
    NotFoundOnRail,
    RailFailed,
    RefusedByRail,
    SessionExpired,
)
from overture.domain.linkedin import actions, queries
from overture.domain.linkedin.accounts import Challenge, ChallengeAnswer, Credentials, Session
from overture.domain.linkedin.actions import ActionState
from overture.domain.linkedin.objects import Degree, InvitationState
from overture.domain.linkedin.queries import Window
from overture.ports import Rail

T = TypeVar("T")
NOBODY = "https://www.linkedin.com/in/nobody-of-this-name-00000000/"
HAPPENED = {ActionState.SENT, ActionState.ACCEPTED_BY_PROVIDER, ActionState.CONFIRMED}


@dataclass
class Stage:
    """A rail with an account on it, and whom that account may meet.

    ``strangers`` are addresses of members that may be invited, ``friends`` of connections. ``code`` reads the code of
    a challenge that was just sent; ``let_pass`` lets LinkedIn's time pass where the rail's LinkedIn can do that.
    ``tells_times`` is False where a happening has the time at which it was noticed.
    """

    rail: Rail
    credentials: Credentials
    wrong_credentials: Credentials | None
    strangers: list[str]
    friends: list[str]
    company: str
    domain: str
    code: Callable[[], Awaitable[str]] | None = None
    let_pass: Callable[[timedelta], Awaitable[object]] | None = None
    needs_email: str | None = None
    tells_times: bool = True
    keys: int = field(default=0)

    async def sign_in(self) -> Session:
        answer = await self.rail.sign_in(self.credentials)
        if isinstance(answer, Challenge):
            assert self.code is not None, "a challenge came, and the stage cannot read codes"
            answer = await self.rail.sign_in(ChallengeAnswer(answer, await self.code()))
        assert isinstance(answer, Session)
        return answer

    def key(self) -> str:
        self.keys += 1
        return f"contract-{self.keys}"


async def available(call: Awaitable[T]) -> T:
    """The answer, or a skip where the rail has no way to do it."""
    try:
        return await call
    except NotAvailableOnRail as error:
        pytest.skip(f"not available on this rail: {error}")


class RailContract:
    """The tests. ``stage`` is a fixture of the subclass."""

    async def act(self, stage: Stage, session: Session, action: actions.Action) -> actions.ActionReceipt:
        return await available(stage.rail.act(session, action, stage.key()))

    async def test_signing_in_gives_a_session_and_again_the_same(self, stage: Stage) -> None:
        first = await stage.sign_in()
        again = await stage.rail.sign_in(stage.credentials)
        assert first.secret
        assert first.profile_url.startswith("https://")
        assert again == first

    async def test_wrong_credentials_are_refused(self, stage: Stage) -> None:
        if stage.wrong_credentials is None:
            pytest.skip("nothing to get wrong on this rail")
        with pytest.raises(RefusedByRail):
            await stage.rail.sign_in(stage.wrong_credentials)

    async def test_secrets_are_not_shown(self, stage: Stage) -> None:
        session = await stage.sign_in()
        assert session.secret not in repr(session)

    async def test_an_unknown_session_has_expired(self, stage: Stage) -> None:
        session = await stage.sign_in()
        forged = Session(session.secret[:-4] + "AAAA", session.member_urn, session.profile_url, session.name)
        with pytest.raises(SessionExpired):
            await available(stage.rail.read(forged, queries.Me()))
        with pytest.raises(SessionExpired):
            await stage.rail.act(forged, actions.CreatePost("hello"), stage.key())

    async def test_the_own_profile_is_the_sessions(self, stage: Stage) -> None:
        session = await stage.sign_in()
        me = await available(stage.rail.read(session, queries.Me()))
        assert me.member.name == session.name
        assert me.member.degree is Degree.SELF

    async def test_a_profile_is_the_same_by_each_of_its_names(self, stage: Stage) -> None:
        session = await stage.sign_in()
        url = stage.strangers[0]
        profile = await available(stage.rail.read(session, queries.ReadProfile(url)))
        for name in (profile.member.urn, profile.member.public_id, url.rstrip("/"), url.replace("www.", "")):
            assert (await stage.rail.read(session, queries.ReadProfile(name))).member.urn == profile.member.urn

    async def test_nobody_is_not_found(self, stage: Stage) -> None:
        session = await stage.sign_in()
        with pytest.raises(NotFoundOnRail):
            await available(stage.rail.read(session, queries.ReadProfile(NOBODY)))
        with pytest.raises(NotFoundOnRail):
            await self.act(stage, session, actions.Invite(NOBODY))

    @pytest.mark.parametrize("hostile", ["", "\0", "\ud800", "'; DROP TABLE x; --", "https://[", "%00", "a" * 100_000])
    async def test_hostile_text_is_an_error_of_ours(self, stage: Stage, hostile: str) -> None:
        session = await stage.sign_in()
        for call in (
            stage.rail.read(session, queries.ReadProfile(hostile)),
            stage.rail.read(session, queries.ReadCompany(hostile)),
            stage.rail.read(session, queries.ReadConversation(hostile, hostile)),
            stage.rail.act(session, actions.SendMessage(stage.strangers[0], hostile), stage.key()),
        ):
            with pytest.raises(RailFailed):
                await call

    async def test_parts_of_a_search_are_disjoint_and_end(self, stage: Stage) -> None:
        session = await stage.sign_in()
        seen: list[str] = []
        for offset in (0, 7, 14):
            part = await available(
                stage.rail.read(session, queries.SearchProfiles(window=Window(offset=offset, count=7)))
            )
            seen += [member.profile_url for member in part.items]
        assert len(seen) == len(set(seen)) == 21
        assert part.available is not None
        past = await stage.rail.read(
            session, queries.SearchProfiles(window=Window(offset=part.available + 10, count=7))
        )
        assert past.items == ()
        assert past.next_cursor is None

    async def test_connections_are_first_degree_and_listed_whole(self, stage: Stage) -> None:
        session = await stage.sign_in()
        seen: list[str] = []
        while True:
            part = await available(stage.rail.read(session, queries.Connections(Window(offset=len(seen), count=100))))
            assert all(member.degree is Degree.FIRST for member in part.items)
            seen += [member.profile_url for member in part.items]
            if not part.items:
                break
        assert len(seen) == len(set(seen)) == (part.available or len(seen))
        assert set(stage.friends) <= set(seen)

    async def test_an_invitation_is_listed_stands_and_is_not_sent_twice(self, stage: Stage) -> None:
        session = await stage.sign_in()
        url = stage.strangers[0]
        receipt = await self.act(stage, session, actions.Invite(url, "Hello, may I connect?"))
        assert receipt.state in HAPPENED
        standing = await available(stage.rail.read(session, queries.StandingWith(url)))
        assert standing.state is InvitationState.SENT
        sent = await stage.rail.read(session, queries.Invitations(sent=True))
        assert sent.items[0].member.profile_url == url
        assert sent.items[0].id == standing.invitation_id
        with pytest.raises(RefusedByRail):
            await self.act(stage, session, actions.Invite(url))

    async def test_withdrawing_ends_an_invitation(self, stage: Stage) -> None:
        session = await stage.sign_in()
        url = stage.strangers[1]
        await self.act(stage, session, actions.Invite(url))
        standing = await available(stage.rail.read(session, queries.StandingWith(url)))
        assert standing.invitation_id is not None
        await self.act(stage, session, actions.Withdraw(standing.invitation_id))
        after = await stage.rail.read(session, queries.StandingWith(url))
        assert after.state is InvitationState.WITHDRAWN
        with pytest.raises(RefusedByRail):
            await self.act(stage, session, actions.Withdraw(standing.invitation_id))
        with pytest.raises(RefusedByRail):
            await self.act(stage, session, actions.Invite(url))

    async def test_what_does_not_exist_cannot_be_withdrawn_or_accepted(self, stage: Stage) -> None:
        session = await stage.sign_in()
        for action in (
            actions.Withdraw(1),
            actions.Withdraw(10**25),
            actions.Accept("urn:li:fsd_invitation:1234567", "x"),
            actions.Accept("", ""),
        ):
            with pytest.raises(NotFoundOnRail):
                await self.act(stage, session, action)

    async def test_an_address_is_asked_for_where_the_member_wants_it(self, stage: Stage) -> None:
        if stage.needs_email is None:
            pytest.skip("no such member on this stage")
        session = await stage.sign_in()
        receipt = await self.act(stage, session, actions.Invite(stage.needs_email))
        assert receipt.state is ActionState.EMAIL_REQUIRED
        standing = await available(stage.rail.read(session, queries.StandingWith(stage.needs_email)))
        assert standing.state is InvitationState.NONE

    async def test_only_connections_are_written_to(self, stage: Stage) -> None:
        session = await stage.sign_in()
        with pytest.raises(RefusedByRail):
            await self.act(stage, session, actions.SendMessage(stage.strangers[2], "Hello"))

    async def test_a_message_is_in_its_conversation_and_first_in_the_inbox(self, stage: Stage) -> None:
        session = await stage.sign_in()
        url, text = stage.friends[0], "Hello, ça va ? 🙂 'quoted' <b>"
        receipt = await self.act(stage, session, actions.SendMessage(url, text))
        assert receipt.state in HAPPENED
        thread = await available(stage.rail.read(session, queries.ReadConversation(profile=url)))
        assert thread.messages.items[0].text == text
        assert thread.messages.items[0].sender.name == session.name
        same = await stage.rail.read(session, queries.ReadConversation(conversation_id=thread.id))
        assert same.messages == thread.messages
        inbox = await stage.rail.read(session, queries.Inbox())
        assert inbox.items[0].id == thread.id
        assert inbox.items[0].last is not None
        assert inbox.items[0].last.text == text

    async def test_the_same_cursor_gives_the_same_news(self, stage: Stage) -> None:
        if stage.let_pass is None:
            pytest.skip("nothing happens by itself on this stage")
        session = await stage.sign_in()
        start = await available(stage.rail.news(session, ""))
        assert start.happenings == ()
        await stage.let_pass(timedelta(days=25))
        first = await stage.rail.news(session, start.cursor)
        assert first.happenings
        again = await stage.rail.news(session, start.cursor)
        assert [h.key for h in again.happenings] == [h.key for h in first.happenings]
        if stage.tells_times:
            assert again == first
            assert [h.at for h in first.happenings] == sorted(h.at for h in first.happenings)
        assert len({h.key for h in first.happenings}) == len(first.happenings)
        assert (await stage.rail.news(session, first.cursor)).happenings == ()

    async def test_a_received_invitation_is_accepted_with_its_secret_only(self, stage: Stage) -> None:
        if stage.let_pass is None:
            pytest.skip("nothing happens by itself on this stage")
        session = await stage.sign_in()
        await stage.let_pass(timedelta(days=25))
        received = await available(stage.rail.read(session, queries.Invitations()))
        invitation = received.items[0]
        assert (await stage.rail.read(session, queries.StandingWith(invitation.member.profile_url))).state is (
            InvitationState.RECEIVED
        )
        with pytest.raises(NotFoundOnRail):
            await self.act(stage, session, actions.Accept(invitation.urn, "another secret"))
        await self.act(stage, session, actions.Accept(invitation.urn, invitation.secret))
        standing = await stage.rail.read(session, queries.StandingWith(invitation.member.profile_url))
        assert (standing.state, standing.degree) == (InvitationState.CONNECTED, Degree.FIRST)
        with pytest.raises(RefusedByRail):
            await self.act(stage, session, actions.Accept(invitation.urn, invitation.secret))

    async def test_a_post_is_found_felt_about_and_answered(self, stage: Stage) -> None:
        session = await stage.sign_in()
        created = dict((await self.act(stage, session, actions.CreatePost("A zebra crossed our yard"))).references)
        url = created["post_url"]
        await self.act(stage, session, actions.React(url))
        commented = dict((await self.act(stage, session, actions.CommentOn(url, "It was fast"))).references)
        comments = await available(stage.rail.read(session, queries.PostComments(url)))
        (comment,) = comments.items
        assert (comment.text, comment.urn) == ("It was fast", commented["comment_urn"])
        await self.act(
            stage,
            session,
            actions.AnswerComment(comment.urn, comment.author.urn, comment.tracking_id, "Really", mention=False),
        )
        answers = await stage.rail.read(session, queries.PostComments(url))
        assert [c.parent for c in answers.items if c.text == "Really"] == [comment.urn]
        reactions = await stage.rail.read(session, queries.PostReactions(url))
        assert [r.member.name for r in reactions.items] == [session.name]
        found = await stage.rail.read(session, queries.SearchPosts(keyword="zebra"))
        assert [(p.url, p.reactions, p.comments) for p in found.items] == [(url, 1, 2)]

    async def test_a_company_is_the_same_by_address_and_domain(self, stage: Stage) -> None:
        company = await available(stage.rail.read(None, queries.ReadCompany(stage.company)))
        assert await available(stage.rail.read(None, queries.ReadCompanyByDomain(stage.domain))) == company
        with pytest.raises(NotFoundOnRail):
            await stage.rail.read(None, queries.ReadCompanyByDomain("nowhere.invalid"))

    async def test_a_job_post_goes_from_draft_to_open_to_closed(self, stage: Stage) -> None:
        session = await stage.sign_in()
        drafted = await self.act(
            stage, session, actions.CreateJob(stage.company, "Miller", "Lyon", "<p>Grind</p>", skills=("flour",))
        )
        job_id = dict(drafted.references)["job_id"]
        for action, state in ((None, "draft"), (actions.PublishJob, "open"), (actions.CloseJob, "closed")):
            if action is not None:
                await self.act(stage, session, action(job_id))
            (job,) = (await available(stage.rail.read(session, queries.Jobs(job_id)))).items
            assert (job.state, job.title, job.skills) == (state, "Miller", ("flour",))
        with pytest.raises(RefusedByRail):
            await self.act(stage, session, actions.PublishJob(job_id))
        with pytest.raises(NotFoundOnRail):
            await stage.rail.read(session, queries.Candidates("123456789"))
