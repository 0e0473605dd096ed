"""Messages in review, as a person reads them: listed, shown with the evidence of each claim, and edited."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import msgspec

from overture.domain.accounts import Caller
from overture.domain.campaigns.flags import flags_of
from overture.domain.campaigns.reviews import Objection, ReviewId
from overture.domain.errors import Conflict, Invalid
from overture.domain.messages import LeadDossier, MessageType, Person, Segment, Written
from overture.domain.revisions import MessageId
from overture.store import requests
from overture.store.campaigns import orders, reviews
from overture.store.campaigns.reviews import Matching, Review
from overture.store.db import ReadTx, Tx
from overture.usecases import evidence, idempotency
from overture.usecases.campaigns.approving import SENTENCES, owned
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

__all__ = ["Edited", "Matching", "Page", "Shown", "edit", "page", "show"]

_SEGMENTS = msgspec.json.Decoder(tuple[Segment, ...])
MOST = 100
"""Messages of one page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of what waits; ``following`` leads to the next part, None on the last."""

    reviews: tuple[Review, ...]
    following: tuple[datetime, UUID] | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message in review with its evidence.

    ``segments`` are those of the text as it reads now. ``objections`` holds, by the place of each claim and guess, what
    the gate's rules say against it on nothing but what it quotes; it is empty for an edited text, which was checked so
    when it was edited.
    """

    review: Review
    segments: tuple[Segment, ...]
    objections: dict[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class Edited:
    """A message after its edit, with the flags that it carries now."""

    id: ReviewId
    text: str
    flags: tuple[str, ...]


async def page(services: Services, which: Matching, after: tuple[datetime, UUID] | None, limit: int) -> Page:
    """Return messages that wait for review, longest waiting first; ``limit`` is 1 to ``MOST``."""
    async with services.database.reading() as tx:
        found = await reviews.listed(tx, which, after, limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return Page(tuple(found[:limit]), (last.since, last.lead_id) if last else None)


async def read(
    services: Services, caller: Caller, which: Matching, last: ReviewId | None, limit: int
) -> tuple[list[Shown], int]:
    """Return messages that wait for review with their evidence, behind ``last``; and how many more there are."""
    after = None
    async with services.database.reading() as tx:
        if last is not None:
            review = await _in_review(tx, caller, last)
            after = review.since, review.lead_id
        found = await reviews.listed(tx, which, after, limit)
        left = await reviews.count(tx, which, after) - len(found)
    return [await _shown(services, caller, review) for review in found], left


async def show(services: Services, caller: Caller, text: ReviewId) -> Shown:
    """Return a message in review with the evidence of each claim.

    Raises:
        NotFound, Forbidden: no such lead, or another account's.
        Conflict: the text is not in review any more.
    """
    async with services.database.reading() as tx:
        review = await _in_review(tx, caller, text)
    return await _shown(services, caller, review)


async def _shown(services: Services, caller: Caller, review: Review) -> Shown:
    if review.request_id is None or review.request_lead is None:
        return Shown(review, ())
    message = await evidence.one(services, caller, MessageId(review.request_id, review.request_lead, review.type))
    if "".join(segment.text for segment in message.segments) == review.text:
        return Shown(review, message.segments, message.objections)
    async with services.database.reading() as tx:
        ground = await _ground(tx, review)
    made = await asyncio.to_thread(_held_to_the_gate, ground, review.text)
    return Shown(review, made.segments if isinstance(made, Written) else ())


async def _in_review(tx: ReadTx, caller: Caller, text: ReviewId) -> Review:
    await owned(tx, caller, text)
    review = await reviews.find(tx, text.lead_id)
    if review is None or review.id != text:
        raise Conflict(SENTENCES[Objection.GONE])
    return review


@dataclass(frozen=True, slots=True)
class _Ground:
    """What an edit is checked against."""

    type: MessageType
    before: tuple[Segment, ...]
    header: requests.Header
    person: Person
    index: int


async def _ground(tx: ReadTx, review: Review) -> _Ground:
    request_id, index = review.request_id, review.request_lead
    if request_id is None or index is None:
        raise Conflict("an invitation without a note has no text")
    header = await requests.find(tx, request_id)
    leads = await requests.leads(tx, request_id, index, index + 1)
    segments = await reviews.first_segments(tx, MessageId(request_id, index, review.type))
    if header is None or index not in leads or segments is None:
        raise Conflict("what the message was written from is not kept any more: reject it, to have it written anew")
    lead = leads[index]
    person = Person(lead.first_name, lead.last_name, lead.company, lead.job_title)
    return _Ground(review.type, _SEGMENTS.decode(segments), header, person, index)


def _gate() -> Callable[..., Written | list[str]]:
    # Loading the gate takes as long as everything else that the API loads, and few calls need it.
    from overture.composition.editing import edited  # noqa: PLC0415

    return edited


def _held_to_the_gate(ground: _Ground, text: str) -> Written | list[str]:
    dossier = LeadDossier(ground.index, ground.person)
    return _gate()(ground.type, ground.before, text, evidence.brief_of(ground.header), dossier)


async def edit(
    services: Services, caller: Caller, text: ReviewId, new: str, how: Once, render: Callable[[Edited], bytes]
) -> Answer:
    """Replace the text of a message in review, if the new one passes the send gate on what the message quotes.

    It stays in review: an edit approves nothing. A refused edit changes nothing.

    Raises:
        NotFound, Forbidden: no such lead, or another account's.
        Conflict: the text is not in review any more.
        Invalid: the gate's objections, one sentence each.
    """
    await asyncio.to_thread(_gate)

    async def work(tx: Tx) -> Edited:
        return await _edit(services, tx, caller, text, new)

    return await idempotency.once(services, caller, how, work, render)


async def _edit(services: Services, tx: Tx, caller: Caller, text: ReviewId, new: str) -> Edited:
    await reviews.face(tx, caller.account_id, [text.lead_id])  # locks it: nobody approves it meanwhile
    review = await _in_review(tx, caller, text)
    made = await asyncio.to_thread(_held_to_the_gate, await _ground(tx, review), new)
    if isinstance(made, list):
        raise Invalid(made)
    campaign = (await orders.find_many(tx, [review.campaign_id]))[review.campaign_id]
    flags = flags_of(review.type, made.segments, campaign.definition, services.clock.now())
    await reviews.edit(tx, review.id, made.text, flags)
    return Edited(review.id, made.text, flags)
