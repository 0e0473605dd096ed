"""A campaign to be rehearsed: fictional companies on loopback, LinkedIn accounts, leads; and running it under kills."""

import itertools
import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as wall
from importlib import resources
from pathlib import Path
from uuid import UUID, uuid4

from overture.domain.accounts import Tier, Unit
from overture.domain.campaigns.companies import company_hash
from overture.domain.campaigns.definition import Approval, CampaignStep, Definition
from overture.domain.campaigns.states import CampaignState
from overture.domain.linkedin.budgets import WorkingHours
from overture.domain.linkedin.people import person_hash
from overture.domain.messages import MessageType
from overture.store import accounts, ledger
from overture.store.campaigns import leads, orders
from overture.store.campaigns.leads import CampaignLead
from overture.store.campaigns.orders import Campaign
from overture.store.db import Database

STEPS = (
    CampaignStep(MessageType.CONNECTION_REQUEST, timedelta(hours=20)),
    CampaignStep(MessageType.STAGE_AMBITION, timedelta(days=3)),
    CampaignStep(MessageType.SHARE_MATERIAL, timedelta(days=4)),
    CampaignStep(MessageType.HIRING_ACTIVITY, timedelta(days=5)),
    CampaignStep(MessageType.FIRST_FOLLOW_UP),
)
BERLIN = WorkingHours("Europe/Berlin", wall(9), wall(18), frozenset(range(5)))
TITLES = ("CFO", "Head of Logistics", "Operations Manager", "Finance Director", "Managing Director", "Controller")
FIRST = ("Ada", "Ben", "Clara", "David", "Edith", "Frank", "Grace", "Henry", "Irene", "John")
_HEADS = "Alder Ash Beech Birch Briar Cedar Clover Elder Fern Hazel Heath Holly Laurel Linden Maple Oak Pine Reed Rowan"
_TAILS = "bridge brook dale field ford gate holm hurst lea mere ridge ton wick wold worth"
_TRADES = {"harbourlight": ("Harbourlight Freight", "Freight"), "millbrook": ("Millbrook Looms", "Looms")}


@dataclass(frozen=True, slots=True)
class Company:
    """A fictional company with its pages in a directory."""

    name: str
    directory: Path


def companies(root: Path, count: int) -> list[Company]:
    """Write the pages of fictional companies: those of the package, under other names."""
    made: list[Company] = []
    sites = Path(str(resources.files("overture.cli").joinpath("sites")))
    names = (f"{head}{tail}" for tail, head in itertools.product(_TAILS.split(), _HEADS.split()))
    for number, name in zip(range(count), names, strict=False):
        template = list(_TRADES)[number % len(_TRADES)]
        old, trade = _TRADES[template]
        directory = root / f"company-{number}"
        directory.mkdir(parents=True)
        for page in (sites / template).glob("*.html"):
            (directory / page.name).write_text(page.read_text().replace(old, f"{name} {trade}"))
        made.append(Company(f"{name} {trade}", directory))
    return made


@dataclass(frozen=True, slots=True)
class Wanted:
    """A campaign: how large, by how many premium accounts, and under which choices."""

    leads: int
    senders: int
    hours: WorkingHours = BERLIN
    steps: tuple[CampaignStep, ...] = STEPS
    ramp: bool = False
    approval: Approval = Approval.NONE


async def make(database: Database, wanted: Wanted, proposition: str, sites: list[tuple[str, str]]) -> UUID:
    """Add an account, LinkedIn accounts and a campaign in draft whose leads work at ``sites`` (name, address)."""
    now = datetime.now(UTC)
    async with database.transaction() as tx:
        account_id = await accounts.add(tx, "rehearsed", Tier.SCALE, None)
        await ledger.open_balances(tx, account_id, dict.fromkeys(Unit, 10 * wanted.leads))
        senders = [uuid4() for _ in range(wanted.senders)]
        for number, linkedin_id in enumerate(senders):
            await tx.execute(
                "INSERT INTO linkedin_account (id, account_id, rail, login, country, state, session, profile_url, name,"
                " plan, ramp, connected_at)"
                " VALUES ($1, $2, 'assisted', $3, 'DE', 'connected', '\\x00', $4, $5, 'premium', $6, $7)",
                linkedin_id,
                account_id,
                linkedin_id.bytes * 2,
                f"https://www.linkedin.com/in/sender-{number}",
                f"Sender {number}",
                wanted.ramp,
                now - timedelta(days=3 if wanted.ramp else 90),
            )
        definition = Definition(
            proposition_company_name="Ledgerly",
            proposition_company_url=f"{proposition}/",
            steps=wanted.steps,
            senders=tuple(senders),
            signoff_name="Charlie",
            material_link=f"{proposition}/case.html",
            hiring_location="GB",
            approval=wanted.approval,
            hours=wanted.hours,
        )
        campaign = Campaign(uuid4(), account_id, "", "A long one", CampaignState.DRAFT, "", definition, 0, now)
        await orders.insert(tx, campaign)
    for start in range(0, wanted.leads, 1_000):
        batch = [_lead(campaign, n, *sites[n % len(sites)]) for n in range(start, min(start + 1_000, wanted.leads))]
        async with database.transaction() as tx:
            await leads.add(tx, batch, now)
    return campaign.id


def _lead(campaign: Campaign, number: int, company: str, site: str) -> CampaignLead:
    profile = f"https://www.linkedin.com/in/lead-{number}"
    return CampaignLead(
        id=uuid4(),
        campaign_id=campaign.id,
        account_id=campaign.account_id,
        place=number,
        key=f"lead-{number}",
        person=person_hash(campaign.account_id, profile),
        # More companies than sites: with a few hundred, one reply each would hold nearly everybody.
        company_hash=company_hash(campaign.account_id, f"{company} {number // 3}"),
        linkedin=profile,
        first_name=FIRST[number % len(FIRST)],
        last_name=f"Example{number}",
        company=company,
        job_title=TITLES[number % len(TITLES)],
        company_website_url=f"{site}/",
    )


@dataclass(frozen=True, slots=True)
class Killed:
    """A rehearsal that was killed on its way. ``report`` is what it printed at its end."""

    kills: int
    code: int
    report: dict[str, object]


def rehearse_under_kills(
    environment: dict[str, str], command: list[str], log: Path, dice: random.Random, kills: int, within: float
) -> Killed:
    """Run ``overture rehearse COMMAND``; kill it up to ``kills`` times, each within so many seconds of its going on.

    ``command`` holds a ``--name``, by which it is continued.
    """
    name = command[command.index("--name") + 1]
    printed = log.with_name("printed.json")  # a file is never full while nobody reads
    again = [part for part in command if part not in {"--name", name}] + ["--continue", name]
    done = 0
    while True:
        with log.open("wb") as errors, printed.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "overture", "rehearse", *(again if done else command), "--json"],
                env=environment,
                stdout=output,
                stderr=errors,
            )
            if done < kills and _alive_after(process, log, dice.uniform(0, within)):
                process.kill()
                process.wait()
                done += 1
                continue
            process.wait()
        assert printed.stat().st_size, log.read_text()[-3000:]
        return Killed(done, process.returncode, json.loads(printed.read_bytes()))


def _alive_after(process: subprocess.Popen[bytes], log: Path, seconds: float) -> bool:
    """Wait until the rehearsal is under way, then for so long; return whether it still runs."""
    while process.poll() is None and b"day " not in log.read_bytes():
        time.sleep(0.05)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    return False
