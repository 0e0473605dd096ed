"""Reading a source, and waking the chunks that wait for it."""

from uuid import UUID

from overture import queue
from overture.domain.errors import FetchFailed
from overture.domain.evidence import Source, SourceKind
from overture.research import codec
from overture.research.company.finder import find_company
from overture.research.gather import read_article, read_site
from overture.research.jobs import read_jobs
from overture.research.kept import Memory, remember
from overture.store import chunks, sources
from overture.store.db import Tx
from overture.store.sources import Reading, Wanted
from overture.telemetry import faults, metrics
from overture.telemetry.logs import get
from overture.usecases.services import Services

MOST_ATTEMPTS = 3

log = get(__name__)


async def research(services: Services, key: UUID) -> None:
    """Read one source and store what it said, or why it could not be read. May run twice; the first result stays."""
    claimed = await sources.begin(services.database, key)
    if claimed is None:
        return
    wanted, memory = claimed.wanted, remember(claimed.pages)
    result: Source | FetchFailed
    if claimed.attempts > MOST_ATTEMPTS:
        result = FetchFailed(wanted.url, f"given up after {MOST_ATTEMPTS} attempts")
    else:
        with metrics.FETCH_SECONDS.time():
            result = await _read(services, wanted, memory)
    faults.reach("w2")
    await _settle(services, wanted, result, memory)


async def _read(services: Services, wanted: Wanted, memory: Memory) -> Source | FetchFailed:
    try:
        match wanted.kind:
            case SourceKind.SITE:
                return await read_site(services.web, wanted.url, services.parse, follow=wanted.follow, memory=memory)
            case SourceKind.ARTICLE:
                return await read_article(services.web, wanted.url, services.parse, memory=memory)
            case SourceKind.COMPANY:
                return await find_company(services.web, services.parse, services.finder, wanted.url)
            case SourceKind.JOBS:
                return await read_jobs(services.web, wanted.url, services.parse, services.policy.boards)
    except FetchFailed as error:
        return error


async def _settle(services: Services, wanted: Wanted, result: Source | FetchFailed, memory: Memory) -> None:
    policy = services.policy

    reading = None
    if isinstance(result, Source):
        reading = Reading(result.version, codec.dump(result), memory.dump(), result.looked_at)

    async def work(tx: Tx) -> None:
        if isinstance(result, FetchFailed):
            await sources.settle_failed(tx, wanted.key, result.reason, policy.failed_research_ttl_minutes)
        elif reading is not None:
            jobs = wanted.kind is SourceKind.JOBS
            hours = min(policy.research_ttl_hours, policy.jobs_ttl_hours) if jobs else policy.research_ttl_hours
            await sources.settle_ready(tx, wanted.key, reading, hours)
        woken = await chunks.wake(tx, wanted.key)
        await queue.enqueue(tx, [queue.compose_chunk(chunk_id, turn) for chunk_id, turn in woken])

    await services.database.settle(work)
    outcome = "failed" if isinstance(result, FetchFailed) else "ready"
    metrics.SOURCES.labels(wanted.kind, outcome).inc()
    reason = result.reason if isinstance(result, FetchFailed) else None
    log.info("source.settled", source=wanted.key.hex, kind=wanted.kind, outcome=outcome, reason=reason)
