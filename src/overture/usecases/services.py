"""What use cases need, wired once by ``bootstrap``."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from overture.delivery.sign import CompatibleHeader
from overture.domain.campaigns.states import StopReason
from overture.domain.errors import NotAvailableOnRail
from overture.domain.linkedin.accounts import RailName
from overture.domain.privacy import Retention
from overture.ports import Clock, Composer, Model, Parse, Rail, Sender, Vault, Web, Writer
from overture.queue import Entry
from overture.research.boards.catalogue import EVERYWHERE, Boards
from overture.research.company.finder import OFF, Finder
from overture.store.db import Database, Tx
from overture.store.linkedin.actions import ActionRow, Settlement
from overture.store.linkedin.news import NewsRow
from overture.usecases.admission import Admission
from overture.usecases.lanes import Lanes
from overture.usecases.metering import Metering
from overture.usecases.sourcecache import SourceCache
from overture.usecases.spending import Ceilings


@dataclass(frozen=True, slots=True)
class Policy:
    """The operator's choices that use cases follow."""

    note_limit: int = 300
    chunk_leads: int = 20
    dedupe_by_customer: bool = False
    research_ttl_hours: int = 168
    jobs_ttl_hours: int = 20
    """Job posts are read again after so long at most: a campaign sends none that were read more than a day ago."""
    failed_research_ttl_minutes: int = 10
    secret_overlap_hours: int = 24
    signature: CompatibleHeader = field(default_factory=CompatibleHeader)
    linkedin_rail: RailName = RailName.SIMULATED
    linkedin_lease_seconds: float = 90.0
    ceilings: Ceilings = field(default_factory=Ceilings)
    linkedin_poll_seconds: float = 60.0
    linkedin_keep_days: int = 90
    retention: Retention = field(default_factory=Retention)
    boards: Boards = EVERYWHERE


Hears = Callable[[Tx, "Services", NewsRow], Awaitable[list[Entry]]]
"""Draws what follows for campaigns from a happening on LinkedIn, in the transaction that stores it; returns jobs."""


async def hears_nothing(_tx: Tx, _services: "Services", _row: NewsRow) -> list[Entry]:
    """Draw nothing: where there are no campaigns."""
    return []


Settles = Callable[[Tx, ActionRow, Settlement, StopReason | None], Awaitable[None]]
"""Draws from an action that is settled late what follows for campaigns, in the transaction that settles it.

The reason is given where a person has declined the action.
"""


async def settles_nothing(_tx: Tx, _row: ActionRow, _settlement: Settlement, _declined: StopReason | None) -> None:
    """Draw nothing: where there are no campaigns."""


Rails = Callable[[RailName], Rail]
"""Gives the rail of a name; raises NotAvailableOnRail where it is not configured."""


def no_rails(name: RailName) -> Rail:
    """Refuse every rail: for processes that have no part in LinkedIn."""
    raise NotAvailableOnRail(f"the rail {name} is not configured")


@dataclass(frozen=True, slots=True)
class Services:
    """Handed to every use case. ``writer`` and ``model`` are set where a language model is configured."""

    database: Database
    web: Web
    sender: Sender
    parse: Parse
    composer: Composer
    vault: Vault
    clock: Clock
    policy: Policy
    admission: Admission
    sources: SourceCache
    metering: Metering
    finder: Finder = OFF
    writer: Writer | None = None
    model: Model | None = None
    rails: Rails = no_rails
    hears: Hears = hears_nothing
    settles: Settles = settles_nothing
    lanes: Lanes = field(default_factory=Lanes)
