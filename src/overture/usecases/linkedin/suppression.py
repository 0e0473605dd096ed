"""Leaving people alone: no action about them is begun any more, by any LinkedIn account of the customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from overture.domain.errors import Invalid
from overture.domain.linkedin.people import person_hash
from overture.store import suppression
from overture.usecases.services import Services

MOST_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Suppressed:
    """How many of the people given are new on the list, and how many it holds."""

    new: int
    total: int


async def suppress(services: Services, account_id: UUID, profiles: Sequence[str], reason: str = "") -> Suppressed:
    """Put people on the list, by their profiles' addresses or public ids. It is final.

    Raises:
        Invalid: nobody is named, or too many at once.
    """
    named = [profile for profile in profiles if profile.strip()]
    if not 1 <= len(named) <= MOST_AT_ONCE:
        raise Invalid([f"1 to {MOST_AT_ONCE} profiles are needed"])
    people = sorted({person_hash(account_id, profile) for profile in named})
    async with services.database.transaction() as tx:
        new = await suppression.add(tx, account_id, people, reason[:200])
        return Suppressed(new, await suppression.count(tx, account_id))
