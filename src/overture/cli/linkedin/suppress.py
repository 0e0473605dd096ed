"""``overture linkedin suppress``: people to be left alone."""

from pathlib import Path

import typer

from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, stdout
from overture.cli.session import parse_id, run
from overture.usecases.campaigns import sheets, suppression


def suppress(
    account_id: str = typer.Argument(help="The customer's account id.", metavar="ACCOUNT_ID"),
    profile_url: list[str] = typer.Option([], "--profile-url", help="Who; repeat for several."),
    file: Path | None = typer.Option(None, "--file", help="A CSV file with profiles, or a text with one a line."),
    column: str = typer.Option("", "--column", help="The column with the profiles; else it is guessed."),
    reason: str = typer.Option("", "--reason", help="Why."),
    json: bool = JSON,
) -> None:
    """Leave people alone for good: nothing more is sent to them. There is no way back."""
    profiles = list(profile_url)
    if file is not None:
        if not file.is_file() or file.stat().st_size > 50_000_000:
            fail(f"{file} is no file of at most 50 MB", code=2)
        with file.open("rb") as opened:
            profiles += sheets.profiles_of(opened, column)
    done = run(lambda s: suppression.suppress(s, parse_id(account_id), profiles, reason))
    if json:
        as_json(done)
    else:
        stdout.print(f"{done.new} more are left alone, {done.total} in all")
