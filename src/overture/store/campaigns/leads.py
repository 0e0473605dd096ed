"""The people of a campaign, as they were imported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from overture.store.db import ReadTx, Row, Tx

_FIELDS: LiteralString = (
    "id, campaign_id, account_id, place, key, person, company_hash, linkedin, first_name, last_name, company,"
    " job_title, company_website_url, specified_url"
)


_STANDING: LiteralString = (
    "l.*, p.state AS at_state, p.step AS at_step, p.reason AS at_reason, p.sender AS at_sender,"
    " nullif(p.wake_at, '-infinity') AS at_wake, p.moved_at AS at_moved, p.accepted_at AS at_accepted,"
    " p.replied_at AS at_replied FROM campaign_lead l JOIN campaign_position p ON p.lead_id = l.id"
)


@dataclass(frozen=True, slots=True)
class CampaignLead:
    """A person. ``place`` is its number in the campaign from 0, ``key`` the caller's id of it.

    ``person`` is ``domain.linkedin.people.person_hash`` of account and profile, ``company_hash`` that of
    ``domain.campaigns.companies``.
    """

    id: UUID
    campaign_id: UUID
    account_id: UUID
    place: int
    key: str
    person: bytes
    company_hash: bytes
    linkedin: str
    first_name: str
    last_name: str
    company: str
    job_title: str | None = None
    company_website_url: str | None = None
    specified_url: str | None = None


def _lead(row: Row) -> CampaignLead:
    return CampaignLead(**dict(row))


async def add(tx: Tx, leads: Sequence[CampaignLead], at: datetime) -> set[UUID]:
    """Add leads of one campaign, queued and due at once; return those that are new to it.

    A person who is in the campaign already is left as it stands.
    """
    if not leads:
        return set()
    rows = await tx.fetch(
        "WITH given AS (SELECT * FROM unnest($3::uuid[], $4::int[], $5::text[], $6::bytea[], $7::bytea[], $8::text[],"
        "   $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])"
        "   AS g (id, place, key, person, company_hash, linkedin, first_name, last_name, company, job_title,"
        "   company_website_url, specified_url)),"
        " new AS (INSERT INTO campaign_lead (id, campaign_id, account_id, place, key, person, company_hash, linkedin,"
        "   first_name, last_name, company, job_title, company_website_url, specified_url)"
        "   SELECT id, $1, $2, place, key, person, company_hash, linkedin, first_name, last_name, company, job_title,"
        "   company_website_url, specified_url FROM given ORDER BY place"
        "   ON CONFLICT (campaign_id, person) DO NOTHING RETURNING id),"
        " put AS (INSERT INTO campaign_position (lead_id, campaign_id, wake_at, moved_at)"
        "   SELECT id, $1, '-infinity', $15 FROM new),"
        " counted AS (UPDATE campaign SET leads = leads + (SELECT count(*) FROM new) WHERE id = $1)"
        " SELECT id FROM new",
        leads[0].campaign_id,
        leads[0].account_id,
        [lead.id for lead in leads],
        [lead.place for lead in leads],
        [lead.key for lead in leads],
        [lead.person for lead in leads],
        [lead.company_hash for lead in leads],
        [lead.linkedin for lead in leads],
        [lead.first_name for lead in leads],
        [lead.last_name for lead in leads],
        [lead.company for lead in leads],
        [lead.job_title for lead in leads],
        [lead.company_website_url for lead in leads],
        [lead.specified_url for lead in leads],
        at,
    )
    return {row["id"] for row in rows}


async def next_place(tx: ReadTx, campaign_id: UUID) -> int:
    """Return the number that the next lead of a campaign gets. The caller holds the campaign's row."""
    found = await tx.value("SELECT coalesce(max(place) + 1, 0) FROM campaign_lead WHERE campaign_id = $1", campaign_id)
    assert isinstance(found, int)
    return found


async def find(tx: ReadTx, lead_ids: Sequence[UUID]) -> dict[UUID, CampaignLead]:
    """Return leads by their ids, as far as there are any."""
    if not lead_ids:
        return {}
    rows = await tx.fetch("SELECT " + _FIELDS + " FROM campaign_lead WHERE id = ANY ($1::uuid[])", list(lead_ids))
    return {row["id"]: _lead(row) for row in rows}


async def known(tx: ReadTx, campaign_id: UUID, people: Sequence[bytes]) -> set[bytes]:
    """Return which of these people are in the campaign."""
    rows = await tx.fetch(
        "SELECT person FROM campaign_lead WHERE campaign_id = $1 AND person = ANY ($2::bytea[])",
        campaign_id,
        list(people),
    )
    return {row["person"] for row in rows}


async def suppressed(tx: ReadTx, account_id: UUID, people: Sequence[bytes]) -> set[bytes]:
    """Return which of these people the customer leaves alone."""
    rows = await tx.fetch(
        "SELECT person FROM suppression WHERE account_id = $1 AND person = ANY ($2::bytea[])",
        account_id,
        list(people),
    )
    return {row["person"] for row in rows}


@dataclass(frozen=True, slots=True)
class Standing:
    """A lead and where it stands."""

    lead: CampaignLead
    state: str
    step: int
    reason: str
    sender: UUID | None
    wake_at: datetime | None
    moved_at: datetime
    accepted_at: datetime | None
    replied_at: datetime | None


def _standing(row: Row) -> Standing:
    values = dict(row)
    own = {name: values.pop(name) for name in tuple(values) if not name.startswith("at_")}
    return Standing(CampaignLead(**own), *values.values())


async def listed(tx: ReadTx, campaign_id: UUID, state: str | None, after: int, limit: int) -> list[Standing]:
    """Return a campaign's leads and where they stand, in their order, from behind the place ``after``."""
    rows = await tx.fetch(
        "SELECT "
        + _STANDING
        + " WHERE l.campaign_id = $1 AND l.place > $3 AND ($2::text IS NULL OR p.state = $2) ORDER BY l.place LIMIT $4",
        campaign_id,
        state,
        after,
        limit,
    )
    return [_standing(row) for row in rows]


async def standing(tx: ReadTx, lead_id: UUID) -> Standing | None:
    """Return one lead and where it stands."""
    row = await tx.row("SELECT " + _STANDING + " WHERE l.id = $1", lead_id)
    return _standing(row) if row else None


async def since(tx: ReadTx, lead_id: UUID, state: str) -> datetime | None:
    """Return when a lead last came into a state from another than held; None where it never did."""
    found = await tx.value(
        "SELECT at FROM campaign_move WHERE lead_id = $1 AND after = $2 AND before <> 'held' ORDER BY id DESC LIMIT 1",
        lead_id,
        state,
    )
    assert found is None or isinstance(found, datetime)
    return found


async def unfinished(tx: Tx, campaign_id: UUID, limit: int) -> list[tuple[UUID, str, int]]:
    """Return leads that have not ended and are not being sent, with state and step; their rows are held.

    Rows that somebody else holds are left out.
    """
    rows = await tx.fetch(
        "SELECT lead_id, state, step FROM campaign_position WHERE campaign_id = $1"
        " AND state NOT IN ('finished', 'stopped', 'sending') LIMIT $2 FOR UPDATE SKIP LOCKED",
        campaign_id,
        limit,
    )
    return [(row["lead_id"], row["state"], row["step"]) for row in rows]
