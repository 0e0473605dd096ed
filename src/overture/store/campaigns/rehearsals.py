"""What a rehearsal's own database says of the rehearsal, and what is due next in it."""

from datetime import datetime
from uuid import UUID

from overture.store.db import ReadTx, Tx


async def begin(tx: Tx, body: bytes) -> None:
    """Note that the database is built whole, and how; ``body`` is JSON."""
    await tx.execute("CREATE TABLE rehearsal (body jsonb NOT NULL, faulty_days integer NOT NULL DEFAULT 0)")
    await tx.execute("INSERT INTO rehearsal (body) VALUES ($1)", body.decode())


async def find(tx: ReadTx) -> str | None:
    """Return how the rehearsal was begun, as JSON; None where its database was not built to the end."""
    if not await tx.value("SELECT to_regclass('rehearsal')"):
        return None
    found = await tx.value("SELECT body::text FROM rehearsal")
    return str(found) if found else None


async def next_faulty_day(tx: Tx, day: int) -> bool:
    """Note that the faults of a day (from 0) are set; False where they were."""
    return await tx.execute("UPDATE rehearsal SET faulty_days = $1 + 1 WHERE faulty_days <= $1", day) == 1


async def next_due(tx: ReadTx, campaign_id: UUID) -> datetime | None:
    """Return when the next row is due: a lead, an account's turn, its news, or an action to look for.

    None where nothing is. What is due at once gives a time long past.
    """
    found = await tx.value(
        "SELECT greatest('2000-01-01', least("
        "(SELECT min(wake_at) FROM campaign_position WHERE campaign_id = $1 AND wake_at IS NOT NULL),"
        " (SELECT min(send_at) FROM pace WHERE send_at IS NOT NULL),"
        " (SELECT min(poll_at) FROM linkedin_account WHERE poll_at IS NOT NULL AND session IS NOT NULL"
        "   AND state IN ('connected', 'restricted')),"
        " (SELECT min(look_at) FROM linkedin_action WHERE look_at IS NOT NULL)))",
        campaign_id,
    )
    return found if isinstance(found, datetime) else None


async def standing(tx: ReadTx, campaign_id: UUID) -> tuple[str, str, dict[str, int], dict[str, int], int]:
    """Return a campaign's state and reason, its leads by state, what was sent by decision, and how many answered."""
    row = await tx.row("SELECT state, reason FROM campaign WHERE id = $1", campaign_id)
    leads = await tx.fetch(
        "SELECT state, count(*)::int, (count(replied_at))::int FROM campaign_position WHERE campaign_id = $1"
        " GROUP BY state",
        campaign_id,
    )
    sent = await tx.fetch(
        "SELECT decision, count(*)::int FROM campaign_message WHERE campaign_id = $1 AND sent_at IS NOT NULL"
        " GROUP BY decision",
        campaign_id,
    )
    assert row is not None
    return (
        row["state"],
        row["reason"],
        {line[0]: line[1] for line in leads},
        {line[0]: line[1] for line in sent},
        sum(line[2] for line in leads),
    )


async def goes_on(tx: ReadTx, campaign_id: UUID) -> bool:
    """Return whether a lead has neither ended nor is held without a time."""
    return bool(
        await tx.value(
            "SELECT EXISTS (SELECT FROM campaign_position WHERE campaign_id = $1"
            " AND state NOT IN ('finished', 'stopped') AND (state <> 'held' OR wake_at IS NOT NULL))",
            campaign_id,
        )
    )
