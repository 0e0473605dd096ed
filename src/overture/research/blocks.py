"""The blocks of a company page: headings, paragraphs and items in their order, without its chrome."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from overture.domain.evidence import EvidenceKind
from overture.research.chrome import DROPPED_TAGS, UNSEEN_TAGS, is_chrome
from overture.research.hidden import HIDING, Sight
from overture.research.names import said
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
_UNSEEN, _SMALL, _INLINE, _LINK, _BREAK, _BOX, _BLOCK, _SECTION, _LARGE = range(9)
_ASKED = frozenset({_BOX, _LARGE})
_PLACES: dict[str, int] = (
    dict.fromkeys(_BLOCKS, _BLOCK)
    | dict.fromkeys(DROPPED_TAGS, _BOX)
    | dict.fromkeys(UNSEEN_TAGS, _UNSEEN)
    | dict.fromkeys(("main", "article", "section"), _SECTION)
    | {"a": _LINK, "br": _BREAK, "sub": _SMALL, "sup": _SMALL, "form": _LARGE, "header": _LARGE}
)
"""What an element is to the text around it."""
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
    walk = _Walk(Sight(document))
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

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self._run = _Run()
        self._kinds = [EvidenceKind.PARAGRAPH]
        self._sections = 0
        self._after_element = False
        self.found: list[tuple[EvidenceKind, str, float]] = []

    def over(self, root: LexborNode) -> None:
        """Read all that stands within the root."""
        node = root.first_child
        above: list[tuple[LexborNode, int]] = []
        run = self._run
        for _ in range(MAX_NODES):
            if node is None or len(self.found) >= MAX_BLOCKS:
                break
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content or ""
                if not text.isspace():
                    run.add(text, after_element=self._after_element)
                    self._after_element = False
                elif run.pieces:
                    run.pieces.append(" ")
                    self._after_element = False
            else:
                place = _PLACES.get(tag, _INLINE if tag[:1] not in _NO_ELEMENT else _UNSEEN)
                self._after_element = place != _SMALL
                child = self._enter(node, tag, place) if place != _UNSEEN else None
                if child is not None:
                    above.append((node, place))
                    node = child
                    continue
            node = node.next
            while node is None and above:
                node, place = above.pop()
                self._after_element = place != _SMALL
                if place > _INLINE:
                    self._leave(place)
                node = node.next
        self._close()

    def _enter(self, node: LexborNode, tag: str, place: int) -> LexborNode | None:
        """Take in an element; return its first child where there is more within."""
        if place == _BREAK:
            self._break()
            return None
        attributes = node.attributes
        if attributes or place in _ASKED:
            names = attributes.get("class")
            what = said(names) if names else 0
            if (what or self._sight.looks or not HIDING.isdisjoint(attributes)) and self._sight.hides(node, attributes):
                return None
            if place == _BOX or (
                (what or "id" in attributes or "role" in attributes or place == _LARGE)
                and is_chrome(node, tag, attributes, in_section=self._sections > 0)
            ):
                self._pass_by(tag)
                return None
        child = node.first_child
        if place >= _BLOCK and self._run.pieces:
            self._close()
        if child is not None and place > _INLINE:
            self._open(tag, place)
        return child

    def _open(self, tag: str, place: int) -> None:
        if place == _LINK:
            self._run.link_depth += 1
        elif place >= _BLOCK:
            self._kinds.append(_kind(tag, self._kinds[-1]))
            self._sections += place == _SECTION

    def _break(self) -> None:
        self._run.add("\n", after_element=False)
        self._run.breaks += 1
        if self._run.breaks > 1:
            self._close()

    def _pass_by(self, tag: str) -> None:
        if tag in _BLOCKS or tag in _BOXES:
            self._close()
        else:
            self._run.gap()

    def _leave(self, place: int) -> None:
        if place == _LINK:
            self._run.link_depth -= 1
        elif place >= _BLOCK:
            self._close()
            self._kinds.pop()
            self._sections -= place == _SECTION

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
