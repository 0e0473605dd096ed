"""A whole installation with data of every kind: written by the real composer, sent on the simulated LinkedIn.

Strings that arrive from outside are hostile wherever the field takes any text. What takes days, an old campaign with
its replies, deliveries that were given up, is put there as rows.
"""

import asyncio
import csv
import functools
import http.server
import io
import json
import os
import subprocess
import sys
import threading
import time as clock
import urllib.request
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from html import escape
from importlib import resources
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

from overture.bootstrap import open_services
from overture.bootstrap.simulation import open_simulation
from overture.domain.accounts import Caller, Scope, Tier
from overture.domain.campaigns import limits
from overture.domain.campaigns.definition import Definition
from overture.domain.console import Role
from overture.domain.linkedin.accounts import Password
from overture.domain.linkedin.actions import Invite, SendMessage
from overture.domain.linkedin.budgets import MemberPlan, WorkingHours
from overture.settings import load
from overture.simulator.world import Enrolled, World
from overture.store import events
from overture.store.events import Attempt, Event
from overture.usecases import accounts, auditlog
from overture.usecases.campaigns import importing, lifecycle, ordering, sheets
from overture.usecases.campaigns.importing import Import, Listed
from overture.usecases.campaigns.ordering import CampaignView, Order
from overture.usecases.console import deliveries, people, trying
from overture.usecases.idempotency import Once
from overture.usecases.linkedin import budgets, sessions, signin, tasks
from overture.usecases.linkedin.acting import act
from overture.usecases.services import Services
from tests.browser.hostile import HOSTILE
from tests.campaigns import ran

T = TypeVar("T")
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
PASSWORD = "correct horse battery"
NOTHING = UUID(int=0)
DRAFTS = 24
ONCE = Once(None, 200)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class _Receiver(_Quiet):
    """Answers webhooks: well below ``/well``, else with an error and a body that would like to be markup."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        well = self.path.startswith("/well")
        body = b"thanks" if well else " ".join(HOSTILE[:4]).encode()
        self.send_response(200 if well else 500)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def _served(handler: object) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)  # type: ignore[arg-type]
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _aside(work: Coroutine[object, object, T]) -> T:
    """Run it in a thread of its own: Playwright's loop may be running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@dataclass
class Stage:
    """A running installation: where it is, who may sign in, and what there is to look at."""

    url: str
    environ: dict[str, str]
    hook: str = ""
    sites: dict[str, str] = field(default_factory=dict)
    account: UUID = NOTHING
    owner: str = "owner@example.com"
    campaign: UUID = NOTHING
    old: UUID = NOTHING
    request: str = ""
    event: UUID = NOTHING
    tried: UUID = NOTHING
    challenged: Enrolled | None = None
    paths: list[str] = field(default_factory=list)

    def mailed_code(self, email: str) -> str:
        """The newest code that the simulated LinkedIn mailed."""

        async def work() -> str:
            async with open_simulation(load(self.environ)) as world:
                return str((await world.outbox(email))[0].code)

        return _aside(work())

    def owner_link(self) -> str:
        """A one-time link for the owner."""

        async def work() -> str:
            async with open_services(load(self.environ), self.environ["OVERTURE_DATABASE_URL"]) as services:
                return await people.invite(services, auditlog.CLI, self.owner, "Olive Owner", Role.OWNER)

        return f"/console/welcome/{_aside(work())}"

    def value(self, query: str, *args: object) -> object:
        """One value of the database."""

        async def work() -> object:
            async with (
                open_services(load(self.environ), self.environ["OVERTURE_DATABASE_URL"], migrating=False) as services,
                services.database.reading() as tx,
            ):
                return await tx.value(query, *args)  # type: ignore[arg-type]

        return _aside(work())


def _page(title: str) -> str:
    """A company's page whose sentences hold hostile text, as text."""
    sentences = [
        f"Kestrel Bindery repaired {number + 40} library books in 2026 for {escape(text)} and its readers."
        for number, text in enumerate(HOSTILE[:12])
    ]
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title></head><body><main>"
        f"<h1>Kestrel Bindery</h1><p>Kestrel Bindery binds and repairs books by hand in Leeds. Our workshop opened a "
        f"second hall in March 2026 and now repairs 400 volumes a month.</p>{body}</main></body></html>"
    )


@contextmanager
def raised(database_url: str, root: Path) -> Iterator[Stage]:
    """Start an installation on a migrated database and fill it; ends with all that was started."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("OVERTURE_")} | {
        "OVERTURE_DATABASE_URL": database_url,
        "OVERTURE_DATA_DIR": str(root / "data"),
        "OVERTURE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "OVERTURE_FIND_COMPANY": "none",
        "OVERTURE_ENV": "test",
        "OVERTURE_SECRET_KEYS": KEY,
        "OVERTURE_PORT": "0",
        "OVERTURE_LINKEDIN_POLL_SECONDS": "1",
        "OVERTURE_LOG_LEVEL": "warning",
    }
    pages = root / "kestrel"
    pages.mkdir(parents=True)
    (pages / "index.html").write_text(_page("Kestrel Bindery <img src=x onerror=alert(1)>".replace("<", "&lt;")))
    with ExitStack() as stack:
        home = stack.enter_context(resources.as_file(resources.files("overture.cli").joinpath("sites")))
        roots = {name: home / name for name in ("harbourlight", "millbrook", "ledgerly")} | {"kestrel": pages}
        sites = {
            name: stack.enter_context(_served(functools.partial(_Quiet, directory=str(path))))
            for name, path in roots.items()
        }
        hook = stack.enter_context(_served(_Receiver))
        url = stack.enter_context(_serving(environ, root / "serve.log"))
        stage = Stage(url, environ, hook, sites)
        asyncio.run(_fill(stage))
        yield stage


@contextmanager
def _serving(environ: dict[str, str], log: Path) -> Iterator[str]:
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "overture", "serve"], env=environ, stdout=subprocess.PIPE, stderr=errors
        )
    assert process.stdout
    line = process.stdout.readline()
    assert line, log.read_text()[-3000:]
    try:
        yield json.loads(line)["url"]
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


async def _fill(stage: Stage) -> None:
    settings = load(stage.environ)
    url = stage.environ["OVERTURE_DATABASE_URL"]
    async with open_services(settings, url) as services, open_simulation(settings) as world:
        made = await accounts.create(services, "Ledgerly", credits=5_000, tier=Tier.SCALE, actions=2_000)
        await accounts.create(services, HOSTILE[2], credits=10, tier=Tier.TESTING)
        stage.account = made.account_id
        caller = await accounts.authenticate(services, made.api_key)
        await _people(services)
        stage.request = _ask(stage, made.api_key)
        stage.tried = await _try(stage, services, caller)
        members = await _linkedin(stage, services, world, caller)
        await _by_hand(services, caller)
        await _deliveries(stage, services)
        await _past(stage, services)
        await _campaign(stage, services, world, caller, members)
        await _written(stage, services)
        stage.paths = await _paths(stage, services)


async def _people(services: Services) -> None:
    for number, role in enumerate((Role.REVIEWER, Role.VIEWER)):
        await people.invite(services, auditlog.CLI, f"{role}@example.com", HOSTILE[number + 2], role)
    for text in HOSTILE:
        await auditlog.record(services, auditlog.CLI, "note", text, text)


def _ask(stage: Stage, key: str) -> str:
    """A request with a lead for each hostile string, and two that can be written."""
    good = {"lead_company": "Millbrook Looms", "lead_company_website_url": f"{stage.sites['millbrook']}/"}
    leads = [
        {
            "automation_tool_lead_id": f"hostile-{number}",
            "lead_linkedin": f"https://www.linkedin.com/in/hostile-{number}",
            "lead_company": text,
            "lead_company_website_url": f"{stage.sites['kestrel']}/",
            "first_name": text,
            "last_name": text,
            "job_title": text,
        }
        for number, text in enumerate(HOSTILE)
    ]
    leads[:0] = [
        {
            "automation_tool_lead_id": f"good-{number}",
            "lead_linkedin": f"https://www.linkedin.com/in/good-{number}",
            "first_name": name,
            "last_name": "Example",
            "job_title": "Head of operations",
            **good,
        }
        for number, name in enumerate(("Anna", "Bruno"))
    ]
    body = {
        "completion_notification_url": f"{stage.hook}/well",
        "automation_tool_customer_id": HOSTILE[7],
        "automation_tool_campaign_id": HOSTILE[8],
        "automation_tool_campaign_name": HOSTILE[9],
        "proposition_company_name": "Ledgerly",
        "proposition_company_url": f"{stage.sites['ledgerly']}/",
        "message_sequence": [
            {"step": n, "messageType": kind} for n, kind in enumerate(("connection_request", "first_follow_up"), 1)
        ],
        "signoff_name": "Sam",
        "lead_data": leads,
    }
    request = urllib.request.Request(
        f"{stage.url}/api/v2/messages/request_message_generation",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Api-Key": key},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(json.loads(answer.read())["secure_request_id"])


async def _try(stage: Stage, services: Services, caller: Caller) -> UUID:
    given = {
        "first_name": "Nora",
        "last_name": "Example",
        "company": "Harbourlight Freight",
        "job_title": "Head of operations",
        "site": f"{stage.sites['harbourlight']}/",
        "proposition_name": "Ledgerly",
        "proposition_url": f"{stage.sites['ledgerly']}/",
        "signoff": "Sam",
    }
    return await trying.submit(services, caller, given, ("connection_request", "first_follow_up"))


async def _linkedin(stage: Stage, services: Services, world: World, caller: Caller) -> list[UUID]:
    await world.create(11, 400)
    plain, stage.challenged = await world.enrol(premium=True), await world.enrol(challenged=True)
    done = await signin.sign_in(services, caller, Password(plain.email, plain.password, "US"))
    assert isinstance(done, signin.SignedIn)
    await signin.sign_in(services, caller, Password(stage.challenged.email, stage.challenged.password, "US"))
    hours = WorkingHours("UTC", time(0), time(23, 59), frozenset(range(7)))
    await budgets.choose(services, done.linkedin_id, budgets.Wishes(plan=MemberPlan.PREMIUM, ramp=False, hours=hours))
    return [done.linkedin_id]


async def _by_hand(services: Services, caller: Caller) -> None:
    opened = await tasks.open_list(services, caller.account_id, "https://www.linkedin.com/in/mia-member", HOSTILE[3])
    who = await sessions.by_id(services, opened.linkedin_id)
    for number, text in enumerate(HOSTILE[:6]):
        profile = f"https://www.linkedin.com/in/by-hand-{number}"
        await act(services, who, SendMessage(profile, text) if number % 2 else Invite(profile, text))


async def _deliveries(stage: Stage, services: Services) -> None:
    stage.event = await deliveries.send_test(services, stage.account, f"{stage.hook}/ill")
    await deliveries.send_test(services, stage.account, f"{stage.hook}/well")
    yesterday = datetime.now(UTC) - timedelta(days=1)
    for number, text in enumerate(HOSTILE):
        event_id, body = uuid4(), json.dumps({"data": text}).encode()
        kind = ("request.completed", "lead.replied", "campaign.finished")[number % 3]
        event = Event(
            event_id, stage.account, event_id, kind, f"{stage.hook}/well", body, yesterday, "exhausted", 25, 0, None
        )
        async with services.database.transaction() as tx:
            await events.add(tx, event)
            await events.record(tx, event_id, Attempt(25, 500, text[:60], 0.4, text), "exhausted", None)
        if number == 1:
            stage.event = event_id


async def _past(stage: Stage, services: Services) -> None:
    """A campaign that ran for weeks; every text in it is hostile. Its senders are signed out."""
    count = len(HOSTILE) * 2
    campaign = await ran.run(services.database, stage.account, count, name=HOSTILE[1])
    stage.old = campaign.id
    texts = list(HOSTILE)
    async with services.database.transaction() as tx:
        await tx.execute(
            "UPDATE linkedin_account SET state = 'expired', reason = $2 WHERE account_id = $1 AND name LIKE 'Sender %'",
            stage.account,
            HOSTILE[4],
        )
        await tx.execute(
            "UPDATE campaign_lead SET first_name = t.x, last_name = t.x, company = t.x, job_title = t.x"
            " FROM (SELECT n - 1 AS n, x FROM unnest($2::text[]) WITH ORDINALITY AS u (x, n)) t"
            " WHERE campaign_id = $1 AND place % $3 = t.n",
            campaign.id,
            texts,
            len(texts),
        )
        await tx.execute(
            "UPDATE campaign_message m SET text = t.x"
            " FROM campaign_lead l, (SELECT n - 1 AS n, x FROM unnest($2::text[]) WITH ORDINALITY AS u (x, n)) t"
            " WHERE m.campaign_id = $1 AND l.id = m.lead_id AND m.text IS NOT NULL AND l.place % $3 = t.n",
            campaign.id,
            texts,
            len(texts),
        )
        await tx.execute(
            "UPDATE thread_message m SET text = t.x, class_why = t.x"
            " FROM campaign_lead l, (SELECT n - 1 AS n, x FROM unnest($2::text[]) WITH ORDINALITY AS u (x, n)) t"
            " WHERE m.campaign_id = $1 AND l.id = m.lead_id AND l.place % $3 = t.n",
            campaign.id,
            texts,
            len(texts),
        )


def _csv(stage: Stage, profiles: list[str]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["linkedin", "first name", "last name", "company", "title", "website"])
    names = ("Anna", "Bruno", "Clara", "David", "Edith", "Felix", "Greta", "Hugo")
    firms = (("Millbrook Looms", "millbrook"), ("Harbourlight Freight", "harbourlight"))
    for number, profile in enumerate(profiles):
        company, site = firms[number % 2]
        writer.writerow(
            [profile, names[number % 8], f"Example {number}", company, "Head of operations", f"{stage.sites[site]}/"]
        )
    return out.getvalue().encode()


async def _campaign(stage: Stage, services: Services, world: World, caller: Caller, senders: list[UUID]) -> None:
    """A campaign that was ordered, filled from a file and started; each message waits for approval."""
    made: list[CampaignView] = []
    seen: list[Import] = []
    definition = Definition(
        proposition_company_name="Ledgerly",
        proposition_company_url=f"{stage.sites['ledgerly']}/",
        steps=limits.preset("medium_meeting_normal_true") or (),
        senders=tuple(senders),
        preset="medium_meeting_normal_true",
        signoff_name="Sam",
        blank_share=0,
        hours=WorkingHours("UTC", time(0), time(23, 59), frozenset(range(7))),
    )
    order = Order("Operations, north", definition, "")
    await ordering.create(services, caller, order, Once(None, 201), lambda view: made.append(view) or b"")
    await ordering.create(services, caller, Order(HOSTILE[5], definition, HOSTILE[6]), ONCE, lambda _: b"")
    stage.campaign = made[0].id
    content = _csv(stage, [profile for _, profile in await world.profiles(0, DRAFTS)])
    people_ = Listed(lambda: sheets.rows_of(sheets.Sheet(io.BytesIO(content), {})))
    await importing.add(services, caller, stage.campaign, people_, ONCE, lambda view: seen.append(view) or b"")
    assert seen[0].added == DRAFTS, seen
    await lifecycle.start(services, caller, stage.campaign, ONCE, lambda _: b"")


async def _written(stage: Stage, services: Services, seconds: float = 120) -> None:
    """Wait until the drafts are there and the request is complete."""
    end = clock.monotonic() + seconds
    drafts = done = None
    while clock.monotonic() < end:
        async with services.database.reading() as tx:
            drafts = await tx.value(
                "SELECT count(*) FROM campaign_position WHERE campaign_id = $1 AND state = 'review'", stage.campaign
            )
            done = await tx.value(
                "SELECT count(*) FROM request WHERE id = ANY($1) AND state = 'complete'",
                [UUID(stage.request), stage.tried],
            )
        if drafts == DRAFTS and done == 2:
            return
        await asyncio.sleep(0.3)
    raise AssertionError(f"{drafts} drafts, {done} of 2 requests")


async def _paths(stage: Stage, services: Services) -> list[str]:
    """Every page that there is to see, parameters filled in."""
    async with services.database.reading() as tx:
        member = await tx.value("SELECT id FROM linkedin_account WHERE state = 'connected' ORDER BY connected_at DESC")
        thread = await tx.value("SELECT id FROM thread_message WHERE inbound ORDER BY at DESC LIMIT 1")
        lead, step, attempt = (
            await tx.fetch(
                "SELECT lead_id, step, attempt FROM campaign_message WHERE campaign_id = $1 LIMIT 1", stage.campaign
            )
        )[0]
    await accounts.create_key(services, stage.account, Scope.ALL)
    request, campaign, old = stage.request, stage.campaign, stage.old
    return [
        "/console/",
        "/console/try",
        f"/console/try/{stage.tried}",
        "/console/requests/",
        f"/console/requests/{request}",
        f"/console/messages/{request}.0.first_follow_up",
        f"/console/messages/{request}.9.first_follow_up",
        "/console/review/",
        f"/console/review/?campaign={old}",
        f"/console/review/{lead}.{step}.{attempt}",
        "/console/sequences/",
        "/console/campaigns/",
        "/console/campaigns/new",
        f"/console/campaigns/{campaign}",
        f"/console/campaigns/{old}",
        f"/console/campaigns/{old}/leads",
        f"/console/campaigns/{campaign}/add",
        "/console/inbox/?show=all",
        f"/console/inbox/{thread}",
        "/console/tasks/",
        "/console/linkedin/",
        f"/console/linkedin/{member}",
        "/console/webhooks/",
        f"/console/webhooks/{stage.event}",
        "/console/keys/",
        "/console/usage/",
        "/console/people/",
        "/console/audit/",
        "/console/settings/",
        "/console/sessions",
        "/console/no-such-page",
    ]
