"""``overture audit``, ``doctor``, ``migrate`` and ``secrets``: an operator's checks and chores."""

import asyncio
import sys
from dataclasses import dataclass, replace

import typer

from overture.bootstrap import database_url, open_services
from overture.bootstrap.llm import try_model
from overture.bootstrap.rails import rail_problems
from overture.cli.output import JSON, as_json, stdout, table
from overture.cli.session import run
from overture.domain.errors import OvertureError
from overture.settings import BadSetting, Settings, load, secret_keys
from overture.store import embedded
from overture.telemetry import logs
from overture.usecases import accounts, health
from overture.usecases import audit as audits
from overture.usecases.linkedin import accounts as linkedin
from overture.usecases.services import Services

secrets = typer.Typer(help="The keys that seal secrets at rest.", no_args_is_help=True)


def audit(json: bool = JSON) -> None:
    """Check the invariants over the database; exit 1 and list the breaches where one is broken."""
    findings = run(audits.check)
    broken = [f for f in findings if f.breaches]
    if json:
        as_json({"ok": not broken, "invariants": findings})
    else:
        for finding in findings:
            mark = f"BROKEN ({len(finding.breaches)})" if finding.breaches else "holds"
            stdout.print(f"{finding.number:4} {mark:12} {finding.name}", markup=False)
            for breach in finding.breaches[:20]:
                stdout.print(f"       {breach}", markup=False)
    sys.exit(1 if broken else 0)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the doctor looked at."""

    name: str
    ok: bool
    detail: str


def doctor(json: bool = JSON) -> None:
    """Check settings, database, migrations, queue, keys and outbound access; exit 1 where something is wrong."""
    checks = asyncio.run(_examine())
    if json:
        as_json({"ok": all(c.ok for c in checks), "checks": checks})
    else:
        table(checks, ("name", "ok", "detail"), "Nothing to check.")
    sys.exit(0 if all(c.ok for c in checks) else 1)


async def _examine() -> list[Check]:
    try:
        settings = load()
    except BadSetting as error:
        return [Check("settings", ok=False, detail=str(error))]
    logs.set_up("error")
    checks = [Check("settings", ok=True, detail=f"data in {settings.data_dir}"), _keys(settings)]
    if not settings.database_url:
        state = embedded.status(settings.data_dir / "postgresql")
        checks.append(Check("embedded server", ok=True, detail=str(state)))
    try:
        async with database_url(settings) as url, open_services(settings, url, migrating=False) as services:
            problems = await health.ready(services)
            checks.append(Check("database", ok=True, detail="answers"))
            checks.append(Check("migrations", ok=not problems, detail="; ".join(problems) or "applied"))
            if not problems:
                depth = await health.queue_depth(services)
                detail = f"{depth.queued} queued, oldest {depth.oldest_seconds:.0f} s, {depth.failed} failed"
                checks.append(Check("queue", ok=depth.oldest_seconds < 60, detail=detail))
    except OvertureError as error:
        checks.append(Check("database", ok=False, detail=str(error)))
    checks.append(_outbound(settings))
    if settings.llm_provider is not None:
        checks.append(await _model(settings))
    checks.append(_linkedin(settings))
    return checks


async def _model(settings: Settings) -> Check:
    """Ask the model one short question, without trying again."""
    try:
        return Check("language model", ok=True, detail=await try_model(replace(settings, llm_retries=0)))
    except OvertureError as error:
        return Check("language model", ok=False, detail=str(error))


def _keys(settings: Settings) -> Check:
    try:
        count = len(secret_keys(settings))
    except (BadSetting, OvertureError) as error:
        return Check("sealing keys", ok=False, detail=str(error))
    where = "OVERTURE_SECRET_KEYS" if settings.secret_keys else str(settings.secret_key_file)
    return Check("sealing keys", ok=True, detail=f"{count} from {where}")


def _outbound(settings: Settings) -> Check:
    if settings.allow_private_networks:
        networks = ", ".join(str(n) for n in settings.allow_private_networks)
        return Check("outbound access", ok=True, detail=f"public addresses, and on purpose {networks}")
    return Check("outbound access", ok=True, detail="public addresses only")


def _linkedin(settings: Settings) -> Check:
    """Look at the settings of the ways to LinkedIn; nothing is called."""
    problems = rail_problems(settings)
    detail = f"new accounts get the rail {settings.linkedin_rail}"
    return Check("linkedin rails", ok=not problems, detail="; ".join(problems) or detail)


def migrate(json: bool = JSON) -> None:
    """Bring the schema up to date; every process that serves or works does the same at its start."""
    problems = run(health.ready)
    if json:
        as_json({"ok": not problems, "problems": problems})
    else:
        stdout.print("; ".join(problems) or "The schema is up to date.", markup=False)


async def _reseal(services: Services) -> int:
    return await accounts.reseal_secrets(services) + await linkedin.reseal(services)


@secrets.command("reseal")
def reseal(json: bool = JSON) -> None:
    """Seal every stored secret with the first key; then the keys after it can be removed."""
    count = run(_reseal)
    if json:
        as_json({"resealed": count})
    else:
        stdout.print(f"{count} secrets sealed anew")
