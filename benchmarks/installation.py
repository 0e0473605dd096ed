"""Starting an installation for a benchmark, and filling it with accounts."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from overture.bootstrap import open_services
from overture.domain.accounts import Tier
from overture.settings import load
from overture.store import embedded
from overture.usecases import accounts

TYPES = ["connection_request", "first_follow_up", "stage_ambition", "share_material", "hiring_activity"]
PER_ACCOUNT = 15
"""Requests of 100 messages an account sends in one run: within 1,800 messages a minute."""

FAST = {"shared_buffers": "512MB", "max_wal_size": "4GB"}


@dataclass
class Installation:
    """A database of its own, and the environment for processes on it."""

    url: str
    environment: dict[str, str]
    root: Path

    def process(self, *arguments: str) -> "Process":
        """Start ``overture ARGUMENTS``; returns once it is ready."""
        return Process([sys.executable, "-m", "overture", *arguments], self.environment, self.root)


class Process:
    """A process that prints one line when it is ready."""

    def __init__(self, command: list[str], environment: dict[str, str], root: Path) -> None:
        began = time.perf_counter()
        with (root / "bench.log").open("ab") as log:
            self.popen = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log)
        assert self.popen.stdout
        self.line = self.popen.stdout.readline().decode()
        assert self.line, (root / "bench.log").read_text()[-3000:]
        self.seconds_to_ready = time.perf_counter() - began

    @property
    def url(self) -> str:
        """Where the API is."""
        return json.loads(self.line)["url"]

    def stop(self) -> None:
        """End it."""
        self.popen.terminate()
        self.popen.wait(20)


@contextmanager
def installation() -> Iterator[Installation]:
    """An embedded server in a temporary directory, with durable commits."""
    with tempfile.TemporaryDirectory(prefix="overture-bench-") as name:
        root = Path(name)
        lease = embedded.start(root / "data" / "postgresql", settings=FAST)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("OVERTURE_")} | {
            "OVERTURE_DATABASE_URL": lease.url,
            "OVERTURE_DATA_DIR": str(root / "data"),
            "OVERTURE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
            "OVERTURE_FIND_COMPANY": "none",
            "OVERTURE_LOG_LEVEL": "error",
            "OVERTURE_PORT": "0",
        }
        try:
            yield Installation(lease.url, environment, root)
        finally:
            lease.release()


async def make_accounts(place: Installation, count: int) -> list[str]:
    """Create accounts on the largest tier; returns their keys."""
    async with open_services(load(place.environment), place.url) as services:
        made = [await accounts.create(services, f"bench {n}", credits=1_000_000, tier=Tier.SCALE) for n in range(count)]
        for account in made:  # nobody listens to the webhooks of a benchmark
            await accounts.remove_secrets(services, account.account_id)
    return [account.api_key for account in made]


def body(number: int, sites: list[str], proposition: str, leads: int = 20) -> dict[str, object]:
    """One request of ``leads`` leads and five types; leads take the sites in turn."""
    return {
        "completion_notification_url": "http://127.0.0.1:9/hook",
        "automation_tool_customer_id": "customer",
        "automation_tool_campaign_id": f"campaign-{number}",
        "automation_tool_campaign_name": "Benchmark",
        "proposition_company_name": "Ledgerly",
        "proposition_company_url": f"{proposition}/",
        "material_link": f"{proposition}/case.html",
        "hiring_location": "GB",
        "signoff_name": "Charlie",
        "message_sequence": [{"step": n, "messageType": kind} for n, kind in enumerate(TYPES, 1)],
        "lead_data": [
            {
                "automation_tool_lead_id": f"lead-{number}-{n}",
                "lead_linkedin": f"https://www.linkedin.com/in/lead-{number}-{n}",
                "lead_company": f"Company {(number * leads + n) % max(1, len(sites) or 1000)}",
                "first_name": "Ada",
                "last_name": "Lovelace",
                "job_title": "CFO",
                "lead_company_website_url": sites[(number * leads + n) % len(sites)] if sites else None,
            }
            for n in range(leads)
        ],
    }


async def wait_complete(url: str, expected: int, seconds: float = 600) -> None:
    """Wait until ``expected`` requests are complete and none is in progress."""
    connection = await asyncpg.connect(url)
    try:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            row = await connection.fetchrow(
                "SELECT count(*) FILTER (WHERE state = 'complete') AS done, count(*) AS n FROM request"
            )
            if row["n"] >= expected and row["done"] == row["n"]:
                return
            await asyncio.sleep(0.05)
    finally:
        await connection.close()
    raise TimeoutError(f"not complete within {seconds} s")
