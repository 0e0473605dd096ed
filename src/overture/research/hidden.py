"""What of a page a reader does not see, as far as its elements and its own style sheets say."""

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from overture.research.names import ALOUD, said
from overture.research.sheets import hiding_classes

_COLLAPSED = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|(?:^|[;\s])(?:max-)?height\s*:\s*0(?:\.0*)?(?:px|r?em|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
"""Ways by which a page closes what a click opens."""
_GONE = re.compile(
    r"(?:^|[;\s])(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-(?:\d{4}|[5-9]\d\d(?!\d))"
    r"|(?:^|[;\s])(?:left|right|top|bottom|text-indent)\s*:\s*-\d{2,}(?:\.\d+)?(?:r?em|vw|vh)"
    r"|(?:^|[;\s])(?:font-size|max-width|zoom)\s*:\s*0(?:\.0*)?(?:px|em|rem|%|pt)?\s*(?:;|!|$)"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01]|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?:^|[;\s])color\s*:\s*transparent|scale\(\s*0\s*\)",
    re.IGNORECASE,
)
"""Ways by which nobody is meant to see a text."""
_FAINT = re.compile(r"(?:^|[;\s])opacity\s*:\s*0(?:\.0\d*)?%?\s*(?:;|!|$)", re.IGNORECASE)
_MOVING = re.compile(r"transform|transition|animation|will-change|translate|filter", re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|[;\s])background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)")
HIDING = frozenset({"hidden", "aria-hidden", "style"})
"""Attributes that may hide an element."""
_ROOTS = frozenset({"html", "body", "main", "article"})
_CONTROLS = "[aria-controls], [aria-expanded], [role='tab']"
_NO_PANELS = frozenset({"dialog", "alertdialog", "menu", "navigation", "tooltip"})
_PANELS = frozenset({"region", "tabpanel"})
_MOST_LINKED = 0.5
_FEW = 3
_KEPT_LENGTH = 300
_ANCESTORS = 40
_DEEPEST = 2_000
_VISIBLE, _CLOSED, _UNSEEN = 0, 1, 2


class Sight:
    """Tells what of one document a reader sees.

    Seen as well is what a click on a visible control opens: the panel of an accordion or of a tab, built as the
    ARIA Authoring Practices say (the panel names its control, or the control its panel).
    """

    def __init__(self, document: LexborHTMLParser) -> None:
        self._document = document
        self._names = hiding_classes(document)
        self._few: dict[str, bool] = {}
        self.looks = bool(self._names)
        """Whether a class may hide an element."""
        self._panels: tuple[set[str], set[str]] | None = None
        self.candidates = "[hidden], [aria-hidden], [style]" + (", [class]" if self._names else "")
        """A selector of all elements that ``hides`` may be true of, classes for screen readers aside."""

    def hides(self, node: LexborNode, attributes: Mapping[str, str | None]) -> bool:
        """Return whether the element is hidden by an attribute, its style, its class or a rule of the page."""
        closed = attributes.get("aria-hidden") == "true" or (
            "hidden" in attributes and attributes["hidden"] != "until-found"
        )
        names = attributes.get("class")
        if names:
            if said(names) & ALOUD:
                return True
            closed = closed or (self.looks and self._is_ruled_out(names))
        style = attributes.get("style")
        if style:
            found = _judged(style) if len(style) <= _KEPT_LENGTH else _judged.__wrapped__(style)
            if found == _UNSEEN or _is_invisible_ink(node, style) or _is_faint(style, attributes):
                return True
            closed = closed or found == _CLOSED
        return closed and not self._opens(node, attributes)

    def _is_ruled_out(self, names: str) -> bool:
        """Whether a rule hides one of the classes. One on many elements is part of a design that scripts open."""
        parts = names.split()
        for name in () if self._names.isdisjoint(parts) else parts:
            if name in self._names:
                few = self._few.get(name)
                if few is None:
                    few = self._few[name] = len(self._document.css(f".{name}")) <= _FEW
                if few:
                    return True
        return False

    def _opens(self, node: LexborNode, attributes: Mapping[str, str | None]) -> bool:
        """Whether a control on the page opens the element, and it is no menu."""
        role = attributes.get("role") or ""
        if role in _NO_PANELS or attributes.get("aria-modal"):
            return False
        label, name = attributes.get("aria-labelledby") or "", attributes.get("id") or ""
        owners, controlled = self._controls()
        opens = bool(label) and ((role in _PANELS and label in owners) or name in controlled)
        return (opens or _follows_control(node, attributes)) and not _is_linked(node)

    def _controls(self) -> tuple[set[str], set[str]]:
        """The ids of controls and of what they open, read when first asked for."""
        if self._panels is None:
            owners: set[str] = set()
            controlled: set[str] = set()
            for control in self._document.css(_CONTROLS):
                owners.update(name for near in (control, control.parent) if near and (name := near.id))
                controlled.update((control.attributes.get("aria-controls") or "").split())
            self._panels = owners, controlled
        return self._panels


def drop_hidden(document: LexborHTMLParser) -> None:
    """Take out of the document what a reader does not see."""
    sight = Sight(document)
    hidden = [node for node in document.css(sight.candidates) if sight.hides(node, node.attributes)]
    known = {node.mem_id for node in hidden}
    outermost = [node for node in hidden if node.tag not in _ROOTS and not _within(node, known)]
    for node in outermost:
        node.decompose()
    for node in document.css("noscript, template"):  # a browser that runs scripts shows neither
        node.decompose()


def _within(node: LexborNode, known: set[int]) -> bool:
    above = node.parent
    for _ in range(_DEEPEST):
        if above is None:
            return False
        if above.mem_id in known:
            return True
        above = above.parent
    return True


def _follows_control(node: LexborNode, attributes: Mapping[str, str | None]) -> bool:
    """A panel of no height right after its control, as many scripts build accordions."""
    if "height" not in (attributes.get("style") or ""):
        return False
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before is not None and before.css_first("[aria-expanded]") is not None


def _is_linked(node: LexborNode) -> bool:
    linked = sum(len(link.text()) for link in node.css("a"))
    return linked > _MOST_LINKED * len(node.text())


@lru_cache(maxsize=4_096)
def _judged(style: str) -> int:
    if _GONE.search(style):
        return _UNSEEN
    return _CLOSED if _COLLAPSED.search(style) else _VISIBLE


def _is_faint(style: str, attributes: Mapping[str, str | None]) -> bool:
    """Text without opacity that nothing about the element says will be faded in."""
    if "opacity" not in style.lower() or not _FAINT.search(style) or _MOVING.search(style):
        return False
    return all(name in {"style", "id"} for name in attributes)


def _is_invisible_ink(node: LexborNode, style: str) -> bool:
    """Text in the colour of its ground; white counts where nothing above could give a darker ground."""
    ink = _colour(_COLOUR.search(style))
    if not ink:
        return False
    above: LexborNode | None = node
    own = True
    for _ in range(_ANCESTORS):
        if above is None or not above.is_element_node:
            break
        attributes = above.attributes
        ground = _BACKGROUND.search(attributes.get("style") or "")
        if ground is not None:
            return _colour(ground) == ink
        if "bgcolor" in attributes:
            return _normal(attributes["bgcolor"] or "") == ink
        if above.tag != "html" and not own and ("class" in attributes or "id" in attributes):
            return False  # a style sheet may colour it
        if own and "class" in attributes:
            return False
        above, own = above.parent, False
    return ink == "ffffff"


def _colour(match: re.Match[str] | None) -> str:
    return _normal(match.group(1)) if match else ""


def _normal(value: str) -> str:
    value = value.strip().lower()
    numbers = _RGB.match(value)
    if numbers:
        return "".join(f"{min(int(part[:4]), 255):02x}" for part in numbers.groups())
    value = value.split()[0] if value else ""
    value = {"white": "#ffffff", "black": "#000000"}.get(value, value)
    if len(value) == 4 and value.startswith("#"):
        value = "#" + "".join(c * 2 for c in value[1:])
    return value.removeprefix("#")[:6]
