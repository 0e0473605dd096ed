"""Checking the invariants over the database as it stands."""

from overture.store import audit
from overture.store.audit import Finding
from overture.usecases.services import Services


async def check(services: Services) -> list[Finding]:
    """Check every invariant in one snapshot."""
    async with services.database.transaction() as tx:
        await tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        await tx.execute("SET LOCAL statement_timeout = 0")
        return await audit.run(tx)
