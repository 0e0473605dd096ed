"""Erasing and exporting over HTTP and by the command line."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from overture.api.use_cases import UseCases
from overture.domain.accounts import Scope, Tier
from overture.usecases import accounts, requests
from overture.usecases.services import Services
from tests.builders import encoded, request
from tests.doors.edge_server import Stand, running

PERSON = "https://www.linkedin.com/in/lead-0"


class Real(Stand):
    """The real use cases on real services, in the place of the stand-in ones."""

    real: Services

    def use_cases(self) -> UseCases:
        return UseCases()

    @asynccontextmanager
    async def services(self) -> AsyncIterator[Services]:
        yield self.real


async def test_the_rights_over_http(services: Services) -> None:
    """A key of the scope `all` is needed; what is asked is answered in JSON, what is wrong by a problem below 500."""
    made = await accounts.create(services, "one", credits=1000, tier=Tier.SCALE)
    key = (await accounts.create_key(services, made.account_id, Scope.ALL)).api_key
    other = await accounts.create(services, "two")
    foreign = (await accounts.create_key(services, other.account_id, Scope.ALL)).api_key
    accepted = await requests.submit(services, await accounts.authenticate(services, made.api_key), request(2))
    stand = Real()
    stand.real = services
    by_lead = {"request_id": str(accepted.id), "lead_id": "lead-0"}
    async with running(stand) as server:

        async def ask(verb: str, body: object, api_key: str | None = key) -> tuple[int, dict[str, object]]:
            headers = {"Api-Key": api_key} if api_key else {}
            content = body if isinstance(body, bytes) else encoded(body)
            answer = await server.client.post(f"/api/native/people/{verb}", content=content, headers=headers)
            return answer.status_code, answer.json()

        for verb in ("erase", "export"):
            assert (await ask(verb, by_lead, None))[0] == 401
            assert (await ask(verb, by_lead, made.api_key))[0] == 403
            assert (await ask(verb, by_lead, foreign))[0] == 403
            assert (await ask(verb, {"request_id": str(uuid4()), "lead_id": "x"}))[0] == 404
            bad: tuple[object, ...] = (
                {},
                {"profile_url": 1},
                {"profile_url": " "},
                {"profile_url": "a\0b"},
                {"request_id": "x", "lead_id": "x"},
                {"campaign_lead_id": []},
                {"profile_url": PERSON, **by_lead},
                {"lead_id": "lead-0"},
                [],
                b"\xff{",
            )
            for body in bad:
                status, told = await ask(verb, body)
                assert status in {400, 422}, (body, told)
        status, shown = await ask("export", {"profile_url": PERSON})
        assert status == 200
        tables = shown["tables"]
        assert isinstance(tables, dict)
        assert [row["lead_id"] for row in tables["lead"]] == ["lead-0"]
        assert (await ask("erase", {"profile_url": PERSON, "dry_run": "yes"}))[0] == 422
        status, planned = await ask("erase", {**by_lead, "dry_run": True})
        assert (status, planned["dry_run"], planned["given_up"]) == (200, True, 1)
        status, done = await ask("erase", {**by_lead, "dry_run": None})
        assert (status, done["dry_run"], done["given_up"], done["rows"]) == (200, False, 1, {"lead": 1})
        assert (await ask("erase", by_lead))[0] == 404
        status, shown = await ask("export", {"profile_url": PERSON})
        assert (status, shown["left_alone"], shown["tables"]) == (200, True, {})


async def test_a_new_person_is_left_alone_too(services: Services) -> None:
    """Nothing is held: nothing is changed, but the person is on the list from then on."""
    made = await accounts.create(services, "one", credits=10, tier=Tier.SCALE)
    key = (await accounts.create_key(services, made.account_id, Scope.ALL)).api_key
    stand = Real()
    stand.real = services
    async with running(stand) as server:
        body = json.dumps({"profile_url": "ada-example"}).encode()
        answer = await server.client.post("/api/native/people/erase", content=body, headers={"Api-Key": key})
    assert answer.json() == {"dry_run": False, "rows": {}, "total": 0, "given_up": 0, "stopped": 0}
    row = await services.database.once("SELECT count(*) AS n FROM suppression")
    assert row and row["n"] == 1
