"""What happened since a cursor, for one account."""

from datetime import UTC, datetime, timedelta

from overture.domain.errors import NotFoundOnRail
from overture.domain.linkedin.happenings import Disconnected, Happening, InvitationAccepted, MessageReceived, News
from overture.domain.linkedin.objects import Member
from overture.simulator import members, urns
from overture.simulator.access import Fault, Viewer
from overture.simulator.db import Row, Tx

AT_ONCE = 500
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def news(tx: Tx, viewer: Viewer, cursor: str, fault: Fault | None) -> News:
    """Happenings after ``cursor``, oldest first; an empty cursor starts now.

    The caller holds the account, so nothing that is older can still appear.

    Raises:
        NotFoundOnRail: the cursor is none of ours.
    """
    after, number = _read(cursor) if cursor else (viewer.now, urns.LARGEST)
    rows = list(
        await tx.fetch(
            "SELECT n.*, c.id AS conversation FROM simulated.news n LEFT JOIN simulated.conversation c"
            " ON c.low = least(n.member_id, n.other) AND c.high = greatest(n.member_id, n.other)"
            " WHERE n.member_id = $1 AND (n.at, n.id) > ($2, $3) ORDER BY n.at, n.id LIMIT $4",
            viewer.member,
            after,
            number,
            AT_ONCE,
        )
    )
    if fault is not None and fault.kind == "news_late":
        rows = rows[:-1]
    last = (rows[-1]["at"], rows[-1]["id"]) if rows else (after, number)
    shown = await members.present(tx, viewer, [row["other"] for row in rows if row["other"]])
    happenings = [_happening(row, shown, viewer) for row in rows]
    if fault is not None and fault.kind == "news_twice":
        happenings = [h for h in happenings for _ in range(2)]
    if fault is not None and fault.kind == "news_reordered":
        happenings.reverse()
    return News(tuple(happenings), f"{(last[0] - EPOCH) // timedelta(microseconds=1)}.{last[1]}")


def _read(cursor: str) -> tuple[datetime, int]:
    micros, _, number = cursor.partition(".")
    if not (cursor.isascii() and micros.isdecimal() and number.isdecimal() and len(cursor) < 40):
        raise NotFoundOnRail("LinkedIn knows no such cursor")
    try:
        return EPOCH + timedelta(microseconds=int(micros)), min(int(number), urns.LARGEST)
    except OverflowError:
        raise NotFoundOnRail("LinkedIn knows no such cursor") from None


def _happening(row: Row, shown: dict[int, Member], viewer: Viewer) -> Happening:
    key = f"{row['kind']}:{viewer.member}:{row['ref']}"
    if row["kind"] == "disconnected":
        return Disconnected(key, row["at"], row["text"])
    other = shown[row["other"]]
    if row["kind"] == "accepted":
        return InvitationAccepted(key, row["at"], other)
    return MessageReceived(key, row["at"], other, urns.conversation(row["conversation"], viewer.member), row["text"])
