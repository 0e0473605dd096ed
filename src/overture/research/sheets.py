"""Rules of a page's own style sheets that hide what they name."""

import re
from itertools import chain

from selectolax.lexbor import LexborHTMLParser

LONGEST_SHEETS = 400_000
_MOST_RULES = 400
# Each begins with a literal, which the expression engine searches for quickly.
_HIDING = (
    re.compile(r"display\s*:\s*none"),
    re.compile(r"visibility\s*:\s*hidden"),
    re.compile(r"opacity\s*:\s*0(?:\.0+)?\s*(?:[;!}]|$)"),
    re.compile(r"font-size\s*:\s*0(?:px|r?em|pt|%)?\s*(?:[;!}]|$)"),
    re.compile(r"left\s*:\s*-(?:\d{4}|[5-9]\d\d(?!\d))"),
    re.compile(r"text-indent\s*:\s*-(?:\d{4}|[5-9]\d\d(?!\d))"),
)
_LONE = re.compile(r"[a-z]*\.([A-Za-z_][\w-]*)$")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def hiding_classes(document: LexborHTMLParser) -> frozenset[str]:
    """Return the classes that the page's own sheets hide.

    Only rules of one class count, outside of media queries and their like: what a longer selector or a
    query hides depends on more than the element. The first 400,000 characters of the sheets are read.
    """
    names: set[str] = set()
    left = LONGEST_SHEETS
    for node in document.css("style"):
        text = (node.text() or "")[:left]
        left -= len(text)
        if text:
            names |= _names_in(text)
        if left <= 0:
            break
    return frozenset(names)


def _names_in(text: str) -> set[str]:
    places = sorted(match.start() for match in chain.from_iterable(kind.finditer(text) for kind in _HIDING))
    names: set[str] = set()
    depth = done = 0
    for place in places[:_MOST_RULES]:
        depth += text.count("{", done, place) - text.count("}", done, place)
        done = place
        if depth != 1:
            continue
        start = text.rfind("{", 0, place)
        before = max(text.rfind("}", 0, start), text.rfind(";", 0, start))
        selector = _COMMENT.sub("", text[before + 1 : start]) if start - before < 2_000 else ""
        for part in selector.split(","):
            found = _LONE.match(part.strip())
            if found:
                names.add(found.group(1))
    return names
