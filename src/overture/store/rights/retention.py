"""What is old goes, a class at a time and a batch at a time. Each statement finds its rows by an index.

What an open request or a lead that is under way still needs is left. Rows stay where they are counted or paid; their
words go.
"""

from datetime import datetime, timedelta
from typing import LiteralString

from overture.store.db import Tx
from overture.store.rights.people import ACTION_GONE, LEAD_GONE, MESSAGE_GONE, REVISION_GONE, TASK_GONE

_OVER: LiteralString = "('finished', 'stopped')"
_UNUSED: LiteralString = (
    " AND NOT EXISTS (SELECT FROM revision v WHERE v.request_id = r.id AND v.state = 'pending')"
    " AND NOT EXISTS (SELECT FROM campaign_message m JOIN campaign_position p ON p.lead_id = m.lead_id"
    "   WHERE m.request_id = r.id AND p.state NOT IN " + _OVER + ")"
)


async def take_turn(tx: Tx, name: str, at: datetime, again: timedelta) -> bool:
    """Return whether a class is due, and put its next turn off."""
    row = await tx.row(
        "INSERT INTO retention AS r (class, next_at) VALUES ($1, $2::timestamptz + $3::interval)"
        " ON CONFLICT (class) DO UPDATE SET next_at = excluded.next_at WHERE r.next_at <= $2 RETURNING class",
        name,
        at,
        again,
    )
    return row is not None


async def again_soon(tx: Tx, name: str, at: datetime) -> None:
    """Make a class due at once: there is more."""
    await tx.execute("UPDATE retention SET next_at = $2 WHERE class = $1", name, at)


async def pages(tx: Tx, before: datetime, limit: int) -> int:
    """Delete what was read of pages before a time, but for what work waits for."""
    return await tx.execute(
        "DELETE FROM source WHERE key IN (SELECT s.key FROM source s WHERE s.state <> 'pending' AND s.touched_at < $1"
        " AND NOT EXISTS (SELECT FROM chunk_need n JOIN chunk c ON c.id = n.chunk_id WHERE n.source_key = s.key"
        "   AND c.state <> 'done') ORDER BY s.touched_at LIMIT $2 FOR UPDATE SKIP LOCKED)",
        before,
        limit,
    )


async def request_texts(tx: Tx, before: datetime, limit: int) -> int:
    """Empty the texts of requests that were complete before a time; return how many requests."""
    rows = await tx.fetch(
        "SELECT r.id FROM request r WHERE r.state = 'complete' AND r.texts_gone_at IS NULL AND r.completed_at < $1"
        + _UNUSED
        + " ORDER BY r.completed_at LIMIT $2 FOR UPDATE OF r SKIP LOCKED",
        before,
        limit,
    )
    ids = [row["id"] for row in rows]
    await tx.execute(
        "UPDATE message AS t SET " + MESSAGE_GONE + " WHERE t.request_id = ANY($1::uuid[])"
        " AND (t.text <> '' OR t.detail IS NOT NULL)",
        ids,
    )
    await tx.execute(
        "UPDATE revision AS t SET " + REVISION_GONE + " WHERE t.request_id = ANY($1::uuid[]) AND t.state <> 'pending'",
        ids,
    )
    return await tx.execute("UPDATE request SET texts_gone_at = now() WHERE id = ANY($1::uuid[])", ids)


async def request_leads(tx: Tx, before: datetime, limit: int) -> int:
    """Empty the leads of requests that were complete before a time; return how many requests."""
    rows = await tx.fetch(
        "SELECT r.id FROM request r WHERE r.state = 'complete' AND r.leads_gone_at IS NULL AND r.completed_at < $1"
        + _UNUSED
        + " ORDER BY r.completed_at LIMIT $2 FOR UPDATE OF r SKIP LOCKED",
        before,
        limit,
    )
    ids = [row["id"] for row in rows]
    await tx.execute("UPDATE lead AS t SET " + LEAD_GONE + " WHERE t.request_id = ANY($1::uuid[])", ids)
    return await tx.execute("UPDATE request SET leads_gone_at = now() WHERE id = ANY($1::uuid[])", ids)


async def campaign_texts(tx: Tx, before: datetime, limit: int) -> int:
    """Empty what was written before a time to leads that have ended."""
    return await tx.execute(
        "UPDATE campaign_message SET text = NULL, failure = '', detail = '' WHERE (lead_id, step) IN"
        " (SELECT m.lead_id, m.step FROM campaign_message m JOIN campaign_position p ON p.lead_id = m.lead_id"
        "   WHERE m.text IS NOT NULL AND m.written_at < $1 AND p.state IN "
        + _OVER
        + " ORDER BY m.written_at LIMIT $2)",
        before,
        limit,
    )


async def threads(tx: Tx, before: datetime, limit: int) -> int:
    """Empty what was said before a time with people who are not under way."""
    return await tx.execute(
        "UPDATE thread_message SET text = '', class_why = '' WHERE id IN (SELECT m.id FROM thread_message m"
        " LEFT JOIN campaign_position p ON p.lead_id = m.lead_id WHERE m.text <> '' AND m.at < $1"
        " AND coalesce(p.state, 'stopped') IN " + _OVER + " ORDER BY m.at LIMIT $2)",
        before,
        limit,
    )


async def actions(tx: Tx, before: datetime, limit: int) -> int:
    """Empty actions that were intended before a time, and that nobody looks for or is under way with."""
    return await tx.execute(
        "UPDATE linkedin_action AS t SET " + ACTION_GONE + " WHERE t.id IN (SELECT a.id FROM linkedin_action a"
        " WHERE a.erased_at IS NULL AND a.intended_at < $1 AND a.state <> 'intended' AND a.look_at IS NULL"
        " AND NOT EXISTS (SELECT FROM campaign_lead l JOIN campaign_position p ON p.lead_id = l.id"
        "   WHERE l.account_id = a.account_id AND l.person = a.person AND p.state NOT IN " + _OVER + ")"
        " ORDER BY a.intended_at LIMIT $2)",
        before,
        limit,
    )


async def tasks(tx: Tx, before: datetime, limit: int) -> int:
    """Empty tasks that were ended before a time."""
    return await tx.execute(
        "UPDATE linkedin_task AS t SET " + TASK_GONE + " WHERE t.id IN (SELECT k.id FROM linkedin_task k"
        " WHERE k.ended_at < $1 AND k.link <> '' ORDER BY k.ended_at LIMIT $2)",
        before,
        limit,
    )


async def replies(tx: Tx, before: datetime, limit: int) -> int:
    """Delete replies that were noted by hand before a time."""
    return await tx.execute(
        "DELETE FROM linkedin_note WHERE id IN (SELECT id FROM linkedin_note WHERE kind = 'replied' AND at < $1"
        " ORDER BY at LIMIT $2)",
        before,
        limit,
    )


async def campaign_leads(tx: Tx, before: datetime, limit: int) -> int:
    """Empty leads of campaigns that ended before a time, and with whom nothing was said since."""
    return await tx.execute(
        "UPDATE campaign_lead SET key = '', linkedin = '', first_name = '', last_name = '', company = '',"
        " job_title = NULL, company_website_url = NULL, specified_url = NULL WHERE id IN (SELECT l.id"
        " FROM campaign_position p JOIN campaign_lead l ON l.id = p.lead_id WHERE p.state IN " + _OVER + ""
        " AND p.moved_at < $1 AND l.linkedin <> '' AND NOT EXISTS (SELECT FROM thread_message m"
        "   WHERE m.account_id = l.account_id AND m.person = l.person AND m.at >= $1) ORDER BY p.moved_at LIMIT $2)",
        before,
        limit,
    )


async def webhooks(tx: Tx, before: datetime, limit: int) -> int:
    """Empty the bodies of events before a time that are not to be sent any more, and what receivers answered."""
    rows = await tx.fetch(
        "UPDATE event SET body = '' WHERE id IN (SELECT id FROM event WHERE state <> 'pending' AND body <> ''"
        " AND triggered_at < $1 ORDER BY triggered_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id",
        before,
        limit,
    )
    await tx.execute(
        "UPDATE delivery SET excerpt = '', error = '' WHERE event_id = ANY($1::uuid[])", [row["id"] for row in rows]
    )
    return len(rows)
