"""Whom a customer must leave alone. The list is final: a trigger refuses every change of it."""

from collections.abc import Sequence
from uuid import UUID

from overture.store.db import ReadTx, Tx


async def add(tx: Tx, account_id: UUID, people: Sequence[bytes], reason: str) -> int:
    """Add people by their hashes; return how many are new."""
    return await tx.execute(
        "INSERT INTO suppression (account_id, person, reason) SELECT $1, p, $3 FROM unnest($2::bytea[]) AS p"
        " ON CONFLICT DO NOTHING",
        account_id,
        list(people),
        reason,
    )


async def holds(tx: ReadTx, account_id: UUID, person: bytes) -> bool:
    """Return whether a person is to be left alone."""
    return bool(
        await tx.value(
            "SELECT EXISTS (SELECT FROM suppression WHERE account_id = $1 AND person = $2)", account_id, person
        )
    )


async def among(tx: ReadTx, account_id: UUID, people: Sequence[bytes]) -> set[bytes]:
    """Return those of some people who are to be left alone."""
    rows = await tx.fetch(
        "SELECT person FROM suppression WHERE account_id = $1 AND person = ANY($2::bytea[])", account_id, list(people)
    )
    return {row["person"] for row in rows}


async def count(tx: ReadTx, account_id: UUID) -> int:
    """Return how many people a customer leaves alone."""
    found = await tx.value("SELECT count(*) FROM suppression WHERE account_id = $1", account_id)
    assert isinstance(found, int)
    return found
