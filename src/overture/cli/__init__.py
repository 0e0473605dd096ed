"""The command line: arguments in, one use case, output."""

from overture.cli.app import main

__all__ = ["main"]
