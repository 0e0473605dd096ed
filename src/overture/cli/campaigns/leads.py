"""``overture campaign leads`` and ``overture campaign lead``: who is in a campaign, and single leads by hand."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import typer

from overture.api.native.campaigns import replies
from overture.cli.campaigns.session import CAMPAIGN_ID, LEAD_ID, NO_KEY, Body, for_campaign, for_lead, read, rendered
from overture.cli.output import JSON, as_json, stdout
from overture.domain.accounts import Caller
from overture.domain.campaigns.states import LeadState
from overture.usecases.campaigns import handling
from overture.usecases.campaigns.handling import LeadPage
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

lead = typer.Typer(help="Single leads of campaigns.", no_args_is_help=True)

Act = Callable[[Services, Caller, UUID, Once, handling.Render], Awaitable[Answer]]


def list_(
    campaign_id: str = CAMPAIGN_ID,
    state: LeadState | None = typer.Option(None, "--state", help="Only in this state."),
    after: int | None = typer.Option(None, "--after", help="Only those behind this place.", min=0),
    limit: int = typer.Option(100, "--limit", min=1, max=1000),
    json: bool = JSON,
) -> None:
    """List a campaign's leads, in the order of their import."""

    async def work(services: Services, caller: Caller, chosen: UUID) -> LeadPage:
        return await handling.list_(services, caller, chosen, state, after, limit)

    page = for_campaign(campaign_id, work)
    if json:
        as_json(replies.leads(page))
        return
    for one in page.leads:
        _print(replies.lead(one))
    if page.following is not None:
        stdout.print(f"  more: --after {page.following}")


@lead.command("show")
def show(lead_id: str = LEAD_ID, json: bool = JSON) -> None:
    """Show one lead, and where it stands."""

    async def work(services: Services, caller: Caller, chosen: UUID) -> Body:
        return replies.lead(await handling.show(services, caller, chosen))

    _told(for_lead(lead_id, work), json=json)


@lead.command("hold")
def hold(lead_id: str = LEAD_ID, json: bool = JSON) -> None:
    """Set a lead aside until it is resumed."""
    _act(handling.hold, lead_id, json=json)


@lead.command("resume")
def resume(lead_id: str = LEAD_ID, json: bool = JSON) -> None:
    """Let a held lead go on from where it was."""
    _act(handling.resume, lead_id, json=json)


@lead.command("stop")
def stop(lead_id: str = LEAD_ID, json: bool = JSON) -> None:
    """Stop a lead for good."""
    _act(handling.stop, lead_id, json=json)


def _act(act: Act, lead_id: str, *, json: bool) -> None:
    async def work(services: Services, caller: Caller, chosen: UUID) -> Answer:
        return await act(services, caller, chosen, NO_KEY, rendered(replies.lead))

    _told(read(for_lead(lead_id, work)), json=json)


def _told(shown: Body, *, json: bool) -> None:
    if json:
        as_json(shown)
    else:
        _print(shown)


def _print(shown: Body) -> None:
    why = f" ({shown['reason']})" if shown["reason"] else ""
    who = f"{shown['first_name']} {shown['last_name']}, {shown['company']}"
    stdout.print(f"{shown['id']}  step {shown['step']} {shown['state']}{why}  {who}", markup=False)
