"""How a rehearsal is shown: a line while it runs, tables and a page of plots at its end."""

import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.table import Table

from overture.bootstrap.rehearsal import Stage
from overture.cli.output import as_json, stdout
from overture.cli.rehearsal.building import Script
from overture.cli.rehearsal.judging import Verdict
from overture.domain.campaigns.report import Report
from overture.simulator.audit import Day
from overture.usecases.campaigns import rehearsed, reporting
from overture.usecases.campaigns.rehearsed import Standing

SELDOM_SECONDS = 10.0


class Progress:
    """A line on standard error that says where a rehearsal stands."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._began = time.monotonic()
        self._live = sys.stderr.isatty()
        self._shown = -SELDOM_SECONDS

    def __call__(self, at: datetime, standing: Standing) -> None:
        """Show it anew; where nobody watches, every now and then."""
        if not self._live and time.monotonic() - self._shown < SELDOM_SECONDS:
            return
        self._shown = time.monotonic()
        day = (at - self._script.began).days
        sent = ", ".join(f"{count} {what}" for what, count in sorted(standing.sent.items())) or "nothing"
        ended = sum(standing.leads.get(state, 0) for state in ("finished", "stopped"))
        line = (
            f"day {day} of at most {self._script.days}, {at:%Y-%m-%d %H:%M} UTC: sent {sent};"
            f" {standing.replied} replied; {ended} of {self._script.leads} leads at their end"
            f" ({time.monotonic() - self._began:.0f} s)"
        )
        sys.stderr.write(f"\r\x1b[K{line}" if self._live else f"{line}\n")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._live:
            sys.stderr.write("\n")


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What came of a rehearsal. ``page`` is the report as HTML."""

    script: Script
    ended: datetime
    standing: Standing
    days: list[Day]
    verdict: Verdict
    credits_used: int
    notes: list[str]
    report: Report
    page: str


async def gather(stage: Stage, script: Script, standing: Standing, verdict: Verdict) -> Rehearsed:
    """Gather it."""
    report = await reporting.report(stage.services, script.campaign_id)
    used = await rehearsed.credits_used(stage.services, script.account_id)
    notes = _remarks(script, standing, used)
    return Rehearsed(
        script=script,
        ended=stage.clock.now(),
        standing=standing,
        days=await stage.world.days(report.zone),
        verdict=verdict,
        credits_used=used,
        notes=notes,
        report=report,
        page=reporting.page(report, [*notes, _judged(verdict)]),
    )


def _judged(verdict: Verdict) -> str:
    return (
        f"By the simulated LinkedIn's own records: {verdict.doubles} sent twice,"
        f" {verdict.after_answers} after an answer, {verdict.over_caps} over a cap,"
        f" {verdict.outside_hours} outside hours, {verdict.notes_lost} notes lost,"
        f" {verdict.too_fast} times too fast."
    )


def _remarks(script: Script, standing: Standing, used: int) -> list[str]:
    """Say what a reader must know to read the figures rightly."""
    found = [
        "Rehearsed on a simulated LinkedIn: how many accept and answer there follows what vendors report, and is no"
        " forecast.",
        "Where a person has to approve messages, the rehearsal approved them at once.",
        "Pages were read once; later readings are taken to show the same.",
    ]
    held = standing.leads.get("held", 0)
    if held:
        found.append(f"{held} leads are held, mostly since a colleague of theirs replied: a person decides on them.")
    if script.credits is None:
        found.append(f"It used {used} credits; the account's own balance was not looked at.")
    elif used > script.credits or standing.state == "paused":
        found.append(f"It used {used} of the {script.credits} credits that the account has, and these did not last.")
    else:
        found.append(f"It used {used} of the {script.credits} credits that the account has.")
    return found


def show(done: Rehearsed, path: Path, *, json: bool) -> None:
    """Print it."""
    if json:
        as_json(
            {
                "script": {"campaign": done.script.campaign, "leads": done.script.leads, "seed": done.script.seed},
                "began": done.script.began,
                "ended": done.ended,
                "standing": done.standing,
                "days": done.days,
                "verdict": done.verdict,
                "clean": done.verdict.clean,
                "credits_used": done.credits_used,
                "remarks": done.notes,
                "html": str(path),
                "report": done.report,
            }
        )
        return
    _table(done)
    for remark in done.notes:
        stdout.print(remark, markup=False)
    stdout.print(f"The report with plots: {path}", markup=False)


def _table(done: Rehearsed) -> None:
    names = ("invites", "notes", "accepted", "withdrawn", "messages", "answers")
    grid = Table("day", *names, box=None, pad_edge=False, header_style="bold")
    for day in done.days:
        grid.add_row(f"{day.day:%a %Y-%m-%d}", *(str(getattr(day, name)) for name in names))
    grid.add_row("all", *(str(sum(getattr(day, name) for day in done.days)) for name in names), style="bold")
    stdout.print(grid)
    leads = ", ".join(f"{count} {state}" for state, count in sorted(done.standing.leads.items()))
    stdout.print(f"Leads at the end: {leads}", markup=False)
    verdict = done.verdict
    stdout.print(_judged(verdict), markup=False, style="bold" if verdict.clean else "bold red")
    for example in verdict.examples:
        stdout.print(f"  {example}", markup=False)
