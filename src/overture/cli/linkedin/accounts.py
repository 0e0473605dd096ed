"""``overture linkedin accounts``: what there is, budgets, actions, settings."""

from datetime import time

import typer

from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, stdout, table
from overture.cli.session import parse_id, run
from overture.domain.linkedin.budgets import MemberPlan, WorkingHours
from overture.usecases.linkedin import accounts as cases
from overture.usecases.linkedin import budgets as limits
from overture.usecases.linkedin.budgets import Wishes

accounts = typer.Typer(help="LinkedIn accounts, their budgets and actions.", no_args_is_help=True)

LINKEDIN_ID = typer.Argument(help="The LinkedIn account's id.", metavar="LINKEDIN_ID")


@accounts.command("list")
def list_(
    account: str | None = typer.Option(None, "--account", help="Only this customer's."),
    json: bool = JSON,
) -> None:
    """List LinkedIn accounts with their state."""
    rows = run(lambda s: cases.list_accounts(s, parse_id(account) if account else None))
    if json:
        as_json(rows)
    else:
        table(rows, ("id", "name", "rail", "state", "plan", "paused_until", "reason"), "No LinkedIn account.")


@accounts.command("show")
def show(linkedin_id: str = LINKEDIN_ID, json: bool = JSON) -> None:
    """Show an account's state and budgets."""
    chosen = parse_id(linkedin_id)
    view = run(lambda s: cases.show(s, chosen))
    budgets = run(lambda s: limits.budgets(s, chosen))
    if json:
        as_json({"account": view, "budgets": budgets})
        return
    stdout.print(f"{view.name}  {view.profile_url}\n{view.rail}, {view.state} {view.reason}", markup=False)
    for item in budgets:
        windows = ((name, getattr(item.spent, name), getattr(item.cap, name)) for name in ("day", "week", "month"))
        text = ", ".join(f"{used} of {most} a {name}" for name, used, most in windows if most is not None)
        stdout.print(f"  {item.budget}: {text or 'no limit'}", markup=False)


@accounts.command("actions")
def actions(
    linkedin_id: str = LINKEDIN_ID, limit: int = typer.Option(100, "--limit", min=1, max=1000), json: bool = JSON
) -> None:
    """List an account's newest actions and what came of them."""
    rows = run(lambda s: cases.list_actions(s, parse_id(linkedin_id), limit))
    if json:
        as_json(rows)
    else:
        table(rows, ("id", "name", "target", "state", "intended_at", "detail"), "No action.")


@accounts.command("resume")
def resume(linkedin_id: str = LINKEDIN_ID, json: bool = JSON) -> None:
    """Let a restricted account act again, once you have looked at it on LinkedIn."""
    chosen = parse_id(linkedin_id)
    run(lambda s: cases.resume(s, chosen))
    if json:
        as_json({"linkedin_account_id": str(chosen), "resumed": True})
    else:
        stdout.print(f"{chosen} may act again")


def _caps(given: list[str]) -> dict[str, dict[str, int | None]] | None:
    """Read ``invites.day=15``; ``none`` takes a cap away."""
    caps: dict[str, dict[str, int | None]] = {}
    for text in given:
        name, _, value = text.partition("=")
        budget, _, window = name.partition(".")
        if not window or not (value == "none" or value.isdigit()):
            fail(f"--cap {text!r} is not of the form invites.day=15", code=2)
        caps.setdefault(budget, {})[window] = None if value == "none" else int(value)
    return caps or None


def _hours(text: str | None, zone: str, days: str) -> WorkingHours | None:
    if text is None:
        return None
    begins, _, ends = text.partition("-")
    try:
        chosen = frozenset(int(day) for day in days.split(","))
        return WorkingHours(zone, time.fromisoformat(begins), time.fromisoformat(ends), chosen)
    except ValueError:
        fail("--hours is of the form 09:00-18:00, --days of the form 0,1,2,3,4", code=2)


@accounts.command("set")
def set_(
    linkedin_id: str = LINKEDIN_ID,
    plan: MemberPlan | None = typer.Option(None, "--plan", help="What the member pays LinkedIn for."),
    cap: list[str] = typer.Option([], "--cap", help="Such as invites.day=15 or notes.month=none; repeat for more."),
    ramp: bool | None = typer.Option(None, "--ramp/--no-ramp", help="Begin with a part of the caps."),
    hours: str | None = typer.Option(None, "--hours", help="Such as 09:00-18:00: no action outside them."),
    zone: str = typer.Option("UTC", "--zone", help="Their time zone, such as Europe/Paris."),
    days: str = typer.Option("0,1,2,3,4", "--days", help="Their days, Monday is 0."),
    json: bool = JSON,
) -> None:
    """Set an account's plan, caps, ramp-up and working hours."""
    chosen = parse_id(linkedin_id)
    wishes = Wishes(plan, _caps(cap), ramp, _hours(hours, zone, days))
    run(lambda s: limits.choose(s, chosen, wishes))
    if json:
        as_json({"linkedin_account_id": str(chosen), "set": True})
    else:
        stdout.print(f"{chosen} is set")
