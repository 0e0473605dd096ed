"""The first page: is anything wrong, how long do the credits last, today against the limits, how old is the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from overture import queue
from overture.domain.accounts import Credits, Limits, Unit
from overture.store import overview
from overture.store.overview import DayOfUse, Troubles, Windows
from overture.usecases import accounts, health
from overture.usecases.services import Services

DAYS = 30
RECENT = 7
SLOW_QUEUE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Overview:
    """An account at a glance. ``days_left`` is None where nothing was spent in the last seven days."""

    problems: tuple[str, ...]
    credits: Credits
    actions: Credits
    days_left: int | None
    use: Sequence[DayOfUse]
    windows: Windows
    limits: Limits
    troubles: Troubles
    depth: queue.Depth


async def overview_of(services: Services, account_id: UUID) -> Overview:
    """Return it; raises NotFound."""
    caller = await accounts.acting_for(services, account_id)
    credits = await accounts.credits_of(services, account_id)
    actions = await accounts.credits_of(services, account_id, Unit.ACTIONS)
    async with services.database.reading() as tx:
        use = await overview.use_by_day(tx, account_id, DAYS)
        windows = await overview.windows(tx, account_id)
        troubles = await overview.troubles(tx, account_id)
        depth = await queue.depth(tx)
    spent = sum(day.captured for day in use[-RECENT:])
    return Overview(
        problems=(*await health.ready(services), *_told(troubles, depth, credits)),
        credits=credits,
        actions=actions,
        days_left=credits.remaining * RECENT // spent if spent else None,
        use=use,
        windows=windows,
        limits=caller.limits,
        troubles=troubles,
        depth=depth,
    )


def _told(troubles: Troubles, depth: queue.Depth, credits: Credits) -> list[str]:
    found: list[str] = []
    if credits.remaining == 0:
        found.append("No credits are left: no message can be written.")
    if depth.oldest_seconds > SLOW_QUEUE_SECONDS:
        found.append(f"The oldest job waits for {depth.oldest_seconds:.0f} s: is a worker running?")
    if troubles.linkedin_stopped:
        found.append(f"{troubles.linkedin_stopped} LinkedIn account(s) have stopped: sign in again, or wait.")
    if troubles.webhooks_exhausted:
        found.append(f"{troubles.webhooks_exhausted} webhook(s) of this week were given up: replay them.")
    elif troubles.webhooks_failing:
        found.append(f"{troubles.webhooks_failing} webhook(s) fail at present and will be tried again.")
    return found


async def use_of(services: Services, account_id: UUID, days: int) -> Sequence[DayOfUse]:
    """Return the credits spent by day, oldest first; ``days`` is 1 to 366."""
    async with services.database.reading() as tx:
        return await overview.use_by_day(tx, account_id, min(max(days, 1), 366))
