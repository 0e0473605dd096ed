"""Small pages, and what reading them gives."""

from overture.domain.evidence import Evidence, EvidenceKind, Source
from overture.research.gather import read_local

URL = "https://www.acme.com/"
DAY = "2026-05-01T10:00:00Z"


def read(html: str | bytes, url: str = URL) -> Source:
    return read_local(html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html, url, DAY)


def texts(html: str | bytes, *kinds: EvidenceKind) -> list[str]:
    return [item.text for item in read(html).evidence if not kinds or item.kind in kinds]


def found(source: Source, text: str) -> Evidence:
    return next(item for item in source.evidence if item.text == text)
