"""The walls, the budgets and the documents are what they claim to be."""

import ast
import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest

from overture.settings import NAMES, BadSetting, Settings, load
from overture.store import audit

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TABLES = {"role_table.py", "country_places.py", "country_names.py"}


def test_imports_stay_within_their_walls() -> None:
    """The contract of the rooms holds."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT / "src")))
def test_files_stay_small_and_say_what_they_are(path: Path) -> None:
    """A file has at most 500 lines, a sentence on top, and no name that says nothing."""
    text = path.read_text()
    assert text.count("\n") <= 500 or path.name in TABLES
    assert ast.get_docstring(ast.parse(text))
    assert path.stem not in {"utils", "helpers", "common", "base", "manager"}


def test_every_setting_is_documented() -> None:
    """`.env.example` lists exactly the settings, with their defaults."""
    listed = dict(
        line.split("=", 1)
        for line in (ROOT / ".env.example").read_text().splitlines()
        if line and not line.startswith("#")
    )
    assert {name.removeprefix("OVERTURE_").lower() for name in listed} == NAMES
    assert {field.name for field in dataclasses.fields(Settings)} == NAMES
    assert load(listed) == load({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OVERTURE_PORT", "http"),
        ("OVERTURE_PORT", "70000"),
        ("OVERTURE_RESPECT_ROBOTS", "perhaps"),
        ("OVERTURE_ALLOW_PRIVATE_NETWORKS", "everything"),
        ("OVERTURE_FAULT", "w1"),
        ("OVERTURE_COLOUR", "blue"),
    ],
)
def test_a_bad_setting_stops_the_start_and_names_itself(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        load({name: value})


def test_every_audited_invariant_is_in_the_table() -> None:
    """The document on invariants names each one that `overture audit` checks."""
    table = (ROOT / "docs" / "invariants.md").read_text()
    for invariant in audit.INVARIANTS:
        assert re.search(rf"^\| {invariant.number} \|.*audit", table, re.MULTILINE), invariant.number


def test_every_named_test_of_the_table_exists() -> None:
    """The tests that the document names can be found."""
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs" / "invariants.md").read_text())
    assert named
    for file, function in named:
        text = (ROOT / file).read_text()
        assert not function or f"def {function}(" in text, f"{file}::{function}"
