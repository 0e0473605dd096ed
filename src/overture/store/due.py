"""What is due, found by one look: a sweep of an installation with nothing to do costs no more."""

from dataclasses import dataclass
from datetime import datetime

from overture.store.db import ReadTx
from overture.store.linkedin.news import POLLED


@dataclass(frozen=True, slots=True)
class Due:
    """Of which kinds something is due. Whoever takes it looks again, with locks, by the same conditions."""

    events: bool
    looks: bool
    polls: bool
    turns: bool
    steps: bool

    def __bool__(self) -> bool:
        return self.events or self.looks or self.polls or self.turns or self.steps


async def find(tx: ReadTx, at: datetime) -> Due:
    """Return what is due ``at``; events go by the database's own clock.

    The first of each is read, in the order of an index: of a condition alone the planner takes it that much fulfils it,
    and reads a table of a million leads that wait to its end.
    """
    row = await tx.row(
        "SELECT coalesce((SELECT next_attempt_at FROM event WHERE state = 'pending' AND next_attempt_at IS NOT NULL"
        "   ORDER BY next_attempt_at LIMIT 1) <= now(), false) AS events,"
        " coalesce((SELECT look_at FROM linkedin_action WHERE look_at IS NOT NULL ORDER BY look_at LIMIT 1) <= $1,"
        "   false) AS looks,"
        " EXISTS (SELECT FROM linkedin_account WHERE " + POLLED + ") AS polls,"
        " coalesce((SELECT min(send_at) FROM pace) <= $1, false) AS turns,"
        " coalesce((SELECT bool_or(p.wake_at <= $1) FROM campaign c CROSS JOIN LATERAL (SELECT wake_at"
        "   FROM campaign_position WHERE campaign_id = c.id AND wake_at IS NOT NULL ORDER BY wake_at LIMIT 1) p"
        "   WHERE c.state = 'running'), false) AS steps",
        at,
    )
    assert row is not None
    return Due(**dict(row))
