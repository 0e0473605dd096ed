"""The real use cases of campaigns, driven at random, judged by what reached LinkedIn.

The rail is a stand-in that is passed in: it keeps what arrived, answers late or not at all, and shows who accepted and
who replied. News come late, twice and out of order; turns and steps are taken twice and at once. The oracle knows the
order and no code: a person is invited once, a step arrives once and in order, after acceptance and its wait, within the
hours, as it was approved; nothing arrives after a reply, at a person to be left alone, or while a campaign is paused.

``OVERTURE_TEST_STEPS`` sets how long it runs: 50 where absent.
"""

import asyncio
import dataclasses
import os
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from overture.adapters.clock import SetClock
from overture.domain.accounts import Caller, Scope, Tier
from overture.domain.campaigns.definition import CampaignStep
from overture.domain.campaigns.reviews import Then
from overture.domain.campaigns.states import CampaignState
from overture.domain.errors import Conflict, NotAvailableOnRail, OutcomeUnknown, RailUnreachable
from overture.domain.linkedin import queries
from overture.domain.linkedin.accounts import Password, RailName, Session
from overture.domain.linkedin.actions import Action, ActionReceipt, ActionState, Invite, SendMessage
from overture.domain.linkedin.budgets import WorkingHours
from overture.domain.linkedin.happenings import Happening, InvitationAccepted, MessageReceived, News
from overture.domain.linkedin.objects import (
    Degree,
    InvitationStanding,
    InvitationState,
    Member,
    Message,
    Slice,
    Thread,
)
from overture.domain.messages import MessageType
from overture.queue import Task
from overture.store import db
from overture.store.campaigns import orders
from overture.store.campaigns.reviews import Matching
from overture.usecases import sweep
from overture.usecases.campaigns import approving, outcomes, reviewing, sending, stepping, suppression
from overture.usecases.idempotency import Once
from overture.usecases.linkedin import budgets, news, signin
from overture.usecases.linkedin.budgets import Wishes
from overture.usecases.services import Services
from overture.worker.draining import drain
from tests.campaigns.builders import definition, lead, make_account, make_campaign
from tests.usecases.conftest import services as _services
from tests.usecases.conftest import sound
from tests.usecases.test_worker import sites

__all__ = ["sites"]
services = _services
T = TypeVar("T")
STEPS = int(os.environ.get("OVERTURE_TEST_STEPS", "50"))
START = datetime(2026, 3, 27, 8, tzinfo=UTC)
"""A Friday morning; on Sunday the clocks of Berlin change."""
BERLIN = ZoneInfo("Europe/Berlin")
HOURS = WorkingHours("Europe/Berlin", time(9), time(17), frozenset(range(5)))
WAITS = (timedelta(hours=3), timedelta(days=2), timedelta())
SEQUENCE = tuple(
    CampaignStep(kind, wait)
    for kind, wait in zip(
        (MessageType.CONNECTION_REQUEST, MessageType.FIRST_FOLLOW_UP, MessageType.STAGE_AMBITION), WAITS, strict=True
    )
)
PEOPLE = 3
INVITES_A_DAY = 2
PLAINLY = Once(None, 200)


@dataclass
class Person:
    """What LinkedIn knows of a person and us."""

    profile: str
    invited_at: datetime | None = None
    accepted_at: datetime | None = None
    sent: list[tuple[str, datetime]] = field(default_factory=list[tuple[str, datetime]])
    replied: list[tuple[str, datetime]] = field(default_factory=list[tuple[str, datetime]])

    @property
    def member(self) -> Member:
        public_id = self.profile.rpartition("/")[2]
        return Member("", public_id, public_id, public_id, "", "", self.profile, degree=Degree.FIRST)


class Play:
    """LinkedIn, as this test plays it. Implements ``ports.Rail``."""

    def __init__(self, clock: SetClock) -> None:
        self.clock = clock
        self.people: dict[str, Person] = {}
        self.how = "sent"
        self.invites: list[datetime] = []
        self.judge: Any = lambda *_: None
        self.faults: list[str] = []

    async def sign_in(self, credentials: object) -> Session:
        return Session("s", "DE", "https://www.linkedin.com/in/me", "Sam Sender")

    async def news(self, session: Session, cursor: str) -> News:
        return News((), cursor or "0")

    async def act(self, session: Session, action: Action, key: str) -> ActionReceipt:
        assert isinstance(action, Invite | SendMessage)
        await asyncio.sleep(0)
        if self.how == "unreachable":
            raise RailUnreachable("down")
        if self.how == "lost before":
            raise OutcomeUnknown("no answer")
        person, now = self.people[action.profile], self.clock.now()
        try:
            self.judge(person, action, now)
        except AssertionError as fault:  # the gateway makes its own of whatever a rail raises
            self.faults.append(str(fault))
        if isinstance(action, Invite):
            person.invited_at = now
            self.invites.append(now)
        else:
            person.sent.append((action.text, now))
        if self.how == "lost after":
            raise OutcomeUnknown("no answer")
        return ActionReceipt(ActionState.SENT)

    async def read(self, session: Session | None, query: Any) -> Any:
        match query:
            case queries.StandingWith(profile):
                return self._standing(self.people[profile])
            case queries.ReadConversation():
                return self._thread(self.people[query.profile])
            case _:
                raise NotAvailableOnRail("not played")

    def _standing(self, person: Person) -> InvitationStanding:
        if person.accepted_at:
            return InvitationStanding(InvitationState.CONNECTED, Degree.FIRST, accepted_at=person.accepted_at)
        if person.invited_at:
            return InvitationStanding(InvitationState.SENT, Degree.SECOND, 1, person.invited_at)
        return InvitationStanding(InvitationState.NONE, Degree.SECOND)

    def _thread(self, person: Person) -> Thread:
        me = dataclasses.replace(person.member, degree=Degree.SELF)
        said = [Message("", text, at, me) for text, at in person.sent]
        said += [Message("", text, at, person.member) for text, at in person.replied]
        said.sort(key=lambda message: message.sent_at, reverse=True)
        return Thread(f"with {person.profile}", person.member, Slice(tuple(said), len(said)), len(person.replied), 0)


class Machine(RuleBasedStateMachine):
    """Two campaigns of one account and one sender, with the same people."""

    base: Services
    loop: asyncio.AbstractEventLoop
    sites: dict[str, str]

    def __init__(self) -> None:
        super().__init__()
        self.clock = SetClock(START)
        self.rail = Play(self.clock)
        self.rail.judge = self.judge
        self.services = dataclasses.replace(
            self.base, clock=self.clock, rails=lambda _name: self.rail, settles=outcomes.settled
        )
        self.untold: list[Happening] = []
        self.told: list[Happening] = []
        self.alone: set[str] = set()
        self.paused: set[int] = set()
        self.approved: set[str] = set()
        self.run(self._begin())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    async def _begin(self) -> None:
        async with self.services.database.transaction() as tx:
            await tx.execute(
                "TRUNCATE account, campaign, campaign_lead, campaign_position, campaign_move, campaign_message,"
                " campaign_claim, thread_message, suppression, pgqueuer CASCADE"
            )
        self.account = await make_account(self.services.database)
        self.caller = Caller(self.account, "", Tier.SCALE, None, Scope.ALL)
        credentials = Password("sam@example.com", "x", "DE")
        opened = await signin.connect(self.services, self.account, RailName.SIMULATED, credentials, "sam@example.com")
        self.sender: UUID = opened.linkedin_id
        caps = {"invites": {"day": INVITES_A_DAY, "week": None}}
        await budgets.choose(self.services, self.sender, Wishes(caps=caps, ramp=False))
        changes = {"proposition_company_url": self.sites["ledgerly"], "blank_share": 0.0, "hours": HOURS}
        ordered = definition([self.sender], SEQUENCE, hold_company=False, **changes)
        self.campaigns = [
            await make_campaign(self.services.database, self.account, ordered, at=START) for _ in range(2)
        ]
        from overture.store.campaigns import leads  # noqa: PLC0415

        for campaign in self.campaigns:
            made = [
                lead(campaign, n, company="Harbourlight Freight", company_website_url=self.sites["harbourlight"])
                for n in range(PEOPLE)
            ]
            async with self.services.database.transaction() as tx:
                await leads.add(tx, made, START)
            self.rail.people |= {one.linkedin: Person(one.linkedin) for one in made}

    # What must hold of everything that reaches LinkedIn.

    def judge(self, person: Person, action: Action, now: datetime) -> None:
        local = now.astimezone(BERLIN)
        assert local.weekday() < 5 and time(9) <= local.time() < time(17), f"outside working hours: {local}"
        assert not person.replied, "something arrives after a reply"
        assert person.profile not in self.alone, "something arrives at a person to be left alone"
        assert len(self.paused) < 2, "something arrives while every campaign is paused"
        if isinstance(action, Invite):
            assert person.invited_at is None, "invited twice"
            today = [at for at in self.rail.invites if at > now - timedelta(days=1)]
            assert len(today) < INVITES_A_DAY, "more invitations than a day may have"
            assert action.note is None or action.note in self.approved, "a note that nobody approved"
            return
        assert isinstance(action, SendMessage)
        assert action.text in self.approved, "a text that nobody approved"
        assert person.accepted_at is not None, "a message before acceptance"
        number = len(person.sent)
        assert number < len(SEQUENCE) - 1, "a step too many"
        before = person.sent[-1][1] if person.sent else person.accepted_at
        assert now >= before + WAITS[number], "a wait was cut short"
        assert action.text not in {text for text, _ in person.sent}, "the same text twice"

    # What can happen.

    @rule(hours=st.sampled_from([0.1, 1, 3, 8, 24, 60]))
    def time_passes(self, hours: float) -> None:
        self.clock.set(self.clock.now() + timedelta(hours=hours))

    @rule(hours=st.sampled_from([4, 24, 72]))
    def days_go_on(self, hours: int) -> None:
        """Time passes with a worker at work."""
        for _ in range(12):
            self.clock.set(self.clock.now() + timedelta(hours=hours / 12))
            self.run(self._work())

    @rule()
    def work(self) -> None:
        self.run(self._work())

    async def _work(self) -> None:
        for _ in range(20):
            if not await sweep.wake_due(self.services) + await drain(self.services, at_once=4):
                return

    @rule(data=st.data())
    def twice(self, data: st.DataObject) -> None:
        """The same turn and the same steps, at once and whether they are due or not."""
        self.run(self._twice(data.draw(st.integers(1, 3))))

    async def _twice(self, times: int) -> None:
        async with self.services.database.reading() as tx:
            rows = await tx.fetch("SELECT lead_id FROM campaign_position")
        ids = [row["lead_id"] for row in rows]
        turns = [sending.send_due(self.services, self.sender) for _ in range(times)]
        await asyncio.gather(*turns, *(stepping.step(self.services, ids) for _ in range(times)))

    @rule(how=st.sampled_from(["sent", "sent", "unreachable", "lost before", "lost after"]))
    def linkedin_answers(self, how: str) -> None:
        self.rail.how = how

    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        person = self._any(data)
        if person.invited_at and not person.accepted_at:
            person.accepted_at = self.clock.now()
            self.untold.append(InvitationAccepted(f"a:{person.profile}", self.clock.now(), person.member))

    @rule(data=st.data(), text=st.sampled_from(["Tell me more.", "No thanks, not interested.", "Stop writing to me."]))
    def reply(self, data: st.DataObject, text: str) -> None:
        person = self._any(data)
        if person.invited_at:
            self._reply(person, text)

    def _reply(self, person: Person, text: str) -> None:
        now, number = self.clock.now(), len(person.replied)
        person.replied.append((f"{text} ({number})", now))
        thread = f"with {person.profile}"
        self.untold.append(MessageReceived(f"m:{person.profile}:{number}", now, person.member, thread, text))

    @rule(data=st.data())
    def reply_while_it_is_sent(self, data: st.DataObject) -> None:
        """The answer is heard at the very moment of the account's turn."""
        person = self._any(data)
        if person.invited_at:
            self._reply(person, "One moment.")
            self.run(self._race(self.untold.pop()))

    async def _race(self, happening: Happening) -> None:
        await asyncio.gather(
            sending.send_due(self.services, self.sender), self._tell([happening]), self._work_on_steps()
        )
        self.told.append(happening)

    async def _work_on_steps(self) -> None:
        await drain(self.services, [Task.CAMPAIGN_STEP], at_once=2)

    @rule(data=st.data())
    def news_come(self, data: st.DataObject) -> None:
        """Some of what is new, and some of what is old, in any order."""
        if not self.untold + self.told:
            return
        chosen = data.draw(st.lists(st.sampled_from(self.untold + self.told), min_size=1, max_size=4))
        self.run(self._tell(chosen))
        self.told += [item for item in self.untold if item in chosen]
        self.untold = [item for item in self.untold if item not in chosen]

    async def _tell(self, chosen: list[Happening]) -> None:
        await news.take(self.services, self.sender, "", News(tuple(chosen), ""))

    @rule(how=st.sampled_from(["approve", "approve", "reject", "skip", "rewrite"]))
    def review(self, how: str) -> None:
        self.run(self._review(how))

    async def _review(self, how: str) -> None:
        page = await reviewing.page(self.services, Matching(self.account), None, 50)
        if how == "approve":
            self.approved |= {review.text for review in page.reviews}
            await approving.approve(self.services, self.caller, Matching(self.account), PLAINLY, lambda _told: b"")
            return
        then = {"reject": Then.STOP, "skip": Then.SKIP, "rewrite": Then.REWRITE}[how]
        for review in page.reviews[:1]:
            try:
                await approving.reject(self.services, self.caller, review.id, (then, ""), PLAINLY, lambda _told: b"")
            except Conflict:
                assert review.linkedin in self.alone or self.rail.people[review.linkedin].replied

    @rule(data=st.data())
    def suppress(self, data: st.DataObject) -> None:
        if data.draw(st.integers(0, 3)):
            return
        person = self._any(data)
        self.alone.add(person.profile)
        self.run(suppression.suppress(self.services, self.account, [person.profile]))

    @rule(number=st.integers(0, 1))
    def pause_or_resume(self, number: int) -> None:
        before, after = CampaignState.RUNNING, CampaignState.PAUSED
        if number in self.paused:
            before, after = after, before
        self.paused ^= {number}
        self.run(self._set(number, before, after))

    async def _set(self, number: int, before: CampaignState, after: CampaignState) -> None:
        async with self.services.database.transaction() as tx:
            await orders.set_state(tx, self.campaigns[number].id, before, after, self.clock.now(), "")

    @rule(data=st.data())
    def all_goes_well(self, data: st.DataObject) -> None:
        """A week in which everything is approved, one person accepts, and all news come in time."""
        self.rail.how = "sent"
        for _ in range(14):
            self.run(self._review("approve"))
            self.run(self._work())
            for person in self.rail.people.values():
                if person.invited_at and not person.accepted_at and data.draw(st.booleans()):
                    person.accepted_at = self.clock.now()
                    self.untold.append(InvitationAccepted(f"a:{person.profile}", self.clock.now(), person.member))
            self.run(self._tell(self.untold))
            self.told, self.untold = self.told + self.untold, []
            self.clock.set(self.clock.now() + timedelta(hours=12))

    def _any(self, data: st.DataObject) -> Person:
        return data.draw(st.sampled_from(list(self.rail.people.values())))

    @invariant()
    def nothing_reached_linkedin_that_should_not(self) -> None:
        assert self.rail.faults == []

    @invariant()
    def a_person_is_under_way_once(self) -> None:
        rows = self.run(self._live())
        assert all(row["n"] <= 1 for row in rows)

    async def _live(self) -> Any:
        async with self.services.database.reading() as tx:
            return await tx.fetch(
                "SELECT l.person, count(*) AS n FROM campaign_position p JOIN campaign_lead l ON l.id = p.lead_id"
                " WHERE p.step > 0 AND p.state NOT IN ('finished', 'stopped') GROUP BY l.person"
            )

    def teardown(self) -> None:
        self.run(sound(self.services))


@pytest.mark.long
def test_what_reaches_linkedin_is_what_was_ordered(database_url: str, sites: dict[str, str]) -> None:
    loop = asyncio.new_event_loop()

    async def opened() -> tuple[Any, Services]:
        database = await db.connect(database_url, size=8)
        making = cast("Any", _services).__wrapped__(database)
        return making, await anext(making)

    making, base = loop.run_until_complete(opened())
    try:
        machine = type("Here", (Machine,), {"base": base, "loop": loop, "sites": sites})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=max(4, STEPS // 10),
                stateful_step_count=STEPS,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        loop.run_until_complete(making.aclose())
        loop.run_until_complete(db.close(base.database))
        loop.close()
