"""Running queued jobs in this process, without the engine, until none is left: for a rehearsal, whose clock waits."""

import asyncio
from collections.abc import Sequence

from overture import queue
from overture.queue import Picked, Task
from overture.telemetry.logs import get
from overture.usecases.services import Services
from overture.worker.tasks import TASKS

AT_ONCE = 16
MOST_ATTEMPTS = 2

log = get(__name__)


class _Drain:
    """Jobs under way, and how those ended that are over."""

    def __init__(self, services: Services, tasks: Sequence[Task], at_once: int) -> None:
        self._services = services
        self._tasks = tasks
        self._at_once = at_once
        self._running: dict[asyncio.Future[None], Picked] = {}
        self._done: list[int] = []
        self._failed: list[int] = []

    async def run(self) -> int:
        """Run until nothing is left; return how many were run."""
        ran = 0
        try:
            while True:
                if len(self._running) <= self._at_once // 2:
                    await self._fill()
                if not self._running:
                    return ran
                ended, _ = await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
                for task in ended:
                    self._note(task)
                ran += len(ended)
        finally:
            for task in self._running:
                task.cancel()

    async def _fill(self) -> None:
        """Settle what has ended and take more: one statement, where nothing has failed."""
        done, self._done = self._done, []
        if self._failed:
            failed, self._failed = self._failed, []
            async with self._services.database.transaction() as tx:
                await queue.fail(tx, failed, MOST_ATTEMPTS)
        async with self._services.database.reading() as tx:
            picked = await queue.pick(tx, self._tasks, self._at_once - len(self._running), done)
        for job in picked:
            self._running[asyncio.ensure_future(TASKS[job.task](self._services, job.payload))] = job

    def _note(self, task: asyncio.Future[None]) -> None:
        job = self._running.pop(task)
        error = task.exception()
        if error is None:
            self._done.append(job.id)
        else:
            log.warning("job.failed", task=job.task, payload=job.payload, attempts=job.attempts + 1, exc_info=error)
            self._failed.append(job.id)


async def drain(services: Services, tasks: Sequence[Task] | None = None, *, at_once: int = AT_ONCE) -> int:
    """Run queued jobs, and those that they lead to, until none is left; return how many were run.

    A job that fails is run once more; then it stays in the table as failed. No engine may work on the same database.
    """
    return await _Drain(services, tasks or list(Task), at_once).run()


async def requeue(services: Services) -> int:
    """Queue again what a process that was killed had in hand; return how many."""
    async with services.database.transaction() as tx:
        return await queue.put_back(tx)
