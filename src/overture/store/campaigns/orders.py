"""Campaigns as they were ordered, and the LinkedIn accounts that send for them."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from overture.domain.campaigns.definition import Definition
from overture.domain.campaigns.states import CampaignState
from overture.store.db import ReadTx, Row, Tx

_DECODE = functools.lru_cache(256)(msgspec.json.Decoder(Definition).decode)
"""A definition is immutable and read again and again."""

_FIELDS: LiteralString = (
    "id, account_id, customer_id, name, state, reason, definition, leads, created_at, started_at, ended_at"
)

STOPPING = "stopping"
"""The reason of a stopped campaign while leads of it are still to be stopped."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign's own row. ``customer_id`` is the workspace; ``leads`` counts those that were added."""

    id: UUID
    account_id: UUID
    customer_id: str
    name: str
    state: CampaignState
    reason: str
    definition: Definition
    leads: int
    created_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None


def _campaign(row: Row) -> Campaign:
    values: dict[str, Any] = dict(row)
    values["state"] = CampaignState(values["state"])
    values["definition"] = _DECODE(values["definition"])
    return Campaign(**values)


def _encoded(definition: Definition) -> str:
    return msgspec.json.encode(definition).decode()


async def insert(tx: Tx, campaign: Campaign) -> None:
    """Add a campaign and its senders."""
    await tx.execute(
        "INSERT INTO campaign (id, account_id, customer_id, name, state, definition, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)",
        campaign.id,
        campaign.account_id,
        campaign.customer_id,
        campaign.name,
        campaign.state,
        _encoded(campaign.definition),
        campaign.created_at,
    )
    await _set_senders(tx, campaign.id, campaign.definition.senders)


async def _set_senders(tx: Tx, campaign_id: UUID, senders: Sequence[UUID]) -> None:
    await tx.execute(
        "DELETE FROM campaign_sender WHERE campaign_id = $1 AND linkedin_account_id <> ALL ($2::uuid[])",
        campaign_id,
        list(senders),
    )
    await tx.execute(
        "INSERT INTO campaign_sender (campaign_id, linkedin_account_id, place)"
        " SELECT $1, s.id, s.place FROM unnest($2::uuid[]) WITH ORDINALITY AS s (id, place)"
        " ON CONFLICT (campaign_id, linkedin_account_id) DO UPDATE SET place = excluded.place",
        campaign_id,
        list(senders),
    )


async def change(tx: Tx, campaign: Campaign) -> None:
    """Store name, workspace and definition as they are in ``campaign``, whose row the caller holds."""
    await tx.execute(
        "UPDATE campaign SET name = $2, customer_id = $3, definition = $4::jsonb WHERE id = $1",
        campaign.id,
        campaign.name,
        campaign.customer_id,
        _encoded(campaign.definition),
    )
    await _set_senders(tx, campaign.id, campaign.definition.senders)


async def find(tx: ReadTx, campaign_id: UUID) -> Campaign | None:
    """Return one campaign."""
    row = await tx.row("SELECT " + _FIELDS + " FROM campaign WHERE id = $1", campaign_id)
    return _campaign(row) if row else None


async def lock(tx: Tx, campaign_id: UUID) -> Campaign | None:
    """Return one campaign, its row locked until the commit."""
    row = await tx.row("SELECT " + _FIELDS + " FROM campaign WHERE id = $1 FOR UPDATE", campaign_id)
    return _campaign(row) if row else None


async def find_many(tx: ReadTx, campaign_ids: Sequence[UUID]) -> dict[UUID, Campaign]:
    """Return campaigns by their ids, as far as there are any."""
    if not campaign_ids:
        return {}
    rows = await tx.fetch("SELECT " + _FIELDS + " FROM campaign WHERE id = ANY ($1::uuid[])", list(campaign_ids))
    return {row["id"]: _campaign(row) for row in rows}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which campaigns to list; None: any. ``after`` is the place, creation and id, of the last one seen."""

    account_id: UUID | None = None
    customer_id: str | None = None
    state: CampaignState | None = None
    after: tuple[datetime, UUID] | None = None


async def listed(tx: ReadTx, wanted: Wanted, limit: int) -> list[Campaign]:
    """Return campaigns, oldest first."""
    created_at, after = wanted.after or (None, None)
    rows = await tx.fetch(
        "SELECT " + _FIELDS + " FROM campaign WHERE ($1::uuid IS NULL OR account_id = $1)"
        " AND ($2::text IS NULL OR customer_id = $2) AND ($3::text IS NULL OR state = $3)"
        " AND ($4::timestamptz IS NULL OR (created_at, id) > ($4, $5::uuid))"
        " ORDER BY created_at, id LIMIT $6",
        wanted.account_id,
        wanted.customer_id,
        wanted.state,
        created_at,
        after,
        limit,
    )
    return [_campaign(row) for row in rows]


async def senders(tx: ReadTx, campaign_id: UUID) -> list[UUID]:
    """Return the LinkedIn accounts of a campaign, in the order in which they were named."""
    rows = await tx.fetch(
        "SELECT linkedin_account_id FROM campaign_sender WHERE campaign_id = $1 ORDER BY place", campaign_id
    )
    return [row["linkedin_account_id"] for row in rows]


async def set_state(
    tx: Tx, campaign_id: UUID, before: CampaignState, after: CampaignState, at: datetime, reason: str = ""
) -> bool:
    """Move a campaign; False where it does not stand at ``before`` any more. An illegal move raises.

    The first start is kept as ``started_at``; ``ended_at`` is set by an end and taken back by going on.
    """
    return (
        await tx.execute(
            "UPDATE campaign SET state = $3, reason = $5,"
            " started_at = CASE WHEN $3 = 'running' THEN coalesce(started_at, $4) ELSE started_at END,"
            " ended_at = CASE WHEN $3 IN ('stopped', 'finished', 'archived') THEN coalesce(ended_at, $4)"
            "   WHEN $3 = 'running' THEN NULL ELSE ended_at END"
            " WHERE id = $1 AND state = $2",
            campaign_id,
            before,
            after,
            at,
            reason,
        )
        == 1
    )


async def explain(tx: Tx, campaign_id: UUID, reason: str) -> None:
    """Say why a campaign stands as it does, or does not get on; its state stays."""
    await tx.execute("UPDATE campaign SET reason = $2 WHERE id = $1 AND reason <> $2", campaign_id, reason)


async def tally(tx: ReadTx, campaign_id: UUID) -> dict[str, int]:
    """Return how many leads stand in each state, those without any left out."""
    rows = await tx.fetch(
        "SELECT state, count(*) AS leads FROM campaign_position WHERE campaign_id = $1 GROUP BY state", campaign_id
    )
    return {row["state"]: row["leads"] for row in rows}


async def all_ended(tx: ReadTx, campaign_id: UUID) -> bool:
    """Return whether no lead of a campaign is under way or still to come."""
    return not await tx.value(
        "SELECT EXISTS (SELECT FROM campaign_position WHERE campaign_id = $1 AND state NOT IN ('finished', 'stopped'))",
        campaign_id,
    )


async def running_ended(tx: Tx, limit: int) -> list[Campaign]:
    """Return running campaigns whose every lead seems to have ended, their rows locked until the commit.

    Two look-ups in small indexes rule out nearly all: a lead that waits has a time, one that does not has its state.
    """
    rows = await tx.fetch(
        "SELECT " + _FIELDS + " FROM campaign c WHERE c.state = 'running' AND c.leads > 0"
        " AND CASE WHEN EXISTS (SELECT FROM campaign_position p WHERE p.campaign_id = c.id AND p.wake_at IS NOT NULL)"
        "   THEN false WHEN EXISTS (SELECT FROM campaign_position p WHERE p.campaign_id = c.id"
        "   AND p.state IN ('queued', 'writing', 'review', 'ready', 'sending', 'held')) THEN false"
        "   ELSE NOT EXISTS (SELECT FROM campaign_position p WHERE p.campaign_id = c.id"
        "   AND p.state NOT IN ('finished', 'stopped')) END"
        " LIMIT $1 FOR UPDATE OF c SKIP LOCKED",
        limit,
    )
    return [_campaign(row) for row in rows]


async def stopping(tx: ReadTx, limit: int) -> list[UUID]:
    """Return stopped campaigns of which leads are still to be stopped."""
    rows = await tx.fetch(
        "SELECT id FROM campaign WHERE state = 'stopped' AND reason = $1 ORDER BY id LIMIT $2", STOPPING, limit
    )
    return [row["id"] for row in rows]


async def set_reason(tx: Tx, campaign_id: UUID, reason: str) -> None:
    """Note why a campaign stands where it stands."""
    await tx.execute("UPDATE campaign SET reason = $2 WHERE id = $1", campaign_id, reason)
