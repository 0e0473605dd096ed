"""When LinkedIn accounts act next for their campaigns. A lead that is ready waits for its account, not for a clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from overture.domain.campaigns.states import Decision
from overture.store.db import ReadTx, Row, Tx


async def arm(tx: Tx, linkedin_ids: Sequence[UUID], at: datetime) -> None:
    """Let accounts take a turn at ``at``, or as soon after it as their pace allows; an earlier turn stays."""
    await tx.execute(
        "INSERT INTO pace (linkedin_account_id, send_at) SELECT DISTINCT id, $2::timestamptz FROM unnest($1::uuid[]) id"
        " ORDER BY id ON CONFLICT (linkedin_account_id)"
        " DO UPDATE SET send_at = least(pace.send_at, greatest(pace.free_at, excluded.send_at))",
        list(linkedin_ids),
        at,
    )


async def rearm(tx: Tx, linkedin_id: UUID, at: datetime) -> None:
    """Let an account that was stopped take its turn again, if it ever had one."""
    await tx.execute(
        "UPDATE pace SET send_at = least(send_at, greatest(free_at, $2)) WHERE linkedin_account_id = $1",
        linkedin_id,
        at,
    )


async def take_due(tx: Tx, at: datetime, again: timedelta, limit: int) -> list[UUID]:
    """Take accounts whose turn has come; each has its next ``again`` later, which is the lease of who takes it."""
    rows = await tx.fetch(
        "UPDATE pace SET send_at = $2 WHERE linkedin_account_id IN (SELECT linkedin_account_id FROM pace"
        " WHERE send_at <= $1 ORDER BY send_at LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING linkedin_account_id",
        at,
        at + again,
        limit,
    )
    return [row["linkedin_account_id"] for row in rows]


async def lock(tx: Tx, linkedin_id: UUID) -> datetime | None:
    """Hold an account's pace, and return when the account may act again; None: it has never acted.

    Who makes a lead ready arms the account in the same transaction: what is read after this is all there is.
    """
    row = await tx.row(
        "INSERT INTO pace (linkedin_account_id) VALUES ($1) ON CONFLICT (linkedin_account_id)"
        " DO UPDATE SET free_at = pace.free_at RETURNING nullif(free_at, '-infinity') AS free_at",
        linkedin_id,
    )
    assert row is not None
    free_at: datetime | None = row["free_at"]
    return free_at


async def put(tx: Tx, linkedin_id: UUID, send_at: datetime | None, free_at: datetime | None = None) -> None:
    """Set an account's next turn, None for no turn until it is armed; ``free_at`` is left where absent."""
    await tx.execute(
        "INSERT INTO pace (linkedin_account_id, send_at, free_at)"
        " VALUES ($1, $2, coalesce($3::timestamptz, '-infinity'))"
        " ON CONFLICT (linkedin_account_id) DO UPDATE SET send_at = excluded.send_at,"
        " free_at = coalesce($3, pace.free_at)",
        linkedin_id,
        send_at,
        free_at,
    )


@dataclass(frozen=True, slots=True)
class Ready:
    """The first ready lead of a campaign and of a kind."""

    lead_id: UUID
    campaign_id: UUID
    step: int
    decision: Decision
    rank: int
    moved_at: datetime


LOOKED_THROUGH = 25
"""Ready leads of a campaign and a step that a turn looks through for the kinds there are: thousands may be ready."""


async def ready(tx: ReadTx, linkedin_id: UUID) -> list[Ready]:
    """Return what an account has to send: for each running campaign and kind, the first by rank, then the oldest.

    Of a step the first ``LOOKED_THROUGH`` are looked through. A kind that stands behind them has its turn later.
    """
    rows = await tx.fetch(
        "WITH RECURSIVE steps AS ("
        " (SELECT campaign_id, step FROM campaign_position WHERE sender = $1 AND state = 'ready'"
        "   ORDER BY campaign_id, step LIMIT 1)"
        " UNION ALL SELECT n.campaign_id, n.step FROM steps s CROSS JOIN LATERAL (SELECT p.campaign_id, p.step"
        "   FROM campaign_position p WHERE p.sender = $1 AND p.state = 'ready'"
        "   AND (p.campaign_id, p.step) > (s.campaign_id, s.step) ORDER BY p.campaign_id, p.step LIMIT 1) n)"
        " SELECT DISTINCT ON (p.campaign_id, m.decision)"
        " p.lead_id, p.campaign_id, p.step::int, m.decision, p.rank::int, p.moved_at"
        " FROM steps s JOIN campaign c ON c.id = s.campaign_id AND c.state = 'running'"
        " CROSS JOIN LATERAL (SELECT * FROM campaign_position p WHERE p.sender = $1 AND p.state = 'ready'"
        "   AND p.campaign_id = s.campaign_id AND p.step = s.step ORDER BY p.rank, p.moved_at, p.lead_id LIMIT $2) p"
        " JOIN campaign_message m ON m.lead_id = p.lead_id AND m.step = p.step"
        " ORDER BY p.campaign_id, m.decision, p.rank, p.moved_at, p.lead_id",
        linkedin_id,
        LOOKED_THROUGH,
    )
    return [_ready(row) for row in rows]


def _ready(row: Row) -> Ready:
    values: dict[str, Any] = dict(row)
    values["decision"] = Decision(values["decision"])
    return Ready(**values)
