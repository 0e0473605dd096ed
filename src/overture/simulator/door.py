"""The door of the simulated LinkedIn: who calls, what is set to go wrong, the call itself, and its record."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

import asyncpg

from overture.domain.errors import (
    NotAvailableOnRail,
    OutcomeUnknown,
    RailFailed,
    RailUnreachable,
    RefusedByRail,
    SessionExpired,
    Unavailable,
)
from overture.domain.linkedin import actions, queries
from overture.domain.linkedin.accounts import Challenge, Credentials, Session
from overture.domain.linkedin.actions import Action, ActionReceipt
from overture.domain.linkedin.happenings import News
from overture.domain.linkedin.queries import Query
from overture.simulator import signin
from overture.simulator.access import Arrival, Behind, Caller, Fault, Viewer, anyone, identify, record, suffer
from overture.simulator.acts import hiring, network, posting
from overture.simulator.acts.pace import check_burst
from overture.simulator.db import Pool, Tx
from overture.simulator.life import catch_up
from overture.simulator.reads import addresses, companies, jobs, messages, people, posts
from overture.simulator.reads import network as standing
from overture.simulator.reads import news as newspaper

T = TypeVar("T")
Act = Callable[[Tx, Viewer, Any], Awaitable[ActionReceipt]]
Read = Callable[[Tx, Viewer, Any], Awaitable[object]]

ACTS: dict[type[Action], Act] = {
    actions.Invite: network.invite,
    actions.Withdraw: network.withdraw,
    actions.Accept: network.accept,
    actions.SendMessage: network.send,
    actions.React: posting.react,
    actions.Repost: posting.repost,
    actions.CommentOn: posting.comment,
    actions.AnswerComment: posting.answer,
    actions.CreatePost: posting.create,
    actions.SpendTime: posting.spend_time,
    actions.CreateJob: hiring.create,
    actions.PublishJob: hiring.publish,
    actions.CloseJob: hiring.close,
}

OPEN_READS: dict[type, Read] = {
    queries.ReadProfile: people.profile,
    queries.SearchProfiles: people.search,
    queries.FindPerson: people.find,
    queries.Employees: people.employees,
    queries.ReadCompany: companies.company,
    queries.ReadCompanyByDomain: companies.by_domain,
    queries.SearchCompanies: companies.search,
    queries.Industries: companies.industries,
    queries.PostReactions: posts.reactions,
    queries.PostComments: posts.comments,
    queries.SearchPosts: posts.search,
    queries.MemberReactions: posts.member_reactions,
    queries.MemberComments: posts.member_comments,
    queries.FindAddress: addresses.find,
    queries.AddressOwner: addresses.owner,
    queries.JudgeAddress: addresses.judge,
}
"""Questions that need no account."""

OWN_READS: dict[type, Read] = {
    queries.Me: people.me,
    queries.ReadContact: people.contact,
    queries.Recommendations: people.recommendations,
    queries.Connections: standing.connections,
    queries.Invitations: standing.invitations,
    queries.StandingWith: standing.standing,
    queries.Inbox: messages.inbox,
    queries.ReadConversation: messages.conversation,
    queries.Feed: posts.feed,
    queries.Jobs: jobs.jobs,
    queries.Candidates: jobs.candidates,
    queries.CandidateFile: jobs.candidate_file,
}

TRIES = 5
"""Two accounts that act on each other may wait for each other; one of them begins again."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Ended:
    """How a call ended, once it is committed."""

    value: object
    error: RailFailed | None
    fault: Fault | None


class Door:
    """Everything that reaches the simulated LinkedIn comes through here and is written down."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def sign_in(self, credentials: Credentials) -> Session | Challenge:
        """Sign in; see ``ports.Rail``."""
        await catch_up(self._pool)
        async with self._pool.transaction() as tx:
            done = await signin.sign_in(tx, credentials)
            effect = type(done.refusal or done.answer).__name__
            viewer = await anyone(tx)
            seen = dataclasses.replace(viewer, member=done.member) if done.member else viewer
            await record(tx, seen, Arrival("sign_in", effect=effect, detail=str(done.refusal or "")))
        if done.refusal is not None:
            raise done.refusal
        assert done.answer is not None
        return done.answer

    async def read(self, session: Session | None, query: Query[T]) -> T:
        """Answer a question; see ``ports.Rail``."""
        name = type(query).__name__
        function = OPEN_READS.get(type(query)) or OWN_READS.get(type(query))
        if function is None:
            raise NotAvailableOnRail("the simulated LinkedIn does not know this question")
        if session is None and type(query) in OWN_READS:
            raise SessionExpired("this question needs an account")

        async def work(tx: Tx, viewer: Viewer, _fault: Fault | None) -> object:
            return await function(tx, viewer, _writable(query))

        lock = isinstance(query, queries.ReadProfile)
        arrival = Arrival(name, _target(query))
        ended = await self._call(session, arrival, work, lock=lock)
        if ended.fault is not None and ended.fault.kind == "timeout_after":
            raise RailUnreachable("LinkedIn gave no answer")
        return cast("T", ended.value)

    async def act(self, session: Session, action: Action, key: str) -> ActionReceipt:
        """Do it, as often as it is asked: like the real one, this LinkedIn takes no heed of ``key``; it notes it."""
        function = ACTS.get(type(action))
        if function is None:
            raise NotAvailableOnRail("the simulated LinkedIn does not know this action")

        async def work(tx: Tx, viewer: Viewer, _fault: Fault | None) -> object:
            clean = _writable(action)
            await check_burst(tx, viewer)
            return await function(tx, viewer, clean)

        arrival = Arrival(action.name, _target(action), acts=True, key=key, text=_text(action))
        ended = await self._call(session, arrival, work, lock=True)
        if ended.fault is not None and ended.fault.kind == "timeout_after":
            raise OutcomeUnknown("LinkedIn gave no answer; it may have happened")
        assert isinstance(ended.value, ActionReceipt)
        return ended.value

    async def news(self, session: Session, cursor: str) -> News:
        """Tell what happened since ``cursor``."""

        async def work(tx: Tx, viewer: Viewer, fault: Fault | None) -> object:
            return await newspaper.news(tx, viewer, cursor, fault)

        ended = await self._call(session, Arrival("news"), work, lock=True)
        if ended.fault is not None and ended.fault.kind == "timeout_after":
            raise RailUnreachable("LinkedIn gave no answer")
        assert isinstance(ended.value, News)
        return ended.value

    async def _call(
        self,
        session: Session | None,
        arrival: Arrival,
        work: Callable[[Tx, Viewer, Fault | None], Awaitable[object]],
        *,
        lock: bool,
    ) -> _Ended:
        if session is None:
            await catch_up(self._pool)
        for attempt in range(1, TRIES + 1):
            try:
                ended = await self._once(session, arrival, work, lock=lock)
                break
            except (Behind, asyncpg.DeadlockDetectedError) as error:
                if attempt == TRIES:
                    raise Unavailable("the simulated LinkedIn is too busy") from error
                if isinstance(error, Behind):
                    await catch_up(self._pool)
        else:
            raise AssertionError
        if ended.fault is not None and ended.fault.kind == "slow_after":
            await asyncio.sleep(ended.fault.seconds)
        if ended.error is not None:
            raise ended.error
        return ended

    async def _once(
        self,
        session: Session | None,
        arrival: Arrival,
        work: Callable[[Tx, Viewer, Fault | None], Awaitable[object]],
        *,
        lock: bool,
    ) -> _Ended:
        """One transaction, where something may change: what the call leads to is committed with its arrival."""
        async with self._pool.transaction() if lock else self._pool.reading() as tx:
            caller: Caller | None = None
            value, error = None, None
            try:
                caller = await _caller(tx, session, arrival.name, lock=lock)
                value = await _perform(tx, caller, work)
            except RailFailed as failure:
                error = failure
            viewer = caller.viewer if caller else None
            await record(tx, viewer, _with_effect(arrival, value, error), touches=lock)
        return _Ended(value, error, caller.fault if caller else None)


async def _caller(tx: Tx, session: Session | None, name: str, *, lock: bool) -> Caller:
    if session is None:
        return Caller(await anyone(tx), None, None)
    return await identify(tx, session.secret, name, lock=lock)


async def _perform(tx: Tx, caller: Caller, work: Callable[[Tx, Viewer, Fault | None], Awaitable[object]]) -> object:
    if caller.problem is not None:
        raise caller.problem
    if caller.fault is not None:
        await suffer(tx, caller.viewer, caller.fault)
    return await work(tx, caller.viewer, caller.fault)


def _with_effect(arrival: Arrival, value: object, error: RailFailed | None) -> Arrival:
    if error is not None:
        return dataclasses.replace(arrival, effect=type(error).__name__, detail=str(error))
    if isinstance(value, ActionReceipt):
        return dataclasses.replace(arrival, effect=value.state.value, detail=value.detail)
    return arrival


def _values(record: object) -> list[object]:
    assert dataclasses.is_dataclass(record)
    return [getattr(record, field.name) for field in dataclasses.fields(record)]


def _writable(record: T) -> T:
    """Refuse what no text of LinkedIn's can hold: NUL, and halves of characters.

    Raises:
        RefusedByRail: a text has one.
    """
    flat: list[object] = []
    for value in _values(record):
        flat.extend(cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,))
    for text in (item for item in flat if isinstance(item, str)):
        if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
            raise RefusedByRail("a text holds characters that LinkedIn does not take")
    return record


def _target(record: object) -> str:
    """Whom or what a call is about: its first text or number."""
    for value in _values(record):
        if isinstance(value, str | int) and value:
            return str(value).encode("utf-8", "replace").decode()
    return ""


def _text(action: Action) -> str:
    if isinstance(action, actions.Invite):
        return action.note or ""
    return getattr(action, "text", "")
