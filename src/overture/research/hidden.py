"""What of a page a reader does not see, as far as the attributes of its elements say."""

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|(?:^|[;\s])(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-(?:\d{4}|[5-9]\d\d(?!\d))"
    r"|(?:^|[;\s])(?:left|right|top|bottom|text-indent)\s*:\s*-\d{2,}(?:\.\d+)?(?:r?em|vw|vh)"
    r"|(?:^|[;\s])(?:font-size|max-height|max-width)\s*:\s*0(?:\.0*)?(?:px|em|rem|%|pt)?\s*(?:;|!|$)"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01]|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?:^|[;\s])color\s*:\s*transparent|scale\(\s*0\s*\)",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|[;\s])background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)")
_FOR_MACHINES = re.compile(
    r"(?:^|[\s_-])(?:sr-only|screen-?reader(?:-text|-only)?|visually-?hidden|visuallyhidden)(?:$|\s)"
)
_MACHINE_HINTS = ("sr-only", "reader", "visually")
_ROOTS = frozenset({"html", "body", "main", "article"})
_KEPT_LENGTH = 300
_LONGEST = 2_000
_ANCESTORS = 40
_DEEPEST = 2_000


def is_hidden(node: LexborNode, attributes: Mapping[str, str | None]) -> bool:
    """Return whether the element is hidden by an attribute, its style, or a class for screen readers."""
    if not attributes:
        return False
    if attributes.get("aria-hidden") == "true":
        return True
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    names = attributes.get("class")
    if names and (_for_machines(names) if len(names) <= _KEPT_LENGTH else _for_machines.__wrapped__(names[:_LONGEST])):
        return True
    style = attributes.get("style")
    if not style:
        return False
    hides = _hides(style) if len(style) <= _KEPT_LENGTH else _hides.__wrapped__(style)
    return hides or _is_invisible_ink(node, style)


def drop_hidden(document: LexborHTMLParser) -> None:
    """Take out of the document what a reader does not see."""
    hidden = [node for node in document.css("[hidden], [aria-hidden], [style]") if is_hidden(node, node.attributes)]
    known = {node.mem_id for node in hidden}
    outermost = [node for node in hidden if node.tag not in _ROOTS and not _within(node, known)]
    for node in outermost:
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


@lru_cache(maxsize=4_096)
def _for_machines(names: str) -> bool:
    """Whether the classes are for text that only screen readers get; the cheap test comes first."""
    names = names.lower()
    return any(part in names for part in _MACHINE_HINTS) and _FOR_MACHINES.search(names) is not None


@lru_cache(maxsize=4_096)
def _hides(style: str) -> bool:
    return _HIDING_STYLE.search(style) is not None


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
