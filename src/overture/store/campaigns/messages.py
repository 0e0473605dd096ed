"""What was written for each step of each lead: the decision, the text, what it rests on, and how sending it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from overture.domain.campaigns.states import Decision
from overture.domain.messages import MessageState, MessageType
from overture.store.db import ReadTx, Row, Tx

Place = tuple[UUID, int]
"""A lead, and the number of its step."""


@dataclass(frozen=True, slots=True)
class CampaignMessage:
    """One row a lead and step that was begun; migration 0010 says what the columns mean."""

    lead_id: UUID
    step: int
    campaign_id: UUID
    type: MessageType
    decision: Decision
    attempt: int = 1
    why: str = ""
    request_id: UUID | None = None
    request_lead: int | None = None
    text: str | None = None
    fact_kind: str = ""
    fact_at: datetime | None = None
    flags: tuple[str, ...] = ()
    edited: bool = False
    failure: str = ""
    written_at: datetime | None = None
    approved_at: datetime | None = None
    approved_by: str = ""
    action_key: str = ""
    outcome: str = ""
    detail: str = ""
    sent_at: datetime | None = None

    @property
    def place(self) -> Place:
        """What names the row."""
        return self.lead_id, self.step


def _message(row: Row) -> CampaignMessage:
    values: dict[str, Any] = dict(row)
    values["type"] = MessageType(values["type"])
    values["decision"] = Decision(values["decision"])
    values["flags"] = tuple(values["flags"])
    return CampaignMessage(**values)


async def find(tx: ReadTx, places: Sequence[Place]) -> dict[Place, CampaignMessage]:
    """Return the messages of leads and steps, as far as there are any."""
    if not places:
        return {}
    rows = await tx.fetch(
        "SELECT m.* FROM unnest($1::uuid[], $2::int[]) AS p (lead_id, step)"
        " JOIN campaign_message m USING (lead_id, step)",
        [lead_id for lead_id, _ in places],
        [step for _, step in places],
    )
    return {message.place: message for message in map(_message, rows)}


async def of_lead(tx: ReadTx, lead_id: UUID) -> list[CampaignMessage]:
    """Return a lead's messages, in the order of their steps."""
    rows = await tx.fetch("SELECT * FROM campaign_message WHERE lead_id = $1 ORDER BY step", lead_id)
    return [_message(row) for row in rows]


async def put(tx: Tx, rows: Sequence[CampaignMessage]) -> None:
    """Add messages, or write them anew as a whole: for whoever has just moved the lead, or holds its position."""
    if not rows:
        return
    await tx.execute(
        "INSERT INTO campaign_message (lead_id, step, campaign_id, type, attempt, decision, why, request_id,"
        " request_lead, text, fact_kind, fact_at, flags, edited, failure, written_at, approved_at, approved_by,"
        " action_key, outcome, detail, sent_at)"
        " SELECT lead_id, step, campaign_id, type, attempt, decision, why, request_id, request_lead, text, fact_kind,"
        " fact_at, string_to_array(flags, ','), edited, failure, written_at, approved_at, approved_by, action_key,"
        " outcome, detail, sent_at"
        " FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::text[], $8::uuid[],"
        " $9::int[], $10::text[], $11::text[], $12::timestamptz[], $13::text[], $14::bool[], $15::text[],"
        " $16::timestamptz[], $17::timestamptz[], $18::text[], $19::text[], $20::text[], $21::text[],"
        " $22::timestamptz[]) AS n (lead_id, step, campaign_id, type, attempt, decision, why, request_id, request_lead,"
        " text, fact_kind, fact_at, flags, edited, failure, written_at, approved_at, approved_by, action_key, outcome,"
        " detail, sent_at) ORDER BY lead_id, step"
        " ON CONFLICT (lead_id, step) DO UPDATE SET type = excluded.type, attempt = excluded.attempt,"
        " decision = excluded.decision, why = excluded.why, request_id = excluded.request_id,"
        " request_lead = excluded.request_lead, text = excluded.text, fact_kind = excluded.fact_kind,"
        " fact_at = excluded.fact_at, flags = excluded.flags, edited = excluded.edited, failure = excluded.failure,"
        " written_at = excluded.written_at, approved_at = excluded.approved_at, approved_by = excluded.approved_by,"
        " action_key = excluded.action_key, outcome = excluded.outcome, detail = excluded.detail,"
        " sent_at = excluded.sent_at",
        [row.lead_id for row in rows],
        [row.step for row in rows],
        [row.campaign_id for row in rows],
        [row.type for row in rows],
        [row.attempt for row in rows],
        [row.decision for row in rows],
        [row.why for row in rows],
        [row.request_id for row in rows],
        [row.request_lead for row in rows],
        [row.text for row in rows],
        [row.fact_kind for row in rows],
        [row.fact_at for row in rows],
        [",".join(row.flags) for row in rows],
        [row.edited for row in rows],
        [row.failure for row in rows],
        [row.written_at for row in rows],
        [row.approved_at for row in rows],
        [row.approved_by for row in rows],
        [row.action_key for row in rows],
        [row.outcome for row in rows],
        [row.detail for row in rows],
        [row.sent_at for row in rows],
    )


async def wake(tx: Tx, request_id: UUID) -> int:
    """Make the leads due at once whose text a request was to write; return how many wait for it."""
    return await tx.execute(
        "UPDATE campaign_position p SET wake_at = '-infinity' FROM campaign_message m WHERE m.request_id = $1"
        " AND p.lead_id = m.lead_id AND p.step = m.step AND p.state = 'writing'",
        request_id,
    )


async def told(tx: ReadTx, request_id: UUID, first: int, after: int) -> list[tuple[int, MessageType, str | None]]:
    """Return what earlier steps wrote to the leads of a request, from index ``first`` up to, and without, ``after``.

    Index, type, and segments as JSON; what was left out, or went without its note, told nothing.
    """
    rows = await tx.fetch(
        "SELECT n.request_lead, e.type, w.segments FROM campaign_message n"
        " JOIN campaign_message e ON e.lead_id = n.lead_id AND e.step < n.step AND e.decision IN ('note', 'message')"
        " JOIN message w ON w.request_id = e.request_id AND w.lead_idx = e.request_lead AND w.type = e.type"
        " WHERE n.request_id = $1 AND n.request_lead >= $2 AND n.request_lead < $3 AND w.segments IS NOT NULL"
        " ORDER BY n.request_lead, e.step",
        request_id,
        first,
        after,
    )
    return [(row["request_lead"], MessageType(row["type"]), row["segments"]) for row in rows]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a text that was asked for: ``state`` is that of ``domain.messages.MessageState``."""

    state: MessageState
    text: str | None
    segments: str | None
    reason: str | None


async def results(tx: ReadTx, places: Sequence[Place]) -> dict[Place, Result]:
    """Return how the texts stand that steps have asked for; a step that has asked for none is left out."""
    rows = await tx.fetch(
        "SELECT m.lead_id, m.step, w.state, w.text, w.segments, w.reason"
        " FROM unnest($1::uuid[], $2::int[]) AS p (lead_id, step) JOIN campaign_message m USING (lead_id, step)"
        " JOIN message w ON w.request_id = m.request_id AND w.lead_idx = m.request_lead AND w.type = m.type",
        [lead_id for lead_id, _ in places],
        [step for _, step in places],
    )
    return {
        (row["lead_id"], row["step"]): Result(MessageState(row["state"]), row["text"], row["segments"], row["reason"])
        for row in rows
    }
