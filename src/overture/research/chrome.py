"""What of a page is no content: menus, banners and forms, and what a reader cannot see."""

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

_DROPPED_TAGS_TEXT = """
script style noscript template svg nav footer button select option textarea iframe object embed canvas
audio video dialog head link meta input datalist math map menu title frameset applet progress meter
"""
DROPPED_TAGS = frozenset(_DROPPED_TAGS_TEXT.split())
_DROPPED_ROLES = frozenset(
    {"navigation", "contentinfo", "banner", "dialog", "alertdialog", "search", "menu", "menubar", "tooltip", "alert"}
)
_ANYWHERE = ("cookie", "consent", "gdpr", "onetrust", "sr-only", "screen-reader", "visually-hidden", "visuallyhidden")
_NAMES_TEXT = """
nav navbar navigation menu megamenu submenu breadcrumb breadcrumbs footer sidebar popup modal social
socials share sharing related comment comments newsletter subscribe skip skip-link skiplink
skip-to-content pagination pager toolbar topbar site-header masthead lightbox offcanvas off-canvas drawer
overlay toast tooltip dropdown-menu language-switcher search-form login signin disclaimer copyright
"""
_NAMES = frozenset(_NAMES_TEXT.split())
"""Class names and ids of chrome, alone or as the last part (``main-nav``, ``page_footer``)."""
_LARGE_CHROME = frozenset({"form", "header"})
_PROTECTED_TAGS = frozenset({"html", "body", "main", "article", "h1"})
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
_COMPOUND = ("-skip-link", "-off-canvas", "-dropdown-menu", "-site-header", "-language-switcher", "-search-form")
_CACHED_LENGTH = 300
_ANCESTORS = 40
_DEEPEST = 2_000
_BIG_FORM = 1_500
_MANY_PARAGRAPHS = 12


def is_dropped(node: LexborNode, tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Return whether the element and all within it are left out."""
    if not attributes and tag not in _LARGE_CHROME:
        return False
    if is_hidden(node, attributes):
        return True
    if tag in _PROTECTED_TAGS:
        return False
    if tag == "form":
        return not _holds_page(node) and len(node.text()) < _BIG_FORM
    if tag == "header":
        return node.css_first("h1") is None
    role = attributes.get("role")
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if (role is not None and role in _DROPPED_ROLES) or (len(names) > 1 and _is_chrome_name(names)):
        return not _holds_page(node)
    return False


def _is_chrome_name(names: str) -> bool:
    return _reads_as_chrome(names) if len(names) <= _CACHED_LENGTH else _reads_as_chrome.__wrapped__(names)


@lru_cache(maxsize=4_096)
def _reads_as_chrome(names: str) -> bool:
    names = names.lower()
    if any(part in names for part in _ANYWHERE):
        return True
    return any(
        name in _NAMES or name.replace("_", "-").rpartition("-")[2] in _NAMES or name.endswith(_COMPOUND)
        for name in names.split()
    )


@lru_cache(maxsize=4_096)
def _hides(style: str) -> bool:
    return _HIDING_STYLE.search(style) is not None


def _holds_page(node: LexborNode) -> bool:
    """Sites name wrappers of whole pages after menus and footers; what holds the page is none."""
    return node.css_first("h1, main, article") is not None or len(node.css("p")) >= _MANY_PARAGRAPHS


def is_hidden(node: LexborNode, attributes: Mapping[str, str | None]) -> bool:
    """Return whether a reader of the page does not see the element, as far as its own attributes say."""
    if not attributes:
        return False
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    if attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    if not style:
        return False
    hides = _hides(style) if len(style) <= _CACHED_LENGTH else _HIDING_STYLE.search(style) is not None
    return hides or _is_invisible_ink(node, style)


def drop_hidden(document: LexborHTMLParser) -> None:
    """Take out of the document what a reader does not see."""
    hidden = [node for node in document.css("[hidden], [aria-hidden], [style]") if is_hidden(node, node.attributes)]
    known = {node.mem_id for node in hidden}
    outermost = [node for node in hidden if node.tag not in _PROTECTED_TAGS and not _within(node, known)]
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
