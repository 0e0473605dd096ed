"""What a candidate's page says of whose it is: a pure function, made to run in a child process."""

import re
from dataclasses import dataclass
from typing import cast
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser

from overture.research.countries import country_of
from overture.research.decoding import decode
from overture.research.heads import read_metas, title_of
from overture.research.links import read_links
from overture.research.plan import site_of
from overture.research.sentences import fold
from overture.research.structured import Json, read_objects, text_of, types_of

_ORGANISATION = re.compile(
    r"Organization$|Corporation$|Business$|Company$|Agency$|Store$|Service$|NGO$|Institution$|University$|Brand$"
)
_PARTS = re.compile(r"\s+[|–—·:•»«~-]+\s+|:\s+|\s*[|•»·]\s*")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[\s©,]*(?:\(c\)\s*)?(?:\d{4}(?:\s*[-–—/]\s*(?:\d{2,4}|present))?[\s,.:|–-]*)?(?:by\s+)?"
    r"(?P<name>[^|•·\n©]{2,80}?)(?=\s*(?:[|•·\n©]|all rights|alle rechte|tous droits|registered|company (?:no|num|reg)"
    r"|\d{4}\b|\.\s|\.$|,\s|$))",
    re.IGNORECASE,
)
_BEFORE_MARK = re.compile(r"(?:^|[|•·\n])\s*(?P<name>[^|•·\n©]{2,80}?)\s*(?:©|\(c\))\s*\d{4}\b", re.IGNORECASE)
_PARKED = re.compile(
    r"domain (?:name )?(?:is|may be|might be) (?:for sale|available|parked|expired)|(?:buy|purchase|get) this domain"
    r"|this domain (?:has expired|is registered|name has been|was recently)|is for sale!|parked (?:free|domain|page)"
    r"|domain parking|make an offer on|sedoparking|sedo\.com|hugedomains|afternic|dan\.com|parkingcrew|bodis\.com"
    r"|godaddy\.com/forsale|undeveloped\.com|diese domain|domain kaufen|ce domaine est|dominio en venta"
    r"|welcome to nginx|apache2 (?:ubuntu |debian )?default page|iis windows server|index of /|it works!"
    r"|website (?:is )?coming soon|site (?:is )?under construction|account (?:has been )?suspended"
    r"|default web ?site page",
    re.IGNORECASE,
)
_FEW_WORDS = 400
_LONGEST_MARK = 100


@dataclass(frozen=True, slots=True)
class Mark:
    """A name on a page, with the place where it stood."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a page shows of its owner.

    ``parked`` is the phrase that says that nobody's site stands here, or empty. ``sites`` are the other sites that it
    links to. ``country`` is the one that its structured data states, or empty.
    """

    url: str
    marks: tuple[Mark, ...]
    parked: str = ""
    sites: frozenset[str] = frozenset()
    country: str = ""


def look_at(body: bytes, content_type: str, url: str) -> Look:
    """Return what a page shows of its owner. Never raises for what a page may contain."""
    document = LexborHTMLParser(decode(body, content_type))
    metas = read_metas(document)
    objects = read_objects(document)
    title = title_of(document, metas)
    marks = [Mark("structured data", name) for item in objects for name in _names(item)]
    marks += [Mark(place, metas[place]) for place in ("og:site_name", "application-name") if place in metas]
    marks += [Mark("title", part) for part in _PARTS.split(title)]
    marks += [Mark("heading", fold(node.text()[:500])) for node in document.css("h1")[:3]]
    text = _text(document)
    marks += [Mark("copyright", name) for name in _copyrights(text)]
    sound = dict.fromkeys(mark for mark in marks if 2 <= len(mark.text) <= _LONGEST_MARK)
    here = site_of(url)
    return Look(
        url=urldefrag(url).url,
        marks=tuple(sound)[:60],
        parked=_parked(title, text, document),
        sites=frozenset(site_of(link.url) for link in read_links(document, url)) - {here, ""},
        country=next((code for code in map(_country, objects) if code), ""),
    )


def _names(item: Json) -> list[str]:
    kinds = types_of(item)
    if "WebSite" in kinds or any(_ORGANISATION.search(kind) for kind in kinds):
        found = (text_of(item.get(field)) for field in ("name", "legalName", "alternateName"))
        return [name for name in found if name]
    return []


def _country(item: Json) -> str:
    if not any(_ORGANISATION.search(kind) for kind in types_of(item)):
        return ""
    address = item.get("address")
    stated = cast(Json, address).get("addressCountry") if isinstance(address, dict) else None
    return country_of(text_of(stated)) or ""


def _text(document: LexborHTMLParser) -> str:
    body = document.body
    if body is None:
        return ""
    document.strip_tags(["script", "style", "noscript", "template", "svg"])
    return "\n".join(line for line in map(fold, body.text(separator="\n").splitlines()) if line)


def _copyrights(text: str) -> list[str]:
    """Names beside a copyright mark. A name on the line after the mark counts as well."""
    joined = re.sub(r"((?:©|copyright)[\s\d–-]*)\n", r"\1 ", text[-6_000:], flags=re.IGNORECASE)
    matches = [*_COPYRIGHT.finditer(joined), *_BEFORE_MARK.finditer(joined)]
    names = [fold(match["name"]).strip(" .,–-") for match in matches]
    return [name for name in names if any(c.isalpha() for c in name) and name.lower() != "copyright"][:5]


def _parked(title: str, text: str, document: LexborHTMLParser) -> str:
    """The telling phrase; a page with much to read may use such words in passing."""
    if len(text.split()) > _FEW_WORDS:
        return ""
    frames = " ".join((node.attributes.get("src") or "") for node in document.css("iframe[src]")[:10])
    match = _PARKED.search(f"{title}\n{text[:5_000]}\n{frames}")
    return fold(match.group())[:60] if match else ""
