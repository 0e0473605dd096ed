"""``overture campaign``: one module a topic; a new one is a module and one line here."""

import typer

from overture.cli.campaigns import importing, leads, ordering, reporting, review

campaign = typer.Typer(help="Campaigns: a sequence run for many leads.", no_args_is_help=True)
ordering.add_to(campaign)
campaign.add_typer(leads.lead, name="lead")
campaign.command("leads")(leads.list_)
campaign.command("review")(review.review)
campaign.command("approve")(review.approve)
campaign.command("reject")(review.reject)
campaign.command("edit")(review.edit)
campaign.command("preview")(importing.preview)
campaign.command("import")(importing.import_)
campaign.command("report")(reporting.report)
campaign.command("export")(reporting.export)
