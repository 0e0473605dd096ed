"""``make chaos``: processes and the database are killed at random under load; then everything is counted.

``python -m benchmarks.chaos [seconds] [seed]``; the default is 120 seconds. Prints the seed, the time from each kill to
the next settled message, and the outcome; exits 1 where anything was lost, doubled, or an invariant is broken.
"""

import asyncio
import json
import queue
import random
import secrets
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import asyncpg
import psutil

from benchmarks.client import drive, raw
from benchmarks.installation import Installation, body, installation
from benchmarks.rows import SUBMIT, demonstration_sites, site_server
from overture.bootstrap import open_services
from overture.domain.accounts import Tier
from overture.settings import load
from overture.store import embedded
from overture.usecases import accounts, audit

EVERY_SECONDS = 4.0


def say(text: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def receiver(kept: "queue.Queue[str]") -> Iterator[str]:
    """A webhook receiver that keeps the ids of the requests it is told about."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            kept.put(event["secure_request_id"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


async def make_account(place: Installation) -> str:
    """One account that can afford the run."""
    async with open_services(load(place.environment), place.url) as services:
        return (await accounts.create(services, "chaos", credits=10_000_000, tier=Tier.SCALE)).api_key


async def submit(url: str, key: str, payload: dict[str, object]) -> bool:
    """Send one request until it is accepted, as a client would."""
    headers = {"Api-Key": key, "Content-Type": "application/json"}
    for _ in range(200):
        try:
            async with asyncio.timeout(10):
                load_ = await drive(url, [raw("POST", url + SUBMIT, headers, json.dumps(payload).encode())], 1)
            if load_.statuses == {200: 1}:
                return True
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ExceptionGroup):
            pass
        await asyncio.sleep(0.2)
    return False


async def settled(place: Installation) -> int:
    """How many messages are settled."""
    connection = await asyncpg.connect(place.url)
    try:
        return await connection.fetchval("SELECT count(*) FROM message WHERE settled_at IS NOT NULL")
    finally:
        await connection.close()


def victims(serve: int) -> dict[str, list[psutil.Process]]:
    """Children of `overture serve`, by what they are."""
    found: dict[str, list[psutil.Process]] = {"api": [], "work": []}
    for child in psutil.Process(serve).children():
        command = child.cmdline()
        if len(command) > 3 and command[3] in found:
            found[command[3]].append(child)
    return found


async def kill_at_random(place: Installation, serve: int, end: float, dice: random.Random) -> list[float]:
    """Kill workers, the API or the database until ``end``; return seconds from each kill to the next progress."""
    recoveries: list[float] = []
    while time.monotonic() < end:
        await asyncio.sleep(dice.uniform(0.5, 1.5) * EVERY_SECONDS)
        what = dice.choice(["work", "work", "all workers", "api", "database"])
        before = await settled(place)
        if what == "database":
            status = embedded.status(place.root / "data" / "postgresql")
            if status.pid:
                psutil.Process(status.pid).send_signal(signal.SIGQUIT)  # an immediate shutdown, as a crash
            began = time.monotonic()
            await asyncio.sleep(dice.uniform(0, 2))
            await asyncio.to_thread(embedded.start, place.root / "data" / "postgresql")
        else:
            group = victims(serve)["api" if what == "api" else "work"]
            began = time.monotonic()
            for process in group if what == "all workers" else group[:1]:
                process.kill()
        while (await settled(place)) == before and time.monotonic() < end:
            await asyncio.sleep(0.1)
        if time.monotonic() >= end:
            break  # nothing new arrives any more, so no progress says nothing
        recoveries.append(time.monotonic() - began)
        say(f"  killed {what}: progress after {recoveries[-1]:.1f} s")
    return recoveries


async def run(seconds: float, seed: int) -> bool:
    """Run the whole; True where everything held."""
    dice = random.Random(seed)
    told: queue.Queue[str] = queue.Queue()
    with installation() as place, receiver(told) as hook, site_server(demonstration_sites()) as (ledgerly, *companies):
        key = await make_account(place)
        serve = place.process("serve", "--workers", "2")
        end = time.monotonic() + seconds
        accepted = 0

        async def client() -> None:
            nonlocal accepted
            while time.monotonic() < end:
                payload = body(accepted, [f"{site}/" for site in companies], ledgerly, leads=4)
                payload["completion_notification_url"] = hook
                assert await submit(serve.url, key, payload)
                accepted += 1
                await asyncio.sleep(0.75)

        _, recoveries = await asyncio.gather(client(), kill_at_random(place, serve.popen.pid, end, dice))
        say(f"accepted {accepted} requests; waiting for the rest ...")
        good = await finish(place, accepted, told)
        serve.stop()
    worst = max(recoveries, default=0.0)
    median = sorted(recoveries)[len(recoveries) // 2]
    say(f"{len(recoveries)} kills; progress after {median:.1f} s (median), {worst:.1f} s (worst)")
    return good


async def finish(place: Installation, accepted: int, told: "queue.Queue[str]") -> bool:
    """Wait until all is complete and told, then check."""
    async with open_services(load(place.environment), place.url, migrating=False) as services:
        for _ in range(600):
            row = await services.database.once(
                "SELECT (SELECT count(*) FROM request WHERE state = 'complete') AS complete,"
                " (SELECT count(*) FROM request) AS requests,"
                " (SELECT max(extract(epoch FROM completed_at - accepted_at))::float8 FROM request) AS slowest,"
                " (SELECT count(*) FROM event WHERE state = 'delivered') AS delivered"
            )
            assert row
            if row["complete"] == row["requests"] == row["delivered"] == accepted:
                break
            await asyncio.sleep(0.2)
            if row["delivered"] < row["complete"]:  # do not wait out the schedule of an attempt that a kill cut off
                await services.database.once("UPDATE event SET next_attempt_at = now() WHERE next_attempt_at > now()")
        broken = [f for f in await audit.check(services) if f.breaches]
    ids = set(told.queue)
    say(
        f"requests {row['requests']} of {accepted} accepted, complete {row['complete']}, events received for {len(ids)}"
    )
    say(f"slowest request, from accepted to complete: {row['slowest']:.1f} s")
    for finding in broken:
        say(f"BROKEN {finding.number} {finding.name}: {finding.breaches[:3]}")
    return not broken and row["requests"] == row["complete"] == accepted == len(ids)


def main() -> None:
    """Run, and say whether everything held."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else secrets.randbelow(10**6)
    say(f"seed {seed}, {seconds:.0f} s")
    held = asyncio.run(run(seconds, seed))
    say("everything held" if held else "SOMETHING BROKE")
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
