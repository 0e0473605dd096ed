"""Building a stage: the simulated LinkedIn, the accounts that act there, and the campaign with its leads."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from overture.bootstrap.rehearsal import Stage
from overture.domain.linkedin.accounts import Password, Session
from overture.domain.linkedin.budgets import MemberPlan
from overture.usecases.campaigns import rehearsing
from overture.usecases.campaigns.rehearsing import Original, Seat
from overture.usecases.services import Services

STRANGERS = 300
"""Members beside those who send and those who are written to."""


@dataclass(frozen=True, slots=True)
class Script:
    """How a rehearsal was begun: enough to go on with it after its process was killed."""

    campaign_id: UUID
    account_id: UUID
    campaign: str
    leads: int
    credits: int | None
    """Credits that the account has really; None where the rehearsal was given as many as it wants."""
    seed: int
    days: int
    began: datetime
    faults: tuple[str, ...]
    offline: bool
    model: bool
    seats: tuple[Seat, ...] = ()


def encode(script: Script) -> bytes:
    """Return a script as JSON."""
    return msgspec.json.encode(script)


def decode(text: str) -> Script:
    """Read what ``encode`` wrote."""
    return msgspec.json.decode(text, type=Script)


def rounded(at: datetime) -> datetime:
    """Return the next quarter of an hour."""
    return datetime.fromtimestamp(-(-at.timestamp() // 900) * 900, UTC)


async def build(real: Services, stage: Stage, original: Original, script: Script) -> Script:
    """Fill an empty stage; the script is written last, so that a stage without one is known to be unfinished."""
    members = max(100, original.leads + len(original.members) + STRANGERS)
    await stage.world.create(script.seed, members, starts_at=script.began)
    if not script.faults:  # sessions last; a rehearsal with faults signs in again when they end
        await stage.world.set_limit("session_days", script.days + 1)
    await stage.advance()
    seated = [await _seat(stage, row, number) for number, row in enumerate(original.members, 1)]
    credits = rehearsing.UNLIMITED if script.credits is None else None
    await rehearsing.put_order(stage.services, original, seated, credits)
    after = 0
    async for batch in rehearsing.leads(real, original):
        players = await stage.world.profiles(after, len(batch))
        after = players[-1][0]
        await rehearsing.put_leads(real, stage.services, original, batch, [profile for _, profile in players])
    done = replace(script, seats=tuple(seat for seat, _ in seated))
    await rehearsing.begin(stage.services, encode(done))
    return done


async def _seat(stage: Stage, row: dict[str, object], number: int) -> tuple[Seat, Session]:
    plan = MemberPlan(str(row["plan"]))
    made = await stage.world.enrol(number, premium=plan is MemberPlan.PREMIUM, connections=0)
    session = await stage.rail.sign_in(Password(made.email, made.password))
    assert isinstance(session, Session)
    seat = Seat(UUID(str(row["id"])), number, made.email, made.password, plan, str(row["name"]))
    return seat, session


def over_at(script: Script) -> datetime:
    """Return when a rehearsal ends at the latest."""
    return script.began + timedelta(days=script.days)
