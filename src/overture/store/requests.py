"""Requests with their leads and messages, as they are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from overture.domain.messages import MessageType
from overture.domain.requests import Lead, Step
from overture.store.db import ReadTx, Row


@dataclass(frozen=True, slots=True)
class Header:
    """A request's own row; ``revised`` tells whether a message of it has a further version."""

    id: UUID
    account_id: UUID
    state: str
    notification_url: str
    customer_id: str
    campaign_id: str
    campaign_name: str
    proposition_name: str
    proposition_url: str
    material_link: str | None
    tone: str
    signoff_name: str | None
    hiring_location: str | None
    note_limit: int
    sequence: str
    requested: int
    generated: int
    failed: int
    accepted_at: datetime
    completed_at: datetime | None
    revised: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        """The sequence, as the caller sent it."""
        return tuple(Step(step, MessageType(kind)) for step, kind in msgspec.json.decode(self.sequence))

    @property
    def lead_count(self) -> int:
        """How many leads the request has: each has one message of every distinct type."""
        return self.requested // len({step.type for step in self.steps})


async def find(tx: ReadTx, request_id: UUID) -> Header | None:
    """Return one request's row."""
    row = await tx.row(
        "SELECT id, account_id, state, notification_url, customer_id, campaign_id, campaign_name, proposition_name,"
        " proposition_url, material_link, tone, signoff_name, hiring_location, note_limit, sequence, requested,"
        " generated, failed, accepted_at, completed_at,"
        " EXISTS (SELECT FROM revision v WHERE v.request_id = $1 AND v.state = 'generated') FROM request WHERE id = $1",
        request_id,
    )
    return Header(*row) if row else None


async def results(tx: ReadTx, request_id: UUID) -> Sequence[Row]:
    """Return every message with its lead's ids, in the leads' order: idx, lead_id, linkedin, type, text, reason."""
    return await tx.fetch(
        "SELECT l.idx, l.lead_id, l.linkedin, m.type, m.text, m.reason FROM lead l"
        " JOIN message m ON m.request_id = l.request_id AND m.lead_idx = l.idx"
        " WHERE l.request_id = $1 ORDER BY l.idx",
        request_id,
    )


async def leads(tx: ReadTx, request_id: UUID, first: int, after: int) -> dict[int, Lead]:
    """Return the leads from index ``first`` up to, and without, ``after``."""
    rows = await tx.fetch(
        "SELECT idx, lead_id, linkedin, company, first_name, last_name, job_title, website_url, specified_url"
        " FROM lead WHERE request_id = $1 AND idx >= $2 AND idx < $3 ORDER BY idx",
        request_id,
        first,
        after,
    )
    return {row[0]: Lead(*tuple(row)[1:]) for row in rows}


async def with_segments(tx: ReadTx, request_id: UUID) -> Sequence[Row]:
    """Return every message with its lead and its segments: what an auditor reads."""
    return await tx.fetch(
        "SELECT l.lead_id, l.first_name, l.last_name, l.company, m.type, m.state, m.text, m.reason, m.detail,"
        " m.segments"
        " FROM lead l JOIN message m ON m.request_id = l.request_id AND m.lead_idx = l.idx"
        " WHERE l.request_id = $1 ORDER BY l.idx, m.type",
        request_id,
    )
