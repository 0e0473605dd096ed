"""A stage for rehearsing a campaign: a database of its own, a simulated LinkedIn in it, and a clock that is set."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from overture.adapters.clock import SetClock
from overture.adapters.rail_simulated import SimulatedRail, open_rail
from overture.bootstrap import open_services, queue_url
from overture.domain.errors import FetchFailed, NotAvailableOnRail
from overture.domain.linkedin.accounts import RailName
from overture.ports import Page, Rail, Receipt, Validators
from overture.settings import Settings
from overture.simulator.world import World
from overture.store import scratch
from overture.usecases.services import Services
from overture.usecases.sourcecache import TakenAsRead

LEASE_SECONDS = 2.0
POLL_SECONDS = 3600.0
FOREVER_HOURS = 100 * 365 * 24
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""What the clock shows before there is a world."""


class NoSender:
    """Implements ``ports.Sender``: from a rehearsal nothing leaves."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Receipt:  # noqa: ARG002  # the port's
        """Send nothing."""
        return Receipt(None, "a rehearsal sends no webhooks", 0.0, "")


class NoWeb:
    """Implements ``ports.Web`` for a rehearsal without the web: only what was read before is known."""

    async def fetch(self, url: str, known: Validators | None = None) -> Page:  # noqa: ARG002  # the port's
        """Read nothing."""
        raise FetchFailed(url, "rehearsed offline: the page had not been read before")

    async def data(self, url: str, body: bytes | None = None) -> Page:  # noqa: ARG002  # the port's
        """Read nothing."""
        raise FetchFailed(url, "rehearsed offline: the page had not been read before")


@dataclass(frozen=True, slots=True)
class Stage:
    """Services as anywhere else, on the simulated rail only, with a clock that ``world`` and they share."""

    name: str
    services: Services
    world: World
    rail: SimulatedRail
    clock: SetClock

    async def advance(self) -> None:
        """Set the services' clock to the world's."""
        self.clock.set(await self.world.now())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rehearsal may use of the outside: the web, a language model."""

    offline: bool = False
    model: bool = False


@asynccontextmanager
async def open_stage(settings: Settings, url: str, name: str, reading: Reading) -> AsyncGenerator[Stage]:
    """Open the stage in the database ``name`` beside the one at ``url``; its schema is brought up to date."""
    chosen = replace(
        settings,
        database_pool=max(settings.database_pool, 20),
        llm_provider=settings.llm_provider if reading.model else None,
        find_company=("none",) if reading.offline else settings.find_company,
        fault="",
    )
    here = scratch.url_of(queue_url(settings, url), name)
    async with AsyncExitStack() as stack:
        opened = await stack.enter_async_context(open_services(chosen, here, working=True))
        rail = await stack.enter_async_context(open_rail(here, 20))
        clock = SetClock(LONG_AGO)
        if await rail.world.exists():
            clock.set(await rail.world.now())

        def rails(asked: RailName) -> Rail:
            if asked is not RailName.SIMULATED:
                raise NotAvailableOnRail("a rehearsal acts on the simulated LinkedIn only")
            return rail

        services = replace(
            opened,
            clock=clock,
            rails=rails,
            sender=NoSender(),
            web=NoWeb() if reading.offline else opened.web,
            sources=TakenAsRead(clock),
            policy=replace(
                opened.policy,
                linkedin_rail=RailName.SIMULATED,
                linkedin_lease_seconds=LEASE_SECONDS,
                linkedin_poll_seconds=POLL_SECONDS,
                research_ttl_hours=FOREVER_HOURS,
                jobs_ttl_hours=FOREVER_HOURS,
                failed_research_ttl_minutes=FOREVER_HOURS * 60,
            ),
        )
        yield Stage(name, services, rail.world, rail, clock)
