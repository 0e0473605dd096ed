"""``overture linkedin demo``: sign in, search, invite, wait, write and read the answer, on a simulated LinkedIn."""

import hmac
import json
import queue
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from overture.cli.demonstration import Receiver, command, environment, running, served
from overture.cli.failures import fail
from overture.cli.output import stdout
from overture.delivery.sign import linkup

MEMBERS = "3000"
SEED = "11"
INVITATIONS = 20
"""Fewer than the 25 actions within ten minutes that LinkedIn is thought to tolerate; its clock stands still here."""

STEPS = ("12h", "1d", "1d", "2d", "3d", "4d", "5d", "5d", "5d")
"""How time passes: 26 days and a half at most, since a session lives for 30."""

QUIET_SECONDS = 3.0
"""LinkedIn is asked for news each second here; after so long without a webhook nothing more is on its way."""

WAIT_SECONDS = 30.0


def say(text: str) -> None:
    """Print a line as it is."""
    stdout.print(text, markup=False, highlight=False)


def step(title: str) -> None:
    """Print the title of a step."""
    stdout.print(f"\n{title}", style="bold", markup=False, highlight=False)


@dataclass
class Client:
    """A LinkUp client: it knows an address, a key and a token. Calls and refusals are counted."""

    url: str
    key: str
    token: str = ""
    calls: int = 0
    refusals: list[str] = field(default_factory=list)

    def call(self, path: str, **body: object) -> Any:
        """POST to an endpoint of v1; None where it was refused, and why is kept."""
        if self.token:
            body = {"login_token": self.token, **body}
        headers = {"x-api-key": self.key, "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/v1/{path}", json.dumps(body).encode(), headers)  # noqa: S310
        self.calls += 1
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                self.refusals.append(f"{error.code}: {json.loads(error.read())['message']}")
        return None

    def must(self, path: str, **body: object) -> Any:
        """POST what may not be refused here."""
        answer = self.call(path, **body)
        if answer is None:
            fail(f"{path} was refused: {self.refusals[-1]}")
        return answer


@dataclass
class Stage:
    """What the demonstration runs on, and what it has found out."""

    environ: dict[str, str]
    client: Client
    account: Any
    hook: str
    linkedin_id: str = ""
    invited: dict[str, str] = field(default_factory=dict)
    accepted: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    answered: str = ""
    spent: int = 0

    def run(self, *arguments: str) -> Any:
        """Run an ``overture`` command."""
        return command(self.environ, *arguments)

    def cost(self) -> None:
        """Print what was spent since the last time."""
        credits = self.run("account", "credits", self.account["account_id"], "--unit", "actions")
        used = credits["credits_used"]
        say(f"  cost: {used - self.spent} credits, {credits['remaining_credits']} left")
        self.spent = used

    def budgets(self) -> None:
        """Print what is left of the LinkedIn account's budgets."""
        shown = self.run("linkedin", "accounts", "show", self.linkedin_id)["budgets"]
        windows = [
            f"{item['budget']} {item['spent'][window]} of {item['cap'][window]} a {window}"
            for item in shown
            for window in ("day", "week", "month")
            if item["cap"][window] is not None and item["spent"][window]
        ]
        say(f"  budgets: {', '.join(windows) or 'nothing spent'}")


def demo() -> None:
    """Play an outreach from sign-in to the reply on a simulated LinkedIn, through the HTTP API alone."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="overture-demo-")))
        hook = stack.enter_context(served(Receiver))
        environ = environment(root / "data", OVERTURE_LINKEDIN_POLL_SECONDS="1")
        began = time.monotonic()
        step("Starting PostgreSQL, the API and a worker")
        url = stack.enter_context(running(environ, root / "server.log"))
        say(f"  {url}, after {time.monotonic() - began:.1f} s")
        account = command(environ, "account", "create", "Demo", "--actions", "500", "--tier", "production")
        key = command(environ, "key", "create", account["account_id"], "--scope", "gateway")
        stage = Stage(environ, Client(url, key["api_key"]), account, hook)
        _sign_in(stage, _make_linkedin(stage))
        _watch(stage)
        _invite(stage)
        days: list[str] = list(STEPS)
        _wait_for_acceptance(stage, days)
        _write(stage)
        _wait_for_answer(stage, days)
        _read(stage)
        sound = _count(stage)
        say(f"\nDone after {time.monotonic() - began:.0f} s.")
    if not sound:
        raise typer.Exit(1)


def _make_linkedin(stage: Stage) -> Any:
    step("Making a simulated LinkedIn: fictional people, its clock stands still until it is moved")
    made = stage.run("linkedin", "simulate", "create", "--members", MEMBERS, "--seed", SEED)
    say(f"  {made['members']} members, {made['companies']} companies, {made['connections']} connections")
    person = stage.run("linkedin", "simulate", "enrol", "--premium", "--challenged")
    say(f"  {person['name']} ({person['profile_url']}) has an account; signing in asks for a code")
    return person


def _sign_in(stage: Stage, person: Any) -> None:
    client, email = stage.client, person["email"]
    step("POST /v1/auth/login, then /v1/auth/verify with the code that came by mail")
    challenged = client.must("auth/login", email=email, password=person["password"])
    if "login_token" in challenged:
        fail("no challenge was asked for")
    say(f"  {challenged['message']}")
    code = stage.run("linkedin", "simulate", "outbox", "--email", email)[0]["code"]
    say(f"  the outbox of the simulated LinkedIn has the code {code}")
    client.token = client.must("auth/verify", email=email, code=code)["login_token"]
    say(f"  signed in: login_token {client.token[:8]}...")
    stage.linkedin_id = stage.run("linkedin", "accounts", "list")[0]["id"]
    stage.run("linkedin", "accounts", "set", stage.linkedin_id, "--plan", "premium", "--no-ramp")
    say("  the operator says that the member has Premium and needs no ramp-up (overture linkedin accounts set)")
    stage.cost()


def _watch(stage: Stage) -> None:
    step("POST /v1/webhooks/accounts and .../start: be told of what happens")
    made = stage.client.must("webhooks/accounts", webhook_url=f"{stage.hook}/linkedin", account_name="Demo")
    started = stage.client.must(f"webhooks/accounts/{made['id']}/start")
    say(f"  {started['message']}")
    stage.cost()


def _invite(stage: Stage) -> None:
    client = stage.client
    step("POST /v1/profile/search: people of the second degree who may be invited")
    found = client.must("profile/search", network="S", fetch_invitation_state=True, total_results=60)["data"]
    free = [item for item in found["profiles"] if item["invitation_state"] == "CAN_INVITE"]
    for item in free[:3]:
        say(f"  {item['name']}, {item['job_title']}, {item['location']}")
    say(f"  ... {len(free)} of the {found['total_results']} that were asked for may be invited")
    stage.cost()
    step(f"POST /v1/network/connect: {INVITATIONS} invitations, each with a note")
    states: dict[str, int] = {}
    for item in free[:INVITATIONS]:
        note = f"Hi {item['name'].split()[0]}, we seem to work on the same questions. Glad to connect."
        answer = client.call("network/connect", linkedin_url=item["profile_url"], message=note)
        state = answer["data"]["state"] if answer else client.refusals[-1]
        states[state] = states.get(state, 0) + 1
        if answer:
            stage.invited[_same(item["profile_url"])] = item["name"]
    for state, count in states.items():
        say(f"  {count} x {state}")
    stage.cost()
    stage.budgets()


def _same(profile_url: str) -> str:
    return profile_url.rstrip("/")


def _pass(stage: Stage, days: list[str], title: str) -> None:
    """Let the next stretch of simulated time pass, and take what webhooks then come."""
    if not days:
        fail("26 simulated days have passed, and nobody did what was waited for")
    span = days.pop(0)
    done = stage.run("linkedin", "simulate", "advance", span)
    say(f"  {span} later it is {done['now'][:16]} there ({title})")
    _take_webhooks(stage)


def _take_webhooks(stage: Stage) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        try:
            headers, body = Receiver.received.get(timeout=QUIET_SECONDS)
        except queue.Empty:
            return
        signed = linkup(stage.account["webhook_secret"], int(headers["x-linkup-timestamp"]), body)
        if not hmac.compare_digest(headers.get("x-linkup-signature", ""), signed):
            fail("the webhook's signature does not verify")
        _note(stage, json.loads(body)["event"])


def _note(stage: Stage, event: Any) -> None:
    """Keep what a verified event says."""
    if event["type"] == "accepted_invitation":
        for person in event["new_connections"]:
            say(f"    webhook, signature verified: {person['name']} has accepted")
            if _same(person["profile_url"]) in stage.invited:
                stage.accepted.append(_same(person["profile_url"]))
    elif event["type"] == "message":
        sender = event["sender"]
        say(f"    webhook, signature verified: {sender['name']} writes: {event['message_text']}")
        if _same(sender["profile_url"]) in stage.written:
            stage.answered = _same(sender["profile_url"])


def _wait_for_acceptance(stage: Stage, days: list[str]) -> None:
    step("Time passes until somebody accepts")
    while not stage.accepted:
        _pass(stage, days, "waiting for an acceptance")
    stage.cost()


def _write(stage: Stage) -> None:
    """Write to everybody who has accepted and was not written to yet."""
    due = [url for url in stage.accepted if url not in stage.written]
    if not due:
        return
    step(f"POST /v1/messages/send-message to the {len(due)} who accepted")
    for url in due:
        text = f"Thank you for connecting, {stage.invited[url].split()[0]}. Could we talk for ten minutes next week?"
        answer = stage.client.must("messages/send-message", linkedin_url=url, message_text=text)
        say(f"  to {stage.invited[url]}: {answer['data']['state']}, {answer['data']['entityUrn']}")
        stage.written.append(url)
    stage.cost()
    stage.budgets()


def _wait_for_answer(stage: Stage, days: list[str]) -> None:
    step("Time passes until one of them answers; who accepts meanwhile is written to as well")
    while not stage.answered:
        _pass(stage, days, "waiting for an answer")
        if not stage.answered:
            _write(stage)


def _read(stage: Stage) -> None:
    step("POST /v1/messages/conversation: read the reply")
    thread = stage.client.must("messages/conversation", linkedin_url=stage.answered)["data"]
    for item in reversed(thread["messages"]):
        say(f"  {item['sender']}: {item['text']}")
    if not thread["total_other_member_message_count"]:
        fail("the conversation does not hold the reply that the webhook told of")
    stage.cost()


def _count(stage: Stage) -> bool:
    """Compare with what the simulated LinkedIn itself counted; return whether all is sound."""
    step("What the simulated LinkedIn itself counted")
    rows = stage.run("linkedin", "simulate", "arrivals")
    effects: dict[str, int] = {}
    for row in rows:
        name = f"{row['name']} {row['effect']}"
        effects[name] = effects.get(name, 0) + 1
    for name, count in sorted(effects.items()):
        say(f"  {count} x {name}")
    stats = stage.run("linkedin", "simulate", "stats")
    doubles = len(stats["doubles"])
    say(
        f"  {len(rows)} actions arrived, {doubles} had an effect twice; {stage.client.calls} calls of the API were made"
    )
    step("overture audit")
    findings = stage.run("audit")
    broken = [item["name"] for item in findings["invariants"] if item["breaches"]]
    say(f"  {len(findings['invariants'])} invariants, {len(broken)} broken {' '.join(broken)}".rstrip())
    return not doubles and findings["ok"]
