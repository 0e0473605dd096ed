"""A campaign's leads, messages, replies and days as CSV, streamed, without those who are to be left alone."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import fields
from enum import StrEnum
from uuid import UUID

from overture.domain.accounts import Caller
from overture.domain.campaigns.report import Day
from overture.store.campaigns import exports
from overture.store.db import ReadTx, Row
from overture.usecases import spreadsheets
from overture.usecases.campaigns import reporting
from overture.usecases.services import Services

PAGE = 500
"""Leads read at a time: what is held in memory, and how long one statement runs."""


class Table(StrEnum):
    """What can be exported."""

    LEADS = "leads"
    MESSAGES = "messages"
    REPLIES = "replies"
    DAYS = "days"


COLUMNS: dict[Table, tuple[str, ...]] = {
    Table.LEADS: (
        *("key", "first_name", "last_name", "company", "job_title", "linkedin", "state", "step", "reason", "sender"),
        *("invited_at", "accepted_at", "messaged_at", "replied_at", "reply"),
    ),
    Table.MESSAGES: (
        *("key", "first_name", "last_name", "step", "type", "decision", "why", "text", "fact_kind", "flags", "edited"),
        *("failure", "written_at", "approved_at", "approved_by", "outcome", "sent_at"),
    ),
    Table.REPLIES: (
        *("key", "first_name", "last_name", "company", "linkedin", "at", "class", "class_why", "text", "handled_at"),
    ),
    Table.DAYS: tuple(field.name for field in fields(Day)),
}
"""The columns of each table; the first line names them."""


async def export(
    services: Services, campaign_id: UUID, table: Table, caller: Caller | None = None
) -> AsyncIterator[bytes]:
    """Return a table as CSV in pieces. ``caller``: whose the campaign must be; None for the operator.

    Each page is read as it stands then: a person who is suppressed or erased meanwhile is on no later one.

    Raises:
        NotFound, Forbidden: no such campaign, or another account's.
    """
    async with services.database.reading() as tx:
        await reporting.found(tx, campaign_id, caller)
    if table is Table.DAYS:
        return _days(services, campaign_id)
    return _pages(services, campaign_id, table)


async def _days(services: Services, campaign_id: UUID) -> AsyncIterator[bytes]:
    report = await reporting.report(services, campaign_id)
    columns = COLUMNS[Table.DAYS]
    rows = [[str(day.day), *(getattr(day, name) for name in columns[1:])] for day in report.days]
    yield spreadsheets.lines([columns, *rows])


async def _pages(services: Services, campaign_id: UUID, table: Table) -> AsyncIterator[bytes]:
    columns = COLUMNS[table]
    yield spreadsheets.lines([columns])
    after = -1
    while True:
        async with services.database.reading() as tx:
            rows = await _read(tx, campaign_id, table, after)
        if not rows:
            return
        after = rows[-1]["place"]
        yield spreadsheets.lines([row[name] for name in columns] for row in rows if _holds(row, table))


async def _read(tx: ReadTx, campaign_id: UUID, table: Table, after: int) -> Sequence[Row]:
    match table:
        case Table.MESSAGES:
            return await exports.messages(tx, campaign_id, after, PAGE)
        case Table.REPLIES:
            return await exports.replies(tx, campaign_id, after, PAGE)
        case _:
            return await exports.leads(tx, campaign_id, after, PAGE)


def _holds(row: Row, table: Table) -> bool:
    """A lead without a message, or without a reply, is on its page all the same, and on no line."""
    match table:
        case Table.MESSAGES:
            return row["step"] is not None
        case Table.REPLIES:
            return row["at"] is not None
        case _:
            return True
