"""Finding members and showing them to a viewer, with their degree."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from overture.domain.errors import NotFoundOnRail
from overture.domain.linkedin.objects import Degree, InvitationState, Member
from overture.simulator import urns
from overture.simulator.access import Viewer
from overture.simulator.behaviour import Person
from overture.simulator.db import Row, Tx

DEGREES: dict[int, Degree] = dict(enumerate((Degree.SELF, Degree.FIRST, Degree.SECOND, Degree.THIRD)))


async def resolve(tx: Tx, profile: str) -> int:
    """The number of the member whom an address, urn, ``ACoAA`` id or public id names.

    Raises:
        NotFoundOnRail: nobody is called that.
    """
    number, public_id = urns.parse_member(profile)
    found = await tx.value("SELECT id FROM simulated.member WHERE id = $1 OR public_id = $2", number, public_id)
    if not found:
        raise NotFoundOnRail("LinkedIn has no such member")
    return found


async def person(tx: Tx, number: int) -> Person:
    """What a member's behaviour depends on."""
    return (await people(tx, [number]))[0]


async def people(tx: Tx, numbers: Sequence[int]) -> list[Person]:
    """The same for several, by id."""
    rows = await tx.fetch(
        "SELECT id, level, warmth, french, first_name, company FROM simulated.member"
        " WHERE id = ANY($1::bigint[]) ORDER BY id",
        list(numbers),
    )
    return [Person(r["id"], r["level"], r["warmth"], r["french"], r["first_name"], r["company"]) for r in rows]


async def present(tx: Tx, viewer: Viewer, numbers: Iterable[int], *, with_state: bool = False) -> dict[int, Member]:
    """Members as lists show them to ``viewer``."""
    wanted = list(set(numbers))
    if not wanted:
        return {}
    rows = await tx.fetch(
        "SELECT m.id, m.public_id, m.first_name, m.last_name, m.headline, m.location,"
        " CASE WHEN m.id = $1 THEN 0"
        " WHEN EXISTS (SELECT FROM simulated.connection c WHERE c.a = $1 AND c.b = m.id) THEN 1"
        " WHEN EXISTS (SELECT FROM simulated.connection x JOIN simulated.connection y ON y.a = x.b"
        " WHERE x.a = $1 AND y.b = m.id) THEN 2 ELSE 3 END AS degree"
        " FROM simulated.member m WHERE m.id = ANY($2::bigint[])",
        viewer.member,
        wanted,
    )
    states = await _states(tx, viewer, wanted) if with_state else {}
    return {row["id"]: _member(row, states, with_state=with_state) for row in rows}


def _member(row: Row, states: dict[int, InvitationState], *, with_state: bool) -> Member:
    degree = DEGREES[row["degree"]]
    state = None
    if with_state:
        state = InvitationState.CONNECTED if degree is Degree.FIRST else states.get(row["id"], InvitationState.NONE)
    return Member(
        urn=urns.member(row["id"]),
        public_id=row["public_id"],
        name=f"{row['first_name']} {row['last_name']}",
        first_name=row["first_name"],
        last_name=row["last_name"],
        headline=row["headline"],
        profile_url=urns.profile_url(row["public_id"]),
        location=row["location"],
        picture_url=f"https://media.licdn.example/portraits/{row['public_id']}.jpg" if row["id"] % 4 else None,
        degree=degree,
        state=state,
    )


async def _states(tx: Tx, viewer: Viewer, numbers: Sequence[int]) -> dict[int, InvitationState]:
    rows = await tx.fetch(
        "SELECT sender, recipient, state FROM simulated.invitation WHERE kind = 'CONNECTION'"
        " AND ((sender = $1 AND recipient = ANY($2::bigint[])) OR (recipient = $1 AND sender = ANY($2::bigint[])))"
        " AND (state = 'open' OR (state = 'withdrawn' AND sender = $1 AND ended_at > $3)) ORDER BY id",
        viewer.member,
        list(numbers),
        viewer.now - timedelta(days=viewer.limits.cooldown_days),
    )
    return {
        row["recipient"] if row["sender"] == viewer.member else row["sender"]: _state(row, viewer.member)
        for row in rows
    }


def _state(row: Row, me: int) -> InvitationState:
    if row["state"] == "withdrawn":
        return InvitationState.WITHDRAWN
    return InvitationState.SENT if row["sender"] == me else InvitationState.RECEIVED
