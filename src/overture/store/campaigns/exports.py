"""What is exported of a campaign, page by page. Whoever is to be left alone is left out; whoever was erased is gone."""

from typing import LiteralString
from uuid import UUID

from overture.store.db import ReadTx, Row

_KNOWN: LiteralString = (
    " FROM campaign_lead l JOIN campaign_position p ON p.lead_id = l.id WHERE l.campaign_id = $1 AND l.place > $2"
    " AND NOT EXISTS (SELECT FROM suppression s WHERE s.account_id = l.account_id AND s.person = l.person)"
    " ORDER BY l.place LIMIT $3"
)


async def leads(tx: ReadTx, campaign_id: UUID, after: int, limit: int) -> list[Row]:
    """Return leads behind a place, in order, with where they stand."""
    return list(
        await tx.fetch(
            "SELECT k.place, k.key, k.first_name, k.last_name, k.company, k.job_title, k.linkedin, k.state, k.step,"
            " k.reason, a.name AS sender, m.invited_at, k.accepted_at, m.messaged_at, k.replied_at, t.class AS reply"
            " FROM (SELECT l.*, p.state, p.step, p.reason, p.sender, p.accepted_at, p.replied_at"
            + _KNOWN
            + ") k LEFT JOIN linkedin_account a ON a.id = k.sender"
            " LEFT JOIN LATERAL (SELECT min(sent_at) FILTER (WHERE type = 'connection_request') AS invited_at,"
            "   min(sent_at) FILTER (WHERE type <> 'connection_request') AS messaged_at"
            "   FROM campaign_message WHERE lead_id = k.id) m ON true"
            " LEFT JOIN LATERAL (SELECT class FROM thread_message WHERE lead_id = k.id AND inbound"
            "   ORDER BY at DESC, id LIMIT 1) t ON true ORDER BY k.place",
            campaign_id,
            after,
            limit,
        )
    )


async def messages(tx: ReadTx, campaign_id: UUID, after: int, limit: int) -> list[Row]:
    """Return the messages of the leads behind a place, in the order of leads and steps."""
    return list(
        await tx.fetch(
            "SELECT k.place, k.key, k.first_name, k.last_name, m.step, m.type, m.decision, m.why, m.text, m.fact_kind,"
            " array_to_string(m.flags, ' ') AS flags, m.edited, m.failure, m.written_at, m.approved_at, m.approved_by,"
            " m.outcome, m.sent_at FROM (SELECT l.*"
            + _KNOWN
            + ") k LEFT JOIN campaign_message m ON m.lead_id = k.id ORDER BY k.place, m.step",
            campaign_id,
            after,
            limit,
        )
    )


async def replies(tx: ReadTx, campaign_id: UUID, after: int, limit: int) -> list[Row]:
    """Return what the leads behind a place wrote, in the order of leads and time."""
    return list(
        await tx.fetch(
            "SELECT k.place, k.key, k.first_name, k.last_name, k.company, k.linkedin, t.at, t.class, t.class_why,"
            " t.text, t.handled_at FROM (SELECT l.*"
            + _KNOWN
            + ") k LEFT JOIN thread_message t ON t.lead_id = k.id AND t.inbound ORDER BY k.place, t.at, t.id",
            campaign_id,
            after,
            limit,
        )
    )
