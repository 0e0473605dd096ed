"""Settling messages: texts, money, counts and the last message's event, in one transaction."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from overture.store import chunks, ledger, messages
from overture.store.db import Tx
from overture.store.messages import Outcome
from overture.telemetry import faults, metrics
from overture.usecases import completion
from overture.usecases.services import Services
from overture.usecases.sparing import Check, as_they_are

Also = Callable[[Tx], Awaitable[None]]
"""What is stored in the same transaction; it may run twice."""


async def nothing_else(_tx: Tx) -> None:
    """Store nothing more."""


async def settle(
    services: Services,
    request_id: UUID,
    outcomes: Sequence[Outcome],
    chunk_id: int,
    also: Also = nothing_else,
    check: Check = as_they_are,
) -> None:
    """Write outcomes; those of messages that another run has settled change nothing."""

    async def work(tx: Tx) -> bool:
        complete = await settle_in(tx, request_id, await check(tx, outcomes))
        await also(tx)
        await chunks.finish(tx, chunk_id)
        faults.reach("w5")
        return complete

    complete = await services.database.settle(work)
    for outcome in outcomes:
        metrics.MESSAGES.labels(outcome.type, "failed" if outcome.text is None else "generated").inc()
    faults.reach("w6")
    if complete:
        faults.reach("w7")


async def settle_in(tx: Tx, request_id: UUID, outcomes: Sequence[Outcome]) -> bool:
    """Write outcomes in the caller's transaction; return whether that completed a request."""
    rows = await messages.settle(tx, request_id, outcomes)
    generated = sum(row["state"] == "generated" for row in rows)
    failed = len(rows) - generated
    counts = {request_id: (generated, failed)}
    pairs = [row["pair"] for row in rows]
    if pairs and await messages.has_sharers(tx, pairs):
        for row in await messages.settle_sharers(tx, request_id, pairs):
            before = counts.get(row["request_id"], (0, 0))
            counts[row["request_id"]] = (before[0] + row["generated"], before[1] + row["failed"])
    account_id: UUID | None = None
    complete = False
    for key in sorted(counts, key=lambda k: k.bytes):
        if counts[key] == (0, 0):
            continue
        progress = await messages.count(tx, key, *counts[key])
        account_id = progress.account_id
        if progress.complete:
            complete = True
            await completion.announce(tx, progress)
    if account_id is not None:
        await ledger.settle(tx, account_id, request_id, generated, failed)
    return complete
