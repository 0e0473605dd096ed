"""What was said between a customer's LinkedIn accounts and its leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from overture.domain.campaigns.replies import ClassBy, ReplyClass
from overture.store.db import ReadTx, Row, Tx


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """One message. The id of what was received is its happening's; ``kind`` and below: only of inbound ones."""

    id: UUID
    account_id: UUID
    linkedin_account_id: UUID
    person: bytes
    lead_id: UUID | None
    campaign_id: UUID | None
    inbound: bool
    text: str
    at: datetime
    kind: ReplyClass | None = None
    class_why: str = ""
    class_by: ClassBy | None = None
    handled_at: datetime | None = None


def _message(row: Row) -> ThreadMessage:
    values: dict[str, Any] = dict(row)
    kind, by = values.pop("class"), values.pop("class_by")
    return ThreadMessage(**values, kind=ReplyClass(kind) if kind else None, class_by=ClassBy(by) if by else None)


async def add(tx: Tx, message: ThreadMessage) -> bool:
    """Add a message; False where one of this id is known."""
    return (
        await tx.execute(
            "INSERT INTO thread_message (id, account_id, linkedin_account_id, person, lead_id, campaign_id, inbound,"
            " text, at, class, class_why, class_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
            " ON CONFLICT (id) DO NOTHING",
            message.id,
            message.account_id,
            message.linkedin_account_id,
            message.person,
            message.lead_id,
            message.campaign_id,
            message.inbound,
            message.text,
            message.at,
            message.kind,
            message.class_why,
            message.class_by or "",
        )
        == 1
    )


async def find(tx: ReadTx, message_id: UUID) -> ThreadMessage | None:
    """Return one message."""
    row = await tx.row("SELECT * FROM thread_message WHERE id = $1", message_id)
    return _message(row) if row else None


async def of_person(tx: ReadTx, account_id: UUID, person: bytes) -> list[ThreadMessage]:
    """Return what was said with a person, oldest first."""
    rows = await tx.fetch(
        "SELECT * FROM thread_message WHERE account_id = $1 AND person = $2 ORDER BY at, id", account_id, person
    )
    return [_message(row) for row in rows]


async def classify(tx: Tx, message_id: UUID, kind: ReplyClass, why: str, by: ClassBy) -> bool:
    """Set the class of a received message; False where there is none, or an opt-out would be overruled."""
    return (
        await tx.execute(
            "UPDATE thread_message SET class = $2, class_why = $3, class_by = $4 WHERE id = $1 AND inbound"
            " AND (class <> 'opt_out' OR $2 = 'opt_out')",
            message_id,
            kind,
            why,
            by,
        )
        == 1
    )


async def reclassify(tx: Tx, message_id: UUID, kind: ReplyClass, why: str) -> bool:
    """Set the class that a model gives a message of which the rules could tell nothing; False where it has another.

    A message that was erased meanwhile stays without words.
    """
    return (
        await tx.execute(
            "UPDATE thread_message SET class = $2, class_why = $3, class_by = 'llm' WHERE id = $1 AND inbound"
            " AND class = 'other' AND class_by = 'rules' AND text <> ''",
            message_id,
            kind,
            why,
        )
        == 1
    )


async def handle(tx: Tx, account_id: UUID, message_ids: Sequence[UUID], at: datetime | None) -> int:
    """Note that received messages are handled, or with None that they are not; return how many changed."""
    return await tx.execute(
        "UPDATE thread_message SET handled_at = $3 WHERE account_id = $1 AND id = ANY($2::uuid[]) AND inbound"
        " AND (handled_at IS NULL) <> ($3::timestamptz IS NULL)",
        account_id,
        list(message_ids),
        at,
    )


async def company_replied(tx: ReadTx, lead_id: UUID, since: datetime) -> UUID | None:
    """Return another lead of the same company whose reply came, or was heard, from ``since`` on; None: nobody's.

    An automatic answer is no reply.
    """
    found = await tx.value(
        "SELECT l.id FROM campaign_lead own JOIN campaign_lead l ON l.account_id = own.account_id"
        " AND l.company_hash = own.company_hash AND l.person <> own.person"
        " JOIN campaign_position p ON p.lead_id = l.id WHERE own.id = $1 AND (p.replied_at >= $2"
        " OR p.replied_at IS NOT NULL AND p.state = 'stopped' AND p.reason = 'replied' AND p.moved_at >= $2)"
        " ORDER BY p.replied_at LIMIT 1",
        lead_id,
        since,
    )
    assert found is None or isinstance(found, UUID)
    return found
