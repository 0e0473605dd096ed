"""docs/quality.md comes out the same, byte by byte, whatever the order in which a process walks its sets."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STEP, SERVICES, ARTICLES = 48, 10, 3


@pytest.fixture
def small(corpus: Path, tmp_path: Path) -> Path:
    """A few pages of the corpus, as a corpus of their own."""
    folder = tmp_path / "corpus"
    (folder / "html").mkdir(parents=True)
    rows = [json.loads(line) for line in (corpus / "index.jsonl").read_text("utf-8").split("\n") if line]
    services, articles = ([row for row in rows if row["kind"] == kind] for kind in ("service", "article"))
    chosen = [*services[:SERVICES], *articles[:ARTICLES]]
    for row in chosen:
        name = f"html/{row['id']}.html.gz"
        (folder / name).symlink_to((corpus / name).resolve())
    (folder / "index.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in chosen), "utf-8")
    return folder


@pytest.mark.long
def test_two_runs_write_the_same_document(small: Path, tmp_path: Path) -> None:
    runs = [_run(small, tmp_path / f"quality{seed}.md", seed) for seed in (1, 2)]
    for run in runs:
        _, errors = run.communicate()
        assert run.returncode == 0, errors
    for ending in (".md", ".jsonl"):
        one, other = ((tmp_path / f"quality{seed}{ending}").read_text("utf-8") for seed in (1, 2))
        assert one == other
    text = (tmp_path / "quality1.md").read_text("utf-8")
    for heading in ("## Bars", "## Planted text", "## A dozen messages", "## What does not hold, and why"):
        assert heading in text


def _run(corpus: Path, to: Path, seed: int) -> "subprocess.Popen[str]":
    settings = os.environ | {
        "OVERTURE_CORPUS": str(corpus),
        "OVERTURE_EXAMPLES": str(corpus),
        "PYTHONHASHSEED": str(seed),
    }
    command = [sys.executable, "-m", "benchmarks.quality.run", str(to), str(STEP)]
    return subprocess.Popen(
        command, cwd=ROOT, env=settings, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
