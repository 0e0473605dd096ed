"""What class names and ids say of an element."""

import re
from functools import lru_cache

CHROME = 1
"""The element is a menu, a banner, a form or the like."""
ALOUD = 2
"""The element is for screen readers alone."""

_NAMES_TEXT = """
nav navbar navigation menu megamenu submenu breadcrumb breadcrumbs footer sidebar popup modal social
socials share sharing related comment comments newsletter subscribe skip skip-link skiplink
skip-to-content pagination pager toolbar topbar site-header masthead lightbox offcanvas off-canvas drawer
toast tooltip dropdown-menu language-switcher search-form login signin disclaimer copyright
"""
_NAMES = frozenset(_NAMES_TEXT.split())
"""Class names and ids of chrome, alone or as the last part (``main-nav``, ``page_footer``)."""
_PARTS_TEXT = """
footer nav related latest recent similar legal disclaimer disclaimers forms signup search tooltip
"""
_PARTS = frozenset(_PARTS_TEXT.split())
"""Parts that name chrome wherever they stand (``footer-text``, ``latest--top``)."""
_COMPOUND = ("-skip-link", "-off-canvas", "-dropdown-menu", "-site-header", "-language-switcher", "-search-form")
_FOR_MACHINES = re.compile(r"(?:^|[_-])(?:sr-only|screen-?reader(?:-text|-only)?|visually-?hidden)$")
_KEPT_LENGTH = 300
_LONGEST = 20_000


def said(names: str) -> int:
    """Return what the names say, CHROME and ALOUD added up: a class attribute or an id."""
    return _said(names) if len(names) <= _KEPT_LENGTH else _said.__wrapped__(names[:_LONGEST])


@lru_cache(maxsize=8_192)
def _said(names: str) -> int:
    found = 0
    for name in names.lower().split():
        found |= _one(name) if len(name) <= _KEPT_LENGTH else 0
    return found


@lru_cache(maxsize=16_384)
def _one(name: str) -> int:
    hinted = "sr-only" in name or "reader" in name or "hidden" in name  # the cheap test comes first
    aloud = ALOUD if hinted and _FOR_MACHINES.search(name) else 0
    return aloud | (CHROME if _is_chrome(name) else 0)


def _is_chrome(name: str) -> bool:
    if name in _NAMES or name.endswith(_COMPOUND):
        return True
    parts = name.replace("_", "-").split("-")
    if parts[-1] in _NAMES or not _PARTS.isdisjoint(parts):
        return True
    return "cookie" in name or "consent" in name or "gdpr" in name or "onetrust" in name
