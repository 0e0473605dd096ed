"""``make eval``: measures everything on the corpus and writes docs/quality.md."""

import sys
from pathlib import Path

from benchmarks.quality import corpus
from benchmarks.quality.campaign import campaigns, export
from benchmarks.quality.document import (
    CREDIT,
    bars,
    extraction_section,
    likeness_section,
    sample_section,
    written_section,
)
from benchmarks.quality.extraction import extraction

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
    say("measuring")
    parts = [
        CREDIT,
        bars(found, read),
        extraction_section(read),
        written_section(found),
        likeness_section(found),
        sample_section(found),
    ]
    DOCUMENT.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")
    say(f"{DOCUMENT.relative_to(Path.cwd()) if DOCUMENT.is_relative_to(Path.cwd()) else DOCUMENT} written")


if __name__ == "__main__":
    main()
