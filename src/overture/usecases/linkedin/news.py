"""Asking rails what happened, once each, in order."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

from overture import queue
from overture.domain.errors import NotAvailableOnRail, NotFound, RailFailed, SessionExpired
from overture.domain.events import timestamp
from overture.domain.linkedin.happenings import Disconnected, Happening, InvitationAccepted, MessageReceived, News
from overture.domain.linkedin.objects import Member, Message, Thread
from overture.domain.linkedin.people import person_hash
from overture.gateway import calling
from overture.store import suppression
from overture.store.db import Tx
from overture.store.linkedin import accounts, news
from overture.store.linkedin.news import NewsRow
from overture.store.rights import erasure
from overture.telemetry.logs import get
from overture.usecases.linkedin import telling
from overture.usecases.linkedin.sessions import by_id, note_failure
from overture.usecases.services import Services

RARELY = timedelta(hours=1)

log = get(__name__)


async def poll(services: Services, linkedin_id: UUID) -> int:
    """Ask one account's rail for news, and tell its watchers; return how many were new. May run twice."""
    try:
        who = await by_id(services, linkedin_id)
    except (NotFound, SessionExpired):
        return 0
    try:
        found = await calling.news(who.rail, who.session, who.account.cursor)
    except RailFailed as error:
        log.info("linkedin.no_news", linkedin_account=str(linkedin_id), error=type(error).__name__)
        await note_failure(services, who, error)
        if isinstance(error, NotAvailableOnRail):
            await _ask_rarely(services, linkedin_id)
        return 0
    return await take(services, linkedin_id, who.account.cursor, found)


async def _ask_rarely(services: Services, linkedin_id: UUID) -> None:
    """A rail that tells no news may be set up to do so later: ask again, but not each minute."""
    async with services.database.transaction() as tx:
        await news.watch(tx, linkedin_id, services.clock.now() + RARELY)


async def take(services: Services, linkedin_id: UUID, before: str, found: News) -> int:
    """Store happenings, draw what follows from them, and move the cursor, in one transaction; return how many were new.

    Late, doubled and disordered ones are stored once. What people do who are to be left alone is told to nobody, and
    of those who were erased it is not stored.
    """

    async def work(tx: Tx) -> int:
        new = 0
        account = await accounts.lock(tx, linkedin_id)
        for happening in found.happenings:
            person = _about(account.account_id, happening)
            if person and await erasure.is_erased(tx, account.account_id, person):
                continue  # nothing about the person is kept any more
            row = _row(linkedin_id, happening)
            if await news.add(tx, row):
                new += 1
                alone = person is not None and await suppression.holds(tx, account.account_id, person)
                told = [] if alone else await telling.tell(tx, row)
                heard = isinstance(happening, MessageReceived) and await news.known(tx, linkedin_id, _early(row.body))
                hears = [] if heard else await services.hears(tx, services, row)
                await queue.enqueue(tx, [*told, *hears])
        await news.move_cursor(tx, linkedin_id, before, found.cursor)
        return new

    if not found.happenings and found.cursor == before:
        return 0
    return await services.database.settle(work)


def _early(body: Mapping[str, object]) -> str:
    """Name a message that was read in its conversation before any news told of it."""
    told = f"{body['conversation_id']}\0{body['message_text']}".encode("utf-8", "surrogatepass")
    return f"read:{hashlib.sha256(told).hexdigest()}"


async def hear_early(services: Services, linkedin_id: UUID, thread: Thread, messages: Sequence[Message]) -> int:
    """Let what was read in a conversation be heard, oldest first, where no news have told it; return how many were new.

    The news that tell it later are stored and told to watchers as always, and not heard again. Two messages of one
    conversation with the same text count as one.
    """
    new = 0
    async with services.database.transaction() as tx:
        account = await accounts.lock(tx, linkedin_id)
        for message in messages:
            happening = MessageReceived("", message.sent_at, message.sender, thread.id, message.text)
            person = _about(account.account_id, happening)
            if person and await erasure.is_erased(tx, account.account_id, person):
                continue
            row = _row(linkedin_id, happening)
            key = _early(row.body)
            row = replace(row, id=uuid5(linkedin_id, key), key=key)
            if not await news.told(tx, linkedin_id, thread.id, message.text) and await news.add(tx, row):
                new += 1
                await queue.enqueue(tx, await services.hears(tx, services, row))
    return new


def _about(account_id: UUID, happening: Happening) -> bytes | None:
    match happening:
        case MessageReceived():
            profile = happening.sender.profile_url
        case InvitationAccepted():
            profile = happening.member.profile_url
        case _:
            profile = ""
    return person_hash(account_id, profile) if profile else None


def _row(linkedin_id: UUID, happening: Happening) -> NewsRow:
    kind, body = _told(happening)
    return NewsRow(uuid5(linkedin_id, happening.key), linkedin_id, happening.key, kind, happening.at, body)


def _told(happening: Happening) -> tuple[str, dict[str, object]]:
    """Return the type and the fields that webhooks tell (linkup.md, section 4)."""
    match happening:
        case MessageReceived():
            return "message", {
                "sender": _person(happening.sender),
                "message_text": happening.text,
                "conversation_id": happening.conversation_id,
                "timestamp": timestamp(happening.at),
                "metadata": {"delivered_at": int(happening.at.timestamp() * 1000)},
            }
        case InvitationAccepted():
            return "accepted_invitation", {"new_connections": [_person(happening.member)]}
        case Disconnected():
            return "disconnection", {"reason": happening.reason}
        case _:
            raise TypeError(type(happening))


def _person(member: Member) -> dict[str, str]:
    return {"name": member.name, "profile_url": member.profile_url}
