"""Requests with their leads and messages, as they are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from overture.domain.messages import MessageType
from overture.domain.requests import Lead, Step
from overture.store.db import ReadTx, Row


@dataclass(frozen=True, slots=True)
class Header:
    """A request's own row; ``revised`` tells whether a message of it has a further version.

    ``origin`` is ``api`` or ``campaign``: a campaign's request is nobody's to be told of.
    """

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
    origin: str = "api"
    test: bool = False

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
        " generated, failed, accepted_at, completed_at, revised, origin,"
        " (SELECT a.mode = 'test' FROM account a WHERE a.id = request.account_id) AS test FROM request WHERE id = $1",
        request_id,
    )
    return Header(*row) if row else None


async def profile_of(tx: ReadTx, request_id: UUID, lead_id: str) -> str:
    """Return the profile of a lead of a request, or an empty text where there is none."""
    found = await tx.value(
        "SELECT linkedin FROM lead WHERE request_id = $1 AND lead_id = $2 ORDER BY idx LIMIT 1", request_id, lead_id
    )
    return str(found or "")


async def results(tx: ReadTx, request_id: UUID) -> Sequence[Row]:
    """Return every message with its lead's ids, in the leads' order: idx, lead_id, linkedin, type, text, reason.

    A text that was erased, or is gone by its age, is None.
    """
    return await tx.fetch(
        "SELECT l.idx, l.lead_id, l.linkedin, m.type, nullif(m.text, '') AS text, m.reason FROM lead l"
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


async def with_segments(
    tx: ReadTx, request_id: UUID, after: tuple[int, str] | None = None, limit: int | None = None
) -> Sequence[Row]:
    """Return messages with their leads and segments, in the order of lead and type: what an auditor reads.

    Text and segments are those of the newest version, ``number`` is 0 for the first. ``after`` is the lead's index and
    the type of the last message that was read before.
    """
    return await tx.fetch(
        _WITH_SEGMENTS + " WHERE l.request_id = $1 AND (l.idx, m.type) > ($2, $3) ORDER BY l.idx, m.type LIMIT $4",
        request_id,
        *(after or (-1, "")),
        limit,
    )


async def one_with_segments(tx: ReadTx, request_id: UUID, lead_idx: int, kind: MessageType) -> Row | None:
    """Return one message in the same form."""
    return await tx.row(
        _WITH_SEGMENTS + " WHERE l.request_id = $1 AND l.idx = $2 AND m.type = $3", request_id, lead_idx, kind
    )


_WITH_SEGMENTS: LiteralString = (
    "SELECT l.idx, l.lead_id, l.first_name, l.last_name, l.company, l.job_title, m.type, m.state, m.reason, m.detail,"
    " coalesce(v.number, 0) AS number, nullif(coalesce(v.text, m.text), '') AS text,"
    " coalesce(v.segments, m.segments) AS segments,"
    " coalesce(v.settled_at, m.settled_at) AS settled_at, c.composer, c.model"
    " FROM lead l JOIN message m ON m.request_id = l.request_id AND m.lead_idx = l.idx"
    " LEFT JOIN LATERAL (SELECT id, number, text, segments, settled_at FROM revision v"
    "   WHERE v.request_id = m.request_id AND v.lead_idx = m.lead_idx AND v.type = m.type"
    "   AND v.state = 'generated' ORDER BY number DESC LIMIT 1) v ON true"
    # What was re-used was written under the request that owns it; a version is its own request's.
    " LEFT JOIN message o ON o.owner = m.pair AND v.id IS NULL"
    " LEFT JOIN composition c ON c.request_id = coalesce(o.request_id, m.request_id)"
    "   AND c.lead_idx = coalesce(o.lead_idx, m.lead_idx) AND c.type = m.type"
    "   AND c.revision_id = coalesce(v.id, '00000000-0000-0000-0000-000000000000')"
)
