"""Monitors: who is told of an account's news, paid by the day."""

import secrets
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from overture.domain.accounts import Caller
from overture.domain.errors import Invalid, NotEnoughCredits, NotFound
from overture.domain.events import LINKEDIN_PREFIX, timestamp
from overture.domain.linkedin.monitors import PAID_FOR, Changes, Monitor, NewMonitor
from overture.store import events
from overture.store.db import Tx
from overture.store.linkedin import calls, monitors, news
from overture.telemetry.logs import get
from overture.usecases.linkedin import sessions
from overture.usecases.services import Services

MOST_MONITORS = 10_000

log = get(__name__)


async def create(
    services: Services, caller: Caller, token: str, webhook_url: str, *, name: str | None, country: str
) -> Monitor:
    """Add a monitor for the account of a token; it is told nothing before it is started.

    Raises:
        SessionExpired: the token is not valid.
        Invalid: the customer has too many.
    """
    who = await sessions.by_token(services, caller.account_id, token)
    new = NewMonitor(
        id=secrets.token_hex(12),
        account_id=caller.account_id,
        linkedin_account_id=who.id,
        name=name or who.account.name or "linkedin",
        webhook_url=webhook_url,
        country=country,
    )
    async with services.database.transaction() as tx:
        if len(await monitors.listed(tx, caller.account_id)) >= MOST_MONITORS:
            raise Invalid([f"there are {MOST_MONITORS} monitors already"])
        return await monitors.add(tx, new)


async def list_monitors(services: Services, caller: Caller) -> list[tuple[Monitor, str]]:
    """Return the caller's monitors, each with its account's login token in clear, as the dialect shows it."""
    async with services.database.reading() as tx:
        found = await monitors.listed(tx, caller.account_id)
    return [await with_token(services, monitor) for monitor in found]


async def with_token(services: Services, monitor: Monitor) -> tuple[Monitor, str]:
    """Return a monitor with its account's login token in clear, as the dialect shows it to its owner."""
    return monitor, await sessions.token_of(services, monitor.linkedin_account_id)


async def change(
    services: Services, caller: Caller, monitor_id: str, changes: Changes, *, token: str | None = None
) -> Monitor:
    """Change a monitor; a new token may move it to another account. Raises NotFound or SessionExpired."""
    moved = (await sessions.by_token(services, caller.account_id, token)).id if token else None
    wanted = Changes(changes.name, changes.webhook_url, changes.country, moved)
    async with services.database.transaction() as tx:
        found = await monitors.change(tx, caller.account_id, monitor_id, wanted)
        if found is None:
            raise NotFound("no such account")
        if found.active:
            await news.watch(tx, found.linkedin_account_id, services.clock.now())
    return found


async def delete(services: Services, caller: Caller, monitor_id: str) -> None:
    """Delete a monitor; what was not delivered yet is not sent any more. Raises NotFound."""
    async with services.database.transaction() as tx:
        if not await monitors.delete(tx, caller.account_id, monitor_id):
            raise NotFound("no such account")
        await events.skip(tx, caller.account_id, LINKEDIN_PREFIX, monitor_id)


async def start(services: Services, caller: Caller, monitor_id: str) -> None:
    """Start a monitor, and pay for its first stretch unless one that was paid before still lasts.

    Raises:
        NotFound: no such monitor.
        NotEnoughCredits: the balance of actions does not cover a stretch.
    """
    now = services.clock.now()
    async with services.database.transaction() as tx:
        monitor = await monitors.find(tx, caller.account_id, monitor_id)
        if monitor is None:
            raise NotFound("no such account")
        if (monitor.paid_until is None or monitor.paid_until <= now) and not await _pay(tx, monitor, now):
            raise NotEnoughCredits("the balance of actions does not cover monitoring")
        await monitors.set_active(tx, monitor_id, active=True)
        await news.watch(tx, monitor.linkedin_account_id, now)


async def stop(services: Services, caller: Caller, monitor_id: str) -> None:
    """Stop a monitor; what is paid is not given back (linkup.md, 1.2). Raises NotFound."""
    async with services.database.transaction() as tx:
        if await monitors.find(tx, caller.account_id, monitor_id) is None:
            raise NotFound("no such account")
        await monitors.set_active(tx, monitor_id, active=False)


async def _pay(tx: Tx, monitor: Monitor, now: datetime) -> bool:
    """Take one credit and extend what is paid; False where the balance does not hold one."""
    began = max(monitor.paid_until or now, now - PAID_FOR)
    subject = uuid5(NAMESPACE_OID, f"{monitor.id}:{timestamp(began)}")
    if not await calls.charge(tx, monitor.account_id, 1, subject, "monitoring"):
        return False
    await monitors.paid(tx, monitor.id, began + PAID_FOR)
    return True


async def pay_due(services: Services, limit: int = 500) -> int:
    """Pay for what is active and no longer paid; what cannot be paid is stopped. Return how many were due.

    Time in which no process ran is not charged.
    """
    now = services.clock.now()
    async with services.database.transaction() as tx:
        due = await monitors.take_unpaid(tx, now, limit)
        for monitor in due:
            if not await _pay(tx, monitor, now):
                await monitors.set_active(tx, monitor.id, active=False)
                log.warning("linkedin.monitor_unpaid", monitor=monitor.id, account_id=str(monitor.account_id))
    return len(due)
