"""Messages with the evidence of each claim."""

from dataclasses import dataclass
from uuid import UUID

import msgspec

from overture.domain.errors import NotFound
from overture.domain.messages import MessageState, MessageType, Segment
from overture.store import requests
from overture.usecases.services import Services

_SEGMENTS = msgspec.json.Decoder(tuple[Segment, ...])


@dataclass(frozen=True, slots=True)
class EvidencedMessage:
    """One message: its text in segments with their citations, or why it was not written."""

    lead_id: str
    first_name: str
    last_name: str
    company: str
    type: MessageType
    state: MessageState
    text: str | None
    reason: str | None
    detail: str | None
    segments: tuple[Segment, ...]


async def of_request(services: Services, request_id: UUID) -> list[EvidencedMessage]:
    """Return all messages of a request; raises NotFound."""
    async with services.database.reading() as tx:
        if await requests.find(tx, request_id) is None:
            raise NotFound("no such request")
        rows = await requests.with_segments(tx, request_id)
    order = list(MessageType)
    shown = [
        EvidencedMessage(
            lead_id=row["lead_id"],
            first_name=row["first_name"],
            last_name=row["last_name"],
            company=row["company"],
            type=MessageType(row["type"]),
            state=MessageState(row["state"]),
            text=row["text"],
            reason=row["reason"],
            detail=row["detail"],
            segments=_SEGMENTS.decode(row["segments"]) if row["segments"] else (),
        )
        for row in rows
    ]
    positions = {message.lead_id: place for place, message in reversed(list(enumerate(shown)))}
    return sorted(shown, key=lambda m: (positions[m.lead_id], order.index(m.type)))
