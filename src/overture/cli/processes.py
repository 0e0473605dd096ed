"""The three long-running commands, without the others."""

import typer

from overture.cli import serve
from overture.cli.failures import guarded

processes = typer.Typer(name="overture", pretty_exceptions_enable=False, rich_markup_mode=None, add_completion=False)
processes.command("serve")(serve.serve)
processes.command("api")(serve.api)
processes.command("work")(serve.work)


def run() -> None:
    """Run one of them."""
    guarded(processes)
