"""The demonstration of the LinkedIn gateway, as a process of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process


def test_the_linkedin_demonstration_runs(tmp_path: Path) -> None:
    """`overture linkedin demo` plays an outreach from the challenge to the reply, and LinkedIn's own count agrees."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OVERTURE_")} | {"HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "overture", "linkedin", "demo"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
    )
    shown = done.stdout
    assert done.returncode == 0, shown + done.stderr
    assert re.search(r"outbox of the simulated LinkedIn has the code \d{6}", shown)
    assert "signature verified" in shown
    assert "has accepted" in shown
    told = re.findall(r"webhook, signature verified: (.+) writes: (.+)", shown)
    thread = shown[shown.index("messages/conversation: read the reply") :]
    assert any(f"{who}: {text}" in thread for who, text in told), shown
    invited = re.search(r"(\d+) x sent", shown)
    arrived = re.search(r"(\d+) x invite sent", shown)
    assert invited is not None and arrived is not None
    assert invited[1] == arrived[1]
    assert "0 had an effect twice" in shown
    assert re.search(r"\d+ invariants, 0 broken", shown)
    assert done.stderr.count("Traceback") == 0
