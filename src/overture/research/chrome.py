"""What of a page is no content: menus, banners, forms."""

from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from overture.research.names import CHROME, said

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
_PROTECTED_TAGS = frozenset({"html", "body", "main", "article", "h1", "p"})
_BIG_FORM = 1_500
_MANY_PARAGRAPHS = 12


def is_chrome(node: LexborNode, tag: str, attributes: Mapping[str, str | None], *, in_section: bool) -> bool:
    """Return whether the element and all within it are left out as chrome.

    ``in_section`` says that it stands in a main, article or section: a header there is that part's own.
    """
    if tag in _PROTECTED_TAGS:
        return False
    if tag == "form":
        return not _holds_page(node) and len(node.text()) < _BIG_FORM
    if tag == "header" and not in_section:
        return node.css_first("h1") is None
    if attributes.get("role") in _DROPPED_ROLES:
        return not _holds_page(node)
    names = attributes.get("class")
    if names and said(names) & CHROME:
        return not _holds_page(node)
    name = attributes.get("id")
    return bool(name and said(name) & CHROME and not _holds_page(node))


def _holds_page(node: LexborNode) -> bool:
    """Sites name wrappers of whole pages after menus and footers; what holds the page is none."""
    return node.css_first("h1, main, article") is not None or len(node.css("p")) >= _MANY_PARAGRAPHS
