"""Delivering messages: conversations, what each of the two sees, and news for those who have an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from overture.simulator.behaviour import Behaviour
from overture.simulator.db import Row, Tx


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message from one member to another."""

    sender: int
    recipient: int
    text: str
    at: datetime
    media_url: str | None = None
    loud: bool = True
    """Counts as unread and makes news for the recipient."""
    mood: str | None = None


async def deliver(tx: Tx, deliveries: Sequence[Delivery]) -> list[Row]:
    """Deliver in the order given; return (id, conversation_id, sender, sent_at) of each message."""
    columns = (
        [d.sender for d in deliveries],
        [d.recipient for d in deliveries],
        [d.text for d in deliveries],
        [d.at for d in deliveries],
        [d.media_url for d in deliveries],
        [d.mood for d in deliveries],
    )
    await tx.execute(
        "INSERT INTO simulated.conversation (low, high) SELECT DISTINCT least(a, b), greatest(a, b)"
        " FROM unnest($1::bigint[], $2::bigint[]) AS p(a, b) ORDER BY 1, 2 ON CONFLICT DO NOTHING",
        *columns[:2],
    )
    sent = await tx.fetch(
        "INSERT INTO simulated.message (conversation_id, sender, text, sent_at, media_url, mood)"
        " SELECT c.id, d.sender, d.text, d.at, d.media, d.mood FROM unnest($1::bigint[], $2::bigint[], $3::text[],"
        " $4::timestamptz[], $5::text[], $6::text[])"
        " WITH ORDINALITY AS d(sender, recipient, text, at, media, mood, ord)"
        " JOIN simulated.conversation c ON c.low = least(d.sender, d.recipient)"
        " AND c.high = greatest(d.sender, d.recipient) ORDER BY d.ord"
        " RETURNING id, conversation_id, sender, sent_at",
        *columns,
    )
    loud = [d.loud for d in deliveries]
    await tx.execute(
        "INSERT INTO simulated.seat (member_id, conversation_id, other, last_at, unread)"
        " SELECT d.me, c.id, d.other, max(d.at), count(*) FILTER (WHERE d.unread) FROM ("
        " SELECT sender AS me, recipient AS other, at, false AS unread FROM"
        " unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::bool[]) AS x(sender, recipient, at, loud)"
        " UNION ALL SELECT recipient, sender, at, loud FROM"
        " unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::bool[]) AS y(sender, recipient, at, loud)) d"
        " JOIN simulated.conversation c ON c.low = least(d.me, d.other) AND c.high = greatest(d.me, d.other)"
        " GROUP BY d.me, c.id, d.other ORDER BY 1, 2 ON CONFLICT (member_id, conversation_id) DO UPDATE SET"
        " last_at = greatest(seat.last_at, excluded.last_at), unread = seat.unread + excluded.unread",
        columns[0],
        columns[1],
        columns[3],
        loud,
    )
    await tx.execute(
        "INSERT INTO simulated.news (member_id, at, kind, other, ref, text)"
        " SELECT d.recipient, greatest(d.at, a.last_at), 'message', d.sender, d.id, d.text"
        " FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[], $5::bool[], $6::bigint[])"
        " WITH ORDINALITY AS d(sender, recipient, text, at, loud, id, ord)"
        " JOIN simulated.account a ON a.member_id = d.recipient WHERE d.loud ORDER BY d.ord",
        *columns[:4],
        loud,
        [row["id"] for row in sent],
    )
    return list(sent)


async def plan(tx: Tx, behaviours: Sequence[Behaviour]) -> None:
    """Put what members will do on the calendar."""
    if not behaviours:
        return
    await tx.execute(
        "INSERT INTO simulated.behaviour (due, kind, account, member, ref, text, follow_due, follow_text, mood)"
        " SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[],"
        " $7::timestamptz[], $8::text[], $9::text[])",
        [b.due for b in behaviours],
        [b.kind for b in behaviours],
        [b.account for b in behaviours],
        [b.member for b in behaviours],
        [b.ref for b in behaviours],
        [b.text for b in behaviours],
        [b.follow_due for b in behaviours],
        [b.follow_text for b in behaviours],
        [b.mood for b in behaviours],
    )


async def connect(tx: Tx, pairs: Sequence[tuple[int, int, datetime]]) -> None:
    """Make pairs of members connections of each other, since a time."""
    await tx.execute(
        "INSERT INTO simulated.connection (a, b, since) SELECT v.x, v.y, p.at"
        " FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) AS p(a, b, at)"
        " CROSS JOIN LATERAL (VALUES (p.a, p.b), (p.b, p.a)) v(x, y) ORDER BY 1, 2 ON CONFLICT DO NOTHING",
        [a for a, _, _ in pairs],
        [b for _, b, _ in pairs],
        [at for _, _, at in pairs],
    )


async def lock_account(tx: Tx, member: int) -> None:
    """Hold the other side's account as well, where the member has one: something is about to happen to it."""
    await tx.execute("SELECT FROM simulated.account WHERE member_id = $1 FOR UPDATE", member)
