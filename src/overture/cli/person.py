"""``overture person``: what is held about a person, and erasing it."""

import typer

from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, stdout
from overture.cli.session import parse_id, run
from overture.usecases.rights import erasing, exporting, retention
from overture.usecases.rights.naming import Named
from overture.usecases.services import Services

person = typer.Typer(help="The rights of the people that messages are about.", no_args_is_help=True)

PROFILE = typer.Argument("", help="The address of the profile, or its public id.")
ACCOUNT = typer.Option(..., "--account", help="The customer's account id.", metavar="ACCOUNT_ID")
CAMPAIGN_LEAD = typer.Option("", "--campaign-lead", help="A campaign's lead, in the place of the profile.")
REQUEST = typer.Option("", "--request", help="A request, with --lead, in the place of the profile.")
LEAD = typer.Option("", "--lead", help="The caller's id of a lead of the request.")


def _named(profile: str, campaign_lead: str, request: str, lead: str) -> Named:
    return Named(
        profile, parse_id(campaign_lead) if campaign_lead else None, parse_id(request) if request else None, lead
    )


@person.command("erase")
def erase(
    profile: str = PROFILE,
    account: str = ACCOUNT,
    campaign_lead: str = CAMPAIGN_LEAD,
    request: str = REQUEST,
    lead: str = LEAD,
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would be changed, and change nothing."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
    json: bool = JSON,
) -> None:
    """Erase a person for good, and leave them alone. There is no way back."""
    chosen = _named(profile, campaign_lead, request, lead)
    if not dry_run and not json and not yes and not typer.confirm("There is no way back. Erase this person?"):
        fail("nothing was changed", code=1)
    done = run(lambda s: erasing.erase(s, parse_id(account), chosen, dry_run=dry_run))
    if json:
        as_json(done)
        return
    for table, count in done.rows.items():
        stdout.print(f"{table:20} {count}", markup=False)
    verb = "would be changed" if dry_run else "were changed"
    stdout.print(
        f"{done.total} rows {verb}, {done.given_up} messages given up, {done.stopped} leads of campaigns stopped"
    )


@person.command("forget")
def forget(json: bool = JSON) -> None:
    """Let go of what is older than the settings keep it, now; workers do the same by themselves."""

    async def work(services: Services) -> dict[str, int]:
        gone: dict[str, int] = {}
        while found := await retention.forget(services):
            gone |= {name: gone.get(name, 0) + count for name, count in found.items()}
        return gone

    done = run(work)
    if json:
        as_json(done)
        return
    for name, count in done.items():
        stdout.print(f"{name:20} {count}", markup=False)
    stdout.print(f"{sum(done.values())} let go; what was looked through within the hour is left for the next time")


@person.command("export")
def export(
    profile: str = PROFILE,
    account: str = ACCOUNT,
    campaign_lead: str = CAMPAIGN_LEAD,
    request: str = REQUEST,
    lead: str = LEAD,
) -> None:
    """Print everything that is held about a person, as JSON."""
    chosen = _named(profile, campaign_lead, request, lead)
    as_json(run(lambda s: exporting.export(s, parse_id(account), chosen)))
