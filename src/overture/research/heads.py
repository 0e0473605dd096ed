"""What the head of a page says of it: title, name of the site, language, descriptions."""

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from overture.research.orders import gives_orders
from overture.research.sentences import fold


def read_metas(document: LexborHTMLParser) -> dict[str, str]:
    """Return the first value of each named meta element, folded; one that gives orders is left out."""
    metas: dict[str, str] = {}
    for node in document.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv") or ""
        content = fold((attributes.get("content") or "")[:5_000])
        if name and content and not gives_orders(content):
            metas.setdefault(name.lower()[:100], content)
    return metas


def title_of(document: LexborHTMLParser, metas: dict[str, str]) -> str:
    """Return the title, folded, at most 300 characters; empty where there is none."""
    head = document.head
    node = head.css_first("title") if head is not None else None
    title = fold((node.text() if node is not None else "")[:2_000]) or metas.get("og:title", "")
    return "" if gives_orders(title) else title[:300]


def name_in_title(title: str, url: str) -> str:
    """Return the part of the title that the host spells too: "Acme" of "Home | Acme" on acme.com; else nothing."""
    labels = [re.sub(r"\W", "", label) for label in (urlsplit(url).hostname or "").removeprefix("www.").split(".")]
    for part in re.split(r"\s[|–—·:•»«-]\s|:\s", title):
        compact = re.sub(r"[\W_]", "", part.casefold())
        if len(compact) >= 2 and compact in labels[:2]:
            return part.strip()
    return ""


def language_of(document: LexborHTMLParser, metas: dict[str, str]) -> str:
    """Return the language that the page states, as ISO 639-1; empty where it states none."""
    root = document.root
    stated = (root.attributes.get("lang") if root is not None else None) or ""
    for name in (stated, metas.get("content-language", ""), metas.get("og:locale", "")):
        match = re.match(r"\s*([A-Za-z]{2})(?:$|[-_,;\s])", name)
        if match:
            return match.group(1).lower()
    return ""
