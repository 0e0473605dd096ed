"""``overture campaign``: one module a topic; a new one is a module and one line here."""

import typer

from overture.cli.campaigns import leads, ordering

campaign = typer.Typer(help="Campaigns: a sequence run for many leads.", no_args_is_help=True)
ordering.add_to(campaign)
campaign.add_typer(leads.lead, name="lead")
campaign.command("leads")(leads.list_)
