"""Finding members of a world that a test can use."""

from dataclasses import dataclass

from overture.domain.linkedin.accounts import Password, Session
from overture.domain.linkedin.objects import InvitationState
from overture.domain.linkedin.queries import SearchProfiles, Window
from overture.simulator.world import Enrolled, World


@dataclass
class Met:
    strangers: list[str]
    needs_email: str


async def meet(world: World, session: Session, count: int = 1000) -> Met:
    """Members whom the account may invite, by what the world's own rows say of them."""
    found = await world.door.read(
        session, SearchProfiles(degrees=("2nd", "3rd+"), with_state=True, window=Window(count=count))
    )
    free = {m.public_id: m.profile_url for m in found.items if m.state is InvitationState.NONE}
    async with world._pool.transaction() as tx:
        rows = await tx.fetch(
            "SELECT public_id, needs_email FROM simulated.member m WHERE public_id = ANY($1::text[])"
            " AND NOT EXISTS (SELECT FROM simulated.account a WHERE a.member_id = m.id)"
            " AND NOT EXISTS (SELECT FROM simulated.behaviour b WHERE b.member = m.id) ORDER BY id",
            list(free),
        )
    return Met(
        [free[row["public_id"]] for row in rows if not row["needs_email"]],
        next(free[row["public_id"]] for row in rows if row["needs_email"]),
    )


async def enter(world: World, *, number: int | None = None, premium: bool = False) -> tuple[Enrolled, Session]:
    """Give a member an account and sign in, for longer than any test lets pass."""
    await world.set_limit("session_days", 10_000)
    enrolled = await world.enrol(number, premium=premium)
    session = await world.door.sign_in(Password(enrolled.email, enrolled.password))
    assert isinstance(session, Session)
    return enrolled, session
