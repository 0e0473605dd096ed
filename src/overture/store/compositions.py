"""Who wrote each message and what it took, and what may still be spent on a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from overture.domain.authorship import Authorship, Usage
from overture.domain.messages import MessageType
from overture.store.db import Database, ReadTx, Row, Tx


@dataclass(frozen=True, slots=True)
class Entry:
    """One message's authorship."""

    lead_idx: int
    type: MessageType
    authorship: Authorship


FIRST = UUID(int=0)
"""Stands for the message itself where a version's id would stand."""


async def add(tx: Tx, request_id: UUID, revision_id: UUID | None, entries: Sequence[Entry]) -> None:
    """Store who wrote messages, or one version of one; what was stored first stays."""
    await tx.execute(
        "INSERT INTO composition (request_id, revision_id, lead_idx, type, composer, model, attempts, input_tokens,"
        " output_tokens, cached_tokens, cost, fallback) SELECT $1, $2, e.* FROM unnest($3::int[], $4::text[],"
        " $5::text[], $6::text[], $7::int[], $8::int[], $9::int[], $10::int[], $11::numeric[], $12::text[]) AS e"
        " ON CONFLICT DO NOTHING",
        request_id,
        revision_id or FIRST,
        [e.lead_idx for e in entries],
        [e.type for e in entries],
        [e.authorship.composer for e in entries],
        [e.authorship.model for e in entries],
        [e.authorship.attempts for e in entries],
        [e.authorship.usage.input_tokens for e in entries],
        [e.authorship.usage.output_tokens for e in entries],
        [e.authorship.usage.cached_tokens for e in entries],
        [e.authorship.usage.cost for e in entries],
        [e.authorship.fallback for e in entries],
    )


async def of_request(tx: ReadTx, request_id: UUID) -> Sequence[Row]:
    """Return the rows of a request, in the leads' order."""
    return await tx.fetch(
        "SELECT lead_idx, type, revision_id, composer, model, attempts, input_tokens, output_tokens, cached_tokens,"
        " cost, fallback"
        " FROM composition WHERE request_id = $1 ORDER BY lead_idx, type, at",
        request_id,
    )


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that a holder may spend in a period: '-infinity', 'day' or 'month'; None where there is no limit."""

    holder: UUID
    period: str
    tokens: int | None
    cost: Decimal | None


async def reserve(database: Database, ceiling: Ceiling, most: Usage) -> bool:
    """Set aside what one call may use at most; False where it does not fit under the ceiling any more."""
    row = await database.once(
        "INSERT INTO llm_spending AS s (holder, period, tokens, cost)"
        " SELECT $1, CASE $2 WHEN 'day' THEN (now() AT TIME ZONE 'UTC')::date"
        " WHEN 'month' THEN date_trunc('month', now() AT TIME ZONE 'UTC')::date ELSE '-infinity'::date END, $3, $4"
        " WHERE ($5::bigint IS NULL OR $3 <= $5) AND ($6::numeric IS NULL OR $4 <= $6)"
        " ON CONFLICT (holder, period) DO UPDATE SET tokens = s.tokens + $3, cost = s.cost + $4"
        " WHERE ($5::bigint IS NULL OR s.tokens + $3 <= $5) AND ($6::numeric IS NULL OR s.cost + $4 <= $6)"
        " RETURNING 1",
        ceiling.holder,
        ceiling.period,
        most.tokens,
        most.cost or Decimal(0),
        ceiling.tokens,
        ceiling.cost,
    )
    return row is not None


async def correct(tx: Tx, ceiling: Ceiling, tokens: int, cost: Decimal) -> None:
    """Replace what was set aside by what was used: the differences are added, usually below zero."""
    await tx.execute(
        "UPDATE llm_spending SET tokens = greatest(0, tokens + $3), cost = greatest(0, cost + $4) WHERE holder = $1"
        " AND period = CASE $2 WHEN 'day' THEN (now() AT TIME ZONE 'UTC')::date"
        " WHEN 'month' THEN date_trunc('month', now() AT TIME ZONE 'UTC')::date ELSE '-infinity'::date END",
        ceiling.holder,
        ceiling.period,
        tokens,
        cost,
    )
