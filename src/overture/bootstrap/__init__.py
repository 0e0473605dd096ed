"""Wiring: settings to services; opened in order, closed in reverse."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from overture import queue
from overture.adapters.clock import SystemClock
from overture.adapters.vault import Vault
from overture.bootstrap.llm import ceilings_of
from overture.bootstrap.rails import Rails
from overture.delivery.sign import CompatibleHeader
from overture.domain.linkedin.accounts import RailName
from overture.domain.privacy import Retention
from overture.ports import Composer, Parse, Sender, Web
from overture.research.boards.catalogue import Boards
from overture.settings import Settings, secret_keys
from overture.store import db, embedded, migrate
from overture.telemetry import faults
from overture.telemetry.logs import get
from overture.usecases.admission import Admission
from overture.usecases.campaigns import hearing, outcomes
from overture.usecases.metering import Metering
from overture.usecases.preview import Tools
from overture.usecases.services import Policy, Services
from overture.usecases.sourcecache import SourceCache

if TYPE_CHECKING:
    from overture.bootstrap.outside import Outside

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


class _Elsewhere:
    """Stands where a process that only accepts and shows has no part: nothing there fetches, sends or writes."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"{name}: this process does not work on requests")


@asynccontextmanager
async def open_services(
    settings: Settings, url: str, *, composer: Composer | None = None, migrating: bool = True, working: bool = False
) -> AsyncGenerator[Services]:
    """Open what use cases need; the schema is brought up to date first unless told otherwise.

    ``working`` opens the parts that reach outside or write as well, which only workers need.
    """
    async with AsyncExitStack() as stack:
        database = await db.connect(url, size=settings.database_pool, pooled=settings.database_pooled)
        stack.push_async_callback(db.close, database)
        if migrating:
            for name in await migrate.migrate(database, queue.install):
                log.info("migration.applied", name=name)
        if settings.fault:
            faults.on_reset(lambda: db.cut_connections(url))
            faults.arm(settings.fault)
        services = Services(
            database=database,
            web=cast("Web", _Elsewhere()),
            sender=cast("Sender", _Elsewhere()),
            parse=cast("Parse", _Elsewhere()),
            composer=cast("Composer", _Elsewhere()),
            vault=Vault(secret_keys(settings)),
            clock=SystemClock(),
            policy=_policy(settings),
            admission=Admission(database, time.monotonic),
            sources=SourceCache(),
            metering=Metering(database, settings.linkup_calls_minute),
            hears=hearing.hear,
            settles=outcomes.settled,
        )
        rails = Rails(settings, url, database, services.clock)
        stack.push_async_callback(rails.close)
        services = replace(services, rails=rails)
        if working:
            outside = await stack.enter_async_context(_open_outside(settings))
            services = replace(
                services,
                web=outside.web,
                sender=outside.sender,
                parse=outside.parse,
                composer=composer or outside.composer,
                finder=outside.finder,
                writer=None if composer else outside.writer,
                model=outside.model,
            )
        yield services


def _open_outside(settings: Settings) -> AbstractAsyncContextManager["Outside"]:
    # Loading these takes as long as everything else together, and `serve` must be ready in two seconds.
    from overture.bootstrap.outside import open_outside  # noqa: PLC0415

    if settings.allow_private_networks:
        networks = [str(network) for network in settings.allow_private_networks]
        log.warning("outbound.private_networks_allowed", networks=networks)
    return open_outside(settings)


@asynccontextmanager
async def open_research(settings: Settings) -> AsyncGenerator[Tools]:
    """Open what reading and composing need, without a database."""
    async with _open_outside(settings) as outside:
        yield Tools(outside.web, outside.parse, outside.composer, boards_of(settings), outside.finder, outside.writer)


def boards_of(settings: Settings) -> Boards:
    """Return the vendors of job boards that the settings switch on."""
    return Boards(frozenset(settings.job_boards) - {"none"})


def _policy(settings: Settings) -> Policy:
    return Policy(
        note_limit=settings.note_limit,
        chunk_leads=1 if settings.llm_provider else settings.chunk_leads,
        ceilings=ceilings_of(settings),
        dedupe_by_customer=settings.dedupe_by_customer,
        research_ttl_hours=settings.research_ttl_hours,
        failed_research_ttl_minutes=settings.failed_research_ttl_minutes,
        secret_overlap_hours=settings.secret_overlap_hours,
        signature=CompatibleHeader(settings.signature_header, settings.signature_prefix),
        boards=boards_of(settings),
        linkedin_rail=RailName(settings.linkedin_rail),
        linkedin_lease_seconds=float(settings.linkedin_lease_seconds),
        linkedin_poll_seconds=float(settings.linkedin_poll_seconds),
        linkedin_keep_days=settings.linkedin_keep_days,
        retention=Retention(
            settings.retain_pages_days,
            settings.retain_messages_days,
            settings.retain_leads_days,
            settings.retain_webhooks_days,
        ),
    )
