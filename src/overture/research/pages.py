"""One page to its evidence, links and open roles: pure functions, made to run in a child process."""

import re
from dataclasses import dataclass
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser

from overture.domain.evidence import Evidence, EvidenceKind, JobPost
from overture.research.blocks import Block, read_blocks
from overture.research.collector import MAX_EVIDENCE, Collector
from overture.research.decoding import decode
from overture.research.heads import language_of, name_in_title, read_metas, title_of
from overture.research.languages import guess
from overture.research.links import absolute, origin_of, read_frames, read_links
from overture.research.orders import gives_orders
from overture.research.plan import NOWHERE, Plan, survey
from overture.research.sentences import fold
from overture.research.structured import Json, company_name, facts, postings, read_objects, types_of

_READ = frozenset({"", "en"})
"""Languages whose text is read; of a page in another one, titles, descriptions and structured data are kept."""
_SHORT_LINK = 4
_LINKED = 0.6


@dataclass(frozen=True, slots=True)
class PageReading:
    """What one page gave, and where it leads. Evidence ids run E1, E2, ... on this page.

    ``roles_seen`` says that the page describes roles as JSON-LD, be they open or closed.
    """

    url: str
    title: str
    site_name: str
    language: str
    evidence: tuple[Evidence, ...]
    jobs: tuple[JobPost, ...] = ()
    plan: Plan = NOWHERE
    roles_seen: bool = False


def read_page(
    body: bytes,
    content_type: str,
    url: str,
    fetched_at: str,
    survey_links: bool = False,  # noqa: FBT001, FBT002  # passed through a pickle
) -> PageReading:
    """Return what the page holds. Never raises for what a page may contain.

    Args:
        body: the bytes as served, content coding removed.
        content_type: the header, for its charset; ``text/plain`` is read as paragraphs.
        url: the address that answered.
        fetched_at: ISO 8601 in UTC; roles that closed before its day are left out.
        survey_links: work out where the page leads.
    """
    text = decode(body, content_type)
    if content_type.partition(";")[0].strip().lower() == "text/plain":
        return read_plain(text, url, fetched_at)
    document = LexborHTMLParser(text)
    collector = Collector(url, fetched_at)
    metas = read_metas(document)
    objects = read_objects(document)
    title = title_of(document, metas)
    collector.add_sentences(EvidenceKind.TITLE, title)
    for name in ("description", "og:description"):
        collector.add_sentences(EvidenceKind.META, metas.get(name, ""))
    for fact in facts(objects):
        collector.add_sentences(EvidenceKind.STRUCTURED, fact.text, fact.label)
    blocks = [block for block in read_blocks(document) if not is_bare_link(block)]
    language = guess(block.text for block in blocks) or language_of(document, metas)
    for block in blocks if language in _READ else ():
        collector.add_sentences(block.kind, block.text, block.section)
    jobs = _jobs(objects, collector, url, fetched_at)
    return PageReading(
        url=urldefrag(url).url,
        title=title,
        site_name=metas.get("og:site_name", "")[:100] or company_name(objects) or name_in_title(title, url),
        language=language,
        evidence=tuple(collector.evidence),
        jobs=tuple(jobs),
        plan=survey(url, read_links(document, url), read_frames(document, url)) if survey_links else NOWHERE,
        roles_seen=any("JobPosting" in types_of(item) for item in objects),
    )


def is_bare_link(block: Block) -> bool:
    """Return whether the block is a mere link ("Learn more", "Contact us"): part of a menu, no statement."""
    return block.linked > _LINKED and len(block.text.split()) <= _SHORT_LINK


def read_plain(text: str, url: str, fetched_at: str) -> PageReading:
    """Return what plain text holds: paragraphs, set apart by empty lines."""
    collector = Collector(url, fetched_at)
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        collector.add_sentences(EvidenceKind.PARAGRAPH, fold(paragraph))
        if len(collector.evidence) >= MAX_EVIDENCE:
            break
    return PageReading(urldefrag(url).url, "", "", "", tuple(collector.evidence))


def _jobs(objects: list[Json], collector: Collector, url: str, fetched_at: str) -> list[JobPost]:
    jobs: list[JobPost] = []
    for posting in postings(objects, fetched_at):
        if gives_orders(posting.title) or gives_orders(posting.location):
            continue
        name = collector.add_job(posting.title, posting.location)
        target = (absolute(url, origin_of(url), posting.url) if posting.url else "") or urldefrag(url).url
        jobs.append(
            JobPost(posting.title, posting.country, target, name, posting.date_posted, posting.location or None)
        )
    return jobs
