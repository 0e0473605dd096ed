"""An article to its evidence: the main text alone, as trafilatura finds it."""

from collections.abc import Iterator
from typing import Protocol, cast
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser

from overture.domain.evidence import EvidenceKind
from overture.research.collector import Collector
from overture.research.decoding import decode
from overture.research.heads import language_of, name_in_title, read_metas, title_of
from overture.research.hidden import drop_hidden
from overture.research.pages import PageReading, read_plain
from overture.research.sentences import fold

_KINDS = {"head": EvidenceKind.HEADING, "item": EvidenceKind.ITEM, "cell": EvidenceKind.ITEM}
_RUNS = frozenset({"p", "head", "item", "cell", "quote"})
_HOLDERS = frozenset({"list", "table", "row"})


def read_article_page(body: bytes, content_type: str, url: str, fetched_at: str) -> PageReading:
    """Return the sentences of the article; authors, comments, teasers and hidden text are left out.

    The arguments are those of ``pages.read_page``.

    Raises:
        ValueError: the page holds no text that could be told from its surroundings.
    """
    text = decode(body, content_type)
    if content_type.partition(";")[0].strip().lower() == "text/plain":
        return read_plain(text, url, fetched_at)
    document = LexborHTMLParser(text)
    metas = read_metas(document)
    title = metas.get("og:title", "")[:300] or title_of(document, metas)
    collector = Collector(url, fetched_at)
    collector.add_sentences(EvidenceKind.TITLE, title)
    collector.add_sentences(EvidenceKind.META, metas.get("description", "") or metas.get("og:description", ""))
    drop_hidden(document)
    section = ""
    for kind, run in _main_text(document.html or ""):
        if kind is EvidenceKind.HEADING:
            section = run[:120]
        collector.add_sentences(kind, run, section)
    return PageReading(
        url=urldefrag(url).url,
        title=title,
        site_name=metas.get("og:site_name", "")[:100] or name_in_title(title_of(document, metas), url),
        language=language_of(document, metas),
        evidence=tuple(collector.evidence),
    )


class _Node(Protocol):
    """What is read of an lxml element."""

    tag: str
    text: str | None
    tail: str | None

    def iter(self) -> Iterator["_Node"]: ...
    def iterchildren(self) -> Iterator["_Node"]: ...
    def itertext(self) -> Iterator[str]: ...


def _main_text(html: str) -> list[tuple[EvidenceKind, str]]:
    import trafilatura  # noqa: PLC0415  # 0.3 s, and only articles need it

    found = trafilatura.bare_extraction(html, include_comments=False, include_tables=True, with_metadata=False)
    if found is None or isinstance(found, dict):
        return []
    runs = [
        (_KINDS.get(node.tag, EvidenceKind.PARAGRAPH), fold("".join(_own_text(node))))
        for node in cast(_Node, found.body).iter()
        if node.tag in _RUNS
    ]
    return [run for run in runs if run[1]]


def _own_text(node: _Node) -> Iterator[str]:
    """The text of a run without the runs within it, which come by themselves."""
    yield node.text or ""
    for child in node.iterchildren():
        if child.tag not in _RUNS and child.tag not in _HOLDERS:
            yield from child.itertext()
        yield child.tail or ""
