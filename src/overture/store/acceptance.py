"""Accepting a request: claim its body, own or share its messages, add its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from overture.domain.messages import MessageType
from overture.domain.requests import GenerationRequest
from overture.store.db import Tx
from overture.store.messages import Progress
from overture.store.payment import PAY, Payment, Price

Pair = tuple[int, MessageType]
"""A message within a request: the lead's index and the type."""


class AlreadyOwnedError(Exception):
    """Another message of the account holds one of the pairs; the transaction is lost."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Whether the body was claimed, and, where it was, how paying for its messages went."""

    claimed: bool
    payment: Payment


async def claim(
    tx: Tx, account_id: UUID, request_id: UUID, digest: bytes, keys: Mapping[Pair, UUID], price: Price
) -> Claim:
    """Claim a body, own all of its messages and pay for them, in one statement: the usual request.

    Nothing is changed where another request holds the body.

    Raises:
        AlreadyOwnedError: a message is in work or written already, or a lead is listed twice.
    """
    try:
        row = await tx.row(
            "WITH d AS (INSERT INTO request_digest (account_id, digest, request_id) VALUES ($1, $6, $2)"
            "   ON CONFLICT DO NOTHING RETURNING 1),"
            " m AS (INSERT INTO message (request_id, lead_idx, type, pair, owner, state)"
            "   SELECT $2, m.idx, m.type, m.pair, m.pair, 'pending' FROM unnest($7::int[], $8::text[], $9::uuid[])"
            "   AS m (idx, type, pair) WHERE EXISTS (SELECT FROM d)),"
            + PAY
            + " SELECT EXISTS (SELECT FROM d) AS claimed, (SELECT minute_at FROM w) AS minute,"
            " EXISTS (SELECT FROM b) AS held",
            account_id,
            request_id,
            price.count,
            price.per_minute,
            price.per_day,
            digest,
            [idx for idx, _ in keys],
            [kind for _, kind in keys],
            list(keys.values()),
        )
    except asyncpg.UniqueViolationError as error:
        raise AlreadyOwnedError from error
    assert row is not None
    return Claim(row["claimed"], Payment(row["minute"], row["held"]))


async def claim_digest(tx: Tx, account_id: UUID, digest: bytes, request_id: UUID) -> UUID | None:
    """Make ``request_id`` the holder of a body, or return the id of the request that holds it already.

    A holder that is complete with failures gives way, so that its failed messages can be tried again.
    """
    inserted = await tx.value(
        "INSERT INTO request_digest (account_id, digest, request_id) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING RETURNING 1",
        account_id,
        digest,
        request_id,
    )
    if inserted:
        return None
    row = await tx.row(
        "SELECT d.request_id, r.state = 'complete' AND r.failed > 0 AS retry FROM request_digest d"
        " LEFT JOIN request r ON r.id = d.request_id WHERE d.account_id = $1 AND d.digest = $2 FOR UPDATE OF d",
        account_id,
        digest,
    )
    assert row is not None
    if not row["retry"]:
        return row["request_id"]
    await tx.execute(
        "UPDATE request_digest SET request_id = $3 WHERE account_id = $1 AND digest = $2",
        account_id,
        digest,
        request_id,
    )
    return None


async def own(tx: Tx, request_id: UUID, pairs: Sequence[Pair], keys: Sequence[UUID]) -> set[UUID]:
    """Add messages that this request will write; return the keys it now owns.

    Keys that another message of the account holds, in work or written, are left out.
    """
    rows = await tx.fetch(
        "INSERT INTO message (request_id, lead_idx, type, pair, owner, state)"
        " SELECT $1, m.idx, m.type, m.pair, m.pair, 'pending' FROM unnest($2::int[], $3::text[], $4::uuid[])"
        " AS m (idx, type, pair)"
        " ON CONFLICT (owner) DO NOTHING RETURNING pair",
        request_id,
        [pair[0] for pair in pairs],
        [pair[1] for pair in pairs],
        keys,
    )
    return {row["pair"] for row in rows}


async def share(tx: Tx, request_id: UUID, pairs: Sequence[Pair], keys: Sequence[UUID]) -> set[UUID]:
    """Add messages whose text another message has or will have; return the keys for which that held.

    The owner's row is locked against settling meanwhile, so no sharer is missed. A key whose owner has failed in
    the meantime is left out: the caller owns it then.
    """
    rows = await tx.fetch(
        "WITH o AS MATERIALIZED (SELECT pair, state, text, segments, settled_at FROM message"
        "   WHERE owner = ANY($4::uuid[]) ORDER BY pair FOR SHARE),"
        " n AS (SELECT m.idx, m.type, o.* FROM unnest($2::int[], $3::text[], $4::uuid[]) AS m (idx, type, pair)"
        "   JOIN o USING (pair)),"
        " s AS (INSERT INTO sharer (pair, request_id, lead_idx, type)"
        "   SELECT pair, $1, idx, type FROM n WHERE state = 'pending')"
        " INSERT INTO message (request_id, lead_idx, type, pair, state, text, segments, settled_at)"
        " SELECT $1, idx, type, pair, CASE state WHEN 'pending' THEN 'waiting' ELSE 'reused' END, text, segments,"
        " settled_at FROM n RETURNING pair",
        request_id,
        [pair[0] for pair in pairs],
        [pair[1] for pair in pairs],
        keys,
    )
    return {row["pair"] for row in rows}


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed on acceptance: the messages to be paid for, the minute they count in, the length of notes.

    ``window`` is None where they count in none: nothing is charged, or a campaign asks (``origin``).
    """

    charged: int
    window: datetime | None
    note_limit: int
    origin: str = "api"


async def add(
    tx: Tx,
    request_id: UUID,
    account_id: UUID,
    request: GenerationRequest,
    terms: Terms,
    chunks: Sequence[tuple[int, int]],
) -> list[int]:
    """Add the request's row, its leads, and chunks over runs of leads; return the chunks' ids."""
    leads = request.leads
    rows = await tx.fetch(
        "WITH r AS (INSERT INTO request (id, account_id, digest, notification_url, customer_id, campaign_id,"
        "   campaign_name, proposition_name, proposition_url, material_link, tone, signoff_name, hiring_location,"
        "   note_limit, sequence, requested, charged, window_at, origin)"
        "   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $29)),"
        " l AS (INSERT INTO lead (request_id, idx, lead_id, linkedin, company, first_name, last_name, job_title,"
        "   website_url, specified_url)"
        "   SELECT $1, l.n - 1, l.lead_id, l.linkedin, l.company, l.first_name, l.last_name, l.job_title,"
        "   l.website_url, l.specified_url"
        "   FROM unnest($19::text[], $20::text[], $21::text[], $22::text[], $23::text[], $24::text[], $25::text[],"
        "   $26::text[]) WITH ORDINALITY AS l (lead_id, linkedin, company, first_name, last_name, job_title,"
        "   website_url, specified_url, n))"
        " INSERT INTO chunk (request_id, lead_from, lead_to)"
        " SELECT $1, b.first, b.after FROM unnest($27::int[], $28::int[]) AS b (first, after) RETURNING id",
        request_id,
        account_id,
        request.digest,
        request.completion_notification_url,
        request.customer_id,
        request.campaign_id,
        request.campaign_name,
        request.proposition_company_name,
        request.proposition_company_url,
        request.material_link,
        request.tone,
        request.signoff_name,
        request.hiring_location,
        terms.note_limit,
        sequence_to_text(request),
        len(leads) * len(request.types),
        terms.charged,
        terms.window,
        [lead.lead_id for lead in leads],
        [lead.linkedin for lead in leads],
        [lead.company for lead in leads],
        [lead.first_name for lead in leads],
        [lead.last_name for lead in leads],
        [lead.job_title for lead in leads],
        [lead.company_website_url for lead in leads],
        [lead.specified_url for lead in leads],
        [first for first, _ in chunks],
        [after for _, after in chunks],
        terms.origin,
    )
    return [row["id"] for row in rows]


def sequence_to_text(request: GenerationRequest) -> str:
    """The sequence as it is stored: pairs of step and type."""
    return msgspec.json.encode([(step.step, step.type) for step in request.sequence]).decode()


async def count_shared(tx: Tx, request_id: UUID) -> Progress:
    """Count the messages that a new request shares and that are written already.

    Where nothing is left to write, the request is complete.
    """
    row = await tx.row(
        "UPDATE request r SET generated = m.n,"
        " state = CASE WHEN m.n = r.requested THEN 'complete' ELSE 'in_progress' END,"
        " completed_at = CASE WHEN m.n = r.requested THEN clock_timestamp() END"
        " FROM (SELECT count(*)::int AS n FROM message WHERE request_id = $1 AND state = 'reused') m"
        " WHERE r.id = $1 RETURNING r.id, r.account_id, r.state = 'complete', r.requested, r.generated,"
        " r.notification_url, r.completed_at, r.origin",
        request_id,
    )
    assert row is not None
    return Progress(*row)
