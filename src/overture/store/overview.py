"""What the console's first page asks of an account: set-based, and cheap with millions of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from overture.store.db import ReadTx


@dataclass(frozen=True, slots=True)
class DayOfUse:
    """One day in UTC: what was written and paid, and what was released because it could not be written."""

    day: date
    captured: int
    released: int


async def use_by_day(tx: ReadTx, account_id: UUID, days: int) -> Sequence[DayOfUse]:
    """Return the credits of the last days, oldest first; days without any are there with zeros."""
    rows = await tx.fetch(
        "WITH d AS (SELECT generate_series((now() AT TIME ZONE 'UTC')::date - $2::int + 1,"
        "   (now() AT TIME ZONE 'UTC')::date, interval '1 day')::date AS day),"
        " l AS (SELECT (at AT TIME ZONE 'UTC')::date AS day,"
        "   coalesce(sum(amount) FILTER (WHERE kind = 'capture'), 0)::bigint AS captured,"
        "   coalesce(sum(amount) FILTER (WHERE kind = 'release'), 0)::bigint AS released"
        "   FROM ledger WHERE account_id = $1 AND unit = 'messages' AND at >= now() - $2 * interval '1 day'"
        "   GROUP BY 1)"
        " SELECT d.day, coalesce(l.captured, 0) AS captured, coalesce(l.released, 0) AS released"
        " FROM d LEFT JOIN l USING (day) ORDER BY d.day",
        account_id,
        days,
    )
    return [DayOfUse(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Windows:
    """What the current minute and day in UTC have taken, of calls and of messages."""

    requests_minute: int
    requests_day: int
    messages_minute: int
    messages_day: int


async def windows(tx: ReadTx, account_id: UUID) -> Windows:
    """Return how full the windows are now."""
    rows = await tx.fetch(
        "SELECT kind, CASE WHEN minute_at = date_trunc('minute', now(), 'UTC') THEN minute_used ELSE 0 END AS minute,"
        " CASE WHEN day_at = date_trunc('day', now(), 'UTC') THEN day_used ELSE 0 END AS day"
        " FROM usage_window WHERE account_id = $1",
        account_id,
    )
    used = {row["kind"]: (row["minute"], row["day"]) for row in rows}
    return Windows(*used.get("requests", (0, 0)), *used.get("messages", (0, 0)))


@dataclass(frozen=True, slots=True)
class Troubles:
    """How much of an account's is not as it should be."""

    webhooks_failing: int
    webhooks_exhausted: int
    requests_open: int
    linkedin_stopped: int


async def troubles(tx: ReadTx, account_id: UUID) -> Troubles:
    """Count webhooks that fail or were given up in the last week, open requests, and LinkedIn accounts that rest."""
    row = await tx.row(
        "SELECT (SELECT count(*) FROM event WHERE account_id = $1 AND state = 'pending' AND attempts > 0),"
        " (SELECT count(*) FROM event WHERE account_id = $1 AND state = 'exhausted'"
        "   AND triggered_at > now() - interval '7 days'),"
        " (SELECT count(*) FROM request WHERE account_id = $1 AND state = 'in_progress'"
        "   AND accepted_at > now() - interval '1 day'),"
        " (SELECT count(*) FROM linkedin_account WHERE account_id = $1 AND state IN ('expired', 'restricted'))",
        account_id,
    )
    assert row is not None
    return Troubles(*row)
