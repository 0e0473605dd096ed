"""Every endpoint with hostile input, over HTTP: the dialect's shape, below 500, prices, tenants apart."""

import asyncio
import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from overture.api.contract import Operation
from overture.api.linkup.endpoint import Endpoint, Wrapper
from overture.api.linkup.index import ENDPOINTS
from overture.api.upscale.operations import OPERATIONS as UPSCALE
from overture.domain.accounts import Scope
from overture.usecases import accounts
from tests.linkup.conftest import Gateway, Simulation, environment, sign_in, within

DEEP = json.loads("[" * 25 + "]" * 25)
VALUES: list[Any] = [
    True,
    0,
    -1,
    10**40,
    1e308,
    "\0",
    "a\u0007b",
    "' OR 1=1; DROP TABLE linkedin_account; --",
    "$1::uuid",
    "../../../../etc/passwd",
    "https://[::1",
    "https://www.linkedin.com/in/%00%ff/",
    "x" * 11_000,
    "\u202e\ufeff\U0010ffff",
    [],
    {},
    [None, 1, {"a": []}],
    {"data": "%%%", "filename": "\0"},
    DEEP,
]
RAW = [
    b'{"login_token": "\\ud800", "email": "\\ud800", "linkedin_url": "\\udfff"}',
    b'{"total_results": NaN}',
    b'{"total_results": 1e999}',
    b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    b'{"login_token": "x", "login_token": 7}',
    b"\x00",
    b"{}{}",
]
IDS = ["0" * 24, "x", "%00", "%ff%fe", "..%2f..", "' OR '1'='1", "a" * 5_000, "%F0%9F%98%80", "%ED%A0%80"]


def name(value: object) -> str:
    return f"{value.method} {value.path}" if isinstance(value, Endpoint) else repr(value)[:30]


def dialect(endpoint: Endpoint, status: int, answer: Any) -> None:
    """Whatever is asked, the answer is the dialect's, and never a failure of ours."""
    assert status < 500, (endpoint.path, answer)
    if status == 200:
        assert endpoint.wrapper is Wrapper.BARE or answer["status"] == "success"
    else:
        assert answer["status"] == "error"
        assert isinstance(answer["message"], str)
        assert answer["message"]
        assert len(answer["message"]) < 3_000


@pytest.mark.parametrize("endpoint", [e for e in ENDPOINTS if e.body], ids=name)
def test_each_field_with_hostile_values(first: Gateway, endpoint: Endpoint) -> None:
    """One field after the other is what it must not be; the rest are as documented."""
    path = endpoint.path.replace("{id}", "0" * 24)
    base = {spec.name: spec.example for spec in endpoint.all_fields} | {"login_token": first.token}
    base.pop("media_file", None)
    fields = [spec.name for spec in endpoint.all_fields]
    for number, value in enumerate(VALUES):
        field = fields[number % len(fields)]
        dialect(endpoint, *first.call(endpoint.method, path, base | {field: value}))
        dialect(endpoint, *first.call(endpoint.method, path, dict.fromkeys(fields, value)))


@pytest.mark.parametrize("endpoint", [e for e in ENDPOINTS if e.body], ids=name)
def test_each_endpoint_with_hostile_bodies(first: Gateway, endpoint: Endpoint) -> None:
    """Bodies that no JSON library of good will makes."""
    path = endpoint.path.replace("{id}", "0" * 24)
    for raw in RAW:
        status, answer = first.call(endpoint.method, path, raw=raw)
        dialect(endpoint, status, answer)
        assert status in {200, 400, 403, 404}


@pytest.mark.parametrize("endpoint", [e for e in ENDPOINTS if "{id}" in e.path], ids=name)
@pytest.mark.parametrize("given", IDS, ids=lambda given: given[:20])
def test_ids_in_the_path(first: Gateway, endpoint: Endpoint, given: str) -> None:
    """What is no monitor is 404, whatever it looks like."""
    path = endpoint.path.replace("{id}", given.replace(" ", "%20"))
    status, answer = first.call(endpoint.method, path, {"account_name": "x"})
    dialect(endpoint, status, answer)
    assert status == 404


async def _rows(url: str, sql: str, *values: object) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(sql, *values)
    finally:
        await connection.close()


def test_prices(first: Gateway, databases: list[str], simulation: Simulation, tmp_path: Path) -> None:
    """Each status but a failure of ours costs what is documented; what the balance does not cover costs nothing."""
    settings = environment(databases[0], tmp_path)

    async def make(services: Any) -> tuple[str, Any]:
        made = await accounts.create(services, "prices", actions=10)
        key = await accounts.create_key(services, made.account_id, Scope.GATEWAY)
        return key.api_key, made.account_id

    key, account_id = within(settings, make)

    def captured() -> int:
        sql = "SELECT coalesce(sum(amount), 0) AS n FROM ledger WHERE account_id = $1 AND kind = 'capture'"
        return asyncio.run(_rows(databases[0], sql, account_id))[0]["n"]

    person = simulation.people[2]
    calls: list[tuple[str, str, Any, int, int]] = [
        ("GET", "/v1/check", None, 200, 0),
        ("GET", "/v1/webhooks/accounts", None, 200, 0),
        ("POST", "/v1/profile/info", {}, 400, 1),
        ("POST", "/v1/profile/info", {"login_token": "AQEDgone", "linkedin_url": "x"}, 403, 1),
        ("POST", "/v1/data/company/info", {"company_url": "no-such-company-at-all"}, 404, 1),
        ("POST", "/v1/auth/login", {"email": person.email, "password": "wrong"}, 400, 1),
        ("POST", "/v1/data/search/profiles", {"total_results": 21}, 200, 3),
        ("POST", "/v1/data/search/profiles", {"total_results": 500}, 402, 0),
    ]
    spent = 0
    for method, path, body, wanted, price in calls:
        status, answer = first.call(method, path, body, key=key)
        assert status == wanted, (path, answer)
        spent += price
        assert captured() == spent, path
    sql = "SELECT available, held, captured FROM balance WHERE account_id = $1 AND unit = 'actions'"
    rows = asyncio.run(_rows(databases[0], sql, account_id))
    assert tuple(rows[0]) == (10 - spent, 0, spent)


def test_customers_are_apart(first: Gateway, databases: list[str], simulation: Simulation, tmp_path: Path) -> None:
    """Another's token is an ended session, another's monitor is none; the answers are those for what does not exist."""
    settings = environment(databases[0], tmp_path)

    async def make(services: Any) -> str:
        made = await accounts.create(services, "other", actions=1_000)
        return (await accounts.create_key(services, made.account_id, Scope.GATEWAY)).api_key

    other = within(settings, make)
    body = {"login_token": first.token, "webhook_url": "https://app.example.com/hooks"}
    _, made = first.call("POST", "/v1/webhooks/accounts", body)
    for endpoint in ENDPOINTS:
        mine = {spec.name: spec.example for spec in endpoint.all_fields} | {"login_token": first.token}
        gone = mine | {"login_token": "AQEDgone"}
        paths = [endpoint.path.replace("{id}", identity) for identity in (made["id"], "0" * 24)]
        if endpoint.session:
            theirs = first.call(endpoint.method, paths[0], mine, key=other)
            assert theirs[0] == 403
            assert theirs == first.call(endpoint.method, paths[0], gone, key=other)
        elif "{id}" in endpoint.path:
            theirs = first.call(endpoint.method, paths[0], {"account_name": "x"}, key=other)
            assert theirs[0] == 404
            assert theirs == first.call(endpoint.method, paths[1], {"account_name": "x"}, key=other)
    assert first.call("GET", "/v1/webhooks/accounts", key=other)[1] == {"accounts": [], "total": 0}
    status, answer = first.call("POST", "/v1/webhooks/accounts", body, key=other)
    assert (status, first.token in json.dumps(answer)) == (403, False)
    # The same member at another customer is an account of its own, with a token of its own.
    person = simulation.people[0]
    status, answer = first.call("POST", "/v1/auth/login", {"email": person.email, "password": "wrong"}, key=other)
    assert status == 400
    assert sign_in(first, person) == first.token
    assert first.call("DELETE", f"/v1/webhooks/accounts/{made['id']}")[0] == 200


@pytest.mark.parametrize("operation", UPSCALE, ids=lambda operation: operation.id)
def test_keys_open_one_api_only(first: Gateway, operation: Operation) -> None:
    """A key of the gateway is refused by each operation of the generation API."""
    path = operation.paths[0].path.replace("{secure_request_id}", "0" * 8)
    headers = {"Api-Key": next(first.keys), "Content-Type": "application/json"}
    data = b"{}" if operation.method == "POST" else None
    request = urllib.request.Request(first.url + path, data, headers, method=operation.method)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    with caught.value as answer:
        assert answer.code == 403


def test_metrics_have_one_label_a_route(first: Gateway) -> None:
    """Ids in paths make no series of their own."""
    for number in range(5):
        first.call("POST", f"/v1/webhooks/accounts/{number:024x}/start")
    with urllib.request.urlopen(f"{first.url}/metrics") as answer:
        text = answer.read().decode()
    assert 'route="/v1/webhooks/accounts/{id}/start"' in text
    assert "000000000000000000000001" not in text
