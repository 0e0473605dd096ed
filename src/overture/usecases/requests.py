"""Accepting a generation request, in one transaction, and showing it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from overture import queue
from overture.domain.accounts import Caller
from overture.domain.errors import Forbidden, NotFound
from overture.domain.messages import MessageType
from overture.domain.reasons import NO_HIRING_ACTIVITY
from overture.domain.requests import API, CAMPAIGN, Accepted, GenerationRequest, LeadView, RequestView
from overture.store import acceptance, payment, requests, revisions
from overture.store.db import Row, Tx
from overture.store.payment import Payment
from overture.telemetry import faults, metrics
from overture.usecases import completion, paying
from overture.usecases.services import Services


def _hash(*names: str | None) -> int:
    return int.from_bytes(hashlib.blake2b(msgspec.json.encode(names), digest_size=16).digest())


_TYPES = {str(kind): kind for kind in MessageType}
_TYPE_HASHES = {kind: _hash(kind) for kind in MessageType}


def pair_keys(account_id: UUID, customer_id: str | None, request: GenerationRequest) -> dict[acceptance.Pair, UUID]:
    """Name the messages that an account may have once: (account, lead id, type), the customer by setting.

    A name is the hash of the lead with the hash of the type laid over it: one hash a lead.
    """
    types = [(kind, _TYPE_HASHES[kind]) for kind in request.types]
    keys: dict[acceptance.Pair, UUID] = {}
    for idx, lead in enumerate(request.leads):
        name = _hash(account_id.hex, customer_id, lead.lead_id)
        for kind, over in types:
            keys[idx, kind] = UUID(int=name ^ over)
    return keys


async def submit(services: Services, caller: Caller, request: GenerationRequest) -> Accepted:
    """Accept a request, or return the first one with an equal body.

    Raises:
        RateLimited: the messages to be written do not fit the minute or the day.
        NotEnoughCredits: the balance does not cover them. Both leave nothing behind.
    """
    request_id = uuid4()
    customer = request.customer_id if services.policy.dedupe_by_customer else None
    pairs = pair_keys(caller.account_id, customer, request)
    faults.reach("a1")
    incoming = _Acceptance(services, caller, request, request_id, pairs)
    try:
        accepted = await services.database.settle(incoming.of_all_new)
    except acceptance.AlreadyOwnedError:
        accepted = None
    if accepted is None:
        accepted = await services.database.settle(incoming.of_some_known)
    faults.reach("a4")
    if not accepted.duplicate:
        metrics.REQUESTS_ACCEPTED.inc()
    return accepted


async def accept_for_campaign(
    services: Services, tx: Tx, caller: Caller, request: GenerationRequest, request_id: UUID
) -> None:
    """Accept a campaign's request in the caller's transaction, which has held a credit for each of its messages.

    Its digest, and its leads' ids, are used once ever: nothing of it is shared with another request.
    """
    pairs = pair_keys(caller.account_id, None, request)
    await _Acceptance(services, caller, request, request_id, pairs).of_campaign(tx)


@dataclass(frozen=True, slots=True)
class _Acceptance:
    """One request on its way in; each method is the work of one transaction."""

    services: Services
    caller: Caller
    request: GenerationRequest
    request_id: UUID
    pairs: dict[acceptance.Pair, UUID]

    async def of_all_new(self, tx: Tx) -> Accepted | None:
        """The usual case: nothing of the request is known. None where its body is."""
        price = paying.price(self.caller, len(self.pairs))
        claim = await acceptance.claim(
            tx, self.caller.account_id, self.request_id, self.request.digest, self.pairs, price
        )
        if not claim.claimed:
            return None
        await self._add(tx, price.count, await self._paid(tx, price.count, claim.payment))
        faults.reach("a3")
        return Accepted(self.request_id, duplicate=False)

    async def of_some_known(self, tx: Tx) -> Accepted:
        """The body was sent before, or some of the messages are in work, written, or listed twice."""
        first = await acceptance.claim_digest(tx, self.caller.account_id, self.request.digest, self.request_id)
        if first is not None:
            return Accepted(first, duplicate=True)
        owned = await self._spread(tx)
        window = None
        if owned:
            payment_ = await payment.take(tx, self.caller.account_id, self.request_id, paying.price(self.caller, owned))
            window = await self._paid(tx, owned, payment_)
        await self._add(tx, owned, window)
        if owned < len(self.pairs):
            progress = await acceptance.count_shared(tx, self.request_id)
            if progress.complete:
                await completion.announce(tx, progress)
        return Accepted(self.request_id, duplicate=False)

    async def _spread(self, tx: Tx) -> int:
        """Own what nobody owns, share the rest; return how many are owned. An owner that fails meanwhile gives way."""
        left = dict(self.pairs)
        owned = 0
        while left:
            mine = await acceptance.own(tx, self.request_id, list(left), list(left.values()))
            owned += len(mine)
            left = _without(left, mine)
            if left:
                shared = await acceptance.share(tx, self.request_id, list(left), list(left.values()))
                left = {pair: key for pair, key in left.items() if key not in shared}
        return owned

    async def of_campaign(self, tx: Tx) -> None:
        """A campaign's: new by its making, its credits held, in no window of the API."""
        await acceptance.claim_digest(tx, self.caller.account_id, self.request.digest, self.request_id)
        owned = await acceptance.own(tx, self.request_id, list(self.pairs), list(self.pairs.values()))
        await self._add(tx, len(owned), None, CAMPAIGN)

    async def _add(self, tx: Tx, owned: int, window: datetime | None, origin: str = API) -> None:
        policy = self.services.policy
        note_limit = min(self.caller.note_limit or policy.note_limit, policy.note_limit)
        size, count = policy.chunk_leads, len(self.request.leads)
        bounds = [(first, min(first + size, count)) for first in range(0, count, size)] if owned else []
        terms = acceptance.Terms(owned, window, note_limit, origin)
        ids = await acceptance.add(tx, self.request_id, self.caller.account_id, self.request, terms, bounds)
        await queue.enqueue(tx, [queue.compose_chunk(chunk_id, 0) for chunk_id in ids])

    async def _paid(self, tx: Tx, count: int, paid: Payment) -> datetime:
        return await paying.settled(tx, self.caller, self.request_id, count, paid)


def _without(left: dict[acceptance.Pair, UUID], mine: set[UUID]) -> dict[acceptance.Pair, UUID]:
    """Drop the first pair of each key that is now owned; a lead listed twice shares its own message."""
    rest: dict[acceptance.Pair, UUID] = {}
    taken = set(mine)
    for pair, key in left.items():
        if key in taken:
            taken.discard(key)
        else:
            rest[pair] = key
    return rest


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
        revised = await revisions.current(tx, request_id) if header.revised else ()
    return _view(header, rows, {(row[0], row[1]): row[2] for row in revised})


def _view(header: requests.Header, rows: Sequence[Row], revised: Mapping[tuple[int, str], str]) -> RequestView:
    steps = header.steps
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
        texts[_TYPES[kind]] = revised.get((idx, kind), text) if revised else text
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
