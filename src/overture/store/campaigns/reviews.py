"""Messages that wait for a person: listed, locked, approved, edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from overture.domain.campaigns.reviews import ReviewId
from overture.domain.messages import MessageType
from overture.domain.revisions import MessageId
from overture.store.db import ReadTx, Row, Tx


@dataclass(frozen=True, slots=True)
class Review:
    """One message in review, there ``since`` a time; ``request_id`` and ``request_lead`` lead to its evidence."""

    lead_id: UUID
    campaign_id: UUID
    campaign: str
    step: int
    attempt: int
    type: MessageType
    text: str
    flags: tuple[str, ...]
    edited: bool
    request_id: UUID | None
    request_lead: int | None
    fact_at: datetime | None
    since: datetime
    key: str
    linkedin: str
    first_name: str
    last_name: str
    company: str
    job_title: str | None

    @property
    def id(self) -> ReviewId:
        """The name of this text."""
        return ReviewId(self.lead_id, self.step, self.attempt)


_REVIEWS: LiteralString = (
    "SELECT p.lead_id, p.campaign_id, c.name AS campaign, p.step, m.attempt, m.type, coalesce(m.text, '') AS text,"
    " m.flags, m.edited, m.request_id, m.request_lead, m.fact_at, p.moved_at AS since, l.key, l.linkedin,"
    " l.first_name, l.last_name, l.company, l.job_title"
    " FROM campaign_position p JOIN campaign c ON c.id = p.campaign_id JOIN campaign_lead l ON l.id = p.lead_id"
    " JOIN campaign_message m ON m.lead_id = p.lead_id AND m.step = p.step"
    " WHERE p.state = 'review'"
)


def _review(row: Row) -> Review:
    values: dict[str, Any] = dict(row)
    values["type"], values["flags"] = MessageType(values["type"]), tuple(values["flags"])
    return Review(**values)


@dataclass(frozen=True, slots=True)
class Matching:
    """Which messages: of an account, of one campaign, with a flag; ``plain`` are those without any flag."""

    account_id: UUID
    campaign_id: UUID | None = None
    flag: str | None = None
    plain: bool = False


async def listed(tx: ReadTx, which: Matching, after: tuple[datetime, UUID] | None, limit: int) -> list[Review]:
    """Return messages in review, longest waiting first; ``after`` is the time and lead of the last one read before."""
    since, lead_id = after or (None, None)
    rows = await tx.fetch(
        _REVIEWS
        + " AND c.account_id = $1 AND ($2::uuid IS NULL OR c.id = $2) AND ($3::text IS NULL OR $3 = ANY(m.flags))"
        " AND (NOT $4 OR m.flags = '{}') AND ($5::timestamptz IS NULL OR (p.moved_at, p.lead_id) > ($5, $6::uuid))"
        " ORDER BY p.moved_at, p.lead_id LIMIT $7",
        which.account_id,
        which.campaign_id,
        which.flag,
        which.plain,
        since,
        lead_id,
        limit,
    )
    return [_review(row) for row in rows]


async def count(tx: ReadTx, which: Matching, after: tuple[datetime, UUID] | None = None) -> int:
    """Return how many messages match, behind ``after`` where that is given."""
    since, lead_id = after or (None, None)
    found = await tx.value(
        "SELECT count(*) FROM campaign_position p JOIN campaign c ON c.id = p.campaign_id"
        " JOIN campaign_message m ON m.lead_id = p.lead_id AND m.step = p.step WHERE p.state = 'review'"
        " AND c.account_id = $1 AND ($2::uuid IS NULL OR c.id = $2) AND ($3::text IS NULL OR $3 = ANY(m.flags))"
        " AND (NOT $4 OR m.flags = '{}') AND ($5::timestamptz IS NULL OR (p.moved_at, p.lead_id) > ($5, $6::uuid))",
        which.account_id,
        which.campaign_id,
        which.flag,
        which.plain,
        since,
        lead_id,
    )
    assert isinstance(found, int)
    return found


async def find(tx: ReadTx, lead_id: UUID) -> Review | None:
    """Return the message of a lead that is in review, or None."""
    row = await tx.row(_REVIEWS + " AND p.lead_id = $1", lead_id)
    return _review(row) if row else None


async def account_of(tx: ReadTx, lead_id: UUID) -> UUID | None:
    """Return the account that a lead belongs to."""
    found = await tx.value("SELECT account_id FROM campaign_lead WHERE id = $1", lead_id)
    assert found is None or isinstance(found, UUID)
    return found


@dataclass(frozen=True, slots=True)
class Facing:
    """What decides on an approval: where lead and campaign stand, at this moment, with the lead's row locked."""

    lead_id: UUID
    campaign_id: UUID
    sender: UUID | None
    step: int
    attempt: int
    rank: int
    type: MessageType
    has_text: bool
    fact_at: datetime | None
    campaign_state: str
    replied: bool
    suppressed: bool


async def face(tx: Tx, account_id: UUID, lead_ids: Sequence[UUID]) -> dict[UUID, Facing]:
    """Lock an account's leads that are in review until the transaction ends, and return what decides on each."""
    await tx.execute(
        "SELECT FROM campaign_position p JOIN campaign_lead l ON l.id = p.lead_id WHERE p.lead_id = ANY($1::uuid[])"
        " AND p.state = 'review' AND l.account_id = $2 ORDER BY p.lead_id FOR UPDATE OF p",
        list(lead_ids),
        account_id,
    )
    rows = await tx.fetch(
        "SELECT p.lead_id, p.campaign_id, p.sender, p.step, m.attempt, p.rank, m.type, m.text IS NOT NULL AS has_text,"
        " m.fact_at, c.state AS campaign_state, p.replied_at IS NOT NULL AS replied,"
        " EXISTS (SELECT FROM suppression s WHERE s.account_id = l.account_id AND s.person = l.person) AS suppressed"
        " FROM campaign_position p JOIN campaign c ON c.id = p.campaign_id JOIN campaign_lead l ON l.id = p.lead_id"
        " JOIN campaign_message m ON m.lead_id = p.lead_id AND m.step = p.step"
        " WHERE p.lead_id = ANY($1::uuid[]) AND p.state = 'review' AND c.account_id = $2",
        list(lead_ids),
        account_id,
    )
    found: dict[UUID, Facing] = {}
    for row in rows:
        values: dict[str, Any] = dict(row)
        values["type"] = MessageType(values["type"])
        found[values["lead_id"]] = Facing(**values)
    return found


async def approve(tx: Tx, texts: Sequence[ReviewId], by: str, at: datetime) -> None:
    """Keep who approved these texts, and when."""
    await tx.execute(
        "UPDATE campaign_message m SET approved_at = $4, approved_by = $3"
        " FROM unnest($1::uuid[], $2::int[]) AS a (lead_id, step) WHERE m.lead_id = a.lead_id AND m.step = a.step",
        [text.lead_id for text in texts],
        [text.step for text in texts],
        by,
        at,
    )


async def edit(tx: Tx, text: ReviewId, new: str, flags: Sequence[str]) -> None:
    """Replace a text. The caller holds the lead's row."""
    await tx.execute(
        "UPDATE campaign_message SET text = $4, flags = $5::text[], edited = true"
        " WHERE lead_id = $1 AND step = $2 AND attempt = $3",
        text.lead_id,
        text.step,
        text.attempt,
        new,
        list(flags),
    )


async def leave_out(tx: Tx, text: ReviewId, decision: str, why: str) -> None:
    """Keep that a written text is not sent, and why: the step is skipped, or an invitation goes without its note."""
    await tx.execute(
        "UPDATE campaign_message SET decision = $3, why = $4, text = NULL WHERE lead_id = $1 AND step = $2",
        text.lead_id,
        text.step,
        decision,
        why,
    )


async def begin_again(tx: Tx, text: ReviewId, why: str) -> None:
    """Take a text and what it was taken from away, so that the step is written as another attempt."""
    await tx.execute(
        "UPDATE campaign_message SET attempt = attempt + 1, why = $3, request_id = NULL, request_lead = NULL,"
        " text = NULL, flags = '{}', edited = false, fact_at = NULL WHERE lead_id = $1 AND step = $2",
        text.lead_id,
        text.step,
        why,
    )


async def first_segments(tx: ReadTx, message: MessageId) -> str | None:
    """Return the segments of a message's first text, as JSON: what a campaign's text was taken from."""
    found = await tx.value(
        "SELECT segments FROM message WHERE request_id = $1 AND lead_idx = $2 AND type = $3",
        message.request_id,
        message.lead_idx,
        message.type,
    )
    assert found is None or isinstance(found, str)
    return found
