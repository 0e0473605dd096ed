"""The command tree."""

import typer

from overture import __version__
from overture.cli import (
    accounts,
    console,
    demo,
    evaluate,
    generate,
    listen,
    mcp,
    messages,
    operate,
    person,
    research,
    serve,
    webhooks,
)
from overture.cli.campaigns import campaign
from overture.cli.campaigns.inbox import inbox
from overture.cli.failures import guarded
from overture.cli.linkedin import linkedin
from overture.cli.rehearsal import command as rehearsal

app = typer.Typer(
    name="overture",
    help="Grounded LinkedIn outreach, self-hosted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(accounts.account, name="account")
app.add_typer(accounts.key, name="key")
app.add_typer(webhooks.webhook, name="webhook")
app.add_typer(messages.request, name="request")
app.add_typer(research.research, name="research")
app.add_typer(messages.message, name="message")
app.add_typer(person.person, name="person")
app.command("serve")(serve.serve)
app.command("api")(serve.api)
app.command("work")(serve.work)
app.command("demo")(demo.demo)
app.command("generate")(generate.generate)
app.command("evaluate")(evaluate.evaluate)
app.command("audit")(operate.audit)
app.command("doctor")(operate.doctor)
app.command("migrate")(operate.migrate)
app.command("listen")(listen.listen)
app.command("mcp")(mcp.mcp)
app.command("rehearse")(rehearsal.rehearse)
app.add_typer(linkedin, name="linkedin")
app.add_typer(campaign, name="campaign")
app.add_typer(inbox, name="inbox")
app.add_typer(console.console, name="console")
app.add_typer(operate.secrets, name="secrets")


def _version(show: bool) -> None:  # typer's signature
    if show:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Grounded LinkedIn outreach, self-hosted."""


def run() -> None:
    """Run a command."""
    guarded(app)
