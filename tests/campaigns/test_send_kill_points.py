"""A worker is killed at each point of sending: every lead's message arrives once, and every lead goes on."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from overture.domain.campaigns.definition import CampaignStep
from overture.domain.campaigns.states import Decision, LeadState
from overture.domain.linkedin import queries
from overture.domain.linkedin.queries import Window
from overture.domain.messages import MessageType
from overture.simulator.world import World
from overture.store.campaigns import leads, messages, pacing, positions
from overture.store.campaigns.messages import CampaignMessage
from overture.store.campaigns.positions import Move
from overture.usecases import audit
from overture.usecases.campaigns import sending
from overture.usecases.linkedin import accounts, reading, sessions, settling
from overture.usecases.services import Services
from tests.campaigns.builders import definition, lead, make_campaign
from tests.e2e.conftest import Process
from tests.gateway.test_kill_points import world
from tests.linkup.conftest import environment, sign_in, start, widen, within

pytestmark = [pytest.mark.process, pytest.mark.long]
POINTS = ("s1", "s2", "g1", "g2", "g3", "g4", "s3")
STEPS = (CampaignStep(MessageType.FIRST_FOLLOW_UP, timedelta(days=2)), CampaignStep(MessageType.STAGE_AMBITION))


async def _ready(services: Services) -> tuple[UUID, list[UUID]]:
    """A lead for each point, its first message written."""
    (account,) = await accounts.list_accounts(services)
    who = await sessions.by_id(services, account.id)
    friends = await reading.read(services, who, queries.Connections(Window(0, len(POINTS))))
    now = datetime.now(UTC)
    ordered = definition([account.id], STEPS)
    campaign = await make_campaign(services.database, who.account.account_id, ordered, at=now)
    made = [lead(campaign, number, linkedin=friend.profile_url) for number, friend in enumerate(friends.items)]
    rows = [
        CampaignMessage(
            one.id, 1, campaign.id, STEPS[0].type, Decision.MESSAGE, text=f"No. {one.place}", approved_at=now
        )
        for one in made
    ]
    moves = [Move(one.id, LeadState.QUEUED, 0, LeadState.READY, to_step=1, rank=one.place) for one in made]
    async with services.database.transaction() as tx:
        await leads.add(tx, made, now)
        await tx.execute("UPDATE campaign_position SET sender = $1", account.id)
        await positions.claim(tx, who.account.account_id, [(one.person, one.id) for one in made])
        await positions.move(tx, moves, now)
        await messages.put(tx, rows)
    return account.id, [one.id for one in made]


async def _due(services: Services, linkedin_id: UUID) -> None:
    async with services.database.transaction() as tx:
        now = datetime.now(UTC)
        await pacing.put(tx, linkedin_id, now, now - timedelta(hours=1))


async def _recover(services: Services, linkedin_id: UUID, lead_id: UUID) -> str:
    """What the sweep would have done by and by: looks at what is not known, at the lead, and gives the next turn."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        rows = await services.database.all_once("SELECT id FROM linkedin_action WHERE state IN ('intended', 'unknown')")
        for row in rows:
            await settling.settle_due(services, row["id"])
        await sending.resume(services, [lead_id])
        await _due(services, linkedin_id)
        async with services.database.reading() as tx:
            (position,) = await positions.find(tx, [lead_id])
        if position.state not in {LeadState.READY, LeadState.SENDING}:
            return position.state
        if position.state is LeadState.READY:
            await sending.send_due(services, linkedin_id)
        await asyncio.sleep(0.25)
    raise AssertionError("the lead does not go on")


def test_a_killed_worker_sends_nothing_twice_and_loses_no_lead(database_url: str, tmp_path: Path) -> None:
    """s1 chosen, nothing committed; s2 being sent is committed; g1 to g4 of the action itself; s3 recorded."""

    async def people(opened: World) -> Any:
        await opened.create(7, 300)
        return await opened.enrol(connections=len(POINTS))

    person = world(database_url, people)
    settings = environment(database_url, tmp_path / "data", linkedin_lease_seconds="2")
    process, gateway = start(settings, tmp_path)
    sign_in(gateway, person)
    process.end()
    widen(settings)
    linkedin_id, lead_ids = within(settings, _ready)
    for point, lead_id in zip(POINTS, lead_ids, strict=True):
        within(settings, lambda services: _due(services, linkedin_id))
        worker = Process(["work"], settings | {"OVERTURE_FAULT": f"{point}:1:kill"}, tmp_path / f"{point}.log")
        assert worker.wait_dead() != 0, point
        worker.end()
        state = within(settings, lambda services, one=lead_id: _recover(services, linkedin_id, one))
        assert state == LeadState.WAITING, point
    sent = world(database_url, lambda opened: opened.arrivals())
    assert sum(row.name == "message" and row.effect == "sent" for row in sent) == len(POINTS)
    assert world(database_url, lambda opened: opened.doubles()) == []
    assert [f for f in within(settings, audit.check) if f.breaches] == []
