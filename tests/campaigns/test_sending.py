"""What leaves LinkedIn accounts for campaigns: order, pace, hours, budgets; once each, and nothing after an answer."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from overture.adapters.clock import SetClock
from overture.adapters.rail_simulated import SimulatedRail
from overture.domain.accounts import Caller, Tier
from overture.domain.campaigns.definition import CampaignStep, Definition, NotePolicy
from overture.domain.campaigns.states import Decision, LeadState
from overture.domain.linkedin import queries
from overture.domain.linkedin.accounts import Password, RailName
from overture.domain.linkedin.actions import Invite
from overture.domain.linkedin.budgets import WorkingHours
from overture.domain.linkedin.objects import InvitationState
from overture.domain.linkedin.queries import Window
from overture.domain.messages import MessageType
from overture.queue import Task
from overture.simulator.world import Enrolled, FaultKind, World, open_world
from overture.store.campaigns import leads, messages, pacing, positions
from overture.store.campaigns.leads import CampaignLead
from overture.store.campaigns.messages import CampaignMessage
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move, Position
from overture.usecases import accounts, sweep
from overture.usecases.campaigns import deadlines, sending
from overture.usecases.linkedin import accounts as linkedin
from overture.usecases.linkedin import acting, budgets, news, reading, sessions, settling, signin
from overture.usecases.linkedin.budgets import Wishes
from overture.usecases.linkedin.sessions import Acting
from overture.usecases.linkedin.signin import Challenged, SignedIn
from overture.usecases.services import Services
from overture.worker import draining
from tests.campaigns.builders import definition, lead, make_campaign
from tests.usecases.conftest import services as _services
from tests.usecases.conftest import sound

services = _services
pytestmark = pytest.mark.anyio

BERLIN = WorkingHours("Europe/Berlin", time(9), time(18), frozenset(range(7)))
INVITES = (CampaignStep(MessageType.CONNECTION_REQUEST, timedelta(hours=6)), CampaignStep(MessageType.FIRST_FOLLOW_UP))
MESSAGES = (CampaignStep(MessageType.FIRST_FOLLOW_UP, timedelta(days=2)), CampaignStep(MessageType.STAGE_AMBITION))
TEXT = "Hello {number}, a short text.\n{{{{yourName}}}}"


@dataclass
class Stage:
    """Services on a simulated LinkedIn whose time is the product's, and one LinkedIn account."""

    services: Services
    world: World
    clock: SetClock
    account_id: UUID
    person: Enrolled
    linkedin_id: UUID

    async def who(self) -> Acting:
        return await sessions.by_id(self.services, self.linkedin_id)

    async def strangers(self, count: int) -> list[str]:
        """Members whom the account may invite and who ask for no address."""
        rows = await self.services.database.all_once("SELECT public_id FROM simulated.member WHERE needs_email")
        needing = {row["public_id"] for row in rows}
        query = queries.SearchProfiles(degrees=("2nd", "3rd+"), with_state=True, window=Window(0, 4 * count + 20))
        found = await reading.read(self.services, await self.who(), query)
        free = [item.profile_url for item in found.items if item.state is InvitationState.NONE]
        return [url for url in free if url.rstrip("/").rpartition("/")[2] not in needing][:count]

    async def friends(self, count: int) -> list[str]:
        found = await reading.read(self.services, await self.who(), queries.Connections(Window(0, count)))
        return [item.profile_url for item in found.items]

    async def campaign(self, steps: tuple[CampaignStep, ...], **changes: Any) -> Campaign:
        ordered: Definition = definition([self.linkedin_id], steps, **changes)
        return await make_campaign(self.services.database, self.account_id, ordered, at=self.clock.now())

    async def ready(
        self, campaign: Campaign, profiles: Sequence[str], decision: Decision, *, rank: int = 0
    ) -> list[CampaignLead]:
        """Leads whose first step is written and may leave."""
        now = self.clock.now()
        made = [lead(campaign, number + 100 * rank, linkedin=url) for number, url in enumerate(profiles)]
        rows = [
            CampaignMessage(
                one.id,
                1,
                campaign.id,
                campaign.definition.steps[0].type,
                decision,
                text=None if decision is Decision.BLANK else TEXT.format(number=one.place),
                why="policy" if decision is Decision.BLANK else "",
                fact_at=now,
                written_at=now,
                approved_at=now,
            )
            for one in made
        ]
        moves = [Move(one.id, LeadState.QUEUED, 0, LeadState.READY, to_step=1, rank=rank) for one in made]
        async with self.services.database.transaction() as tx:
            await leads.add(tx, made, now)
            await tx.execute(
                "UPDATE campaign_position SET sender = $2 WHERE lead_id = ANY($1::uuid[])",
                [one.id for one in made],
                self.linkedin_id,
            )
            await positions.claim(tx, self.account_id, [(one.person, one.id) for one in made])
            await positions.move(tx, moves, now)
            await messages.put(tx, rows)
            await pacing.arm(tx, [self.linkedin_id], now)
        return made

    async def pass_to(self, at: datetime) -> None:
        self.clock.set(at)
        await self.world.advance_to(self.clock.now())

    async def turns(self, until: datetime) -> int:
        """Take every turn that the account's pace gives it until a time; return how many actions left."""
        sent = 0
        while (at := await self.send_at()) is not None and at <= until:
            await self.pass_to(at)
            sent += await sending.send_due(self.services, self.linkedin_id)
            following = await self.send_at()
            assert following is None or following > at, "a turn that leaves its account due turns for ever"
        await self.pass_to(until)
        return sent

    async def send_at(self) -> datetime | None:
        row = await self.services.database.once(
            "SELECT send_at FROM pace WHERE linkedin_account_id = $1", self.linkedin_id
        )
        return row["send_at"] if row else None

    async def place(self, one: CampaignLead) -> Position:
        async with self.services.database.reading() as tx:
            (found,) = await positions.find(tx, [one.id])
        return found

    async def message(self, one: CampaignLead, step: int = 1) -> CampaignMessage:
        async with self.services.database.reading() as tx:
            return (await messages.find(tx, [(one.id, step)]))[(one.id, step)]

    async def left(self) -> list[tuple[datetime, str]]:
        """What reached the simulated LinkedIn and had an effect, by its own record."""
        happened = {"sent", "accepted_by_provider", "downgraded_no_note"}
        return [(row.at, row.target) for row in await self.world.arrivals(limit=5000) if row.effect in happened]


@asynccontextmanager
async def made(services: Services, url: str, starts_at: datetime, *, premium: bool = False) -> AsyncIterator[Stage]:
    clock = SetClock(starts_at)
    async with open_world(url, size=8) as world:
        await world.create(7, 400, starts_at=starts_at)
        for limit in ("session_days",):
            await world.set_limit(limit, 365)
        person = await world.enrol(connections=40, premium=premium)
        rail = SimulatedRail(world)
        ready = replace(services, clock=clock, rails=lambda _name: rail)
        customer = await accounts.create(ready, "one", actions=1_000, tier=Tier.SCALE)
        caller = await accounts.authenticate(ready, customer.api_key)
        answer = await signin.sign_in(ready, caller, Password(person.email, person.password), RailName.SIMULATED)
        assert isinstance(answer, SignedIn)
        await budgets.choose(ready, answer.linkedin_id, Wishes(ramp=False))
        yield Stage(ready, world, clock, caller.account_id, person, answer.linkedin_id)


@pytest.fixture
async def stage(services: Services, database_url: str) -> AsyncIterator[Stage]:
    async with made(services, database_url, datetime(2026, 11, 2, 9, tzinfo=UTC)) as one:
        yield one


async def test_messages_go_before_invitations_the_best_first_and_everything_is_recorded(stage: Stage) -> None:
    """Signed with the sender's own name; the thread keeps what was said; gaps are a day's, not a machine's."""
    invites, follow_ups = await stage.campaign(INVITES), await stage.campaign(MESSAGES)
    strangers, friends = await stage.strangers(3), await stage.friends(3)
    late = await stage.ready(invites, strangers[:1], Decision.BLANK, rank=2)
    early = await stage.ready(invites, strangers[1:], Decision.NOTE, rank=1)
    written = await stage.ready(follow_ups, friends, Decision.MESSAGE, rank=5)
    assert await stage.turns(stage.clock.now() + timedelta(hours=20)) == 6
    left = await stage.left()
    assert {target for _, target in left[:3]} == {one.linkedin for one in written}
    assert {target for _, target in left[3:5]} == {one.linkedin for one in early}
    assert left[5][1] == late[0].linkedin
    gaps = [after - before for (before, _), (after, _) in pairwise(left)]
    assert all(timedelta(minutes=2) < gap < timedelta(hours=3) for gap in gaps)
    assert len({gap.total_seconds() for gap in gaps}) == len(gaps)
    for one in written:
        place, message = await stage.place(one), await stage.message(one)
        assert (place.state, message.outcome, message.action_key) == (LeadState.WAITING, "sent", f"campaign:{one.id}:1")
        assert message.sent_at is not None
        assert place.wake_at == message.sent_at + timedelta(days=2)
        assert message.text is not None
        assert message.text.endswith(f"\n{stage.person.name.split(maxsplit=1)[0]}")
    invited = await stage.place(early[0])
    assert (invited.state, (await stage.message(early[0])).outcome) == (LeadState.INVITED, "sent")
    said = await stage.services.database.all_once("SELECT text FROM thread_message WHERE NOT inbound ORDER BY at")
    assert len(said) == 5  # three messages and two notes; an invitation without a note says nothing
    assert not any("{{" in row["text"] for row in said)
    assert await stage.send_at() is None
    await sound(stage.services)


@pytest.mark.parametrize("starts", [datetime(2026, 10, 23, 6, tzinfo=UTC), datetime(2027, 3, 26, 6, tzinfo=UTC)])
async def test_hours_and_caps_hold_over_a_change_of_clocks(
    services: Services, database_url: str, starts: datetime
) -> None:
    """Five days about the Sunday on which Berlin's clocks change; the account's own hours bound the campaign's."""
    async with made(services, database_url, starts) as stage:
        own = WorkingHours("Europe/Berlin", time(8), time(16), frozenset(range(7)))
        caps: dict[str, dict[str, int | None]] = {"messages": {"day": 6}, "invites": {"day": 3, "week": 12}}
        await budgets.choose(stage.services, stage.linkedin_id, Wishes(caps=caps, hours=own))
        await stage.ready(await stage.campaign(MESSAGES, hours=BERLIN), await stage.friends(40), Decision.MESSAGE)
        await stage.ready(await stage.campaign(INVITES, hours=BERLIN), await stage.strangers(20), Decision.BLANK)
        await stage.turns(starts + timedelta(days=5))
        local = [at.astimezone(ZoneInfo("Europe/Berlin")) for at, _ in await stage.left()]
        assert all(time(9) <= at.time() < time(16) for at in local)
        assert len({at.date() for at in local}) == 5
        peaks = {(peak.what, peak.window): peak.most for peak in await stage.world.peaks()}
        assert peaks["message", "day"] == 6
        assert peaks["invite", "day"] == 3
        assert peaks["invite", "week"] <= 12
        assert len(local) >= 34  # of 42: a rolling day frees a unit no earlier than it was spent the day before
        assert await stage.world.doubles() == []
        await sound(stage.services)


async def test_what_is_spent_waits_and_the_rest_goes_on(stage: Stage) -> None:
    """No note left: who may go without goes without, and it is said; who must have one waits for the month."""
    await budgets.choose(
        stage.services, stage.linkedin_id, Wishes(caps={"notes": {"month": 1}, "messages": {"day": 0}})
    )
    strangers = await stage.strangers(4)
    may = await stage.ready(await stage.campaign(INVITES), strangers[:2], Decision.NOTE)
    must = await stage.ready(await stage.campaign(INVITES, notes=NotePolicy.ALWAYS), strangers[2:], Decision.NOTE)
    never = await stage.ready(await stage.campaign(MESSAGES), await stage.friends(1), Decision.MESSAGE)
    await stage.turns(stage.clock.now() + timedelta(days=3))
    told = [(await stage.message(one)).why for one in may]
    assert sorted(told) in (["", "note_budget"], ["note_budget"] * 2)
    waiting = [one for one in must if (await stage.place(one)).state is LeadState.READY]
    assert len(waiting) + told.count("note_budget") == 3  # one note in all
    await stage.turns(datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert [(await stage.place(one)).state for one in must].count(LeadState.INVITED) == 2 - len(waiting) + 1
    assert (await stage.place(never[0])).state is LeadState.READY
    notes = [at.month for at, _ in await stage.left()]
    assert len(notes) == 4 - len(waiting) + 1
    await sound(stage.services)


async def test_nothing_is_sent_over_an_answer_even_when_its_news_are_late(stage: Stage) -> None:
    """The conversation is read before each message; suppressed and unconnected people are taken out."""
    campaign = await stage.campaign(MESSAGES)
    answered = await stage.ready(campaign, await stage.friends(36), Decision.MESSAGE)
    await stage.turns(stage.clock.now() + timedelta(days=1))
    await stage.pass_to(stage.clock.now() + timedelta(days=12))  # some answer; nobody asks for news
    for one in answered:
        await again(stage, one)
    await stage.turns(stage.clock.now() + timedelta(days=3))
    states = [(await stage.place(one)).state for one in answered]
    assert LeadState.FINISHED in states
    assert states.count(LeadState.STOPPED) + states.count(LeadState.HELD) >= 1
    assert await stage.world.after_answers() == []
    stranger = await stage.ready(await stage.campaign(MESSAGES), await stage.strangers(1), Decision.MESSAGE)
    await stage.turns(stage.clock.now() + timedelta(days=1))
    assert (await stage.place(stranger[0])).reason == "not_connected"
    assert await news.poll(stage.services, stage.linkedin_id) >= 0
    await sound(stage.services)


async def again(stage: Stage, one: CampaignLead) -> None:
    """The second step of a lead is written, and may leave."""
    now = stage.clock.now()
    row = replace(await stage.message(one), step=2, type=MessageType.STAGE_AMBITION, text=f"More, {one.place}.")
    row = replace(row, outcome="", sent_at=None, action_key="", fact_at=now)
    async with stage.services.database.transaction() as tx:
        if await positions.move(tx, [Move(one.id, LeadState.WAITING, 1, LeadState.READY, to_step=2)], now):
            await messages.put(tx, [row])
        await pacing.arm(tx, [stage.linkedin_id], now)


async def test_what_is_not_known_is_looked_for_and_never_sent_again(stage: Stage) -> None:
    """An answer that is lost, one that never left, and a LinkedIn that is away."""
    campaign = await stage.campaign(MESSAGES)
    first, second, third = await stage.ready(campaign, await stage.friends(3), Decision.MESSAGE)
    await stage.world.fault(FaultKind.TIMEOUT_AFTER, name="message")
    assert await stage.turns(stage.clock.now()) == 1
    sent = [one for one in (first, second, third) if (await stage.place(one)).state is LeadState.SENDING]
    assert len(sent) == 1
    await stage.pass_to(stage.clock.now() + settling.over_after(stage.services))
    (row,) = await stage.services.database.all_once("SELECT id FROM linkedin_action WHERE state = 'unknown'")
    await settling.settle_due(stage.services, row["id"])
    assert ((await stage.place(sent[0])).state, (await stage.message(sent[0])).outcome) == (
        LeadState.WAITING,
        "confirmed",
    )
    await stage.world.fault(FaultKind.FAIL_BEFORE, name="message", times=2)
    await stage.turns(stage.clock.now() + timedelta(days=1))
    states = [(await stage.place(one)).state for one in (first, second, third)]
    rows = await stage.services.database.all_once("SELECT id FROM linkedin_action WHERE state = 'unknown'")
    for row in rows:
        await settling.settle_due(stage.services, row["id"])
    await stage.turns(stage.clock.now() + timedelta(days=1))
    states = [(await stage.place(one)).state for one in (first, second, third)]
    assert states == [LeadState.WAITING] * 3
    assert await stage.world.doubles() == []
    assert len(await stage.left()) == 3
    await sound(stage.services)


async def test_a_stopped_account_waits_and_goes_on(stage: Stage) -> None:
    """A checkpoint rests it, an ended session stops it; nothing is lost, and nothing is sent meanwhile."""
    campaign = await stage.campaign(MESSAGES)
    written = await stage.ready(campaign, await stage.friends(4), Decision.MESSAGE)
    await stage.world.fault(FaultKind.CHECKPOINT, name="message")
    await stage.turns(stage.clock.now() + timedelta(minutes=2))
    account = await linkedin.show(stage.services, stage.linkedin_id)
    assert account.state == "restricted"
    assert await stage.send_at() == account.paused_until
    assert len(await stage.left()) == 0
    assert account.paused_until is not None
    assert await stage.turns(account.paused_until + timedelta(hours=1)) == 0  # LinkedIn still asks who it is
    await sign_in_again(stage)
    assert await stage.turns(stage.clock.now() + timedelta(days=1)) == 4
    second = await stage.ready(await stage.campaign(INVITES), await stage.strangers(2), Decision.BLANK)
    await stage.world.revoke(stage.person.email)
    await stage.turns(stage.clock.now() + timedelta(hours=2))
    assert await stage.send_at() is None
    assert {(await stage.place(one)).state for one in second} == {LeadState.READY}
    await sign_in_again(stage)
    assert await stage.turns(stage.clock.now() + timedelta(days=1)) == 2
    assert {(await stage.place(one)).state for one in written} == {LeadState.WAITING}
    await sound(stage.services)


async def sign_in_again(stage: Stage) -> None:
    caller, email = Caller(stage.account_id, "key", Tier.SCALE), stage.person.email
    answer = await signin.sign_in(stage.services, caller, Password(email, stage.person.password))
    if isinstance(answer, Challenged):
        await signin.verify(stage.services, caller, email, (await stage.world.outbox(email))[0].code)


async def test_no_invitation_is_taken_back_before_the_hours_begin(stage: Stage) -> None:
    """Not even by a lead whose place after the opening is exactly as far as the time of a further look."""
    hours = WorkingHours("UTC", time(9), time(18), frozenset(range(7)))
    campaign = await stage.campaign(INVITES, accept_within=timedelta(days=10), hours=hours)
    (one,) = await stage.ready(campaign, await stage.strangers(1), Decision.BLANK)
    await stage.turns(stage.clock.now() + timedelta(days=2))
    opening = hours.next_opening(stage.clock.now() + timedelta(days=12)).replace(hour=9, minute=0)
    before = len(await stage.left())
    await stage.pass_to(opening - timedelta(minutes=60 - one.id.int % 60))
    assert await deadlines.expire(stage.services, [one.id]) == 0
    assert len(await stage.left()) == before
    await sound(stage.services)


async def test_invitations_that_nobody_accepts_are_taken_back(stage: Stage) -> None:
    """Once their time is over; who has accepted goes on, who was invited by hand is not invited again."""
    who = await stage.who()
    strangers, (friend,) = await stage.strangers(6), await stage.friends(1)
    by_hand = strangers[0]
    await acting.act(stage.services, who, Invite(by_hand))
    campaign = await stage.campaign(INVITES, accept_within=timedelta(days=10))
    made = await stage.ready(campaign, [*strangers, friend], Decision.BLANK)
    await stage.turns(stage.clock.now() + timedelta(days=9))
    before = [await stage.place(one) for one in made]
    assert len([1 for _, target in await stage.left() if target == by_hand]) == 1
    assert (await stage.message(made[0])).why == "already_invited"
    assert (before[-1].state, (await stage.message(made[-1])).why) == (LeadState.WAITING, "already_connected")
    assert {place.state for place in before[:-1]} == {LeadState.INVITED}
    await stage.pass_to(stage.clock.now() + timedelta(days=2))
    for _ in range(3):  # a few at once
        assert await sweep.wake_due(stage.services) >= 1
        await draining.drain(stage.services, [Task.CAMPAIGN_STEP])
        await stage.pass_to(stage.clock.now() + timedelta(minutes=10))
    assert await deadlines.expire(stage.services, [one.id for one in made]) == 0
    shown = [(await reading.read(stage.services, who, queries.StandingWith(url))).state for url in strangers]
    for one, state in zip(made, shown, strict=False):
        place = await stage.place(one)
        if state is InvitationState.CONNECTED:
            assert (place.state, place.accepted_at is not None) == (LeadState.WAITING, True)
        else:
            assert (place.state, place.reason in {"not_accepted", "withdrawn"}) == (LeadState.STOPPED, True)
    assert InvitationState.SENT not in shown
    await sound(stage.services)


async def test_what_was_begun_and_never_sent_goes_back(stage: Stage) -> None:
    """A worker died between the two commits: the lead is checked and sent anew, once."""
    (one,) = await stage.ready(await stage.campaign(MESSAGES), await stage.friends(1), Decision.MESSAGE)
    now = stage.clock.now()
    async with stage.services.database.transaction() as tx:
        begun = Move(one.id, LeadState.READY, 1, LeadState.SENDING, wake_at=now + timedelta(minutes=9))
        await positions.move(tx, [begun], now)
    assert await sending.resume(stage.services, [one.id]) == 0
    await stage.pass_to(now + timedelta(minutes=9))
    assert await sending.resume(stage.services, [one.id]) == 1
    assert (await stage.place(one)).state is LeadState.READY
    assert await stage.turns(now + timedelta(hours=1)) == 1
    assert await sending.resume(stage.services, [one.id]) == 0
    assert len(await stage.left()) == 1
    await sound(stage.services)
