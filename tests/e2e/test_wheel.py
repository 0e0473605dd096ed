"""The package builds as a wheel that holds all it needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.process
def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    """Migrations, templates, the stylesheet and the demonstration's sites are in it, and nothing that is not ours."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("overture/")}
    package = ROOT / "src" / "overture"
    expected = {
        f"overture/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == expected
    assert any(name.endswith(".sql") for name in names)
    assert any("/templates/" in name for name in names)
    assert "overture/py.typed" in names
