"""Research and composing as jobs: shared, bounded, and safe to run twice."""

import asyncio
import dataclasses
import functools
import http.server
from collections.abc import Iterator
from datetime import timedelta
from importlib import resources
from uuid import UUID

import pytest
from pgqueuer.db import AsyncpgPoolDriver
from pgqueuer.queries import Queries

from overture import queue
from overture.domain import reasons
from overture.domain.accounts import Caller
from overture.domain.messages import Brief, Draft, LeadDossier, MessageType
from overture.domain.requests import GenerationRequest
from overture.usecases import chunks, requests, sources, sweep
from overture.usecases.services import Services
from overture.worker.run import Engine, Load
from tests.builders import ALL_TYPES, lead, request
from tests.e2e.conftest import Quiet, served
from tests.usecases.conftest import counts, sound


@pytest.fixture
def sites() -> Iterator[dict[str, str]]:
    with resources.as_file(resources.files("overture.cli").joinpath("sites")) as root:
        names = ("harbourlight", "millbrook", "ledgerly")
        servers = [served(functools.partial(Quiet, directory=str(root / name))) for name in names]
        try:
            yield {name: server.__enter__() + "/" for name, server in zip(names, servers, strict=True)}
        finally:
            for server in servers:
                server.__exit__()


def demo(sites: dict[str, str], types: tuple[MessageType, ...] = ALL_TYPES, **changes: object) -> GenerationRequest:
    people = (
        lead(0, company="Harbourlight Freight", company_website_url=sites["harbourlight"]),
        lead(1, company="Millbrook Looms", company_website_url=sites["millbrook"]),
    )
    fields: dict[str, object] = {
        "proposition_company_url": sites["ledgerly"],
        "material_link": sites["ledgerly"] + "case.html",
        "hiring_location": "GB",
        "signoff_name": "Charlie",
    }
    return request(people, types, **(fields | changes))


async def jobs(services: Services) -> list[tuple[str, str]]:
    """Take every queued job out of the queue, as an engine would."""
    async with services.database.transaction() as tx:
        rows = await tx.fetch("DELETE FROM pgqueuer WHERE status = 'queued' RETURNING id, entrypoint, payload")
    return [(row["entrypoint"], row["payload"].decode()) for row in sorted(rows, key=lambda r: r["id"])]


async def work(services: Services) -> list[str]:
    """Run jobs until none is queued, deliveries aside; returns the tasks that ran."""
    ran: list[str] = []
    while todo := [job for job in await jobs(services) if job[0] != queue.Task.DELIVER_EVENT]:
        for task, payload in todo:
            if task == queue.Task.COMPOSE_CHUNK:
                await chunks.compose(services, int(payload))
            else:
                await sources.research(services, UUID(payload))
            ran.append(task)
    return ran


async def test_a_request_is_researched_written_and_paid(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    accepted = await requests.submit(services, caller, demo(sites))
    ran = await work(services)
    view = await requests.retrieve(services, caller, accepted.id)
    assert view.complete
    assert view.generated >= 7, view.reasons
    assert ran.count("chunk.compose") == 2  # once to ask for sources, once to write
    assert ran.count("source.research") == 6  # two sites, two careers pages, the proposition, the material
    available, held, captured = await counts(services, caller.account_id)
    assert (held, captured, available) == (0, view.generated, 1000 - view.generated)
    await sound(services)


async def test_the_same_brief_gives_the_same_texts(services: Services, caller: Caller, sites: dict[str, str]) -> None:
    """Composing again from the same rows changes nothing: the text does not depend on the worker."""
    accepted = await requests.submit(services, caller, demo(sites))
    await work(services)
    first = await requests.retrieve(services, caller, accepted.id)
    await chunks.compose(services, 1)
    again = await requests.retrieve(services, caller, accepted.id)
    assert first == again


async def test_research_is_shared_between_leads_and_requests(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    kind = (MessageType.FIRST_FOLLOW_UP,)
    await requests.submit(services, caller, demo(sites, kind))
    await work(services)
    people = tuple(
        lead(n, company="Harbourlight Freight", company_website_url=sites["harbourlight"]) for n in (7, 8, 9)
    )
    await requests.submit(services, caller, dataclasses.replace(demo(sites, kind), leads=people, digest=b"2"))
    assert await work(services) == ["chunk.compose"]


async def test_a_lead_without_a_website_fails_with_the_reason_and_costs_nothing(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    people = (lead(3, company="Nowhere"),)
    asked = dataclasses.replace(demo(sites, (MessageType.FIRST_FOLLOW_UP,)), leads=people, digest=b"3")
    accepted = await requests.submit(services, caller, asked)
    await work(services)
    view = await requests.retrieve(services, caller, accepted.id)
    assert (view.failed, view.reasons) == (1, (reasons.RESEARCH_NOT_FOUND,))
    assert await counts(services, caller.account_id) == (1000, 0, 0)
    await sound(services)


async def test_an_unreadable_proposition_fails_what_needs_it(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    unreachable = "http://127.0.0.1:9/"
    asked = demo(sites, (MessageType.FIRST_FOLLOW_UP,), proposition_company_url=unreachable)
    accepted = await requests.submit(services, caller, asked)
    await work(services)
    view = await requests.retrieve(services, caller, accepted.id)
    assert view.reasons == (reasons.PROPOSITION_NOT_READABLE,)
    await sound(services)


async def test_open_roles_in_another_country_are_no_hiring_activity(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    accepted = await requests.submit(
        services, caller, demo(sites, (MessageType.HIRING_ACTIVITY,), hiring_location="US")
    )
    await work(services)
    view = await requests.retrieve(services, caller, accepted.id)
    assert view.failed == 2
    assert view.leads[0].no_job_posts
    assert reasons.NO_HIRING_ACTIVITY in view.reasons


class Poison:
    """A composer that fails whenever it is given one lead's one type."""

    def __init__(self, services: Services, lead_index: int, kind: MessageType) -> None:
        self._inner = services.composer
        self._place = (lead_index, kind)

    def compose(self, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...]) -> list[Draft]:
        if lead.index == self._place[0] and self._place[1] in types:
            raise RuntimeError("poison")
        return self._inner.compose(brief, lead, types)


async def test_a_chunk_that_keeps_failing_is_cut_and_only_its_poison_fails(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    """Two leads, two types, one poisonous message: the other three are written."""
    kinds = (MessageType.FIRST_FOLLOW_UP, MessageType.STAGE_AMBITION)
    poisoned = dataclasses.replace(services, composer=Poison(services, 1, MessageType.STAGE_AMBITION))
    accepted = await requests.submit(services, caller, demo(sites, kinds))
    for _ in range(20):
        for task, payload in await jobs(services):
            if task == queue.Task.RESEARCH_SOURCE:
                await sources.research(services, UUID(payload))
            elif task == queue.Task.COMPOSE_CHUNK:
                for _ in range(4):  # the engine runs a failed job again
                    try:
                        await chunks.compose(poisoned, int(payload))
                    except RuntimeError:
                        continue
                    break
    view = await requests.retrieve(services, caller, accepted.id)
    assert view.complete
    assert (view.generated, view.failed, view.reasons) == (3, 1, (reasons.NOT_GENERATED,))
    assert view.leads[1].texts[MessageType.STAGE_AMBITION] is None
    await sound(services)


async def test_a_chunk_run_by_two_workers_at_once_is_settled_once(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    accepted = await requests.submit(services, caller, demo(sites, (MessageType.FIRST_FOLLOW_UP,)))
    for task, payload in await jobs(services):
        if task == queue.Task.COMPOSE_CHUNK:
            await chunks.compose(services, int(payload))
    for task, payload in await jobs(services):
        if task == queue.Task.RESEARCH_SOURCE:
            await asyncio.gather(*(sources.research(services, UUID(payload)) for _ in range(3)))
    await asyncio.gather(*(chunks.compose(services, 1) for _ in range(2)))
    view = await requests.retrieve(services, caller, accepted.id)
    assert view.generated == 2
    assert await counts(services, caller.account_id) == (998, 0, 2)
    await sound(services)


async def test_what_no_job_works_on_is_queued_again(services: Services, caller: Caller, sites: dict[str, str]) -> None:
    """Every job of an accepted request vanishes, twice; the sweep finds the rows and the request completes."""
    accepted = await requests.submit(services, caller, demo(sites, (MessageType.FIRST_FOLLOW_UP,)))
    for _ in range(8):
        await jobs(services)
        async with services.database.transaction() as tx:
            for table in ("chunk", "source", "event"):
                await tx.connection.execute(f"UPDATE {table} SET touched_at = now() - interval '1 hour'")
        await sweep.tidy(services)
        await work(services)
    assert (await requests.retrieve(services, caller, accepted.id)).generated == 2
    await sound(services)


async def test_a_page_that_kills_its_parser_fails_alone(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    """A site that is no page at all is a failed source; the other lead is written."""

    class Garbage(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<div>" * 200_000 + bytes(range(256)) * 100)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with served(Garbage) as garbage:
        people = (
            lead(0, company="Garbage", company_website_url=garbage + "/"),
            lead(1, company="Millbrook Looms", company_website_url=sites["millbrook"]),
        )
        asked = dataclasses.replace(demo(sites, (MessageType.FIRST_FOLLOW_UP,)), leads=people)
        accepted = await requests.submit(services, caller, asked)
        await work(services)
    view = await requests.retrieve(services, caller, accepted.id)
    assert (view.generated, view.failed, view.reasons) == (1, 1, (reasons.RESEARCH_NOT_FOUND,))
    await sound(services)


def test_every_task_has_a_lane_of_the_worker() -> None:
    """A task that no engine takes would wait for ever."""
    assert sorted(task for lane in Load().lanes() for task in lane.tasks) == sorted(queue.Task)


async def test_a_probe_that_was_sent_before_the_engine_listens_is_sent_again(
    database_url: str,
) -> None:
    """Nobody hears the first; without a second the engine would be taken for broken, and built anew."""
    pool = await queue.engine_pool(database_url, size=2)
    engine = Engine(Queries(AsyncpgPoolDriver(pool)))
    probe = asyncio.create_task(engine.listener_healthy(timedelta(seconds=30)))
    await asyncio.sleep(0.3)
    running = asyncio.create_task(engine.run(dequeue_timeout=timedelta(seconds=1)))
    assert (await probe).id is not None
    engine.shutdown.set()
    await running
    pool.terminate()
