"""One LinkedIn account's turn: what is ready of its campaigns leaves, as its hours, pace and budgets allow."""

from uuid import UUID

from overture.store.campaigns import pacing
from overture.usecases.services import Services


async def send_due(services: Services, linkedin_id: UUID) -> int:
    """Take an account's turn; return how many actions left. May run twice."""
    async with services.database.transaction() as tx:
        await pacing.lock(tx, linkedin_id)
        if not await pacing.ready(tx, linkedin_id):
            await pacing.put(tx, linkedin_id, None)
    return 0
