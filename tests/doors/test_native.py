"""The native routes over real HTTP, on a real database."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from overture.api.native.operations import OPERATIONS
from overture.api.use_cases import UseCases
from overture.domain.accounts import Scope, Tier
from overture.domain.messages import MessageType
from overture.domain.requests import Accepted
from overture.usecases import accounts, requests
from overture.usecases.services import Services
from tests.builders import ALL_TYPES, body, encoded, request
from tests.doors.edge_server import Running, Stand, running
from tests.usecases.conftest import services, sound
from tests.usecases.test_submit import write
from tests.usecases.test_worker import demo, sites, work

__all__ = ["services", "sites"]
PROBLEM = {"type", "title", "status", "detail", "code", "error"}
FOLLOW_UP = MessageType.FIRST_FOLLOW_UP


class Real(Stand):
    """The real use cases on real services, in the place of the stand-in ones."""

    real: Services

    def use_cases(self) -> UseCases:
        return UseCases()

    @asynccontextmanager
    async def services(self) -> AsyncIterator[Services]:
        yield self.real


@dataclass
class House:
    """A running server with one account of 1,000 credits."""

    server: Running
    services: Services
    key: str

    async def call(self, method: str, path: str, payload: object = None, **headers: str) -> httpx2.Response:
        content = b"" if payload is None else encoded(payload)
        own = {"Api-Key": self.key} | {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.server.client.request(method, path, content=content, headers=own)

    async def submit(self, sites: dict[str, str], types: tuple[MessageType, ...] = ALL_TYPES) -> Accepted:
        """A request for two leads, written by the worker."""
        caller = await accounts.authenticate(self.services, self.key)
        accepted = await requests.submit(self.services, caller, demo(sites, types))
        await work(self.services)
        return accepted


@pytest.fixture
async def house(services: Services) -> AsyncIterator[House]:
    made = await accounts.create(services, "one", credits=1000, tier=Tier.SCALE)
    stand = Real()
    stand.real = services
    async with running(stand) as server:
        yield House(server, services, made.api_key)


def problem(answer: httpx2.Response, status: int, code: str) -> str:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    told: dict[str, Any] = answer.json()
    assert set(told) == PROBLEM
    assert (told["status"], told["code"], told["error"]) == (status, code, told["detail"])
    return str(told["detail"])


async def test_a_message_shows_what_each_claim_rests_on(house: House, sites: dict[str, str]) -> None:
    accepted = await house.submit(sites)
    shown: list[dict[str, Any]] = []
    path = f"/api/native/requests/{accepted.id}/messages"
    cursor = ""
    while True:
        page = (await house.call("GET", f"{path}?limit=3&cursor={cursor}")).json()
        shown += page["messages"]
        if page["next_cursor"] is None:
            break
        cursor = page["next_cursor"]
    assert len({message["id"] for message in shown}) == len(shown) == 10
    for message in shown:
        single = (await house.call("GET", f"/api/native/messages/{message['id']}")).json()
        assert single == message | {"versions": []}
        if message["state"] == "failed":
            assert message["reason"] and message["detail"] and message["text"] is None
            continue
        assert "".join(part["text"] for part in message["segments"]) == message["text"]
        assert message["composer"] == "embedded"
        for part in message["segments"]:
            if part["role"].endswith("_claim"):
                assert part["check"] == {"passed": True, "objections": []}
                assert part["citations"] and not part["hedged"]
            for cite in part["citations"]:
                assert cite["span"] and cite["url"]
                assert (cite["source"] == "page") is (cite["fetched_at"] is not None)


async def test_evidence_is_an_addition_to_retrieval(house: House, sites: dict[str, str]) -> None:
    """Without it, or with another value, the bytes are those of before."""
    accepted = await house.submit(sites)
    path = f"/api/v2/messages/retrieve_messages?request_message_generation_secure_request_id={accepted.id}"
    plain = (await house.call("GET", path)).json()
    other = (await house.call("GET", f"{path}&include=everything")).json()
    with_evidence = (await house.call("GET", f"{path}&include=evidence")).json()
    for answer in (plain, other, with_evidence):
        answer["metadata"].pop("retrieve_messages_api_request_secure_request_id")
    assert plain == other
    for lead in with_evidence["campaign"]["leads_data"]:
        found = lead.pop("evidence")
        for key in ("outreach_message", "first_follow_up_message", "stage_ambition_message", "share_material_message",
                    "hiring_activity_message"):  # fmt: skip
            assert found[key]["text"] == lead[key]
            assert (found[key]["reason"] is None) is (lead[key] is not None)
    assert with_evidence == plain


async def test_regenerating_over_http(house: House, sites: dict[str, str]) -> None:
    """Asked for, held, written, shown; the old text stays as a version; the key answers again."""
    accepted = await house.submit(sites, (FOLLOW_UP,))
    message = f"{accepted.id}.0.first_follow_up"
    path = f"/api/native/messages/{message}"
    first = (await house.call("GET", path)).json()
    asked = await house.call("POST", f"{path}/regenerate", {"another_fact": True}, Idempotency_Key="k1")
    assert (asked.status_code, asked.headers["location"]) == (202, path)
    assert asked.json() == {"id": message, "version": 1, "state": "pending", "credits_held": 1}
    again = await house.call("POST", f"{path}/regenerate", {"another_fact": True}, Idempotency_Key="k1")
    assert (again.status_code, again.content, again.headers["idempotency-replayed"]) == (202, asked.content, "true")
    other = await house.call("POST", f"{path}/regenerate", {"shorter": True}, Idempotency_Key="k1")
    assert "another call" in problem(other, 422, "invalid")
    problem(await house.call("POST", f"{path}/regenerate", {"shorter": True}), 409, "conflict")
    pending = (await house.call("GET", path)).json()
    assert (pending["text"], pending["versions"][0]["state"]) == (first["text"], "pending")
    await work(house.services)
    second = (await house.call("GET", path)).json()
    assert second["version"] == 1
    assert second["text"] == second["versions"][0]["text"] != first["text"]
    assert second["versions"][0]["wish"] == {"tone": None, "another_fact": True, "shorter": False, "avoid": []}
    retrieved = await house.call(
        "GET", f"/retrieve_messages?request_message_generation_secure_request_id={accepted.id}"
    )
    assert retrieved.json()["campaign"]["leads_data"][0]["first_follow_up_message"] == second["text"]
    balance = (await house.call("GET", "/account/check_credits")).json()
    assert balance["remaining_credits"] == 1000 - 3
    await sound(house.services)


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({}, "at least one of"),
        ({"tone": None, "another_fact": False}, "at least one of"),
        ({"tone": "rude"}, "tone must be one of"),
        ({"tone": ["formal"], "shorter": "yes"}, "shorter must be true or false"),
        ({"another_fact": 1}, "another_fact must be true or false"),
        ({"avoid": "E1"}, "avoid must be an array"),
        ({"avoid": ["E1"] * 51}, "at most 50"),
        ({"avoid": [""]}, "ids of evidence"),
        ({"avoid": ["E\x00"]}, "ids of evidence"),
        ({"avoid": ["E99999"]}, "not evidence of this message"),
    ],
)
async def test_a_wish_that_breaks_rules(house: House, wish: dict[str, Any], sentence: str) -> None:
    caller = await accounts.authenticate(house.services, house.key)
    accepted = await requests.submit(house.services, caller, request(1))
    await write(house.services, accepted.id, (0, FOLLOW_UP))
    answer = await house.call("POST", f"/api/native/messages/{accepted.id}.0.first_follow_up/regenerate", wish)
    assert sentence in problem(answer, 422, "invalid")


async def test_a_quote_costs_nothing_and_a_cancelled_request_neither(house: House) -> None:
    payload = body(3, ("first_follow_up", "connection_request"))
    told = (await house.call("POST", "/api/native/requests/preview", payload)).json()
    assert told["messages"] == {
        "asked": 6, "to_write": 6, "already_written": 0, "being_written": 0, "repeated": 0,
    }  # fmt: skip
    assert (told["credits"], told["would_be_accepted"]) == ({"available": 1000, "held": 6, "after": 994}, True)
    assert any("name no website" in warning for warning in told["warnings"])
    sent = (await house.call("POST", "/api/v2/messages/request_message_generation", payload)).json()
    request_id = sent["secure_request_id"]
    assert (await house.call("POST", "/api/native/requests/preview", payload)).json()["duplicate_of"] == request_id
    path = f"/api/native/requests/{request_id}/cancel"
    first = await house.call("POST", path, {}, Idempotency_Key="c")
    assert first.json() == {
        "id": request_id, "state": "complete", "requested": 6, "generated": 0, "failed": 6, "cancelled": 6,
        "kept_for_others": 0,
    }  # fmt: skip
    assert (await house.call("POST", path, {}, Idempotency_Key="c")).headers["idempotency-replayed"] == "true"
    assert (await house.call("POST", path)).json() == first.json()
    view = (
        await house.call("GET", f"/retrieve_messages?request_message_generation_secure_request_id={request_id}")
    ).json()
    assert view["metadata"]["failed_messages_reason"] == "Message generation was cancelled"
    assert (await house.call("GET", "/account/check_credits")).json()["credits_used"] == 0
    await sound(house.services)


async def test_a_preview_names_all_mistakes(house: House) -> None:
    answer = await house.call("POST", "/api/native/requests/preview", {"lead_data": []})
    detail = problem(answer, 422, "invalid")
    assert "completion_notification_url is required" in detail and "at least one lead" in detail


def filled(path: str, message: str, request_id: str) -> str:
    return path.replace("{message_id}", message).replace("{request_id}", request_id)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
async def test_each_route_keeps_tenants_apart_and_asks_for_a_key(house: House, operation: Any) -> None:
    """Another account's object is 403, none is 404, no key 401, a gateway's key 403: all as problems."""
    caller = await accounts.authenticate(house.services, house.key)
    accepted = await requests.submit(house.services, caller, request(1))
    await write(house.services, accepted.id, (0, FOLLOW_UP))
    other = await accounts.create(house.services, "two", credits=5, tier=Tier.SCALE)
    gateway = await accounts.create_key(house.services, other.account_id, Scope.GATEWAY)
    own = filled(operation.canonical, f"{accepted.id}.0.first_follow_up", str(accepted.id))
    unknown = filled(operation.canonical, f"{uuid4()}.0.first_follow_up", str(uuid4()))
    shapeless = filled(operation.canonical, "..%00", "%ff")
    payload = body(1) if operation.body == "GenerationRequest" else {"shorter": True}
    payload = payload if operation.method == "POST" else None
    takes_id = "{" in operation.canonical
    house.key = other.api_key
    if takes_id:
        problem(await house.call(operation.method, own, payload), 403, "forbidden")
        problem(await house.call(operation.method, unknown, payload), 404, "not_found")
        assert (await house.call(operation.method, shapeless, payload)).status_code == 404
    house.key = gateway.api_key
    problem(await house.call(operation.method, own, payload), 403, "forbidden")
    house.key = "nonsense"
    problem(await house.call(operation.method, own, payload), 401, "unauthorized")
    wrong = await house.call("DELETE", own)
    problem(wrong, 405, "method_not_allowed")
    row = await house.services.database.once("SELECT count(*) FROM revision")
    assert row and row[0] == 0
    await sound(house.services)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
async def test_hostile_bytes_are_answered_below_500(house: House, operation: Any) -> None:
    caller = await accounts.authenticate(house.services, house.key)
    accepted = await requests.submit(house.services, caller, request(1))
    await write(house.services, accepted.id, (0, FOLLOW_UP))
    path = filled(operation.canonical, f"{accepted.id}.0.first_follow_up", str(accepted.id))
    bodies = [
        b"\x00", b"[]", b"nul", b'"x"', b"{" * 5000, b'{"avoid":' + b"[" * 40 + b"]" * 40 + b"}", b'{"tone":"\\ud800"}',
        b'{"avoid":["\\u0000"]}', b'{"shorter":NaN}', b"\xff\xfe", b'{"another_fact":1e999}', b'{"avoid":[{}]}',
    ]  # fmt: skip
    for content in bodies:
        headers = {"Api-Key": house.key}
        answer = await house.server.client.request(operation.method, path, content=content, headers=headers)
        assert answer.status_code < 500, (content, answer.text)
        taken = operation.id in {"show_message", "list_messages", "cancel_request"}  # no body, or any object
        assert taken or answer.status_code == 422, (content, answer.text)
    for query in ("limit=0", "limit=101", "limit=x", "limit=1e9", "cursor=%00", "cursor=AAAA", "cursor=WzEsMl0",
                  "cursor=" + "A" * 5000, "cursor=Wy0xLCJ4Il0", "cursor=WzAsIlx1MDAwMCJd",
                  "cursor=Wzk5OTk5OTk5OTk5OTk5OTk5OTk5LCJ4Il0"):  # fmt: skip
        answer = await house.call("GET", f"/api/native/requests/{accepted.id}/messages?{query}")
        problem(answer, 422, "invalid")
    for key in ("", "x" * 256, "a b", "ü"):
        answer = await house.server.client.request(
            "POST", f"/api/native/requests/{accepted.id}/cancel", headers=[("Api-Key", house.key),
            ("Idempotency-Key", key.encode("latin-1"))],
        )  # fmt: skip
        problem(answer, 422, "invalid")
    assert (await house.call("GET", "/api/native/nothing")).headers["content-type"] == "application/problem+json"


async def test_calls_are_counted_and_limited_as_everywhere(house: House) -> None:
    """The testing tier's 21st call of the minute is a problem with Retry-After."""
    made = await accounts.create(house.services, "small", credits=5)
    house.key = made.api_key
    path = f"/api/native/messages/{uuid4()}.0.first_follow_up"
    answers = await asyncio.gather(*(house.call("GET", path) for _ in range(45)))
    limited = [answer for answer in answers if answer.status_code == 429]
    assert len(limited) >= 5
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in limited)
    problem(limited[0], 429, "rate_limited")


async def test_metrics_name_the_route_not_the_id(house: House) -> None:
    await house.call("GET", f"/api/native/messages/{uuid4()}.0.first_follow_up")
    text = (await house.server.client.get("/metrics")).text
    assert 'route="/api/native/messages/{message_id}"' in text


def test_examples_are_json() -> None:
    for operation in OPERATIONS:
        assert json.dumps([dict(outcome.examples) for outcome in operation.outcomes])
