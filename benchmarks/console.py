"""The console's speed with 10,000 leads in a campaign and a million messages stored: pages, and events to the screen.

``python -m benchmarks.console [messages]``. Each page is asked for eleven times over one connection; the first, which
finds cold caches, is told apart. An event's way is from the commit to the changed number on the page in Chromium.
"""

import asyncio
import re
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import asyncpg
import httpx2
from tests.campaigns import ran

from benchmarks.installation import Installation, installation
from benchmarks.rows import machine
from benchmarks.scale import fill
from overture.bootstrap import open_services
from overture.console.registry import PAGES
from overture.domain.accounts import Tier
from overture.domain.console import Role
from overture.settings import load
from overture.usecases import accounts, auditlog
from overture.usecases.console import people
from overture.usecases.services import Services

MESSAGES = 1_000_000
LEADS = 10_000
ROUNDS = 11
EVENTS = 10
PASSWORD = "a long enough one"


async def _stored(place: Installation, services: Services, messages: int) -> tuple[UUID, dict[str, str]]:
    """Store it all in one account; returns the account and what the parameters of paths stand for."""
    made = await accounts.create(services, "Benchmark", credits=1_000_000, actions=1_000, tier=Tier.SCALE)
    campaign = await ran.run(services.database, made.account_id, LEADS)
    for number in range(500):
        await auditlog.record(services, auditlog.CLI, "note", str(number))
    connection = await asyncpg.connect(place.url, command_timeout=3_600)
    await connection.execute(
        "INSERT INTO event (id, account_id, request_id, kind, url, body, triggered_at, state, attempts)"
        " SELECT gen_random_uuid(), $1, gen_random_uuid(), 'request.completed', 'http://127.0.0.1:9/hook' || n % 5,"
        " repeat('x', 400)::bytea, now() - n * interval '1 minute',"
        " (ARRAY['delivered', 'delivered', 'delivered', 'exhausted'])[n % 4 + 1], 1 FROM generate_series(1, 20000) n",
        made.account_id,
    )
    await fill(connection, made.account_id, messages)
    known = {
        "requests": await connection.fetchval("SELECT id FROM request LIMIT 1"),
        "campaigns": campaign.id,
        "inbox": await connection.fetchval("SELECT id FROM thread_message LIMIT 1"),
        "webhooks": await connection.fetchval("SELECT id FROM event LIMIT 1"),
        "linkedin": await connection.fetchval("SELECT id FROM linkedin_account LIMIT 1"),
    }
    await connection.execute("SET session_replication_role = replica")  # rows of the past, which no trigger lets in
    await connection.execute("UPDATE message SET segments = '[]' WHERE request_id = $1", known["requests"])
    await connection.execute(
        "UPDATE request SET sequence = $2 WHERE id = $1", known["requests"], '[[1, "first_follow_up"]]'
    )
    await connection.execute(
        "INSERT INTO ledger (account_id, unit, kind, amount, request_id, at)"
        " SELECT account_id, 'messages', kind, 100, id, now() - random() * interval '60 days'"
        " FROM request, unnest(ARRAY['hold', 'capture']) kind"
    )
    await connection.execute("ANALYZE")
    known["try"] = known["requests"]
    await connection.close()
    return made.account_id, {name: str(value) for name, value in known.items()}


def _paths(known: dict[str, str]) -> list[str]:
    paths: list[str] = []
    for page in PAGES:
        kind = page.path.split("/")[1]
        if page.methods != ("GET",) or "live" in page.path or ("{" in page.path and kind not in known):
            continue
        filled = page.path.replace("{id}", known.get(kind, ""))
        if "{" not in filled:
            paths.append(f"/console{filled}")
    return [*paths, f"/console/messages/{known['requests']}.0.first_follow_up", "/console/inbox/?show=all"]


async def _pages(client: httpx2.AsyncClient, paths: list[str]) -> list[tuple[str, float, float, float]]:
    found: list[tuple[str, float, float, float]] = []
    for path in paths:
        times: list[float] = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            answer = await client.get(path)
            times.append((time.perf_counter() - began) * 1_000)
            assert answer.status_code == 200, (path, answer.status_code, answer.text[-300:])
        name = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "{id}", path)
        found.append((name, times[0], statistics.median(times[1:]), max(times[1:])))
    return found


def _to_the_screen(url: str, change: Any) -> list[float]:
    """Milliseconds from a commit to the number on the page, by Chromium; none without one."""
    from tests.browser import chromium
    from tests.browser.stage import Stage

    if chromium.executable() is None:
        return []
    times: list[float] = []
    with chromium.launched() as browser:
        person = chromium.sit_down(browser, Stage(url, {}))
        person.go("/console/sign-in")
        person.page.fill("#email", "bench@example.com")
        person.page.fill("#password", PASSWORD)
        person.page.click("main button")
        number = person.page.locator("main p.figure-number").first
        number.wait_for()
        time.sleep(2)
        for index in range(EVENTS):
            time.sleep(0.37 + index / 13)
            before = number.inner_text()
            change()
            began = time.perf_counter()
            person.page.wait_for_function(
                "(old) => document.querySelector('main p.figure-number').innerText !== old", arg=before, polling=10
            )
            times.append((time.perf_counter() - began) * 1_000)
    return times


def _say(messages: int, rows: list[tuple[str, float, float, float]]) -> None:
    lines = [machine(), f"{messages:,} messages, {LEADS:,} leads in a campaign", ""]
    lines += ["| page | first | median | worst |", "|---|---|---|---|"]
    lines += [f"| {name} | {first:.0f} ms | {middle:.0f} ms | {worst:.0f} ms |" for name, first, middle, worst in rows]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


async def main() -> None:
    """Measure, and print tables."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    with installation() as place:
        api = place.process("api")
        async with open_services(load(place.environment), place.url) as services:
            account_id, known = await _stored(place, services, messages)
            link = await people.invite(services, auditlog.CLI, "bench@example.com", "", Role.OWNER)
            async with httpx2.AsyncClient(
                base_url=api.url, headers={"sec-fetch-site": "same-origin"}, timeout=120
            ) as client:
                answer = await client.post(f"/console/welcome/{link}", data={"password": PASSWORD, "again": PASSWORD})
                assert answer.status_code == 303
                rows = await _pages(client, _paths(known))
            _say(messages, rows)
            loop = asyncio.get_running_loop()

            def change() -> None:
                work = accounts.add_credits(services, account_id, 1)
                asyncio.run_coroutine_threadsafe(work, loop).result()

            with ThreadPoolExecutor(1) as pool:
                shown = await loop.run_in_executor(pool, _to_the_screen, api.url, change)
        api.stop()
    if shown:
        sys.stdout.write(f"\nevent to screen: median {statistics.median(shown):.0f} ms, worst {max(shown):.0f} ms\n")


if __name__ == "__main__":
    asyncio.run(main())
