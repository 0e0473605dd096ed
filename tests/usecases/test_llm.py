"""Writing with a language model, on a real database: who wrote what is stored, ceilings hold, nothing is paid twice."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from http.server import BaseHTTPRequestHandler
from typing import Any

from overture import queue
from overture.adapters.llm import Endpoint, LanguageModel, Prices
from overture.composition.llm_compose import LlmComposer
from overture.domain.accounts import Caller
from overture.domain.messages import MessageType
from overture.usecases import chunks, requests
from overture.usecases.services import Services
from overture.usecases.spending import Ceilings
from tests.llm.servers import Call, Host, Script, host, openai, send
from tests.usecases.conftest import counts, sound
from tests.usecases.test_worker import demo, sites, work

__all__ = ["sites"]
NOTE = MessageType.CONNECTION_REQUEST
PRICES = Prices(Decimal(1), Decimal(1), Decimal(1), Decimal(1))


def copies(change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]] = lambda rows: rows) -> Script:
    """Answer with a note that states the first fact of the lead, word for word, turned to 'you'."""

    def script(handler: BaseHTTPRequestHandler, number: int, call: Call) -> None:
        block = next(m["content"] for m in call.body["messages"] if m["role"] == "user")
        fact = json.loads(block.split("<lead>\n")[1].split("\n</lead>")[0])["evidence"][0]
        told = fact["text"].replace("We ", "You ").replace(" our ", " your ").replace("Our ", "Your ")
        rows = [{"role": "lead_claim", "cites": [fact["id"]], "text": told}]
        send(handler, openai(json.dumps({NOTE: change(rows)})))

    return script


@asynccontextmanager
async def with_model(
    services: Services, server: Host, when_spent: str = "embedded", **ceilings: Any
) -> AsyncIterator[Services]:
    endpoint = Endpoint("openai-compatible", "m", f"{server.url}/v1", retries=0, timeout=5.0, prices=PRICES)
    model = LanguageModel(endpoint)
    writer = LlmComposer(model, services.composer, attempts=2, when_spent=when_spent)
    policy = dataclasses.replace(services.policy, chunk_leads=1, ceilings=Ceilings(**ceilings))
    yield dataclasses.replace(services, writer=writer, policy=policy)
    await model.close()


async def rows(services: Services) -> list[dict[str, Any]]:
    found = await services.database.all_once("SELECT * FROM composition ORDER BY lead_idx, type")
    return [dict(row) for row in found]


async def test_who_wrote_each_message_is_stored(services: Services, caller: Caller, sites: dict[str, str]) -> None:
    with host(copies()) as server:
        async with with_model(services, server) as with_:
            accepted = await requests.submit(with_, caller, demo(sites, (NOTE,)))
            ran = await work(with_)
    view = await requests.retrieve(services, caller, accepted.id)
    assert (view.complete, view.generated) == (True, 2)
    stored = await rows(services)
    assert [(row["composer"], row["model"], row["attempts"]) for row in stored] == [
        ("llm", "openai-compatible:m", 1)
    ] * 2
    assert [(row["input_tokens"], row["cached_tokens"], row["output_tokens"]) for row in stored] == [
        (5_000, 4_000, 200)
    ] * 2
    assert [row["cost"] for row in stored] == [Decimal("0.0052")] * 2
    assert ran.count(queue.Task.COMPOSE_CHUNK) == 4  # a lead a job: each waits once for research and writes once
    assert await counts(services, caller.account_id) == (998, 0, 2)
    await sound(services)


async def test_a_bad_model_leaves_the_embedded_text_and_says_so(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    with host(copies(lambda _: [])) as server:
        async with with_model(services, server) as with_:
            accepted = await requests.submit(with_, caller, demo(sites, (NOTE,)))
            await work(with_)
    view = await requests.retrieve(services, caller, accepted.id)
    assert view.generated == 2
    stored = await rows(services)
    assert {row["composer"] for row in stored} == {"embedded"}
    assert {row["fallback"] for row in stored} == {"not sendable after 2 calls: nothing was written"}
    assert {row["input_tokens"] for row in stored} == {10_000}
    await sound(services)


async def test_without_a_model_nothing_is_stored(services: Services, caller: Caller, sites: dict[str, str]) -> None:
    await requests.submit(services, caller, demo(sites, (NOTE,)))
    await work(services)
    assert await rows(services) == []


async def test_a_job_of_several_leads_is_cut_into_one_a_lead(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    """An API process without the model's settings makes larger jobs; the worker mends that."""
    with host(copies()) as server:
        async with with_model(services, server) as with_:
            await requests.submit(services, caller, demo(sites, (NOTE,)))
            await work(with_)
    assert len(server.calls) == 2
    assert {row["composer"] for row in await rows(services)} == {"llm"}
    await sound(services)


async def test_a_requests_ceiling_holds_and_what_was_not_used_is_given_back(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    """A call may use some 14,000 tokens and uses 5,200: under 20,000 both fit, one after the other."""
    with host(copies()) as server:
        async with with_model(services, server, request_tokens=20_000) as with_:
            await requests.submit(with_, caller, demo(sites, (NOTE,)))
            await work(with_)
    assert len(server.calls) == 2
    spent = await services.database.all_once("SELECT tokens, cost FROM llm_spending")
    assert [(row["tokens"], row["cost"]) for row in spent] == [(10_400, Decimal("0.0104"))]


async def test_at_the_requests_ceiling_the_embedded_composer_writes(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    with host(copies()) as server:
        async with with_model(services, server, request_tokens=15_000) as with_:
            accepted = await requests.submit(with_, caller, demo(sites, (NOTE,)))
            await work(with_)
    assert len(server.calls) == 1
    stored = await rows(services)
    assert sorted(row["composer"] for row in stored) == ["embedded", "llm"]
    assert {row["fallback"] for row in stored} == {"", "the request's ceiling for the language model is reached"}
    view = await requests.retrieve(services, caller, accepted.id)
    assert view.generated == 2
    await sound(services)


async def test_at_the_accounts_ceiling_messages_may_fail_and_cost_nothing(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    with host(copies()) as server:
        async with with_model(
            services, server, when_spent="fail", account_cost=Decimal("0.0001"), period="day"
        ) as with_:
            accepted = await requests.submit(with_, caller, demo(sites, (NOTE,)))
            await work(with_)
    assert server.calls == []
    view = await requests.retrieve(services, caller, accepted.id)
    assert (view.generated, view.failed) == (0, 2)
    assert {row["fallback"] for row in await rows(services)} == {
        "the account's ceiling for the language model is reached for this day"
    }
    assert await counts(services, caller.account_id) == (1000, 0, 0)
    await sound(services)


async def test_a_job_given_up_in_a_call_is_written_by_the_next_and_paid_once(
    services: Services, caller: Caller, sites: dict[str, str]
) -> None:
    """As when a worker stops: the call is cancelled, what it had set aside stays counted, no credit is taken."""
    arrived = asyncio.Event()
    loop = asyncio.get_running_loop()

    def script(handler: BaseHTTPRequestHandler, number: int, call: Call) -> None:
        if number == 0:
            loop.call_soon_threadsafe(arrived.set)
            handler.rfile.read(1)  # until the caller hangs up
        else:
            copies()(handler, number, call)

    with host(script) as server:
        async with with_model(services, server, account_tokens=10**9) as with_:
            await requests.submit(with_, caller, demo(sites, (NOTE,)))
            running = asyncio.ensure_future(work(with_))
            await arrived.wait()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            assert await counts(services, caller.account_id) == (998, 2, 0)
            for row in await services.database.all_once("SELECT id FROM chunk WHERE state <> 'done'"):
                await chunks.compose(with_, row["id"])
    assert await counts(services, caller.account_id) == (998, 0, 2)
    assert len(await rows(services)) == 2
    spent = await services.database.once("SELECT tokens FROM llm_spending")
    assert spent
    assert spent["tokens"] > 10_400
    await sound(services)
