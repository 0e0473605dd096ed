"""What of a page is no content: menus, banners, forms."""

from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

from overture.research.hidden import is_hidden

_DROPPED_TAGS_TEXT = """
script style noscript template svg nav footer button select option textarea iframe object embed canvas
audio video dialog head link meta input datalist math map menu title frameset applet progress meter
"""
DROPPED_TAGS = frozenset(_DROPPED_TAGS_TEXT.split())
UNSEEN_TAGS = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "link", "meta", "input", "title", "iframe"}
)
"""Of these, the ones that put no text before a reader."""
_DROPPED_ROLES = frozenset(
    {"navigation", "contentinfo", "banner", "dialog", "alertdialog", "search", "menu", "menubar", "tooltip", "alert"}
)
_ANYWHERE = ("cookie", "consent", "gdpr", "onetrust")
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
_COMPOUND = ("-skip-link", "-off-canvas", "-dropdown-menu", "-site-header", "-language-switcher", "-search-form")
_KEPT_LENGTH = 300
_BIG_FORM = 1_500
_MANY_PARAGRAPHS = 12


def is_dropped(node: LexborNode, tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Return whether the element and all within it are left out: hidden, or chrome."""
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
    if (role and role in _DROPPED_ROLES) or _named(attributes.get("class")) or _named(attributes.get("id")):
        return not _holds_page(node)
    return False


def _named(names: str | None) -> bool:
    if not names:
        return False
    return _reads_as_chrome(names) if len(names) <= _KEPT_LENGTH else _reads_as_chrome.__wrapped__(names)


@lru_cache(maxsize=4_096)
def _reads_as_chrome(names: str) -> bool:
    names = names.lower()
    for part in _ANYWHERE:
        if part in names:
            return True
    for name in names.split():
        if name in _NAMES or name.replace("_", "-").rpartition("-")[2] in _NAMES or name.endswith(_COMPOUND):
            return True
    return False


def _holds_page(node: LexborNode) -> bool:
    """Sites name wrappers of whole pages after menus and footers; what holds the page is none."""
    return node.css_first("h1, main, article") is not None or len(node.css("p")) >= _MANY_PARAGRAPHS
