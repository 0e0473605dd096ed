"""The command line: arguments in, one use case, output."""

import sys

PROCESSES = frozenset({"serve", "api", "work"})


def main() -> None:
    """Run a command. Long-running processes start each other, so they load their own module and not all commands."""
    if len(sys.argv) > 1 and sys.argv[1] in PROCESSES:
        from overture.cli.processes import run  # noqa: PLC0415
    else:
        from overture.cli.app import run  # noqa: PLC0415
    run()
