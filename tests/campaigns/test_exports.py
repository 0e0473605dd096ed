"""CSV exports: safe for spreadsheets, whole, and without those who are to be left alone."""

import csv
import io
from uuid import UUID

import pytest

from overture.domain.errors import NotFound
from overture.store.db import Database
from overture.usecases import spreadsheets
from overture.usecases.campaigns import exporting
from overture.usecases.campaigns.exporting import Table
from overture.usecases.services import Services
from tests.campaigns import builders, ran
from tests.usecases.conftest import services as _services

pytestmark = pytest.mark.anyio
services = _services

INJECTIONS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\0=1",
    "\tplain",
    "  =1+1",
    "\u00a0=1",
    "\n=1",
    "\u200b=1",
    "\ufeff=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20A",
    "\ufe631",
    "\u22121",
    " \uff1dcmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example","y")',
    "=1\r\n+2",
    '=",@x',
)
HARMLESS = (
    "",
    "Ada",
    "a=b",
    "1-2",
    "x@example.com",
    'say "hi", twice',
    "two\r\nlines",
    "'quoted",
    "(=)",
    "\u2014 so",
    "  a",
)


@pytest.mark.parametrize("text", INJECTIONS)
def test_what_could_be_a_formula_is_disarmed(text: str) -> None:
    assert spreadsheets.cell(text) == "'" + text
    (row,) = csv.reader(io.StringIO(spreadsheets.lines([[text, "b"]]).decode(), newline=""))
    assert row == ["'" + text, "b"]


@pytest.mark.parametrize("text", HARMLESS)
def test_everything_else_comes_back_as_it_was(text: str) -> None:
    (row,) = csv.reader(io.StringIO(spreadsheets.lines([[text, 5, None]]).decode(), newline=""))
    assert row == [text, "5", ""]


async def _read(services: Services, campaign_id: UUID, table: Table) -> list[dict[str, str]]:
    pieces = [piece async for piece in await exporting.export(services, campaign_id, table)]
    whole = b"".join(pieces).decode()
    assert whole.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(whole, newline="")))


async def test_every_row_is_exported_once_over_the_pages(
    database: Database, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 7)
    account_id = await builders.make_account(database)
    campaign = await ran.run(database, account_id, 30)
    leads = await _read(services, campaign.id, Table.LEADS)
    assert [row["key"] for row in leads] == [f"lead-{place}" for place in range(30)]
    assert (leads[5]["state"], leads[5]["reason"], leads[5]["reply"]) == ("stopped", "replied", "interested")
    assert leads[5]["invited_at"] < leads[5]["accepted_at"] < leads[5]["replied_at"]
    messages = await _read(services, campaign.id, Table.MESSAGES)
    assert len(messages) == 30 + 18 + 12
    replies = await _read(services, campaign.id, Table.REPLIES)
    assert [row["text"] for row in replies] == [f"'=Thanks, {place}" for place in (5, 6, 15, 16, 25, 26)]
    days = await _read(services, campaign.id, Table.DAYS)
    assert sum(int(day["invites"]) for day in days) == 30
    with pytest.raises(NotFound):
        await exporting.export(services, account_id, Table.LEADS)


async def test_who_is_to_be_left_alone_is_in_no_export(database: Database, services: Services) -> None:
    account_id = await builders.make_account(database)
    campaign = await ran.run(database, account_id, 20)
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO suppression (account_id, person) SELECT account_id, person FROM campaign_lead"
            " WHERE campaign_id = $1 AND place = 15",
            campaign.id,
        )
        await tx.execute("DELETE FROM campaign_lead WHERE campaign_id = $1 AND place = 16", campaign.id)  # erased
    for table in (Table.LEADS, Table.MESSAGES, Table.REPLIES):
        rows = await _read(services, campaign.id, table)
        keys = {row["key"] for row in rows}
        assert "lead-5" in keys
        assert not {"lead-15", "lead-16"} & keys
