"""How much of real pages is kept: the development split of WCXB (CC-BY-4.0, Murrough Foley)."""

import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pytest
from selectolax.lexbor import LexborHTMLParser

from overture.domain.evidence import EvidenceKind, Source
from overture.research.decoding import decode
from overture.research.gather import read_local, read_local_article
from overture.research.orders import gives_orders
from overture.research.sentences import fold

BODY = {EvidenceKind.HEADING, EvidenceKind.PARAGRAPH, EvidenceKind.ITEM}


@dataclass(frozen=True)
class Sample:
    url: str
    html: bytes
    main: str


@pytest.fixture(scope="session")
def samples(corpus: Path) -> dict[str, list[Sample]]:
    kinds: dict[str, list[Sample]] = {}
    for line in (corpus / "index.jsonl").read_text().strip().split("\n"):
        entry = json.loads(line)
        html = gzip.decompress((corpus / "html" / f"{entry['id']}.html.gz").read_bytes())
        kinds.setdefault(entry["kind"], []).append(Sample(entry["url"], html, entry["main_content"]))
    return kinds


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def f1(kept: str, wanted: str) -> float:
    a, b = words(kept), words(wanted)
    if not a or not b:
        return float(not a and not b)
    return 2 * (a & b).total() / (a.total() + b.total())


def measure(samples: list[Sample], read: Callable[[bytes, str], Source]) -> tuple[float, float, list[Source]]:
    """Word F1 of the evidence from the page's body, mean over pages; CPU milliseconds a page."""
    read(samples[0].html, samples[0].url)
    started = time.process_time()
    sources = [read(sample.html, sample.url) for sample in samples]
    milliseconds = (time.process_time() - started) * 1_000 / len(samples)
    kept = ["\n".join(item.text for item in source.evidence if item.kind in BODY) for source in sources]
    return mean(f1(text, sample.main) for text, sample in zip(kept, samples, strict=True)), milliseconds, sources


def test_rules_hold_beyond_the_pages_they_were_made_on(samples: dict[str, list[Sample]]) -> None:
    """Rules were made on the pages of even number; the others were looked at for the score alone."""
    assert measure(samples["service"][1::2], read_local)[0] >= 0.805


def test_company_pages(samples: dict[str, list[Sample]], record_property: Callable[[str, object], None]) -> None:
    score, milliseconds, sources = measure(samples["service"], read_local)
    record_property("word_f1", round(score, 4))
    record_property("cpu_ms", round(milliseconds, 2))
    assert score >= 0.835
    assert sum(len(source.evidence) < 3 for source in sources) <= 3
    assert mean(bool(source.site_name) for source in sources) > 0.8
    assert mean(bool(source.language) for source in sources) > 0.9


def test_articles(samples: dict[str, list[Sample]], record_property: Callable[[str, object], None]) -> None:
    score, milliseconds, sources = measure(samples["article"], read_local_article)
    record_property("word_f1", round(score, 4))
    record_property("cpu_ms", round(milliseconds, 2))
    assert score >= 0.955
    assert all(source.title for source in sources)


def test_evidence_is_an_exact_span_of_its_page(samples: dict[str, list[Sample]]) -> None:
    """Sentences stand on the page as they are; at most one in a thousand spans a control that was left out."""
    total = strange = 0
    for sample in samples["service"]:
        body = LexborHTMLParser(decode(sample.html)).body
        page = fold(body.text()).replace(" ", "") if body else ""
        for item in read_local(sample.html, sample.url).evidence:
            if item.kind in BODY:
                total += 1
                strange += item.text.replace(" ", "") not in page
    assert strange <= total // 1_000


def test_hygiene_costs_next_to_nothing(samples: dict[str, list[Sample]]) -> None:
    """Real company pages hold hardly anything that reads as an order to a machine."""
    lines = [line for sample in samples["service"] for line in sample.main.splitlines() if line.strip()]
    assert sum(gives_orders(line) for line in lines) <= len(lines) // 5_000
