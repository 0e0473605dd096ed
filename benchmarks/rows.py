"""The measurements, one function a row of the table."""

import asyncio
import gzip
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import asyncpg
import msgspec
import psutil

from benchmarks import bare
from benchmarks.client import Load, drive, raw
from benchmarks.installation import PER_ACCOUNT, TYPES, Installation, Process, body, make_accounts, wait_complete
from benchmarks.null_worker import NullComposer
from overture.domain.messages import Brief, LeadDossier, MessageType, Person, Written
from overture.research.gather import read_local

SUBMIT = "/api/v2/messages/request_message_generation"
RETRIEVE = "/api/v2/messages/retrieve_messages?request_message_generation_secure_request_id="
CORPUS = Path(os.environ.get("OVERTURE_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))


def posts(url: str, keys: list[str], count: int, sites: list[str], proposition: str, first: int = 0) -> list[bytes]:
    """Encode submissions, spread over accounts."""
    made: list[bytes] = []
    for number in range(count):
        headers = {"Api-Key": keys[number % len(keys)], "Content-Type": "application/json"}
        payload = json.dumps(body(first + number, sites, proposition)).encode()
        made.append(raw("POST", url + SUBMIT, headers, payload))
    return made


@contextmanager
def site_server(directories: list[Path]) -> Iterator[list[str]]:
    """Serve each directory on an address of its own, 127.1.0.1 onwards, from one process."""
    script = (
        "import functools, http.server, sys, threading\n"
        "class H(http.server.SimpleHTTPRequestHandler):\n"
        "    def log_message(self, *a): pass\n"
        "for n, d in enumerate(sys.argv[1:]):\n"
        "    host = f'127.1.{n // 250}.{n % 250 + 1}'\n"
        "    s = http.server.ThreadingHTTPServer((host, 0), functools.partial(H, directory=d))\n"
        "    threading.Thread(target=s.serve_forever, daemon=True).start()\n"
        "    print(f'http://{host}:{s.server_address[1]}', flush=True)\n"
        "print('ready', flush=True)\n"
        "threading.Event().wait()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, *(str(d) for d in directories)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    urls: list[str] = []
    for line in process.stdout:
        if line.strip() == "ready":
            break
        urls.append(line.strip())
    try:
        yield urls
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def demonstration_sites() -> list[Path]:
    """The fictional companies that come with the package."""
    root = Path(str(resources.files("overture.cli").joinpath("sites")))
    return [root / name for name in ("ledgerly", "harbourlight", "millbrook")]


def corpus_sites(root: Path, copies: int) -> list[Path]:
    """Write the corpus' company pages as sites, ``copies`` of each; none where there is no corpus."""
    index = CORPUS / "index.jsonl"
    if not index.exists():
        return []
    made: list[Path] = []
    for line in index.read_text().strip().split("\n"):
        entry = json.loads(line)
        if entry["kind"] != "service":
            continue
        html = gzip.decompress((CORPUS / "html" / f"{entry['id']}.html.gz").read_bytes())
        for copy in range(copies):
            directory = root / f"{entry['id']}-{copy}"
            directory.mkdir(parents=True)
            (directory / "index.html").write_bytes(html)
            made.append(directory)
    return made


async def door_rates(place: Installation, count: int) -> dict[str, Load]:
    """POST and GET, ours and bare, in turn on the same server."""
    keys = await make_accounts(place, 150)
    results: dict[str, Load] = {}
    api = place.process("api")
    ours = posts(api.url, keys, count, [], "http://127.0.0.1:9")
    results["post"] = await drive(api.url, ours, 32)
    connection = await asyncpg.connect(place.url)
    rows = await connection.fetch("SELECT k.account_id, r.id FROM request r JOIN api_key k USING (account_id)")
    owned = {row["id"]: row["account_id"] for row in rows}
    by_account = dict(await connection.fetch("SELECT account_id, id FROM api_key"))
    key_of = {key[8:16]: key for key in keys}
    gets = [
        raw("GET", f"{api.url}{RETRIEVE}{request_id}", {"Api-Key": key_of[by_account[account]]})
        for request_id, account in owned.items()
        if by_account[account] in key_of
    ]
    results["get"] = await drive(api.url, (gets * (1 + count // max(1, len(gets))))[:count], 32)
    api.stop()
    await connection.execute(bare.SCHEMA)
    port = "18765"
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.bare", place.url, port])
    base = f"http://127.0.0.1:{port}"
    await _until_up(base)
    payload = json.dumps(body(0, [], "http://127.0.0.1:9")).encode()
    header = {"Content-Type": "application/json"}
    results["bare post"] = await drive(base, [raw("POST", f"{base}/bare", header, payload)] * count, 32)
    ids = [row["id"] for row in await connection.fetch("SELECT id FROM bare.request LIMIT $1", count)]
    results["bare get"] = await drive(base, [raw("GET", f"{base}/bare?id={i}", {}) for i in ids], 32)
    server.terminate()
    server.wait()
    await connection.execute("DROP SCHEMA bare CASCADE")
    await connection.close()
    return results


async def _until_up(base: str) -> None:
    host, port = base.removeprefix("http://").split(":")
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection(host, int(port))
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise TimeoutError(base)


async def end_to_end(
    place: Installation, worker: list[str], sites: list[str], proposition: str, count: int, *, first: int
) -> float:
    """Messages a second from the first POST to the last request complete."""
    keys = await make_accounts(place, max(1, count // PER_ACCOUNT + 1))
    connection = await asyncpg.connect(place.url)
    before = await connection.fetchval("SELECT count(*) FROM request")
    await connection.close()
    api = place.process("api")
    work = Process(worker, place.environment, place.root)
    requests = posts(api.url, keys, count, sites, proposition, first)
    # One request beforehand, so that connections are open and the engine listens, as those of bare SQL are.
    await drive(api.url, posts(api.url, keys, 1, sites, proposition, first + count), 1)
    before += 1
    await wait_complete(place.url, before)
    began = time.perf_counter()
    load = await drive(api.url, requests, 8)
    assert load.statuses == {200: count}, load.statuses
    await wait_complete(place.url, before + count)
    seconds = time.perf_counter() - began
    work.stop()
    api.stop()
    return count * 20 * len(TYPES) / seconds


async def bare_sql(place: Installation, batches: int) -> float:
    """The rate of bare SQL that inserts and settles the same rows."""
    drafts = NullComposer().compose(
        Brief("k", "Ledgerly", None), LeadDossier(0, Person("Ada", "L", "Company 0")), (MessageType.FIRST_FOLLOW_UP,)
    )
    assert isinstance(drafts[0], Written)
    segments = msgspec.json.encode(drafts[0].segments).decode()
    return await bare.sql_rate(place.url, body(0, [], "http://127.0.0.1:9"), batches, drafts[0].text, segments)


def composer_cost() -> tuple[float, float, float, int]:
    """Median CPU milliseconds of reading a company page, of its facts and of a message; and the number of pages."""
    from overture.composition.compose import EmbeddedComposer
    from overture.composition.facts import facts_of
    from overture.composition.write import GatedComposer

    index = CORPUS / "index.jsonl"
    if not index.exists():
        return 0.0, 0.0, 0.0, 0
    root = Path(str(resources.files("overture.cli").joinpath("sites")))
    proposition = read_local((root / "ledgerly" / "index.html").read_bytes(), "https://ledgerly.example/")
    composer = GatedComposer(EmbeddedComposer())
    reading: list[float] = []
    finding: list[float] = []
    writing: list[float] = []
    kinds = (MessageType.CONNECTION_REQUEST, MessageType.FIRST_FOLLOW_UP, MessageType.STAGE_AMBITION)
    for number, line in enumerate(index.read_text().strip().split("\n")):
        entry = json.loads(line)
        if entry["kind"] != "service":
            continue
        html = gzip.decompress((CORPUS / "html" / f"{entry['id']}.html.gz").read_bytes())
        began = time.process_time()
        source = read_local(html, entry["url"])
        reading.append((time.process_time() - began) * 1000)
        began = time.process_time()
        facts_of(source, "The Company")
        finding.append((time.process_time() - began) * 1000)
        brief = Brief("bench", "Ledgerly", proposition, signoff_name="Charlie", lead_count=200)
        dossier = LeadDossier(number, Person("Ada", "Lovelace", "The Company", "CFO"), source)
        composer.compose(brief, dossier, kinds)
        began = time.process_time()
        composer.compose(brief, dossier, kinds)
        writing.append((time.process_time() - began) * 1000 / len(kinds))
    return statistics.median(reading), statistics.median(finding), statistics.median(writing), len(reading)


def start_and_memory(place: Installation) -> tuple[float, dict[str, float]]:
    """Seconds from `overture serve` to ready, warm; resident megabytes by process."""
    times: list[float] = []
    memory: dict[str, float] = {}
    for _ in range(3):
        serve = place.process("serve")
        times.append(serve.seconds_to_ready)
        time.sleep(2)
        for child in psutil.Process(serve.popen.pid).children():
            command = child.cmdline()
            memory[command[3]] = child.memory_info().rss / 2**20
        memory["serve"] = psutil.Process(serve.popen.pid).memory_info().rss / 2**20
        serve.stop()
    return statistics.median(times), memory


def machine() -> str:
    """The machine's size, in words."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        "unknown processor",
    )
    memory = psutil.virtual_memory().total / 2**30
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, Python {sys.version.split()[0]}"
