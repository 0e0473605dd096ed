"""The review routes over real HTTP, on texts that a worker wrote."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from overture.domain.accounts import Caller, Scope, Tier
from overture.usecases import accounts, requests
from overture.usecases.services import Services
from tests.campaigns.builders import definition, make_campaign, make_sender
from tests.campaigns.test_approving import FOLLOW_UP, NOTE, STEPS, Desk
from tests.doors.edge_server import running
from tests.doors.test_native import House, Real, problem
from tests.usecases.conftest import services
from tests.usecases.test_worker import demo, sites, work

__all__ = ["services", "sites"]
pytestmark = pytest.mark.anyio
PATH = "/api/native/campaigns/reviews"


@pytest.fixture
async def house(services: Services) -> AsyncIterator[House]:
    made = await accounts.create(services, "one", credits=1000, tier=Tier.SCALE)
    key = await accounts.create_key(services, made.account_id, Scope.ALL)
    stand = Real()
    stand.real = services
    async with running(stand) as server:
        yield House(server, services, key.api_key)


async def _desk(house: House, sites: dict[str, str]) -> Desk:
    caller: Caller = await accounts.authenticate(house.services, house.key)
    accepted = await requests.submit(house.services, caller, demo(sites, (NOTE, FOLLOW_UP)))
    await work(house.services)
    sender = await make_sender(house.services.database, caller.account_id)
    campaign = await make_campaign(house.services.database, caller.account_id, definition([sender], STEPS))
    return Desk(house.services, caller, campaign, sender, accepted.id)


async def test_reviewing_over_http(house: House, sites: dict[str, str]) -> None:
    """Listed, read with evidence, edited past the gate, approved, rejected; other people's are not to be had."""
    desk = await _desk(house, sites)
    ids = [str(await desk.put(step, flags=flags)) for step, flags in ((1, ("guess",)), (2, ()), (1, ()), (2, ()))]
    first = (await house.call("GET", f"{PATH}?limit=3")).json()
    rest = (await house.call("GET", f"{PATH}?limit=3&cursor={first['next_cursor']}")).json()
    assert [item["id"] for item in first["reviews"] + rest["reviews"]] == ids
    assert rest["next_cursor"] is None
    flagged = (await house.call("GET", f"{PATH}?flag=guess&campaign_id={desk.campaign.id}")).json()
    assert [item["id"] for item in flagged["reviews"]] == ids[:1]
    shown = (await house.call("GET", f"{PATH}/{ids[1]}")).json()
    assert "".join(segment["text"] for segment in shown["segments"]) == shown["text"]
    assert any(cite["source"] == "page" for segment in shown["segments"] for cite in segment["citations"])

    invented = shown["text"].replace("\n\nCharlie", " Your churn is rising.\n\nCharlie")
    detail = problem(await house.call("POST", f"{PATH}/{ids[1]}/edit", {"text": invented}), 422, "invalid")
    assert "churn" in detail
    text = shown["text"].replace(shown["text"].split()[0], "Hello", 1)
    edited = await house.call("POST", f"{PATH}/{ids[1]}/edit", {"text": text}, Idempotency_Key="e")
    assert edited.json()["text"] == text
    assert (await house.call("GET", f"{PATH}/{ids[1]}")).json()["edited"] is True

    told = (await house.call("POST", f"{PATH}/{ids[1]}/approve")).json()
    assert (told["approved"], told["not_approved"]) == (1, [])
    verdict = {"then": "stop", "reason": "a customer already"}
    assert (await house.call("POST", f"{PATH}/{ids[0]}/reject", verdict)).json()["lead_state"] == "stopped"
    problem(await house.call("POST", f"{PATH}/{ids[0]}/reject", verdict), 409, "conflict")
    again = await house.call("POST", f"{PATH}/{ids[1]}/edit", {"text": text}, Idempotency_Key="e")
    assert again.headers["idempotency-replayed"] == "true"
    body = {"all": True, "plain": True, "campaign_id": str(desk.campaign.id)}
    many = (await house.call("POST", f"{PATH}/approve", body)).json()
    assert (sorted(many["ids"]), many["left"]) == (sorted(ids[2:]), 0)
    gone = (await house.call("POST", f"{PATH}/approve", {"ids": ids})).json()
    assert {item["code"] for item in gone["not_approved"]} == {"not_in_review"}

    waiting = str(await desk.put(1))
    other = await accounts.create(house.services, "two", credits=5, tier=Tier.SCALE)
    house.key = (await accounts.create_key(house.services, other.account_id, Scope.ALL)).api_key
    problem(await house.call("GET", f"{PATH}/{waiting}"), 403, "forbidden")
    problem(await house.call("POST", f"{PATH}/{waiting}/edit", {"text": text}), 403, "forbidden")
    problem(await house.call("POST", f"{PATH}/{waiting}/reject", verdict), 403, "forbidden")
    assert (await house.call("POST", f"{PATH}/{waiting}/approve")).json()["approved"] == 0
    assert (await house.call("GET", PATH)).json()["reviews"] == []


async def test_hostile_calls_are_answered_below_500(house: House) -> None:
    unknown = f"{uuid4()}.1.1"
    too_late = "WyI5OTk5LTEyLTMxVDIzOjU5OjU5LTIzOjU5IiwiNmYwZjdjM2UtM2QxZS00YTU0LWEzZjUtMGQ4YTBkOWI1YzExIl0"
    bodies: list[Any] = [
        [], {}, {"ids": []}, {"ids": "x"},
        {"ids": [1]}, {"ids": ["x"]}, {"ids": [None] * 2000}, {"all": 1}, {"all": []},
        {"all": True, "flag": []}, {"all": True, "flag": "x"}, {"all": True, "plain": [1]}, {"all": True, "plain": 1},
        {"all": True, "campaign_id": {}}, {"all": True, "campaign_id": "x"}, {"all": True, "ids": [unknown]},
    ]  # fmt: skip
    for payload in bodies:
        problem(await house.call("POST", f"{PATH}/approve", payload), 422, "invalid")
    for payload in [
        {},
        {"then": []},
        {"then": "x"},
        {"then": "stop", "reason": 1},
        {"then": "stop", "reason": "x" * 501},
    ]:
        problem(await house.call("POST", f"{PATH}/{unknown}/reject", payload), 422, "invalid")
    for payload in [{}, {"text": None}, {"text": 1}]:
        problem(await house.call("POST", f"{PATH}/{unknown}/edit", payload), 422, "invalid")
    for path in (unknown, f"{uuid4()}.0.1", f"{uuid4()}.99.99999", "x", "%00", f"{uuid4()}.1"):
        problem(await house.call("GET", f"{PATH}/{path}"), 404, "not_found")
        problem(await house.call("POST", f"{PATH}/{path}/edit", {"text": "\x00"}), 404, "not_found")
    for query in ("limit=0", "limit=x", "flag=x", "plain=maybe", "campaign_id=x", "cursor=AAAA", "cursor=WzEsMl0",
                  f"cursor={too_late}"):  # fmt: skip
        problem(await house.call("GET", f"{PATH}?{query}"), 422, "invalid")
    house.key = "nonsense"
    problem(await house.call("GET", PATH), 401, "unauthorized")
