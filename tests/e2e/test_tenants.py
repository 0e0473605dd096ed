"""Tenants are apart: every route, with another account's key and ids."""

import json
import urllib.error
import urllib.request

import pytest

from overture.api.app import operations
from overture.api.options import EdgeOptions
from tests.builders import body
from tests.e2e.conftest import Overture

pytestmark = pytest.mark.process


def test_no_route_shows_another_accounts_objects(overture: Overture) -> None:
    """Each declared path and method, called as B with A's request id, tells nothing that only A may know."""
    overture.start("api")
    mine = body(1, automation_tool_campaign_name="A-canary-campaign")
    mine["lead_data"][0] |= {"automation_tool_lead_id": "A-canary-lead", "first_name": "Acanary"}
    request_id = overture.submit(mine)
    other = overture.command("account", "create", "two", "--credits", "7", "--tier", "scale")
    seen = 0
    for operation in operations(EdgeOptions()):
        for path in operation.paths:
            status, answer = _call(overture, operation.method, path.path, request_id, other["api_key"])
            assert status < 500
            assert "canary" not in answer, (path.path, answer)
            seen += 1
            if "retrieve" in path.path or "{message_id}" in path.path or "{request_id}" in path.path:
                assert status == 403, path.path
            if "check_credits" in path.path:
                assert json.loads(answer)["remaining_credits"] == 7
    assert seen >= 15


def test_the_same_lead_in_two_accounts_is_two_messages(overture: Overture) -> None:
    """De-duplication never reaches over accounts."""
    overture.start("api")
    first = overture.submit(body(1))
    other = overture.command("account", "create", "two", "--credits", "7", "--tier", "scale")
    status, answer = overture.call("/api/v2/messages/request_message_generation", body(1), key=other["api_key"])
    assert (status, answer["message"]) == (200, "Success")
    assert answer["secure_request_id"] != first


def _call(overture: Overture, method: str, path: str, request_id: str, key: str) -> tuple[int, str]:
    known = path.replace("{message_id}", f"{request_id}.0.first_follow_up").replace("{request_id}", request_id)
    url = f"{overture.url}{known}"
    if "retrieve" in path:
        url += f"?request_message_generation_secure_request_id={request_id}&include=evidence"
    payload = json.dumps(
        {"request_message_generation_secure_request_id": request_id, "another_fact": True, "include": "evidence"}
    ).encode()
    request = urllib.request.Request(url, payload if method == "POST" else None, {"Api-Key": key}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
