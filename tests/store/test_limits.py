"""Windows are exact, inclusive, and only move forward."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from overture.domain.accounts import Tier, Unit
from overture.store import accounts, ledger, limits, payment
from overture.store.db import Database


async def account(database: Database):
    async with database.transaction() as tx:
        account_id = await accounts.add(tx, "one", Tier.TESTING, None)
        await ledger.open_balances(tx, account_id, {Unit.MESSAGES: 1_000_000})
    return account_id


@dataclass(frozen=True)
class Taken:
    """The minute that messages were counted in, or when to try again."""

    minute: datetime | None
    retry_after: int


async def take(database: Database, account_id, count: int, minute: int, day: int) -> Taken:
    async with database.transaction() as tx:
        paid = await payment.take(tx, account_id, uuid4(), payment.Price(count, minute, day))
        return Taken(paid.minute, await limits.wait_for_messages(tx, account_id, count, day))


async def set_window(database: Database, account_id, kind: str, minute: str, used: int, day_used: int = 0) -> None:
    async with database.transaction() as tx:
        await tx.connection.execute(
            "UPDATE usage_window SET minute_at = date_trunc('minute', now(), 'UTC') + $3::text::interval,"
            " minute_used = $4,"
            " day_at = date_trunc('day', now(), 'UTC'), day_used = $5 WHERE account_id = $1 AND kind = $2",
            account_id, kind, minute, used, day_used,
        )  # fmt: skip


async def settled_minute(database: Database) -> None:
    """Wait out the last second of a minute, so that a test's calls share one."""
    row = await database.once("SELECT extract(second FROM clock_timestamp())::float8 AS s")
    if row["s"] > 57:
        await asyncio.sleep(61 - row["s"])


async def test_the_limit_is_inclusive(database: Database) -> None:
    """Ten of ten pass, the eleventh does not, and a refusal changes nothing."""
    await settled_minute(database)
    account_id = await account(database)
    assert (await take(database, account_id, 10, 10, 1000)).minute is not None
    refused = await take(database, account_id, 1, 10, 1000)
    assert refused.minute is None
    assert 1 <= refused.retry_after <= 60
    row = await database.once("SELECT minute_used, day_used FROM usage_window WHERE kind = 'messages'")
    assert tuple(row) == (10, 10)


async def test_parallel_takes_are_exact(database: Database) -> None:
    """Of 100 parallel takes of 3 against 100, exactly 33 pass."""
    await settled_minute(database)
    account_id = await account(database)
    results = await asyncio.gather(*(take(database, account_id, 3, 100, 1000) for _ in range(100)))
    assert sum(r.minute is not None for r in results) == 33


async def test_parallel_batches_of_calls_are_exact(database: Database) -> None:
    """Batches that together ask for more than the limit are granted the limit."""
    await settled_minute(database)
    account_id = await account(database)
    other_id = await account(database)
    asked = [limits.Asked(account_id, "", 7, 100, 1000), limits.Asked(other_id, "", 1, 100, 1000)]
    grants = await asyncio.gather(*(limits.take_requests(database, asked[:: 1 - 2 * (n % 2)]) for n in range(30)))
    assert sum(g[account_id].granted for g in grants) == 100
    assert sum(g[other_id].granted for g in grants) == 30


async def test_the_day_is_a_window_of_its_own(database: Database) -> None:
    """A full day refuses although the minute is free, and says when the day ends."""
    account_id = await account(database)
    await set_window(database, account_id, "messages", "-1 minute", 0, day_used=1000)
    refused = await take(database, account_id, 1, 10, 1000)
    assert refused.minute is None
    now = datetime.now(UTC)
    to_midnight = 86_400 - (now.hour * 3600 + now.minute * 60 + now.second)
    assert abs(refused.retry_after - to_midnight) <= 2


async def test_a_new_minute_opens_the_window(database: Database) -> None:
    """What was used in an earlier minute does not count in this one."""
    account_id = await account(database)
    await set_window(database, account_id, "messages", "-1 minute", 10, day_used=10)
    assert (await take(database, account_id, 10, 10, 1000)).minute is not None


async def test_a_clock_that_steps_back_reopens_nothing(database: Database) -> None:
    """A row ahead of the clock keeps counting in its own minute."""
    account_id = await account(database)
    for kind in ("messages", "requests"):
        await set_window(database, account_id, kind, "90 minutes", 10, day_used=10)
    assert (await take(database, account_id, 1, 10, 1000)).minute is None
    grants = await limits.take_requests(database, [limits.Asked(account_id, "", 1, 10, 1000)])
    assert grants[account_id].granted == 0
