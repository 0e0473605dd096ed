"""The systemd units are ones that systemd takes, and keep the processes in."""

import configparser
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.reference import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))


def settings(unit: Path) -> configparser.RawConfigParser:
    """The sections of a unit; of a key that stands twice the last counts."""
    read = configparser.RawConfigParser(strict=False)
    read.read(unit)
    return read


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_the_unit(unit: Path, tmp_path: Path) -> None:
    """`systemd-analyze verify` says nothing, and its measure of exposure is below 3 of 10."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here: units are not verified")
    copy = tmp_path / unit.name
    copy.write_text(unit.read_text().replace("/opt/overture/bin/overture", "/bin/true"))  # the file has to be there
    done = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if unit.name in line]
    assert (done.returncode, complaints) == (0, [])
    measured = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=30", str(copy)], capture_output=True, text=True
    )
    assert measured.returncode == 0, measured.stdout[-500:]


def test_the_units_run_what_operations_describe() -> None:
    """An API and a worker, as an ordinary user, with their settings from one file."""
    assert [unit.stem for unit in UNITS] == ["overture-api", "overture-work"]
    page = (ROOT / "docs" / "operations.md").read_text()
    for unit in UNITS:
        service = settings(unit)["Service"]
        assert service["ExecStart"].split()[1] == unit.stem.removeprefix("overture-")
        assert service["User"] == "overture"
        assert service["EnvironmentFile"] in page and unit.name in page
