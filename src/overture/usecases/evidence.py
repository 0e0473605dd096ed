"""Messages with the evidence of each claim, their versions, and why one was not written."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import msgspec

from overture.domain.accounts import Caller
from overture.domain.authorship import ComposerName
from overture.domain.errors import Forbidden, NotFound
from overture.domain.messages import Brief, LeadDossier, MessageState, MessageType, Person, Segment, Tone
from overture.domain.revisions import MessageId, Revision
from overture.store import requests, revisions
from overture.store.db import ReadTx, Row
from overture.store.requests import Header
from overture.usecases.services import Services

_SEGMENTS = msgspec.json.Decoder(tuple[Segment, ...])
_ORDER = {kind: place for place, kind in enumerate(MessageType)}

MOST = 100
"""Messages of one page."""


@dataclass(frozen=True, slots=True)
class EvidencedMessage:
    """One message: its text in segments with their citations, or why it was not written.

    ``number`` is the version's, 0 for the first text. ``objections`` holds, by the place of each claim and guess in
    ``segments``, what the gate's rules say against it when it is checked again on what it quotes; a claim that is not
    in it was not checked again. ``model`` is set where a language model wrote it. ``versions`` is filled where one
    message is asked for.
    """

    id: str
    lead_index: int
    lead_id: str
    first_name: str
    last_name: str
    company: str
    type: MessageType
    state: MessageState
    number: int
    text: str | None
    reason: str | None
    detail: str | None
    settled_at: datetime | None
    composer: str | None
    model: str | None
    segments: tuple[Segment, ...]
    objections: dict[int, tuple[str, ...]]
    versions: tuple[Revision, ...] = ()


async def of_request(services: Services, request_id: UUID) -> list[EvidencedMessage]:
    """Return all messages of a request, whoever asks: for the operator; raises NotFound."""
    async with services.database.reading() as tx:
        header = await _header(tx, request_id, None)
        rows = await requests.with_segments(tx, request_id)
    return _in_order([_shown(header, row) for row in rows])


async def of_own_request(services: Services, caller: Caller, request_id: UUID) -> list[EvidencedMessage]:
    """Return all messages of a request of the caller's account; raises NotFound or Forbidden."""
    async with services.database.reading() as tx:
        header = await _header(tx, request_id, caller)
        rows = await requests.with_segments(tx, request_id)
    return _in_order([_shown(header, row) for row in rows])


@dataclass(frozen=True, slots=True)
class Page:
    """Some messages of a request; ``following`` is the place after which the next ones stand, None at the end."""

    messages: tuple[EvidencedMessage, ...]
    following: tuple[int, str] | None


async def page(services: Services, caller: Caller, request_id: UUID, after: tuple[int, str] | None, limit: int) -> Page:
    """Return messages of a request in the order of lead and type, each claim checked again.

    Raises:
        NotFound, Forbidden: no such request, or another account's.
    """
    async with services.database.reading() as tx:
        header = await _header(tx, request_id, caller)
        rows = await requests.with_segments(tx, request_id, after, limit + 1)
    shown = await _checked(header, rows[:limit])
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(tuple(shown), (last["idx"], last["type"]) if last else None)


async def one(services: Services, caller: Caller | None, message: MessageId) -> EvidencedMessage:
    """Return one message with its versions, each claim checked again; without a caller for the operator.

    Raises:
        NotFound, Forbidden: no such message, or another account's.
    """
    async with services.database.reading() as tx:
        header = await _header(tx, message.request_id, caller)
        row = await requests.one_with_segments(tx, message.request_id, message.lead_idx, message.type)
        if row is None:
            raise NotFound("no such message")
        known = await revisions.listed(tx, message)
    (shown,) = await _checked(header, [row])
    return replace(shown, versions=tuple(known))


async def _header(tx: ReadTx, request_id: UUID, caller: Caller | None) -> Header:
    header = await requests.find(tx, request_id)
    if header is None:
        raise NotFound("no such request")
    if caller is not None and header.account_id != caller.account_id:
        raise Forbidden("the request belongs to another account")
    return header


def _shown(header: Header, row: Row) -> EvidencedMessage:
    kind = MessageType(row["type"])
    return EvidencedMessage(
        id=str(MessageId(header.id, row["idx"], kind)),
        lead_index=row["idx"],
        lead_id=row["lead_id"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        company=row["company"],
        type=kind,
        state=MessageState(row["state"]),
        number=row["number"],
        text=row["text"],
        reason=row["reason"],
        detail=row["detail"],
        settled_at=row["settled_at"],
        composer=None if row["text"] is None else row["composer"] or ComposerName.EMBEDDED,
        model=None if row["composer"] != ComposerName.LLM else row["model"],
        segments=_SEGMENTS.decode(row["segments"]) if row["segments"] else (),
        objections={},
    )


def _in_order(shown: list[EvidencedMessage]) -> list[EvidencedMessage]:
    return sorted(shown, key=lambda message: (message.lead_index, _ORDER[message.type]))


async def _checked(header: Header, rows: Sequence[Row]) -> list[EvidencedMessage]:
    # In a thread: checking takes the processor, and other callers wait for this loop.
    return await asyncio.to_thread(lambda: [_recheck(header, row) for row in rows])


def _recheck(header: Header, row: Row) -> EvidencedMessage:
    # Loading the gate takes as long as everything else that the API loads, and few calls need it.
    from overture.composition.rechecking import objections  # noqa: PLC0415

    shown = _shown(header, row)
    brief = brief_of(header)
    person = Person(shown.first_name, shown.last_name, shown.company, row["job_title"])
    found = objections(shown.type, shown.segments, brief, LeadDossier(shown.lead_index, person))
    return replace(shown, objections=found)


def brief_of(header: Header) -> Brief:
    """Return what a request's messages have in common, as far as the caller stated it: without what was read."""
    return Brief(
        key=str(header.id),
        proposition_name=header.proposition_name,
        proposition=None,
        tone=Tone(header.tone),
        signoff_name=header.signoff_name,
        material_link=header.material_link,
        hiring_location=header.hiring_location,
        note_limit=header.note_limit,
    )
