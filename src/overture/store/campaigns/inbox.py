"""The inbox: one entry a person who wrote, the newest first, as their last message stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from overture.domain.campaigns.replies import ClassBy, ReplyClass
from overture.store.db import ReadTx, Row

_ENTRY: LiteralString = (
    "SELECT m.id, m.account_id, m.linkedin_account_id, m.person, m.lead_id, m.campaign_id, m.text, m.at, m.class,"
    " m.class_why, m.class_by, m.handled_at, coalesce(c.name, '') AS campaign_name, coalesce(l.key, '') AS lead_key,"
    " coalesce(l.first_name || ' ' || l.last_name, '') AS name, coalesce(l.company, '') AS company,"
    " coalesce(l.linkedin, '') AS linkedin, coalesce(p.state, '') AS lead_state, coalesce(p.reason, '') AS lead_reason"
    " FROM thread_message m LEFT JOIN campaign_lead l ON l.id = m.lead_id"
    " LEFT JOIN campaign_position p ON p.lead_id = m.lead_id LEFT JOIN campaign c ON c.id = m.campaign_id"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A thread as its last received message stands; ``id`` is that message's."""

    id: UUID
    account_id: UUID
    linkedin_account_id: UUID
    person: bytes
    lead_id: UUID | None
    campaign_id: UUID | None
    text: str
    at: datetime
    kind: ReplyClass
    class_why: str
    class_by: ClassBy
    handled_at: datetime | None
    campaign_name: str
    lead_key: str
    name: str
    company: str
    linkedin: str
    lead_state: str
    lead_reason: str


def _entry(row: Row) -> Entry:
    values: dict[str, Any] = dict(row)
    kind, by = values.pop("class"), values.pop("class_by")
    return Entry(**values, kind=ReplyClass(kind or "other"), class_by=ClassBy(by or "rules"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which threads to list; None: any. ``after`` is the time and id of the last one seen."""

    kind: ReplyClass | None = None
    campaign_id: UUID | None = None
    unhandled: bool = False
    after: tuple[datetime, UUID] | None = None


async def listed(tx: ReadTx, account_id: UUID, wanted: Wanted, limit: int) -> list[Entry]:
    """Return a customer's threads, the newest first."""
    at, after = wanted.after or (None, None)
    rows = await tx.fetch(
        _ENTRY + " WHERE m.account_id = $1 AND m.inbound AND NOT EXISTS (SELECT FROM thread_message n"
        " WHERE n.account_id = m.account_id AND n.person = m.person AND n.inbound AND (n.at, n.id) > (m.at, m.id))"
        " AND ($2::text IS NULL OR m.class = $2) AND ($3::uuid IS NULL OR m.campaign_id = $3)"
        " AND (NOT $4 OR m.handled_at IS NULL)"
        " AND ($5::timestamptz IS NULL OR m.at < $5 OR m.at = $5 AND m.id > $6::uuid)"
        " ORDER BY m.at DESC, m.id LIMIT $7",
        account_id,
        wanted.kind,
        wanted.campaign_id,
        wanted.unhandled,
        at,
        after,
        limit,
    )
    return [_entry(row) for row in rows]


async def find(tx: ReadTx, message_id: UUID) -> Entry | None:
    """Return one received message as an entry."""
    row = await tx.row(_ENTRY + " WHERE m.id = $1 AND m.inbound", message_id)
    return _entry(row) if row else None


async def held_by(tx: ReadTx, account_id: UUID, lead_ids: Sequence[UUID], limit: int) -> list[UUID]:
    """Return leads that the replies of these leads hold."""
    rows = await tx.fetch(
        "SELECT p.lead_id FROM campaign_position p JOIN campaign_lead l ON l.id = p.lead_id WHERE l.account_id = $1"
        " AND l.company_hash IN (SELECT company_hash FROM campaign_lead WHERE id = ANY($2::uuid[]))"
        " AND p.state = 'held' AND p.reason = 'company_replied' AND p.held_by = ANY($2::uuid[])"
        " ORDER BY p.lead_id LIMIT $3",
        account_id,
        list(lead_ids),
        limit,
    )
    return [row["lead_id"] for row in rows]
