"""The legal moves: the same table in the code and in the database, and the database refuses the rest."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID, uuid4

import asyncpg
import pytest

from overture.domain.campaigns.states import CAMPAIGN_MOVES, LEAD_MOVES, CampaignState, LeadState, may_move
from overture.store.campaigns import positions
from overture.store.campaigns.positions import Move
from overture.store.db import Database

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


async def _campaign(database: Database, state: CampaignState = CampaignState.RUNNING) -> UUID:
    campaign_id = uuid4()
    async with database.transaction() as tx:
        account = await tx.value("INSERT INTO account (name, tier) VALUES ('a', 'scale') RETURNING id")
        await tx.execute(
            "INSERT INTO campaign (id, account_id, name, state, definition, created_at)"
            " VALUES ($1, $2, 'c', $3, '{}', $4)",
            campaign_id,
            account,
            state,
            NOW,
        )
    return campaign_id


async def _lead(database: Database, campaign_id: UUID, state: LeadState, resume: LeadState | None = None) -> UUID:
    lead_id = uuid4()
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO campaign_position (lead_id, campaign_id, state, step, reason, resume, moved_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7)",
            lead_id,
            campaign_id,
            state,
            0 if LeadState.QUEUED in {state, resume} else 1,
            "failed" if state is LeadState.STOPPED else "",
            resume,
            NOW,
        )
    return lead_id


async def test_the_database_holds_the_same_moves(database: Database) -> None:
    async with database.reading() as tx:
        rows = await tx.fetch("SELECT before, after FROM campaign_legal_move")
    assert {(row["before"], row["after"]) for row in rows} == {
        (str(before), str(after)) for before, afters in LEAD_MOVES.items() for after in afters
    }


async def test_the_database_refuses_every_other_move_of_a_lead(database: Database) -> None:
    campaign_id = await _campaign(database)
    for before, after in product(LeadState, LeadState):
        if before is after:
            continue
        resume = (
            (after if after in LEAD_MOVES[LeadState.HELD] else LeadState.WAITING) if before is LeadState.HELD else None
        )
        if resume in {LeadState.FINISHED, LeadState.STOPPED}:
            resume = LeadState.WAITING
        lead_id = await _lead(database, campaign_id, before, resume)
        step = 0 if LeadState.QUEUED in {before, resume} else 1
        begins = before is LeadState.QUEUED and after not in {LeadState.HELD, LeadState.STOPPED}
        change = Move(
            lead_id,
            before,
            step,
            after,
            to_step=1 if begins else step,
            reason="failed" if after is LeadState.STOPPED else "",
            resume=before if after is LeadState.HELD else None,
        )
        try:
            async with database.transaction() as tx:
                moved = await positions.move(tx, [change], NOW)
        except asyncpg.CheckViolationError:
            moved = set()
        assert bool(moved) is may_move(before, after), (before, after)


async def test_a_late_mover_changes_nothing(database: Database) -> None:
    lead_id = await _lead(database, await _campaign(database), LeadState.WAITING)
    stop = Move(lead_id, LeadState.WAITING, 1, LeadState.STOPPED, reason="replied")
    go_on = Move(lead_id, LeadState.WAITING, 1, LeadState.WRITING, to_step=2)
    async with database.transaction() as tx:
        assert await positions.move(tx, [stop], NOW) == {lead_id}
        assert await positions.move(tx, [go_on], NOW) == set()
        assert [row["after"] for row in await tx.fetch("SELECT after FROM campaign_move")] == ["stopped"]


async def test_a_step_is_begun_one_at_a_time_and_only_when_the_last_is_done(database: Database) -> None:
    campaign_id = await _campaign(database)
    leaps = [
        (LeadState.WAITING, Move(uuid4(), LeadState.WAITING, 1, LeadState.WRITING, to_step=3)),
        (LeadState.READY, Move(uuid4(), LeadState.READY, 1, LeadState.WRITING, to_step=2)),
    ]
    for state, leap in leaps:
        lead_id = await _lead(database, campaign_id, state)
        with pytest.raises(asyncpg.CheckViolationError):
            async with database.transaction() as tx:
                await positions.move(tx, [Move(lead_id, leap.before, leap.step, leap.after, to_step=leap.to_step)], NOW)


async def test_the_database_refuses_every_other_move_of_a_campaign(database: Database) -> None:
    for before, after in product(CampaignState, CampaignState):
        if before is after:
            continue
        campaign_id = await _campaign(database, before)
        try:
            async with database.transaction() as tx:
                await tx.execute("UPDATE campaign SET state = $2 WHERE id = $1", campaign_id, after)
            moved = True
        except asyncpg.CheckViolationError:
            moved = False
        assert moved is (after in CAMPAIGN_MOVES[before]), (before, after)


async def test_only_leads_of_running_campaigns_are_woken_and_each_once(database: Database) -> None:
    running, paused = await _campaign(database), await _campaign(database, CampaignState.PAUSED)
    for campaign_id in (running, paused):
        for _ in range(3):
            lead_id = await _lead(database, campaign_id, LeadState.WAITING)
            async with database.transaction() as tx:
                await tx.execute("UPDATE campaign_position SET wake_at = $2 WHERE lead_id = $1", lead_id, NOW)
    again = timedelta(minutes=5)
    async with database.transaction() as tx:
        assert [p.campaign_id for p in await positions.take_due(tx, NOW, again, 10)] == [running] * 3
        assert await positions.take_due(tx, NOW, again, 10) == []
        assert len(await positions.take_due(tx, NOW + again, again, 2)) == 2


async def test_a_person_is_under_way_once_an_account(database: Database) -> None:
    campaign_id = await _campaign(database)
    first, second = [await _lead(database, campaign_id, LeadState.WRITING) for _ in range(2)]
    async with database.transaction() as tx:
        account = await tx.value("SELECT account_id FROM campaign WHERE id = $1", campaign_id)
        assert isinstance(account, UUID)
        person = b"p" * 32
        assert await positions.claim(tx, account, [(person, first)]) == {first}
        assert await positions.claim(tx, account, [(person, first)]) == {first}
        assert await positions.claim(tx, account, [(person, second)]) == set()
        stop = Move(first, LeadState.WRITING, 1, LeadState.STOPPED, reason="failed")
        await positions.move(tx, [stop], NOW)
        assert await positions.claim(tx, account, [(person, second)]) == {second}
