"""What the documentation tells people to type works, as it stands there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs import snippets
from tests.docs.reference import DOCS, ROOT

pytestmark = pytest.mark.process
FENCE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SERVER = """
python -m http.server 8101 --bind 127.0.0.1 --directory "$SITES/ledgerly" > sites.log 2>&1 &
python -m http.server 8102 --bind 127.0.0.1 --directory "$SITES/harbourlight" >> sites.log 2>&1 &
overture serve > server.json 2> server.log &
until grep -q ready server.json; do sleep 1; done
overture account create Quick --credits 10 --json > account.json
KEY=$(python -c 'import json; print(json.load(open("account.json"))["api_key"])')
"""
"""What the quick start takes for granted: a server, a key, and two sites."""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone of what is committed, with the pages as they are; an environment of its own where CI=full."""
    target = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--local", str(ROOT), str(target)], check=True)
    for page in DOCS.glob("*.md"):
        shutil.copy(page, target / "docs" / page.name)
    if os.environ.get("CI") != "full":
        (target / ".venv").symlink_to(Path(sys.prefix))
    return target


@pytest.mark.long
def test_the_tutorial_ends_in_a_rehearsed_campaign(clone: Path) -> None:
    """Every command of docs/tutorial.md, in a fresh clone."""
    here = "" if os.environ.get("CI") == "full" else 'make() { command make --old-file=.venv/.installed "$@"; }'
    ran = snippets.run(clone / "docs" / "tutorial.md", clone, {"PYTHONPATH": str(clone / "src")}, before=here)
    assert ran.code == 0, ran.output[-4000:]
    assert "Jane" in ran.output and "Harbourlight" in ran.output
    assert not (clone / ".tutorial").exists()


def test_the_first_screen_of_the_readme_is_what_make_does() -> None:
    """`make demo`, the first command that the README names, is `overture demo`, which tests/e2e plays."""
    first = FENCE.search((ROOT / "README.md").read_text())
    assert first is not None
    commands = [line.removeprefix("$ ").partition("#")[0].split() for line in first[1].splitlines()]
    assert commands[0] == ["make", "demo"]
    for command in commands:
        done = subprocess.run([*command, "--dry-run"], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        if command == ["make", "demo"]:
            assert "overture demo" in done.stdout


def test_the_quick_start_of_the_api_works(tmp_path: Path) -> None:
    """docs/api.md against a server of its own, with a site on loopback."""
    environment = {
        "OVERTURE_DATA_DIR": str(tmp_path / "data"),
        "OVERTURE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "OVERTURE_FIND_COMPANY": "none",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "SITES": str(ROOT / "src" / "overture" / "cli" / "sites"),
    }
    ran = snippets.run(DOCS / "api.md", tmp_path, environment, before=SERVER)
    assert ran.code == 0, ran.output[-4000:]
    assert "Ledgerly" in ran.output and '"generation_status": "complete"' in ran.output
