"""The writing half of the machine: begun, asked for, written, and the bill for it."""

import asyncio
import contextlib
import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from overture import queue
from overture.adapters.clock import SetClock
from overture.domain.campaigns import progress
from overture.domain.campaigns.definition import Approval, CampaignStep, Definition, NotePolicy, OnFailure
from overture.domain.campaigns.notes import BlankReason, Candidate, decide
from overture.domain.campaigns.states import CampaignState, Decision, LeadState
from overture.domain.errors import Unavailable
from overture.domain.messages import MessageType
from overture.domain.reasons import RESEARCH_NOT_FOUND
from overture.queue import Task
from overture.store import ledger, suppression
from overture.store.campaigns import leads, messages, orders, positions
from overture.store.campaigns.leads import CampaignLead
from overture.store.campaigns.messages import CampaignMessage
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move, Position
from overture.store.db import cut_connections
from overture.telemetry import faults
from overture.usecases import steering, sweep
from overture.usecases.campaigns import stepping, writing
from overture.usecases.services import Services
from overture.worker.draining import drain
from tests.campaigns import builders
from tests.campaigns.builders import NOW, make_account, make_campaign, make_leads, make_sender
from tests.usecases.conftest import counts, services, sound
from tests.usecases.test_worker import sites

__all__ = ["services", "sites"]
pytestmark = pytest.mark.anyio
NOTE, FOLLOW_UP, AMBITION = MessageType.CONNECTION_REQUEST, MessageType.FIRST_FOLLOW_UP, MessageType.STAGE_AMBITION
STEPS = tuple(CampaignStep(kind, timedelta(days=1)) for kind in (NOTE, FOLLOW_UP, AMBITION))
WORK = (Task.CAMPAIGN_STEP, Task.COMPOSE_CHUNK, Task.RESEARCH_SOURCE)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def timed(services: Services, clock: SetClock) -> Services:
    return dataclasses.replace(services, clock=clock)


async def run(services: Services) -> None:
    """Let the sweep and the worker do what is due, until nothing is left."""
    while await sweep.wake_due(services) + await drain(services, WORK):
        pass


def ordered(sites: dict[str, str], senders: Sequence[UUID], **changes: Any) -> Definition:
    fields: dict[str, Any] = {
        "proposition_company_url": sites["ledgerly"],
        "steps": STEPS,
        "approval": Approval.NONE,
        "blank_share": 0.0,
    }
    return builders.definition(senders, **(fields | changes))


async def add(services: Services, campaign: Campaign, *people: dict[str, Any]) -> list[CampaignLead]:
    made = [builders.lead(campaign, number, **one) for number, one in enumerate(people)]
    async with services.database.transaction() as tx:
        await leads.add(tx, made, NOW)
    return made


async def standing(services: Services, lead: CampaignLead) -> tuple[Position, list[CampaignMessage]]:
    async with services.database.reading() as tx:
        (position,) = await positions.find(tx, [lead.id])
        return position, await messages.of_lead(tx, lead.id)


async def sent(services: Services, lead: CampaignLead, at: datetime) -> None:
    """Let the step in hand have left, and an invitation be accepted, as the sending half does."""
    position, rows = await standing(services, lead)
    step = position.step
    ways = [Move(lead.id, LeadState.READY, step, LeadState.SENDING)]
    if rows[-1].type is NOTE:
        ways.append(Move(lead.id, LeadState.SENDING, step, LeadState.INVITED))
    after = progress.done(builders.definition([], STEPS), step, at)
    ways.append(Move(lead.id, ways[-1].after, step, after.after, wake_at=after.wake_at))
    async with services.database.transaction() as tx:
        await tx.execute(
            "INSERT INTO linkedin_action (id, linkedin_account_id, account_id, key, name, target, content, body, state,"
            " intended_at, settled_at) VALUES (gen_random_uuid(), $1, $2, $3, 'x', '', '', '', 'sent', $4, $4)",
            position.sender,
            lead.account_id,
            f"campaign:{lead.id}:{step}",
            at,
        )
        for way in ways:
            assert await positions.move(tx, [way], at) == {lead.id}
        await messages.put(tx, [dataclasses.replace(rows[-1], sent_at=at)])
        if rows[-1].type is NOTE:
            await tx.execute("UPDATE campaign_position SET accepted_at = $2 WHERE lead_id = $1", lead.id, at)


async def still_queued(services: Services) -> int:
    async with services.database.reading() as tx:
        return len(await tx.fetch("SELECT FROM campaign_position WHERE state = 'queued'"))


async def spans(services: Services, row: CampaignMessage) -> set[str]:
    async with services.database.reading() as tx:
        result = (await messages.results(tx, [row.place]))[row.place]
    return {cite.span for cite in steering.told_by(result.segments)}


async def windows(services: Services) -> int:
    row = await services.database.once("SELECT sum(minute_used + day_used) AS used FROM usage_window")
    assert row
    return row["used"]


async def test_a_lead_is_written_to_step_by_step(timed: Services, clock: SetClock, sites: dict[str, str]) -> None:
    """Note, follow-up and ambition: each from its own request, each told another fact, paid once, nobody called."""
    account_id = await make_account(timed.database, credits=100)
    senders = [await make_sender(timed.database, account_id) for _ in range(2)]
    campaign = await make_campaign(timed.database, account_id, ordered(sites, senders))
    freight = {"company": "Harbourlight Freight", "company_website_url": sites["harbourlight"]}
    looms = {"company": "Millbrook Looms", "company_website_url": sites["millbrook"]}
    nothing = {"company": "Nowhere", "company_website_url": None}
    first, second, unread, alone, elsewhere = await add(timed, campaign, freight, looms, nothing, freight, freight)
    async with timed.database.transaction() as tx:
        await suppression.add(tx, account_id, [alone.person], "by hand")
        await positions.claim(tx, account_id, [(elsewhere.person, UUID(int=7))])
    await run(timed)
    ended = [(await standing(timed, lead))[0] for lead in (alone, elsewhere)]
    assert [(one.state, one.reason) for one in ended] == [("stopped", "suppressed"), ("stopped", "in_another_campaign")]
    position, (row,) = await standing(timed, unread)
    assert (position.state, row.decision, row.why) == (LeadState.READY, Decision.BLANK, RESEARCH_NOT_FOUND)
    assert {(await standing(timed, lead))[0].sender for lead in (first, second)} == set(senders)
    for number, kind in enumerate((NOTE, FOLLOW_UP, AMBITION), 1):
        for lead in (first, second):
            position, rows = await standing(timed, lead)
            row = rows[-1]
            assert (position.state, position.step, row.step, row.type) == (LeadState.READY, number, number, kind)
            assert row.text and row.fact_at and row.written_at == clock.now()
            assert row.fact_kind == ("site" if await spans(timed, row) else "title")
            told = [await spans(timed, each) for each in rows]
            assert sum(map(len, told)) == len(set().union(*told)), "a fact was told twice"
            await sent(timed, lead, clock.now())
        clock.set(clock.now() + timedelta(days=2))
        await run(timed)
    assert [(await standing(timed, lead))[0].state for lead in (first, second)] == [LeadState.FINISHED] * 2
    assert await counts(timed, account_id) == (94, 0, 6)
    assert await windows(timed) == 0
    async with timed.database.transaction() as tx:  # the other campaign's lead was only an id
        assert await tx.execute("DELETE FROM campaign_claim WHERE lead_id = $1", UUID(int=7)) == 1
    await sound(timed)


async def job(services: Services) -> tuple[list[UUID], datetime]:
    """Let the sweep make the job of what is due, and take it."""
    await sweep.wake_due(services)
    async with services.database.transaction() as tx:
        (row,) = await tx.fetch("DELETE FROM pgqueuer WHERE entrypoint = 'campaign.step' RETURNING payload")
    return queue.campaign_leads(row["payload"].decode())


async def test_a_job_that_dies_or_runs_twice_or_late_does_it_once(
    timed: Services, clock: SetClock, sites: dict[str, str], database_url: str
) -> None:
    account_id = await make_account(timed.database, credits=100)
    sender = await make_sender(timed.database, account_id)
    campaign = await make_campaign(timed.database, account_id, ordered(sites, [sender]))
    looms = {"company": "Millbrook Looms", "company_website_url": sites["millbrook"]}
    made = await add(timed, campaign, looms, looms, looms)
    begin = await job(timed)
    faults.on_reset(lambda: cut_connections(database_url))
    for point in ("c1", "c2"):  # whoever dies in the middle leaves nothing behind
        faults.arm(f"{point}:1:reset")
        with pytest.raises(Unavailable):
            await stepping.step(timed, *begin)
        for _ in range(8):  # the pool finds its other dead connections
            with contextlib.suppress(Unavailable):
                await counts(timed, account_id)
        assert await counts(timed, account_id) == (100, 0, 0)
    assert sorted(await asyncio.gather(*(stepping.step(timed, *begin) for _ in range(4)))) == [0, 0, 0, 3]
    assert await counts(timed, account_id) == (97, 3, 0)
    await run(timed)
    assert await counts(timed, account_id) == (97, 0, 3)
    for lead in made:
        await sent(timed, lead, clock.now())
    clock.set(clock.now() + timedelta(minutes=1))
    assert await stepping.step(timed, *begin) == 0  # a late run of the first job: they wait, and are leased to nobody
    clock.set(clock.now() + timedelta(days=2))
    lost = await job(timed)
    clock.set(clock.now() + sweep.STEP_AGAIN)
    again = await job(timed)  # the worker that took the first was killed
    assert await stepping.step(timed, *again) == 3
    assert await stepping.step(timed, *lost) == 0
    async with timed.database.transaction() as tx:  # a reply stops one while its text is being written
        await positions.move(tx, [Move(made[0].id, LeadState.WRITING, 2, LeadState.STOPPED, reason="replied")], NOW)
    await run(timed)
    states = [(await standing(timed, lead))[0].state for lead in made]
    assert states == [LeadState.STOPPED, LeadState.READY, LeadState.READY]
    assert await counts(timed, account_id) == (94, 0, 6)  # what was written is paid, and not sent
    await sound(timed)


async def test_credits_that_run_out_make_the_batch_smaller(
    timed: Services, clock: SetClock, sites: dict[str, str]
) -> None:
    account_id = await make_account(timed.database, credits=2)
    sender = await make_sender(timed.database, account_id)
    told = ordered(sites, [sender], notification_url="http://127.0.0.1:9/told")
    campaign = await make_campaign(timed.database, account_id, told)
    looms = {"company": "Millbrook Looms", "company_website_url": sites["millbrook"]}
    made = await add(timed, campaign, looms, looms, looms, looms)
    await run(timed)
    states = [(await standing(timed, lead))[0] for lead in made]
    assert [one.state for one in states] == [LeadState.READY] * 2 + [LeadState.QUEUED] * 2
    assert {one.wake_at for one in states[2:]} == {NOW + timedelta(hours=1)}
    assert await counts(timed, account_id) == (0, 0, 2)
    async with timed.database.transaction() as tx:
        found = await orders.find(tx, campaign.id)
        assert found and found.reason == writing.NO_CREDITS
        assert await tx.value("SELECT count(*) FROM campaign_claim") == 2  # who was not begun is free for others
        (event,) = await tx.fetch("SELECT kind, convert_from(body, 'UTF8') AS body FROM event")
        assert (event["kind"], msgspec.json.decode(event["body"])["code"]) == ("campaign.alert", "credits_low")
        await ledger.grant(tx, account_id, 10, "bought")
    clock.set(clock.now() + timedelta(hours=1))
    await run(timed)
    assert [(await standing(timed, lead))[0].state for lead in made] == [LeadState.READY] * 4
    async with timed.database.reading() as tx:
        found = await orders.find(tx, campaign.id)
    assert found and found.reason == ""
    assert await counts(timed, account_id) == (8, 0, 4)
    assert await windows(timed) == 0
    await sound(timed)


async def test_a_month_s_notes_go_to_the_best_and_no_more_is_written_than_can_be_sent(
    timed: Services, clock: SetClock, sites: dict[str, str]
) -> None:
    """An unpaid member: 5 notes a month, 20 invitations a day."""
    account_id = await make_account(timed.database)
    sender = await make_sender(timed.database, account_id)
    campaign = await make_campaign(timed.database, account_id, ordered(sites, [sender], fact_age=timedelta(days=1)))
    plain = {"company": "Millbrook Looms", "company_website_url": None, "job_title": "Clerk"}
    best = plain | {"company_website_url": sites["millbrook"], "job_title": "Head of Finance"}
    made = await add(timed, campaign, *[plain] * 14, *[best] * 6, *[plain] * 10)
    await run(timed)
    all_of = [await standing(timed, lead) for lead in made]
    assert [len(rows) for _, rows in all_of] == [1] * 20 + [0] * 10
    assert [rows[0].decision for _, rows in all_of[:20]] == ["blank"] * 14 + ["note"] * 5 + ["blank"]
    assert {rows[0].why for _, rows in all_of[:14]} == {"note_budget"}
    assert {position.wake_at for position, _ in all_of[20:]} == {NOW + timedelta(days=1)}
    assert await counts(timed, account_id) == (995, 0, 5)
    async with timed.database.reading() as tx:
        assert await tx.value("SELECT send_at FROM pace WHERE linkedin_account_id = $1", sender), "there is work"
    for lead in made[:3]:
        await sent(timed, lead, clock.now())
    clock.set(NOW + timedelta(hours=23))
    await run(timed)
    assert await still_queued(timed) == 10
    clock.set(NOW + timedelta(days=1))
    await run(timed)
    assert await still_queued(timed) == 7


async def test_what_cannot_be_written_is_skipped_or_stops_as_ordered(
    timed: Services, clock: SetClock, sites: dict[str, str]
) -> None:
    account_id = await make_account(timed.database)
    sender = await make_sender(timed.database, account_id)
    steps = (CampaignStep(FOLLOW_UP, timedelta(days=1)), CampaignStep(AMBITION))
    unread = {"company_website_url": None}
    outcome: list[tuple[str, str, list[tuple[str, str]]]] = []
    for failing in (OnFailure.SKIP, OnFailure.STOP):
        definition = ordered(sites, [sender], steps=steps, on_failure=failing)
        campaign = await make_campaign(timed.database, account_id, definition)
        (lead,) = await add(timed, campaign, unread | {"linkedin": f"https://www.linkedin.com/in/{failing}"})
        await run(timed)
        position, rows = await standing(timed, lead)
        outcome.append((position.state, position.reason, [(row.decision, row.failure) for row in rows]))
    assert outcome == [
        ("ready", "", [("skipped", RESEARCH_NOT_FOUND), ("message", "")]),
        ("stopped", "failed", [("message", RESEARCH_NOT_FOUND)]),
    ]
    await sound(timed)


async def test_a_text_is_written_anew_and_reviewed_again(
    timed: Services, clock: SetClock, sites: dict[str, str]
) -> None:
    account_id = await make_account(timed.database)
    sender = await make_sender(timed.database, account_id)
    campaign = await make_campaign(timed.database, account_id, ordered(sites, [sender], approval=Approval.ALL))
    looms = {"company": "Millbrook Looms", "company_website_url": sites["millbrook"]}
    lead, other = await add(timed, campaign, looms, looms)
    await run(timed)
    position, (first,) = await standing(timed, lead)
    assert (position.state, position.wake_at) == (LeadState.REVIEW, None)
    async with timed.database.transaction() as tx:
        assert await writing.rewrite(tx, [lead.id], "facts_too_old", clock.now()) == {lead.id}
        assert await writing.rewrite(tx, [lead.id], "facts_too_old", clock.now()) == set()
        held = Move(
            other.id, LeadState.REVIEW, 1, LeadState.HELD, wake_at=NOW, reason="paused", resume=LeadState.REVIEW
        )
        await positions.move(tx, [held], NOW)
    await run(timed)
    position, (second,) = await standing(timed, lead)
    assert (position.state, second.attempt, second.why) == (LeadState.REVIEW, 2, "facts_too_old")
    assert second.text and second.request_id != first.request_id
    assert (await standing(timed, other))[0].state is LeadState.REVIEW
    assert await counts(timed, account_id) == (997, 0, 3)
    await sound(timed)


async def test_nothing_is_begun_without_a_connected_sender_or_in_a_campaign_at_rest(
    timed: Services, clock: SetClock, sites: dict[str, str]
) -> None:
    account_id = await make_account(timed.database)
    sender = await make_sender(timed.database, account_id, "expired")
    campaign = await make_campaign(timed.database, account_id, ordered(sites, [sender], notes=NotePolicy.NEVER))
    (lead,) = await make_leads(timed.database, campaign, 1)
    due = await job(timed)
    async with timed.database.transaction() as tx:
        await orders.set_state(tx, campaign.id, CampaignState.RUNNING, CampaignState.PAUSED, NOW)
    assert await stepping.step(timed, *due) == 0
    async with timed.database.transaction() as tx:
        await orders.set_state(tx, campaign.id, CampaignState.PAUSED, CampaignState.RUNNING, NOW)
    assert await stepping.step(timed, *due) == 1
    assert (await standing(timed, lead))[0].wake_at == NOW + timedelta(minutes=15)
    async with timed.database.transaction() as tx:
        await tx.execute("UPDATE linkedin_account SET state = 'connected'")
    clock.set(NOW + timedelta(minutes=15))
    await run(timed)
    position, (row,) = await standing(timed, lead)
    assert (position.state, position.sender, row.decision, row.why) == ("ready", sender, "blank", "policy")


def test_the_share_without_a_note_is_by_hash_and_of_its_size() -> None:
    people = [Candidate(UUID(int=number), UUID(int=0), 0, number) for number in range(4000)]
    campaign = builders.definition([UUID(int=0)], blank_share=0.2)
    decided = decide(campaign, people, {UUID(int=0): None})
    without = [why for why in decided.values() if why is not None]
    assert set(without) == {BlankReason.HOLDOUT}
    assert 0.17 < len(without) / len(people) < 0.23
    assert decided == decide(campaign, people[::-1], {UUID(int=0): None})
