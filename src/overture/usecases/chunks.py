"""Writing the messages of a chunk: claim, wait for research or compose, settle."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import msgspec

from overture import queue
from overture.domain.evidence import Source
from overture.domain.messages import Brief, LeadDossier, MessageType, Person, Refused, Tone
from overture.domain.reasons import NOT_GENERATED
from overture.domain.requests import CAMPAIGN, Lead
from overture.domain.revisions import Steering
from overture.research import codec
from overture.research.company.finder import how_found
from overture.store import chunks, messages, requests, revisions, sources
from overture.store.campaigns import messages as campaign_messages
from overture.store.chunks import Chunk
from overture.store.db import ReadTx, Tx
from overture.store.messages import Outcome
from overture.store.requests import Header
from overture.store.revisions import Open
from overture.store.sources import State, Wanted
from overture.telemetry import faults, metrics
from overture.telemetry.logs import get
from overture.usecases import plan, steering, testmode
from overture.usecases.authoring import Authors
from overture.usecases.services import Services
from overture.usecases.settlement import Also, nothing_else, settle
from overture.usecases.sparing import Check, alone, as_they_are, refused, sparing

NO_WAY = "the request names no website, and no way to find one is switched on"
MOST_ATTEMPTS = 3
"""Runs that a chunk may begin before it is split; a process that died in it has spent one."""

log = get(__name__)

Told = tuple[frozenset[MessageType], frozenset[str]]
_NOTHING: Told = (frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Work:
    """What a chunk has to write; ``version`` is set where it is a further version of a message.

    ``told`` holds, for leads of a campaign, the types and the spans of what earlier steps told them.
    """

    chunk: Chunk
    header: Header
    leads: dict[int, Lead]
    types: dict[int, tuple[MessageType, ...]]
    version: Open | None = None
    told: dict[int, Told] = field(default_factory=dict[int, Told])
    spared: tuple[Outcome, ...] = ()

    @property
    def open(self) -> set[tuple[int, MessageType]]:
        """The lead and type of each message that has not ended: those to be written, and those that are spared it."""
        written = {(idx, kind) for idx, kinds in self.types.items() for kind in kinds}
        return written | {(one.lead_idx, one.type) for one in self.spared}


async def compose(services: Services, chunk_id: int) -> None:
    """Write what a chunk still has to write, or leave it waiting for its sources. May run twice."""
    chunk = await chunks.begin(services.database, chunk_id)
    if chunk is None:
        return
    faults.reach("w1")
    if chunk.attempts > MOST_ATTEMPTS:
        await _split(services, chunk)
        return
    work = await _load(services, chunk)
    if not work.types:
        await _settle(services, chunk, list(work.spared))
        return
    if services.writer is not None and len(work.types) > 1:
        await _cut(services, work, [None])  # a call a lead: what a job has paid for is lost with it
        return
    needs = plan.common(work.header, {t for types in work.types.values() for t in types})
    finding = bool(services.finder.ways)
    by_lead = {idx: plan.for_lead(work.leads[idx], types, finding=finding) for idx, types in work.types.items()}
    known = await _known(services, chunk, [*needs.all(), *_all(by_lead)])
    if known is None:
        return
    if any(lead.company for lead in by_lead.values()):
        by_lead = {idx: plan.found(n, work.types[idx], _source(n.company, known)) for idx, n in by_lead.items()}
        later = await _known(services, chunk, [w for w in _all(by_lead) if w.key not in known])
        if later is None:
            return
        known |= later
    await asyncio.sleep(testmode.pause(services, work.header, work.leads, work.types))
    with metrics.CHUNK_SECONDS.time():
        authors = Authors(services, work.header, chunk.revision_id)
        outcomes = [*await _write(authors, work, needs, by_lead, known), *work.spared]
        await _settle(services, chunk, outcomes, authors.settle, sparing(work.header.account_id, work.leads))
    authors.count()


async def _load(services: Services, chunk: Chunk) -> Work:
    async with services.database.reading() as tx:
        header = await requests.find(tx, chunk.request_id)
        assert header is not None
        leads = await requests.leads(tx, chunk.request_id, chunk.lead_from, chunk.lead_to)
        if chunk.revision_id is None:
            version = None
            types = await messages.pending(tx, chunk.request_id, chunk.lead_from, chunk.lead_to, chunk.type)
            told = await _told(tx, header, chunk)
        else:
            version = await revisions.pending(tx, chunk.revision_id)
            types, told = {version.lead_idx: (version.type,)} if version else {}, {}
        left = await alone(tx, header.account_id, {idx: leads[idx] for idx in types}) if types else ()
    spared = tuple(refused(Outcome(idx, kind, None, None, "", "")) for idx in left for kind in types[idx])
    types, ended = testmode.decided(header, leads, {i: t for i, t in types.items() if i not in left})
    return Work(chunk, header, leads, types, version, told, spared + ended)


async def _told(tx: ReadTx, header: Header, chunk: Chunk) -> dict[int, Told]:
    """Return what earlier steps told the leads of a campaign's request: each step has a request of its own."""
    if header.origin != CAMPAIGN:
        return {}
    told: dict[int, Told] = {}
    for idx, kind, segments in await campaign_messages.told(tx, header.id, chunk.lead_from, chunk.lead_to):
        types, spans = told.get(idx, _NOTHING)
        told[idx] = (types | {kind}, spans | {cite.span for cite in steering.told_by(segments)})
    return told


async def _settle(
    services: Services,
    chunk: Chunk,
    outcomes: list[Outcome],
    also: Also = nothing_else,
    check: Check = as_they_are,
) -> None:
    if chunk.revision_id is None and outcomes:
        await settle(services, chunk.request_id, outcomes, chunk.id, also, check)
    elif chunk.revision_id is not None and outcomes:
        await steering.settle(services, chunk.revision_id, outcomes[0], chunk.id, also, check)
    else:
        await _finish(services, chunk)


async def _finish(services: Services, chunk: Chunk) -> None:
    async with services.database.transaction() as tx:
        await chunks.finish(tx, chunk.id)


Known = dict[UUID, Source | str]
"""What was read, by key; in words what went wrong where it could not be read."""


def _all(by_lead: dict[int, plan.LeadNeeds]) -> list[Wanted]:
    return [w for needs in by_lead.values() for w in needs.all()]


async def _known(services: Services, chunk: Chunk, wanted: list[Wanted]) -> Known | None:
    """Return the sources, or None after leaving the chunk waiting for those that are not settled."""
    wanted = list({w.key: w for w in wanted}.values())
    keys = [w.key for w in wanted]
    if not keys:
        return {}
    async with services.database.reading() as tx:
        states = await sources.states(tx, keys)
        if all(_settled(states.get(key)) for key in keys):
            return await _contents(services, tx, states)
    if await _wait(services, chunk, wanted):
        return None
    async with services.database.reading() as tx:
        return await _contents(services, tx, await sources.states(tx, keys))


def _settled(state: State | None) -> bool:
    return state is not None and state.state != "pending" and state.fresh


async def _wait(services: Services, chunk: Chunk, wanted: list[Wanted]) -> bool:
    """Ask for what is missing; False where everything has been settled meanwhile."""

    async def work(tx: Tx) -> bool:
        new, still_open = await sources.want(tx, wanted)
        await queue.enqueue(tx, [queue.research_source(key) for key in sorted(new, key=lambda k: k.bytes)])
        if still_open:
            await chunks.wait(tx, chunk.id, sorted(still_open, key=lambda k: k.bytes))
        return bool(still_open)

    return await services.database.settle(work)


async def _contents(services: Services, tx: ReadTx, states: dict[UUID, State]) -> Known:
    known: Known = {}
    missing: list[UUID] = []
    for key, state in states.items():
        remembered = services.sources.get(key, state.version) if state.version else None
        known[key] = remembered or state.reason or ""
        if state.version and remembered is None:
            missing.append(key)
    if missing:
        for key, (version, content) in (await sources.contents(tx, missing)).items():
            known[key] = services.sources.put(key, version, codec.load(content))
    return known


async def _write(
    authors: Authors,
    work: Work,
    needs: plan.CommonNeeds,
    by_lead: dict[int, plan.LeadNeeds],
    known: Known,
) -> list[Outcome]:
    brief = _brief(work, needs, known)
    outcomes: list[Outcome] = []
    for idx, types in work.types.items():
        dossier = _dossier(idx, work.leads[idx], by_lead[idx], known)
        if work.version is not None:
            dossier = replace(dossier, avoid=frozenset(work.version.steering.avoid))
        elif idx in work.told:
            dossier = replace(dossier, told=work.told[idx][0], avoid=work.told[idx][1])
        faults.reach("w3")
        drafts = await authors.compose(brief, dossier, types)
        faults.reach("w4")
        company = _source(by_lead[idx].company, known)
        found = how_found(company) if company else None
        for written in drafts:
            draft = (
                steering.held_to(written, work.version) if work.version else steering.without(written, dossier.avoid)
            )
            if isinstance(draft, Refused):
                detail = f"{draft.detail} {found}" if found else draft.detail
                outcomes.append(Outcome(idx, draft.type, None, None, draft.reason, detail))
            else:
                segments = msgspec.json.encode(draft.segments).decode()
                outcomes.append(Outcome(idx, draft.type, draft.text, segments, None, found))
        await asyncio.sleep(0)  # heartbeats and settlements go on while a long chunk is written
    return outcomes


def _brief(work: Work, needs: plan.CommonNeeds, known: Known) -> Brief:
    header = work.header
    wish = work.version.steering if work.version else Steering()
    return Brief(
        key=str(header.id),
        proposition_name=header.proposition_name,
        proposition=_source(needs.proposition, known),
        tone=wish.tone or Tone(header.tone),
        signoff_name=header.signoff_name,
        material=_source(needs.material, known),
        material_link=header.material_link,
        hiring_location=header.hiring_location,
        note_limit=min(header.note_limit, wish.most or header.note_limit),
        lead_count=header.lead_count,
        most=wish.most,
    )


def _dossier(idx: int, lead: Lead, needs: plan.LeadNeeds, known: Known) -> LeadDossier:
    jobs = _source(needs.jobs, known)
    nowhere = _failure(needs.company, known) if needs.company else "" if needs.site else NO_WAY
    return LeadDossier(
        index=idx,
        person=Person(lead.first_name, lead.last_name, lead.company, lead.job_title),
        site=_source(needs.site, known),
        jobs=jobs,
        jobs_failed=needs.jobs is not None and jobs is None,
        site_detail=_failure(needs.site, known) or nowhere,
        jobs_detail=_failure(needs.jobs, known) or nowhere,
    )


def _source(wanted: Wanted | None, known: Known) -> Source | None:
    found = known.get(wanted.key) if wanted else None
    return found if isinstance(found, Source) else None


def _failure(wanted: Wanted | None, known: Known) -> str:
    found = known.get(wanted.key) if wanted else None
    return found if isinstance(found, str) else ""


async def _split(services: Services, chunk: Chunk) -> None:
    """Cut a chunk that keeps failing into leads, a lead into messages; a single message fails for good."""
    log.warning("chunk.split", chunk=chunk.id, request=str(chunk.request_id), attempts=chunk.attempts)
    work = await _load(services, chunk)
    if chunk.type is not None:
        detail = f"writing it was given up after {MOST_ATTEMPTS} attempts"
        outcomes = [Outcome(idx, chunk.type, None, None, NOT_GENERATED, detail) for idx in work.types]
        outcomes += work.spared
        await _settle(services, chunk, outcomes)
        return
    single = chunk.lead_to - chunk.lead_from == 1
    await _cut(services, work, sorted({kind for _, kind in work.open}) if single else [None])


async def _cut(services: Services, work: Work, kinds: Sequence[MessageType | None]) -> None:
    """Replace a chunk by one a lead, and a kind where kinds are named."""
    chunk = work.chunk

    async def cut(tx: Tx) -> None:
        ids: list[int] = []
        bounds = [(idx, idx + 1) for idx in sorted({idx for idx, _ in work.open})]
        for kind in kinds:
            ids += await chunks.add(tx, chunk.request_id, bounds, kind)
        await chunks.finish(tx, chunk.id)
        await queue.enqueue(tx, [queue.compose_chunk(i, 0) for i in ids])

    await services.database.settle(cut)
