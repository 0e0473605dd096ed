"""Showing everything that is held about a person: Articles 15 and 20."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.store import suppression
from overture.store.rights import erasure
from overture.usecases.rights import naming
from overture.usecases.rights.naming import Named
from overture.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Exported:
    """Rows by table, of tables with any, and whether the person is one to be left alone."""

    profile: str
    at: datetime
    left_alone: bool
    tables: dict[str, list[object]]


async def export(services: Services, account_id: UUID, named: Named) -> Exported:
    """Return everything that a customer holds about a person.

    Raises:
        Invalid, NotFound, Forbidden: as ``naming.profile_of``.
    """
    async with services.database.reading() as tx:
        profile = await naming.profile_of(tx, account_id, named)
        traces = await naming.trace(services, tx, account_id, profile)
        alone = await suppression.holds(tx, account_id, traces.person)
        found = await erasure.export(tx, traces)
    return Exported(profile, services.clock.now(), alone, {name: rows for name, rows in found.items() if rows})
