"""How fast an account may go before LinkedIn looks closer."""

from datetime import timedelta

from overture.domain.errors import LimitReached
from overture.simulator.access import Viewer, checkpoint, restrict
from overture.simulator.db import Tx


async def check_burst(tx: Tx, viewer: Viewer) -> None:
    """Many actions within minutes lead to a checkpoint.

    Raises:
        Restricted: this action is one too many; the sessions have ended.
    """
    recent = await tx.value(
        "SELECT count(*) FROM simulated.arrival WHERE member_id = $1 AND at > $2 AND acts AND effect = ANY($3::text[])",
        viewer.member,
        viewer.now - timedelta(minutes=viewer.limits.burst_minutes),
        ["sent", "downgraded_no_note"],
    )
    if recent >= viewer.limits.burst_actions:
        await checkpoint(tx, viewer, "unusual activity: too many actions within minutes")


async def check_day(tx: Tx, viewer: Viewer, count: int, limit: int, what: str) -> None:
    """More than ``limit`` within 24 hours restricts the account.

    Raises:
        Restricted: this one is one too many; ``until`` says until when.
    """
    if count >= limit:
        await restrict(tx, viewer, f"too many {what} within a day")


async def check_views(tx: Tx, viewer: Viewer) -> None:
    """Profiles seen within 24 hours are limited; others things go on.

    Raises:
        LimitReached: no more profiles until the oldest view is a day old.
    """
    row = await tx.row(
        "SELECT count(*) AS seen, min(at) AS oldest FROM (SELECT at FROM simulated.arrival WHERE member_id = $1"
        " AND at > $2 AND name = 'ReadProfile' AND effect = 'read' ORDER BY at DESC LIMIT $3) v",
        viewer.member,
        viewer.now - timedelta(days=1),
        viewer.limits.views_day,
    )
    assert row is not None
    if row["seen"] >= viewer.limits.views_day:
        raise LimitReached("too many profiles viewed within a day", row["oldest"] + timedelta(days=1))
