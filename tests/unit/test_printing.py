"""What commands print arrives whole, however late it is read."""

import subprocess
import sys
import time

PRINTS = """
import asyncio
from overture.cli.output import as_json
from overture.cli.serve import run_loop

async def main():
    child = await asyncio.create_subprocess_exec("true", stdin=asyncio.subprocess.PIPE)
    await child.wait()

run_loop(main())
as_json(["x" * 100] * 2_000)
"""


def test_a_long_answer_waits_for_a_late_reader() -> None:
    """A pipe holds 64 KiB; without Python's own buffer a write after a loop's work may take no more than that."""
    process = subprocess.Popen([sys.executable, "-u", "-c", PRINTS], stdout=subprocess.PIPE)
    time.sleep(2)
    output, _ = process.communicate(timeout=30)
    assert (process.returncode, len(output) > 200_000, output[-2:]) == (0, True, b"]\n")
