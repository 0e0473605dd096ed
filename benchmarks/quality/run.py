"""``make eval``: measures everything on the corpus and writes docs/quality.md."""

import sys
from pathlib import Path

from benchmarks.quality import corpus, side_by_side
from benchmarks.quality.campaign import campaigns, export, raw_cases
from benchmarks.quality.checking import alarms, caught, dense_cases, true_cases
from benchmarks.quality.document import (
    CREDIT,
    bars,
    extraction_section,
    likeness_section,
    sample_section,
    written_section,
)
from benchmarks.quality.document_checks import (
    gate_section,
    injection_section,
    missed_section,
    obeying_section,
    shortcomings,
)
from benchmarks.quality.examples import hand_written
from benchmarks.quality.extraction import extraction
from benchmarks.quality.injected import planted
from benchmarks.quality.obeying import obeyed

DOCUMENT = corpus.ROOT / "docs" / "quality.md"
EXPORT = corpus.ROOT / ".bench" / "quality.jsonl"


def say(text: str) -> None:
    """Show progress."""
    sys.stderr.write(f"{text}\n")


def main() -> None:
    """Measure and write."""
    if not corpus.is_there():
        say(f"no corpus at {corpus.CORPUS}; set OVERTURE_CORPUS")
        raise SystemExit(2)
    say("reading pages")
    read = extraction()
    say("writing campaigns")
    found = campaigns()
    export(found, EXPORT)
    say("corrupting")
    rows = caught(true_cases(found))
    true = [
        alarms("the composer's, before its gate", raw_cases()),
        alarms("dense claims written by hand", dense_cases()),
    ]
    free = hand_written()
    true += [alarms("messages written by hand, free prose", free)] if free else []
    say("planting")
    injected = planted()
    say("writing")
    parts = [
        CREDIT,
        bars(found, read),
        extraction_section(read),
        written_section(found),
        likeness_section(found),
        gate_section(rows, true),
        missed_section(rows),
        injection_section(injected),
        obeying_section(obeyed()),
        side_by_side.section(side_by_side.rows()) if side_by_side.is_there() else "",
        sample_section(found),
        shortcomings(rows, injected),
    ]
    DOCUMENT.write_text("\n\n".join(part.strip() for part in parts if part) + "\n", encoding="utf-8")
    say(f"{DOCUMENT.relative_to(Path.cwd()) if DOCUMENT.is_relative_to(Path.cwd()) else DOCUMENT} written")


if __name__ == "__main__":
    main()
