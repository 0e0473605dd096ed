"""Accepting a generation request, in one transaction, and showing it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from overture import queue
from overture.domain.accounts import Caller
from overture.domain.errors import Forbidden, NotEnoughCredits, NotFound, RateLimited
from overture.domain.messages import MessageType
from overture.domain.reasons import NO_HIRING_ACTIVITY
from overture.domain.requests import Accepted, GenerationRequest, LeadView, RequestView, Step
from overture.store import accounts, chunks, ledger, limits, requests
from overture.store.db import Row, Tx
from overture.telemetry import faults, metrics
from overture.usecases import completion
from overture.usecases.services import Services


def pair_key(account_id: UUID, customer_id: str | None, lead_id: str, kind: MessageType) -> UUID:
    """Name the message that an account may have once: (account, lead id, type), the customer by setting."""
    name = msgspec.json.encode((account_id.hex, customer_id, lead_id, kind))
    return UUID(bytes=hashlib.blake2b(name, digest_size=16).digest())


async def submit(services: Services, caller: Caller, request: GenerationRequest) -> Accepted:
    """Accept a request, or return the first one with an equal body.

    Raises:
        RateLimited: the messages to be written do not fit the minute or the day.
        NotEnoughCredits: the balance does not cover them. Both leave nothing behind.
    """
    request_id = uuid4()
    faults.reach("a1")

    async def work(tx: Tx) -> Accepted:
        first = await requests.claim_digest(tx, caller.account_id, request.digest, request_id)
        if first is not None:
            return Accepted(first, duplicate=True)
        await _accept(services, tx, caller, request, request_id)
        faults.reach("a3")
        return Accepted(request_id, duplicate=False)

    accepted = await services.database.settle(work)
    faults.reach("a4")
    if not accepted.duplicate:
        metrics.REQUESTS_ACCEPTED.inc()
    return accepted


async def _accept(services: Services, tx: Tx, caller: Caller, request: GenerationRequest, request_id: UUID) -> None:
    sequence = msgspec.json.encode([(s.step, s.type) for s in request.sequence]).decode()
    account = await accounts.find(tx, caller.account_id)
    assert account is not None
    note_limit = min(account.note_limit or services.policy.note_limit, services.policy.note_limit)
    await requests.add(tx, request_id, caller.account_id, request, sequence, note_limit)
    owned, shared = await _spread(services, tx, caller.account_id, request, request_id)
    window = await _pay(tx, caller, request_id, owned)
    if shared:
        progress = await requests.set_charged(tx, request_id, owned, window)
        if progress.complete:
            await completion.announce(tx, progress)
    else:
        await requests.mark_charged(tx, request_id, owned, window)
    if owned:
        await _enqueue(services, tx, request_id, len(request.leads))


async def _spread(
    services: Services, tx: Tx, account_id: UUID, request: GenerationRequest, request_id: UUID
) -> tuple[int, int]:
    """Add the messages; return how many this request writes, and how many it shares with another."""
    customer = request.customer_id if services.policy.dedupe_by_customer else None
    left: dict[requests.Pair, UUID] = {
        (idx, kind): pair_key(account_id, customer, lead.lead_id, kind)
        for idx, lead in enumerate(request.leads)
        for kind in request.types
    }
    owned = shared = 0
    while left:
        mine = await requests.own(tx, request_id, list(left), list(left.values()))
        owned += len(mine)
        left = _without(left, mine)
        if left:
            theirs = await requests.share(tx, request_id, list(left), list(left.values()))
            shared += sum(key in theirs for key in left.values())
            left = {pair: key for pair, key in left.items() if key not in theirs}
    return owned, shared


def _without(left: dict[requests.Pair, UUID], mine: set[UUID]) -> dict[requests.Pair, UUID]:
    """Drop the first pair of each key that is now owned; a lead listed twice shares its own message."""
    rest: dict[requests.Pair, UUID] = {}
    taken = set(mine)
    for pair, key in left.items():
        if key in taken:
            taken.discard(key)
        else:
            rest[pair] = key
    return rest


async def _pay(tx: Tx, caller: Caller, request_id: UUID, owned: int) -> datetime | None:
    if not owned:
        return None
    tier = caller.limits
    taken = await limits.take_messages(tx, caller.account_id, owned, tier.messages_minute, tier.messages_day)
    if taken.minute is None:
        raise RateLimited(taken.retry_after)
    faults.reach("a2")
    if not await ledger.hold(tx, caller.account_id, owned, request_id):
        await ledger.renew(tx, caller.account_id)
        if not await ledger.hold(tx, caller.account_id, owned, request_id):
            raise NotEnoughCredits
    return taken.minute


async def _enqueue(services: Services, tx: Tx, request_id: UUID, lead_count: int) -> None:
    size = services.policy.chunk_leads
    bounds = [(first, min(first + size, lead_count)) for first in range(0, lead_count, size)]
    ids = await chunks.add(tx, request_id, bounds)
    await queue.enqueue(tx, [queue.compose_chunk(chunk_id, 0) for chunk_id in ids])


async def retrieve(services: Services, caller: Caller, request_id: UUID) -> RequestView:
    """Return a request of the caller's account.

    Raises:
        NotFound: there is none of this id.
        Forbidden: it belongs to another account.
    """
    async with services.database.reading() as tx:
        header = await requests.find(tx, request_id)
        if header is None:
            raise NotFound
        if header.account_id != caller.account_id:
            raise Forbidden
        rows = await requests.results(tx, request_id)
    return _view(header, rows)


def _view(header: requests.Header, rows: Sequence[Row]) -> RequestView:
    steps = tuple(Step(step, MessageType(kind)) for step, kind in msgspec.json.decode(header.sequence))
    order = tuple(dict.fromkeys(step.type for step in steps))
    leads: list[LeadView] = []
    reasons: dict[str, None] = {}
    last = -1
    texts: dict[MessageType, str | None] = {}
    no_jobs: set[int] = set()
    for idx, lead_id, linkedin, kind, text, reason in rows:
        if idx != last:
            texts = dict.fromkeys(order)
            leads.append(LeadView(lead_id, linkedin, texts))
            last = idx
        texts[MessageType(kind)] = text
        if reason is not None:
            reasons[reason] = None
            if reason == NO_HIRING_ACTIVITY:
                no_jobs.add(len(leads) - 1)
    for place in no_jobs:
        leads[place] = LeadView(leads[place].lead_id, leads[place].linkedin, leads[place].texts, no_job_posts=True)
    return RequestView(
        id=header.id,
        customer_id=header.customer_id,
        campaign_id=header.campaign_id,
        campaign_name=header.campaign_name,
        sequence=steps,
        complete=header.state == "complete",
        requested=header.requested,
        generated=header.generated,
        failed=header.failed,
        reasons=tuple(reasons),
        leads=tuple(leads),
        accepted_at=header.accepted_at,
        completed_at=header.completed_at,
    )
