"""Requests for people: a list, one with its progress, its failures by reason, and its cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from overture.domain.errors import Invalid, NotFound
from overture.store import requestlist, requests
from overture.store.requestlist import Cost, LeadLine, Place, ReasonCount, RequestLine
from overture.store.requests import Header
from overture.usecases.services import Services

LINES = 50
STATES = ("in_progress", "complete", "failed")


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of requests; ``following`` is where the next one begins, None at the end."""

    lines: Sequence[RequestLine]
    following: Place | None


async def listed(services: Services, account_id: UUID, state: str, before: Place | None) -> Lines:
    """Return requests, newest first. ``state`` is one of STATES, or empty for all; raises Invalid."""
    if state and state not in STATES:
        raise Invalid([f"state must be one of: {', '.join(STATES)}"])
    async with services.database.reading() as tx:
        found = await requestlist.listed(tx, account_id, state or None, before, LINES + 1)
    more = len(found) > LINES
    last = found[LINES - 1] if more else None
    return Lines(found[:LINES], (last.accepted_at, last.id) if last else None)


@dataclass(frozen=True, slots=True)
class Progress:
    """A request as it stands, with some of its leads."""

    header: Header
    types: tuple[str, ...]
    leads: Sequence[LeadLine]
    first: int
    reasons: Sequence[ReasonCount]
    cost: Cost


async def progress(services: Services, account_id: UUID, request_id: UUID, first: int = 0) -> Progress:
    """Return one request of an account with its leads from ``first`` on; raises NotFound."""
    async with services.database.reading() as tx:
        header = await requests.find(tx, request_id)
        if header is None or header.account_id != account_id:
            raise NotFound("no such request")
        return Progress(
            header,
            tuple(dict.fromkeys(str(step.type) for step in header.steps)),
            await requestlist.leads(tx, request_id, max(0, first), LINES),
            max(0, first),
            await requestlist.reasons(tx, request_id),
            await requestlist.cost(tx, request_id),
        )
