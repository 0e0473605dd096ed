"""The dialect over real HTTP: paths, keys, the order of checks, and every answer."""

from uuid import UUID, uuid4

import pytest

from overture.api.upscale.operations import OPERATIONS
from overture.domain.errors import NotEnoughCredits, RateLimited, Unavailable
from tests.doors.edge_server import FOREIGN_ID, KEY, REQUEST_ID, RETRIEVE, SUBMIT, Stand, body, encoded, running

PATHS = [(operation.method, path.path) for operation in OPERATIONS for path in operation.paths]


@pytest.mark.parametrize(("method", "path"), PATHS)
async def test_every_path_answers(method: str, path: str) -> None:
    """With and without the prefix, the former ones too."""
    async with running() as server:
        first = await server.client.post(SUBMIT, content=encoded())
        asked = {REQUEST_ID: first.json()["secure_request_id"]} if "retrieve" in path else {}
        answer = await server.client.request(method, path, params=asked, content=encoded() if method == "POST" else b"")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert (await server.client.request(method, f"{path}/", params=asked)).status_code == 404


@pytest.mark.parametrize(("method", "path"), PATHS)
async def test_every_path_needs_a_key(method: str, path: str) -> None:
    """Without one, with a wrong one, with a revoked one: 401, whatever else is wrong."""
    async with running() as server:
        for headers, sentence in [
            ({"Api-Key": ""}, "Unauthorized: Invalid API key"),
            ({"Api-Key": "nonsense"}, "Unauthorized: Invalid API key"),
            ({"Api-Key": f"Bearer {KEY}"}, "Unauthorized: Invalid API key"),
            ({"Api-Key": "revoked-key"}, "Unauthorized: API key has been revoked"),
        ]:
            answer = await server.client.request(method, path, headers=headers, content=b"{nonsense")
            assert (answer.status_code, answer.json()) == (401, {"error": sentence})
        assert server.stand.admitted == 0


@pytest.mark.parametrize("name", ["Api-Key", "api-key", "API-KEY", "aPi-KeY"])
async def test_the_key_header_in_any_case(name: str) -> None:
    """Header names have no case."""
    async with running() as server:
        head = f"GET /account HTTP/1.1\r\nHost: x\r\n{name}:  {KEY} \r\nConnection: close\r\n\r\n"
        assert (await server.raw(head.encode())).startswith(b"HTTP/1.1 200 ")


async def test_no_key_header_at_all() -> None:
    """The same as a wrong one."""
    async with running() as server:
        answer = await server.raw(b"GET /account HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 401 ")
        assert answer.endswith(b'{"error":"Unauthorized: Invalid API key"}')


async def test_the_request_limit_comes_before_validation() -> None:
    """A call beyond the limit is not looked at."""
    stand = Stand(admission_failure=RateLimited(42))
    async with running(stand) as server:
        for method, path in PATHS:
            answer = await server.client.request(method, path, content=b"{nonsense")
            assert (answer.status_code, answer.json()) == (429, {"error": "Rate limit exceeded"})
            assert answer.headers["retry-after"] == "42"
    assert stand.submitted == []


async def test_validation_comes_before_submission() -> None:
    """A body with mistakes counts as a call, and reaches no use case."""
    stand = Stand(failure=NotEnoughCredits())
    async with running(stand) as server:
        answer = await server.client.post(SUBMIT, json=body(lead_data=[]))
        assert (answer.status_code, answer.json()) == (422, {"error": "lead_data must contain at least one lead"})
        assert stand.admitted == 1
        answer = await server.client.post(SUBMIT, json=body())
        assert answer.status_code == 402
        assert stand.submitted == []


async def test_submission_and_retrieval() -> None:
    """Accepted, repeated, in progress, complete."""
    stand = Stand(complete=False)
    async with running(stand) as server:
        accepted = await server.client.post(SUBMIT, json=body(leads=2))
        given = accepted.json()["secure_request_id"]
        assert (accepted.status_code, accepted.json()) == (200, {"message": "Success", "secure_request_id": given})
        assert UUID(given).version == 4
        again = await server.client.post(SUBMIT, json=dict(reversed(body(leads=2).items())))
        assert again.json() == {"message": "Duplicate request", "secure_request_id": given}
        ids = set[str]()
        for stand.complete, status in [(False, 202), (True, 200), (True, 200)]:
            shown = await server.client.get(RETRIEVE, params={REQUEST_ID: given})
            assert shown.status_code == status
            metadata = shown.json()["metadata"]
            assert metadata["request_message_generation_api_request_secure_request_id"] == given
            ids.add(metadata["retrieve_messages_api_request_secure_request_id"])
        assert len(ids) == 3


async def test_the_id_of_a_retrieval() -> None:
    """The query first, then a JSON body; in upper or lower case; nothing but a UUID."""
    async with running() as server:
        accepted = await server.client.post(SUBMIT, json=body())
        given = accepted.json()["secure_request_id"]
        missing = f"{REQUEST_ID} is required but was missing or blank"
        malformed = f"{REQUEST_ID} must be a valid UUID"
        cases: list[tuple[str, object, int, str]] = [
            (given, None, 200, ""),
            (given.upper(), None, 200, ""),
            ("", {REQUEST_ID: given}, 200, ""),
            ("%20", {REQUEST_ID: given}, 200, ""),
            (given, {REQUEST_ID: str(uuid4())}, 200, ""),
            ("", None, 422, missing),
            ("%20", None, 422, missing),
            ("", {}, 422, missing),
            ("", {REQUEST_ID: None}, 422, missing),
            ("", {REQUEST_ID: 5}, 422, malformed),
            ("", [given], 422, "Request body must be valid JSON"),
            ("nonsense", None, 422, malformed),
            (given.replace("-", ""), None, 422, malformed),
            (f"{{{given}}}", None, 422, malformed),
            (f"urn:uuid:{given}", None, 422, malformed),
            (f"{given}%00", None, 422, malformed),
            ("%ff%fe", None, 422, malformed),
            ("00000000-0000-0000-0000-000000000000", None, 404, ""),
            (str(FOREIGN_ID), None, 403, ""),
        ]
        for asked, sent, status, sentence in cases:
            path = f"/retrieve_messages?{REQUEST_ID}={asked}" if asked else "/retrieve_messages"
            if sent is None:
                answer = await server.client.get(path, headers={"Content-Type": "application/json"})
            else:
                answer = await server.client.request("GET", path, json=sent)
            assert answer.status_code == status, (asked, sent, answer.text)
            if sentence:
                assert answer.json() == {"error": sentence}


async def test_sequences_by_query() -> None:
    """All, the defaults, one, none."""
    async with running() as server:
        for query, count in [
            ("", 54),
            ("?sequence_length=", 54),
            ("?page=2", 54),
            ("?sequence_length=default", 1),
            ("?saturated_markets=true&campaign_objective=event_attendance", 1),
            ("?sequence_length=huge", 0),
            ("?cadence_profile=%00%ff", 0),
        ]:
            answer = await server.client.get(f"/sequences/get_sequences{query}")
            assert (answer.status_code, len(answer.json()["sequences"])) == (200, count), query


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST", "GET", "TRACE"])
async def test_other_methods(method: str) -> None:
    """405 names the methods that there are; no key is needed to be told."""
    async with running() as server:
        for known, path in PATHS:
            if known == method:
                continue
            answer = await server.client.request(method, path, headers={"Api-Key": "x"})
            allow = "GET, HEAD, OPTIONS" if known == "GET" else "OPTIONS, POST"
            assert (answer.status_code, answer.headers["allow"]) == (405, allow)
            assert answer.json() == {"error": f"Method not allowed: This endpoint takes {allow}"}


async def test_options_and_head() -> None:
    """OPTIONS says what there is and grants no other site anything; HEAD is GET without a body."""
    async with running() as server:
        options = await server.client.options(SUBMIT, headers={"Origin": "https://evil.example"})
        assert (options.status_code, options.headers["allow"], options.content) == (204, "OPTIONS, POST", b"")
        assert not [name for name in options.headers if name.startswith("access-control")]
        head, get = await server.client.head("/account"), await server.client.get("/account")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.parametrize(
    "path", ["/", "/api/v2", "/api/v2/", "/api/v1/account", "//account", "/account%00", "/%2e%2e/etc"]
)
async def test_unknown_paths(path: str) -> None:
    """404, as JSON."""
    async with running() as server:
        answer = await server.client.get(path)
        assert (answer.status_code, answer.json()) == (404, {"error": "Not found: No such endpoint"})


async def test_failures_say_nothing() -> None:
    """A mistake of ours is a 500 without detail; a part that is away is a 503."""
    stand = Stand(failure=RuntimeError("password=hunter2"))
    async with running(stand) as server:
        for content in (encoded(),):
            answer = await server.client.post(SUBMIT, content=content)
            assert (answer.status_code, answer.json()) == (500, {"error": "Internal server error"})
        stand.failure = Unavailable("postgresql://secret@10.0.0.1")
        answer = await server.client.get("/account/check_credits")
        assert (answer.status_code, answer.json()) == (503, {"error": "Service unavailable"})
        assert answer.headers["retry-after"] == "1"
        stand.failure = None
        assert (await server.client.get("/account/check_credits")).json() == {
            "message_allowance": 900,
            "credits_used": 120,
            "remaining_credits": 780,
        }
