"""The blocks of a company page: headings, paragraphs and items in their order, without its chrome."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from overture.domain.evidence import EvidenceKind
from overture.research.chrome import DROPPED_TAGS, UNSEEN_TAGS, is_dropped
from overture.research.hidden import is_hidden
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
_BOXES = frozenset({"nav", "footer", "menu", "dialog", "select", "textarea", "video", "audio", "math", "object"})
_NO_ELEMENT = frozenset({"-", "!", ""})  # comments and their like
_SMALL = frozenset({"sub", "sup"})
_ENDS = (".", "!", "?", "…", ":", "。", ")")
_GLUED = re.compile(r"[a-z0-9.!?:,)]$")


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
    breaks: int = 0
    gaps: list[int] = field(default_factory=list[int])

    def add(self, text: str, *, after_element: bool) -> None:
        if text.isspace():
            if self.pieces:
                self.pieces.append(" ")
            return
        self.breaks = 0
        if after_element and self.pieces and _starts_anew(text) and _GLUED.search(self.pieces[-1]):
            self.pieces.append(" ")  # two elements that a style sheet sets apart
        self.pieces.append(text)
        self.length += len(text)
        if self.link_depth:
            self.linked += len(text)

    def gap(self) -> None:
        """Note that something visible was left out here."""
        if self.pieces:
            self.gaps.append(len(self.pieces))

    def take(self) -> tuple[str, float]:
        """Return the text and the share of it in links; no text where a sentence would lack its middle."""
        text = "" if self._torn() else fold("".join(self.pieces))
        share = self.linked / self.length if self.length else 0.0
        self.pieces.clear()
        self.gaps.clear()
        self.length = self.linked = self.breaks = 0
        return text, share

    def _torn(self) -> bool:
        if not self.gaps:
            return False
        last = len(self.pieces)
        while last and self.pieces[last - 1].isspace():
            last -= 1
        before = ("".join(self.pieces[max(0, place - 3) : place]).rstrip() for place in self.gaps if place < last)
        return not all(text.endswith(_ENDS) for text in before)


def _starts_anew(text: str) -> bool:
    return text[0].isupper() or text[0].isdigit()


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
            self._run.breaks += 1
            if self._run.breaks > 1:
                self._close()
            return None
        if tag in DROPPED_TAGS or tag[:1] in _NO_ELEMENT or is_dropped(node, tag, node.attributes):
            self._pass_by(node, tag)
            return None
        self._after_element = tag not in _SMALL
        child = node.first_child
        if tag in _BLOCKS:
            self._close()
            if child is not None:
                self._kinds.append(_kind(tag, self._kinds[-1]))
        elif tag == "a" and child is not None:
            self._run.link_depth += 1
        return child

    def _pass_by(self, node: LexborNode, tag: str) -> None:
        self._after_element = True
        if tag in UNSEEN_TAGS or tag[:1] in _NO_ELEMENT or is_hidden(node, node.attributes):
            return
        if tag in _BLOCKS or tag in _BOXES:
            self._close()
        else:
            self._run.gap()

    def _leave(self, tag: str) -> None:
        self._after_element = tag not in _SMALL
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
