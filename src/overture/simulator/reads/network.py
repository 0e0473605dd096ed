"""Connections, invitations, and what stands between the account and a member."""

from overture.domain.linkedin.objects import (
    Degree,
    Invitation,
    InvitationKind,
    InvitationStanding,
    InvitationState,
    Member,
    Slice,
)
from overture.domain.linkedin.queries import Connections, Invitations, StandingWith
from overture.simulator import members, urns
from overture.simulator.access import Viewer
from overture.simulator.db import Tx
from overture.simulator.reads.windows import part


async def connections(tx: Tx, viewer: Viewer, query: Connections) -> Slice[Member]:
    """The account's connections, newest first."""
    here = part(query.window)
    rows = await tx.fetch(
        "SELECT b FROM simulated.connection WHERE a = $1 ORDER BY since DESC, b OFFSET $2 LIMIT $3",
        viewer.member,
        here.offset,
        here.count,
    )
    total = await tx.value("SELECT count(*) FROM simulated.connection WHERE a = $1", viewer.member)
    shown = await members.present(tx, viewer, [row["b"] for row in rows])
    return here.slice([shown[row["b"]] for row in rows], total)


async def invitations(tx: Tx, viewer: Viewer, query: Invitations) -> Slice[Invitation]:
    """Open invitations, received or sent, newest first."""
    here = part(query.window)
    rows = await tx.fetch(
        "SELECT i.id, CASE WHEN $2 THEN i.recipient ELSE i.sender END AS other, i.sent_at, i.note, i.secret,"
        " count(*) OVER () AS available, (SELECT count(*) FROM simulated.connection x JOIN simulated.connection y"
        " ON y.b = x.b WHERE x.a = i.sender AND y.a = i.recipient) AS shared"
        " FROM simulated.invitation i WHERE (CASE WHEN $2 THEN i.sender ELSE i.recipient END) = $1"
        " AND (($2 AND i.sender = $1) OR (NOT $2 AND i.recipient = $1))"
        " AND i.state = 'open' AND i.kind = $3 ORDER BY i.sent_at DESC, i.id DESC OFFSET $4 LIMIT $5",
        viewer.member,
        query.sent,
        query.kind.value,
        here.offset,
        here.count,
    )
    shown = await members.present(tx, viewer, [row["other"] for row in rows])
    items = [
        Invitation(
            id=row["id"],
            urn=urns.invitation(row["id"]),
            member=shown[row["other"]],
            kind=InvitationKind(query.kind),
            sent_at=row["sent_at"],
            note=row["note"],
            secret="" if query.sent else row["secret"],
            shared_connections=row["shared"],
        )
        for row in rows
    ]
    return here.slice(items, rows[0]["available"] if rows else 0)


async def standing(tx: Tx, viewer: Viewer, query: StandingWith) -> InvitationStanding:
    """What stands between the account and a member; of several invitations the latest counts."""
    other = await members.resolve(tx, query.profile)
    shown = (await members.present(tx, viewer, [other], with_state=True))[other]
    row = await tx.row(
        "SELECT i.id, i.sent_at, i.state, i.sender, i.note IS NOT NULL AS note, i.asked_note"
        " FROM simulated.invitation i WHERE i.kind = 'CONNECTION' AND ((i.sender = $1 AND i.recipient = $2)"
        " OR (i.sender = $2 AND i.recipient = $1)) ORDER BY i.id DESC LIMIT 1",
        viewer.member,
        other,
    )
    since = await tx.value("SELECT since FROM simulated.connection WHERE a = $1 AND b = $2", viewer.member, other)
    state = shown.state or InvitationState.NONE
    if shown.degree is Degree.SELF:
        state = InvitationState.NONE
    if row is None:
        return InvitationStanding(state, shown.degree, accepted_at=since)
    mine = row["sender"] == viewer.member
    return InvitationStanding(
        state=state,
        degree=shown.degree,
        invitation_id=row["id"],
        sent_at=row["sent_at"],
        accepted_at=since,
        note_delivered=row["note"] if mine and row["asked_note"] else None,
    )
