"""Leaving people alone: their leads are stopped, and no action about them is begun by any account of the customer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture import queue
from overture.domain.accounts import Caller
from overture.domain.errors import Invalid
from overture.domain.linkedin.people import person_hash
from overture.store import suppression
from overture.store.db import Tx
from overture.usecases import idempotency
from overture.usecases.campaigns import silencing
from overture.usecases.campaigns.silencing import Silence
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

MOST_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Suppressed:
    """How many of the people given are new on the list, and how many it holds."""

    new: int
    total: int


@dataclass(frozen=True, slots=True)
class People:
    """Profiles to be put on the list, and why."""

    profiles: Sequence[str]
    reason: str = ""


async def suppress(services: Services, account_id: UUID, profiles: Sequence[str], reason: str = "") -> Suppressed:
    """Put people on the list, by their profiles' addresses or public ids. It is final.

    Raises:
        Invalid: nobody is named, or too many at once.
    """
    async with services.database.transaction() as tx:
        return await _suppress(tx, account_id, People(profiles, reason), services.clock.now())


async def suppress_once(
    services: Services, caller: Caller, people: People, how: Once, render: Callable[[Suppressed], bytes]
) -> Answer:
    """Do the same for a caller, once a key; raises Invalid."""

    async def work(tx: Tx) -> Suppressed:
        return await _suppress(tx, caller.account_id, people, services.clock.now())

    return await idempotency.once(services, caller, how, work, render)


async def _suppress(tx: Tx, account_id: UUID, named: People, at: datetime) -> Suppressed:
    profiles = [profile for profile in named.profiles if profile.strip()]
    if not 1 <= len(profiles) <= MOST_AT_ONCE:
        raise Invalid([f"1 to {MOST_AT_ONCE} profiles are needed"])
    people = sorted({person_hash(account_id, profile) for profile in profiles})
    new, entries = await silencing.silence(tx, Silence(account_id, people, named.reason), at)
    await queue.enqueue(tx, entries)
    return Suppressed(new, await suppression.count(tx, account_id))
