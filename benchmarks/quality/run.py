"""``make eval``: measures everything on the corpus and writes docs/quality.md.

``python -m benchmarks.quality.run FILE [STEP]`` writes the document elsewhere, and the messages beside it. A ``STEP``
above 1 takes every STEP-th payload and that many fewer corruptions: a quick look, whose figures are not to be quoted.
"""

import sys
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.quality import corpus, obedient, side_by_side
from benchmarks.quality.campaign import campaigns, export, raw_cases
from benchmarks.quality.checking import COUNT, Alarms, alarms, caught, dense_cases, true_cases
from benchmarks.quality.document import (
    CREDIT,
    extraction_section,
    likeness_section,
    sample_section,
    written_section,
)
from benchmarks.quality.document_bars import Measured, bars_section, shortcomings
from benchmarks.quality.document_checks import gate_section, missed_section, obeying_section
from benchmarks.quality.document_planted import injection_section
from benchmarks.quality.examples import hand_written
from benchmarks.quality.extraction import extraction
from benchmarks.quality.injected import Planted, planted
from benchmarks.quality.obeying import obeyed

DOCUMENT = corpus.ROOT / "docs" / "quality.md"
EXPORT = corpus.ROOT / ".bench" / "quality.jsonl"


def say(text: str) -> None:
    """Show progress."""
    sys.stderr.write(f"{text}\n")


def main(to: Path = DOCUMENT, step: int = 1) -> None:
    """Measure and write."""
    if not corpus.is_there():
        say(f"no corpus at {corpus.CORPUS}; set OVERTURE_CORPUS")
        raise SystemExit(2)
    # A process of its own, started afresh: the model's server, client and threads stay out of this one.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
        model = beside.submit(obedient.obedient, step) if obedient.is_there() else None
        to.write_text(_document(model, EXPORT if to == DOCUMENT else to.with_suffix(".jsonl"), step), encoding="utf-8")
    say(f"{to.relative_to(Path.cwd()) if to.is_relative_to(Path.cwd()) else to} written")


def _document(model: Future[list[Planted]] | None, messages: Path, step: int) -> str:
    say("reading pages")
    read = extraction()
    say("writing campaigns")
    found = campaigns()
    export(found, messages)
    say("corrupting")
    rows = caught(true_cases(found), COUNT // step)
    true = _true()
    say("planting")
    embedded = planted(step=step)
    say("planting, with a model that obeys")
    measured = Measured(found, read, rows, true[0], embedded, model.result() if model else None)
    say("writing")
    parts = [
        CREDIT,
        bars_section(measured),
        extraction_section(read),
        written_section(found),
        likeness_section(found),
        gate_section(rows, true),
        missed_section(rows),
        injection_section(embedded, measured.model),
        obeying_section(obeyed()),
        side_by_side.section(side_by_side.rows()) if side_by_side.is_there() else "",
        sample_section(found),
        shortcomings(measured),
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _true() -> list[Alarms]:
    free = hand_written()
    return [
        alarms("the composer's, before its gate", raw_cases()),
        alarms("dense claims written by hand", dense_cases()),
        *([alarms("messages written by hand, free prose", free)] if free else []),
    ]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]), *map(int, sys.argv[2:3]))
