"""Where leads stand: moved by comparing first, so that a late mover changes nothing, and woken by the sweep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from overture.domain.campaigns.states import LeadState
from overture.store.db import ReadTx, Row, Tx

AT_ONCE = datetime.min.replace(tzinfo=UTC)
"""Due under any clock: ``-infinity`` in the database."""


@dataclass(frozen=True, slots=True)
class Position:
    """A lead's row."""

    lead_id: UUID
    campaign_id: UUID
    sender: UUID | None
    state: LeadState
    step: int
    wake_at: datetime | None
    rank: int
    reason: str
    resume: LeadState | None
    resume_at: datetime | None
    held_by: UUID | None
    moved_at: datetime
    accepted_at: datetime | None
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class Move:
    """From where to where. A lead that does not stand at ``before`` and ``step`` any more is not moved.

    ``to_step`` is ``step`` where absent. ``resume`` is set where ``after`` is held, and only there.
    """

    lead_id: UUID
    before: LeadState
    step: int
    after: LeadState
    to_step: int | None = None
    wake_at: datetime | None = None
    reason: str = ""
    rank: int = 0
    resume: LeadState | None = None


def _position(row: Row) -> Position:
    values: dict[str, Any] = dict(row)
    values["state"] = LeadState(values["state"])
    values["resume"] = LeadState(values["resume"]) if values["resume"] else None
    for name in ("wake_at", "resume_at"):
        if values[name] == datetime.min:  # noqa: DTZ901  # what the driver makes of -infinity; it has no zone
            values[name] = AT_ONCE
    return Position(**values)


async def move(tx: Tx, moves: Sequence[Move], at: datetime) -> set[UUID]:
    """Move leads, each from where it is believed to stand; return those that stood there. Illegal moves raise.

    The moves are kept in ``campaign_move``. Who is held keeps when it was to be woken, as ``resume_at``. Whoever ends
    is no longer under way: its claim is dropped.
    """
    if not moves:
        return set()
    rows = await tx.fetch(
        "WITH m AS (SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::int[], $6::timestamptz[],"
        "   $7::text[], $8::int[], $9::text[])"
        "   AS m (lead_id, before, step, after, to_step, wake_at, reason, rank, resume)),"
        " u AS (UPDATE campaign_position p SET state = m.after, step = m.to_step, wake_at = m.wake_at, rank = m.rank,"
        "   reason = m.reason, resume = m.resume, held_by = NULL,"
        "   resume_at = CASE WHEN m.after = 'held' THEN"
        "   CASE p.state WHEN 'held' THEN p.resume_at ELSE nullif(p.wake_at, '-infinity') END END,"
        "   moved_at = $10 FROM m"
        "   WHERE p.lead_id = m.lead_id AND p.state = m.before AND p.step = m.step"
        "   RETURNING p.lead_id, p.campaign_id, m.before, m.after, m.to_step, m.reason),"
        " h AS (INSERT INTO campaign_move (lead_id, campaign_id, before, after, step, reason, at)"
        "   SELECT lead_id, campaign_id, before, after, to_step, reason, $10 FROM u),"
        " d AS (DELETE FROM campaign_claim c USING u WHERE c.lead_id = u.lead_id"
        "   AND u.after IN ('finished', 'stopped'))"
        " SELECT lead_id FROM u",
        [item.lead_id for item in moves],
        [item.before for item in moves],
        [item.step for item in moves],
        [item.after for item in moves],
        [item.step if item.to_step is None else item.to_step for item in moves],
        [item.wake_at for item in moves],
        [item.reason for item in moves],
        [item.rank for item in moves],
        [item.resume for item in moves],
        at,
    )
    return {row["lead_id"] for row in rows}


async def claim(tx: Tx, account_id: UUID, people: Sequence[tuple[bytes, UUID]]) -> set[UUID]:
    """Claim people for leads of an account; return the leads that got theirs, or have it already."""
    rows = await tx.fetch(
        "INSERT INTO campaign_claim (account_id, person, lead_id)"
        " SELECT $1, c.person, c.lead_id FROM unnest($2::bytea[], $3::uuid[]) AS c (person, lead_id)"
        " ORDER BY c.person ON CONFLICT (account_id, person) DO UPDATE SET person = excluded.person"
        " WHERE campaign_claim.lead_id = excluded.lead_id RETURNING lead_id",
        account_id,
        [person for person, _ in people],
        [lead_id for _, lead_id in people],
    )
    return {row["lead_id"] for row in rows}


async def take_due(tx: Tx, at: datetime, again: timedelta, limit: int) -> list[Position]:
    """Take leads of running campaigns whose time has come, longest overdue first in each campaign.

    Each is due again after ``again``: that is the lease of whoever works on it. One whose worker died comes back.
    """
    rows = await tx.fetch(
        "WITH due AS (SELECT d.lead_id FROM campaign c CROSS JOIN LATERAL (SELECT p.lead_id FROM campaign_position p"
        "   WHERE p.campaign_id = c.id AND p.wake_at <= $1 ORDER BY p.wake_at LIMIT $3 FOR UPDATE SKIP LOCKED) d"
        "   WHERE c.state = 'running' LIMIT $3)"
        " UPDATE campaign_position p SET wake_at = $2 FROM due WHERE p.lead_id = due.lead_id"
        " RETURNING p.*",
        at,
        at + again,
        limit,
    )
    return [_position(row) for row in rows]


async def hold_due(tx: Tx, lead_ids: Sequence[UUID], at: datetime, lease: datetime | None) -> list[Position]:
    """Hold the rows of leads that are due, or are leased until exactly ``lease``, until the commit; return them.

    One that was taken on meanwhile, or leased anew by somebody else, is left out: a job that runs twice, or late, does
    nothing.
    """
    rows = await tx.fetch(
        "SELECT * FROM campaign_position WHERE lead_id = ANY($1::uuid[])"
        " AND (wake_at <= $2 OR wake_at = $3::timestamptz) ORDER BY lead_id FOR UPDATE",
        list(lead_ids),
        at,
        lease,
    )
    return [_position(row) for row in rows]


async def look_again(tx: Tx, lead_ids: Sequence[UUID], at: Sequence[datetime]) -> None:
    """Set when leads are due next, each at its own time; they stay where they are. The caller holds their rows."""
    await tx.execute(
        "UPDATE campaign_position p SET wake_at = n.at FROM unnest($1::uuid[], $2::timestamptz[]) AS n (lead_id, at)"
        " WHERE p.lead_id = n.lead_id",
        list(lead_ids),
        list(at),
    )


async def assign(tx: Tx, senders: Mapping[UUID, UUID]) -> None:
    """Give leads the LinkedIn account that acts for them, for good: one that has an account keeps it."""
    await tx.execute(
        "UPDATE campaign_position p SET sender = n.sender FROM unnest($1::uuid[], $2::uuid[]) AS n (lead_id, sender)"
        " WHERE p.lead_id = n.lead_id AND p.sender IS NULL",
        list(senders),
        list(senders.values()),
    )


async def unclaim(tx: Tx, lead_ids: Sequence[UUID]) -> None:
    """Give up the claims of leads that were not begun after all."""
    await tx.execute("DELETE FROM campaign_claim WHERE lead_id = ANY($1::uuid[])", list(lead_ids))


async def hold_account(tx: Tx, account_id: UUID) -> None:
    """Be alone in beginning leads of a customer until the commit: what one begins takes room and notes from others."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 7305))", str(account_id))


@dataclass(frozen=True, slots=True)
class Begun:
    """Of a LinkedIn account: how many first steps are on their way to being sent, and how many of them with a note."""

    leads: int = 0
    notes: int = 0


async def begun(tx: ReadTx, senders: Sequence[UUID]) -> dict[UUID, Begun]:
    """Return what waits to be sent as the first step, by LinkedIn account, over all of its campaigns."""
    rows = await tx.fetch(
        "SELECT p.sender, count(*)::int AS leads, (count(*) FILTER (WHERE m.decision = 'note'))::int AS notes"
        " FROM campaign_position p JOIN campaign_message m ON m.lead_id = p.lead_id AND m.step = p.step"
        " WHERE p.campaign_id IN (SELECT campaign_id FROM campaign_sender WHERE linkedin_account_id = ANY($1::uuid[]))"
        " AND p.state IN ('writing', 'review', 'ready') AND p.step = 1 AND p.sender = ANY($1::uuid[])"
        " GROUP BY p.sender",
        list(senders),
    )
    return {row["sender"]: Begun(row["leads"], row["notes"]) for row in rows}


async def find(tx: ReadTx, lead_ids: Sequence[UUID]) -> list[Position]:
    """Return the positions of leads."""
    rows = await tx.fetch("SELECT * FROM campaign_position WHERE lead_id = ANY($1::uuid[])", list(lead_ids))
    return [_position(row) for row in rows]


async def lock(tx: Tx, lead_id: UUID) -> Position | None:
    """Hold one lead's row until the transaction ends, and return it."""
    row = await tx.row("SELECT * FROM campaign_position WHERE lead_id = $1 FOR UPDATE", lead_id)
    return _position(row) if row else None
