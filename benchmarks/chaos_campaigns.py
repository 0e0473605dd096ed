"""``make chaos-campaigns``: a long campaign is rehearsed with every fault while its process is killed at random.

``python -m benchmarks.chaos_campaigns [leads] [days] [kills] [seed]``; by default 10,000 leads, 90 days, 12 kills. The
days cross a change of clocks in the campaign's time zone. What must not happen is counted in the simulated LinkedIn's
own records, and `overture audit` looks at the rehearsal's tables; exits 1 where either finds something.
"""

import asyncio
import json
import os
import random
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.campaigns import Killed, Wanted, companies, make, rehearse_under_kills
from benchmarks.installation import Installation, installation
from benchmarks.rows import demonstration_sites, site_server
from overture.bootstrap import open_services
from overture.domain.campaigns.definition import Approval
from overture.settings import load
from overture.store import scratch

SITES = 240
SENDERS = 7
"""Faults and ramp-up take time: two more than a quiet rehearsal needs."""

STARTS = "2026-09-07T06:00"
"""A Monday seven weeks before clocks change in Berlin."""

NAME = "chaos"


def say(text: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def audited(place: Installation) -> list[str]:
    """Return what `overture audit` finds in the rehearsal's database."""
    url = scratch.url_of(place.url, f"overture_rehearsal_{NAME}")
    done = subprocess.run(
        [sys.executable, "-m", "overture", "audit", "--json"],
        env=place.environment | {"OVERTURE_DATABASE_URL": url},
        capture_output=True,
        check=False,
    )
    findings = json.loads(done.stdout)["invariants"]
    return [f"{f['number']} {f['name']}: {f['breaches'][:3]}" for f in findings if f["breaches"]]


async def run(leads: int, days: int, kills: int, seed: int) -> bool:
    """Run the whole; True where everything held."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="overture-sites-") as root, installation() as place:
        made = companies(Path(root), SITES)
        with site_server([demonstration_sites()[0], *(one.directory for one in made)]) as (proposition, *urls):
            sites = [(one.name, url) for one, url in zip(made, urls, strict=True)]
            async with open_services(load(place.environment), place.url) as services:
                wanted = Wanted(leads=leads, senders=SENDERS, approval=Approval.ALL, ramp=True)
                campaign_id = await make(services.database, wanted, proposition, sites)
            command = [
                str(campaign_id), "--name", NAME, "--keep", "--days", str(days), "--faults", "all", "--starts", STARTS,
                "--seed", str(seed), "--html", str(place.root / "report.html"),
            ]  # fmt: skip
            began = time.monotonic()
            span = max(2.0, leads * days / 90 / 50)  # a kill every so often, however long it takes
            done = await asyncio.to_thread(
                rehearse_under_kills, place.environment, command, place.root / "log", dice, kills, span
            )
            say(f"{done.kills} kills, {time.monotonic() - began:.0f} s in all")
        return report(place, done)


def report(place: Installation, done: Killed) -> bool:
    """Say what came of it; True where nothing was wrong."""
    shown = done.report
    days = shown["days"]
    assert isinstance(days, list)
    for what in ("invites", "notes", "accepted", "withdrawn", "messages", "answers"):
        say(f"  {what}: {sum(day[what] for day in days)}")
    say(f"  {shown['standing']}")
    say(f"  {shown['verdict']}")
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    say(f"  largest process {usage.ru_maxrss / 1024:.0f} MB")
    broken = audited(place)
    for line in broken:
        say(f"BROKEN {line}")
    return done.code == 0 and bool(shown["clean"]) and not broken


def main() -> None:
    """Run, and say whether everything held."""
    leads, days, kills, seed = (
        *map(int, sys.argv[1:]),
        *(10_000, 90, 12, secrets.randbelow(10**6))[len(sys.argv) - 1 :],
    )
    say(f"seed {seed}: {leads} leads, {days} days, {kills} kills, {os.cpu_count()} cores")
    held = asyncio.run(run(leads, days, kills, seed))
    say("everything held" if held else "SOMETHING BROKE")
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
