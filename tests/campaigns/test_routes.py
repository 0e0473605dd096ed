"""The campaign routes over real HTTP, on a real database: orders, their life, leads by hand, tenants, hostile bytes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest

from overture.api.native.campaigns.index import OPERATIONS as ALL
from overture.domain.accounts import Scope, Tier
from overture.domain.campaigns.states import LeadState
from overture.store.campaigns import orders, positions
from overture.store.campaigns.positions import Move
from overture.usecases import accounts
from overture.usecases.campaigns import lifecycle
from overture.usecases.services import Services
from tests.campaigns.builders import make_leads, make_sender
from tests.doors.edge_server import running
from tests.doors.test_native import House, Real, problem
from tests.usecases.conftest import services, sound

__all__ = ["services"]
pytestmark = pytest.mark.anyio
PATH = "/api/native/campaigns"
OPERATIONS = [operation for operation in ALL if "/reviews" not in operation.canonical]
"""Reviews have tests of their own."""


@dataclass
class Firm(House):
    """A house with a key that opens everything, and two LinkedIn accounts."""

    account_id: UUID = field(default_factory=uuid4)
    senders: tuple[UUID, ...] = ()

    def order(self, **changes: Any) -> dict[str, Any]:
        made: dict[str, Any] = {
            "name": "Spring",
            "proposition_company_name": "Ledgerly",
            "proposition_company_url": "http://127.0.0.1:9/ledgerly",
            "sequence_id": "medium_meeting_normal_true",
            "senders": [str(sender) for sender in self.senders],
        }
        return made | changes

    async def draft(self, **changes: Any) -> dict[str, Any]:
        answer = await self.call("POST", PATH, self.order(**changes))
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def fill(self, campaign_id: str, count: int) -> list[str]:
        """Leads of a campaign, put there as rows."""
        async with self.services.database.reading() as tx:
            campaign = await orders.find(tx, UUID(campaign_id))
        assert campaign
        return [str(lead.id) for lead in await make_leads(self.services.database, campaign, count)]


@pytest.fixture
async def firm(services: Services) -> AsyncIterator[Firm]:
    made = await accounts.create(services, "one", credits=1000, tier=Tier.SCALE)
    key = await accounts.create_key(services, made.account_id, Scope.ALL)
    senders = tuple([await make_sender(services.database, made.account_id) for _ in range(2)])
    stand = Real()
    stand.real = services
    async with running(stand) as server:
        yield Firm(server, services, key.api_key, made.account_id, senders)


async def test_a_campaign_is_ordered_once_and_comes_back_as_ordered(firm: Firm) -> None:
    """Equal key, equal bytes; another body with the key is refused; what is shown can be sent as a change."""
    order = firm.order(
        hours={"zone": "Europe/Paris", "begins": "10:00", "ends": "16:30", "days": [1, 2]},
        accept_within="14d",
        automation_tool_customer_id="north",
        blank_share=0.25,
        approval="none",
    )
    first = await firm.call("POST", PATH, order, Idempotency_Key="k")
    again = await firm.call("POST", PATH, order, Idempotency_Key="k")
    assert (first.status_code, again.content, again.headers["idempotency-replayed"]) == (201, first.content, "true")
    assert "another call" in problem(await firm.call("POST", PATH, firm.order(), Idempotency_Key="k"), 422, "invalid")
    made = first.json()
    assert first.headers["location"] == f"{PATH}/{made['id']}"
    shown = (await firm.call("GET", f"{PATH}/{made['id']}")).json()
    assert shown == made
    ordered = shown["definition"]
    assert [step["messageType"] for step in ordered["message_sequence"]] == [
        "connection_request",
        "stage_ambition",
        "first_follow_up",
    ]
    assert ordered["message_sequence"][0]["wait_time_after"] == "1d 0h"
    assert (ordered["hours"], ordered["accept_within"], ordered["blank_share"]) == (order["hours"], "14d 0h", 0.25)
    back = {name: value for name, value in ordered.items() if name != "sequence_id"}
    changed = await firm.call("PATCH", f"{PATH}/{made['id']}", back)
    assert changed.json()["definition"] == ordered | {"sequence_id": None}


async def test_every_mistake_of_an_order_is_named(firm: Firm) -> None:
    stranger = uuid4()
    wrong = {
        "name": " ",
        "proposition_company_url": "ftp://x",
        "message_sequence": [{"messageType": "first_follow_up", "wait_time_after": "4 days"}],
        "senders": [str(stranger)],
        "blank_share": 0.9,
        "approval": "sometimes",
        "hours": {"zone": "Mars/Base"},
        "fact_age": 3,
        "unknown": 1,
    }
    told = problem(await firm.call("POST", PATH, wrong), 422, "invalid")
    for part in (
        "name is required",
        "proposition_company_name is required",
        "proposition_company_url must be a valid HTTP",
        "message_sequence[0].wait_time_after must be a span",
        "blank_share must be",
        "approval must be one of",
        "there is no time zone 'Mars/Base'",
        "fact_age must be a span",
        "there is no field 'unknown'",
    ):
        assert part in told
    for changes, part in (
        ({"senders": [str(stranger)]}, f"the account has no LinkedIn account {stranger}"),
        ({"senders": [str(firm.senders[0])] * 2}, "each once"),
        ({"sequence_id": "none_such"}, "54 sequences"),
        ({"sequence_id": "long_meeting_rapid_false"}, "material_link is required"),
        ({"sequence_id": "long_meeting_rapid_false"}, "hiring_location is required"),
        ({"sequence_id": None}, "sequence_id or message_sequence is required"),
        ({"accept_within": "200d"}, "accept_within must be 1d 0h to 180d 0h"),
        ({"hours": {"begins": "18:00", "ends": "09:00"}}, "begin before they end"),
        ({"hours": {"days": []}}, "hours.days"),
    ):
        assert part in problem(await firm.call("POST", PATH, firm.order(**changes)), 422, "invalid"), changes
    steps = [{"messageType": kind} for kind in ("first_follow_up", "connection_request")]
    told = problem(await firm.call("POST", PATH, firm.order(sequence_id=None, message_sequence=steps)), 422, "invalid")
    assert "first or nowhere" in told


async def test_a_campaigns_life(firm: Firm) -> None:
    made = await firm.draft()
    path = f"{PATH}/{made['id']}"
    async with firm.services.database.transaction() as tx:
        await tx.execute("UPDATE linkedin_account SET state = 'expired' WHERE id = $1", firm.senders[1])
    told = problem(await firm.call("POST", f"{path}/start"), 422, "invalid")
    assert "no lead" in told
    assert f"{firm.senders[1]} is not signed in" in told
    leads = await firm.fill(made["id"], 3)
    async with firm.services.database.transaction() as tx:
        await tx.execute("UPDATE linkedin_account SET state = 'connected' WHERE id = $1", firm.senders[1])
    problem(await firm.call("POST", f"{path}/pause"), 409, "conflict")
    for _ in range(2):
        assert (await firm.call("POST", f"{path}/start")).json()["state"] == "running"
    assert "keeps its steps" in problem(
        await firm.call("PATCH", path, {"message_sequence": [{"messageType": "first_follow_up"}]}), 409, "conflict"
    ).replace("preset, ", "")
    assert "not removed" in problem(
        await firm.call("PATCH", path, {"senders": [str(firm.senders[0])]}), 409, "conflict"
    )
    later = (await firm.call("PATCH", path, {"hours": {"begins": "11:00"}, "approval": "all"})).json()
    assert later["definition"]["hours"]["begins"] == "11:00"
    assert (await firm.call("POST", f"{path}/pause")).json()["state"] == "paused"
    assert (await firm.call("POST", f"{path}/resume")).json()["state"] == "running"
    problem(await firm.call("POST", f"{path}/archive"), 409, "conflict")
    async with firm.services.database.transaction() as tx:
        begun = [
            Move(UUID(leads[0]), LeadState.QUEUED, 0, LeadState.READY, to_step=1),
            Move(UUID(leads[0]), LeadState.READY, 1, LeadState.SENDING),
        ]
        for move in begun:
            assert await positions.move(tx, [move], firm.services.clock.now())
    stopped = (await firm.call("POST", f"{path}/stop")).json()
    assert stopped["state"] == "stopped"
    assert (await firm.call("GET", path)).json()["tally"] | {"sending": 1, "stopped": 2} == stopped["tally"] | {
        "queued": 0,
        "sending": 1,
        "stopped": 2,
    }
    problem(await firm.call("POST", f"{path}/archive"), 409, "conflict")
    async with firm.services.database.transaction() as tx:
        settled = Move(UUID(leads[0]), LeadState.SENDING, 1, LeadState.INVITED, wake_at=firm.services.clock.now())
        assert await positions.move(tx, [settled], firm.services.clock.now())
    await lifecycle.close_ended(firm.services)
    assert (await firm.call("GET", path)).json()["tally"]["stopped"] == 3
    assert (await firm.call("POST", f"{path}/archive")).json()["state"] == "archived"
    problem(await firm.call("PATCH", path, {"name": "x"}), 409, "conflict")
    await sound(firm.services, besides=frozenset({"I23"}))  # the senders' sessions are none


async def test_a_campaign_is_finished_when_its_last_lead_has_ended(firm: Firm) -> None:
    made = await firm.draft()
    path = f"{PATH}/{made['id']}"
    leads = await firm.fill(made["id"], 2)
    await firm.call("POST", f"{path}/start")
    assert await lifecycle.close_ended(firm.services) == 0
    for lead in leads:
        stopped = await firm.call("POST", f"/api/native/campaign_leads/{lead}/stop")
        assert (stopped.json()["state"], stopped.json()["reason"]) == ("stopped", "by_hand")
    assert await lifecycle.close_ended(firm.services) == 1
    shown = (await firm.call("GET", path)).json()
    assert (shown["state"], shown["ended_at"] is None) == ("finished", False)
    assert await lifecycle.close_ended(firm.services) == 0


async def test_no_credits_no_start(firm: Firm) -> None:
    made = await firm.draft()
    await firm.fill(made["id"], 1)
    async with firm.services.database.transaction() as tx:
        await tx.execute("UPDATE balance SET available = 0, captured = granted WHERE account_id = $1", firm.account_id)
    problem(await firm.call("POST", f"{PATH}/{made['id']}/start"), 402, "not_enough_credits")


async def test_a_held_lead_goes_back_to_where_it_was(firm: Firm) -> None:
    """What it waited for counts from when the wait began, not from the hold."""
    made = await firm.draft()
    (lead,) = await firm.fill(made["id"], 1)
    await firm.call("POST", f"{PATH}/{made['id']}/start")
    path, now = f"/api/native/campaign_leads/{lead}", firm.services.clock.now()
    async with firm.services.database.transaction() as tx:
        begun = Move(UUID(lead), LeadState.QUEUED, 0, LeadState.WAITING, to_step=1, wake_at=now)
        assert await positions.move(tx, [begun], now)
    held = (await firm.call("POST", f"{path}/hold")).json()
    assert (held["state"], held["reason"], held["wake_at"]) == ("held", "paused", None)
    assert (await firm.call("POST", f"{path}/hold")).json()["state"] == "held"
    back = (await firm.call("POST", f"{path}/resume")).json()
    assert (back["state"], back["step"]) == ("waiting", 1)
    assert back["wake_at"] > back["moved_at"]
    problem(await firm.call("POST", f"{path}/resume"), 409, "conflict")


async def test_lists_by_pages_state_and_workspace(firm: Firm) -> None:
    ids = [(await firm.draft(automation_tool_customer_id=f"w{n % 2}"))["id"] for n in range(5)]
    found: list[str] = []
    cursor = ""
    while True:
        page = (await firm.call("GET", f"{PATH}?limit=2&cursor={cursor}")).json()
        found += [one["id"] for one in page["campaigns"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == ids
    page = (await firm.call("GET", f"{PATH}?automation_tool_customer_id=w1&state=draft")).json()
    assert [one["id"] for one in page["campaigns"]] == ids[1::2]
    assert (await firm.call("GET", f"{PATH}?state=running")).json()["campaigns"] == []
    leads = await firm.fill(ids[0], 5)
    first = (await firm.call("GET", f"{PATH}/{ids[0]}/leads?limit=3&state=queued")).json()
    second = (await firm.call("GET", f"{PATH}/{ids[0]}/leads?limit=3&cursor={first['next_cursor']}")).json()
    assert [one["id"] for one in first["leads"] + second["leads"]] == leads
    assert second["next_cursor"] is None
    for query in ("limit=0", "limit=101", "limit=x", "cursor=!!", "cursor=WzFd", "state=asleep"):
        problem(await firm.call("GET", f"{PATH}?{query}"), 422, "invalid")
        if query != "cursor=WzFd":
            problem(await firm.call("GET", f"{PATH}/{ids[0]}/leads?{query}"), 422, "invalid")


async def test_tenants_are_apart_and_a_narrow_key_opens_nothing(firm: Firm) -> None:
    """Of every declared route: 403 for another account, 404 for what does not exist, 401 without a key."""
    made = await firm.draft()
    (lead,) = await firm.fill(made["id"], 1)
    other = await accounts.create(firm.services, "two", credits=10, tier=Tier.SCALE)
    foreign = (await accounts.create_key(firm.services, other.account_id, Scope.ALL)).api_key
    narrow = (await accounts.create_key(firm.services, firm.account_id, Scope.GENERATION)).api_key
    own = firm.key
    for operation in OPERATIONS:
        path = operation.canonical
        if path.startswith("/api/native/inbox"):
            continue  # these have tests of their own
        sent: object = {"leads": [1]} if operation.id == "add_campaign_leads" else {"name": "x"}
        for key, status in ((foreign, 403), (narrow, 403), ("nonsense", 401)):
            firm.key = key
            real = path.replace("{campaign_id}", made["id"]).replace("{lead_id}", lead)
            answer = await firm.call(operation.method, real, sent if operation.body else None)
            if "{" not in path and key == foreign:
                continue
            assert answer.status_code == status, (operation.id, answer.text)
        firm.key = own
        for absent in (str(uuid4()), "x", "%00", "1" * 300):
            if "{" in path:
                real = path.replace("{campaign_id}", absent).replace("{lead_id}", absent)
                answer = await firm.call(operation.method, real, sent if operation.body else None)
                problem(answer, 404, "not_found")
    firm.key = foreign
    assert (await firm.call("GET", PATH)).json()["campaigns"] == []


HOSTILE = (b"", b"[]", b"null", b"{", b'{"name": "\xff"}', b'{"name": NaN}', b"[" * 5000, b'{"name": "\\ud800"}')


async def test_hostile_bytes_are_refused_below_500(firm: Firm) -> None:
    made = await firm.draft()
    for operation in OPERATIONS:
        if operation.method == "GET":
            continue
        path = operation.canonical.replace("{campaign_id}", made["id"]).replace("{lead_id}", str(uuid4()))
        for content in HOSTILE:
            answer = await firm.server.client.request(
                operation.method, path, content=content, headers={"Api-Key": firm.key}
            )
            assert answer.status_code < 500, (operation.id, content, answer.text)
            assert answer.headers["content-type"] in {"application/problem+json", "application/json"}
    for name in firm.order():
        for value in (None, True, 1.5e300, -1, [], {}, [{}], "\0", "x" * 10_000, [None], {"zone": 1}, ["\0"]):
            answer = await firm.call("POST", PATH, firm.order(**{name: value}))
            assert answer.status_code in {201, 422}, (name, value, answer.text)
    made = await firm.draft()
    odd = ["hours", "blank_share", "message_sequence", "accept_within", "hold_company", "notes", "hiring_location"]
    for name in odd:
        for value in (
            True, 1e300, -1, [], [[]], [{"messageType": []}], {"days": [True]}, {"days": [[1]]}, {"begins": "24:00"},
            {"zone": "../etc/passwd"}, {"zone": "\0"}, {"zone": "x" * 5000}, {"days": {}}, "99999d 99999h", "٣d",
        ):  # fmt: skip
            answer = await firm.call("PATCH", f"{PATH}/{made['id']}", {name: value})
            assert answer.status_code in {200, 422}, (name, value, answer.text)


async def test_the_report_and_exports_are_downloads(firm: Firm) -> None:
    made = await firm.draft(name="Spring <b>")
    await firm.fill(made["id"], 3)
    report = await firm.call("GET", f"{PATH}/{made['id']}/report")
    assert (report.json()["leads"], report.json()["funnel"][0]["share"]["count"]) == (3, 3)
    page = await firm.call("GET", f"{PATH}/{made['id']}/report.html")
    assert page.headers["content-type"].startswith("text/html")
    assert "Spring &lt;b&gt;" in page.text
    table = await firm.call("GET", f"{PATH}/{made['id']}/export")
    assert table.headers["content-type"].startswith("text/csv")
    assert len(table.text.split("\r\n")) == 1 + 3 + 1
    for answer in (page, table):
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
    problem(await firm.call("GET", f"{PATH}/{made['id']}/export?table=people"), 422, "invalid")
