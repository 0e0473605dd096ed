"""Is the service able to work?"""

from overture import queue
from overture.domain.errors import Unavailable
from overture.store import migrate
from overture.usecases.services import Services


async def ready(services: Services) -> list[str]:
    """Return what keeps the service from accepting requests; empty when it is ready."""
    try:
        pending = await migrate.pending(services.database)
    except Unavailable as error:
        return [str(error)]
    return [f"migration {name} is not applied" for name in pending]


async def queue_depth(services: Services) -> queue.Depth:
    """Return how full the queue is."""
    async with services.database.reading() as tx:
        return await queue.depth(tx)
