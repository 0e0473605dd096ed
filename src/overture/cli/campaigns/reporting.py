"""``overture campaign report`` and ``overture campaign export``: what came of a campaign."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import typer
from rich.table import Table as Grid

from overture.cli.campaigns.session import CAMPAIGN_ID
from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, stdout
from overture.cli.session import parse_id, run
from overture.domain.campaigns.report import Report
from overture.domain.campaigns.shares import Share
from overture.usecases.campaigns import exporting, reporting
from overture.usecases.campaigns import report_words as words
from overture.usecases.campaigns.exporting import Table
from overture.usecases.services import Services


def report(
    campaign_id: str = CAMPAIGN_ID,
    html: Path | None = typer.Option(None, "--html", help="Write one self-contained page with plots."),
    json: bool = JSON,
) -> None:
    """Show how far the leads came, what they answered, and what waits for you."""
    chosen = parse_id(campaign_id)
    made = run(lambda services: reporting.report(services, chosen))
    if html is not None:
        try:
            html.write_text(reporting.page(made), encoding="utf-8")
        except OSError as error:
            fail(f"{html}: {error.strerror}", code=2)
    if json:
        as_json(made)
    else:
        show(made)


def show(made: Report) -> None:
    """Print a report."""
    stdout.print(f"{made.name} ({made.state})", markup=False, style="bold")
    stdout.print(words.headline(made), markup=False)
    for text in words.waiting(made) or ["Nothing waits for you."]:
        stdout.print(f"- {text}", markup=False)
    _grid(
        ("how far the leads came", "leads", "rate", "95% interval"),
        [(f"{item.name}, of {item.of}", item.share.count, *_rate(item.share)) for item in made.funnel],
    )
    _grid(
        ("step", "written", "not written", "sent", "replied after it", "95% interval"),
        [(f"{s.step} {words.plain(s.type)}", s.written, s.failed, s.sent, *_rate(s.replied)) for s in made.steps],
    )
    _grid(
        ("invitations", "sent", "accepted", "95% interval"),
        [(words.variant(item), item.sent, *_rate(item.accepted)) for item in made.variants],
    )
    if made.note_effect:
        stdout.print(words.note_effect(made.note_effect), markup=False)
    _grid(("replies", "leads"), [(words.plain(item.name), item.count) for item in made.replies])
    _grid(("stopped because", "leads"), [(words.plain(item.name), item.count) for item in made.stops])


def _rate(value: Share) -> tuple[str, str]:
    return words.rate(value), words.interval(value)


def _grid(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    if not rows:
        return
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for place, head in enumerate(heads):
        grid.add_column(head, justify="right" if place else "left")
    for row in rows:
        grid.add_row(*(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row))
    stdout.print()
    stdout.print(grid)


def export(
    campaign_id: str = CAMPAIGN_ID,
    table: Table = typer.Argument(help="What to export."),
    out: Path | None = typer.Option(None, "--out", help="The file to write; default: standard output."),
) -> None:
    """Write leads, messages, replies or days as CSV that is safe to open in a spreadsheet."""
    chosen = parse_id(campaign_id)

    async def work(services: Services, to: BinaryIO) -> None:
        async for piece in await exporting.export(services, chosen, table):
            to.write(piece)

    try:
        if out is None:
            run(lambda services: work(services, sys.stdout.buffer))
            sys.stdout.buffer.flush()
            return
        with out.open("wb") as file:
            run(lambda services: work(services, file))
    except OSError as error:
        fail(f"{out}: {error.strerror}", code=2)
