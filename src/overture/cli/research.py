"""``overture research``: what is kept of the web, and purging it."""

import typer

from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, stdout, table
from overture.cli.session import run
from overture.store.pages import Choice
from overture.usecases import pages

research = typer.Typer(help="What is kept of pages that were read.", no_args_is_help=True)

_URL = typer.Option(None, "--url", help="This address, asked for or read.")
_HOST = typer.Option(None, "--host", help="Addresses of this host and its subdomains.")
_EXPIRED = typer.Option(False, "--expired", help="Only what has expired.")


@research.command("list")
def list_(
    url: str | None = _URL,
    host: str | None = _HOST,
    expired: bool = _EXPIRED,
    limit: int = typer.Option(100, "--limit", min=1, max=10_000),
    json: bool = JSON,
) -> None:
    """List what is kept, newest first."""
    found = run(lambda s: pages.kept(s, Choice(url, host, expired), limit))
    if json:
        as_json({"sources": found})
    else:
        table(found, ("kind", "state", "url", "expires_at", "size", "reason"), "Nothing is kept.")


@research.command("purge")
def purge(
    url: str | None = _URL,
    host: str | None = _HOST,
    company: str | None = typer.Option(None, "--company", help="A company whose site was looked up by name."),
    expired: bool = _EXPIRED,
    json: bool = JSON,
) -> None:
    """Delete what is kept; it is read again when a request needs it."""
    if company is not None and (url or host or expired):
        fail("--company stands alone", code=2)
    if company is not None:
        done = run(lambda s: pages.purge_company(s, company))
    else:
        done = run(lambda s: pages.purge(s, Choice(url, host, expired)))
    if json:
        as_json(done)
    else:
        stdout.print(f"{len(done.purged)} purged, {len(done.in_work)} being read and left", markup=False)
        if done.more:
            stdout.print("There is more: run it again.", markup=False)
