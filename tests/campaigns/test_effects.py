"""The report counts what the rows say, each lead once, and its intervals are those of the literature."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from overture.domain.campaigns.report import Counted
from overture.domain.campaigns.shares import difference, share
from overture.domain.campaigns.states import Decision
from overture.domain.errors import NotFound
from overture.domain.linkedin.actions import Budget
from overture.store.db import Database
from overture.usecases.campaigns import reporting
from overture.usecases.services import Services
from tests.campaigns import builders, ran
from tests.campaigns.builders import NOW
from tests.gateway.conftest import MovableClock
from tests.usecases.conftest import services as _services

pytestmark = pytest.mark.anyio
here = _services


def test_intervals_are_those_of_the_literature() -> None:
    """Newcombe 1998, table II: 81 of 263, 15 of 148, 0 of 20, 1 of 29. Newcombe's second paper: 56/70 - 48/80."""
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (count, of), (low, high) in published.items():
        made = share(count, of)
        assert made.low == pytest.approx(low, abs=1e-4)
        assert made.high == pytest.approx(high, abs=1e-4)
    apart = difference(share(56, 70), share(48, 80))
    assert apart is not None
    assert (apart.low, apart.high) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))
    assert apart.told_apart
    assert share(0, 0).rate is None
    assert difference(share(1, 2), share(0, 0)) is None


@pytest.fixture
def services(here: Services) -> Services:
    clock = MovableClock()
    clock.at = NOW + timedelta(days=30)
    return replace(here, clock=clock)


async def test_the_report_counts_what_the_rows_say(database: Database, services: Services) -> None:
    account_id = await builders.make_account(database)
    campaign = await ran.run(database, account_id, 200)
    await ran.run(database, account_id, 30, name="another, of the same customer")
    found = await reporting.report(services, campaign.id)

    stages = {stage.name: (stage.share.count, stage.share.of) for stage in found.funnel}
    assert stages == {
        "leads": (200, 200),
        "invited": (200, 200),
        "accepted": (120, 200),
        "messaged": (120, 200),
        "replied": (40, 200),
        "interested": (20, 200),
    }
    assert (found.leads, found.ended, found.unanswered_invitations) == (200, 100, 60)
    assert (found.for_review, found.held_now, found.unhandled_replies) == (20, 20, 20)
    assert found.stops == (Counted("replied", 40), Counted("not_accepted", 20))
    assert found.holds == (Counted("company_replied", 20),)
    assert found.replies == (Counted("interested", 20), Counted("not_interested", 20))
    assert [(s.begun, s.sent, s.blank, s.replied.count) for s in found.steps] == [
        (200, 200, 40, 0),
        (120, 120, 0, 20),
        (80, 60, 0, 20),
    ]
    assert {(v.decision, v.why): (v.sent, v.accepted.count, v.open) for v in found.variants} == {
        (Decision.NOTE, ""): (160, 96, 48),
        (Decision.BLANK, "holdout"): (20, 12, 6),
        (Decision.BLANK, "note_budget"): (20, 12, 6),
    }
    assert found.note_effect is not None
    assert not found.note_effect.even
    assert found.note_effect.accepted.difference == pytest.approx(0)
    assert sum(fact.replied.of for fact in found.facts) == 160 + 120 + 60
    assert sum(fact.replied.count for fact in found.facts) == 40
    assert [(s.name, s.invited, s.accepted.count, s.replied.count) for s in found.senders] == [
        ("Sender A", 100, 60, 20),
        ("Sender B", 100, 60, 20),
    ]


async def test_days_add_up_and_stand_beside_the_caps_of_their_day(database: Database, services: Services) -> None:
    account_id = await builders.make_account(database)
    campaign = await ran.run(database, account_id, 100)
    found = await reporting.report(services, campaign.id)
    assert sum(day.invites for day in found.days) == 100
    assert sum(day.notes for day in found.days) == 80
    assert sum(day.messages for day in found.days) == 60 + 30
    assert sum(day.acceptances for day in found.days) == 60
    assert sum(day.replies for day in found.days) == 20
    assert sum(day.views for day in found.days) == 90
    assert [later.day - day.day for day, later in zip(found.days, found.days[1:], strict=False)] == [
        timedelta(days=1)
    ] * (len(found.days) - 1)
    invites = [day for day in found.budgets if day.budget is Budget.INVITES]
    assert sum(day.used for day in invites) == 100
    assert {day.cap for day in invites} == {20}

    async with database.transaction() as tx:  # a ramp-up that ends on the first day but six of the campaign
        await tx.execute("UPDATE linkedin_account SET ramp = true, connected_at = $1", NOW - timedelta(days=15))
    ramped = await reporting.report(services, campaign.id)
    assert {day.cap for day in ramped.budgets if day.budget is Budget.INVITES} == {15, 20}


async def test_a_campaign_without_anything_has_a_report(database: Database, services: Services) -> None:
    account_id = await builders.make_account(database)
    sender = await builders.make_sender(database, account_id)
    campaign = await builders.make_campaign(database, account_id, builders.definition([sender]))
    found = await reporting.report(services, campaign.id)
    assert (found.leads, found.days, found.variants, found.note_effect) == (0, (), (), None)
    assert [stage.share.rate for stage in found.funnel] == [None] * 6
    with pytest.raises(NotFound):
        await reporting.report(services, uuid4())
