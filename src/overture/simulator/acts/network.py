"""Invitations and messages."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from overture.domain.errors import LimitReached, NotFoundOnRail, RefusedByRail
from overture.domain.linkedin.actions import Accept, ActionReceipt, ActionState, Invite, SendMessage, Withdraw
from overture.simulator import behaviour, members, urns
from overture.simulator.access import Viewer
from overture.simulator.acts.pace import check_day
from overture.simulator.behaviour import Behaviour, Person
from overture.simulator.db import Row, Tx
from overture.simulator.limits import utf16_units
from overture.simulator.post_office import Delivery, connect, deliver, lock_account, plan

EMAIL_REQUIRED = ActionReceipt(ActionState.EMAIL_REQUIRED, (), "LinkedIn wants the member's e-mail address first")


async def invite(tx: Tx, viewer: Viewer, action: Invite) -> ActionReceipt:
    """Invite a member. Over the month's notes, the invitation goes out without its note.

    Raises:
        NotFoundOnRail, RefusedByRail: nothing went out; the message says which rule forbids it.
        Restricted: the week's or the day's invitations are used up.
    """
    other = await members.resolve(tx, action.profile)
    row = await _standing(tx, viewer, other)
    _may_invite(viewer, other, row)
    if row["needs_email"] and (action.email or "").strip().lower() != row["email"]:
        return EMAIL_REQUIRED
    note = (action.note or "").strip() or None
    if note and utf16_units(note) > viewer.limits.note_length:
        raise RefusedByRail(f"the note has more than {viewer.limits.note_length} characters")
    await _pace(tx, viewer, row)
    delivered = note if row["notes"] < viewer.limits.notes_month else None
    number = await tx.value(
        "INSERT INTO simulated.invitation (sender, recipient, kind, note, asked_note, secret, sent_at)"
        " VALUES ($1, $2, 'CONNECTION', $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING id",
        viewer.member,
        other,
        delivered,
        note is not None,
        secrets.token_hex(8),
        viewer.now,
    )
    if number is None:
        raise RefusedByRail("the member has just invited you")
    planned = [
        Behaviour(viewer.now + timedelta(days=viewer.limits.invitation_days), "expire", viewer.member, other, number)
    ]
    if not row["has_account"]:
        rng = behaviour.dice(viewer.seed, viewer.member, other, 1, row["earlier"])
        planned += behaviour.after_invitation(
            rng, viewer.member, viewer.first_name, _person(other, row), (number, viewer.now, delivered)
        )
    await plan(tx, planned)
    references = (("invitation_id", str(number)), ("invitation_urn", urns.invitation(number)))
    if note and delivered is None:
        return ActionReceipt(ActionState.DOWNGRADED_NO_NOTE, references, "this month's notes are used up")
    return ActionReceipt(ActionState.SENT, references, "the invitation was sent")


async def _standing(tx: Tx, viewer: Viewer, other: int) -> Row:
    """Everything that decides on an invitation, in one statement."""
    row = await tx.row(
        "SELECT m.level, m.warmth, m.french, m.first_name, m.company, m.needs_email, m.email,"
        " EXISTS (SELECT FROM simulated.account WHERE member_id = $2) AS has_account,"
        " EXISTS (SELECT FROM simulated.connection WHERE a = $1 AND b = $2) AS connected,"
        " (SELECT sender FROM simulated.invitation WHERE least(sender, recipient) = least($1, $2)"
        " AND greatest(sender, recipient) = greatest($1, $2) AND state = 'open' AND kind = 'CONNECTION') AS open_by,"
        " mine.* FROM simulated.member m CROSS JOIN (SELECT"
        " count(*) FILTER (WHERE recipient = $2) AS earlier,"
        " max(ended_at) FILTER (WHERE recipient = $2 AND state = 'withdrawn') AS withdrawn_at,"
        " count(*) FILTER (WHERE state = 'open') AS pending,"
        " count(*) FILTER (WHERE sent_at > $3) AS week, min(sent_at) FILTER (WHERE sent_at > $3) AS oldest,"
        " count(*) FILTER (WHERE sent_at > $4) AS day,"
        " count(*) FILTER (WHERE sent_at >= $5 AND note IS NOT NULL) AS notes"
        " FROM simulated.invitation WHERE sender = $1 AND kind = 'CONNECTION') mine WHERE m.id = $2",
        viewer.member,
        other,
        viewer.now - timedelta(days=7),
        viewer.now - timedelta(days=1),
        _month(viewer.now),
    )
    assert row is not None
    return row


def _month(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _may_invite(viewer: Viewer, other: int, row: Row) -> None:
    if other == viewer.member:
        raise RefusedByRail("a member cannot invite itself")
    if row["connected"]:
        raise RefusedByRail("you are connected already")
    if row["open_by"] == viewer.member:
        raise RefusedByRail("an invitation to this member is open already")
    if row["open_by"] is not None:
        raise RefusedByRail("the member has invited you; accept that invitation")
    withdrawn = row["withdrawn_at"]
    if withdrawn is not None and withdrawn + timedelta(days=viewer.limits.cooldown_days) > viewer.now:
        raise RefusedByRail("an invitation to this member was withdrawn less than three weeks ago")


async def _pace(tx: Tx, viewer: Viewer, row: Row) -> None:
    if viewer.invites_until is not None and viewer.invites_until > viewer.now:
        raise LimitReached("the weekly limit of invitations is reached", viewer.invites_until)
    if row["pending"] >= viewer.limits.pending:
        raise RefusedByRail("too many invitations are open; withdraw some first")
    if row["week"] >= viewer.limits.invites_week:
        until = row["oldest"] + timedelta(days=7)
        await tx.execute("UPDATE simulated.account SET invites_until = $2 WHERE member_id = $1", viewer.member, until)
        raise LimitReached("the weekly limit of invitations is reached", until)
    await check_day(tx, viewer, row["day"], viewer.limits.invites_day, "invitations")


def _person(number: int, row: Row) -> Person:
    return Person(number, row["level"], row["warmth"], row["french"], row["first_name"], row["company"])


async def withdraw(tx: Tx, viewer: Viewer, action: Withdraw) -> ActionReceipt:
    """Take back an open invitation of one's own.

    Raises:
        NotFoundOnRail: the account has sent no such invitation.
        RefusedByRail: it is no longer open.
    """
    known = 0 < action.invitation_id <= urns.LARGEST
    state = known and await tx.value(
        "SELECT state FROM simulated.invitation WHERE id = $1 AND sender = $2 FOR UPDATE",
        action.invitation_id,
        viewer.member,
    )
    if not state:
        raise NotFoundOnRail("the account has sent no such invitation")
    if state != "open":
        raise RefusedByRail(f"the invitation is not open: it was {state}")
    await tx.execute(
        "UPDATE simulated.invitation SET state = 'withdrawn', ended_at = $2 WHERE id = $1",
        action.invitation_id,
        viewer.now,
    )
    await tx.execute(
        "DELETE FROM simulated.behaviour WHERE ref = $1 AND account = $2 AND kind IN ('accept', 'decline', 'expire')",
        action.invitation_id,
        viewer.member,
    )
    return ActionReceipt(ActionState.SENT, (("invitation_id", str(action.invitation_id)),), "withdrawn")


async def accept(tx: Tx, viewer: Viewer, action: Accept) -> ActionReceipt:
    """Accept a received invitation.

    Raises:
        NotFoundOnRail: the account has received no such invitation, or the secret is another.
        RefusedByRail: it is no longer open.
    """
    number = urns.parse_number(action.invitation_urn)
    row = await tx.row(
        "SELECT sender, state, note, kind, sent_at, secret FROM simulated.invitation"
        " WHERE id = $1 AND recipient = $2 FOR UPDATE",
        number,
        viewer.member,
    )
    if row is None or not secrets.compare_digest(row["secret"].encode(), action.secret.encode("utf-8", "replace")):
        raise NotFoundOnRail("the account has received no such invitation, or its secret is another")
    if row["state"] != "open":
        raise RefusedByRail(f"the invitation is not open: it was {row['state']}")
    await tx.execute(
        "UPDATE simulated.invitation SET state = 'accepted', ended_at = $2 WHERE id = $1", number, viewer.now
    )
    receipt = ActionReceipt(ActionState.SENT, (("invitation_urn", urns.invitation(number)),), "accepted")
    if row["kind"] != "CONNECTION":
        return receipt
    sender = row["sender"]
    await lock_account(tx, sender)
    await connect(tx, [(viewer.member, sender, viewer.now)])
    await tx.execute(
        "INSERT INTO simulated.news (member_id, at, kind, other, ref, text)"
        " SELECT a.member_id, greatest(a.last_at, $3), 'accepted', CASE a.member_id WHEN $1 THEN $2 ELSE $1 END, $4, ''"
        " FROM simulated.account a WHERE a.member_id IN ($1, $2)",
        viewer.member,
        sender,
        viewer.now,
        number,
    )
    if row["note"]:
        await deliver(tx, [Delivery(sender, viewer.member, row["note"], row["sent_at"], loud=False)])
    return receipt


@dataclass(frozen=True, slots=True)
class _Line:
    """What decides on a message."""

    connected: bool
    earlier: int
    day: int
    has_account: bool


async def send(tx: Tx, viewer: Viewer, action: SendMessage) -> ActionReceipt:
    """Write to a connection.

    Raises:
        NotFoundOnRail: there is no such member.
        RefusedByRail: the member is no connection, or the text is empty or too long.
        Restricted: the day's messages are used up.
    """
    other = await members.resolve(tx, action.profile)
    line = await _line(tx, viewer, other)
    if not line.connected:
        raise RefusedByRail("only connections can be written to")
    if not action.text.strip() and action.media is None and not action.media_url:
        raise RefusedByRail("the message is empty")
    if utf16_units(action.text) > viewer.limits.message_length:
        raise RefusedByRail(f"the message has more than {viewer.limits.message_length} characters")
    await check_day(tx, viewer, line.day, viewer.limits.messages_day, "messages")
    await lock_account(tx, other)
    media = action.media_url
    if action.media is not None:
        media = f"https://media.licdn.example/{blake2b(action.media.content, digest_size=12).hexdigest()}"
    (sent,) = await deliver(tx, [Delivery(viewer.member, other, action.text, viewer.now, media)])
    if not line.has_account:
        rng = behaviour.dice(viewer.seed, viewer.member, other, 2, line.earlier)
        person = await members.person(tx, other)
        await plan(
            tx,
            behaviour.after_message(rng, viewer.member, viewer.first_name, person, line.earlier, viewer.now),
        )
    references = (
        ("message_urn", urns.message(sent["id"], viewer.member)),
        ("conversation_id", urns.conversation(sent["conversation_id"], viewer.member)),
        ("delivered_at_ms", str(int(sent["sent_at"].timestamp() * 1000))),
    )
    return ActionReceipt(ActionState.SENT, references, "the message was sent")


async def _line(tx: Tx, viewer: Viewer, other: int) -> _Line:
    row = await tx.row(
        "SELECT EXISTS (SELECT FROM simulated.connection WHERE a = $1 AND b = $2) AS connected,"
        " (SELECT count(*) FROM simulated.message m JOIN simulated.conversation c ON c.id = m.conversation_id"
        " WHERE c.low = least($1, $2) AND c.high = greatest($1, $2) AND m.sender = $1) AS earlier,"
        " (SELECT count(*) FROM simulated.message WHERE sender = $1 AND sent_at > $3) AS day,"
        " EXISTS (SELECT FROM simulated.account WHERE member_id = $2) AS has_account",
        viewer.member,
        other,
        viewer.now - timedelta(days=1),
    )
    assert row is not None
    return _Line(row["connected"], row["earlier"], row["day"], row["has_account"])
