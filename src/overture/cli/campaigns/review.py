"""``overture campaign review|approve|reject|edit``: what waits for a person, with the evidence of each claim."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import typer

from overture.api.native.campaigns import reviews_declared as shown_as
from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, stdout
from overture.cli.session import parse_id, run
from overture.domain.accounts import Caller
from overture.domain.campaigns.flags import Flag
from overture.domain.campaigns.reviews import ReviewId, Then
from overture.domain.errors import Invalid
from overture.domain.messages import Role, linkedin_length
from overture.usecases.campaigns import approving, reviewing
from overture.usecases.campaigns.reviewing import Matching, Shown
from overture.usecases.idempotency import Once
from overture.usecases.services import Services

T = TypeVar("T")

CAMPAIGN_ID = typer.Argument(help="The campaign's id.", metavar="CAMPAIGN_ID")
REVIEW_ID = typer.Argument(help="The message in review: LEAD.STEP.ATTEMPT, as `campaign review` shows it.")
FLAG = typer.Option(None, "--flag", help="Only those that carry this flag.")
PLAIN = typer.Option(False, "--plain", help="Only those without any flag.")

_SAYS = {
    Role.LEAD_CLAIM: "about the lead",
    Role.SENDER_CLAIM: "about you",
    Role.MATERIAL_CLAIM: "about the material",
    Role.INFERENCE: "a guess",
}


def review(
    campaign_id: str = CAMPAIGN_ID,
    flag: Flag | None = FLAG,
    plain: bool = PLAIN,
    limit: int = typer.Option(20, "--limit", min=1, max=reviewing.MOST),
    after: str | None = typer.Option(None, "--after", help="Go on behind this message."),
    json: bool = JSON,
) -> None:
    """List the messages of a campaign that wait for a person, each claim with its evidence; longest waiting first."""
    chosen = parse_id(campaign_id)
    last = ReviewId.parse(after) if after else None

    async def work(services: Services) -> tuple[list[Shown], int]:
        caller = await approving.owner(services, chosen)
        which = Matching(caller.account_id, chosen, flag, plain)
        shown, left = await reviewing.read(services, caller, which, last, limit)
        return shown, left

    shown, left = run(work)
    if json:
        as_json({"reviews": [shown_as.with_evidence(item) for item in shown], "left": left})
        return
    for item in shown:
        print_review(item)
    if not shown:
        stdout.print("Nothing waits for review.")
    elif left:
        stdout.print(f"\n{left} more: --after {shown[-1].review.id}", markup=False)


def print_review(shown: Shown) -> None:
    """Print one message as a person judges it: to whom, what, its flags, and what each claim rests on."""
    told = shown.review
    title = f", {told.job_title}" if told.job_title else ""
    stdout.print(f"\n[bold]step {told.step}, {told.type}[/bold] to ", end="")
    stdout.print(f"{told.first_name} {told.last_name}{title}, {told.company}", markup=False)
    stdout.print(f"  {told.id}  {told.linkedin}", style="dim", markup=False)
    marks = [*told.flags, *(["edited"] if told.edited else [])]
    length = f"{linkedin_length(told.text)} units"
    stdout.print(f"  {length}{'; flags: ' + ', '.join(marks) if marks else ''}", style="dim", markup=False)
    for line in told.text.splitlines():
        stdout.print(f"  | {line}", markup=False)
    for place, segment in enumerate(shown.segments):
        if segment.role not in _SAYS:
            continue
        stdout.print(f"    {_SAYS[segment.role]}: ", style="dim", end="", markup=False)
        stdout.print(segment.text.strip(), markup=False)
        for cite in segment.citations:
            stdout.print(f'      "{cite.span}"', markup=False)
            stdout.print(f"      {cite.url} {cite.fetched_at}".rstrip(), style="dim", markup=False)
        for objection in shown.objections.get(place, ()):
            stdout.print(f"      objection: {objection}", markup=False)


def approve(
    review_ids: list[str] = typer.Argument(None, help="Messages in review; none with --all."),
    all_: UUID | None = typer.Option(None, "--all", metavar="CAMPAIGN_ID", help="All of this campaign that match."),
    flag: Flag | None = FLAG,
    plain: bool = PLAIN,
    json: bool = JSON,
) -> None:
    """Approve messages: those named, or all of a campaign that match; says how many, and why others were not."""
    ids = [ReviewId.parse(text) for text in review_ids or []]
    if bool(ids) is (all_ is not None):
        fail("name messages, or give --all CAMPAIGN_ID", code=2)

    async def work(services: Services) -> list[approving.Approved]:
        if all_ is None:
            caller = await approving.owner_of_lead(services, ids[0].lead_id)
            return [await _approved(services, caller, ids)]
        caller = await approving.owner(services, all_)
        which = Matching(caller.account_id, all_, flag, plain)
        told = [await _approved(services, caller, which)]
        while told[-1].left and told[-1].approved:
            told.append(await _approved(services, caller, which))
        return told

    told = run(work)
    total = approving.Approved(
        tuple(text for part in told for text in part.approved), told[-1].not_approved, told[-1].left
    )
    if json:
        as_json(shown_as.approved(total))
        return
    stdout.print(f"{len(total.approved)} approved")
    for item in total.not_approved:
        stdout.print(f"  not {item.id}: {approving.SENTENCES[item.why]}", markup=False)


async def _approved(services: Services, caller: Caller, which: list[ReviewId] | Matching) -> approving.Approved:
    return await _told(lambda how, render: approving.approve(services, caller, which, how, render))


async def _told(work: Callable[[Once, Callable[[T], bytes]], Awaitable[object]]) -> T:
    """Return what a use case tells, as it is and not as bytes."""
    told: list[T] = []

    def keep(state: T) -> bytes:
        told.append(state)
        return b""

    await work(Once(None, 200), keep)
    return told[-1]


def reject(
    review_id: str = REVIEW_ID,
    then: Then = typer.Option(..., "--then", help="What follows: skip the step, stop the lead, or write it anew."),
    reason: str = typer.Option("", "--reason", help="A word on why; it is kept."),
    json: bool = JSON,
) -> None:
    """Reject a message in review."""
    text = ReviewId.parse(review_id)

    async def work(services: Services) -> approving.Rejected:
        caller = await approving.owner_of_lead(services, text.lead_id)
        verdict = then, reason
        return await _told(lambda how, render: approving.reject(services, caller, text, verdict, how, render))

    told = run(work)
    if json:
        as_json(shown_as.rejected(told))
    else:
        stdout.print(f"rejected; the lead is {told.state}")


def edit(
    review_id: str = REVIEW_ID,
    text: str | None = typer.Option(None, "--text", help="The whole new text."),
    file: Path | None = typer.Option(None, "--file", help="A file with it; - reads standard input."),
    json: bool = JSON,
) -> None:
    """Replace the text of a message in review. It has to pass the send gate on what the message quotes."""
    chosen, new = ReviewId.parse(review_id), _text(text, file)

    async def work(services: Services) -> reviewing.Edited:
        caller = await approving.owner_of_lead(services, chosen.lead_id)
        return await _told(lambda how, render: reviewing.edit(services, caller, chosen, new, how, render))

    try:
        told = run(work)
    except Invalid as refused:
        if json:
            as_json({"id": str(chosen), "edited": False, "objections": refused.messages})
            sys.exit(1)
        fail("the text was not taken:\n  " + "\n  ".join(refused.messages))
    if json:
        as_json(shown_as.edited(told))
    else:
        stdout.print(f"edited; flags: {', '.join(told.flags) or 'none'}", markup=False)


def _text(text: str | None, file: Path | None) -> str:
    if (text is None) is (file is None):
        fail("give the text by --text or by --file", code=2)
    if text is not None or file is None:
        return text or ""
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return content.decode().strip("\n")
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}", code=2)
    except UnicodeDecodeError:
        fail(f"{file} is not UTF-8 text", code=2)
