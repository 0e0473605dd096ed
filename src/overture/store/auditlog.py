"""The log of what people did. Each row's hash covers the row and the hash before it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

from overture.domain.console import Logged
from overture.store.db import ReadTx, Row, Tx

_LOCK = 7_305_010_220
_START = b"\0" * 32


def _hash(before: bytes, entry: Logged) -> bytes:
    at = entry.at.astimezone(UTC).isoformat()
    row = [entry.id, at, entry.actor, str(entry.session_id), entry.address, entry.request_id, str(entry.account_id)]
    text = json.dumps([*row, entry.action, entry.object, entry.detail], ensure_ascii=False)
    return hashlib.sha256(before + text.encode("utf-8", "surrogatepass")).digest()


def _logged(row: Row) -> Logged:
    return Logged(*row[:10])


async def append(tx: Tx, entry: Logged) -> Logged:
    """Add an entry after the last one; its ``id`` is given here."""
    await tx.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
    last = await tx.row("SELECT id, hash FROM audit_log ORDER BY id DESC LIMIT 1")
    numbered = replace(entry, id=last["id"] + 1 if last else 1)
    await tx.execute(
        "INSERT INTO audit_log (id, at, actor, session_id, address, request_id, account_id, action, object, detail,"
        " hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        numbered.id,
        numbered.at,
        numbered.actor,
        numbered.session_id,
        numbered.address,
        numbered.request_id,
        numbered.account_id,
        numbered.action,
        numbered.object,
        numbered.detail,
        _hash(last["hash"] if last else _START, numbered),
    )
    return numbered


async def listed(tx: ReadTx, before: int | None, limit: int, action: str = "") -> Sequence[Logged]:
    """Return entries, newest first, from before an id on; ``action`` is the beginning of an action's name."""
    rows = await tx.fetch(
        "SELECT id, at, actor, session_id, address, request_id, account_id, action, object, detail FROM audit_log"
        " WHERE ($1::bigint IS NULL OR id < $1) AND starts_with(action, $3) ORDER BY id DESC LIMIT $2",
        before,
        limit,
        action,
    )
    return [_logged(row) for row in rows]


async def verify(tx: ReadTx) -> tuple[int, str]:
    """Return how many entries there are, and the hash of the last as hex: kept elsewhere, it shows a cut-off end.

    Raises:
        ValueError: an entry was changed, or is missing; the message names the first.
    """
    before, expected = _START, 1
    async with tx.connection.transaction(readonly=True):
        async for row in tx.connection.cursor(
            "SELECT id, at, actor, session_id, address, request_id, account_id, action, object, detail, hash"
            " FROM audit_log ORDER BY id"
        ):
            if row["id"] != expected:
                raise ValueError(f"entry {expected} is missing")
            before = _hash(before, _logged(row))
            if before != row["hash"]:
                raise ValueError(f"entry {expected} was changed, or one before it")
            expected += 1
    return expected - 1, before.hex()
