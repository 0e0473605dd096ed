"""The people of campaigns, as those look for them who have an id and nothing else."""

from uuid import UUID

from overture.store.db import ReadTx


async def profile_of(tx: ReadTx, lead_id: UUID) -> tuple[UUID, str] | None:
    """Return the customer and the profile of a campaign's lead; the profile is empty once it was erased."""
    row = await tx.row("SELECT account_id, linkedin FROM campaign_lead WHERE id = $1", lead_id)
    return (row["account_id"], row["linkedin"]) if row else None
