"""Evidence as it gathers from the top of a page."""

from urllib.parse import urldefrag

from overture.domain.evidence import Evidence, EvidenceKind
from overture.research.sentences import usable

MAX_EVIDENCE = 600


class Collector:
    """Evidence in the order of the page, each text once, at most 600."""

    def __init__(self, url: str, fetched_at: str) -> None:
        self.url = urldefrag(url).url
        self._fetched_at = fetched_at
        self._seen: set[str] = set()
        self.evidence: list[Evidence] = []

    def add(self, kind: EvidenceKind, text: str, section: str = "") -> str:
        """Keep the text; return its id, or nothing where it is no new text or the page is full."""
        if text in self._seen or len(self.evidence) >= MAX_EVIDENCE:
            return ""
        self._seen.add(text)
        return self._append(kind, text, section)

    def add_job(self, title: str, location: str) -> str:
        """Keep a role; its location stands as the section. Roles count beyond the limit, and may repeat."""
        return self._append(EvidenceKind.JOB, title, location)

    def add_sentences(self, kind: EvidenceKind, text: str, section: str = "") -> None:
        """Keep the usable sentences of folded text."""
        for sentence in usable(text):
            self.add(kind, sentence, section)

    def _append(self, kind: EvidenceKind, text: str, section: str) -> str:
        position = len(self.evidence)
        name = f"E{position + 1}"
        self.evidence.append(Evidence(name, self.url, kind, text, self._fetched_at, position, section))
        return name
