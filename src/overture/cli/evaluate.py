"""``overture evaluate``: score a file of messages with the checks of the send gate."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec
import typer
from rich.table import Table

from overture.cli.evaluate_page import page
from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, number, share, stdout
from overture.composition.evaluation.campaign import Likeness
from overture.composition.evaluation.report import Report, Summary, named_scores
from overture.composition.evaluation.scores import Scored
from overture.usecases import evaluation


def evaluate(
    file: Path = typer.Argument(help="Messages, one JSON object a line; - for standard input."),
    json: bool = JSON,
    html: Path | None = typer.Option(None, "--html", help="Write one self-contained page with plots."),
    messages: Path | None = typer.Option(None, "--messages", help="Write each message's findings, one JSON a line."),
    today: datetime | None = typer.Option(
        None, "--today", formats=["%Y-%m-%d"], help="The day that ages of facts are counted from; default: today."
    ),
) -> None:
    """Score messages, ours or anyone's. Exit 0: all pass; 1: some break a hard gate; 2: something could not be read."""
    day = today.date() if today else datetime.now(UTC).date()  # noqa: TID251 (a report's day, no decision)
    try:
        result = _run(file, day, messages)
    except OSError as error:
        fail(f"{error.filename or file}: {error.strerror}", code=2)
    if html is not None:
        try:
            html.write_text(page(result, str(file), day), encoding="utf-8")
        except OSError as error:
            fail(f"{html}: {error.strerror}", code=2)
    for bad in result.bad_lines:
        sys.stderr.write(f"{file}:{bad.line}: {bad.problem}\n")
    unlisted = result.bad_line_count - len(result.bad_lines)
    if unlisted:
        sys.stderr.write(f"{file}: and {unlisted} more lines that could not be read\n")
    if json:
        as_json(result)
    else:
        _print(result.report)
    if result.bad_line_count or not result.report.messages:
        if not result.report.messages:
            sys.stderr.write(f"overture: {file} holds no message that could be read\n")
        raise typer.Exit(2)
    if result.report.total.passed < result.report.total.written:
        raise typer.Exit(1)


def _run(file: Path, day: date, messages: Path | None) -> evaluation.Evaluation:
    if messages is None:
        return _read(file, day, None)
    with messages.open("wb") as out:
        return _read(file, day, out)


def _read(file: Path, day: date, out: BinaryIO | None) -> evaluation.Evaluation:
    def note(scored: Scored) -> None:
        if out is not None:
            out.write(msgspec.json.encode(_found(scored)) + b"\n")

    if str(file) == "-":
        return evaluation.evaluate(sys.stdin.buffer, day, note)
    with file.open("rb") as lines:
        return evaluation.evaluate(lines, day, note)


def _found(scored: Scored) -> dict[str, object]:
    return {
        "id": scored.sample.id,
        "type": scored.sample.type,
        "passed": not scored.violations,
        "violations": scored.violations,
        "claims": scored.claims,
        "unsupported": scored.unsupported,
        "length": scored.length,
        "grade": round(scored.readability.grade, 2),
        "scores": {name: None if value is None else round(value, 4) for name, value in named_scores(scored).items()},
        "stale_words": scored.stale_words,
        "flat": scored.flat,
    }


def _print(report: Report) -> None:
    grid = Table(
        "type",
        "written",
        "refused",
        "pass",
        "unsupported / 100 (95%)",
        "length",
        "grade",
        box=None,
        header_style="bold",
    )
    for name, summary in [*report.types.items(), ("all", report.total)]:
        grid.add_row(*_row(name, summary))
    stdout.print(grid)
    columns = (
        "type",
        "leads",
        "identified",
        "same opening",
        "frame",
        "same close",
        "self-BLEU",
        "distinct-2",
        "repeated",
    )
    alike = Table(*columns, box=None, header_style="bold")
    for name, item in report.likeness.items():
        alike.add_row(*_alike(name, item))
    stdout.print()
    stdout.print(alike)
    stdout.print()
    scores = ", ".join(f"{name} {value:.2f}" for name, value in report.total.scores.items())
    stdout.print(f"Soft scores (0 to 1): {scores or '-'}", markup=False)
    told = report.sequences
    stdout.print(
        f"Of {told.leads} leads with several messages, {told.lead_fact_twice} hear a fact of their own company twice, "
        f"{told.sender_fact_twice} one of the sender.",
        markup=False,
    )
    if report.flat:
        stdout.print(f"{report.flat} messages state no segments; theirs were matched with the evidence.", markup=False)
    for title, counts in (("Hard gates broken", report.rules), ("Not written", report.reasons)):
        if counts:
            stdout.print(f"{title}: " + ", ".join(f"{name} {count}" for name, count in counts.items()), markup=False)
    if report.cost is not None:
        stdout.print(f"Cost: {report.cost:g} in all", markup=False)


def _row(name: str, summary: Summary) -> tuple[str, ...]:
    unsupported = summary.unsupported
    return (
        name,
        str(summary.written),
        str(summary.refused),
        share(summary.passed / summary.written if summary.written else None),
        f"{unsupported.per_100:.2f} ({unsupported.low:.2f} to {unsupported.high:.2f})",
        number(summary.length, 0),
        number(summary.grade, 1),
    )


def _alike(name: str, item: Likeness) -> tuple[str, ...]:
    spread = item.diversity
    return (
        name,
        str(item.leads),
        share(item.identified),
        share(item.same_opening),
        share(item.frame.share if item.frame else None),
        share(item.closing.share if item.closing else None),
        number(spread.self_bleu, 3),
        number(spread.distinct_2, 3),
        share(spread.repetition),
    )
