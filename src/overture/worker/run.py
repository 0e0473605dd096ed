"""The worker's life: engines, the sweep, a watchdog, and an orderly stop."""

import asyncio
import faulthandler
import functools
from dataclasses import dataclass
from datetime import timedelta

import asyncpg
from pgqueuer import QueueManager
from pgqueuer.db import AsyncpgPoolDriver
from pgqueuer.errors import FailingListenerError, RetryRequested
from pgqueuer.executors import DatabaseRetryEntrypointExecutor
from pgqueuer.models import HealthCheckEvent, Job
from pgqueuer.queries import Queries

from overture import queue
from overture.domain.errors import Unavailable
from overture.queue import Task
from overture.telemetry.logs import get
from overture.usecases import sweep
from overture.usecases.services import Services
from overture.worker.tasks import TASKS

HEARTBEAT = timedelta(seconds=5)
"""A job whose worker has not beaten for this long is run again by another."""

POLL = timedelta(seconds=1)
HAND_BACK_SECONDS = 7.0
"""After a stop, how long running jobs may go on before they are handed back."""

PROBE = timedelta(seconds=1)

WATCHDOG_SECONDS = 60
SWEEP_SECONDS = 1.0
TIDY_EVERY = 15

log = get(__name__)


@dataclass(frozen=True, slots=True)
class Lane:
    """One engine and its share of work: tasks of one lane never wait for those of another."""

    tasks: tuple[Task, ...]
    batch: int
    at_once: int


@dataclass(frozen=True, slots=True)
class Load:
    """How much a worker does at once."""

    fetches: int = 32
    deliveries: int = 64
    model_calls: int = 0

    def lanes(self) -> tuple[Lane, ...]:
        """Composing is bound by the processor, or waits for a model; fetching and delivering wait for the network."""
        writing = max(8, self.model_calls + 4)  # a few more jobs than calls, so that the next are ready
        return (
            Lane((Task.CAMPAIGN_STEP,), batch=2, at_once=4),
            Lane((Task.COMPOSE_CHUNK,), batch=min(16, writing // 2), at_once=writing),
            Lane((Task.RESEARCH_SOURCE,), batch=min(16, self.fetches // 2), at_once=self.fetches),
            Lane((Task.DELIVER_EVENT,), batch=min(16, self.deliveries // 2), at_once=self.deliveries),
            Lane((Task.SETTLE_ACTION, Task.POLL_NEWS, Task.CAMPAIGN_CLASSIFY), batch=8, at_once=16),
            Lane((Task.CAMPAIGN_SEND,), batch=8, at_once=16),
        )


class Engine(QueueManager):
    """An engine whose first probe may be lost: it is sent while the engine only begins to listen, and is sent again."""

    async def listener_healthy(  # as the engine documents it
        self,
        timeout: timedelta = timedelta(seconds=10),  # noqa: ASYNC109  # the engine's own signature
    ) -> HealthCheckEvent:
        ends = asyncio.get_running_loop().time() + timeout.total_seconds()
        while True:
            try:
                return await super().listener_healthy(PROBE)
            except FailingListenerError:
                if asyncio.get_running_loop().time() >= ends:
                    raise


class Worker:
    """Runs until ``stop`` is set; reconnects by itself when the database goes away."""

    def __init__(self, services: Services, queue_url: str, load: Load) -> None:
        self._services = services
        self._queue_url = queue_url
        self._load = load
        self.stop = asyncio.Event()
        self._hand_back = asyncio.Event()

    async def run(self) -> None:
        """Work until stopped."""
        async with asyncio.TaskGroup() as group:
            watchdog = group.create_task(self._watch())
            sweeper = group.create_task(self._sweep())
            try:
                while not self.stop.is_set():
                    await self._work_until_broken()
            finally:
                watchdog.cancel()
                sweeper.cancel()
        faulthandler.cancel_dump_traceback_later()

    async def _work_until_broken(self) -> None:
        try:
            pool = await queue.engine_pool(self._queue_url, size=2 * len(self._load.lanes()))
        except Unavailable:
            log.warning("worker.waiting_for_database")
            await self._pause(0.5)
            return
        try:
            await self._engines(pool)
        except* Exception as group:  # noqa: BLE001  # whatever broke the engines, they are built anew
            log.warning("worker.reconnecting", errors=[type(e).__name__ for e in group.exceptions])
            await self._pause(0.2)
        finally:
            pool.terminate()

    async def _engines(self, pool: asyncpg.Pool) -> None:
        managers = [self._manager(pool, lane) for lane in self._load.lanes()]
        async with asyncio.TaskGroup() as group:
            stopper = group.create_task(self._stop_engines(managers))
            runs = [
                group.create_task(
                    manager.run(
                        dequeue_timeout=POLL,
                        batch_size=lane.batch,
                        max_concurrent_tasks=lane.at_once,
                        heartbeat_timeout=HEARTBEAT,
                        shutdown_on_listener_failure=True,
                        log_aggregation_interval=timedelta(0),
                    )
                )
                for manager, lane in zip(managers, self._load.lanes(), strict=True)
            ]
            await asyncio.wait(runs, return_when=asyncio.FIRST_EXCEPTION)
            for manager in managers:
                manager.shutdown.set()
            await asyncio.wait(runs)
            stopper.cancel()

    async def _stop_engines(self, managers: list[QueueManager]) -> None:
        await self.stop.wait()
        for manager in managers:
            manager.shutdown.set()
        await asyncio.sleep(HAND_BACK_SECONDS)
        self._hand_back.set()

    def _manager(self, pool: asyncpg.Pool, lane: Lane) -> QueueManager:
        manager = Engine(Queries(AsyncpgPoolDriver(pool)))
        factory = functools.partial(DatabaseRetryEntrypointExecutor, max_attempts=2, initial_delay=timedelta(seconds=1))
        for task in lane.tasks:
            manager.entrypoint(task, accepts_context=False, on_failure="hold", executor_factory=factory)(
                functools.partial(self._handle, task)
            )
        return manager

    async def _handle(self, task: Task, job: Job) -> None:
        payload = (job.payload or b"").decode()
        work = asyncio.ensure_future(TASKS[task](self._services, payload))
        aborted = asyncio.ensure_future(self._hand_back.wait())
        try:
            await asyncio.wait({work, aborted}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                log.info("job.handed_back", task=task, payload=payload)
                raise RetryRequested(delay=timedelta(0), reason="handed back")
            work.result()
        finally:
            aborted.cancel()
            work.cancel()

    async def _sweep(self) -> None:
        turn = 0
        while True:
            try:
                await sweep.wake_due(self._services)
                if turn % TIDY_EVERY == 0:
                    await sweep.tidy(self._services)
            except Unavailable:
                log.warning("sweep.waiting_for_database")
            except (asyncpg.PostgresError, OSError) as error:
                log.warning("sweep.failed", error=type(error).__name__)
            turn += 1
            await asyncio.sleep(SWEEP_SECONDS)

    async def _watch(self) -> None:
        """End the process when its loop stands still: its jobs are then run again elsewhere."""
        while True:
            faulthandler.dump_traceback_later(WATCHDOG_SECONDS, exit=True)
            await asyncio.sleep(1)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.stop.wait()
        except TimeoutError:
            pass
