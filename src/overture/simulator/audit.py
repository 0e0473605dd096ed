"""What the log of arrivals shows of the product's conduct: sent twice, over an answer, too much, at a wrong hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

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


@dataclass(frozen=True, slots=True)
class Hours:
    """When an account may act: on the wall clock of a zone, from ``begins`` to before ``ends``; Monday is 0."""

    account: int
    zone: str
    begins: time
    ends: time
    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Outside:
    """A call to act that arrived outside an account's hours, whether or not it had an effect."""

    account: int
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most of something (``invite``, ``note`` or ``message``) that an account may do, while it holds.

    ``day`` is a rolling day, ``week`` a rolling week, ``month`` a calendar month in UTC; None where there is no limit.
    """

    account: int
    what: str
    since: datetime
    until: datetime
    day: int | None
    week: int | None
    month: int | None


@dataclass(frozen=True, slots=True)
class Overrun:
    """An effect that was one too many: how many there were within the window, and how many were allowed."""

    account: int
    what: str
    at: datetime
    window: str
    count: int
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
    """What accounts wrote to members after these had answered: a person may, a sequence may not.

    An automatic reply is no answer.
    """
    rows = await tx.fetch(
        "SELECT m.sender, s.other, m.sent_at, answer.at FROM simulated.message m"
        " JOIN simulated.account a ON a.member_id = m.sender"
        " JOIN simulated.seat s ON s.conversation_id = m.conversation_id AND s.member_id = m.sender"
        " CROSS JOIN LATERAL (SELECT min(o.sent_at) AS at FROM simulated.message o"
        " WHERE o.conversation_id = m.conversation_id AND o.sender = s.other"
        " AND o.mood IS DISTINCT FROM 'out_of_office' AND o.sent_at > (SELECT min(f.sent_at)"
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


async def outside(tx: Tx, allowed: Sequence[Hours]) -> list[Outside]:
    """Calls to act that arrived outside hours, by PostgreSQL's own knowledge of zones."""
    found: list[Outside] = []
    for hours in allowed:
        rows = await tx.fetch(
            "SELECT member_id, name, at FROM simulated.arrival WHERE member_id = $1 AND acts AND NOT"
            " (extract(isodow FROM at AT TIME ZONE $2)::int - 1 = ANY($3::int[])"
            " AND (at AT TIME ZONE $2)::time >= $4 AND (at AT TIME ZONE $2)::time < $5) ORDER BY id",
            hours.account,
            hours.zone,
            sorted(hours.days),
            hours.begins,
            hours.ends,
        )
        found += [Outside(row["member_id"], row["name"], row["at"]) for row in rows]
    return found


async def overruns(tx: Tx, ceilings: Sequence[Ceiling]) -> list[Overrun]:
    """Effects beyond what was allowed when they happened."""
    rows = await tx.fetch(
        "WITH e AS (SELECT member_id, name, at FROM simulated.arrival WHERE name IN ('invite', 'message')"
        "   AND effect = ANY($1::text[])"
        "   UNION ALL SELECT sender, 'note', sent_at FROM simulated.invitation WHERE note IS NOT NULL),"
        " w AS (SELECT e.*, count(*) OVER (PARTITION BY member_id, name ORDER BY at"
        "   RANGE BETWEEN '1 day'::interval - '1 us'::interval PRECEDING AND CURRENT ROW) AS day,"
        "   count(*) OVER (PARTITION BY member_id, name ORDER BY at"
        "   RANGE BETWEEN '7 days'::interval - '1 us'::interval PRECEDING AND CURRENT ROW) AS week,"
        "   count(*) OVER (PARTITION BY member_id, name, date_trunc('month', at, 'UTC') ORDER BY at) AS month FROM e)"
        " SELECT w.member_id, w.name, w.at, x.period, x.count, x.most FROM w"
        " JOIN unnest($2::bigint[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::int[], $7::int[], $8::int[])"
        "   AS c(account, what, since, until, day, week, month)"
        "   ON c.account = w.member_id AND c.what = w.name AND w.at >= c.since AND w.at < c.until"
        " CROSS JOIN LATERAL (VALUES ('day', w.day, c.day), ('week', w.week, c.week), ('month', w.month, c.month))"
        "   AS x(period, count, most) WHERE x.count > x.most ORDER BY w.at, w.member_id",
        list(EFFECTS),
        [c.account for c in ceilings],
        [c.what for c in ceilings],
        [c.since for c in ceilings],
        [c.until for c in ceilings],
        [c.day for c in ceilings],
        [c.week for c in ceilings],
        [c.month for c in ceilings],
    )
    return [Overrun(row["member_id"], row["name"], row["at"], row["period"], row["count"], row["most"]) for row in rows]


@dataclass(frozen=True, slots=True)
class Mishaps:
    """What a careful account does not meet: notes that were dropped, and restrictions for going too fast."""

    notes_lost: int
    too_fast: int


async def mishaps(tx: Tx) -> Mishaps:
    """Count them; restrictions that were set to happen, as faults, aside."""
    row = await tx.row(
        "SELECT count(*) FILTER (WHERE effect = 'downgraded_no_note'),"
        " count(*) FILTER (WHERE effect = 'Restricted' AND"
        "   (detail LIKE 'too many % within a day' OR detail LIKE 'unusual activity%'))"
        " FROM simulated.arrival WHERE acts"
    )
    assert row is not None
    return Mishaps(*row)


@dataclass(frozen=True, slots=True)
class Day:
    """What happened between accounts and the members they wrote to on one day: sent, accepted, answered."""

    day: date
    invites: int
    notes: int
    messages: int
    withdrawn: int
    accepted: int
    answers: int


async def days(tx: Tx, zone: str) -> list[Day]:
    """Count what happened, by days on the wall clock of a zone; days without anything are left out."""
    rows = await tx.fetch(
        "WITH mine AS (SELECT member_id AS id FROM simulated.account),"
        " happened AS ("
        "   SELECT sent_at AS at, 'invite' AS what FROM simulated.invitation WHERE sender IN (SELECT id FROM mine)"
        "   UNION ALL SELECT sent_at, 'note' FROM simulated.invitation"
        "     WHERE sender IN (SELECT id FROM mine) AND note IS NOT NULL"
        "   UNION ALL SELECT ended_at, state FROM simulated.invitation"
        "     WHERE sender IN (SELECT id FROM mine) AND state IN ('accepted', 'withdrawn')"
        "   UNION ALL SELECT at, 'message' FROM simulated.arrival WHERE name = 'message' AND effect = 'sent'"
        "   UNION ALL SELECT m.sent_at, 'answer' FROM simulated.message m JOIN simulated.conversation c"
        "     ON c.id = m.conversation_id WHERE m.sender NOT IN (SELECT id FROM mine) AND EXISTS"
        "     (SELECT FROM simulated.message e WHERE e.conversation_id = c.id AND e.sent_at < m.sent_at"
        "     AND e.sender IN (SELECT id FROM mine)))"
        " SELECT (at AT TIME ZONE $1)::date AS day, count(*) FILTER (WHERE what = 'invite'),"
        " count(*) FILTER (WHERE what = 'note'), count(*) FILTER (WHERE what = 'message'),"
        " count(*) FILTER (WHERE what = 'withdrawn'), count(*) FILTER (WHERE what = 'accepted'),"
        " count(*) FILTER (WHERE what = 'answer') FROM happened GROUP BY 1 ORDER BY 1",
        zone,
    )
    return [Day(*row) for row in rows]
