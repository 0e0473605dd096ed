"""First answers to calls with an Idempotency-Key, kept so that a repeated call gets the same bytes."""

from dataclasses import dataclass
from uuid import UUID

from overture.store.db import ReadTx, Tx


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given; ``digest`` is the hash of the call that it was given to."""

    digest: bytes
    status: int
    body: bytes


async def take_turn(tx: Tx, account_id: UUID, key: str) -> bool:
    """Claim a key until the end of the transaction; False where another call with it is being worked on."""
    taken = await tx.value("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7305))", f"{account_id}:{key}")
    return bool(taken)


async def find(tx: ReadTx, account_id: UUID, key: str) -> Kept | None:
    """Return the answer kept for a key, if it has not expired."""
    row = await tx.row(
        "SELECT digest, status, body FROM kept_answer WHERE account_id = $1 AND key = $2 AND expires_at > now()",
        account_id,
        key,
    )
    return Kept(*row) if row else None


async def keep(tx: Tx, account_id: UUID, key: str, kept: Kept, days: int) -> None:
    """Keep an answer, in place of one that has expired."""
    await tx.execute(
        "INSERT INTO kept_answer (account_id, key, digest, status, body, expires_at)"
        " VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6))"
        " ON CONFLICT (account_id, key) DO UPDATE SET digest = excluded.digest, status = excluded.status,"
        " body = excluded.body, expires_at = excluded.expires_at",
        account_id,
        key,
        kept.digest,
        kept.status,
        kept.body,
        days,
    )


async def forget(tx: Tx, limit: int) -> None:
    """Drop answers that have expired, at most ``limit`` at once."""
    await tx.execute(
        "DELETE FROM kept_answer WHERE (account_id, key) IN"
        " (SELECT account_id, key FROM kept_answer WHERE expires_at <= now() ORDER BY expires_at LIMIT $1)",
        limit,
    )
