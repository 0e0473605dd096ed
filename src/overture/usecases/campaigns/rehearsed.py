"""Looking at a rehearsal under way: what is due next, where it stands, which rules its accounts have to keep."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.domain.accounts import Caller, Scope, Tier, Unit
from overture.domain.campaigns.definition import Approval
from overture.domain.linkedin.accounts import SignInState
from overture.domain.linkedin.actions import Budget
from overture.domain.linkedin.budgets import Cap, WorkingHours
from overture.store import ledger
from overture.store.campaigns import orders, rehearsals, reviews
from overture.store.campaigns.reviews import Matching
from overture.store.linkedin import accounts
from overture.usecases.campaigns import approving, lifecycle
from overture.usecases.campaigns.rehearsing import Seat
from overture.usecases.idempotency import Once
from overture.usecases.linkedin.budgets import caps_of, hours_of
from overture.usecases.services import Services


async def next_due(stage: Services, campaign_id: UUID) -> datetime | None:
    """Return when something is due next on the stage, by its clock; None where nothing is."""
    async with stage.database.reading() as tx:
        return await rehearsals.next_due(tx, campaign_id)


async def faults_are_new(stage: Services, day: int) -> bool:
    """Note that the faults of a day are set; False where they were."""
    async with stage.database.transaction() as tx:
        return await rehearsals.next_faulty_day(tx, day)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a rehearsed campaign stands: its state, leads by theirs, what was sent, and how many answered."""

    state: str
    reason: str
    leads: dict[str, int]
    sent: dict[str, int]
    replied: int


async def standing(stage: Services, campaign_id: UUID) -> Standing:
    """Count."""
    async with stage.database.reading() as tx:
        return Standing(*await rehearsals.standing(tx, campaign_id))


async def goes_on(stage: Services, campaign_id: UUID) -> bool:
    """Return whether anything will still happen to a lead of itself: those that a person has to let go on do not."""
    async with stage.database.reading() as tx:
        return await rehearsals.goes_on(tx, campaign_id)


async def stopped(stage: Services, seats: Sequence[Seat]) -> list[Seat]:
    """Return the seats whose account is not connected: signed out, or restricted."""
    async with stage.database.reading() as tx:
        known = {account.id: account for account in await accounts.listed(tx, None)}
    return [seat for seat in seats if known[seat.linkedin_id].state is not SignInState.CONNECTED]


@dataclass(frozen=True, slots=True)
class Rules:
    """What an account of the campaign has to keep to: hours (all of them), when ramp-up began, caps at a time."""

    seat: Seat
    hours: tuple[WorkingHours, ...]
    ramp_from: datetime | None
    caps_at: Callable[[datetime], Mapping[Budget, Cap]]


async def rules(stage: Services, campaign_id: UUID, seats: Sequence[Seat]) -> list[Rules]:
    """Return the rules of each seat."""
    found: list[Rules] = []
    async with stage.database.reading() as tx:
        campaign = await orders.find(tx, campaign_id)
        assert campaign is not None
        for seat in seats:
            account = await accounts.find(tx, seat.linkedin_id)
            assert account is not None
            own = hours_of(account)
            hours = (campaign.definition.hours, own) if own else (campaign.definition.hours,)
            ramp_from = account.connected_at if account.ramp else None
            found.append(Rules(seat, hours, ramp_from, lambda at, account=account: caps_of(account, at)))
    return found


async def credits_used(stage: Services, account_id: UUID) -> int:
    """Return how many credits the rehearsal has cost."""
    async with stage.database.reading() as tx:
        balance = await ledger.read(tx, account_id, Unit.MESSAGES)
    return balance.captured if balance else 0


def _as(account_id: UUID) -> Caller:
    """Return who decides in a rehearsal; what is approved is kept under this name."""
    return Caller(account_id, "rehearsal", Tier.SCALE, None, Scope.ALL)


async def start(stage: Services, campaign_id: UUID, account_id: UUID) -> None:
    """Start the campaign; errors as of ``lifecycle.start``."""
    await lifecycle.start(stage, _as(account_id), campaign_id, Once(None, 200), lambda _: b"")


async def is_reviewed(stage: Services, campaign_id: UUID) -> bool:
    """Return whether any message of the campaign waits for a person before it is sent."""
    async with stage.database.reading() as tx:
        campaign = await orders.find(tx, campaign_id)
    return campaign is not None and campaign.definition.approval is not Approval.NONE


async def approve(stage: Services, campaign_id: UUID, account_id: UUID) -> None:
    """Approve what waits for a person, as ``rehearsal``; each message is checked again, as it always is."""
    which = Matching(account_id, campaign_id)
    async with stage.database.reading() as tx:
        if not await reviews.count(tx, which):
            return
    await approving.approve(stage, _as(account_id), which, Once(None, 200), lambda _: b"")
