"""The blocks of a company page: headings, paragraphs and items in their order, without its chrome."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from overture.domain.evidence import EvidenceKind
from overture.research.chrome import DROPPED_TAGS, is_dropped
from overture.research.sentences import fold

MAX_NODES = 150_000
MAX_BLOCKS = 2_000

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ITEMS = frozenset({"li", "td", "th", "dt", "dd", "caption", "summary", "figcaption", "option"})
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure form h1 h2 h3 h4"
    " h5 h6 header hgroup hr legend li main ol p pre section summary table tbody td tfoot th thead tr ul caption"
    " slot".split()
)
_GLUED = re.compile(r"(?<=[a-z0-9.!?:,)])$")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text between two block boundaries, white space folded.

    ``linked`` is the share of its characters, from 0 to 1, that stand inside links.
    """

    kind: EvidenceKind
    text: str
    section: str
    linked: float


@dataclass(slots=True)
class _Run:
    """The text that gathers until the next block boundary."""

    pieces: list[str] = field(default_factory=list[str])
    length: int = 0
    linked: int = 0
    link_depth: int = 0

    def add(self, text: str, *, after_element: bool) -> None:
        if after_element and self.pieces and text[:1].isupper() and _GLUED.search(self.pieces[-1]):
            self.pieces.append(" ")  # two elements that a style sheet sets apart
        self.pieces.append(text)
        if not text.isspace():
            self.length += len(text)
            if self.link_depth:
                self.linked += len(text)

    def take(self) -> tuple[str, float]:
        if not self.pieces:
            return "", 0.0
        text = fold("".join(self.pieces))
        share = self.linked / self.length if self.length else 0.0
        self.pieces.clear()
        self.length = self.linked = 0
        return text, share


def read_blocks(document: LexborHTMLParser) -> list[Block]:
    """Return the blocks of the page's content in their order, each text once. Never raises."""
    root = document.body
    if root is None:
        return []
    blocks: list[Block] = []
    seen: set[str] = set()
    section = ""
    for kind, text, linked in _runs(root):
        if text in seen:
            continue
        seen.add(text)
        if kind is EvidenceKind.HEADING:
            section = text[:120]
        blocks.append(Block(kind, text, section, linked))
        if len(blocks) >= MAX_BLOCKS:
            break
    return blocks


def _runs(root: LexborNode) -> Iterator[tuple[EvidenceKind, str, float]]:
    """Walk without recursion: a page may nest as deep as it likes."""
    run = _Run()
    kinds = [EvidenceKind.PARAGRAPH]
    node: LexborNode | None = root.first_child
    depth = 0
    after_element = False
    for _ in range(MAX_NODES):
        if node is None:
            break
        tag = node.tag or ""
        child: LexborNode | None = None
        if tag == "-text":
            run.add(node.text_content or "", after_element=after_element)
            after_element = False
        elif tag == "br":
            run.add("\n", after_element=False)
        elif tag not in DROPPED_TAGS and node.is_element_node and not is_dropped(node, tag, node.attributes):
            child = node.first_child
            if tag in _BLOCKS:
                text, linked = run.take()
                if text:
                    yield kinds[-1], text, linked
                if child is not None:
                    kinds.append(_kind(tag, kinds[-1]))
            elif tag == "a" and child is not None:
                run.link_depth += 1
            after_element = True
        if child is not None:
            node, depth = child, depth + 1
            continue
        while node is not None:  # climb to the next sibling, closing what ends here
            following = node.next
            if following is not None:
                node = following
                break
            depth -= 1
            node = node.parent if depth >= 0 else None
            if node is None:
                break
            tag = node.tag or ""
            after_element = True
            if tag in _BLOCKS:
                text, linked = run.take()
                if text:
                    yield kinds[-1], text, linked
                kinds.pop()
            elif tag == "a":
                run.link_depth -= 1
    text, linked = run.take()
    if text:
        yield kinds[-1], text, linked


def _kind(tag: str, outer: EvidenceKind) -> EvidenceKind:
    if tag in _HEADINGS:
        return EvidenceKind.HEADING
    if tag in _ITEMS:
        return EvidenceKind.ITEM
    if tag == "p" and outer is not EvidenceKind.HEADING:
        return EvidenceKind.PARAGRAPH
    return outer
