"""Where a page leads: its links and the pages embedded in it."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from overture.research.boards.catalogue import addresses_in
from overture.research.sentences import fold

MAX_LINKS = 400
_MAX_FRAMES = 60
_LONGEST_ADDRESS = 2_000
_OTHER_SCHEME = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: absolute address without fragment, and its folded text."""

    url: str
    text: str


def read_links(document: LexborHTMLParser, url: str) -> list[Link]:
    """Links to other pages, menus included, in the order of the page."""
    links: dict[str, Link] = {}
    base = _base(document, url)
    origin = origin_of(base)
    for node in document.css("a[href]"):
        target = absolute(base, origin, node.attributes.get("href") or "")
        if target and target not in links:
            links[target] = Link(target, fold(node.text()[:300])[:100])
            if len(links) >= MAX_LINKS:
                break
    return list(links.values())


def read_frames(document: LexborHTMLParser, url: str) -> list[str]:
    """Return the addresses of frames and scripts, and those of job boards within scripts: boards are embedded so."""
    origin = origin_of(url)
    targets = [
        absolute(url, origin, node.attributes.get("src") or "")
        for node in document.css("iframe[src], script[src]")[:_MAX_FRAMES]
    ]
    for node in document.css("script:not([src])")[:_MAX_FRAMES]:
        targets += addresses_in(node.text() or "")
    return [target for target in targets if target]


def absolute(base: str, origin: str, href: str) -> str:
    """Return the address without its fragment, or nothing where it leads to no page; the plain cases go fast."""
    href = href.strip().partition("#")[0]
    if not href or len(href) > _LONGEST_ADDRESS:
        return ""
    if href.startswith(("https://", "http://")):
        return href
    if href[0] == "/" and href[1:2] not in ("/", "\\"):
        return origin + href
    if _OTHER_SCHEME.match(href):
        return ""
    try:
        target = urljoin(base, href)
    except ValueError:
        return ""
    return target if target.startswith(("https://", "http://")) else ""


def origin_of(url: str) -> str:
    """Return scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _base(document: LexborHTMLParser, url: str) -> str:
    node = document.css_first("base[href]")
    stated = absolute(url, origin_of(url), node.attributes.get("href") or "") if node is not None else ""
    return stated or url
