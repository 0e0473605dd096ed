"""The LLM composer against a slow model: how much of the concurrency is used, and what share of tokens can be cached.

As a program (``python -m benchmarks.llm URL LEADS IN_FLIGHT KEY``) it is one of the processes that write leads.
"""

import asyncio
import gzip
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from benchmarks.rows import CORPUS
from overture.adapters.llm import Endpoint, LanguageModel
from overture.cli.serve import run_loop, spare_collector
from overture.composition.compose import EmbeddedComposer
from overture.composition.llm_compose import LlmComposer
from overture.composition.write import GatedComposer
from overture.domain.evidence import Source
from overture.domain.messages import Brief, LeadDossier, MessageType, Person
from overture.research.gather import read_local
from overture.telemetry import logs
from overture.usecases.spending import OpenPurse

IN_FLIGHT = 200
PROCESSES = 2
LEADS = 4_000
SECONDS = 1.5


@contextmanager
def slow_model(seconds: float) -> Iterator[str]:
    """Run the host; gives its address."""
    command = [sys.executable, "-m", "benchmarks.slow_model", str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.wait()


def counted(url: str) -> dict[str, int]:
    """What the host counted."""
    with urllib.request.urlopen(f"{url}/") as answer:
        return json.load(answer)


def proposition() -> Source:
    """The demonstration's proposition."""
    root = Path(str(resources.files("overture.cli").joinpath("sites")))
    return read_local((root / "ledgerly" / "index.html").read_bytes(), "https://ledgerly.example/")


def companies() -> list[Source]:
    """The corpus' company pages where there are any, else the demonstration's."""
    index = CORPUS / "index.jsonl"
    if not index.exists():
        root = Path(str(resources.files("overture.cli").joinpath("sites")))
        names = ("harbourlight", "millbrook")
        return [read_local((root / name / "index.html").read_bytes(), f"https://{name}.example/") for name in names]
    entries = [json.loads(line) for line in index.read_text().strip().split("\n")]
    return [
        read_local(gzip.decompress((CORPUS / "html" / f"{entry['id']}.html.gz").read_bytes()), entry["url"])
        for entry in entries
        if entry["kind"] == "service"
    ]


async def write(url: str, leads: int, in_flight: int, key: str, types: tuple[MessageType, ...]) -> tuple[float, float]:
    """Write leads, as many at once as are allowed; returns wall seconds and CPU seconds."""
    model = LanguageModel(Endpoint("openai-compatible", "slow", f"{url}/v1", concurrency=in_flight, retries=0))
    writer = LlmComposer(model, GatedComposer(EmbeddedComposer()), attempts=1)
    brief = Brief(key, "Ledgerly", proposition(), signoff_name="Charlie", lead_count=leads)
    sites = companies()
    todo = iter(range(leads))

    async def run() -> None:
        for number in todo:
            lead = LeadDossier(number, Person("Ada", "Lovelace", "The Company", "CFO"), sites[number % len(sites)])
            await writer.write(brief, lead, types, OpenPurse())

    for site in sites:  # facts are chosen once a source, as research's own share of the work
        lead = LeadDossier(0, Person("Ada", "Lovelace", "The Company", "CFO"), site)
        EmbeddedComposer().compose(brief, lead, types)
    spare_collector()
    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(run() for _ in range(in_flight)))
    spent = time.perf_counter() - began, time.process_time() - cpu
    await model.close()
    return spent


def concurrency() -> tuple[float, int, float]:
    """Return achieved / ideal, the most calls that were under way, and CPU milliseconds a lead.

    Ideal is the first call alone, and then every lead's time over the number in flight.
    """
    with slow_model(SECONDS) as url:
        share = str(IN_FLIGHT // PROCESSES)
        commands = [
            [sys.executable, "-m", "benchmarks.llm", url, str(LEADS // PROCESSES), share, f"request {number}"]
            for number in range(PROCESSES)
        ]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
        results = [json.loads(process.communicate()[0]) for process in running]
        seen = counted(url)
    assert seen["calls"] == LEADS, seen
    ideal = SECONDS + (LEADS / PROCESSES - 1) * SECONDS / (IN_FLIGHT / PROCESSES)
    wall = max(result["wall"] for result in results)
    return ideal / wall, seen["most"], sum(result["cpu"] for result in results) / LEADS * 1000


def cacheable(leads: int = 1_000) -> tuple[float, int, int]:
    """Return the cached share of input tokens over leads of one request with all types, and the sizes in tokens."""
    with slow_model(0.0) as url:
        asyncio.run(write(url, leads, 20, "one request", tuple(MessageType)[:3]))
        seen = counted(url)
    prefix = seen["cached"] // (seen["calls"] - 1)
    return seen["cached"] / seen["read"], prefix, seen["read"] // seen["calls"] - prefix


async def main() -> None:
    """Write as told and print what it took."""
    logs.set_up("warning")
    url, leads, in_flight, key = sys.argv[1:]
    kinds = (MessageType.CONNECTION_REQUEST,)
    wall, cpu = await write(url, int(leads), int(in_flight), key, kinds)
    print(json.dumps({"wall": wall, "cpu": cpu}))


if __name__ == "__main__":
    run_loop(main())
