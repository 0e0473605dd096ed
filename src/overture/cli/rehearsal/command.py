"""``overture rehearse``: arguments in, a rehearsal run, its report out."""

import re
import secrets
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from overture.bootstrap import database_url, open_services
from overture.bootstrap.rehearsal import Reading, open_stage
from overture.cli.failures import fail
from overture.cli.output import JSON
from overture.cli.rehearsal import building, showing
from overture.cli.rehearsal.building import Script
from overture.cli.rehearsal.judging import judge
from overture.cli.rehearsal.running import FAULTS, Run
from overture.cli.rehearsal.showing import Rehearsed
from overture.cli.serve import run_loop, spare_collector
from overture.cli.session import parse_id
from overture.domain.errors import Invalid
from overture.settings import Settings, load
from overture.store import scratch
from overture.telemetry import logs
from overture.usecases.campaigns import rehearsed, rehearsing
from overture.usecases.campaigns.rehearsing import Original
from overture.usecases.services import Services

PREFIX = "overture_rehearsal_"
MOST_DAYS = 120


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for. ``name`` is the database's; ``going_on``: it is there already."""

    campaign_id: UUID
    name: str
    going_on: bool
    days: int
    seed: int
    faults: tuple[str, ...]
    unlimited: bool
    reading: Reading
    starts: datetime | None
    keep: bool
    speed: float | None


def rehearse(
    campaign: Annotated[str, typer.Argument(help="The campaign's id.")],
    speed: Annotated[
        str, typer.Option("--speed", help="'max', or how many simulated seconds pass in one at most, as 3600.")
    ] = "max",
    days: Annotated[int, typer.Option("--days", min=1, max=MOST_DAYS, help="Simulated days at most.")] = MOST_DAYS,
    seed: Annotated[int, typer.Option("--seed", help="Another seed: other people, who answer otherwise.")] = 1,
    faults: Annotated[
        str, typer.Option("--faults", help="What goes wrong: none, all, or kinds, with commas between.")
    ] = "none",
    credits: Annotated[
        str, typer.Option("--credits", help="'account': as many as the account has; 'unlimited'.")
    ] = "account",
    offline: Annotated[bool, typer.Option("--offline", help="Read no page that was not read before.")] = False,
    model: Annotated[
        bool, typer.Option("--model", help="Write with the language model; it costs what it costs.")
    ] = False,
    starts: Annotated[
        str, typer.Option("--starts", help="When it begins, as 2026-09-21T08:00 in UTC; default: now.")
    ] = "",
    going_on: Annotated[str, typer.Option("--continue", help="Go on with the rehearsal of this name.")] = "",
    name: Annotated[str, typer.Option("--name", help="A name to continue it by; default: a random one.")] = "",
    keep: Annotated[bool, typer.Option("--keep", help="Do not drop the rehearsal's database at the end.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Where the report goes.")] = None,
    json: bool = JSON,
) -> None:
    """Run a campaign to its end on a simulated LinkedIn, and show what came of it. Nothing real is sent."""
    chosen = _name(going_on or name or secrets.token_hex(4))
    wishes = Wishes(
        parse_id(campaign),
        PREFIX + chosen,
        bool(going_on),
        days,
        seed,
        _kinds(faults),
        _unlimited(credits),
        Reading(offline, model),
        _moment(starts),
        keep,
        _speed(speed),
    )
    settings = load()
    logs.set_up("warning" if settings.log_level == "info" else settings.log_level)
    sys.stderr.write(f"rehearsal {chosen}\n")
    spare_collector()
    done = run_loop(_rehearse(settings, wishes))
    path = html or Path(f"rehearsal-{chosen}.html")
    path.write_text(done.page, encoding="utf-8")
    showing.show(done, path, json=json)
    if not done.verdict.clean:
        raise typer.Exit(1)


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]{1,30}", text):
        fail(f"{text!r} is no name of a rehearsal: up to 30 small letters and digits", code=2)
    return text


def _speed(text: str) -> float | None:
    if text == "max":
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        fail("a speed is 'max' or a whole number", code=2)
    return float(text)


def _kinds(text: str) -> tuple[str, ...]:
    known = [kind.value for kind in FAULTS]
    if text == "all":
        return tuple(known)
    wanted = [] if text == "none" else text.split(",")
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        fail(f"there is no fault {unknown[0]!r}: {', '.join(known)}", code=2)
    return tuple(wanted)


def _unlimited(text: str) -> bool:
    if text not in {"account", "unlimited"}:
        fail("credits are 'account' or 'unlimited'", code=2)
    return text == "unlimited"


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return building.rounded(datetime.fromisoformat(text).replace(tzinfo=UTC))
    except ValueError:
        fail(f"{text!r} is no time such as 2026-09-21T08:00", code=2)


async def _rehearse(settings: Settings, wishes: Wishes) -> Rehearsed:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(database_url(settings))
        real = await stack.enter_async_context(open_services(settings, url))
        original = await rehearsing.read(real, wishes.campaign_id, real.clock.now())
        if wishes.going_on and not await scratch.exists(url, wishes.name):
            raise Invalid([f"there is no rehearsal {wishes.name.removeprefix(PREFIX)}"])
        if not wishes.going_on:
            if await scratch.exists(url, wishes.name):
                raise Invalid(["a rehearsal of this name is there already: --continue goes on with it"])
            await scratch.create(url, wishes.name)
        done = await _on_stage(settings, url, wishes, real, original)
        if not wishes.keep:
            await scratch.drop(url, wishes.name)
        return done


async def _on_stage(settings: Settings, url: str, wishes: Wishes, real: Services, original: Original) -> Rehearsed:
    """Build the stage, unless it is there; run; look at what came of it."""
    known = await _known(settings, url, wishes) if wishes.going_on else None
    if wishes.going_on and known is None:  # it was killed while it was built
        await scratch.drop(url, wishes.name)
        await scratch.create(url, wishes.name)
    reading = Reading(known.offline, known.model) if known else wishes.reading
    async with open_stage(settings, url, wishes.name, reading) as stage:
        script = known or await building.build(real, stage, original, _script(real, wishes, original))
        progress = showing.Progress(script)
        standing = await Run(stage, script, progress, wishes.speed).to_the_end()
        progress.end()
        rules = await rehearsed.rules(stage.services, script.campaign_id, script.seats)
        verdict = await judge(stage, rules, script.began)
        return await showing.gather(stage, script, standing, verdict)


async def _known(settings: Settings, url: str, wishes: Wishes) -> Script | None:
    async with open_stage(settings, url, wishes.name, wishes.reading) as stage:
        text = await rehearsing.script_of(stage.services)
    script = building.decode(text) if text else None
    if script is not None and script.campaign_id != wishes.campaign_id:
        raise Invalid(["the rehearsal of this name is another campaign's"])
    return script


def _script(real: Services, wishes: Wishes, original: Original) -> Script:
    return Script(
        campaign_id=original.id,
        account_id=original.account_id,
        campaign=original.name,
        leads=original.leads,
        credits=None if wishes.unlimited else original.credits,
        seed=wishes.seed,
        days=wishes.days,
        began=wishes.starts or building.rounded(real.clock.now()),
        faults=wishes.faults,
        offline=wishes.reading.offline,
        model=wishes.reading.model,
    )
