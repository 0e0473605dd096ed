"""The end of ``overture demo``: a campaign of 50 leads is ordered by commands and rehearsed; its report is written."""

import csv
import functools
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path
from typing import Any

from overture.cli.demonstration import Quiet, command, served
from overture.cli.failures import fail
from overture.cli.output import stdout

LEADS = 50
DAYS = 60
REPORT = Path("rehearsal-demo.html")

HEADS = ("Alder", "Birch", "Clover", "Elder", "Fern")
TAILS = ("brook", "field", "holm", "mere", "wick")
TEMPLATES = (("harbourlight", "Harbourlight Freight", "Freight"), ("millbrook", "Millbrook Looms", "Looms"))
PEOPLE = (("Ada", "CFO"), ("Ben", "Operations Manager"))
"""Two leads of each company."""

SURNAMES = ("Ashe", "Brand", "Cole", "Dunn", "Ellis", "Frost", "Grant", "Hale", "Irwin", "Joyce")
SEQUENCE = (
    ("connection_request", "1d 0h"),
    ("stage_ambition", "3d 0h"),
    ("share_material", "4d 0h"),
    ("hiring_activity", "5d 0h"),
    ("first_follow_up", "0d 0h"),
)


class _Renamed(Quiet):
    """Serves a fictional company's pages under another fictional name."""

    def __init__(self, *arguments: Any, names: tuple[str, str], **more: Any) -> None:
        self._names = names
        super().__init__(*arguments, **more)

    def do_GET(self) -> None:  # noqa: N802  # the library's name
        """Answer with the page, the name replaced."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body = file.read_text(encoding="utf-8").replace(*self._names).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def rehearse(root: Path, sites: Path, environ: dict[str, str], account_id: str, proposition: str) -> None:
    """Order a campaign by commands, rehearse it, and show what came of it. Nothing is sent."""
    stdout.print("\nA campaign of 50 leads, rehearsed on a simulated LinkedIn before anything is sent", style="bold")
    with ExitStack() as stack:
        companies: list[tuple[str, str]] = []
        for number, name in enumerate(head + tail for tail in TAILS for head in HEADS):
            template, old, trade = TEMPLATES[number % len(TEMPLATES)]
            new = f"{name} {trade}"
            handler = functools.partial(_Renamed, directory=str(sites / template), names=(old, new))
            companies.append((new, stack.enter_context(served(handler))))
        campaign_id = _order(root, environ, account_id, proposition, companies)
        arguments = ["rehearse", campaign_id, "--days", str(DAYS), "--html", str(REPORT)]
        sys.stdout.flush()
        done = subprocess.run([sys.executable, "-m", "overture", *arguments], env=environ, check=False)  # noqa: S603
    if done.returncode:
        fail("the rehearsal found something wrong")


def _order(
    root: Path, environ: dict[str, str], account_id: str, proposition: str, companies: Sequence[tuple[str, str]]
) -> str:
    profile = "https://www.linkedin.com/in/charlie-example"
    sender = command(environ, "linkedin", "connect", account_id, "--rail", "assisted", "--profile-url", profile,
                     "--name", "Charlie Example")["linkedin_account_id"]  # fmt: skip
    command(environ, "linkedin", "accounts", "set", sender, "--plan", "premium", "--no-ramp")
    order = {
        "name": "Spring",
        "proposition_company_name": "Ledgerly",
        "proposition_company_url": f"{proposition}/",
        "material_link": f"{proposition}/case.html",
        "hiring_location": "gb",
        "signoff_name": "Charlie",
        "senders": [sender],
        "message_sequence": [{"messageType": kind, "wait_time_after": wait} for kind, wait in SEQUENCE],
        "approval": "all",
        "hours": {"zone": "Europe/London", "begins": "09:00", "ends": "17:00", "days": [0, 1, 2, 3, 4]},
    }
    (root / "order.json").write_text(json.dumps(order), encoding="utf-8")
    (root / "leads.csv").write_text(_leads(companies), encoding="utf-8")
    made = command(environ, "campaign", "create", str(root / "order.json"), "--account", account_id)
    added = command(environ, "campaign", "import", made["id"], str(root / "leads.csv"))
    stdout.print(f"Ordered as a draft, {added['added']} leads imported from CSV.", markup=False)
    return str(made["id"])


def _leads(companies: Sequence[tuple[str, str]]) -> str:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("first_name", "last_name", "company", "job_title", "linkedin", "company_website_url"))
    for number in range(LEADS):
        company, site = companies[number % len(companies)]
        first, title = PEOPLE[number // len(companies)]
        last = SURNAMES[number % len(SURNAMES)]
        profile = f"https://www.linkedin.com/in/{first}-{last}-{number}-example".lower()
        rows.writerow((first, last, company, title, profile, f"{site}/"))
    return text.getvalue()
