"""Wiring: settings to services; opened in order, closed in reverse."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager

from overture import queue
from overture.adapters.clock import SystemClock
from overture.adapters.parsing import ChildParser
from overture.adapters.sender import HttpSender
from overture.adapters.vault import Vault
from overture.adapters.web import HttpWeb
from overture.composition.compose import EmbeddedComposer
from overture.composition.write import GatedComposer
from overture.delivery.sign import CompatibleHeader
from overture.ports import Composer
from overture.settings import Settings, secret_keys
from overture.store import db, embedded, migrate
from overture.telemetry import faults
from overture.telemetry.logs import get
from overture.usecases.admission import Admission
from overture.usecases.preview import Tools
from overture.usecases.services import Policy, Services
from overture.usecases.sourcecache import SourceCache

log = get(__name__)


@asynccontextmanager
async def database_url(settings: Settings) -> AsyncGenerator[str]:
    """Give the address of the external server, or of the embedded one, started or joined for as long as this lasts."""
    if settings.database_url:
        yield settings.database_url
        return
    lease = await asyncio.to_thread(
        embedded.start, settings.data_dir / "postgresql", binaries=settings.postgres_binaries
    )
    try:
        yield lease.url
    finally:
        await asyncio.to_thread(lease.release)


def queue_url(settings: Settings, url: str) -> str:
    """Give the direct address for the queue engine, which a transaction pooler cannot serve."""
    return settings.queue_database_url or url


@asynccontextmanager
async def open_services(
    settings: Settings, url: str, *, composer: Composer | None = None, migrating: bool = True
) -> AsyncGenerator[Services]:
    """Open everything that use cases need; the schema is brought up to date first unless told otherwise."""
    async with AsyncExitStack() as stack:
        database = await db.connect(url, size=settings.database_pool, pooled=settings.database_pooled)
        stack.push_async_callback(db.close, database)
        if migrating:
            for name in await migrate.migrate(database, queue.install):
                log.info("migration.applied", name=name)
        if settings.allow_private_networks:
            networks = [str(network) for network in settings.allow_private_networks]
            log.warning("outbound.private_networks_allowed", networks=networks)
        if settings.fault:
            faults.on_reset(lambda: db.cut_connections(url))
            faults.arm(settings.fault)
        web = HttpWeb(allow=settings.allow_private_networks, contact=settings.contact, robots=settings.respect_robots)
        stack.push_async_callback(web.close)
        sender = HttpSender(allow=settings.allow_private_networks, https_only=settings.https_webhooks_only)
        stack.push_async_callback(sender.close)
        parser = ChildParser()
        stack.push_async_callback(parser.close)
        yield Services(
            database=database,
            web=web,
            sender=sender,
            parse=parser,
            composer=composer or GatedComposer(EmbeddedComposer()),
            vault=Vault(secret_keys(settings)),
            clock=SystemClock(),
            policy=_policy(settings),
            admission=Admission(database, time.monotonic),
            sources=SourceCache(),
        )


@asynccontextmanager
async def open_research(settings: Settings) -> AsyncGenerator[Tools]:
    """Open what reading and composing need, without a database."""
    web = HttpWeb(allow=settings.allow_private_networks, contact=settings.contact, robots=settings.respect_robots)
    parser = ChildParser()
    try:
        yield Tools(web, parser, GatedComposer(EmbeddedComposer()))
    finally:
        await parser.close()
        await web.close()


def _policy(settings: Settings) -> Policy:
    return Policy(
        note_limit=settings.note_limit,
        chunk_leads=settings.chunk_leads,
        dedupe_by_customer=settings.dedupe_by_customer,
        research_ttl_hours=settings.research_ttl_hours,
        failed_research_ttl_minutes=settings.failed_research_ttl_minutes,
        secret_overlap_hours=settings.secret_overlap_hours,
        signature=CompatibleHeader(settings.signature_header, settings.signature_prefix),
    )
