"""The gateway's calls, the examples and the snippets of docs/sdk.md, with real processes on a simulated LinkedIn."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from overture.client import Client, ReplyLost
from overture.client.errors import BadRequest, Forbidden
from overture.domain.accounts import Scope, Unit
from overture.domain.linkedin.budgets import MemberPlan
from overture.simulator.world import Enrolled, World
from overture.usecases import accounts
from overture.usecases.linkedin import accounts as linkedin
from overture.usecases.linkedin import budgets
from overture.usecases.linkedin.budgets import Wishes
from tests.client.conftest import QUICK
from tests.client.proxy import HALF, LOST, PASS, RESET, Proxy, proxied
from tests.e2e.conftest import PYTHON, Overture, demo_body, overture, sites
from tests.linkup.conftest import WIDE, Simulation

__all__ = ["overture", "sites"]
pytestmark = pytest.mark.process
ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


@dataclass
class House:
    """A running installation with a member on a simulated LinkedIn, and a key that opens everything."""

    overture: Overture
    simulation: Simulation
    key: str
    member: Enrolled
    challenged: Enrolled
    targets: list[str]

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "OVERTURE_URL": self.overture.url,
            "OVERTURE_API_KEY": self.key,
            "OVERTURE_WEBHOOK_SECRETS": self.overture.account["webhook_secret"],
            "MEMBER_EMAIL": self.member.email,
            "MEMBER_PASSWORD": self.member.password,
        }

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [PYTHON, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=180
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


async def _people(world: World) -> tuple[Enrolled, Enrolled, list[str]]:
    await world.create(5, 300)
    others = [await world.enrol(connections=0) for _ in range(3)]  # a member's connections have no account
    member, challenged = await world.enrol(premium=True), await world.enrol(challenged=True)
    return member, challenged, [other.profile_url for other in others]


@pytest.fixture
def house(overture: Overture) -> House:
    simulation = Simulation(overture.environment["OVERTURE_DATABASE_URL"], [])
    member, challenged, targets = simulation.do(_people)

    async def make(services: Any) -> str:
        account_id = (await accounts.authenticate(services, overture.account["api_key"])).account_id
        await accounts.add_credits(services, account_id, 1_000, Unit.ACTIONS)
        return (await accounts.create_key(services, account_id, Scope.ALL)).api_key

    key = overture.inside(make)
    overture.start("api")
    return House(overture, simulation, key, member, challenged, targets)


def test_linkedin_through_a_network_that_loses_answers(house: House) -> None:
    """Signing in with a code, reading, inviting, writing; an invitation leaves once, whatever became of its answer."""
    with proxied(house.overture.url) as proxy, Client(proxy.url, house.key, retries=QUICK) as client:
        asked = client.gateway.login(house.challenged.email, house.challenged.password)
        assert (asked.login_token, asked.email) == ("", house.challenged.email)
        code = house.simulation.code(house.challenged.email)
        assert client.gateway.verify(asked.email, code).login_token
        token = client.gateway.login(house.member.email, house.member.password).login_token
        widen(house)
        assert client.gateway.me(token).data["name"] == house.member.name
        invite(house, proxy, client, token)
        conversations(proxy, client, token)
        monitors(proxy, client, token)
        with pytest.raises(BadRequest, match="linkedin_url"):
            client.gateway.call("profile/info", login_token=token)
        with pytest.raises(Forbidden):
            client.gateway.me("no such session")


def widen(house: House) -> None:
    async def work(services: Any) -> None:
        for account in await linkedin.list_accounts(services):
            await budgets.choose(services, account.id, Wishes(MemberPlan.PREMIUM, WIDE, ramp=False))

    house.overture.inside(work)


def invite(house: House, proxy: Proxy, client: Client, token: str) -> None:
    """Three invitations, each with answers lost on its way; LinkedIn has seen three."""
    for target in house.targets:
        proxy.spoil(LOST, HALF, RESET, LOST)
        assert client.gateway.connect(token, target, note="Hello!").state in {"sent", "confirmed"}
        assert proxy.seen[-1][2]["idempotency-key"] == proxy.seen[-5][2]["idempotency-key"]
    assert arrived(house, "invite") == 3
    key = "an-invitation"
    with pytest.raises(BadRequest):
        client.gateway.connect(token, house.targets[0], key=key)
    with pytest.raises(BadRequest):  # what was refused with a key stays refused with it
        client.gateway.connect(token, house.targets[0], key=key)
    sent = client.gateway.call("network/sent-invitations", login_token=token, total_results=50)
    assert len(sent.data["invitations"]) == 3


def arrived(house: House, name: str) -> int:
    async def work(world: World) -> int:
        return sum(1 for arrival in await world.arrivals() if arrival.name == name and arrival.effect == "sent")

    return house.simulation.do(work)


def conversations(proxy: Proxy, client: Client, token: str) -> None:
    """Five messages whose answers were lost stand there once each."""
    connections = client.gateway.call("network/connections", login_token=token, total_results=3).data["connections"]
    friend = connections[0]["profile_url"]
    texts = [f"Number {number}" for number in range(5)]
    for text in texts:
        proxy.spoil(LOST, RESET, HALF)
        assert client.gateway.message(token, friend, text).state in {"sent", "confirmed"}
    said = [item["text"] for item in client.gateway.conversation(token, friend, page=2)]
    assert said[:5] == texts[::-1]
    for text in ("Keyed", "Keyed", "Another"):  # the same once, another with the key is another
        client.gateway.message(token, friend, text, key="k")
    said = [item["text"] for item in client.gateway.conversation(token, friend)]
    assert said[:3] == ["Another", "Keyed", texts[-1]]
    with pytest.raises(BadRequest, match="Idempotency-Key must be"):
        client.gateway.message(token, friend, "Keyed", key="a b")
    assert any(friend in str(item) for item in client.gateway.inbox(token, page=2))


def monitors(proxy: Proxy, client: Client, token: str) -> None:
    calls = client.gateway.monitors
    proxy.spoil(LOST)
    with pytest.raises(ReplyLost):
        calls.create(token, "http://127.0.0.1:9/hook")
    known = list(calls.all())
    assert len(known) == 1 and not known[0].is_active
    proxy.cycle([PASS])
    assert calls.start(known[0].id)["is_active"] is True
    assert calls.stop(known[0].id)["is_active"] is False
    calls.delete(known[0].id)
    assert list(calls.all()) == []


def test_the_examples_run(house: House, sites: dict[str, str], tmp_path: Path) -> None:
    """Messages are written and announced to the receiver; a campaign is ordered, filled, started, paused."""
    house.overture.start("work")
    receiver = subprocess.Popen(
        [PYTHON, str(EXAMPLES / "webhook_receiver.py"), "0"], env=house.environment, stdout=subprocess.PIPE, text=True
    )
    assert receiver.stdout
    try:
        address = receiver.stdout.readline().rpartition(" ")[2].strip()
        order = tmp_path / "request.json"
        order.write_text(json.dumps(demo_body(sites, address, ("connection_request", "first_follow_up"))))
        shown = house.run(str(EXAMPLES / "generation.py"), str(order))
        assert "4 of 4 written" in shown and f"({sites['harbourlight']}" in shown
        told = receiver.stdout.readline()
        assert told.startswith("received ") and "'generated_messages_count': 4" in told
        assert httpx2.post(address, content=b"{}", headers={"webhook-id": "x"}, trust_env=False).status_code == 400
        assert receiver.stdout.readline().startswith("refused: ")
    finally:
        receiver.terminate()
        receiver.wait(10)
        receiver.stdout.close()
    assert set(json.loads((EXAMPLES / "request.json").read_text())) < set(demo_body(sites, address)) | {"signoff_name"}
    campaign(house, sites, tmp_path)


def campaign(house: House, sites: dict[str, str], tmp_path: Path) -> None:
    with Client(house.overture.url, house.key) as client:
        client.gateway.login(house.member.email, house.member.password)
    sender = house.overture.command("linkedin", "accounts", "list")[0]["id"]
    wanted = json.loads((EXAMPLES / "order.json").read_text())
    wanted |= {"senders": [sender], "proposition_company_url": sites["ledgerly"]}
    order = tmp_path / "order.json"
    order.write_text(json.dumps(wanted))
    shown = house.run(str(EXAMPLES / "campaign.py"), str(order), str(EXAMPLES / "leads.csv"))
    assert "2 of 2 leads added" in shown and "Spring is running" in shown and "Ada Example" in shown
    assert shown.rstrip().endswith("Spring is paused")


def test_the_snippets_of_the_documentation_run(house: House, tmp_path: Path) -> None:
    """All blocks of Python on the page, one after another in one program."""
    with Client(house.overture.url, house.key) as client:
        client.gateway.login(house.member.email, house.member.password)
    widen(house)
    house.overture.start("work")
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / "sdk.md").read_text(), re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 6
    program = tmp_path / "page.py"
    sender = house.overture.command("linkedin", "accounts", "list")[0]["id"]
    os.environ["SENDER_ID"] = sender
    try:
        program.write_text("\n".join(blocks))
        house.run(str(program))
    finally:
        del os.environ["SENDER_ID"]
