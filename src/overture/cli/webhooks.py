"""``overture webhook``: secrets, the delivery log, replay."""

import typer

from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, stdout, table
from overture.cli.session import parse_id, run
from overture.usecases import accounts, webhooks
from overture.usecases.services import Services

webhook = typer.Typer(help="Webhook secrets, deliveries and replay.", no_args_is_help=True)


@webhook.command("secret")
def secret(
    account_id: str = typer.Argument(help="The account's id.", metavar="ACCOUNT_ID"),
    rotate: bool = typer.Option(False, "--rotate", help="Make a new secret; the old one signs on for the overlap."),
    remove: bool = typer.Option(False, "--remove", help="Remove every secret: webhooks are not sent any more."),
    json: bool = JSON,
) -> None:
    """Show when the secrets in force were made, rotate them, or remove them."""
    chosen = parse_id(account_id)
    if rotate and remove:
        fail("--rotate and --remove exclude each other", code=2)
    if rotate:
        made = run(lambda s: accounts.rotate_secret(s, chosen))
        _show({"account_id": str(chosen), "webhook_secret": made}, made, json=json)
    elif remove:
        count = run(lambda s: accounts.remove_secrets(s, chosen))
        _show({"account_id": str(chosen), "removed": count}, f"{count} removed; webhooks are not sent", json=json)
    else:
        times = run(lambda s: accounts.secret_times(s, chosen))
        rows = [{"created_at": made, "retires_at": retires} for made, retires in times]
        _show({"account_id": str(chosen), "secrets": rows}, f"{len(rows)} in force", json=json)


def _show(value: object, text: str, *, json: bool) -> None:
    if json:
        as_json(value)
    else:
        stdout.print(text, markup=False)


@webhook.command("list")
def list_(
    account: str | None = typer.Option(None, "--account", help="Only this account's."),
    state: str | None = typer.Option(None, "--state", help="pending, delivered, exhausted or skipped."),
    limit: int = typer.Option(100, "--limit", min=1, max=1000),
    json: bool = JSON,
) -> None:
    """List the newest events with every attempt made."""
    chosen = parse_id(account) if account else None

    async def work(services: Services) -> list[dict[str, object]]:
        return [
            {
                "id": event.id,
                "account_id": event.account_id,
                "secure_request_id": event.request_id,
                "kind": event.kind,
                "url": event.url,
                "state": event.state,
                "triggered_at": event.triggered_at,
                "next_attempt_at": event.next_attempt_at,
                "attempts": await webhooks.attempts(services, event.id),
            }
            for event in await webhooks.list_events(services, chosen, state, limit)
        ]

    if json:
        as_json(run(work))
    else:
        events = run(lambda s: webhooks.list_events(s, chosen, state, limit))
        table(events, ("id", "state", "attempts", "triggered_at", "next_attempt_at", "url"), "No event.")


@webhook.command("replay")
def replay(
    event_ids: list[str] = typer.Argument(help="Ids of events, as `overture webhook list` shows them."),
    json: bool = JSON,
) -> None:
    """Send events once more: same id, same body, fresh signature. A running worker sends them."""
    ids = [parse_id(text) for text in event_ids]
    count = run(lambda s: webhooks.replay(s, None, ids))
    _show({"replayed": count}, f"{count} will be sent again", json=json)
