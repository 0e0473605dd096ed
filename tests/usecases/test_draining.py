"""Queued jobs run in this process, without the engine."""

import dataclasses

from overture import queue
from overture.domain.accounts import Caller
from overture.domain.messages import Brief, Draft, LeadDossier, MessageType
from overture.queue import Task
from overture.usecases import requests
from overture.usecases.services import Services
from overture.worker import draining
from tests.builders import lead, request
from tests.usecases.conftest import sound

WRITING = [Task.COMPOSE_CHUNK, Task.RESEARCH_SOURCE]


async def test_jobs_run_until_none_is_left_and_those_of_a_killed_process_are_run_again(
    services: Services, caller: Caller
) -> None:
    """A chunk waits for a source, the source wakes it: all of that is one drain. Nothing dies with a process."""
    ids = [(await requests.submit(services, caller, request((lead(n),)))).id for n in range(2)]
    async with services.database.transaction() as tx:
        assert len(await queue.pick(tx, WRITING, 1)) == 1  # its process is gone now
    assert await draining.drain(services, WRITING)
    states = {(await requests.retrieve(services, caller, request_id)).complete for request_id in ids}
    assert states == {True, False}
    assert await draining.requeue(services) == 1
    assert await draining.drain(services, WRITING)
    assert all([(await requests.retrieve(services, caller, request_id)).complete for request_id in ids])
    assert await draining.drain(services, WRITING) == 0
    await sound(services)


async def test_a_job_that_fails_is_tried_again_and_then_kept(services: Services, caller: Caller) -> None:
    class Broken:
        runs = 0

        def compose(self, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...]) -> list[Draft]:
            Broken.runs += 1
            raise ValueError("broken")

    await requests.submit(services, caller, request())
    await draining.drain(dataclasses.replace(services, composer=Broken()), WRITING)
    async with services.database.reading() as tx:
        assert (await queue.depth(tx)).failed == 1
    assert Broken.runs == 2
