"""Leads without a website: the company is looked up once, its site is read, and the message says how it was found."""

import dataclasses
import functools
import json
from collections.abc import AsyncIterator, Iterator
from importlib import resources
from uuid import UUID

import pytest

from overture import queue
from overture.adapters.lookup import HttpLookup
from overture.domain import reasons
from overture.domain.accounts import Caller
from overture.domain.messages import MessageType
from overture.domain.requests import GenerationRequest
from overture.research import codec
from overture.research.company.finder import Finder
from overture.research.company.ways import Search, SearchKind
from overture.store import sources as rows
from overture.store.chunks import stale
from overture.usecases import chunks, evidence, plan, requests, sources, sweep
from overture.usecases.services import Services
from tests.builders import ALL_TYPES, lead, request
from tests.e2e.conftest import Quiet, served
from tests.research.site import Site, serving
from tests.usecases.conftest import counts, sound
from tests.usecases.test_worker import jobs, work

NOTE = (MessageType.CONNECTION_REQUEST, MessageType.FIRST_FOLLOW_UP)


@pytest.fixture
def sites() -> Iterator[dict[str, str]]:
    with resources.as_file(resources.files("overture.cli").joinpath("sites")) as root:
        names = ("harbourlight", "ledgerly")
        servers = [served(functools.partial(Quiet, directory=str(root / name))) for name in names]
        try:
            yield {name: server.__enter__() + "/" for name, server in zip(names, servers, strict=True)}
        finally:
            for server in servers:
                server.__exit__()


@pytest.fixture
async def engine(sites: dict[str, str]) -> AsyncIterator[Site]:
    """A SearXNG whose only result is the company's site."""
    async with serving() as opened:
        found = {"results": [{"url": f"{sites['harbourlight']}services.html"}]}
        opened.page("/search", json.dumps(found), kind="application/json")
        yield opened


@pytest.fixture
async def finding(services: Services, engine: Site) -> AsyncIterator[Services]:
    lookup = HttpLookup(f"{engine.url}/search")
    yield dataclasses.replace(services, finder=Finder(search=Search(SearchKind.SEARXNG, lookup)))
    await lookup.close()


def asked(
    sites: dict[str, str], *companies: str, types: tuple[MessageType, ...] = NOTE, **changes: object
) -> GenerationRequest:
    people = tuple(lead(n, company=company) for n, company in enumerate(companies))
    fields: dict[str, object] = {
        "proposition_company_url": sites["ledgerly"],
        "material_link": f"{sites['ledgerly']}case.html",
        "hiring_location": "GB",
    }
    return request(people, types, **(fields | changes))


async def test_the_quick_start_without_websites(
    finding: Services, caller: Caller, sites: dict[str, str], engine: Site
) -> None:
    """Two leads of one company share the look-up; messages rest on the site that was found, and say how it was."""
    accepted = await requests.submit(
        finding, caller, asked(sites, "Harbourlight Freight", "HARBOURLIGHT FREIGHT", types=ALL_TYPES)
    )
    ran = await work(finding)
    view = await requests.retrieve(finding, caller, accepted.id)
    assert view.complete
    assert view.generated >= 8, view.reasons
    assert ran.count("chunk.compose") == 3  # to ask for the company, to ask for its site, to write
    assert ran.count("source.research") == 5  # company, site, careers page, proposition, material
    assert len(engine.seen) == 1
    for message in await evidence.of_request(finding, accepted.id):
        if message.text is None:
            continue
        assert f"{sites['harbourlight']} was found by search" in (message.detail or "")
        cited = {c.url for s in message.segments for c in s.citations if s.role == "lead_claim"}
        assert all(url.startswith((sites["harbourlight"], "request:")) for url in cited)
    await sound(finding)


async def test_what_was_looked_at_is_kept(finding: Services, caller: Caller, sites: dict[str, str]) -> None:
    await requests.submit(finding, caller, asked(sites, "Harbourlight Freight"))
    await work(finding)
    wanted = plan.for_lead(lead(0, company="harbourlight freight"), NOTE, finding=True).company
    assert wanted is not None
    async with finding.database.reading() as tx:
        ((_, content),) = (await rows.contents(tx, [wanted.key])).values()
    source = codec.load(content)
    assert source.final_url == sites["harbourlight"]
    assert [(item.way, item.confidence, item.refused) for item in source.candidates] == [("search", 100, "")]
    assert {item.section for item in source.evidence} == {"structured data", "title", "copyright"}


async def test_a_later_request_uses_the_same_look_up(
    finding: Services, caller: Caller, sites: dict[str, str], engine: Site
) -> None:
    await requests.submit(finding, caller, asked(sites, "Harbourlight Freight"))
    await work(finding)
    again = asked(sites, "Harbourlight Freight", customer_id="another", campaign_id="another")
    people = (lead(7, company="Harbourlight Freight"),)
    await requests.submit(finding, caller, dataclasses.replace(again, leads=people, digest=b"2"))
    assert await work(finding) == ["chunk.compose"]
    assert len(engine.seen) == 1


async def test_nothing_certain_fails_with_the_ways_tried(
    finding: Services, caller: Caller, sites: dict[str, str]
) -> None:
    accepted = await requests.submit(finding, caller, asked(sites, "Northwind Traders", types=ALL_TYPES))
    await work(finding)
    view = await requests.retrieve(finding, caller, accepted.id)
    assert reasons.RESEARCH_NOT_FOUND in view.reasons
    assert reasons.NO_HIRING_ACTIVITY not in view.reasons
    assert not view.leads[0].no_job_posts
    messages = {m.type: m for m in await evidence.of_request(finding, accepted.id)}
    for kind in (*NOTE, MessageType.HIRING_ACTIVITY):
        assert messages[kind].reason == reasons.RESEARCH_NOT_FOUND
        assert f"search: {sites['harbourlight']} does not bear the name" in (messages[kind].detail or "")
    assert messages[MessageType.STAGE_AMBITION].text
    available, held, captured = await counts(finding, caller.account_id)
    assert (available, held, captured) == (1000 - view.generated, 0, view.generated)
    await sound(finding)


async def test_switched_off_says_so(services: Services, caller: Caller, sites: dict[str, str]) -> None:
    accepted = await requests.submit(services, caller, asked(sites, "Harbourlight Freight"))
    await work(services)
    (message, _) = await evidence.of_request(services, accepted.id)
    assert message.reason == reasons.RESEARCH_NOT_FOUND
    assert "no way to find one is switched on" in (message.detail or "")


async def test_a_website_that_is_named_is_not_looked_up(
    finding: Services, caller: Caller, sites: dict[str, str], engine: Site
) -> None:
    people = (lead(0, company="Harbourlight Freight", company_website_url=sites["harbourlight"]),)
    await requests.submit(finding, caller, dataclasses.replace(asked(sites, "x"), leads=people))
    await work(finding)
    assert engine.seen == []


async def test_lost_jobs_between_the_stages_are_found(finding: Services, caller: Caller, sites: dict[str, str]) -> None:
    """Whatever vanishes after each step, the sweep queues again, and the request completes."""
    accepted = await requests.submit(finding, caller, asked(sites, "Harbourlight Freight"))
    for _ in range(12):
        await jobs(finding)
        async with finding.database.transaction() as tx:
            for table in ("chunk", "source", "event"):
                await tx.connection.execute(f"UPDATE {table} SET touched_at = now() - interval '1 hour'")
        await sweep.tidy(finding)
        for task, payload in await jobs(finding):
            if task != queue.Task.DELIVER_EVENT:
                await one(finding, task, payload)
    async with finding.database.reading() as tx:
        assert await stale(tx, 0, 10) == []
    assert (await requests.retrieve(finding, caller, accepted.id)).generated == 2
    await sound(finding)


async def one(services: Services, task: str, payload: str) -> None:
    if task == queue.Task.COMPOSE_CHUNK:
        await chunks.compose(services, int(payload))
    else:
        await sources.research(services, UUID(payload))
