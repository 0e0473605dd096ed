"""Money: conserved, never below zero, explained entry by entry."""

import asyncio
from uuid import UUID, uuid4

import asyncpg
import pytest

from overture.domain.accounts import Tier, Unit
from overture.store import accounts, audit, ledger
from overture.store.db import Database


async def account(database: Database, credits: int) -> UUID:
    async with database.transaction() as tx:
        account_id = await accounts.add(tx, "one", Tier.SCALE, None)
        await ledger.open_balances(tx, account_id, {Unit.MESSAGES: credits})
    return account_id


async def hold(database: Database, account_id: UUID, amount: int) -> bool:
    async with database.transaction() as tx:
        return await ledger.hold(tx, account_id, amount, uuid4())


async def balance(database: Database, account_id: UUID) -> ledger.Balance:
    async with database.reading() as tx:
        found = await ledger.read(tx, account_id)
    assert found
    return found


async def money_holds(database: Database) -> None:
    async with database.reading() as tx:
        findings = await audit.run(tx)
    assert {f.number: f.breaches for f in findings if f.number in {"I8", "I9"}} == {"I8": (), "I9": ()}


async def test_parallel_buyers_get_what_is_there(database: Database) -> None:
    """100 parallel holds of 1 against 50 credits: exactly 50 pass, in each of three rounds."""
    for _ in range(3):
        account_id = await account(database, 50)
        results = await asyncio.gather(*(hold(database, account_id, 1) for _ in range(100)))
        assert sum(results) == 50
        assert (await balance(database, account_id)).available == 0
    await money_holds(database)


async def test_a_hold_that_is_not_covered_changes_nothing(database: Database) -> None:
    account_id = await account(database, 5)
    assert not await hold(database, account_id, 6)
    assert (await balance(database, account_id)).held == 0
    await money_holds(database)


async def test_the_ledger_cannot_be_rewritten(database: Database) -> None:
    await account(database, 5)
    for statement in ("UPDATE ledger SET amount = 9", "DELETE FROM ledger"):
        with pytest.raises(asyncpg.CheckViolationError):
            async with database.transaction() as tx:
                await tx.connection.execute(statement)


async def test_a_balance_that_does_not_add_up_cannot_be_committed(database: Database) -> None:
    await account(database, 5)
    with pytest.raises(asyncpg.CheckViolationError):
        async with database.transaction() as tx:
            await tx.execute("UPDATE balance SET available = available + 1 WHERE unit = 'messages'")


async def test_a_period_ends_and_the_next_begins(database: Database) -> None:
    """What is left of the allowance expires; a bundle stays; the new allowance is whole."""
    account_id = await account(database, 100)
    async with database.transaction() as tx:
        await ledger.grant(tx, account_id, 30, "bundle")
    assert await hold(database, account_id, 110)  # the allowance, and 10 of the bundle
    async with database.transaction() as tx:
        await tx.execute("UPDATE balance SET period_end = now() - interval '40 days' WHERE unit = 'messages'")
        await ledger.renew(tx, account_id)
        await ledger.renew(tx, account_id)
    after = await balance(database, account_id)
    assert (after.available, after.held, after.period_used) == (120, 110, 0)
    await money_holds(database)


async def test_an_unused_allowance_expires(database: Database) -> None:
    account_id = await account(database, 100)
    assert await hold(database, account_id, 25)
    async with database.transaction() as tx:
        await tx.execute("UPDATE balance SET period_end = now() WHERE unit = 'messages'")
        await ledger.renew(tx, account_id)
    after = await balance(database, account_id)
    assert after.available == 100
    await money_holds(database)
