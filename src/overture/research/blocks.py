"""The blocks of a company page: headings, paragraphs and items in their order, without its chrome."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from overture.domain.evidence import EvidenceKind
from overture.research.chrome import DROPPED_TAGS, is_dropped
from overture.research.sentences import fold

MAX_NODES = 150_000
MAX_BLOCKS = 2_000

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ITEMS = frozenset({"li", "td", "th", "dt", "dd", "caption", "summary", "figcaption", "option"})
_BLOCKS_TEXT = """
address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure form h1
h2 h3 h4 h5 h6 header hgroup hr legend li main ol p pre section summary table tbody td tfoot th thead tr
ul caption slot
"""
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
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
        if text.isspace():
            if self.pieces:
                self.pieces.append(" ")
            return
        if after_element and self.pieces and text[:1].isupper() and _GLUED.search(self.pieces[-1]):
            self.pieces.append(" ")  # two elements that a style sheet sets apart
        self.pieces.append(text)
        self.length += len(text)
        if self.link_depth:
            self.linked += len(text)

    def take(self) -> tuple[str, float]:
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
    walk = _Walk()
    walk.over(root)
    for kind, text, linked in walk.found:
        if text in seen:
            continue
        seen.add(text)
        if kind is EvidenceKind.HEADING:
            section = text[:120]
        blocks.append(Block(kind, text, section, linked))
    return blocks


class _Walk:
    """One pass over the elements without recursion: a page may nest as deep as it likes."""

    def __init__(self) -> None:
        self._run = _Run()
        self._kinds = [EvidenceKind.PARAGRAPH]
        self._after_element = False
        self.found: list[tuple[EvidenceKind, str, float]] = []

    def over(self, root: LexborNode) -> None:
        """Read all that stands within the root."""
        node = root.first_child
        depth = 0
        for _ in range(MAX_NODES):
            if node is None or len(self.found) >= MAX_BLOCKS:
                break
            child = self._enter(node)
            if child is not None:
                node, depth = child, depth + 1
                continue
            following = node.next
            while following is None and depth > 0:
                parent = node.parent
                if parent is None:
                    break
                node, depth = parent, depth - 1
                self._leave(node.tag or "")
                following = node.next
            node = following
        self._close()

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """Take in a node; return its first child where there is more within."""
        tag = node.tag or ""
        if tag == "-text":
            self._run.add(node.text_content or "", after_element=self._after_element)
            self._after_element = False
            return None
        if tag == "br":
            self._run.add("\n", after_element=False)
            return None
        if tag in DROPPED_TAGS or not node.is_element_node or is_dropped(node, tag, node.attributes):
            self._after_element = True
            return None
        self._after_element = True
        child = node.first_child
        if tag in _BLOCKS:
            self._close()
            if child is not None:
                self._kinds.append(_kind(tag, self._kinds[-1]))
        elif tag == "a" and child is not None:
            self._run.link_depth += 1
        return child

    def _leave(self, tag: str) -> None:
        self._after_element = True
        if tag in _BLOCKS:
            self._close()
            self._kinds.pop()
        elif tag == "a":
            self._run.link_depth -= 1

    def _close(self) -> None:
        if self._run.pieces:
            text, linked = self._run.take()
            if text:
                self.found.append((self._kinds[-1], text, linked))


def _kind(tag: str, outer: EvidenceKind) -> EvidenceKind:
    if tag in _HEADINGS:
        return EvidenceKind.HEADING
    if tag in _ITEMS:
        return EvidenceKind.ITEM
    if tag == "p" and outer is not EvidenceKind.HEADING:
        return EvidenceKind.PARAGRAPH
    return outer
