"""What came of a campaign, counted in the database: one statement a table of the report."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from overture.store.db import ReadTx, Row

# Every lead with what was sent to it. `connected` leads were reached without an invitation, or have accepted one.
_LEADS: LiteralString = (
    "WITH sent AS MATERIALIZED (SELECT lead_id, min(sent_at) FILTER (WHERE type = 'connection_request') AS invited_at,"
    "   min(sent_at) FILTER (WHERE type <> 'connection_request') AS messaged_at"
    "   FROM campaign_message WHERE campaign_id = $1 AND sent_at IS NOT NULL GROUP BY lead_id),"
    " l AS MATERIALIZED (SELECT p.lead_id, p.sender, p.state, p.step, p.reason, p.accepted_at, p.replied_at,"
    "   s.invited_at, s.messaged_at"
    "   FROM campaign_position p LEFT JOIN sent s USING (lead_id) WHERE p.campaign_id = $1)"
)

# Each message that was begun, with whether the lead's reply was the next thing to follow it. Texts stay where they are.
_BEGUN: LiteralString = (
    "WITH begun AS MATERIALIZED (SELECT m.*, p.accepted_at, p.state, m.sent_at IS NOT NULL"
    "   AND p.replied_at >= m.sent_at AND (m.next_at IS NULL OR p.replied_at < m.next_at) AS answered"
    "   FROM (SELECT lead_id, step, type, fact_kind, sent_at, text IS NOT NULL AS written, failure <> '' AS failed,"
    "     decision = 'skipped' AS skipped, decision = 'blank' AS left_blank, edited, approved_at,"
    "     CASE outcome WHEN 'downgraded_no_note' THEN 'blank' ELSE decision END AS decision,"
    "     CASE WHEN outcome = 'downgraded_no_note' THEN outcome WHEN decision = 'blank' THEN why ELSE '' END AS why,"
    "     min(sent_at) OVER (PARTITION BY lead_id ORDER BY step ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)"
    "     AS next_at FROM campaign_message WHERE campaign_id = $1) m"
    "   LEFT JOIN campaign_position p USING (lead_id)),"
    " sent AS (SELECT * FROM begun WHERE sent_at IS NOT NULL AND state IS NOT NULL)"
)


async def funnel(tx: ReadTx, campaign_id: UUID) -> Row:
    """Count the leads by how far they came."""
    row = await tx.row(
        _LEADS + " SELECT count(*)::int AS leads, count(invited_at)::int AS invited,"
        " count(*) FILTER (WHERE invited_at IS NOT NULL AND accepted_at IS NOT NULL)::int AS accepted,"
        " count(*) FILTER (WHERE invited_at IS NOT NULL AND accepted_at IS NULL AND state = 'invited')::int AS open,"
        " count(messaged_at)::int AS messaged,"
        " count(*) FILTER (WHERE invited_at IS NOT NULL OR messaged_at IS NOT NULL)::int AS reached,"
        " count(replied_at)::int AS replied,"
        " count(*) FILTER (WHERE replied_at IS NOT NULL AND messaged_at IS NOT NULL)::int AS replied_to_message,"
        " count(*) FILTER (WHERE state IN ('finished', 'stopped'))::int AS ended"
        " FROM l",
        campaign_id,
    )
    assert row is not None
    return row


async def standing(tx: ReadTx, campaign_id: UUID) -> list[Row]:
    """Count the leads by state, step and reason."""
    return list(
        await tx.fetch(
            "SELECT state, step, reason, count(*)::int AS count FROM campaign_position WHERE campaign_id = $1"
            " GROUP BY state, step, reason ORDER BY count(*) DESC, state, step, reason",
            campaign_id,
        )
    )


async def holds(tx: ReadTx, campaign_id: UUID) -> list[Row]:
    """Count the leads that were ever held, by reason."""
    return list(
        await tx.fetch(
            "SELECT reason, count(DISTINCT lead_id)::int AS count FROM campaign_move WHERE campaign_id = $1"
            " AND after = 'held' AND before <> 'held' GROUP BY reason ORDER BY count(DISTINCT lead_id) DESC, reason",
            campaign_id,
        )
    )


async def steps(tx: ReadTx, campaign_id: UUID) -> list[Row]:
    """Count, for each step, what was begun, written, approved, sent and answered."""
    return list(
        await tx.fetch(
            _BEGUN + " SELECT step, count(*)::int AS begun, count(*) FILTER (WHERE written)::int AS written,"
            " count(*) FILTER (WHERE failed)::int AS failed, count(*) FILTER (WHERE skipped)::int AS skipped,"
            " count(*) FILTER (WHERE left_blank)::int AS blank, count(*) FILTER (WHERE edited)::int AS edited,"
            " count(approved_at)::int AS approved, count(sent_at)::int AS sent,"
            " count(*) FILTER (WHERE answered)::int AS replied FROM begun GROUP BY step ORDER BY step",
            campaign_id,
        )
    )


async def failures(tx: ReadTx, campaign_id: UUID) -> list[Row]:
    """Count, for each step, why a message was not written."""
    return list(
        await tx.fetch(
            "SELECT step, failure AS reason, count(*)::int AS count FROM campaign_message WHERE campaign_id = $1"
            " AND failure <> '' GROUP BY step, failure ORDER BY step, count(*) DESC, failure",
            campaign_id,
        )
    )


async def variants(tx: ReadTx, campaign_id: UUID) -> list[Row]:
    """Count the invitations that left, with a note or without one and why, and what came of them."""
    return list(
        await tx.fetch(
            _BEGUN + " SELECT decision, why,"
            " count(*)::int AS sent, count(accepted_at)::int AS accepted,"
            " count(*) FILTER (WHERE accepted_at IS NULL AND state = 'invited')::int AS open,"
            " count(*) FILTER (WHERE answered)::int AS replied"
            " FROM sent WHERE type = 'connection_request' GROUP BY 1, 2 ORDER BY decision DESC, count(*) DESC, 2",
            campaign_id,
        )
    )


async def facts(tx: ReadTx, campaign_id: UUID) -> list[Row]:
    """Count what left with a text by the kind of fact that it rests on."""
    return list(
        await tx.fetch(
            _BEGUN
            + " SELECT fact_kind AS kind, count(*)::int AS sent, count(*) FILTER (WHERE answered)::int AS replied"
            " FROM sent WHERE decision IN ('note', 'message') GROUP BY fact_kind ORDER BY count(*) DESC, fact_kind",
            campaign_id,
        )
    )


async def senders(tx: ReadTx, campaign_id: UUID) -> list[Row]:
    """Count the leads of each LinkedIn account by how far they came, in the order of the campaign's accounts."""
    return list(
        await tx.fetch(
            _LEADS + " SELECT s.linkedin_account_id AS id, a.name, a.state, a.reason, count(l.lead_id)::int AS leads,"
            " count(l.invited_at)::int AS invited,"
            " count(*) FILTER (WHERE l.invited_at IS NOT NULL AND l.accepted_at IS NOT NULL)::int AS accepted,"
            " count(l.messaged_at)::int AS messaged,"
            " count(*) FILTER (WHERE l.replied_at IS NOT NULL AND l.messaged_at IS NOT NULL)::int AS replied"
            " FROM campaign_sender s JOIN linkedin_account a ON a.id = s.linkedin_account_id"
            " LEFT JOIN l ON l.sender = s.linkedin_account_id WHERE s.campaign_id = $1"
            " GROUP BY s.linkedin_account_id, s.place, a.name, a.state, a.reason ORDER BY s.place",
            campaign_id,
        )
    )


async def replies(tx: ReadTx, campaign_id: UUID) -> list[Row]:
    """Count the leads that wrote by the class of what they wrote last, and those whose words nobody has handled."""
    return list(
        await tx.fetch(
            "SELECT coalesce(t.class, '') AS class, count(*)::int AS count,"
            " count(*) FILTER (WHERE t.unhandled)::int AS unhandled"
            " FROM campaign_position p CROSS JOIN LATERAL (SELECT (array_agg(m.class ORDER BY m.at DESC, m.id))[1]"
            "   AS class, bool_or(m.handled_at IS NULL) AS unhandled, count(*) AS said FROM thread_message m"
            "   WHERE m.lead_id = p.lead_id AND m.inbound) t"
            " WHERE p.campaign_id = $1 AND p.replied_at IS NOT NULL AND t.said > 0"
            " GROUP BY 1 ORDER BY count(*) DESC, 1",
            campaign_id,
        )
    )


async def days(tx: ReadTx, campaign_id: UUID, zone: str) -> list[Row]:
    """Count, for each calendar day of ``zone`` on which something happened, what left and what came back."""
    return list(
        await tx.fetch(
            "SELECT (t.at AT TIME ZONE $2)::date AS day, count(*) FILTER (WHERE t.what = 'invite')::int AS invites,"
            " count(*) FILTER (WHERE t.what = 'invite' AND t.noted)::int AS notes,"
            " count(*) FILTER (WHERE t.what = 'message')::int AS messages,"
            " count(*) FILTER (WHERE t.what = 'accepted')::int AS acceptances,"
            " count(*) FILTER (WHERE t.what = 'replied')::int AS replies"
            " FROM (SELECT CASE type WHEN 'connection_request' THEN 'invite' ELSE 'message' END AS what, sent_at AS at,"
            "   decision = 'note' AND outcome <> 'downgraded_no_note' AS noted"
            "   FROM campaign_message WHERE campaign_id = $1 AND sent_at IS NOT NULL"
            "   UNION ALL SELECT 'accepted', accepted_at, false FROM campaign_position"
            "   WHERE campaign_id = $1 AND accepted_at IS NOT NULL"
            "   UNION ALL SELECT 'replied', replied_at, false FROM campaign_position"
            "   WHERE campaign_id = $1 AND replied_at IS NOT NULL) t GROUP BY 1 ORDER BY 1",
            campaign_id,
            zone,
        )
    )


async def spent(tx: ReadTx, campaign_id: UUID, zone: str, since: datetime, until: datetime) -> list[Row]:
    """Sum what the campaign's LinkedIn accounts spent, for whatever purpose, a calendar day of ``zone``."""
    return list(
        await tx.fetch(
            "SELECT b.linkedin_account_id AS id, (b.at AT TIME ZONE $2)::date AS day, b.budget, sum(b.amount)::int"
            " AS used FROM campaign_sender s JOIN linkedin_budget b USING (linkedin_account_id)"
            " WHERE s.campaign_id = $1 AND b.at >= $3 AND b.at <= $4"
            " GROUP BY 1, 2, 3 HAVING sum(b.amount) <> 0 ORDER BY 2, 1, 3",
            campaign_id,
            zone,
            since,
            until,
        )
    )
