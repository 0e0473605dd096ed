"""``overture request show``: a request's messages with the evidence of each claim."""

import typer

from overture.cli.output import JSON, as_json, stdout
from overture.cli.session import parse_id, run
from overture.domain.messages import Segment
from overture.usecases import evidence
from overture.usecases.evidence import EvidencedMessage

request = typer.Typer(help="Generation requests.", no_args_is_help=True)


@request.command("show")
def show(
    request_id: str = typer.Argument(help="The secure_request_id.", metavar="REQUEST_ID"), json: bool = JSON
) -> None:
    """Show every message of a request, and what each claim rests on."""
    messages = run(lambda s: evidence.of_request(s, parse_id(request_id)))
    if json:
        as_json(messages)
        return
    for message in messages:
        print_message(message)


def print_message(message: EvidencedMessage) -> None:
    """Print one message with its evidence."""
    who = f"{message.first_name} {message.last_name}, {message.company}"
    stdout.print(f"\n[bold]{message.type}[/bold] to ", end="")
    stdout.print(who, markup=False)
    print_text(message.text, message.segments, f"{message.reason}: {message.detail}")


def print_text(text: str | None, segments: tuple[Segment, ...], refusal: str) -> None:
    """Print a text and its citations, or why there is none."""
    if text is None:
        stdout.print(f"  not written: {refusal}", markup=False)
        return
    for line in text.splitlines():
        stdout.print(f"  {line}", markup=False)
    for segment in segments:
        for citation in segment.citations:
            stdout.print(f"    {segment.role}: ", style="dim", end="", markup=False)
            stdout.print(f'"{citation.span}"', markup=False, end="")
            stdout.print(f"  {citation.url} {citation.fetched_at}", style="dim", markup=False)
