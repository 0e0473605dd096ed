"""Time passes: what members do is worked through in order, a stretch of some hours at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from overture.domain.linkedin.objects import InvitationKind
from overture.simulator import clock, members
from overture.simulator.behaviour import FOLLOWS_AFTER, Behaviour, dice
from overture.simulator.db import Pool, Row, Tx
from overture.simulator.post_office import Delivery, connect, deliver, plan
from overture.simulator.words import speech

LOCK = 7_305_010_205
"""The advisory lock under which time passes, so that no behaviour happens twice or out of order."""

SEASON = timedelta(days=90)
"""How far ahead unasked messages and invitations are planned."""

INVITES_EVERY_HOURS = 70.0
WRITES_EVERY_HOURS = 160.0


async def catch_up(pool: Pool) -> None:
    """Let happen what is due by now. Costs one small statement when nothing is."""
    row = await pool.once("SELECT simulated.clock() AS now, " + clock.FIRST_DUE + " AS due")
    if row is not None and row["due"] is not None and row["due"] <= row["now"]:
        await pass_until(pool, row["now"])


async def pass_until(pool: Pool, moment: datetime) -> int:
    """Let time pass until ``moment``, which may be past already; return how many behaviours happened.

    Each stretch is a transaction. What it leads to comes at least as much later as a stretch is long. Where nothing is
    due it costs one statement.
    """
    if await pool.once(clock.REACH + " WHERE (" + clock.FIRST_DUE + " <= $1) IS NOT TRUE RETURNING true", moment):
        return 0
    happened = 0
    while True:
        async with pool.transaction() as tx:
            await tx.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
            due = await tx.value("SELECT " + clock.FIRST_DUE)
            if due is None or due > moment:
                await clock.reach(tx, moment)
                return happened
            until = min(moment, due + FOLLOWS_AFTER)
            happened += await _stretch(tx, until)
            await clock.reach(tx, until)


async def _stretch(tx: Tx, until: datetime) -> int:
    locked = await tx.fetch(
        "SELECT member_id FROM simulated.account WHERE member_id IN"
        " (SELECT account FROM simulated.behaviour WHERE due <= $1) ORDER BY member_id FOR UPDATE",
        until,
    )
    accounts = [row["member_id"] for row in locked]
    rows = await tx.fetch(
        "WITH gone AS (DELETE FROM simulated.behaviour b USING simulated.account a WHERE b.due <= $1"
        " AND a.member_id = b.account AND b.account = ANY($2::bigint[])"
        " RETURNING b.*, greatest(b.due, a.last_at) AS at, b.member <> b.account AND EXISTS"
        " (SELECT FROM simulated.account o WHERE o.member_id = b.member) AS owned)"
        " SELECT * FROM gone ORDER BY at, account, member, kind, ref",
        until,
        accounts,
    )
    by_kind: dict[str, list[Row]] = {}
    for row in rows:
        if not row["owned"] or row["kind"] == "expire":  # who has an account decides for itself
            by_kind.setdefault(row["kind"], []).append(row)
    letters = [_letter(row) for row in by_kind.get("message", ())]
    if "accept" in by_kind:
        await _accept(tx, by_kind["accept"])
    for kind, state in (("decline", "declined"), ("expire", "expired")):
        if kind in by_kind:
            await _end(tx, by_kind[kind], state)
    if "invite" in by_kind:
        await _invite(tx, by_kind["invite"])
    if letters:
        await deliver(tx, letters)
    if "apply" in by_kind:
        await _apply(tx, by_kind["apply"])
    for row in by_kind.get("season", ()):
        await begin_season(tx, row["account"], row["due"])
    await tx.execute(
        "UPDATE simulated.account SET last_at = greatest(last_at, $1) WHERE member_id = ANY($2::bigint[])",
        until,
        accounts,
    )
    return len(rows)


def _letter(row: Row) -> Delivery:
    return Delivery(row["member"], row["account"], row["text"], row["at"], mood=row["mood"])


async def _end(tx: Tx, rows: Sequence[Row], state: str) -> Sequence[Row]:
    """End those invitations that are still open; return them, oldest first."""
    return await tx.fetch(
        "WITH ended AS (UPDATE simulated.invitation i SET state = $3, ended_at = greatest(u.at, i.sent_at)"
        " FROM unnest($1::bigint[], $2::timestamptz[]) AS u(id, at) WHERE i.id = u.id AND i.state = 'open'"
        " RETURNING i.id, i.sender, i.recipient, i.note, i.sent_at, i.ended_at)"
        " SELECT * FROM ended ORDER BY ended_at, sender, recipient",
        [row["ref"] for row in rows],
        [row["at"] for row in rows],
        state,
    )


async def _accept(tx: Tx, rows: Sequence[Row]) -> None:
    accepted = await _end(tx, rows, "accepted")
    await connect(tx, [(row["sender"], row["recipient"], row["ended_at"]) for row in accepted])
    await tx.execute(
        "INSERT INTO simulated.news (member_id, at, kind, other, ref, text)"
        " SELECT d.account, d.at, 'accepted', d.member, d.id, '' FROM unnest($1::bigint[], $2::timestamptz[],"
        " $3::bigint[], $4::bigint[]) WITH ORDINALITY AS d(account, at, member, id, ord) ORDER BY d.ord",
        [row["sender"] for row in accepted],
        [row["ended_at"] for row in accepted],
        [row["recipient"] for row in accepted],
        [row["id"] for row in accepted],
    )
    notes = [
        Delivery(row["sender"], row["recipient"], row["note"], row["sent_at"], loud=False)
        for row in accepted
        if row["note"]
    ]
    if notes:
        await deliver(tx, notes)
    taken = {row["id"] for row in accepted}
    await plan(
        tx,
        [
            Behaviour(row["follow_due"], "message", row["account"], row["member"], None, row["follow_text"])
            for row in rows
            if row["follow_due"] and row["ref"] in taken
        ],
    )


async def _invite(tx: Tx, rows: Sequence[Row]) -> None:
    """Invitations that the account receives, from members whom it neither knows nor has been asked by lately."""
    await tx.execute(
        "INSERT INTO simulated.invitation (sender, recipient, kind, note, asked_note, secret, sent_at)"
        " SELECT d.member, d.account, d.kind, d.note, d.note IS NOT NULL, d.secret, d.at"
        " FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])"
        " AS d(member, account, note, kind, at, secret) WHERE d.member <> d.account"
        " AND NOT EXISTS (SELECT FROM simulated.connection WHERE a = d.account AND b = d.member)"
        " AND NOT EXISTS (SELECT FROM simulated.invitation i WHERE i.state <> 'expired' AND"
        " ((i.sender = d.member AND i.recipient = d.account) OR (i.sender = d.account AND i.recipient = d.member)))"
        " ORDER BY d.at ON CONFLICT DO NOTHING",
        [row["member"] for row in rows],
        [row["account"] for row in rows],
        [row["text"] for row in rows],
        [row["mood"] for row in rows],
        [row["at"] for row in rows],
        [f"{dice(0, row['member'], row['account']).getrandbits(64):016x}" for row in rows],
    )


async def _apply(tx: Tx, rows: Sequence[Row]) -> None:
    await tx.execute(
        "WITH new AS (INSERT INTO simulated.application (job_id, member_id, rating, applied_at, top_choice_message)"
        " SELECT d.job, d.member, 'UNRATED', d.at, d.text FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[],"
        " $4::text[]) AS d(job, member, at, text) JOIN simulated.job j ON j.id = d.job AND j.state = 'open'"
        " ORDER BY d.at ON CONFLICT DO NOTHING RETURNING job_id)"
        " UPDATE simulated.job SET applicants = applicants + n FROM"
        " (SELECT job_id, count(*) AS n FROM new GROUP BY job_id) c WHERE c.job_id = job.id",
        [row["ref"] for row in rows],
        [row["member"] for row in rows],
        [row["at"] for row in rows],
        [row["text"] for row in rows],
    )


async def begin_season(tx: Tx, account: int, start: datetime) -> None:
    """Plan who writes to an account unasked, and who invites it, for a season; and the season after."""
    row = await tx.row(
        "UPDATE simulated.account a SET seasons = seasons + 1 FROM simulated.world w, simulated.member m"
        " WHERE a.member_id = $1 AND m.id = $1 RETURNING seasons, w.seed, w.members, m.first_name",
        account,
    )
    assert row is not None
    rng = dice(row["seed"], account, row["seasons"])
    friends = await tx.fetch("SELECT b FROM simulated.connection WHERE a = $1 ORDER BY b LIMIT 1000", account)
    visits: list[tuple[datetime, str, int]] = []
    for kind, every in (("invite", INVITES_EVERY_HOURS), ("message", WRITES_EVERY_HOURS)):
        moment = start
        while (moment := moment + FOLLOWS_AFTER + timedelta(hours=rng.expovariate(1 / every))) < start + SEASON:
            if kind == "invite":
                visits.append((moment, kind, rng.randint(1, row["members"])))
            elif friends:
                visits.append((moment, kind, rng.choice(friends)["b"]))
    known = {p.id: p for p in await members.people(tx, [number for _, _, number in visits])}
    planned = [Behaviour(start + SEASON, "season", account, account)]
    for moment, kind, number in visits:
        person = known[number]
        mood, text = None, None
        if kind == "message":
            text = rng.choice(speech.UNASKED[person.french])
        else:
            mood = rng.choices(list(InvitationKind), (85, 8, 7))[0].value
            if mood == "CONNECTION" and rng.random() < 0.4:
                text = rng.choice(speech.NOTES[person.french])
        text = text and text.format(you=row["first_name"], me=person.first_name, company=person.company)
        planned.append(Behaviour(moment, kind, account, number, None, text, mood=mood))
    await plan(tx, planned)
