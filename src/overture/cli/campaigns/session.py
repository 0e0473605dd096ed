"""What the campaign commands have in common: acting for the account that a campaign or lead belongs to."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

import msgspec
import typer

from overture.cli.session import parse_id, run
from overture.domain.accounts import Caller
from overture.usecases.campaigns import handling, ordering
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

T = TypeVar("T")
Body = dict[str, object]

CAMPAIGN_ID = typer.Argument(help="The campaign's id.", metavar="CAMPAIGN_ID")
LEAD_ID = typer.Argument(help="The lead's id, as `campaign leads` prints it.", metavar="LEAD_ID")
NO_KEY = Once(None, 200)


def for_campaign(campaign_id: str, work: Callable[[Services, Caller, UUID], Awaitable[T]]) -> T:
    """Run a use case for the account that a campaign belongs to."""
    chosen = parse_id(campaign_id)

    async def session(services: Services) -> T:
        return await work(services, await ordering.owner_of(services, chosen), chosen)

    return run(session)


def for_lead(lead_id: str, work: Callable[[Services, Caller, UUID], Awaitable[T]]) -> T:
    """Run a use case for the account that a lead belongs to."""
    chosen = parse_id(lead_id)

    async def session(services: Services) -> T:
        return await work(services, await handling.owner_of(services, chosen), chosen)

    return run(session)


def rendered(shape: Callable[[T], Body]) -> Callable[[T], bytes]:
    """Return what a use case renders its answer with, so that the commands print what the API answers."""
    return lambda shown: msgspec.json.encode(shape(shown))


def read(answer: Answer) -> Body:
    """Read such an answer again."""
    return msgspec.json.decode(answer.body, type=Body)
