"""What research keeps of the web: sources, and the evidence read from them."""

from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """What a URL is read for; the same URL may be read for two purposes."""

    SITE = "site"
    """A company's site: its home page and a few chosen pages, or one page that the caller specified."""
    ARTICLE = "article"
    """The material to share."""
    JOBS = "jobs"
    """The open roles on a company's job board or its own careers page."""
    COMPANY = "company"
    """Which site is a company's own, found by its name; ``url`` is ``company:`` and the name."""


class EvidenceKind(StrEnum):
    """Where on a page a piece of evidence stood."""

    TITLE = "title"
    META = "meta"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    STRUCTURED = "structured"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence or field as it stood on a page. Nothing else may support a claim.

    ``id`` is unique within its source (E1, E2, ...). ``text`` is the span exactly as read, white space
    folded. ``url`` is the page it was read on. ``fetched_at`` is ISO 8601 in UTC. ``position`` counts
    from the top of the page; ``section`` is the nearest heading above, or empty.
    """

    id: str
    url: str
    kind: EvidenceKind
    text: str
    fetched_at: str
    position: int = 0
    section: str = ""


@dataclass(frozen=True, slots=True)
class JobPost:
    """An open role. ``country`` is ISO 3166-1 alpha-2 in upper case, or None where it is not known."""

    title: str
    country: str | None
    url: str
    evidence_id: str
    date_posted: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A site that was looked at as a company's own.

    ``way`` is how it was come by, ``note`` where it stood there. ``confidence`` is 0 to 100. ``refused`` says why it
    is not the one, and is empty where it is.
    """

    way: str
    url: str
    note: str
    confidence: int
    refused: str


@dataclass(frozen=True, slots=True)
class Source:
    """All that was kept of one URL, read for one purpose.

    ``url`` is the address asked for, ``final_url`` the one that answered. ``language`` is ISO 639-1 or
    empty where unknown. ``site_name`` and ``title`` are as the page states them. ``looked_at`` lists the
    pages that were read, in order. ``version`` changes whenever the content does. ``gaps`` says in words what
    could not be read: where there are any, what is not here may be there all the same. ``candidates`` are those
    of a company's site, the one that was taken first.
    """

    kind: SourceKind
    url: str
    final_url: str
    fetched_at: str
    version: str
    title: str = ""
    site_name: str = ""
    language: str = ""
    evidence: tuple[Evidence, ...] = ()
    jobs: tuple[JobPost, ...] = ()
    looked_at: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
