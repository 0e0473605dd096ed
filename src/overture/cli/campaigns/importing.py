"""``overture campaign preview`` and ``overture campaign import``: leads from a CSV or JSON file."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

import msgspec
import typer

from overture.api.native.campaigns import imports
from overture.cli.campaigns.session import CAMPAIGN_ID, NO_KEY, Body, for_campaign, read, rendered
from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, stdout
from overture.domain.accounts import Caller
from overture.domain.errors import Invalid
from overture.usecases.campaigns import importing, sheets
from overture.usecases.campaigns.sheets import Row, Sheet
from overture.usecases.idempotency import Answer
from overture.usecases.services import Services

MOST_BYTES = 200_000_000
FILE = typer.Argument(help="A CSV file, or a JSON file (.json) with an array of leads.")
COLUMN = typer.Option([], "--column", help="A field's column, such as linkedin=Profile; repeat. Else by their names.")


def _open(file: Path) -> BinaryIO:
    if not file.is_file() or file.stat().st_size > MOST_BYTES:
        fail(f"{file} is no file of at most {MOST_BYTES} bytes", code=2)
    return file.open("rb")


def _rows(file: Path, opened: BinaryIO, given: list[str]) -> importing.Rows:
    columns: dict[str, str] = {}
    for text in given:
        name, equals, column = text.partition("=")
        if not equals:
            fail(f"--column {text!r} is not of the form field=column", code=2)
        columns[name] = column
    if file.suffix.lower() != ".json":
        return lambda: sheets.rows_of(Sheet(opened, columns))

    def rows() -> Iterator[Row]:
        opened.seek(0)
        try:
            return sheets.rows_of_objects(msgspec.json.decode(opened.read(), type=list[object]))
        except (msgspec.DecodeError, ValueError):
            raise Invalid([f"{file} has no JSON array of leads"]) from None

    return rows


def preview(campaign_id: str = CAMPAIGN_ID, file: Path = FILE, column: list[str] = COLUMN, json: bool = JSON) -> None:
    """Tell what an import would add, and what is wrong with which line; nothing is stored."""
    with _open(file) as opened:
        rows = _rows(file, opened, column)

        async def work(services: Services, caller: Caller, chosen: UUID) -> Body:
            return imports.preview_body(await importing.preview(services, caller, chosen, rows))

        _print(for_campaign(campaign_id, work), "would be added", json=json)


def import_(
    campaign_id: str = CAMPAIGN_ID,
    file: Path = FILE,
    column: list[str] = COLUMN,
    strict: bool = typer.Option(False, "--strict", help="All or nothing: add nobody where a line is wrong."),
    json: bool = JSON,
) -> None:
    """Add leads to a campaign, up to 100,000 at once."""
    with _open(file) as opened:
        rows = _rows(file, opened, column)

        async def work(services: Services, caller: Caller, chosen: UUID) -> Answer:
            shape = rendered(imports.body)
            return await importing.add(services, caller, chosen, importing.Listed(rows, strict), NO_KEY, shape)

        _print(read(for_campaign(campaign_id, work)), "added", json=json)


def _print(shown: Body, word: str, *, json: bool) -> None:
    if json:
        as_json(shown)
        return
    for one in cast("list[Body]", shown.get("sample", [])):
        stdout.print(f"  line {one['line']}: " + ", ".join(f"{k}={v}" for k, v in one.items() if v), markup=False)
    counts = ", ".join(f"{shown[name]} {name}" for name in ("faulty", "repeated", "known", "suppressed"))
    stdout.print(f"{shown['added']} of {shown['rows']} {word}; {counts}", markup=False)
    for problem in cast("list[Body]", shown["problems"]):
        stdout.print(f"  line {problem['line']}: {problem['field']} {problem['rule']}", markup=False)
