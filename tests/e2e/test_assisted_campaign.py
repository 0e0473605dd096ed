"""A campaign of five leads by commands alone, its clicks done by a person: the walk of docs/campaigns.md."""

import http.server
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Overture, served

pytestmark = [pytest.mark.process, pytest.mark.long]

COMPANIES = {
    "Harbourlight Freight": "We carry fish, flowers and pharmaceuticals in temperature-controlled containers. "
    "We run a fleet of 140 refrigerated trailers. We book space with six ferry operators. "
    "We clear customs for importers of frozen food.",
    "Millbrook Looms": "We supply 22 furniture makers and three railway operators. "
    "We weave upholstery fabrics for trains and theatres. We buy wool from 60 farms in Yorkshire. "
    "We dye yarn for carpet makers in Halifax.",
    "Corrie Boatyard": "We repair wooden boats for sailing clubs in Oban. We store 60 yachts over the winter. "
    "We build rowing boats for schools. We rent moorings to fishing crews.",
    "Tarn Bakery": "We bake bread for 40 cafes and hotels in Cumbria. We buy flour from three mills in Yorkshire.",
    "Elder Pumps": "We service compressors and pumps for dairies in Kent. We rent replacement pumps by the week.",
}
LEDGERLY = (
    "Ledgerly matches supplier invoices to purchase orders and delivery notes. Ledgerly connects to NetSuite, Sage and "
    "Xero. Finance teams that use Ledgerly close the month in three days instead of eight."
)
PEOPLE = ("Ada", "Ben", "Cleo", "Dora", "Emil")


@pytest.fixture
def pages() -> Iterator[dict[str, str]]:
    """Every company's site, each on an address of its own."""
    texts = {**COMPANIES, "Ledgerly": LEDGERLY}
    servers = {name: served(_site(name, text)) for name, text in texts.items()}
    try:
        yield {name: f"{server.__enter__()}/" for name, server in servers.items()}
    finally:
        for server in servers.values():
            server.__exit__()


def _site(name: str, text: str) -> type[http.server.BaseHTTPRequestHandler]:
    sentences = "".join(f"<p>{sentence.strip()}.</p>" for sentence in text.rstrip(".").split(". "))
    html = (
        f"<!doctype html><html lang=en><head><title>{name}</title></head><body><main><h1>{name}</h1>{sentences}"
        "</main></body></html>"
    ).encode()

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html if found else b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Site


def profile(name: str) -> str:
    return f"https://www.linkedin.com/in/{name.lower()}-example"


class Walk:
    """What a person does at a terminal."""

    def __init__(self, overture: Overture, root: Path) -> None:
        self.overture = overture
        self.root = root
        self.linkedin = ""
        self.campaign = ""

    def say(self, *arguments: str) -> Any:
        return self.overture.command(*arguments)

    def until(self, look: Callable[[], Any], enough: Callable[[Any], bool], seconds: float = 120) -> Any:
        """Look again until there is enough; a person would come back later."""
        end = time.monotonic() + seconds
        while not enough(seen := look()):
            assert time.monotonic() < end, (seen, self.show(), self.overture.processes[-1].log.read_text()[-3000:])
            time.sleep(0.3)
        return seen

    def reviews(self, count: int) -> list[Any]:
        """Wait until so many messages are in review."""
        found = self.until(lambda: self.say("campaign", "review", self.campaign), lambda r: len(r["reviews"]) == count)
        return found["reviews"]

    def tasks(self, count: int) -> list[Any]:
        """Wait until so many tasks are ready."""
        return self.until(lambda: self.say("linkedin", "tasks", "list", self.linkedin), lambda t: len(t) == count)

    def done(self, task: Any) -> None:
        """Do what a task asks for on LinkedIn, and say so."""
        self.say("linkedin", "tasks", "done", self.linkedin, task["id"])

    def show(self) -> Any:
        return self.say("campaign", "show", self.campaign)

    def file(self, name: str, content: str) -> str:
        path = self.root / name
        path.write_text(content)
        return str(path)


@pytest.fixture
def walk(overture: Overture, pages: dict[str, str], tmp_path: Path) -> Walk:
    """An account whose member acts by hand, and a campaign that was started; a worker works."""
    walk = Walk(overture, tmp_path)
    account = overture.account["account_id"]
    made = walk.say("linkedin", "connect", account, "--rail", "assisted", "--profile-url",
                    profile("Charlie"), "--name", "Charlie Example")  # fmt: skip
    walk.linkedin = made["linkedin_account_id"]
    walk.say("linkedin", "accounts", "set", walk.linkedin, "--no-ramp")
    order = {
        "name": "By hand",
        "proposition_company_name": "Ledgerly",
        "proposition_company_url": pages["Ledgerly"],
        "senders": [walk.linkedin],
        "message_sequence": [{"messageType": "connection_request"}, {"messageType": "first_follow_up"}],
        "signoff_name": "Charlie",
        "approval": "all",
        "blank_share": 0,
        "hours": {"zone": "UTC", "begins": "00:00", "ends": "23:59", "days": [0, 1, 2, 3, 4, 5, 6]},
    }
    created = walk.say("campaign", "create", walk.file("order.json", json.dumps(order)), "--account", account)
    walk.campaign = created["id"]
    rows = [
        f"{name},Example,{company},CFO,{profile(name)},{pages[company]},{name}-1"
        for name, company in zip(PEOPLE, COMPANIES, strict=True)
    ]
    header = (
        "first_name,last_name,lead_company,job_title,lead_linkedin,lead_company_website_url,automation_tool_lead_id"
    )
    walk.say("campaign", "import", walk.campaign, walk.file("leads.csv", "\n".join([header, *rows])))
    overture.start("work", linkedin_poll_seconds="5")
    walk.say("campaign", "start", walk.campaign)
    return walk


def test_a_campaign_of_five_leads_by_commands_alone(walk: Walk, pages: dict[str, str]) -> None:
    # Notes for all leads first, each with its evidence; one is edited, all are approved.
    waiting = walk.reviews(5)
    for item in waiting:
        cited = [cite for segment in item["segments"] for cite in segment["citations"]]
        company = item["lead"]["company"]
        assert any(cite["url"] == pages[company] and cite["span"] in COMPANIES[company] for cite in cited)
    first = waiting[0]
    refused = walk.say("campaign", "edit", first["id"], "--text", first["text"].replace("\n", " You won an award.\n"))
    assert refused["edited"] is False
    assert refused["objections"]
    greeting, _, rest = first["text"].partition(" ")
    text = f"{'Hello' if greeting == 'Hi' else 'Hi'} {rest}"
    assert walk.say("campaign", "edit", first["id"], "--text", text)["edited"] is True
    assert walk.say("campaign", "approve", "--all", walk.campaign)["approved"] == 5

    # The invitations become tasks; a person does them.
    invitations = walk.tasks(5)
    assert {task["kind"] for task in invitations} == {"invite"}
    assert {task["text"] for task in invitations} == {text, *[item["text"] for item in waiting[1:]]}
    for task in invitations:
        walk.done(task)
    walk.until(walk.show, lambda shown: shown["tally"]["invited"] == 5)

    # Three accept, as LinkedIn's own export shows; their next messages are written then.
    names = ("Ada", "Ben", "Cleo")
    export = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n" + "".join(
        f"{name},Example,{profile(name)},,,,{time.strftime('%d %b %Y', time.gmtime())}\n" for name in names
    )
    assert walk.say("linkedin", "tasks", "import", walk.linkedin, walk.file("Connections.csv", export))["new"] == 3
    follow_ups = {item["lead"]["first_name"]: item for item in walk.reviews(3)}
    assert set(follow_ups) == set(names)

    # Cleo has replied: her message is not to be sent any more, whoever approves it.
    walk.say("linkedin", "tasks", "reply", walk.linkedin, "--profile-url", profile("Cleo"), "--text", "Please call me.")
    walk.until(walk.show, lambda shown: shown["tally"]["stopped"] == 1)
    told = walk.say("campaign", "approve", *[item["id"] for item in follow_ups.values()])
    assert told["approved"] == 2
    assert [(item["id"], item["code"]) for item in told["not_approved"]] == [
        (follow_ups["Cleo"]["id"], "not_in_review")
    ]
    messages = walk.tasks(2)
    assert {task["text"] for task in messages} == {follow_ups[name]["text"] for name in ("Ada", "Ben")}
    for task in messages:
        walk.done(task)
    tally = walk.until(walk.show, lambda shown: shown["tally"]["finished"] == 2)["tally"]
    assert {state: count for state, count in tally.items() if count} == {"finished": 2, "stopped": 1, "invited": 2}
    walk.overture.sound()
