"""Further versions of written messages: asked for one at a time, written once, paid when generated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from overture.domain.messages import MessageType
from overture.domain.revisions import MessageId, Revision, RevisionState, Steering, Wish
from overture.store.db import ReadTx, Row, Tx

_WISH = msgspec.json.Decoder(Wish)
_STEERING = msgspec.json.Decoder(Steering)


async def lock_message(tx: Tx, message: MessageId) -> Row | None:
    """Lock a message's row, so that its versions are added one after another; return state, text and segments."""
    return await tx.row(
        "SELECT state, text, segments FROM message WHERE request_id = $1 AND lead_idx = $2 AND type = $3"
        " FOR NO KEY UPDATE",
        message.request_id,
        message.lead_idx,
        message.type,
    )


@dataclass(frozen=True, slots=True)
class Version:
    """A version as the next one is derived from it."""

    number: int
    state: RevisionState
    text: str | None
    segments: str | None
    steering: Steering


async def versions(tx: ReadTx, message: MessageId) -> list[Version]:
    """Return a message's further versions in order."""
    rows = await tx.fetch(
        "SELECT number, state, text, segments, steering FROM revision"
        " WHERE request_id = $1 AND lead_idx = $2 AND type = $3 ORDER BY number",
        message.request_id,
        message.lead_idx,
        message.type,
    )
    return [Version(r[0], RevisionState(r[1]), r[2], r[3], _STEERING.decode(r[4])) for r in rows]


async def listed(tx: ReadTx, message: MessageId) -> list[Revision]:
    """Return a message's further versions in order, as callers see them."""
    rows = await tx.fetch(
        "SELECT number, state, wish, nullif(text, '') AS text, reason, detail, asked_at, settled_at FROM revision"
        " WHERE request_id = $1 AND lead_idx = $2 AND type = $3 ORDER BY number",
        message.request_id,
        message.lead_idx,
        message.type,
    )
    return [Revision(r[0], RevisionState(r[1]), _WISH.decode(r[2]), *tuple(r)[3:]) for r in rows]


@dataclass(frozen=True, slots=True)
class Asked:
    """A version that is asked for: who pays, for which message, and in which minute it was counted."""

    id: UUID
    account_id: UUID
    message: MessageId
    number: int
    wish: Wish
    steering: Steering
    window: datetime


async def add(tx: Tx, asked: Asked) -> int:
    """Add a version, and the chunk that writes it; return the chunk's id. The caller holds the message's lock."""
    chunk_id = await tx.value(
        "WITH v AS (INSERT INTO revision (id, account_id, request_id, lead_idx, type, number, wish, steering,"
        "   window_at)"
        "   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))"
        " INSERT INTO chunk (request_id, lead_from, lead_to, type, revision_id)"
        " VALUES ($3, $4, $4 + 1, $5, $1) RETURNING id",
        asked.id,
        asked.account_id,
        asked.message.request_id,
        asked.message.lead_idx,
        asked.message.type,
        asked.number,
        msgspec.json.encode(asked.wish).decode(),
        msgspec.json.encode(asked.steering).decode(),
        asked.window,
    )
    assert isinstance(chunk_id, int)
    return chunk_id


@dataclass(frozen=True, slots=True)
class Open:
    """A version that is to be written, with the texts that it must differ from."""

    lead_idx: int
    type: MessageType
    steering: Steering
    texts: frozenset[str]


async def pending(tx: ReadTx, revision_id: UUID) -> Open | None:
    """Return a version that is still to be written; None where it has been settled."""
    row = await tx.row(
        "SELECT v.lead_idx, v.type, v.steering, m.text,"
        " ARRAY(SELECT o.text FROM revision o WHERE o.request_id = v.request_id AND o.lead_idx = v.lead_idx"
        "   AND o.type = v.type AND o.state = 'generated') AS others"
        " FROM revision v JOIN message m USING (request_id, lead_idx, type) WHERE v.id = $1 AND v.state = 'pending'",
        revision_id,
    )
    if row is None:
        return None
    return Open(
        row["lead_idx"],
        MessageType(row["type"]),
        _STEERING.decode(row["steering"]),
        frozenset([row["text"], *row["others"]]),
    )


async def settle(tx: Tx, revision_id: UUID, text: str | None, segments: str | None, refusal: tuple[str, str]) -> bool:
    """Write what became of a version and take or give back its credit; False where it was settled before.

    ``refusal`` is reason and detail, used where there is no text. A release gives back to the period only if the hold
    was made in it; an older one stays as a bundle.
    """
    # The request before the balance, as everywhere: two settlements of one account wait for each other in one order.
    row = await tx.row(
        "WITH v AS (UPDATE revision SET state = CASE WHEN $2::text IS NULL THEN 'failed' ELSE 'generated' END,"
        "   text = $2::text, segments = $3::text, reason = CASE WHEN $2::text IS NULL THEN $4::text END,"
        "   detail = CASE WHEN $2::text IS NULL THEN $5::text END, settled_at = now()"
        "   WHERE id = $1 AND state = 'pending' RETURNING account_id, request_id, asked_at),"
        " r AS (UPDATE request r SET revised = true FROM v WHERE r.id = v.request_id AND $2::text IS NOT NULL"
        "   AND NOT r.revised)"
        " SELECT account_id, asked_at FROM v",
        revision_id,
        text,
        segments,
        *refusal,
    )
    if row is None:
        return False
    await tx.execute(
        "WITH b AS (UPDATE balance SET held = held - 1, captured = captured + $4, available = available + 1 - $4,"
        "   period_used = greatest(0, period_used - CASE WHEN $3 >= period_start THEN 1 - $4 ELSE 0 END)"
        "   WHERE account_id = $2 AND unit = 'messages' RETURNING account_id)"
        " INSERT INTO ledger (account_id, unit, kind, amount, request_id, note)"
        " SELECT account_id, 'messages', CASE $4 WHEN 1 THEN 'capture' ELSE 'release' END, 1, $1, 'revision' FROM b",
        revision_id,
        row["account_id"],
        row["asked_at"],
        0 if text is None else 1,
    )
    return True


async def readd_lost(tx: Tx, seconds: int, limit: int) -> list[int]:
    """Add a chunk for each version that is to be written and has none; return the chunks' ids.

    A worker of the release before, which knows no versions, may have closed it.
    """
    rows = await tx.fetch(
        "INSERT INTO chunk (request_id, lead_from, lead_to, type, revision_id)"
        " SELECT v.request_id, v.lead_idx, v.lead_idx + 1, v.type, v.id FROM revision v WHERE v.state = 'pending'"
        " AND v.asked_at < now() - make_interval(secs => $1)"
        " AND NOT EXISTS (SELECT FROM chunk c WHERE c.request_id = v.request_id AND c.revision_id = v.id"
        "   AND c.state <> 'done') LIMIT $2 RETURNING id",
        float(seconds),
        limit,
    )
    return [row["id"] for row in rows]


async def current(tx: ReadTx, request_id: UUID) -> Sequence[Row]:
    """Return the newest generated version of each message of a request that has one: lead_idx, type, text."""
    return await tx.fetch(
        "SELECT DISTINCT ON (lead_idx, type) lead_idx, type, nullif(text, '') AS text FROM revision"
        " WHERE request_id = $1 AND state = 'generated' ORDER BY lead_idx, type, number DESC",
        request_id,
    )
