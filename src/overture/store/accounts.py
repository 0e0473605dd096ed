"""Accounts, their keys and webhook secrets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.domain.accounts import Caller, KeyView, Mode, NewKey, Scope, Tier
from overture.store.db import Database, ReadTx, Row, Tx


@dataclass(frozen=True, slots=True)
class Account:
    """An account's own row."""

    id: UUID
    name: str
    tier: Tier
    note_limit: int | None
    created_at: datetime
    mode: Mode = Mode.LIVE


def _account(row: Row) -> Account:
    return Account(row["id"], row["name"], Tier(row["tier"]), row["note_limit"], row["created_at"], Mode(row["mode"]))


async def add(tx: Tx, name: str, tier: Tier, note_limit: int | None, mode: Mode = Mode.LIVE) -> UUID:
    """Add an account with empty windows; its balances are the ledger's business."""
    account_id = await tx.value(
        "INSERT INTO account (name, tier, note_limit, mode) VALUES ($1, $2, $3, $4) RETURNING id",
        name,
        tier,
        note_limit,
        mode,
    )
    assert isinstance(account_id, UUID)
    await tx.execute(
        "INSERT INTO usage_window (account_id, kind) VALUES ($1, 'requests'), ($1, 'messages')", account_id
    )
    return account_id


async def find(tx: ReadTx, account_id: UUID) -> Account | None:
    """Return one account."""
    row = await tx.row("SELECT * FROM account WHERE id = $1", account_id)
    return _account(row) if row else None


async def listed(tx: ReadTx) -> list[Account]:
    """Return all accounts, oldest first."""
    return [_account(row) for row in await tx.fetch("SELECT * FROM account ORDER BY created_at, id")]


async def set_tier(tx: Tx, account_id: UUID, tier: Tier) -> bool:
    """Change the limits from now on; False where there is no such account."""
    return await tx.execute("UPDATE account SET tier = $2, tier_since = now() WHERE id = $1", account_id, tier) == 1


async def add_key(tx: Tx, account_id: UUID, key: NewKey, scope: Scope) -> None:
    """Store a key's hash."""
    await tx.execute(
        "INSERT INTO api_key (id, account_id, secret_hash, last4, scope) VALUES ($1, $2, $3, $4, $5)",
        key.key_id,
        account_id,
        key.secret_hash,
        key.text[-4:],
        scope,
    )


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """What a presented key is compared with."""

    caller: Caller
    secret_hash: bytes
    revoked: bool


async def find_keys(database: Database, key_ids: Sequence[str]) -> dict[str, KeyRecord]:
    """Look keys up by their ids, all in one statement."""
    rows = await database.all_once(
        "SELECT k.id, k.account_id, k.secret_hash, k.revoked_at IS NOT NULL AS revoked, k.scope, a.tier, a.note_limit,"
        " a.mode = 'test' AS test"
        " FROM api_key k JOIN account a ON a.id = k.account_id WHERE k.id = ANY($1::text[])",
        list(key_ids),
    )
    return {
        row["id"]: KeyRecord(
            Caller(
                row["account_id"], row["id"], Tier(row["tier"]), row["note_limit"], Scope(row["scope"]), row["test"]
            ),
            row["secret_hash"],
            row["revoked"],
        )
        for row in rows
    }


async def keys(tx: ReadTx, account_id: UUID) -> list[KeyView]:
    """Return an account's keys, oldest first."""
    rows = await tx.fetch(
        "SELECT id AS key_id, last4, scope, created_at, last_used_at, revoked_at FROM api_key WHERE account_id = $1"
        " ORDER BY created_at, id",
        account_id,
    )
    return [KeyView(row[0], row[1], Scope(row[2]), *row[3:]) for row in rows]


async def revoke_key(tx: Tx, key_id: str) -> bool:
    """Revoke a key; False where there is none. Revoking twice keeps the first time."""
    return await tx.execute("UPDATE api_key SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1", key_id) == 1


@dataclass(frozen=True, slots=True)
class SealedSecret:
    """A webhook secret at rest."""

    id: UUID
    account_id: UUID
    sealed: bytes
    created_at: datetime
    retires_at: datetime | None


async def secrets(tx: ReadTx, account_id: UUID) -> Sequence[SealedSecret]:
    """Return the secrets in force, newest first."""
    rows = await tx.fetch(
        "SELECT id, account_id, sealed, created_at, retires_at FROM webhook_secret WHERE account_id = $1"
        " AND (retires_at IS NULL OR retires_at > now()) ORDER BY created_at DESC, id",
        account_id,
    )
    return [SealedSecret(*row) for row in rows]


async def add_secret(tx: Tx, secret_id: UUID, account_id: UUID, sealed: bytes, overlap_hours: int) -> None:
    """Add a secret; the ones before it stay in force for ``overlap_hours``."""
    await tx.execute(
        "UPDATE webhook_secret SET retires_at = now() + make_interval(hours => $2)"
        " WHERE account_id = $1 AND retires_at IS NULL",
        account_id,
        overlap_hours,
    )
    await tx.execute(
        "INSERT INTO webhook_secret (id, account_id, sealed) VALUES ($1, $2, $3)", secret_id, account_id, sealed
    )


async def remove_secrets(tx: Tx, account_id: UUID) -> int:
    """Forget all of an account's secrets; webhooks are not sent from now on."""
    return await tx.execute("DELETE FROM webhook_secret WHERE account_id = $1", account_id)


async def all_secrets(tx: ReadTx) -> Sequence[SealedSecret]:
    """Return every stored secret, for re-sealing."""
    rows = await tx.fetch("SELECT id, account_id, sealed, created_at, retires_at FROM webhook_secret ORDER BY id")
    return [SealedSecret(*row) for row in rows]


async def reseal_secret(tx: Tx, secret_id: UUID, sealed: bytes) -> None:
    """Store a secret under another key."""
    await tx.execute("UPDATE webhook_secret SET sealed = $2 WHERE id = $1", secret_id, sealed)
