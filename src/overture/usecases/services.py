"""What use cases need, wired once by ``bootstrap``."""

from dataclasses import dataclass, field

from overture.delivery.sign import CompatibleHeader
from overture.ports import Clock, Composer, Parse, Sender, Vault, Web
from overture.store.db import Database
from overture.usecases.admission import Admission
from overture.usecases.sourcecache import SourceCache


@dataclass(frozen=True, slots=True)
class Policy:
    """The operator's choices that use cases follow."""

    note_limit: int = 300
    chunk_leads: int = 20
    dedupe_by_customer: bool = False
    research_ttl_hours: int = 168
    failed_research_ttl_minutes: int = 10
    secret_overlap_hours: int = 24
    signature: CompatibleHeader = field(default_factory=CompatibleHeader)


@dataclass(frozen=True, slots=True)
class Services:
    """Handed to every use case."""

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
