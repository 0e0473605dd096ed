"""Planted text against the gate alone, and against the whole embedded path (a smaller sample)."""

from pathlib import Path

import pytest
from benchmarks.quality.injected import PLACES, carried_through, planted
from benchmarks.quality.obeying import WAYS, obeyed


def test_a_writer_that_copies_a_payload_is_always_stopped(corpus: Path) -> None:
    """The payload stands in the evidence and is cited word for word: no way to call it passes."""
    rows = obeyed()
    assert [row.way for row in rows] == list(WAYS)
    assert all(row.tried >= 80 for row in rows)
    assert {row.way: row.passed for row in rows if row.passed} == {}


@pytest.mark.parametrize("place", PLACES)
def test_nothing_planted_reaches_a_message(corpus: Path, place: str) -> None:
    """Every carrier, every ninth payload: no link, handle, number, name or phrase of a payload."""
    rows = [row for row in planted(step=9) if row.place == place]
    assert len(rows) >= 12
    assert sum(row.messages for row in rows) > 300
    assert [(row.carrier, row.shown) for row in carried_through(rows) if row.payloads] == []
