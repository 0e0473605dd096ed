"""The audit of campaigns: sound rows pass, and each invariant that is broken by hand is found."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from overture.domain.campaigns.definition import Approval
from overture.domain.campaigns.states import LeadState
from overture.store import audit
from overture.store.audit_campaigns import CAMPAIGN_INVARIANTS
from overture.store.campaigns import positions
from overture.store.campaigns.leads import CampaignLead
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move
from overture.store.db import Database, Tx
from tests.campaigns import builders, ran
from tests.campaigns.builders import NOW

pytestmark = pytest.mark.anyio
S = LeadState
DAY = timedelta(days=1)


async def _found(tx: Tx) -> set[str]:
    return {name for _, name, sql in CAMPAIGN_INVARIANTS if await tx.fetch(sql)}


async def _act(tx: Tx, campaign: Campaign, lead_id: UUID, step: int, **changes: object) -> None:
    """One action of a step, as the gateway writes it."""
    await tx.execute(
        "INSERT INTO linkedin_action (id, linkedin_account_id, account_id, key, name, target, content, body, state,"
        " intended_at, settled_at) VALUES (gen_random_uuid(), $1, $2, $3, 'invite', '', '', '', 'sent', $4, $4)",
        campaign.definition.senders[int(bool(changes.get("other")))],
        campaign.account_id,
        f"campaign:{lead_id}:{step}",
        changes.get("at", NOW),
    )


async def _walked(tx: Tx, campaign: Campaign, lead_id: UUID, person: bytes) -> None:
    """Take a lead to the wait after its second step, as the machine does."""
    await positions.claim(tx, campaign.account_id, [(person, lead_id)])
    await tx.execute(
        "INSERT INTO campaign_message (lead_id, step, campaign_id, type, decision, text, approved_at, sent_at)"
        " VALUES ($1, 1, $2, 'connection_request', 'note', 'Hello', $3, $3),"
        " ($1, 2, $2, 'first_follow_up', 'message', 'Thanks', $4, $4)",
        lead_id,
        campaign.id,
        NOW,
        NOW + 3 * DAY,
    )
    for before, step, after, to_step, at in (
        (S.QUEUED, 0, S.WRITING, 1, NOW),
        (S.WRITING, 1, S.READY, 1, NOW),
        (S.READY, 1, S.SENDING, 1, NOW),
        (S.SENDING, 1, S.INVITED, 1, NOW),
        (S.INVITED, 1, S.WAITING, 1, NOW + DAY),
        (S.WAITING, 1, S.WRITING, 2, NOW + 2 * DAY),
        (S.WRITING, 2, S.READY, 2, NOW + 2 * DAY),
        (S.READY, 2, S.SENDING, 2, NOW + 3 * DAY),
        (S.SENDING, 2, S.WAITING, 2, NOW + 3 * DAY),
    ):
        if after is S.SENDING:
            await _act(tx, campaign, lead_id, step, at=at)
        assert await positions.move(tx, [Move(lead_id, before, step, after, to_step=to_step)], at) == {lead_id}
    await tx.execute("UPDATE campaign_position SET accepted_at = $2 WHERE lead_id = $1", lead_id, NOW + DAY)


@dataclass(frozen=True, slots=True)
class Case:
    """A campaign with a lead that waits after its second step, and one that is queued."""

    campaign: Campaign
    lead: CampaignLead
    other: CampaignLead


class _UndoneError(Exception):
    """Rolls a breach back."""


Breach = Callable[[Tx, Case], Awaitable[None]]


async def _stop(tx: Tx, case: Case) -> None:
    await positions.move(tx, [Move(case.lead.id, S.WAITING, 2, S.STOPPED, reason="replied")], NOW + 4 * DAY)


async def _hold(tx: Tx, case: Case) -> None:
    await positions.move(tx, [Move(case.lead.id, S.WAITING, 2, S.HELD, resume=S.WAITING)], NOW + 4 * DAY)


async def _begin(tx: Tx, case: Case, at: timedelta) -> None:
    await positions.move(tx, [Move(case.lead.id, S.WAITING, 2, S.WRITING, to_step=3)], NOW + at)


async def _twice(tx: Tx, case: Case) -> None:
    await _act(tx, case.campaign, case.lead.id, 2, other=True, at=NOW + 3 * DAY)


async def _never_left(tx: Tx, case: Case) -> None:
    await tx.execute("UPDATE linkedin_action SET key = 'x' WHERE key LIKE '%:2'")


async def _early(tx: Tx, case: Case) -> None:
    await _begin(tx, case, 6 * DAY - timedelta(minutes=1))


async def _out_of_order(tx: Tx, case: Case) -> None:
    await tx.execute("UPDATE campaign_message SET sent_at = NULL WHERE step = 2")
    await _begin(tx, case, 9 * DAY)


async def _after_stop(tx: Tx, case: Case) -> None:
    await _stop(tx, case)
    await _act(tx, case.campaign, case.lead.id, 3, at=NOW + 6 * DAY)


async def _while_held(tx: Tx, case: Case) -> None:
    await _hold(tx, case)
    await _act(tx, case.campaign, case.lead.id, 3, at=NOW + 6 * DAY)


async def _unapproved(tx: Tx, case: Case) -> None:
    await tx.execute("UPDATE campaign_message SET approved_at = NULL WHERE step = 2")


async def _without_text(tx: Tx, case: Case) -> None:
    await positions.claim(tx, case.campaign.account_id, [(case.other.person, case.other.id)])
    await positions.move(tx, [Move(case.other.id, S.QUEUED, 0, S.READY, to_step=1)], NOW)


async def _moved_by_hand(tx: Tx, case: Case) -> None:
    await tx.execute("UPDATE campaign_position SET state = 'finished' WHERE lead_id = $1", case.lead.id)


async def _claimed_still(tx: Tx, case: Case) -> None:
    await _stop(tx, case)
    await positions.claim(tx, case.campaign.account_id, [(case.lead.person, case.lead.id)])


async def _unclaimed(tx: Tx, case: Case) -> None:
    await tx.execute("DELETE FROM campaign_claim")


async def _accepted_first(tx: Tx, case: Case) -> None:
    await tx.execute("UPDATE campaign_position SET accepted_at = $2 WHERE lead_id = $1", case.lead.id, NOW - DAY)


async def _at_night(tx: Tx, case: Case) -> None:
    await tx.execute(
        "UPDATE campaign SET definition = jsonb_set(definition, '{hours}',"
        ' \'{"zone": "Europe/Paris", "begins": "10:00:00", "ends": "18:00:00", "days": [0, 1, 2]}\')'
    )


async def _suppressed(tx: Tx, case: Case) -> None:
    await tx.execute(
        "INSERT INTO suppression (account_id, person, at) VALUES ($1, $2, clock_timestamp() - interval '1 hour')",
        case.campaign.account_id,
        case.lead.person,
    )


async def _foreign(tx: Tx, case: Case) -> None:
    stranger = await tx.value("INSERT INTO account (name, tier) VALUES ('b', 'scale') RETURNING id")
    await tx.execute("UPDATE campaign_lead SET account_id = $1 WHERE id = $2", stranger, case.other.id)


BREACHES: tuple[tuple[Breach, str], ...] = (
    (_twice, "a step of a lead is one action at most"),
    (_never_left, "what a campaign calls sent has its action"),
    (_early, "no step begins before"),
    (_out_of_order, "no step begins before"),
    (_after_stop, "for a lead whose end was committed"),
    (_while_held, "for a lead that is held"),
    (_unapproved, "was approved where the campaign asks"),
    (_without_text, "has its text"),
    (_moved_by_hand, "where its last move put it"),
    (_claimed_still, "who is claimed is under way"),
    (_unclaimed, "is claimed by it"),
    (_accepted_first, "nobody has accepted who was not invited"),
    (_at_night, "outside its working hours"),
    (_suppressed, "nothing is written for a person"),
    (_foreign, "belong to its customer"),
)


@pytest.fixture
async def case(database: Database) -> Case:
    account_id = await builders.make_account(database)
    senders = [await builders.make_sender(database, account_id) for _ in range(2)]
    ordered = builders.definition(senders, ran.STEPS, approval=Approval.ALL)
    campaign = await builders.make_campaign(database, account_id, ordered)
    lead, other = await builders.make_leads(database, campaign, 2)
    async with database.transaction() as tx:
        await _walked(tx, campaign, lead.id, lead.person)
    return Case(campaign, lead, other)


async def test_what_the_machine_does_is_sound(database: Database, case: Case) -> None:
    async with database.transaction() as tx:
        assert await _found(tx) == set()
        await _begin(tx, case, 6 * DAY)  # in time
        assert await _found(tx) == set()
        assert {finding.number for finding in await audit.run(tx) if finding.breaches} == set()


async def _broken(database: Database, case: Case, breach: Breach) -> set[str]:
    found: set[str] = set()
    with suppress(_UndoneError):
        async with database.transaction() as tx:
            await breach(tx, case)
            found = await _found(tx)
            raise _UndoneError
    return found


async def test_each_breach_is_found(database: Database, case: Case) -> None:
    caught: set[str] = set()
    for breach, wanted in BREACHES:
        named = {name for name in await _broken(database, case, breach) if wanted in name}
        assert named, breach.__name__
        caught |= named
    assert caught == {name for _, name, _ in CAMPAIGN_INVARIANTS}


async def test_what_campaigns_ask_for_counts_in_no_window(database: Database, case: Case) -> None:
    """However much of it there is: the limits are for those who call the API."""
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO request (id, account_id, digest, notification_url, customer_id, campaign_id, campaign_name,"
            " proposition_name, proposition_url, tone, note_limit, sequence, requested, charged, origin)"
            " SELECT gen_random_uuid(), $1, '', '', '', '', '', '', '', '', 300, '[]', 1000000, 1000000, 'campaign'"
            " FROM generate_series(1, 3)",
            case.campaign.account_id,
        )
        assert [one.breaches for one in await audit.run(tx) if one.number == "I11"] == [(), ()]
