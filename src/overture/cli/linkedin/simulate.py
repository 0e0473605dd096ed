"""``overture linkedin simulate``: the simulated LinkedIn and its clock."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import typer

from overture.bootstrap.simulation import open_simulation
from overture.cli.failures import fail
from overture.cli.output import JSON, as_json, stdout, table
from overture.settings import load
from overture.simulator.world import FaultKind, World
from overture.telemetry import logs

T = TypeVar("T")

simulate = typer.Typer(help="The simulated LinkedIn: make one, move its clock, look into it.", no_args_is_help=True)
_SPANS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _run(work: Callable[[World], Awaitable[T]]) -> T:
    settings = load()
    logs.set_up("warning" if settings.log_level == "info" else settings.log_level)

    async def session() -> T:
        async with open_simulation(settings) as world:
            return await work(world)

    return asyncio.run(session())


def _span(text: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,5})([mhdw])", text)
    if found is None:
        fail(f"{text!r} is no span such as 30m, 12h, 3d or 2w", code=2)
    return timedelta(**{_SPANS[found[2]]: int(found[1])})


@simulate.command("create")
def create(
    members: int = typer.Option(20_000, "--members", min=100, max=1_000_000),
    seed: int = typer.Option(1, "--seed", help="The same seed and size make the same world."),
    replace: bool = typer.Option(False, "--replace", help="Make it in place of the one that is there."),
    json: bool = JSON,
) -> None:
    """Make a simulated LinkedIn; its clock stands still until it is moved."""

    async def work(world: World) -> dict[str, int]:
        if await world.exists() and not replace:
            fail("there is one already: --replace makes another in its place", code=2)
        await world.create(seed, members)
        return await world.stats()

    stats = _run(work)
    if json:
        as_json(stats)
    else:
        stdout.print(", ".join(f"{count} {name}" for name, count in stats.items() if count), markup=False)


@simulate.command("enrol")
def enrol(
    number: int | None = typer.Option(None, "--member", help="The member's number; default: the next that has none."),
    premium: bool = typer.Option(False, "--premium"),
    challenged: bool = typer.Option(False, "--challenged", help="Signing in asks for a code by mail."),
    json: bool = JSON,
) -> None:
    """Give a member an account to sign in with; the password is shown this once."""
    made = _run(lambda world: world.enrol(number, premium=premium, challenged=challenged))
    if json:
        as_json(made)
    else:
        stdout.print(f"{made.name}  {made.profile_url}\nemail     {made.email}", markup=False)
        stdout.print(f"password  {made.password}", markup=False)


@simulate.command("outbox")
def outbox(email: str = typer.Option("", "--email", help="Only this address's."), json: bool = JSON) -> None:
    """Show the codes that were mailed, newest first."""
    rows = _run(lambda world: world.outbox(email))
    if json:
        as_json(rows)
    else:
        table(rows, ("at", "email", "code"), "No mail.")


@simulate.command("advance")
def advance(by: str = typer.Argument(help="How much time passes: 30m, 12h, 3d, 2w."), json: bool = JSON) -> None:
    """Let time pass; members do what they would."""
    span = _span(by)

    async def work(world: World) -> dict[str, object]:
        return {"done": await world.advance(span), "now": await world.now()}

    shown = _run(work)
    if json:
        as_json(shown)
    else:
        stdout.print(f"It is {shown['now']:%Y-%m-%d %H:%M} there; members did {shown['done']} things.", markup=False)


@simulate.command("stats")
def stats(json: bool = JSON) -> None:
    """Count what there is, and what arrived twice."""

    async def work(world: World) -> dict[str, object]:
        doubles, peaks = await world.doubles(), await world.peaks()
        return {"now": await world.now(), "stats": await world.stats(), "doubles": doubles, "peaks": peaks}

    shown = _run(work)
    if json:
        as_json(shown)
    else:
        for name, value in shown.items():
            stdout.print(f"{name}: {value}", markup=False)


@simulate.command("arrivals")
def arrivals(limit: int = typer.Option(100, "--limit", min=1, max=100_000), json: bool = JSON) -> None:
    """List the actions that arrived there, oldest first."""
    rows = _run(lambda world: world.arrivals(limit=limit))
    if json:
        as_json(rows)
    else:
        table(rows, ("at", "account", "name", "target", "effect", "detail"), "Nothing arrived.")


@simulate.command("fault")
def fault(
    kind: FaultKind = typer.Argument(help="What goes wrong."),
    times: int = typer.Option(1, "--times", min=0),
    name: str | None = typer.Option(None, "--name", help="Only calls of this action or question."),
    email: str = typer.Option("", "--email", help="Only this account's calls."),
    json: bool = JSON,
) -> None:
    """Let the next calls go wrong."""
    _run(lambda world: world.fault(kind, times=times, name=name, email=email))
    if json:
        as_json({"kind": kind, "times": times})
    else:
        stdout.print(f"The next {times} such calls: {kind}", markup=False)


@simulate.command("drop")
def drop(yes: bool = typer.Option(False, "--yes", help="Do not ask."), json: bool = JSON) -> None:
    """Remove the simulated LinkedIn."""
    if not yes and not typer.confirm("Remove the simulated LinkedIn and all that happened there?", err=True):
        raise typer.Exit(1)
    _run(lambda world: world.drop())
    if json:
        as_json({"dropped": True})
    else:
        stdout.print("It is gone.")
