"""Finding and running what the documentation marks as runnable.

A fence is run where the line before it is ``<!-- run -->``. The fences of a page run in order, in one shell that stops
at the first command that fails; lines of a ``console`` fence that begin with ``$`` are commands.
"""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^<!-- run -->\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FIXED = ("8080", "8101", "8102", "8103", "9000")
"""Ports that the pages name; each run has free ones in their place."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How the snippets of a page ended: the exit code, and what was printed."""

    code: int
    output: str


def snippets(page: Path) -> list[tuple[str, str]]:
    """Language and text of each runnable fence."""
    return FENCE.findall(page.read_text())


def _commands(language: str, text: str) -> str:
    if language == "console":
        return "\n".join(re.findall(r"^\$ (.*(?:\\\n.*)*)$", text, re.MULTILINE))
    if language == "python":
        return f"{shlex.quote(sys.executable)} - <<'END_OF_PYTHON'\n{text}END_OF_PYTHON"
    assert language == "sh", f"snippets are sh, console or python, not {language}"
    return text


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def run(page: Path, directory: Path, environment: Mapping[str, str], *, before: str = "") -> Ran:
    """Run the snippets of a page in ``directory``; whatever they started is ended with them."""
    found = snippets(page)
    assert found, f"{page.name} marks nothing as runnable"
    ports = {port: _free_port() for port in FIXED}
    script = "\n".join(["set -euo pipefail", before, *(_commands(*one) for one in found)])
    script = re.sub(r"\b(" + "|".join(FIXED) + r")\b", lambda found: ports[found[0]], script)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("OVERTURE_")}
    process = subprocess.Popen(
        ["bash", "-c", script],
        cwd=directory,
        env=kept | {"OVERTURE_PORT": ports["8080"]} | dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=600)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        output, _ = process.communicate(timeout=30)
    finally:
        _end(process.pid)
    return Ran(process.returncode, output)


def _end(group: int) -> None:
    try:
        os.killpg(group, signal.SIGTERM)
    except ProcessLookupError:
        return
