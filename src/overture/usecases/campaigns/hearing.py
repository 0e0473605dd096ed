"""What follows for campaigns from what happened on LinkedIn, in the transaction that stores it."""

from overture import queue
from overture.store.db import Tx
from overture.store.linkedin.news import NewsRow
from overture.usecases.services import Services


async def hear(tx: Tx, services: Services, row: NewsRow) -> list[queue.Entry]:
    """Draw what follows from a happening that is new; return the jobs. Happenings may come late and in any order."""
    del tx, services, row
    return []
