"""Asking for a further version of a message, and writing it: the same path, price and promises as the first."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import msgspec

from overture import queue
from overture.domain.accounts import Caller
from overture.domain.errors import Conflict, Forbidden, Invalid, NotFound
from overture.domain.messages import (
    Citation,
    Draft,
    MessageState,
    MessageType,
    Refused,
    Role,
    Segment,
    Written,
    linkedin_length,
)
from overture.domain.reasons import DOES_NOT_FIT, NOTHING_NEW
from overture.domain.revisions import SHORTER, MessageId, RevisionState, Steering, Wish
from overture.store import chunks, payment, requests, revisions
from overture.store.db import Row, Tx
from overture.store.messages import Outcome
from overture.store.revisions import Open, Version
from overture.telemetry import faults, metrics
from overture.usecases import idempotency, paying, sparing
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services
from overture.usecases.settlement import Also, nothing_else
from overture.usecases.sparing import Check, as_they_are

_SEGMENTS = msgspec.json.Decoder(tuple[Segment, ...])
_FACTS = frozenset({Role.LEAD_CLAIM, Role.MATERIAL_CLAIM})
_WRITTEN = frozenset({MessageState.GENERATED, MessageState.REUSED})
_NO_LONGER = "the message was not written; send the request again to have it tried again"
_NOT_YET = "the message is still being written"
_ALONE = "the person is to be left alone"
_GONE = "the message's text is gone: it was erased, or is older than texts are kept"
_UNDER_WAY = "another version of the message is being written"


@dataclass(frozen=True, slots=True)
class Asked:
    """A version that will be written: its number, and what it holds of the balance until then."""

    message: MessageId
    number: int
    held: int = 1


async def regenerate(
    services: Services, caller: Caller, message: MessageId, wish: Wish, how: Once, render: Callable[[Asked], bytes]
) -> Answer:
    """Ask for another version of a message: it is written in the background.

    Raises:
        NotFound, Forbidden: no such message, or another account's.
        Conflict: the message was not written, or is being written.
        Invalid: evidence is to be avoided that no version of the message cites.
        RateLimited, NotEnoughCredits: as for a request of one message.
    """
    faults.reach("a1")
    answer = await idempotency.once(services, caller, how, lambda tx: _ask(tx, caller, message, wish), render)
    faults.reach("a4")
    return answer


async def _ask(tx: Tx, caller: Caller, message: MessageId, wish: Wish) -> Asked:
    """Count and hold one message, add the version and queue it: one transaction."""
    row = await _own_message(tx, caller, message)
    state = MessageState(row["state"])
    if state not in _WRITTEN:
        raise Conflict(_NO_LONGER if state is MessageState.FAILED else _NOT_YET)
    known = await revisions.versions(tx, message)
    if any(version.state is RevisionState.PENDING for version in known):
        raise Conflict(_UNDER_WAY)
    first = Version(0, RevisionState.GENERATED, row["text"], row["segments"], Steering())
    steering = steered([first, *(v for v in known if v.state is RevisionState.GENERATED)], wish)
    revision_id = uuid4()
    paid = await payment.take(tx, caller.account_id, revision_id, paying.price(caller, 1))
    window = await paying.settled(tx, caller, revision_id, 1, paid)
    asked = revisions.Asked(revision_id, caller.account_id, message, len(known) + 1, wish, steering, window)
    chunk_id = await revisions.add(tx, asked)
    await queue.enqueue(tx, [queue.compose_chunk(chunk_id, 0)])
    faults.reach("a3")
    return Asked(message, asked.number)


async def _own_message(tx: Tx, caller: Caller, message: MessageId) -> Row:
    header = await requests.find(tx, message.request_id)
    if header is None:
        raise NotFound("no such message")
    if header.account_id != caller.account_id:
        raise Forbidden("the message belongs to another account")
    row = await revisions.lock_message(tx, message)
    if row is None:
        raise NotFound("no such message")
    named = await requests.leads(tx, header.id, message.lead_idx, message.lead_idx + 1)
    if await sparing.alone(tx, caller.account_id, named):
        raise Conflict(_ALONE)
    if row["text"] == "" or not named[message.lead_idx].linkedin:
        raise Conflict(_GONE)
    return row


def steered(written: list[Version], wish: Wish) -> Steering:
    """Return what the next version is written by: the wish on top of what the newest version was written by.

    Raises:
        Invalid: evidence is to be avoided that no version cites.
    """
    newest = written[-1]
    told = [(cite.evidence_id, cite.span) for version in written for cite in told_by(version.segments)]
    spans = dict.fromkeys(newest.steering.avoid)
    unknown = [name for name in wish.avoid if all(name != evidence_id for evidence_id, _ in told)]
    if unknown:
        raise Invalid([f"avoid[{wish.avoid.index(name)}] is not evidence of this message" for name in unknown])
    spans |= dict.fromkeys(span for evidence_id, span in told if wish.another_fact or evidence_id in wish.avoid)
    most = newest.steering.most
    if wish.shorter:
        most = int(linkedin_length(newest.text or "") * SHORTER)
    return Steering(wish.tone or newest.steering.tone, tuple(spans), most)


def told_by(stored: str | None) -> list[Citation]:
    """Return what the facts of a message rest on that were read on pages; ``stored`` are its segments as JSON."""
    segments = _SEGMENTS.decode(stored) if stored else ()
    facts = [segment for segment in segments if segment.role in _FACTS]
    return [cite for segment in facts for cite in segment.citations if not cite.url.startswith("request:")]


def held_to(draft: Draft, wanted: Open) -> Draft:
    """Return the draft, or why it is not the version that was asked for, whoever wrote it."""
    if isinstance(draft, Refused):
        return draft
    steering = wanted.steering
    if steering.most is not None and linkedin_length(draft.text) > steering.most:
        return Refused(draft.type, DOES_NOT_FIT, f"The shortest version is longer than {steering.most} units.")
    if draft.text in wanted.texts:
        return Refused(draft.type, NOTHING_NEW, "What could be written is the text of an earlier version.")
    return without(draft, frozenset(steering.avoid))


def without(draft: Draft, avoid: frozenset[str]) -> Draft:
    """Return the draft, or a refusal where a fact of it rests on a span that is to be avoided, whoever wrote it."""
    if isinstance(draft, Written) and draft.type is not MessageType.SHARE_MATERIAL and _cited(draft) & avoid:
        return Refused(draft.type, NOTHING_NEW, "No other fact was found in the evidence.")
    return draft


def _cited(draft: Written) -> set[str]:
    return {cite.span for part in draft.segments if part.role is Role.LEAD_CLAIM for cite in part.citations}


async def settle(
    services: Services,
    revision_id: UUID,
    outcome: Outcome,
    chunk_id: int,
    also: Also = nothing_else,
    check: Check = as_they_are,
) -> None:
    """Write what became of a version; one that another run has settled is not changed."""

    async def work(tx: Tx) -> bool:
        (kept,) = await check(tx, [outcome])
        refusal = (kept.reason or "", kept.detail or "")
        settled = await revisions.settle(tx, revision_id, kept.text, kept.segments, refusal)
        await also(tx)
        await chunks.finish(tx, chunk_id)
        faults.reach("w5")
        return settled

    if await services.database.settle(work):
        metrics.MESSAGES.labels(outcome.type, "failed" if outcome.text is None else "generated").inc()
    faults.reach("w6")
