"""What is noted on a lead's position without moving it."""

from datetime import datetime

from overture.domain.campaigns.states import LeadState
from overture.store.campaigns.messages import Place
from overture.store.db import Tx


async def stay(tx: Tx, place: Place, state: LeadState, wake_at: datetime) -> None:
    """Look at a lead again at ``wake_at``, if it still stands where it is believed to."""
    await tx.execute(
        "UPDATE campaign_position SET wake_at = $4 WHERE lead_id = $1 AND step = $2 AND state = $3",
        place[0],
        place[1],
        state,
        wake_at,
    )


async def stands(tx: Tx, place: Place, state: LeadState) -> bool:
    """Hold a lead's row until the transaction ends, and return whether it stands at this step, in this state."""
    row = await tx.row(
        "SELECT FROM campaign_position WHERE lead_id = $1 AND step = $2 AND state = $3 FOR UPDATE", *place, state
    )
    return row is not None
