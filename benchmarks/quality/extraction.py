"""How much of a page's main text is read, and how little else: word F1 against what a person marked."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from statistics import mean

from benchmarks.quality.corpus import READ_AT, Page, pages
from overture.domain.evidence import EvidenceKind, Source
from overture.research.gather import read_local, read_local_article

_BODY = {EvidenceKind.HEADING, EvidenceKind.PARAGRAPH, EvidenceKind.ITEM}


@dataclass(frozen=True)
class Extraction:
    """Mean word F1 of one kind of page, over all and over the even and odd half."""

    kind: str
    pages: int
    f1: float
    even: float
    odd: float


def extraction() -> list[Extraction]:
    """Measure service pages and articles."""
    return [_measure("service", read_local), _measure("article", read_local_article)]


def _measure(kind: str, read: Callable[[bytes, str, str], Source]) -> Extraction:
    scores = [_f1(page, read(page.html, page.url, READ_AT)) for page in pages(kind)]
    return Extraction(kind, len(scores), mean(scores), mean(scores[::2]), mean(scores[1::2]))


def _f1(page: Page, source: Source) -> float:
    kept = _words("\n".join(item.text for item in source.evidence if item.kind in _BODY))
    wanted = _words(page.main)
    if not kept or not wanted:
        return float(not kept and not wanted)
    return 2 * (kept & wanted).total() / (kept.total() + wanted.total())


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))
