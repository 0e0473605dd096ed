"""``overture console``: who may sign in, and whether the log of what people did is whole."""

import typer

from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, stdout, table
from overture.cli.session import parse_id, run
from overture.domain.console import LINK, Role
from overture.settings import load
from overture.usecases import auditlog
from overture.usecases.console import people

console = typer.Typer(help="People of the console.", no_args_is_help=True)

_FIELDS = ("id", "email", "name", "role", "created_at", "disabled_at")


def _address(token: str) -> str:
    settings = load()
    base = (settings.public_url or "").rstrip("/") or f"http://{settings.host}:{settings.port}"
    return f"{base}/console/welcome/{token}"


@console.command("invite")
def invite(
    email: str = typer.Argument(help="The person's e-mail address.", metavar="EMAIL"),
    role: Role = typer.Option(Role.OWNER, "--role", help="What the person may do."),
    name: str = typer.Option("", "--name", help="The person's name."),
    json: bool = JSON,
) -> None:
    """Add a person, or give one that is there a new link: it lets them choose a password, once, within a day."""
    token = run(lambda services: people.invite(services, auditlog.CLI, email, name, role))
    url = _address(token)
    if json:
        as_json({"email": email, "role": role, "url": url, "path": f"/console/welcome/{token}"})
    else:
        stdout.print(f"Open within {int(LINK.total_seconds() / 3600)} hours: {url}", markup=False)


@console.command("people")
def listed(json: bool = JSON) -> None:
    """List everybody who may sign in."""
    found = run(people.people)
    if json:
        as_json([{name: getattr(one, name) for name in _FIELDS} for one in found])
    else:
        table(found, _FIELDS, "Nobody can sign in yet.")


@console.command("role")
def role(
    user_id: str = typer.Argument(metavar="USER_ID"),
    role: Role = typer.Argument(help="The new role."),
) -> None:
    """Change what a person may do; the last owner stays one."""
    run(lambda services: people.change_role(services, auditlog.CLI, parse_id(user_id), role))


@console.command("disable")
def disable(user_id: str = typer.Argument(metavar="USER_ID")) -> None:
    """Shut a person out; their sessions end at once."""
    run(lambda services: people.set_disabled(services, auditlog.CLI, parse_id(user_id), disabled=True))


@console.command("enable")
def enable(user_id: str = typer.Argument(metavar="USER_ID")) -> None:
    """Let a person in again."""
    run(lambda services: people.set_disabled(services, auditlog.CLI, parse_id(user_id), disabled=False))


@console.command("log")
def log(
    limit: int = typer.Option(50, "--limit", min=1, max=1000, help="How many."),
    verify: bool = typer.Option(False, "--verify", help="Check that no entry was changed, removed or reordered."),
    json: bool = JSON,
) -> None:
    """Show what people did, newest first."""
    if verify:
        try:
            count, head = run(auditlog.verify)
        except ValueError as error:
            fail(str(error))
        as_json({"entries": count, "head": head}) if json else stdout.print(f"{count} entries, whole; head {head}")
        return
    found = run(lambda services: auditlog.entries(services, None, limit))
    as_json(found) if json else table(found, ("id", "at", "actor", "action", "object", "detail"), "Nothing yet.")
