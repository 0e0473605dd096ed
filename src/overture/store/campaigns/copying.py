"""A campaign's rows, taken from one database and put into another: for a rehearsal.

Rows travel as JSON, whole, so that a column that is added later is not forgotten.
"""

import json
from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from overture.store.db import ReadTx, Row, Tx

Json = dict[str, Any]
BATCH = 1_000

_CAMPAIGN: LiteralString = "SELECT to_jsonb(t)::text FROM campaign t WHERE id = $1"
_ACCOUNT: LiteralString = (
    "SELECT to_jsonb(t)::text FROM account t WHERE id = (SELECT account_id FROM campaign WHERE id = $1)"
)
_SENDERS: LiteralString = "SELECT to_jsonb(t)::text FROM campaign_sender t WHERE campaign_id = $1 ORDER BY place"
_MEMBERS: LiteralString = (
    "SELECT to_jsonb(t)::text FROM linkedin_account t JOIN campaign_sender s ON s.linkedin_account_id = t.id"
    " WHERE s.campaign_id = $1 ORDER BY s.place"
)
_LIMITS: LiteralString = (
    "SELECT to_jsonb(t)::text FROM linkedin_limit t WHERE linkedin_account_id IN"
    " (SELECT linkedin_account_id FROM campaign_sender WHERE campaign_id = $1)"
)


async def _rows(tx: ReadTx, sql: LiteralString, *values: object) -> list[Json]:
    return [json.loads(row[0]) for row in await tx.fetch(sql, *values)]


async def campaign(tx: ReadTx, campaign_id: UUID) -> Json | None:
    """Return a campaign's row."""
    found = await _rows(tx, _CAMPAIGN, campaign_id)
    return found[0] if found else None


async def account(tx: ReadTx, campaign_id: UUID) -> Json:
    """Return the row of the account that a campaign belongs to."""
    return (await _rows(tx, _ACCOUNT, campaign_id))[0]


async def senders(tx: ReadTx, campaign_id: UUID) -> list[Json]:
    """Return which LinkedIn accounts send for a campaign, in order."""
    return await _rows(tx, _SENDERS, campaign_id)


async def members(tx: ReadTx, campaign_id: UUID) -> list[Json]:
    """Return the rows of these LinkedIn accounts."""
    return await _rows(tx, _MEMBERS, campaign_id)


async def limits(tx: ReadTx, campaign_id: UUID) -> list[Json]:
    """Return what LinkedIn itself limits for them."""
    return await _rows(tx, _LIMITS, campaign_id)


async def spendings(tx: ReadTx, campaign_id: UUID, since: datetime) -> Sequence[tuple[UUID, str, int, str, datetime]]:
    """Return what they have spent since a time: account, budget, amount, reason, time."""
    rows = await tx.fetch(
        "SELECT linkedin_account_id, budget, amount, reason, at FROM linkedin_budget WHERE at > $2"
        " AND linkedin_account_id IN (SELECT linkedin_account_id FROM campaign_sender WHERE campaign_id = $1)",
        campaign_id,
        since,
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


async def leads(tx: ReadTx, campaign_id: UUID) -> AsyncGenerator[list[tuple[Json, bool]]]:
    """Return a campaign's leads in batches, in their order, each with whether it is to be left alone."""
    after = -1
    while True:
        rows = await tx.fetch(
            "SELECT to_jsonb(t)::text, EXISTS (SELECT FROM suppression s WHERE s.account_id = t.account_id"
            " AND s.person = t.person) FROM campaign_lead t WHERE campaign_id = $1 AND place > $2"
            " ORDER BY place LIMIT $3",
            campaign_id,
            after,
            BATCH,
        )
        if not rows:
            return
        found = [(json.loads(row[0]), bool(row[1])) for row in rows]
        after = found[-1][0]["place"]
        yield found


async def put_account(tx: Tx, row: Json) -> None:
    """Add an account."""
    await tx.execute("INSERT INTO account SELECT * FROM jsonb_populate_record(NULL::account, $1)", json.dumps(row))


async def put_campaign(tx: Tx, row: Json) -> None:
    """Add a campaign."""
    await tx.execute("INSERT INTO campaign SELECT * FROM jsonb_populate_record(NULL::campaign, $1)", json.dumps(row))


async def put_member(tx: Tx, row: Json) -> None:
    """Add a LinkedIn account."""
    await tx.execute(
        "INSERT INTO linkedin_account SELECT * FROM jsonb_populate_record(NULL::linkedin_account, $1)", json.dumps(row)
    )


async def put_senders(tx: Tx, rows: Sequence[Json], limits: Sequence[Json]) -> None:
    """Add who sends for a campaign, and what LinkedIn limits for them."""
    await tx.execute(
        "INSERT INTO campaign_sender SELECT * FROM jsonb_populate_recordset(NULL::campaign_sender, $1)",
        json.dumps(rows),
    )
    await tx.execute(
        "INSERT INTO linkedin_limit SELECT * FROM jsonb_populate_recordset(NULL::linkedin_limit, $1)",
        json.dumps(limits),
    )


async def put_spendings(tx: Tx, rows: Sequence[tuple[object, ...]]) -> None:
    """Add what was spent before."""
    columns = ("linkedin_account_id", "budget", "amount", "reason", "at")
    await tx.connection.copy_records_to_table("linkedin_budget", columns=columns, records=rows)


async def put_leads(tx: Tx, rows: Sequence[Json], at: datetime) -> None:
    """Add leads, none of them begun; they are due as soon as the campaign runs."""
    await tx.execute(
        "WITH l AS (INSERT INTO campaign_lead SELECT * FROM jsonb_populate_recordset(NULL::campaign_lead, $1)"
        " RETURNING id, campaign_id)"
        " INSERT INTO campaign_position (lead_id, campaign_id, wake_at, moved_at)"
        " SELECT id, campaign_id, '-infinity', $2 FROM l",
        json.dumps(rows),
        at,
    )


async def sources(tx: ReadTx, urls: Sequence[str]) -> Sequence[Row]:
    """Return what is kept of addresses, for every purpose; expired or not."""
    return await tx.fetch(
        "SELECT key, kind, url, follow, version, content, looked_at FROM source"
        " WHERE state = 'ready' AND url = ANY($1::text[])",
        list(urls),
    )


async def put_sources(tx: Tx, rows: Sequence[Row]) -> None:
    """Add what is kept of addresses, unless it is there; it never expires, so nothing is read again."""
    await tx.connection.executemany(
        "INSERT INTO source (key, kind, url, follow, version, content, looked_at, state, expires_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, 'ready', 'infinity') ON CONFLICT (key) DO NOTHING",
        [tuple(row) for row in rows],
    )
