"""``overture message`` and ``overture request``: evidence, steering, quotes, cancelling."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
import typer

from overture.api.body import decode_object
from overture.api.evidence import Body
from overture.api.native import replies
from overture.api.upscale.validation import Validator
from overture.cli.output import JSON, as_json, stdout
from overture.cli.session import parse_id, run
from overture.domain.messages import Segment, Tone
from overture.domain.requests import GenerationRequest
from overture.domain.revisions import MessageId, Wish
from overture.settings import load
from overture.usecases import accounts, cancelling, evidence, quotes, steering
from overture.usecases.evidence import EvidencedMessage
from overture.usecases.idempotency import Once
from overture.usecases.services import Services

T = TypeVar("T")

request = typer.Typer(help="Generation requests.", no_args_is_help=True)
message = typer.Typer(help="Single messages: evidence and steering.", no_args_is_help=True)

REQUEST_ID = typer.Argument(help="The secure_request_id.", metavar="REQUEST_ID")
MESSAGE_ID = typer.Argument(help="The message's id, as `request show` prints it.", metavar="MESSAGE_ID")


@request.command("show")
def show(request_id: str = REQUEST_ID, json: bool = JSON) -> None:
    """Show every message of a request, and what each claim rests on."""
    messages = run(lambda s: evidence.of_request(s, parse_id(request_id)))
    if json:
        as_json(messages)
        return
    for item in messages:
        print_message(item)


@request.command("cancel")
def cancel(request_id: str = REQUEST_ID, json: bool = JSON) -> None:
    """Give up what a request has not written yet; it costs nothing."""
    chosen = parse_id(request_id)

    async def work(services: Services) -> bytes:
        caller = await accounts.owner_of(services, chosen)
        how = Once(None, 200)
        return (await cancelling.cancel(services, caller, chosen, how, _body(replies.cancelled))).body

    state = msgspec.json.decode(run(work), type=Body)
    if json:
        as_json(state)
        return
    stdout.print(f"{state['cancelled']} of {state['requested']} messages are cancelled", markup=False)
    if state["kept_for_others"]:
        stdout.print(f"{state['kept_for_others']} are still being written: another request waits for them")


@request.command("preview")
def preview(
    file: Path = typer.Argument(help="The body of request_message_generation; - reads standard input."),
    account: str = typer.Option(..., "--account", help="The account that would send it."),
    json: bool = JSON,
) -> None:
    """Tell what a request would cost and find; nothing is written and nothing is held."""
    chosen, asked = parse_id(account), _read(file)

    async def work(services: Services) -> quotes.Quote:
        return await quotes.quote(services, await accounts.acting_for(services, chosen), asked)

    told = run(work)
    if json:
        as_json(replies.quote(told))
        return
    if told.duplicate_of:
        stdout.print(f"The same body was sent before: {told.duplicate_of}", markup=False)
    stdout.print(
        f"{told.asked} messages: {told.to_write} to write, {told.written} written before, {told.in_progress} being"
        f" written, {told.repeated} listed twice",
        markup=False,
    )
    stdout.print(f"{told.to_write} credits of {told.available} would be held, {told.after} left", markup=False)
    stdout.print(f"left this minute {told.messages.minute}, today {told.messages.day} messages", markup=False)
    for warning in told.warnings:
        stdout.print(f"  {warning}", markup=False)
    stdout.print("It would be accepted now." if told.accepted else "It would be refused now.")


def _read(file: Path) -> GenerationRequest:
    settings = load()
    content = sys.stdin.buffer.read() if str(file) == "-" else _bytes(file)
    validator = Validator(settings.max_leads, https_webhooks_only=settings.https_webhooks_only)
    return validator.parse(decode_object(content, settings.max_depth))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read: {error.strerror}") from error


@message.command("show")
def show_one(message_id: str = MESSAGE_ID, json: bool = JSON) -> None:
    """Show one message with the evidence of each claim, its checks and its versions."""
    shown = run(lambda s: evidence.one(s, None, MessageId.parse(message_id)))
    if json:
        as_json(replies.one(shown))
        return
    print_message(shown)
    for place, objections in shown.objections.items():
        for objection in objections:
            stdout.print(f"    objection to segment {place}: {objection}", markup=False)
    for version in shown.versions:
        refusal = f" {version.reason}: {version.detail}" if version.reason else ""
        stdout.print(f"  version {version.number} {version.state}{refusal}", markup=False)


@message.command("regenerate")
def regenerate(
    message_id: str = MESSAGE_ID,
    tone: Tone | None = typer.Option(None, "--tone", help="Another register."),
    another_fact: bool = typer.Option(False, "--another-fact", help="Tell what no version has told."),
    shorter: bool = typer.Option(False, "--shorter", help="At most nine tenths of the length."),
    avoid: list[str] = typer.Option([], "--avoid", help="Evidence that no fact may rest on; may be repeated."),
    json: bool = JSON,
) -> None:
    """Ask for another version of a message; a running worker writes it. It costs a credit when it is written."""
    wish, chosen = Wish(tone, another_fact, shorter, tuple(dict.fromkeys(avoid))), MessageId.parse(message_id)
    if wish == Wish():
        raise typer.BadParameter("say what is to change: --tone, --another-fact, --shorter or --avoid")

    async def work(services: Services) -> bytes:
        caller = await accounts.owner_of(services, chosen.request_id)
        how = Once(None, 202)
        return (await steering.regenerate(services, caller, chosen, wish, how, _body(replies.asked))).body

    asked = msgspec.json.decode(run(work), type=Body)
    if json:
        as_json(asked)
    else:
        stdout.print(f"version {asked['version']} of {asked['id']} will be written", markup=False)


def _body(reply: Callable[[T], Body]) -> Callable[[T], bytes]:
    return lambda state: msgspec.json.encode(reply(state))


def print_message(shown: EvidencedMessage) -> None:
    """Print one message with its evidence."""
    who = f"{shown.first_name} {shown.last_name}, {shown.company}"
    stdout.print(f"\n[bold]{shown.type}[/bold] to ", end="")
    stdout.print(who, markup=False)
    stdout.print(f"  {shown.id}", style="dim", markup=False)
    print_text(shown.text, shown.segments, f"{shown.reason}: {shown.detail}" if shown.reason else str(shown.state))


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
