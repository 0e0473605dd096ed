"""A million leads of campaigns that wait: how fast due ones are taken on, and what the others cost.

Runs in a process of its own (``python -m benchmarks.waiting``) and prints JSON. Taking one on is all of it: found by
the sweep, put into a job, moved, its text asked for (credits, request, message, chunk), in durable commits.
"""

import asyncio
import contextlib
import json
import sys
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import psutil

from benchmarks.installation import Installation, installation
from overture.bootstrap import open_services
from overture.domain.accounts import Tier
from overture.domain.campaigns.definition import CampaignStep, Definition
from overture.domain.campaigns.states import CampaignState
from overture.domain.messages import MessageType
from overture.queue import Task
from overture.settings import load
from overture.store.campaigns import orders
from overture.store.campaigns.orders import Campaign
from overture.usecases import accounts, sweep
from overture.usecases.services import Services
from overture.worker.draining import drain

LEADS = 1_000_000
CAMPAIGNS = 4
DUE = 40_000
IDLE_SECONDS = 30.0
CHORES = ("autovacuum", "checkpointer", "background writer", "walwriter")
STEPS = (CampaignStep(MessageType.FIRST_FOLLOW_UP, timedelta(days=3)), CampaignStep(MessageType.STAGE_AMBITION))


async def _fill(services: Services, url: str) -> None:
    """Leads as they wait after their first message, due over the 30 days that begin in an hour, ``DUE`` of them now."""
    made = await accounts.create(services, "bench", credits=2 * DUE, tier=Tier.SCALE)
    at = datetime.now(UTC)
    ordered = Definition("Ledgerly", "https://ledgerly.example/", STEPS, senders=())
    connection = await asyncpg.connect(url)
    for number in range(CAMPAIGNS):
        campaign = Campaign(uuid4(), made.account_id, "", f"{number}", CampaignState.RUNNING, "", ordered, 0, at)
        async with services.database.transaction() as tx:
            await orders.insert(tx, campaign)
        await _leads(connection, campaign.id, made.account_id, number)
    await connection.execute("VACUUM (ANALYZE) campaign_position, campaign_lead, campaign_message", timeout=600)
    await connection.execute("CHECKPOINT", timeout=600)
    await connection.close()


async def _leads(connection: asyncpg.Connection, campaign_id: UUID, account_id: UUID, number: int) -> None:
    each = LEADS // CAMPAIGNS
    await connection.execute(
        "INSERT INTO campaign_lead (id, campaign_id, account_id, place, key, person, company_hash, linkedin,"
        " first_name, last_name, company, job_title, company_website_url)"
        " SELECT gen_random_uuid(), $1, $2, n, 'lead-' || n, sha256(($4 || '-' || n)::bytea), sha256(n::text::bytea),"
        " 'https://www.linkedin.com/in/lead-' || $4 || '-' || n, 'Ada', 'Lovelace', 'Company ' || n, 'CFO',"
        " 'https://company-' || n % 1000 || '.example/' FROM generate_series(0, $3::int - 1) n",
        campaign_id,
        account_id,
        each,
        str(number),
        timeout=900,
    )
    await connection.execute(
        "INSERT INTO campaign_position (lead_id, campaign_id, state, step, wake_at, moved_at)"
        " SELECT id, $1, 'waiting', 1, CASE WHEN place < $2 THEN now() - interval '1 minute'"
        "   ELSE now() + interval '1 hour' + random() * interval '30 days' END, now()"
        " FROM campaign_lead WHERE campaign_id = $1",
        campaign_id,
        DUE // CAMPAIGNS,
        timeout=900,
    )


async def _dispatch(services: Services) -> dict[str, float]:
    """Steps a second, the sweep and its jobs in turn, as one worker does it."""
    rates: list[float] = []
    taken, began = 0, time.perf_counter()
    while due := await sweep.wake_due(services):
        first = time.perf_counter()
        await drain(services, [Task.CAMPAIGN_STEP], at_once=4)
        rates.append(due / (time.perf_counter() - first))
        taken += due
    seconds = time.perf_counter() - began
    async with services.database.reading() as tx:
        written = await tx.value("SELECT count(*) FROM campaign_position WHERE state = 'writing' AND step = 2")
        asked = await tx.value("SELECT count(*) FROM message")
    assert written == asked == taken == DUE, (written, asked, taken)
    return {"steps_s": taken / seconds, "jobs_s": min(rates), "seconds": seconds, "steps": taken}


def _busy(*roots: psutil.Process) -> dict[int, float]:
    """Processor seconds by process, of these and of those they have started.

    The server's own chores are left out: what they tidy up is the filling of a million rows.
    """
    found: dict[int, float] = {}
    for process in [one for root in roots for one in (root, *root.children(recursive=True))]:
        with contextlib.suppress(psutil.NoSuchProcess):  # a server process that has ended meanwhile
            if any(chore in " ".join(process.cmdline()) for chore in CHORES):
                continue
            found[process.pid] = sum(process.cpu_times()[:2])
    return found


async def _idle(place: Installation, url: str) -> dict[str, float]:
    """The share of a core that a worker and the server take while a million leads wait, and none of them without."""
    connection = await asyncpg.connect(url)
    await connection.execute("DELETE FROM pgqueuer")
    # What was asked for would be written otherwise.
    await connection.execute("TRUNCATE chunk, chunk_need, source, message, request CASCADE")
    await connection.execute("UPDATE campaign_position SET wake_at = NULL WHERE state = 'writing'", timeout=600)
    await connection.execute("VACUUM (ANALYZE) campaign_position", timeout=600)
    shares: dict[str, float] = {}
    memory = 0.0
    for name in ("idle", "empty"):
        if name == "empty":
            await connection.execute("TRUNCATE campaign_position", timeout=600)
        await connection.execute("CHECKPOINT", timeout=600)
        postmaster = psutil.Process(int(next(place.root.rglob("postmaster.pid")).read_text().split()[0]))
        worker = place.process("work")
        try:
            await asyncio.sleep(10)
            watched = psutil.Process(worker.popen.pid)
            before, began = _busy(watched, postmaster), time.perf_counter()
            await asyncio.sleep(IDLE_SECONDS)
            after = _busy(watched, postmaster)
            spent = sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())
            shares[name] = spent / (time.perf_counter() - began)
            if name == "idle":
                memory = watched.memory_info().rss / 2**20
        finally:
            worker.stop()
    await connection.close()
    return {"idle_share": shares["idle"], "empty_share": shares["empty"], "worker_mb": memory}


async def main() -> None:
    """Measure, and print."""
    with installation() as place:
        async with open_services(load(place.environment), place.url) as services:
            await _fill(services, place.url)
            figures = await _dispatch(services)
            sys.stderr.write(f"{figures}\n")
        figures |= await _idle(place, place.url)
    print(json.dumps(figures))


if __name__ == "__main__":
    asyncio.run(main())
