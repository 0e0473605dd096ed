"""What follows from what happened on LinkedIn: stops, holds, waits, and what customers are told of it."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count, permutations
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from overture.domain.campaigns.states import LeadState
from overture.domain.errors import SessionExpired
from overture.domain.linkedin.accounts import Session
from overture.domain.linkedin.happenings import Disconnected, Happening, InvitationAccepted, MessageReceived, News
from overture.domain.linkedin.objects import Degree, Member
from overture.ports import Rail
from overture.store import accounts, suppression
from overture.store.campaigns import positions, threads
from overture.store.campaigns.leads import CampaignLead
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move, Position
from overture.store.linkedin import accounts as linkedin_accounts
from overture.usecases import accounts as customers
from overture.usecases.campaigns import handling, holding
from overture.usecases.idempotency import Once
from overture.usecases.linkedin import news, sessions
from overture.usecases.linkedin.sessions import Acting
from overture.usecases.services import Services
from tests.campaigns.builders import NOW, definition, make_account, make_campaign, make_leads, make_sender
from tests.gateway.conftest import MovableClock
from tests.usecases.conftest import services as _services

pytestmark = pytest.mark.anyio
services = _services
URL = "https://app.example.com/hooks"
_numbers = count()


@dataclass
class Scene:
    """A customer with a webhook secret, one sender, and campaigns that run."""

    services: Services
    clock: MovableClock
    account_id: UUID
    sender: UUID

    async def campaign(self, leads: int = 1, company: str | None = None, **changes: Any) -> "Running":
        ordered = definition([self.sender], notification_url=URL, **changes)
        made = await make_campaign(self.services.database, self.account_id, ordered, at=NOW - timedelta(days=30))
        await self.services.database.once("UPDATE campaign SET started_at = created_at WHERE id = $1", made.id)
        more = {"company": company} if company else {}
        return Running(made, await make_leads(self.services.database, made, leads, **more))

    async def stand(self, lead: CampaignLead, *states: LeadState, wake_at: datetime | None = None) -> None:
        """Take a queued lead through states, with step 1 begun by the first."""
        before = LeadState.QUEUED
        async with self.services.database.transaction() as tx:
            await tx.execute("UPDATE campaign_position SET sender = $2 WHERE lead_id = $1", lead.id, self.sender)
            for state in states:
                step = 0 if before is LeadState.QUEUED else 1
                moved = await positions.move(tx, [Move(lead.id, before, step, state, 1, wake_at)], NOW)
                assert moved
                before = state

    async def take(self, *happenings: Happening) -> int:
        async with self.services.database.reading() as tx:
            account = await linkedin_accounts.find(tx, self.sender)
        assert account is not None
        found = News(happenings, f"c{next(_numbers)}")
        return await news.take(self.services, self.sender, account.cursor, found)

    async def at(self, lead: CampaignLead) -> Position:
        async with self.services.database.reading() as tx:
            (found,) = await positions.find(tx, [lead.id])
        return found

    async def events(self) -> list[dict[str, Any]]:
        rows = await self.services.database.all_once(
            "SELECT body FROM event WHERE account_id = $1 ORDER BY triggered_at, kind", self.account_id
        )
        return [json.loads(row[0]) for row in rows]

    async def told(self) -> list[str]:
        return [f"{body['type']}:{body.get('reason', body.get('code', ''))}" for body in await self.events()]


@dataclass
class Running:
    campaign: Campaign
    leads: list[CampaignLead]


@pytest.fixture
async def scene(services: Services) -> Scene:
    clock = MovableClock()
    clock.at = NOW
    ready = replace(services, clock=clock)
    account_id = await make_account(ready.database)
    sender = await make_sender(ready.database, account_id)
    async with ready.database.transaction() as tx:
        await accounts.add_secret(tx, uuid4(), account_id, b"sealed", 24)
    return Scene(ready, clock, account_id, sender)


def who(lead: CampaignLead) -> Member:
    return Member("urn", "ada", "Ada Lovelace", "Ada", "Lovelace", "", f"{lead.linkedin}/", degree=Degree.FIRST)


def says(lead: CampaignLead, text: str, at: datetime = NOW, key: str = "") -> MessageReceived:
    return MessageReceived(key or f"m{next(_numbers)}", at, who(lead), "conversation", text)


def accepts(lead: CampaignLead, at: datetime = NOW) -> InvitationAccepted:
    return InvitationAccepted(f"a:{lead.id}", at, who(lead))


async def test_a_reply_stops_the_lead_in_the_transaction_that_stores_it(scene: Scene) -> None:
    """Wherever the lead stands, while its message is on its way too; what is not of a lead is not kept."""
    run = await scene.campaign(leads=5, hold_company=False)
    ways = [
        (),
        (LeadState.WRITING, LeadState.REVIEW),
        (LeadState.READY, LeadState.SENDING),
        (LeadState.READY, LeadState.SENDING, LeadState.INVITED),
        (LeadState.WAITING,),
    ]
    for lead, way in zip(run.leads, ways, strict=True):
        await scene.stand(lead, *way)
        reply = says(lead, "Sounds good, let's talk on Tuesday")
        assert await scene.take(reply, reply) == 1
        assert await scene.take(reply) == 0
        position = await scene.at(lead)
        assert (position.state, position.reason, position.replied_at) == (LeadState.STOPPED, "replied", NOW)
        async with scene.services.database.reading() as tx:
            (message,) = await threads.of_person(tx, scene.account_id, lead.person)
        assert (message.kind, message.lead_id, message.inbound) == ("interested", lead.id, True)
        assert "sounds good" in message.class_why
    stranger = replace(run.leads[0], linkedin="https://www.linkedin.com/in/somebody-else")
    assert await scene.take(says(stranger, "hello")) == 1
    async with scene.services.database.reading() as tx:
        assert await tx.value("SELECT count(*) FROM thread_message") == 5
    told = await scene.told()
    assert told.count("campaign.lead.replied:") == 5
    assert told.count("campaign.lead.stopped:replied") == 5
    assert told.count("campaign.alert:reply") == 1


async def test_a_reply_of_one_who_is_done_is_kept_and_counted(scene: Scene) -> None:
    """Nothing is moved; a message from before the campaign is no answer."""
    run = await scene.campaign(leads=2)
    await scene.stand(run.leads[0], LeadState.WAITING, LeadState.FINISHED)
    await scene.stand(run.leads[1], LeadState.WAITING)
    await scene.take(says(run.leads[0], "Who is this?"), says(run.leads[1], "Hi", NOW - timedelta(days=40)))
    done, older = [await scene.at(lead) for lead in run.leads]
    assert (done.state, done.replied_at) == (LeadState.FINISHED, NOW)
    assert (older.state, older.replied_at) == (LeadState.WAITING, None)


async def test_out_of_office_delays_and_stops_nothing(scene: Scene) -> None:
    """Until the day after the one that is named; then the lead goes on where it was, no sooner than it would have."""
    run = await scene.campaign(leads=3, hold_company=False)
    due = NOW + timedelta(days=1)
    for lead in run.leads:
        await scene.stand(lead, LeadState.WAITING, wake_at=due)
    dated, vague, late = run.leads
    await scene.take(
        says(dated, "I am out of the office until 16 November with limited access to email."),
        says(vague, "Automatic reply: I am away from my desk."),
        says(late, "On sabbatical until June. Automatic reply."),
    )
    for lead, until in ((dated, datetime(2026, 11, 17, tzinfo=UTC)), (vague, NOW + timedelta(days=7)), (late, None)):
        position = await scene.at(lead)
        assert (position.state, position.reason, position.replied_at) == (LeadState.HELD, "out_of_office", None)
        assert position.wake_at is not None
        if until:
            assert position.wake_at == until
        assert position.wake_at <= NOW + timedelta(days=92)
    scene.clock.at = datetime(2026, 11, 17, 9, tzinfo=UTC)
    async with scene.services.database.transaction() as tx:
        woken = await positions.take_due(tx, scene.clock.at, timedelta(minutes=5), 10)
        assert {position.lead_id for position in woken} == {dated.id, vague.id}
        terms = {run.campaign.id: run.campaign.definition}
        assert len(await holding.release(tx, woken, terms, scene.clock.at)) == 2
    back = await scene.at(dated)
    assert (back.state, back.wake_at, back.resume) == (LeadState.WAITING, due, None)
    await scene.take(says(dated, "Back now. Not interested, thanks.", scene.clock.at))
    assert (await scene.at(dated)).reason == "replied"


async def test_an_opt_out_is_final_in_every_campaign_of_the_customer(scene: Scene) -> None:
    """The person is on the list and stopped everywhere; of it one event tells, and what was pending is given up."""
    first, second = await scene.campaign(), await scene.campaign()
    draft = await scene.campaign()
    await scene.services.database.once("UPDATE campaign SET started_at = NULL WHERE id = $1", draft.campaign.id)
    (lead,) = first.leads
    await scene.stand(lead, LeadState.READY, LeadState.SENDING, LeadState.INVITED)
    await scene.take(accepts(lead), says(lead, "Please stop messaging me."))
    for run in (first, second, draft):
        position = await scene.at(run.leads[0])
        assert (position.state, position.reason) == (LeadState.STOPPED, "opted_out")
    async with scene.services.database.reading() as tx:
        assert await suppression.holds(tx, scene.account_id, lead.person)
    states = await scene.services.database.all_once("SELECT kind, state FROM event ORDER BY kind")
    told = [(row["kind"], row["state"]) for row in states]
    assert told[0] == ("campaign.lead.accepted", "skipped")
    assert set(told[1:]) == {("campaign.lead.stopped", "pending")}
    await scene.take(says(lead, "Did you hear me?"))
    (alert,) = [body for body in await scene.events() if body["type"] == "campaign.alert"]
    assert len(await scene.events()) == len(told) + 1
    assert "lead" not in alert


async def test_a_colleagues_reply_holds_the_company_and_shows_whose(scene: Scene) -> None:
    """In all campaigns that run and ask for it; nobody of another company, nobody whose message is on its way."""
    one = await scene.campaign(leads=4, company="Acme Ltd")
    other = await scene.campaign(leads=9, company="ACME limited")
    apart = await scene.campaign(leads=1, company="Apex Ltd")
    asked_not = await scene.campaign(leads=10, company="Acme Ltd", hold_company=False)
    replier, waiting, sending, queued = one.leads
    await scene.stand(replier, LeadState.WAITING)
    await scene.stand(waiting, LeadState.WAITING, wake_at=NOW + timedelta(days=2))
    await scene.stand(sending, LeadState.READY, LeadState.SENDING)
    await scene.take(says(replier, "Could you send me some more details?", NOW - timedelta(minutes=1)))
    for lead in (waiting, queued, other.leads[8]):
        position = await scene.at(lead)
        assert (position.state, position.reason, position.held_by) == (LeadState.HELD, "company_replied", replier.id)
        assert position.wake_at is None
    assert (await scene.at(sending)).state is LeadState.SENDING
    assert (await scene.at(asked_not.leads[9])).state is LeadState.QUEUED
    assert (await scene.at(apart.leads[0])).state in {LeadState.QUEUED, LeadState.STOPPED}
    async with scene.services.database.transaction() as tx:
        await positions.move(tx, [Move(sending.id, LeadState.SENDING, 1, LeadState.WAITING)], NOW)
        await holding.catch_up(tx, scene.account_id, sending.id, NOW, NOW)
    assert (await scene.at(sending)).held_by == replier.id
    async with scene.services.database.transaction() as tx:
        moved = await holding.release(tx, [await scene.at(waiting)], {}, NOW)
    assert moved == {waiting.id}
    assert (await scene.at(waiting)).wake_at == NOW + timedelta(days=2)


async def test_acceptances_come_late_twice_and_in_any_order(scene: Scene) -> None:
    """Waits begin at the acceptance; every order of an acceptance and a reply ends with the reply."""
    run = await scene.campaign(leads=8, hold_company=False)
    late, held, *others = run.leads
    since = NOW - timedelta(days=2)
    await scene.stand(late, LeadState.READY, LeadState.SENDING, LeadState.INVITED)
    await scene.take(accepts(late, since), accepts(late, since))
    position = await scene.at(late)
    assert (position.state, position.accepted_at) == (LeadState.WAITING, since)
    assert position.wake_at == since + timedelta(hours=6)
    await scene.stand(held, LeadState.READY, LeadState.SENDING, LeadState.INVITED)
    async with scene.services.database.transaction() as tx:
        aside = Move(held.id, LeadState.INVITED, 1, LeadState.HELD, reason="paused", resume=LeadState.INVITED)
        await positions.move(tx, [aside], NOW)
    await scene.take(accepts(held))
    async with scene.services.database.transaction() as tx:
        await holding.release(tx, [await scene.at(held)], {run.campaign.id: run.campaign.definition}, NOW)
    assert (await scene.at(held)).state is LeadState.WAITING
    for lead, order in zip(others, permutations(range(3)), strict=False):
        await scene.stand(lead, LeadState.READY, LeadState.SENDING, LeadState.INVITED)
        given = [accepts(lead), says(lead, "Not now, maybe in Q2."), says(lead, "ok")]
        for number in order:
            await scene.take(given[number])
        position = await scene.at(lead)
        assert (position.state, position.reason, position.accepted_at) == (LeadState.STOPPED, "replied", NOW)


async def test_a_lost_session_is_told_once_a_day(scene: Scene) -> None:
    """To each campaign of the account, under the code of what happened; without an address nothing is stored."""
    await scene.campaign()
    silent = await make_campaign(scene.services.database, scene.account_id, definition([scene.sender]))
    await scene.take(Disconnected("d1", NOW, "gone"), Disconnected("d2", NOW, "gone again"))
    assert await scene.told() == ["campaign.alert:disconnected"]
    async with scene.services.database.reading() as tx:
        account = await linkedin_accounts.find(tx, scene.sender)
    assert account is not None
    acting = Acting(account, Session("", "", "", ""), cast("Rail", None))  # the failure has been seen: no rail is asked
    scene.clock.move(timedelta(days=1))
    await sessions.note_failure(scene.services, acting, SessionExpired("the session has ended"))
    assert await scene.told() == ["campaign.alert:disconnected"] * 2
    assert str(silent.id) not in json.dumps(await scene.events())


async def test_what_is_done_by_hand_is_told(scene: Scene) -> None:
    """Holds and stops; an invitation that was accepted during a hold is taken as such when the lead goes on."""
    run = await scene.campaign(leads=2)
    lead, other = run.leads
    caller = await customers.acting_for(scene.services, scene.account_id)
    await scene.stand(lead, LeadState.READY, LeadState.SENDING, LeadState.INVITED)
    await handling.hold(scene.services, caller, lead.id, Once(None, 200), lambda shown: shown.state.encode())
    await scene.take(accepts(lead))
    answer = await handling.resume(scene.services, caller, lead.id, Once(None, 200), lambda shown: shown.state.encode())
    assert answer.body == b"waiting"
    await handling.stop(scene.services, caller, other.id, Once(None, 200), lambda _shown: b"")
    assert set(await scene.told()) == {
        "campaign.lead.held:paused",
        "campaign.lead.accepted:",
        "campaign.lead.stopped:by_hand",
    }
