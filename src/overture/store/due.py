"""What is due, found by one look: a sweep of an installation with nothing to do costs no more."""

from dataclasses import dataclass
from datetime import datetime

from overture.store.db import ReadTx


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
    """Return what is due ``at``; events go by the database's own clock."""
    row = await tx.row(
        "SELECT EXISTS (SELECT FROM event WHERE state = 'pending' AND next_attempt_at <= now()) AS events,"
        " EXISTS (SELECT FROM linkedin_action WHERE look_at <= $1) AS looks,"
        " EXISTS (SELECT FROM linkedin_account WHERE poll_at <= $1 AND session IS NOT NULL"
        "   AND state IN ('connected', 'restricted')) AS polls,"
        " EXISTS (SELECT FROM pace WHERE send_at <= $1) AS turns,"
        " EXISTS (SELECT FROM campaign c CROSS JOIN LATERAL (SELECT FROM campaign_position p"
        "   WHERE p.campaign_id = c.id AND p.wake_at <= $1 LIMIT 1) p WHERE c.state = 'running') AS steps",
        at,
    )
    assert row is not None
    return Due(**dict(row))
