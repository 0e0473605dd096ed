"""Printing: JSON alone on standard output with ``--json``, a readable table otherwise."""

import dataclasses
import sys
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec
import typer
from rich.console import Console
from rich.table import Table

stdout = Console(highlight=False, soft_wrap=True)
stderr = Console(stderr=True, highlight=False, soft_wrap=True)

JSON = typer.Option(False, "--json", help="Print JSON alone on standard output.")


def as_json(value: object) -> None:
    """Print one JSON document, indented."""
    rest = msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
    while rest:  # without a buffer (PYTHONUNBUFFERED) a pipe that is full takes a part
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, (StrEnum, UUID)):
        return str(value)
    return str(value)


def table(rows: Sequence[object], columns: Sequence[str], empty: str) -> None:
    """Print dataclasses as a table of some of their fields."""
    if not rows:
        stdout.print(empty, markup=False)
        return
    grid = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        assert dataclasses.is_dataclass(row)
        grid.add_row(*(_cell(getattr(row, column)) for column in columns))
    stdout.print(grid)


def share(value: float | None) -> str:
    """Return a share as a percentage, or a dash."""
    return "-" if value is None else f"{100 * value:.1f}%"


def number(value: float | None, places: int = 2) -> str:
    """Return a number with so many places, or a dash."""
    return "-" if value is None else f"{value:.{places}f}"
