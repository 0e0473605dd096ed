"""What follows from a payment: the minute paid in, or the refusal."""

from datetime import datetime
from uuid import UUID

from overture.domain.accounts import Caller
from overture.domain.errors import NotEnoughCredits, RateLimited
from overture.store import ledger, limits
from overture.store.db import Tx
from overture.store.payment import Payment, Price
from overture.telemetry import faults


def price(caller: Caller, count: int) -> Price:
    """Return what ``count`` messages take, within the limits of the caller's tier."""
    tier = caller.limits
    return Price(count, tier.messages_minute, tier.messages_day)


async def settled(tx: Tx, caller: Caller, purpose: UUID, count: int, paid: Payment) -> datetime:
    """Return the minute paid in; a balance whose period has ended is renewed first.

    ``purpose`` is what the ledger names: a request, or a revision.

    Raises:
        RateLimited: the messages do not fit the minute or the day.
        NotEnoughCredits: the balance does not cover them. The caller rolls back after both.
    """
    account_id = caller.account_id
    if paid.minute is None:
        raise RateLimited(await limits.wait_for_messages(tx, account_id, count, caller.limits.messages_day))
    faults.reach("a2")
    if not paid.held:
        await ledger.renew(tx, account_id)
        if not await ledger.hold(tx, account_id, count, purpose):
            raise NotEnoughCredits
    return paid.minute
