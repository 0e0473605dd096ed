"""``overture account`` and ``overture key``."""

import typer

from overture.cli.output import JSON, as_json, stdout, table
from overture.cli.session import parse_id, run
from overture.domain.accounts import Mode, Scope, Tier, Unit
from overture.usecases import accounts

account = typer.Typer(help="Accounts, credits and tiers.", no_args_is_help=True)
key = typer.Typer(help="API keys of an account.", no_args_is_help=True)

ACCOUNT_ID = typer.Argument(help="The account's id.", metavar="ACCOUNT_ID")


@account.command("create")
def create(
    name: str = typer.Argument(help="A name for people."),
    credits: int = typer.Option(0, "--credits", help="Monthly allowance of messages."),
    actions: int = typer.Option(0, "--actions", help="Monthly allowance of LinkedIn actions."),
    tier: Tier = typer.Option(Tier.TESTING, "--tier", help="Which rate limits apply."),
    note_limit: int | None = typer.Option(
        None,
        "--note-limit",
        min=100,
        max=300,
        help="Characters of an invitation note: 200 for a free LinkedIn account.",
    ),
    test: bool = typer.Option(False, "--test", help="In test mode, for good: nothing of it is ever in earnest."),
    json: bool = JSON,
) -> None:
    """Create an account with a key and a webhook secret, both shown this once."""
    mode = Mode.TEST if test else Mode.LIVE
    made = run(
        lambda s: accounts.create(
            s, name, credits=credits, actions=actions, tier=tier, note_limit=note_limit, mode=mode
        )
    )
    if json:
        as_json(made)
        return
    stdout.print(f"account         {made.account_id}\nAPI key         {made.api_key}", markup=False)
    stdout.print(f"webhook secret  {made.webhook_secret}", markup=False)
    stdout.print("Key and secret are not shown again.")


@account.command("list")
def list_(json: bool = JSON) -> None:
    """List all accounts."""
    rows = run(accounts.list_accounts)
    if json:
        as_json(rows)
    else:
        table(rows, ("id", "name", "mode", "tier", "created_at"), "No account yet: overture account create NAME")


@account.command("credits")
def credits_(
    account_id: str = ACCOUNT_ID,
    add: int = typer.Option(0, "--add", min=0, help="Add a bundle."),
    unit: Unit = typer.Option(Unit.MESSAGES, "--unit", help="Of messages to write, or of LinkedIn actions."),
    json: bool = JSON,
) -> None:
    """Show an account's credits, or add some."""
    chosen = parse_id(account_id)
    if add:
        balance = run(lambda s: accounts.add_credits(s, chosen, add, unit))
    else:
        balance = run(lambda s: accounts.credits_of(s, chosen, unit))
    shown = {
        "account_id": str(chosen),
        "message_allowance": balance.allowance,
        "credits_used": balance.used,
        "remaining_credits": balance.remaining,
    }
    if json:
        as_json(shown)
    else:
        stdout.print(f"{balance.remaining} of {balance.allowance} left, {balance.used} used")


@account.command("tier")
def tier_(account_id: str = ACCOUNT_ID, tier: Tier = typer.Argument(help="The new tier."), json: bool = JSON) -> None:
    """Change an account's rate limits."""
    chosen = parse_id(account_id)
    run(lambda s: accounts.set_tier(s, chosen, tier))
    if json:
        as_json({"account_id": str(chosen), "tier": tier})
    else:
        stdout.print(f"{chosen} is on tier {tier}")


@key.command("create")
def key_create(
    account_id: str = ACCOUNT_ID,
    scope: Scope = typer.Option(Scope.GENERATION, "--scope", help="What the key opens."),
    json: bool = JSON,
) -> None:
    """Create a further key, shown this once."""
    made = run(lambda s: accounts.create_key(s, parse_id(account_id), scope))
    if json:
        as_json(made)
    else:
        stdout.print(f"key id   {made.key_id}\nAPI key  {made.api_key}\nThe key is not shown again.", markup=False)


@key.command("list")
def key_list(account_id: str = ACCOUNT_ID, json: bool = JSON) -> None:
    """List an account's keys."""
    rows = run(lambda s: accounts.list_keys(s, parse_id(account_id)))
    if json:
        as_json(rows)
    else:
        table(rows, ("key_id", "last4", "scope", "created_at", "last_used_at", "revoked_at"), "No key.")


@key.command("revoke")
def key_revoke(key_id: str = typer.Argument(help="The key's id.", metavar="KEY_ID"), json: bool = JSON) -> None:
    """Revoke a key: it is refused everywhere within a second."""
    run(lambda s: accounts.revoke_key(s, key_id))
    if json:
        as_json({"key_id": key_id, "revoked": True})
    else:
        stdout.print(f"{key_id} is revoked")
