"""What the log of arrivals shows of the product's conduct: sent twice, said after an answer, over a limit."""

from dataclasses import dataclass
from datetime import datetime

from overture.simulator.db import Tx

EFFECTS = ("sent", "downgraded_no_note")


@dataclass(frozen=True, slots=True)
class Double:
    """One intent that had an effect more than once. ``what`` is the action's name, ``of`` its key or its target."""

    account: int
    what: str
    of: str
    times: int


@dataclass(frozen=True, slots=True)
class Late:
    """A message that was sent to a member who had answered an earlier one."""

    account: int
    member: int
    answered_at: datetime
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Peak:
    """The most that an account did of something within a rolling window."""

    account: int
    what: str
    window: str
    most: int


async def doubles(tx: Tx) -> list[Double]:
    """Keys that had an effect twice, and equal texts that one member was sent twice."""
    rows = await tx.fetch(
        "SELECT member_id, name, key AS of, count(*) AS times FROM simulated.arrival WHERE acts AND key <> ''"
        " AND effect = ANY($1::text[]) GROUP BY member_id, name, key HAVING count(*) > 1"
        " UNION ALL SELECT m.sender, 'message', s.other::text, count(*) FROM simulated.message m"
        " JOIN simulated.seat s ON s.conversation_id = m.conversation_id AND s.member_id = m.sender"
        " JOIN simulated.account a ON a.member_id = m.sender GROUP BY m.sender, s.other, m.text HAVING count(*) > 1"
        " ORDER BY 1, 2, 3",
        list(EFFECTS),
    )
    return [Double(row["member_id"], row["name"], row["of"], row["times"]) for row in rows]


async def after_answers(tx: Tx) -> list[Late]:
    """What accounts wrote to members after these had answered: a person may, a sequence may not."""
    rows = await tx.fetch(
        "SELECT m.sender, s.other, m.sent_at, answer.at FROM simulated.message m"
        " JOIN simulated.account a ON a.member_id = m.sender"
        " JOIN simulated.seat s ON s.conversation_id = m.conversation_id AND s.member_id = m.sender"
        " CROSS JOIN LATERAL (SELECT min(o.sent_at) AS at FROM simulated.message o"
        " WHERE o.conversation_id = m.conversation_id AND o.sender = s.other AND o.sent_at > (SELECT min(f.sent_at)"
        " FROM simulated.message f WHERE f.conversation_id = m.conversation_id AND f.sender = m.sender)) answer"
        " WHERE answer.at < m.sent_at ORDER BY m.sent_at, m.id"
    )
    return [Late(row["sender"], row["other"], row["at"], row["sent_at"]) for row in rows]


async def peaks(tx: Tx) -> list[Peak]:
    """The most invitations, messages and profile views of each account, in any rolling day and week."""
    rows = await tx.fetch(
        "SELECT member_id, name, max(day) AS day, max(week) AS week FROM (SELECT member_id, name,"
        " count(*) OVER (PARTITION BY member_id, name ORDER BY at"
        " RANGE BETWEEN '1 day'::interval PRECEDING AND CURRENT ROW) AS day,"
        " count(*) OVER (PARTITION BY member_id, name ORDER BY at"
        " RANGE BETWEEN '7 days'::interval PRECEDING AND CURRENT ROW) AS week"
        " FROM simulated.arrival WHERE (name IN ('invite', 'message') AND effect = ANY($1::text[]))"
        " OR (name = 'ReadProfile' AND effect = 'read' AND member_id > 0)) w GROUP BY 1, 2 ORDER BY 1, 2",
        list(EFFECTS),
    )
    return [Peak(row["member_id"], row["name"], window, row[window]) for row in rows for window in ("day", "week")]
