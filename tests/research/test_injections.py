"""Planted texts: 16 carriers, 48 payloads of 8 types, and 4 that read like the company's own words."""

from collections import Counter
from collections.abc import Callable

import pytest
from benchmarks.quality.injections import VISIBLE, Payload, carriers, lookalikes, payloads

from overture.domain.evidence import Source
from overture.research.gather import read_local, read_local_article

PAGE = """<!doctype html><html lang=en><head><title>Acme pumps</title></head><body><header><nav><a href=/a>A</a></nav>
</header><main><h1>Pumps for clinics</h1><p>Acme builds quiet pumps for hospitals in the north of England.</p>
<p>Our engineers visit every site before a pump is built.</p></main></body></html>"""
READERS = {"page": read_local, "article": read_local_article}
HIDDEN = sorted(set(carriers()) - VISIBLE)
# Texts that a reader sees and that order nothing: research keeps them, the composers and the gate refuse them.
MOST_THAT_PASS = {
    "override": 0, "persona": 0, "leak": 1, "disguise": 1, "sabotage": 3, "planted_claim": 5, "link": 5, "contact": 5,
}  # fmt: skip


def survives(read: Callable[[bytes, str], Source], carrier: str, payload: Payload) -> bool:
    source = read(carriers()[carrier](PAGE, payload.text).encode(), "https://acme.com/")
    kept = [source.title, source.site_name, *(text for item in source.evidence for text in (item.text, item.section))]
    return any(marker in text.lower() for marker in payload.markers for text in kept)


def test_there_are_enough_of_them() -> None:
    assert len(carriers()) >= 12
    assert Counter(payload.type for payload in payloads()) == dict.fromkeys(MOST_THAT_PASS, 6)
    assert all(marker in payload.text.lower() or payload.type in {"disguise", "leak"} or len(payload.markers) > 1
               for payload in payloads() for marker in payload.markers[:1])  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("carrier", HIDDEN)
def test_nothing_that_is_hidden_becomes_evidence(reader: str, carrier: str) -> None:
    passed = [p.text for p in [*payloads(), *lookalikes()] if survives(READERS[reader], carrier, p)]
    assert passed == []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("carrier", sorted(VISIBLE))
def test_what_a_reader_sees_passes_only_where_it_orders_nothing(
    reader: str, carrier: str, record_property: Callable[[str, object], None]
) -> None:
    passed = Counter(p.type for p in payloads() if survives(READERS[reader], carrier, p))
    record_property("survived", dict(passed))
    assert all(count <= MOST_THAT_PASS[kind] for kind, count in passed.items()), passed
