"""The inbox: what leads answered, to be read, handled, put into another class, and acted on."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture import queue
from overture.domain.accounts import Caller
from overture.domain.campaigns.replies import ClassBy, ReplyClass
from overture.domain.campaigns.states import HoldReason, StopReason
from overture.domain.errors import Conflict, Forbidden, NotFound
from overture.store.campaigns import contacts, inbox, threads
from overture.store.campaigns.inbox import Entry, Wanted
from overture.store.campaigns.threads import ThreadMessage
from overture.store.db import ReadTx, Tx
from overture.usecases import accounts, idempotency
from overture.usecases.campaigns import holding, silencing
from overture.usecases.campaigns.silencing import Silence
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

MOST_HELD = 1_000
"""Leads of a company that are shown, or let go on, at once."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some threads, the newest first; ``following`` is the place of the last where there are more."""

    threads: tuple[Entry, ...]
    following: tuple[datetime, UUID] | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread with all that was said, oldest first, and the leads that its replies hold."""

    entry: Entry
    messages: tuple[ThreadMessage, ...]
    holds: tuple[UUID, ...]


Render = Callable[[Conversation], bytes]


async def list_(services: Services, caller: Caller, wanted: Wanted, limit: int) -> Page:
    """Return a page of the caller's threads."""
    async with services.database.reading() as tx:
        found = await inbox.listed(tx, caller.account_id, wanted, limit + 1)
    shown = found[:limit]
    return Page(tuple(shown), (shown[-1].at, shown[-1].id) if len(found) > limit else None)


async def show(services: Services, caller: Caller, message_id: UUID) -> Conversation:
    """Return the thread that a received message belongs to.

    Raises:
        NotFound, Forbidden: no such message, or another account's.
    """
    async with services.database.reading() as tx:
        return await _conversation(tx, await _owned(tx, caller, message_id))


async def owner_of(services: Services, message_id: UUID) -> Caller:
    """Return the operator as a caller of the account that a thread belongs to; raises NotFound."""
    async with services.database.reading() as tx:
        found = await inbox.find(tx, message_id)
    if found is None:
        raise NotFound("no such thread")
    return await accounts.acting_for(services, found.account_id)


async def handle(
    services: Services, caller: Caller, message_id: UUID, how: Once, render: Render, *, handled: bool = True
) -> Answer:
    """Note that all of a thread is handled, or that it is not."""

    async def work(tx: Tx, entry: Entry) -> None:
        said = await threads.of_person(tx, entry.account_id, entry.person)
        ids = [message.id for message in said if message.inbound]
        await threads.handle(tx, entry.account_id, ids, services.clock.now() if handled else None)

    return await _changed(services, caller, message_id, (how, render), work)


async def classify(
    services: Services, caller: Caller, message_id: UUID, how: Once, render: Render, kind: ReplyClass
) -> Answer:
    """Put a received message into another class by hand, and do what that asks for.

    ``opt_out`` leaves the person alone for good. An absence that turns out to be an answer stops the lead. What was
    stopped stays so.

    Raises:
        Conflict: it is an opt-out, which is final.
    """

    async def work(tx: Tx, entry: Entry) -> None:
        if not await threads.classify(tx, entry.id, kind, "by hand", ClassBy.HAND):
            raise Conflict("an opt-out is final")
        if kind is ReplyClass.OPT_OUT:
            await _silence(tx, services, entry, StopReason.OPTED_OUT)
        elif entry.kind is ReplyClass.OUT_OF_OFFICE and kind is not ReplyClass.OUT_OF_OFFICE:
            await _stop_held(tx, services, entry)

    return await _changed(services, caller, message_id, (how, render), work)


async def suppress(services: Services, caller: Caller, message_id: UUID, how: Once, render: Render) -> Answer:
    """Leave the person of a thread alone for good, in every campaign; the thread is handled by that."""

    async def work(tx: Tx, entry: Entry) -> None:
        await _silence(tx, services, entry, StopReason.SUPPRESSED)
        await threads.handle(tx, entry.account_id, [entry.id], services.clock.now())

    return await _changed(services, caller, message_id, (how, render), work)


async def resume_company(services: Services, caller: Caller, message_id: UUID, how: Once, render: Render) -> Answer:
    """Let the leads go on that the thread's replies hold, at most ``MOST_HELD`` a call."""

    async def work(tx: Tx, entry: Entry) -> None:
        held = await inbox.held_by(tx, entry.account_id, await _leads_of(tx, entry), MOST_HELD)
        found = await contacts.of_leads(tx, entry.account_id, held)
        definitions = {contact.campaign.id: contact.campaign.definition for contact in found}
        still = [c.position for c in found if c.position.reason == HoldReason.COMPANY_REPLIED]
        await holding.release(tx, still, definitions, services.clock.now())

    return await _changed(services, caller, message_id, (how, render), work)


async def _silence(tx: Tx, services: Services, entry: Entry, stop: StopReason) -> None:
    asked = Silence(entry.account_id, [entry.person], f"{stop} by hand", stop)
    _, entries = await silencing.silence(tx, asked, services.clock.now())
    await queue.enqueue(tx, entries)


async def _stop_held(tx: Tx, services: Services, entry: Entry) -> None:
    found = await contacts.of_people(tx, entry.account_id, [entry.person])
    started = [contact for contact in found if contact.campaign.started_at is not None]
    now = services.clock.now()
    if entry.lead_id is not None:
        await contacts.replied(tx, entry.lead_id, entry.at)
    _, entries = await silencing.stop(tx, started, StopReason.REPLIED, now)
    await queue.enqueue(tx, entries)


async def _changed(
    services: Services,
    caller: Caller,
    message_id: UUID,
    how: tuple[Once, Render],
    change: Callable[[Tx, Entry], Awaitable[None]],
) -> Answer:
    async def work(tx: Tx) -> Conversation:
        await change(tx, await _owned(tx, caller, message_id))
        return await _conversation(tx, await _owned(tx, caller, message_id))

    return await idempotency.once(services, caller, how[0], work, how[1])


async def _owned(tx: ReadTx, caller: Caller, message_id: UUID) -> Entry:
    found = await inbox.find(tx, message_id)
    if found is None:
        raise NotFound("no such thread")
    if found.account_id != caller.account_id:
        raise Forbidden("the thread belongs to another account")
    return found


async def _leads_of(tx: ReadTx, entry: Entry) -> list[UUID]:
    said = await threads.of_person(tx, entry.account_id, entry.person)
    return list({message.lead_id for message in said if message.lead_id is not None})


async def _conversation(tx: ReadTx, entry: Entry) -> Conversation:
    said = await threads.of_person(tx, entry.account_id, entry.person)
    leads = list({message.lead_id for message in said if message.lead_id is not None})
    held = await inbox.held_by(tx, entry.account_id, leads, MOST_HELD)
    return Conversation(entry, tuple(said), tuple(held))
