"""``overture linkedin login``, ``verify`` and ``connect``."""

import sys
import webbrowser
from uuid import UUID

import typer

from overture.bootstrap.rails import application
from overture.cli.failures import fail
from overture.cli.linkedin.callback import wait_for_code
from overture.cli.output import JSON, as_json, stderr, stdout
from overture.cli.session import parse_id, run
from overture.domain.accounts import Caller, Tier
from overture.domain.linkedin.accounts import AuthorizationCode, Password, RailName
from overture.settings import load
from overture.usecases.linkedin import signin, tasks
from overture.usecases.linkedin.signin import Challenged, SignedIn

ACCOUNT_ID = typer.Argument(help="The account's id.", metavar="ACCOUNT_ID")


def _caller(account_id: UUID) -> Caller:
    return Caller(account_id, "", Tier.TESTING)


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return typer.prompt("LinkedIn password", hide_input=True, err=True)


def _show(answer: SignedIn | Challenged, *, json: bool) -> None:
    if isinstance(answer, Challenged):
        shown = {"linkedin_account_id": str(answer.linkedin_id), "status": "challenged", "email": answer.email}
        text = f"LinkedIn has sent a code to {answer.email}: overture linkedin verify"
    else:
        shown = {"linkedin_account_id": str(answer.linkedin_id), "status": "connected", "login_token": answer.token}
        text = f"linkedin account  {answer.linkedin_id}\nlogin token       {answer.token}"
    if json:
        as_json(shown)
    else:
        stdout.print(text, markup=False)


def login(
    account_id: str = ACCOUNT_ID,
    email: str = typer.Option(..., "--email", help="The member's e-mail address on LinkedIn."),
    password_stdin: bool = typer.Option(False, "--password-stdin", help="Read the password from standard input."),
    country: str = typer.Option("FR", "--country", help="The country that the session appears from."),
    rail: RailName | None = typer.Option(None, "--rail", help="The way to LinkedIn; default: the setting's."),
    json: bool = JSON,
) -> None:
    """Sign a member in. The password is handed to the rail and never kept."""
    chosen = parse_id(account_id)
    credentials = Password(email, _password(from_stdin=password_stdin), country)
    answer = run(lambda s: signin.sign_in(s, _caller(chosen), credentials, rail))
    _show(answer, json=json)


def verify(
    account_id: str = ACCOUNT_ID,
    email: str = typer.Option(..., "--email", help="The address that signing in began with."),
    code: str = typer.Option(..., "--code", help="The code that LinkedIn sent."),
    json: bool = JSON,
) -> None:
    """Answer LinkedIn's challenge with the code that it sent."""
    chosen = parse_id(account_id)
    _show(run(lambda s: signin.verify(s, _caller(chosen), email, code)), json=json)


def connect(
    account_id: str = ACCOUNT_ID,
    rail: RailName = typer.Option(..., "--rail", help="official or assisted."),
    profile_url: str = typer.Option("", "--profile-url", help="The member's profile (assisted)."),
    name: str = typer.Option("", "--name", help="The member's name (assisted)."),
    open_browser: bool = typer.Option(True, "--browser/--no-browser", help="Open the sign-in page (official)."),
    json: bool = JSON,
) -> None:
    """Add an account without a password: by LinkedIn's own sign-in page, or for a member who acts by hand."""
    chosen = parse_id(account_id)
    if rail is RailName.ASSISTED:
        if "linkedin.com/in/" not in profile_url or not name:
            fail("--profile-url (a profile's address) and --name are needed", code=2)
        _show(run(lambda s: tasks.open_list(s, chosen, profile_url, name)), json=json)
    elif rail is RailName.OFFICIAL:
        _show(_official(chosen, open_browser=open_browser), json=json)
    else:
        fail("this rail signs in with a password: overture linkedin login", code=2)


def _official(account_id: UUID, *, open_browser: bool) -> SignedIn:
    # The adapter is loaded for this one command.
    from overture.adapters.rail_official import authorization  # noqa: PLC0415

    settings = load()
    begun = authorization(application(settings))
    stderr.print(f"Sign in at LinkedIn, in a browser on this machine:\n{begun.url}", markup=False)
    if open_browser:
        webbrowser.open(begun.url)
    code = wait_for_code(settings.linkedin_redirect_uri, begun.state)
    credentials = AuthorizationCode(code, begun.verifier, settings.linkedin_redirect_uri)
    return run(lambda s: signin.connect(s, account_id, RailName.OFFICIAL, credentials, ""), settings=settings)
