"""The log of what people did by hand, and whether anybody touched it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from overture.domain.console import Logged
from overture.store import auditlog
from overture.store.db import Tx
from overture.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an e-mail address and its session, or ``cli``; from where, and under which request id."""

    name: str
    session_id: UUID | None = None
    address: str = ""
    request_id: str = ""
    account_id: UUID | None = None


CLI = Actor("cli")


async def write(services: Services, tx: Tx, actor: Actor, action: str, thing: str = "", detail: str = "") -> None:
    """Add an entry, in the transaction of what was done. ``detail`` holds no secret."""
    entry = Logged(
        0,
        services.clock.now(),
        actor.name,
        actor.session_id,
        actor.address,
        actor.request_id,
        actor.account_id,
        action,
        thing[:300],
        detail[:2000],
    )
    await auditlog.append(tx, entry)


async def record(services: Services, actor: Actor, action: str, thing: str = "", detail: str = "") -> None:
    """Add an entry about something that was committed just before."""
    async with services.database.transaction() as tx:
        await write(services, tx, actor, action, thing, detail)


async def entries(services: Services, before: int | None = None, limit: int = 50, action: str = "") -> Sequence[Logged]:
    """Return entries, newest first."""
    async with services.database.reading() as tx:
        return await auditlog.listed(tx, before, limit, action)


async def verify(services: Services) -> tuple[int, str]:
    """Return how many entries there are and the last one's hash; raises ValueError where one was touched."""
    async with services.database.reading() as tx:
        return await auditlog.verify(tx)
