"""Opening what a one-off command needs, and closing it again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

import typer

from overture.bootstrap import database_url, open_services
from overture.settings import Settings, load
from overture.telemetry import logs
from overture.usecases.services import Services

T = TypeVar("T")


def run(work: Callable[[Services], Awaitable[T]], *, settings: Settings | None = None) -> T:
    """Run one use case: the embedded server is started if none runs, and stopped again if nobody else uses it."""
    chosen = settings or load()
    logs.set_up("warning" if chosen.log_level == "info" else chosen.log_level)

    async def session() -> T:
        async with database_url(chosen) as url, open_services(chosen, url) as services:
            return await work(services)

    return asyncio.run(session())


def parse_id(text: str) -> UUID:
    """Read a UUID argument."""
    try:
        return UUID(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not an id") from error
