"""The inbox, and one conversation."""

from collections.abc import Sequence

from overture.domain.errors import NotFoundOnRail
from overture.domain.linkedin.objects import Conversation, Member, Message, Slice, Thread
from overture.domain.linkedin.queries import Inbox, ReadConversation
from overture.simulator import members, urns
from overture.simulator.access import Viewer
from overture.simulator.db import Row, Tx
from overture.simulator.reads.windows import part


def _message(row: Row, viewer: Viewer, shown: dict[int, Member]) -> Message:
    return Message(
        urn=urns.message(row["id"], viewer.member),
        text=row["text"],
        sent_at=row["sent_at"],
        sender=shown[row["sender"]],
        media_url=row["media_url"],
    )


async def inbox(tx: Tx, viewer: Viewer, query: Inbox) -> Slice[Conversation]:
    """Conversations, newest message first. Nothing is ever starred, and there is no InMail."""
    here = part(query.window)
    rows = await tx.fetch(
        "SELECT s.conversation_id, s.other, s.unread, count(*) OVER () AS available FROM simulated.seat s"
        " WHERE s.member_id = $1 AND $2 <> ALL ('{INMAIL,STARRED}') AND ($2 <> 'UNREAD' OR s.unread > 0)"
        " AND ($2 <> 'MY_CONNECTIONS' OR EXISTS (SELECT FROM simulated.connection c WHERE c.a = $1 AND c.b = s.other))"
        " ORDER BY s.last_at DESC, s.conversation_id DESC OFFSET $3 LIMIT $4",
        viewer.member,
        query.category.upper(),
        here.offset,
        here.count,
    )
    lasts = await tx.fetch(
        "SELECT DISTINCT ON (conversation_id) * FROM simulated.message WHERE conversation_id = ANY($1::bigint[])"
        " ORDER BY conversation_id, sent_at DESC, id DESC",
        [row["conversation_id"] for row in rows],
    )
    shown = await members.present(tx, viewer, [viewer.member, *(row["other"] for row in rows)])
    last = {row["conversation_id"]: _message(row, viewer, shown) for row in lasts}
    items = [
        Conversation(
            id=urns.conversation(row["conversation_id"], viewer.member),
            member=shown[row["other"]],
            last=last.get(row["conversation_id"]),
            unread=row["unread"],
        )
        for row in rows
    ]
    return here.slice(items, rows[0]["available"] if rows else 0)


async def conversation(tx: Tx, viewer: Viewer, query: ReadConversation) -> Thread:
    """One conversation, newest message first. Reading it marks what the other side wrote as seen.

    Raises:
        NotFoundOnRail: the account has no such conversation.
    """
    here = part(query.window)
    other = 0 if query.conversation_id else await members.resolve(tx, query.profile)
    seat = await tx.row(
        "SELECT s.*, (SELECT count(*) FROM simulated.message m WHERE m.conversation_id = s.conversation_id) AS total,"
        " (SELECT count(*) FROM simulated.message m WHERE m.conversation_id = s.conversation_id"
        " AND m.sender = s.other) AS theirs FROM simulated.seat s WHERE s.member_id = $1"
        " AND (s.conversation_id = $2 OR s.other = $3)",
        viewer.member,
        urns.parse_conversation(query.conversation_id),
        other,
    )
    if seat is None:
        raise NotFoundOnRail("the account has no such conversation")
    rows: Sequence[Row] = await tx.fetch(
        "SELECT * FROM simulated.message WHERE conversation_id = $1 ORDER BY sent_at DESC, id DESC OFFSET $2 LIMIT $3",
        seat["conversation_id"],
        here.offset,
        here.count,
    )
    shown = await members.present(tx, viewer, [viewer.member, seat["other"]])
    if seat["unread"]:
        await tx.execute(
            "UPDATE simulated.seat SET unread = 0, seen_at = $3 WHERE member_id = $1 AND conversation_id = $2",
            viewer.member,
            seat["conversation_id"],
            viewer.now,
        )
    return Thread(
        id=urns.conversation(seat["conversation_id"], viewer.member),
        member=shown[seat["other"]],
        messages=here.slice([_message(row, viewer, shown) for row in rows], seat["total"]),
        from_them=seat["theirs"],
        unread=seat["unread"],
        seen_at=seat["seen_at"],
    )
