"""The page of the report: whole, escaped, with nothing from elsewhere; its charts can be read as text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from overture.domain.campaigns.report import Counted, Report
from overture.store.db import Database
from overture.usecases import charts
from overture.usecases.campaigns import reporting
from overture.usecases.charts import Bar, Series
from overture.usecases.services import Services
from tests.campaigns import builders, ran
from tests.campaigns.builders import NOW
from tests.gateway.conftest import MovableClock
from tests.usecases.conftest import services as _services

pytestmark = pytest.mark.anyio
services = _services
VOID = {"meta", "rect", "path"}
HOSTILE = "</title><script>alert(1)</script>\"'&"


class Balance(HTMLParser):
    """Fails where a tag is not closed in its turn; keeps the tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [(tag, name, value or "") for name, value in attrs] or [(tag, "", "")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def parsed(text: str) -> Balance:
    reader = Balance()
    reader.feed(text)
    assert reader.open == []
    return reader


@pytest.fixture
async def made(database: Database, services: Services) -> Report:
    clock = MovableClock()
    clock.at = NOW + timedelta(days=30)
    account_id = await builders.make_account(database)
    campaign = await ran.run(database, account_id, 200)
    return await reporting.report(replace(services, clock=clock), campaign.id)


def _links(page: Balance) -> Iterator[str]:
    return (value for _, name, value in page.seen if name in {"src", "href", "action", "srcset"} or name[:2] == "on")


async def test_the_page_is_whole_and_asks_for_nothing_from_elsewhere(made: Report) -> None:
    text = reporting.page(made)
    page = parsed(text)
    assert list(_links(page)) == []
    assert {tag for tag, _, _ in page.seen} & {"script", "link", "iframe", "img", "form", "object"} == set()
    assert not re.search(r"url\(|@import|https?:", text)
    assert reporting.page(made) == text
    assert text.startswith("<!doctype html>")
    first = text.index("<section>")
    for wanted in (
        "20 of 200 people reached are interested",
        "40 replied (20.0%)",
        "20 leads wrote",
        "20 messages wait",
    ):
        assert 0 < text.index(wanted) < first


async def test_names_are_shown_as_text(made: Report) -> None:
    hostile = replace(made, name=HOSTILE, stops=(Counted(HOSTILE, 1),), replies=(Counted(HOSTILE, 1),))
    text = reporting.page(replace(hostile, senders=(replace(made.senders[0], name=HOSTILE, reason=HOSTILE),)))
    assert "<script" not in text
    assert not {tag for tag, _, _ in parsed(text).seen} & {"script"}


async def test_a_report_of_nothing_has_a_page(made: Report) -> None:
    nothing = replace(
        made, leads=0, days=(), variants=(), facts=(), steps=(), senders=(), budgets=(), stops=(), holds=()
    )
    assert "No leads yet." in reporting.page(replace(nothing, note_effect=None, replies=(), standing=()))


def test_charts_are_drawn_to_scale_and_told_in_words() -> None:
    drawn = charts.bars("Funnel", [Bar("all", 10, "10"), Bar("half", 5, "5 of 10"), Bar("none", 0, "0")])
    widths = re.findall(r'class="s1" x="0" y="\d+" width="([\d.]+)"', drawn)
    assert [float(width) for width in widths] == [640, 320, 0]
    assert "<desc" in drawn
    assert "half: 5 of 10" in drawn

    stacked = charts.capped("Days", ["Mon", "Tue"], [Series("a", [4, 0]), Series("b", [2, 8])], [8, None])
    heights = {
        (title.split(" ")[-1], title.split(":")[0]): float(height)
        for height, title in re.findall(r'height="([\d.]+)"><title>([^<]+)', stacked)
    }
    assert heights["b", "Tue"] == pytest.approx(2 * heights["a", "Mon"]) == pytest.approx(4 * heights["b", "Mon"])
    assert ("a", "Tue") not in heights
    assert "Mon to Tue: 4 a, 10 b." in stacked
    assert 'class="cap"' in stacked
    parsed(drawn + stacked + charts.columns("Nothing", [], []))
