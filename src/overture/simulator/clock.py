"""Simulated time: frozen, or running beside real time. It never goes back."""

from datetime import datetime
from typing import LiteralString, cast

from overture.simulator.db import Tx


async def now(tx: Tx) -> datetime:
    """The world's present time."""
    return cast("datetime", await tx.value("SELECT simulated.clock()"))


async def freeze(tx: Tx) -> datetime:
    """Stop the clock where it stands; only ``advance`` moves it from then on."""
    return cast(
        "datetime",
        await tx.value(
            "UPDATE simulated.world SET frozen_at = simulated.clock(), floor = greatest(floor, simulated.clock())"
            " RETURNING frozen_at"
        ),
    )


async def run(tx: Tx) -> datetime:
    """Let the clock run from where it stands, as fast as real time."""
    return cast(
        "datetime",
        await tx.value(
            "UPDATE simulated.world SET ahead = simulated.clock() - clock_timestamp(),"
            " floor = greatest(floor, simulated.clock()), frozen_at = NULL RETURNING simulated.clock()"
        ),
    )


FIRST_DUE: LiteralString = "(SELECT due FROM simulated.behaviour ORDER BY due LIMIT 1)"
"""When the next behaviour happens, null where none does: by an index, where a condition may read the whole table."""

REACH: LiteralString = (
    "UPDATE simulated.world SET floor = greatest(floor, $1), frozen_at = greatest(frozen_at, $1),"
    " ahead = greatest(ahead, $1 - clock_timestamp())"
)
"""Sets the clock forward to a moment, and never back; it goes on as before from there."""


async def reach(tx: Tx, moment: datetime) -> None:
    """Set the clock forward to ``moment``."""
    await tx.execute(REACH, moment)
