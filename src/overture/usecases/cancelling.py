"""Cancelling a request: what is unwritten is given up and costs nothing, what is written stays."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from overture.domain.accounts import Caller
from overture.domain.errors import Forbidden, NotFound
from overture.domain.messages import MessageType
from overture.domain.reasons import CANCELLED
from overture.store import cancellation, ledger, messages, requests
from overture.store.db import Tx
from overture.telemetry import faults, metrics
from overture.usecases import completion, idempotency
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

DETAIL = "The request was cancelled before this message was written."


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Where a request stands after cancelling.

    ``kept`` messages are still being written, since another request of the account waits for them; the request is
    complete once they are done.
    """

    request_id: UUID
    complete: bool
    requested: int
    generated: int
    failed: int
    cancelled: int
    kept: int


async def cancel(
    services: Services, caller: Caller, request_id: UUID, how: Once, render: Callable[[Cancelled], bytes]
) -> Answer:
    """Give up what a request has not written; may run twice, and on a complete request changes nothing.

    Raises:
        NotFound, Forbidden: no such request, or another account's.
    """
    given_up: list[MessageType] = []

    async def work(tx: Tx) -> Cancelled:
        given_up.clear()
        return await _cancel(tx, caller, request_id, given_up)

    faults.reach("a1")
    answer = await idempotency.once(services, caller, how, work, render)
    faults.reach("a4")
    for kind in given_up:
        metrics.MESSAGES.labels(kind, "failed").inc()
    return answer


async def _cancel(tx: Tx, caller: Caller, request_id: UUID, given_up: list[MessageType]) -> Cancelled:
    header = await requests.find(tx, request_id)
    if header is None:
        raise NotFound("no such request")
    if header.account_id != caller.account_id:
        raise Forbidden("the request belongs to another account")
    waiting = await cancellation.give_up_waiting(tx, request_id, CANCELLED, DETAIL)
    pending = await cancellation.give_up_pending(tx, request_id, CANCELLED, DETAIL)
    faults.reach("a2")
    if waiting or pending:
        progress = await messages.count(tx, request_id, 0, len(waiting) + len(pending))
        if progress.complete:
            await completion.announce(tx, progress)
        await ledger.settle(tx, header.account_id, request_id, 0, len(pending))
    given_up += [*waiting, *pending]
    tally = await cancellation.tally(tx, request_id, CANCELLED)
    faults.reach("a3")
    return Cancelled(
        request_id=request_id,
        complete=tally.state == "complete",
        requested=tally.requested,
        generated=tally.generated,
        failed=tally.failed,
        cancelled=tally.cancelled,
        kept=tally.requested - tally.generated - tally.failed,
    )
