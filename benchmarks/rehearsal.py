"""``make bench-rehearsal``: how long a rehearsal of a large campaign takes, and what it needs.

``python -m benchmarks.rehearsal [leads] [days]``; by default 10,000 leads, five steps, 90 days, five premium accounts.
Prints seconds, memory and what was sent, as JSON.
"""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.campaigns import Wanted, companies, make
from benchmarks.installation import Installation, installation
from benchmarks.rows import demonstration_sites, site_server
from overture.bootstrap import open_services
from overture.settings import load

SITES = 240
SENDERS = 5


async def measure(leads: int, days: int) -> dict[str, object]:
    """Run one rehearsal in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="overture-sites-") as root, installation() as place:
        made = companies(Path(root), SITES)
        with site_server([demonstration_sites()[0], *(one.directory for one in made)]) as (proposition, *urls):
            sites = [(one.name, url) for one, url in zip(made, urls, strict=True)]
            async with open_services(load(place.environment), place.url) as services:
                wanted = Wanted(leads=leads, senders=SENDERS)
                campaign_id = await make(services.database, wanted, proposition, sites)
            return _run(place, [str(campaign_id), "--days", str(days), "--html", str(place.root / "report.html")])


def _run(place: Installation, arguments: list[str]) -> dict[str, object]:
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "overture", "rehearse", *arguments, "--json"],
        env=place.environment,
        stdout=subprocess.PIPE,
    )
    output, _ = process.communicate()
    seconds = time.monotonic() - began
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    shown = json.loads(output)
    return {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "rss_mb": round(usage.ru_maxrss / 1024),
        "clean": shown["clean"],
        "leads": shown["standing"]["leads"],
        **{what: sum(day[what] for day in shown["days"]) for what in ("invites", "messages", "accepted", "answers")},
    }


def main() -> None:
    """Measure, print."""
    leads, days = (*map(int, sys.argv[1:]), *(10_000, 90)[len(sys.argv) - 1 :])
    sys.stdout.write(json.dumps(asyncio.run(measure(leads, days))) + "\n")


if __name__ == "__main__":
    main()
