"""``overture campaign create``, ``change``, ``list``, ``show``, and a campaign's life."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast
from uuid import UUID

import typer

from overture.api.body import decode_object
from overture.api.native.campaigns import fields, replies
from overture.cli.campaigns.session import CAMPAIGN_ID, NO_KEY, Body, for_campaign, read, rendered
from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, stdout
from overture.cli.session import parse_id, run
from overture.domain.accounts import Caller
from overture.domain.campaigns.states import CampaignState
from overture.settings import load
from overture.store.campaigns.orders import Wanted
from overture.usecases import accounts
from overture.usecases.campaigns import lifecycle
from overture.usecases.campaigns import ordering as cases
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

MOST_BYTES = 1_000_000
FILE = typer.Argument(None, help="The order as JSON, as the API takes it; - reads standard input.")
SET = typer.Option([], "--set", help="A field of the order, such as name=Spring or approval=none; repeat for more.")


def add_to(campaign: typer.Typer) -> None:
    """Add the commands of this module."""
    campaign.command("create")(create)
    campaign.command("change")(change)
    campaign.command("list")(list_)
    campaign.command("show")(show)
    for name, act, words in (
        ("start", lifecycle.start, "Start a draft."),
        ("pause", lifecycle.pause, "Begin nothing more until it is resumed."),
        ("resume", lifecycle.resume, "Let a paused campaign go on."),
        ("stop", lifecycle.stop, "Stop a campaign, and every lead that has not ended, for good."),
        ("archive", lifecycle.archive, "Put away a draft, or a campaign that has ended."),
    ):
        campaign.command(name, help=words)(_command(act))


def _order(file: Path | None, given: list[str]) -> dict[str, object]:
    """Read an order from a file, and fields of it from options, which come last."""
    body: dict[str, object] = {}
    if file is not None:
        try:
            content = sys.stdin.buffer.read(MOST_BYTES + 1) if str(file) == "-" else file.read_bytes()
        except OSError as error:
            raise typer.BadParameter(f"{file} cannot be read: {error.strerror}") from error
        if len(content) > MOST_BYTES:
            fail(f"an order has at most {MOST_BYTES} bytes", code=2)
        body = decode_object(content, load().max_depth)
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            fail(f"--set {text!r} is not of the form name=value", code=2)
        body[name] = _value(name, value)
    return body


def _value(name: str, text: str) -> object:
    """Read a field's value as its declaration has it: JSON for what is no text."""
    known = {item.name: item for item in fields.FIELDS}
    kind = known[name].schema.get("type") if name in known else "string"
    if kind == "string":
        return text
    if name == "senders":
        return [part.strip() for part in text.split(",")]
    return decode_object(f'{{"value": {text}}}'.encode(), 8)["value"]


def create(
    file: Path | None = FILE,
    account: str = typer.Option(..., "--account", help="The customer's account id."),
    given: list[str] = SET,
    json: bool = JSON,
) -> None:
    """Order a campaign, as a draft."""
    order, account_id = fields.parse(_order(file, given)), parse_id(account)

    async def work(services: Services) -> Answer:
        caller = await accounts.acting_for(services, account_id)
        return await cases.create(services, caller, order, Once(None, 201), rendered(replies.campaign))

    print_one(read(run(work)), json=json)


def change(
    campaign_id: str = CAMPAIGN_ID,
    file: Path | None = typer.Option(None, "--file", help="The fields to change, as JSON; - reads standard input."),
    given: list[str] = SET,
    json: bool = JSON,
) -> None:
    """Change a campaign: a draft in everything, one that was started in what undoes nothing."""
    changes = fields.parse_changes(_order(file, given))

    async def work(services: Services, caller: Caller, chosen: UUID) -> Answer:
        return await cases.change(services, caller, chosen, changes, rendered(replies.campaign))

    print_one(read(for_campaign(campaign_id, work)), json=json)


def list_(
    account: str | None = typer.Option(None, "--account", help="Only this customer's."),
    customer: str | None = typer.Option(None, "--customer", help="Only of this automation_tool_customer_id."),
    state: CampaignState | None = typer.Option(None, "--state", help="Only in this state."),
    limit: int = typer.Option(100, "--limit", min=1, max=1000),
    json: bool = JSON,
) -> None:
    """List campaigns, oldest first."""
    wanted = Wanted(parse_id(account) if account else None, customer, state)
    page = run(lambda s: cases.list_(s, wanted, limit))
    if json:
        as_json(replies.campaigns(page))
        return
    for one in page.campaigns:
        stdout.print(f"{one.id}  {one.state:<9} {one.leads:>7} leads  {one.name}", markup=False)
    if not page.campaigns:
        stdout.print("No campaign.")


def show(campaign_id: str = CAMPAIGN_ID, json: bool = JSON) -> None:
    """Show what was ordered, and how many leads stand in each state."""

    async def work(services: Services, caller: Caller, chosen: UUID) -> Body:
        return replies.campaign(await cases.show(services, caller, chosen))

    print_one(for_campaign(campaign_id, work), json=json)


Act = Callable[[Services, Caller, UUID, Once, lifecycle.Render], Awaitable[Answer]]


def _command(act: Act) -> Callable[..., None]:
    def command(campaign_id: str = CAMPAIGN_ID, json: bool = JSON) -> None:
        async def work(services: Services, caller: Caller, chosen: UUID) -> Answer:
            return await act(services, caller, chosen, NO_KEY, rendered(replies.campaign))

        print_one(read(for_campaign(campaign_id, work)), json=json)

    return command


def print_one(shown: Body, *, json: bool) -> None:
    """Print a campaign."""
    if json:
        as_json(shown)
        return
    stdout.print(f"{shown['id']}  {shown['state']}  {shown['name']}", markup=False)
    tally = cast("dict[str, int]", shown["tally"] or {})
    states = ", ".join(f"{count} {state}" for state, count in tally.items() if count)
    stdout.print(f"  {shown['leads']} leads{': ' + states if states else ''}", markup=False)
    ordered = cast("dict[str, object]", shown["definition"])
    steps = cast("list[dict[str, str]]", ordered["message_sequence"])
    for number, step in enumerate(steps, 1):
        stdout.print(f"  {number}. {step['messageType']}, then {step['wait_time_after']}", markup=False)
