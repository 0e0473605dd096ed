"""What PostgreSQL itself refuses, whatever the code above asks for."""

from uuid import UUID, uuid4

import asyncpg
import pytest

from overture.store.db import Database


async def seed(database: Database) -> UUID:
    """A complete request with one generated message, its event included."""
    request_id, account_id = uuid4(), uuid4()
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO request (id, account_id, digest, state, notification_url, customer_id, campaign_id,"
            " campaign_name, proposition_name, proposition_url, tone, note_limit, sequence, requested,"
            " generated, charged,"
            " completed_at)"
            " VALUES ($1, $2, '', 'complete', '', '', '', '', '', '', 'normal', 300, '[]', 1, 1, 1, now())",
            request_id,
            account_id,
        )
        await tx.execute(
            "INSERT INTO message (request_id, lead_idx, type, pair, owner, state, text)"
            " VALUES ($1, 0, 'x', $2, $2, 'generated', 'Hi')",
            request_id,
            uuid4(),
        )
        await tx.execute(
            "INSERT INTO event (id, account_id, request_id, kind, url, body, triggered_at, state)"
            " VALUES ($1, $2, $1, 'request.completed', '', 'body', now(), 'pending')",
            request_id,
            account_id,
        )
    return request_id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE message SET state = 'failed', text = NULL, reason = 'x', owner = NULL",
        "UPDATE message SET state = 'pending', text = NULL",
        "UPDATE request SET state = 'in_progress', generated = 0, completed_at = NULL",
        "UPDATE request SET generated = generated - 1",
        "UPDATE request SET revised = true, failed = 1, requested = 2",
        "UPDATE request SET revised = true, completed_at = now() + interval '1 day'",
    ],
)
async def test_settled_messages_and_requests_do_not_change(database: Database, statement: str) -> None:
    await seed(database)
    with pytest.raises(asyncpg.CheckViolationError):
        async with database.transaction() as tx:
            await tx.connection.execute(statement)


async def test_an_events_body_does_not_change(database: Database) -> None:
    await seed(database)
    with pytest.raises(asyncpg.CheckViolationError):
        async with database.transaction() as tx:
            await tx.execute("UPDATE event SET body = 'another'")


async def test_a_pair_has_one_owner(database: Database) -> None:
    await seed(database)
    with pytest.raises(asyncpg.UniqueViolationError):
        async with database.transaction() as tx:
            await tx.execute(
                "INSERT INTO message (request_id, lead_idx, type, pair, owner, state)"
                " SELECT request_id, 1, type, pair, pair, 'pending' FROM message"
            )


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO request SELECT (jsonb_populate_record(r, '{\"generated\": 2}')).* FROM request r",
        "UPDATE event SET state = 'lost'",
        'INSERT INTO message SELECT (jsonb_populate_record(m, \'{"text": null, "lead_idx": 7}\')).* FROM message m',
    ],
)
async def test_rows_that_contradict_themselves_are_refused(database: Database, statement: str) -> None:
    await seed(database)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        async with database.transaction() as tx:
            await tx.connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET text = 'Another'",
        "UPDATE revision SET state = 'failed', text = NULL, reason = 'x'",
        'INSERT INTO revision SELECT (jsonb_populate_record(r, \'{"state": "failed", "number": 2}\')).*'
        " FROM revision r",
    ],
)
async def test_a_settled_version_does_not_change_and_none_contradicts_itself(
    database: Database, statement: str
) -> None:
    request_id = await seed(database)
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO revision (id, account_id, request_id, lead_idx, type, number, wish, steering, state, text,"
            " window_at, settled_at) VALUES ($1, $1, $2, 0, 'x', 1, '{}', '{}', 'generated', 'Hello', now(), now())",
            uuid4(),
            request_id,
        )
    with pytest.raises((asyncpg.CheckViolationError, asyncpg.UniqueViolationError)):
        async with database.transaction() as tx:
            await tx.connection.execute(statement)


async def test_two_versions_of_a_message_are_never_open_at_once(database: Database) -> None:
    request_id = await seed(database)
    with pytest.raises(asyncpg.UniqueViolationError):
        async with database.transaction() as tx:
            await tx.execute(
                "INSERT INTO revision (id, account_id, request_id, lead_idx, type, number, wish, steering, window_at)"
                " SELECT gen_random_uuid(), $1, $1, 0, 'x', n, '{}', '{}', now() FROM generate_series(1, 2) n",
                request_id,
            )


async def test_a_complete_request_may_learn_that_it_is_revised_and_not_forget_it(database: Database) -> None:
    await seed(database)
    async with database.transaction() as tx:
        assert await tx.execute("UPDATE request SET revised = true") == 1
    with pytest.raises(asyncpg.CheckViolationError):
        async with database.transaction() as tx:
            await tx.execute("UPDATE request SET revised = false")
