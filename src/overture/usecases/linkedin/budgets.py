"""An account's budgets: what is spent, what is left, what the operator set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import cast
from uuid import UUID

from overture.domain.campaigns.limits import hour_problems
from overture.domain.errors import Invalid, NotFound
from overture.domain.events import timestamp
from overture.domain.linkedin.actions import Budget
from overture.domain.linkedin.budgets import Cap, MemberPlan, Spent, WorkingHours, caps_for, what_is_full
from overture.store.db import ReadTx
from overture.store.linkedin import accounts, actions
from overture.store.linkedin.accounts import Choices, LinkedInAccount
from overture.usecases.services import Services

MOST = 10_000


def caps_of(account: LinkedInAccount, at: datetime) -> dict[Budget, Cap]:
    """Return the caps in force for an account."""
    own = {Budget(name): Cap(**cap) for name, cap in account.caps.items()}
    connected_for = at - account.connected_at if account.ramp and account.connected_at else None
    return caps_for(account.plan, own, connected_for)


def hours_of(account: LinkedInAccount) -> WorkingHours | None:
    """Return an account's working hours, None where it has none."""
    if account.hours is None:
        return None
    hours = account.hours
    days = cast("Sequence[int]", hours["days"])
    return WorkingHours(
        str(hours["zone"]),
        time.fromisoformat(str(hours["begins"])),
        time.fromisoformat(str(hours["ends"])),
        frozenset(days),
    )


async def refusal_of(tx: ReadTx, account: LinkedInAccount, wanted: Sequence[Budget], at: datetime) -> str | None:
    """Return which budget does not hold one more, or which LinkedIn itself limits, else None.

    The caller holds the account's row.
    """
    caps, used = caps_of(account, at), await actions.spent(tx, account.id, at)
    limited = await actions.limited(tx, account.id, at)
    for budget in wanted:
        if budget in limited:
            until, reason = limited[budget]
            return f"LinkedIn limits {budget} until {timestamp(until)}: {reason}"
        full = what_is_full(budget, caps.get(budget, Cap()), used.get(budget, Spent()))
        if full:
            return full
    return None


def closed(account: LinkedInAccount, at: datetime) -> str | None:
    """Return a sentence where the account has working hours and ``at`` is outside them, else None."""
    hours = hours_of(account)
    if hours is None or hours.holds(at):
        return None
    return f"outside the account's working hours; they begin at {timestamp(hours.next_opening(at))}"


@dataclass(frozen=True, slots=True)
class BudgetView:
    """One budget as it stands: what is spent in each window, the cap in force, and until when LinkedIn limits it."""

    budget: Budget
    spent: Spent
    cap: Cap
    limited_until: datetime | None = None


async def budgets(services: Services, linkedin_id: UUID) -> list[BudgetView]:
    """Return every budget of an account; raises NotFound."""
    now = services.clock.now()
    async with services.database.reading() as tx:
        account = await accounts.find(tx, linkedin_id)
        if account is None:
            raise NotFound("no such LinkedIn account")
        used = await actions.spent(tx, linkedin_id, now)
        limited = await actions.limited(tx, linkedin_id, now)
    caps = caps_of(account, now)
    return [
        BudgetView(
            budget,
            used.get(budget, Spent()),
            caps.get(budget, Cap()),
            limited[budget][0] if budget in limited else None,
        )
        for budget in Budget
    ]


async def working_hours(services: Services, linkedin_id: UUID) -> WorkingHours | None:
    """Return an account's working hours, None where it has none; raises NotFound."""
    async with services.database.reading() as tx:
        account = await accounts.find(tx, linkedin_id)
    if account is None:
        raise NotFound("no such LinkedIn account")
    return hours_of(account)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an operator wants of an account; None leaves it. ``caps`` is budget to window to number or None."""

    plan: MemberPlan | None = None
    caps: Mapping[str, Mapping[str, int | None]] | None = None
    ramp: bool | None = None
    hours: WorkingHours | None = None


async def choose(services: Services, linkedin_id: UUID, wishes: Wishes) -> None:
    """Store an operator's choices; raises Invalid or NotFound."""
    problems = [*_cap_problems(wishes.caps or {}), *(hour_problems(wishes.hours) if wishes.hours else ())]
    if problems:
        raise Invalid(problems)
    hours = wishes.hours
    stored = (
        None
        if hours is None
        else {
            "zone": hours.zone,
            "begins": hours.begins.isoformat("minutes"),
            "ends": hours.ends.isoformat("minutes"),
            "days": sorted(hours.days),
        }
    )
    async with services.database.transaction() as tx:
        if not await accounts.choose(tx, linkedin_id, Choices(wishes.plan, wishes.caps, wishes.ramp, stored)):
            raise NotFound("no such LinkedIn account")


def _cap_problems(caps: Mapping[str, Mapping[str, int | None]]) -> list[str]:
    found = [f"there is no budget {name!r}" for name in caps if name not in set(Budget)]
    for name, cap in caps.items():
        for window, most in cap.items():
            if window not in {"day", "week", "month"}:
                found.append(f"{name}: a window is day, week or month")
            elif most is not None and not 0 <= most <= MOST:
                found.append(f"{name}: a cap is from 0 to {MOST}")
    return found
