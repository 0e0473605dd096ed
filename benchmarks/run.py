"""``make bench``: measures the rows of docs/performance.md and writes the document."""

import asyncio
import contextlib
import datetime as dt
import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks import llm, rows
from benchmarks.installation import installation

DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"
REQUESTS = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the document."""

    figure: str
    value: str
    bar: str
    holds: bool | None


def say(text: str) -> None:
    """Show progress."""
    sys.stderr.write(f"{text}\n")


async def door(lines: list[Line]) -> None:
    """POST and GET against the bare route."""
    with installation() as place:
        rounds = [await rows.door_rates(place, 400) for _ in range(3)]
    for name, call in (("POST of 20 leads x 5 types", "post"), ("GET of its result", "get")):
        ours = statistics.median(r[call].rate for r in rounds)
        bare = statistics.median(r[f"bare {call}"].rate for r in rounds)
        assert set(rounds[0][call].statuses) <= {200, 202}, rounds[0][call].statuses
        p99 = rounds[0][call].p99
        value = f"{ours / bare:.2f} of the bare route ({ours:.0f}/s against {bare:.0f}/s; p99 {p99:.0f} ms)"
        lines.append(Line(name, value, "at least 0.5", ours / bare >= 0.5))


async def null_composer(lines: list[Line]) -> None:
    """The share of the limit: a no-op composer against bare SQL, in one installation, in turn."""
    with installation() as place:
        limit = await rows.bare_sql(place, REQUESTS)
        command = [sys.executable, "-m", "benchmarks.null_worker"]
        rate = await rows.end_to_end(place, command, [], "http://127.0.0.1:9", REQUESTS, first=0)
        again = await rows.end_to_end(place, command, [], "http://127.0.0.1:9", REQUESTS, first=10_000)
        limit = statistics.mean((limit, await rows.bare_sql(place, REQUESTS)))
    rate = statistics.mean((rate, again))
    value = f"{rate / limit:.2f} ({rate:.0f} messages/s against {limit:.0f}/s)"
    lines.append(
        Line("share of the limit: no-op composer against bare SQL", value, "at least 0.35", rate / limit >= 0.35)
    )


async def embedded(lines: list[Line]) -> None:
    """The embedded composer, with research cached and with every lead's company researched."""
    worker = [sys.executable, "-m", "overture", "work"]
    with installation() as place, rows.site_server(rows.demonstration_sites()) as (proposition, *companies):
        sites = [f"{site}/" for site in companies]
        await rows.end_to_end(place, worker, sites, proposition, 1, first=90_000)
        rate = await rows.end_to_end(place, worker, sites, proposition, 60, first=0)
    text = f"{rate:.0f} messages/s"
    lines.append(Line("end to end, embedded composer, research cached", text, "at least 600/s", rate >= 600))
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        directories = rows.corpus_sites(Path(name), 2)
        if not directories:
            lines.append(Line("end to end, each company researched", "no corpus at hand", "at least 150/s", None))
            return
        place = stack.enter_context(installation())
        proposition = stack.enter_context(rows.site_server(rows.demonstration_sites()))[0]
        sites = [f"{site}/" for site in stack.enter_context(rows.site_server(directories))]
        count = len(sites) // 20
        rate = await rows.end_to_end(place, worker, sites, proposition, count, first=0)
    text = f"{rate:.0f} messages/s over {count * 20} sites"
    lines.append(Line("end to end, each lead's company researched", text, "at least 150/s", rate >= 150))


def cost(lines: list[Line]) -> None:
    """Processor time of a page and of a message."""
    reading, finding, writing, pages = rows.composer_cost()
    if not pages:
        lines.append(Line("composer, CPU a message", "no corpus at hand", "at most 2 ms", None))
        return
    split = f"median over {pages} company pages"
    lines.append(Line("composer with gate, CPU a message", f"{writing:.2f} ms ({split})", "at most 2 ms", writing <= 2))
    lines.append(Line("reading a company page, CPU", f"{reading:.2f} ms ({split})", "at most 4 ms", reading <= 4))
    lines.append(Line("facts of a company page, CPU", f"{finding:.2f} ms ({split})", "-", None))


def start(lines: list[Line]) -> None:
    """Start and memory."""
    with installation() as place:
        seconds, memory = rows.start_and_memory(place)
    lines.append(Line("`overture serve` to ready, database warm", f"{seconds:.2f} s", "at most 2 s", seconds <= 2))
    most = max(memory.values())
    shown = ", ".join(f"{name} {size:.0f}" for name, size in sorted(memory.items()))
    lines.append(Line("resident memory of a process, idle, MB", shown, "at most 150", most <= 150))


def linkedin(lines: list[Line]) -> None:
    """The simulated LinkedIn."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.linkedin"], stdout=subprocess.PIPE, check=True, cwd=DOCUMENT.parents[1]
    )
    x = json.loads(done.stdout)
    text = f"{x['build_s']:.1f} s, {x['build_mb']:.0f} MB at most"
    lines.append(Line("simulated LinkedIn: building 50,000 members", text, "-", None))
    text = f"{x['profiles_s']:.0f} profiles/s, {x['standings_s']:.0f} standings/s, {x['searches_s']:.0f} searches/s"
    lines.append(Line("reading over the simulated rail, 8 at once", text, "-", None))
    lines.append(Line("sending over the simulated rail, 8 at once", f"{x['invites_s']:.0f} invitations/s", "-", None))
    text = f"{x['advance_s']:.1f} s ({x['happened']:.0f} things happened)"
    lines.append(Line("90 simulated days after 10,000 invitations", text, "at most 120 s", x["advance_s"] <= 120))


def language_model(lines: list[Line]) -> None:
    """The LLM composer against a model that answers after 1.5 s, 200 calls in flight."""
    share, most, cpu = llm.concurrency()
    value = f"{share:.2f} ({llm.LEADS} leads, {llm.PROCESSES} processes, {most} in flight; {cpu:.1f} ms CPU a lead)"
    lines.append(Line("LLM concurrency: achieved / ideal, 200 in flight", value, "at least 0.95", share >= 0.95))
    cached, prefix, lead = llm.cacheable()
    value = f"{cached:.2f} over 1,000 leads (prefix {prefix} tokens, lead {lead}, at 4 characters a token)"
    lines.append(Line("LLM: cacheable share of input tokens", value, "at least 0.70", cached >= 0.70))


def gateway(lines: list[Line]) -> None:
    """The LinkedIn gateway over the simulated rail."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.gateway"], stdout=subprocess.PIPE, check=True, cwd=DOCUMENT.parents[1]
    )
    x = json.loads(done.stdout)
    for name, what in (("read", "a read"), ("send", "a message")):
        rail = {p: x[f"{name}_rail_{p}_ms"] for p in ("p50", "p99")}
        text = "; ".join(f"{p} {x[f'{name}_{p}_ms'] - own:.1f} ms over the rail's {own:.1f}" for p, own in rail.items())
        lines.append(Line(f"LinkedIn gateway: {what} over HTTP, one by one", text, "-", None))
    text = f"{x['reads_s']:.0f} reads/s, {x['sends_s']:.0f} messages/s, {x['doubles']} doubles"
    lines.append(Line("LinkedIn gateway: 16 accounts of one customer at once", text, "-", None))
    lines.append(Line("memory of the API process after these calls, MB", f"{x['api_mb']:.0f}", "-", None))


def waiting(lines: list[Line]) -> None:
    """A million leads of campaigns that wait."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.waiting"], stdout=subprocess.PIPE, check=True, cwd=DOCUMENT.parents[1]
    )
    x = json.loads(done.stdout)
    text = f"{x['steps_s']:.0f} steps/s ({x['steps']:.0f} due at once, texts asked for)"
    lines.append(
        Line("campaigns: due steps with 1,000,000 leads waiting", text, "at least 5,000/s", x["steps_s"] >= 5000)
    )
    more = x["idle_share"] - x["empty_share"]
    text = f"{more:.1%} of a core more than with none ({x['idle_share']:.1%}); worker {x['worker_mb']:.0f} MB"
    lines.append(Line("campaigns: 1,000,000 leads that wait, idle", text, "under 2% of a core", more < 0.02))


HEAD = """# Performance

Measured by `make bench` on {date}: {machine}. Database, API, worker and load share the machine. Commits are durable.
Ratios compare two things in one run; absolute figures belong to this machine, and vary by some 15% from run to run.

| figure | measured | bar | |
|---|---|---|---|
"""


def document(lines: list[Line], notes: str) -> str:
    """Render the document; the notes below the table are kept from the version before."""
    date = dt.datetime.now(dt.UTC).date()
    mark = {True: "holds", False: "**falls short**", None: ""}
    table = "".join(f"| {x.figure} | {x.value} | {x.bar} | {mark[x.holds]} |\n" for x in lines)
    return HEAD.format(date=date, machine=rows.machine()) + table + notes


def main() -> None:
    """Measure everything, print and write it."""
    lines: list[Line] = []
    parts = {"null": null_composer, "door": door, "embedded": embedded}
    wanted = sys.argv[1:]
    for name, part in parts.items():
        if not wanted or name in wanted:
            say(f"measuring {name} ...")
            asyncio.run(part(lines))
    rest = {
        "cost": cost,
        "start": start,
        "linkedin": linkedin,
        "llm": language_model,
        "gateway": gateway,
        "waiting": waiting,
    }
    for name, measured in rest.items():
        if not wanted or name in wanted:
            say(f"measuring {name} ...")
            measured(lines)
    for line in lines:
        say(f"{line.figure}: {line.value} (bar: {line.bar})")
    if not wanted:
        before = DOCUMENT.read_text() if DOCUMENT.exists() else ""
        notes = before[before.index("\n## ") :] if "\n## " in before else "\n"
        DOCUMENT.write_text(document(lines, notes))


if __name__ == "__main__":
    main()
