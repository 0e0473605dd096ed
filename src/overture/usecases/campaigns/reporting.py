"""The measured effect of a campaign: how far its leads came, by step, variant, fact and sender, and day by day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from overture.domain.accounts import Caller
from overture.domain.campaigns.report import (
    BudgetDay,
    Counted,
    Day,
    FactEffect,
    NoteEffect,
    Report,
    SenderEffect,
    Stage,
    StepEffect,
    VariantEffect,
)
from overture.domain.campaigns.shares import difference, share
from overture.domain.campaigns.states import Decision, LeadState
from overture.domain.errors import NotFound
from overture.domain.linkedin.actions import Budget
from overture.domain.messages import MessageType
from overture.store.campaigns import effects, orders
from overture.store.campaigns.orders import Campaign
from overture.store.db import ReadTx, Row
from overture.store.linkedin import accounts
from overture.usecases.campaigns.ordering import owned
from overture.usecases.campaigns.report_page import page
from overture.usecases.linkedin.budgets import caps_of
from overture.usecases.services import Services

__all__ = ["HOLDOUT", "found", "note_effect", "page", "report"]

HOLDOUT = "holdout"
"""The ``why`` of an invitation that was left without a note so that the effect of notes can be measured."""


async def report(services: Services, campaign_id: UUID, caller: Caller | None = None, *, whole: bool = True) -> Report:
    """Count a campaign's effect in one snapshot. ``caller``: whose it must be; None for the operator.

    Without ``whole`` variants, facts, senders, holds, budgets and viewed profiles are left out: the console's page has
    none of them.

    Raises:
        NotFound, Forbidden: no such campaign, or another account's.
    """
    async with services.database.transaction() as tx:
        await tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return await _counted(tx, await found(tx, campaign_id, caller), services.clock.now(), whole=whole)


async def found(tx: ReadTx, campaign_id: UUID, caller: Caller | None) -> Campaign:
    """Return a campaign of the caller, any where there is none.

    Raises:
        NotFound, Forbidden: no such campaign, or another account's.
    """
    if caller is not None:
        return await owned(tx, caller, campaign_id)
    campaign = await orders.find(tx, campaign_id)
    if campaign is None:
        raise NotFound("no such campaign")
    return campaign


async def _counted(tx: ReadTx, campaign: Campaign, at: datetime, *, whole: bool) -> Report:
    funnel = await effects.funnel(tx, campaign.id)
    standing = await effects.standing(tx, campaign.id)
    replies = await effects.replies(tx, campaign.id)
    variants = _variants(await effects.variants(tx, campaign.id) if whole else [])
    days, budgets = await _days(tx, campaign, at, whole=whole)
    holds = await effects.holds(tx, campaign.id) if whole else []
    facts = await effects.facts(tx, campaign.id) if whole else []
    senders = await effects.senders(tx, campaign.id) if whole else []
    return Report(
        id=campaign.id,
        name=campaign.name,
        state=campaign.state,
        reason=campaign.reason,
        zone=campaign.definition.hours.zone,
        made_at=at,
        started_at=campaign.started_at,
        ended_at=campaign.ended_at,
        leads=funnel["leads"],
        ended=funnel["ended"],
        unanswered_invitations=funnel["open"],
        for_review=_sum(standing, LeadState.REVIEW),
        unhandled_replies=sum(row["unhandled"] for row in replies),
        funnel=_stages(campaign, funnel, replies),
        replies=tuple(Counted(row["class"] or "unread", row["count"]) for row in replies),
        standing=tuple(Counted(state, count) for state in LeadState if (count := _sum(standing, state))),
        stops=_reasons(standing, LeadState.STOPPED),
        holds=tuple(Counted(row["reason"] or "-", row["count"]) for row in holds),
        held_now=_sum(standing, LeadState.HELD),
        steps=await _steps(tx, campaign),
        variants=variants,
        note_effect=note_effect(variants),
        facts=tuple(FactEffect(row["kind"] or "none", share(row["replied"], row["sent"])) for row in facts),
        senders=tuple(map(_sender, senders)),
        days=days,
        budgets=budgets,
    )


def _sum(standing: Sequence[Row], state: LeadState) -> int:
    return sum(row["count"] for row in standing if row["state"] == state)


def _reasons(standing: Sequence[Row], state: LeadState) -> tuple[Counted, ...]:
    counts: dict[str, int] = {}
    for row in standing:
        if row["state"] == state:
            counts[row["reason"]] = counts.get(row["reason"], 0) + row["count"]
    return tuple(Counted(name, counts[name]) for name in sorted(counts, key=lambda name: (-counts[name], name)))


def _stages(campaign: Campaign, row: Row, replies: Sequence[Row]) -> tuple[Stage, ...]:
    """The stages that the campaign has; those without an invitation begin with the message."""
    leads, reached = row["leads"], row["reached"]
    stages = [Stage("leads", share(leads, leads), "leads")]
    if campaign.definition.connects:
        stages.append(Stage("invited", share(row["invited"], leads), "leads"))
        stages.append(Stage("accepted", share(row["accepted"], row["invited"]), "invited"))
    interested = sum(item["count"] for item in replies if item["class"] == "interested")
    return (
        *stages,
        Stage("messaged", share(row["messaged"], leads), "leads"),
        Stage("replied", share(row["replied"], max(reached, row["replied"])), "reached"),
        Stage("interested", share(interested, max(reached, interested)), "reached"),
    )


async def _steps(tx: ReadTx, campaign: Campaign) -> tuple[StepEffect, ...]:
    rows = {row["step"]: row for row in await effects.steps(tx, campaign.id)}
    failures: dict[int, list[Counted]] = {}
    for row in await effects.failures(tx, campaign.id):
        failures.setdefault(row["step"], []).append(Counted(row["reason"], row["count"]))
    return tuple(
        _step(number, step.type, step.wait, rows.get(number), tuple(failures.get(number, ())))
        for number, step in enumerate(campaign.definition.steps, 1)
    )


def _step(
    number: int, kind: MessageType, wait: timedelta, row: Row | None, failures: tuple[Counted, ...]
) -> StepEffect:
    names = ("begun", "written", "failed", "blank", "skipped", "approved", "edited", "sent")
    counts: dict[str, int] = {name: row[name] if row else 0 for name in names}
    replied = row["replied"] if row else 0
    return StepEffect(
        step=number, type=kind, wait=wait, failures=failures, replied=share(replied, counts["sent"]), **counts
    )


def _variants(rows: Sequence[Row]) -> tuple[VariantEffect, ...]:
    return tuple(
        VariantEffect(
            Decision(row["decision"]),
            row["why"],
            row["sent"],
            row["open"],
            share(row["accepted"], row["sent"]),
            share(row["replied"], row["sent"]),
        )
        for row in rows
    )


def note_effect(variants: Sequence[VariantEffect]) -> NoteEffect | None:
    """Compare invitations with a note with those held out; None where one of the two is missing."""
    notes = [variant for variant in variants if variant.decision is Decision.NOTE]
    held_out = [variant for variant in variants if variant.decision is Decision.BLANK and variant.why == HOLDOUT]
    if not notes or not held_out:
        return None
    apart = difference(notes[0].accepted, held_out[0].accepted)
    return NoteEffect(apart, len(variants) == len(notes) + len(held_out)) if apart else None


def _sender(row: Row) -> SenderEffect:
    return SenderEffect(
        row["id"],
        row["name"] or str(row["id"])[:8],
        row["state"],
        row["reason"],
        row["leads"],
        row["invited"],
        share(row["accepted"], row["invited"]),
        row["messaged"],
        share(row["replied"], row["messaged"]),
    )


async def _days(
    tx: ReadTx, campaign: Campaign, at: datetime, *, whole: bool
) -> tuple[tuple[Day, ...], tuple[BudgetDay, ...]]:
    """Return every day from the first to the last on which something happened, and what was spent on them.

    Without ``whole`` nothing of what was spent, views neither.
    """
    zone = campaign.definition.hours.zone
    counted = {row["day"]: row for row in await effects.days(tx, campaign.id, zone)}
    began = campaign.started_at or campaign.created_at
    since = datetime.combine(began.astimezone(ZoneInfo(zone)).date(), time(), ZoneInfo(zone))
    spent = await effects.spent(tx, campaign.id, zone, since, max(since, campaign.ended_at or at)) if whole else []
    views: dict[date, int] = {}
    for row in spent:
        if row["budget"] == Budget.VIEWS:
            views[row["day"]] = views.get(row["day"], 0) + row["used"]
    known = sorted({*counted, *views})
    if not known:
        return (), ()
    span = [known[0] + timedelta(days=ahead) for ahead in range((known[-1] - known[0]).days + 1)]
    days = tuple(_day(day, counted.get(day), views.get(day, 0)) for day in span)
    return days, await _budgets(tx, spent, zone)


def _day(day: date, row: Row | None, views: int) -> Day:
    if row is None:
        return Day(day, views=views)
    return Day(day, row["invites"], row["notes"], row["messages"], row["acceptances"], row["replies"], views)


async def _budgets(tx: ReadTx, spent: Sequence[Row], zone: str) -> tuple[BudgetDay, ...]:
    found = {key: await accounts.find(tx, key) for key in {row["id"] for row in spent}}
    rows: list[BudgetDay] = []
    for row in spent:
        account = found[row["id"]]
        if account is not None:
            ends = datetime.combine(row["day"] + timedelta(days=1), time(), ZoneInfo(zone))
            cap = caps_of(account, ends)[Budget(row["budget"])].day
            name = account.name or str(account.id)[:8]
            rows.append(BudgetDay(row["day"], name, Budget(row["budget"]), row["used"], cap))
    return tuple(rows)
