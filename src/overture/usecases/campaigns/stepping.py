"""Leads whose time has come, taken one step on: begun, asked a text for, or given the text that was written."""

from collections.abc import Sequence
from uuid import UUID

from overture.store.campaigns import positions
from overture.usecases.services import Services


async def step(services: Services, lead_ids: Sequence[UUID]) -> int:
    """Take due leads on; return how many are still there to be taken. May run twice."""
    async with services.database.reading() as tx:
        return len(await positions.find(tx, lead_ids))
