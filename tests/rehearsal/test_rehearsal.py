"""Whole campaigns rehearsed by real processes, judged by what the simulated LinkedIn recorded, not by our tables."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from benchmarks.campaigns import Wanted, companies, make, rehearse_under_kills
from benchmarks.rows import demonstration_sites, site_server

from overture.domain.campaigns.definition import Approval
from overture.domain.errors import Misconfigured
from overture.store import scratch
from overture.store.db import Database

SEED = 20_261_125


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("OVERTURE_")}
    return kept | {
        "OVERTURE_DATABASE_URL": database_url,
        "OVERTURE_DATA_DIR": str(tmp_path),
        "OVERTURE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "OVERTURE_FIND_COMPANY": "none",
        "OVERTURE_LOG_LEVEL": "error",
    }


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    made = companies(tmp_path / "sites", 10)
    ledgerly = demonstration_sites()[0]
    with site_server([ledgerly, *(company.directory for company in made)]) as (proposition, *urls):
        yield proposition, [(company.name, url) for company, url in zip(made, urls, strict=True)]


def audited(environment: dict[str, str], name: str) -> Any:
    url = scratch.url_of(environment["OVERTURE_DATABASE_URL"], f"overture_rehearsal_{name}")
    done = subprocess.run(
        [sys.executable, "-m", "overture", "audit", "--json"],
        env=environment | {"OVERTURE_DATABASE_URL": url},
        capture_output=True,
    )
    return [finding for finding in json.loads(done.stdout)["invariants"] if finding["breaches"]]


@pytest.mark.process
async def test_a_campaign_survives_kills_and_faults(
    environment: dict[str, str], database: Database, sites: tuple[str, list[tuple[str, str]]], tmp_path: Path
) -> None:
    """60 leads, 30 days across a change of clocks, three kills, all faults: nothing twice, late or too much."""
    campaign_id = await make(database, Wanted(leads=60, senders=2, approval=Approval.ALL), *sites)
    command = [
        str(campaign_id), "--name", "test", "--keep", "--days", "30", "--faults", "all", "--starts", "2026-10-12T06:00",
        "--seed", str(SEED), "--html", str(tmp_path / "report.html"),
    ]  # fmt: skip
    try:
        done = rehearse_under_kills(environment, command, tmp_path / "log", random.Random(SEED), kills=3, within=2.0)
        report: Any = done.report
        assert done.kills == 3
        assert done.code == 0, report["verdict"]
        assert report["clean"]
        assert sum(day["invites"] for day in report["days"]) > 40
        assert sum(day["messages"] for day in report["days"]) > 5
        assert audited(environment, "test") == []
    finally:
        await scratch.drop(environment["OVERTURE_DATABASE_URL"], "overture_rehearsal_test")


async def test_a_role_that_may_not_create_databases_is_told_what_it_needs(
    database: Database, database_url: str
) -> None:
    async with database.transaction() as tx:
        if not await tx.value("SELECT true FROM pg_roles WHERE rolname = 'overture_plain'"):
            await tx.execute("CREATE ROLE overture_plain LOGIN PASSWORD 'plain'")
    parts = urlsplit(database_url)
    query = parts.query.replace("user=overture", "user=overture_plain")
    query = re.sub(r"password=[^&]*", "password=plain", query)
    host = f"overture_plain:plain@{parts.netloc.rpartition('@')[2]}" if parts.netloc else ""
    with pytest.raises(Misconfigured, match="CREATEDB"):
        await scratch.create(urlunsplit(parts._replace(netloc=host, query=query)), "overture_rehearsal_refused")
