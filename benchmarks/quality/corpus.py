"""The corpus as a campaign: real pages as companies, fictional people, fictional propositions, invented job posts.

WCXB, the Web Content eXtraction Benchmark, development split (CC-BY-4.0, Murrough Foley).
"""

import gzip
import json
import os
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from overture.domain.evidence import Evidence, EvidenceKind, JobPost, Source, SourceKind
from overture.domain.messages import Brief, LeadDossier, Person, Tone
from overture.research.decoding import decode
from overture.research.gather import read_local, read_local_article

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("OVERTURE_CORPUS", ROOT.parent / "shared" / "corpus"))
EXAMPLES = Path(os.environ.get("OVERTURE_EXAMPLES", ROOT.parent / "shared" / "examples"))
OWN_PROPOSITIONS = Path(__file__).with_name("propositions.json")
READ_AT = "2026-11-20T09:00:00Z"
LOCATIONS = ("GB", "US", "DE")

PEOPLE = (
    ("Anna", "Keller"), ("Ben", "Osei"), ("Carla", "Mendes"), ("David", "Lindqvist"), ("Eva", "Novak"),
    ("Farid", "Haddad"), ("Grace", "Okafor"), ("Henrik", "Dahl"), ("Ines", "Moreau"), ("Jonas", "Brandt"),
    ("Keiko", "Tanaka"), ("Liam", "Byrne"), ("Marta", "Kowalska"), ("Nils", "Aalto"), ("Olga", "Petrova"),
    ("Priya", "Raman"), ("Quentin", "Leroy"),
)  # fmt: skip
TITLES = (
    "CFO", "VP Customer Success", "Head of Talent Acquisition", "Chief Operating Officer", "Director of Marketing",
    "Founder & CEO", "Head of Procurement", "IT Manager", "Sales Director", "General Counsel", "Operations Manager",
    "Head of Product",
)  # fmt: skip
JOBS = (
    "Data Engineer", "Implementation Consultant", "Senior Account Manager", "Recruiter", "Financial Controller",
    "Support Specialist", "Warehouse Supervisor", "Product Designer", "Site Reliability Engineer", "Buyer",
    "Field Technician",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One page of the corpus: its bytes, where it came from, and its main text as a person marked it."""

    id: str
    url: str
    html: bytes
    main: str


@dataclass(frozen=True)
class Company:
    """A company as a caller would name it, with what was read of its page."""

    page: Page
    name: str
    source: Source

    @property
    def words(self) -> int:
        """How many words of text were read."""
        return sum(len(item.text.split()) for item in self.source.evidence)


@dataclass(frozen=True)
class Proposition:
    """A fictional offer with its page and its material."""

    key: str
    name: str
    site: Source
    material: Source
    link: str


def is_there() -> bool:
    """Tell whether the corpus is at hand."""
    return (CORPUS / "index.jsonl").exists()


@cache
def pages(kind: str) -> tuple[Page, ...]:
    """Return the pages of a kind, 'service' or 'article', in the order of the index."""
    rows = [json.loads(line) for line in (CORPUS / "index.jsonl").read_text("utf-8").split("\n") if line]
    return tuple(
        Page(row["id"], row["url"], _bytes(row["id"]), row["main_content"])
        for row in rows
        if row["kind"] == kind
    )  # fmt: skip


def _bytes(name: str) -> bytes:
    return gzip.decompress((CORPUS / "html" / f"{name}.html.gz").read_bytes())


@cache
def companies() -> tuple[Company, ...]:
    """Return one company a site and name: the first of its pages."""
    found: dict[str, Company] = {}
    for page in pages("service"):
        source = read_local(page.html, page.url, READ_AT)
        found.setdefault(_host(page.url), Company(page, company_name(page, source), source))
    return tuple({company.name: company for company in reversed(found.values())}.values())[::-1]


@cache
def articles() -> tuple[Source, ...]:
    """Return the articles of the corpus as material."""
    return tuple(read_local_article(page.html, page.url, READ_AT) for page in pages("article"))


_LEGAL = re.compile(
    r",? (?:inc|llc|ltd|limited|gmbh|corp|corporation|co|plc|ag|sa|bv|pty|llp|company)\.?(?: ltd\.?)?$", re.IGNORECASE
)


def _host(url: str) -> str:
    return re.sub(r"^www\.", "", url.split("/")[2].lower())


def _label(url: str) -> str:
    parts = _host(url).split(".")
    short = len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) == 2
    return parts[-3] if short else parts[-2]


def company_name(page: Page, source: Source) -> str:
    """Return the name as a caller would write it.

    The JSON-LD organisation, og:site_name or a part of the title, whichever is first and resembles the domain, without
    legal form and top-level domain; else the domain's label with a capital.
    """
    label = re.sub(r"\W", "", _label(page.url)).lower()
    for text in _named(page, source):
        bare = re.sub(
            r"\.(?:com|org|net|io|ai|co|co\.uk|edu|gov)$", "", _LEGAL.sub("", text.strip()), flags=re.IGNORECASE
        )
        squeezed = re.sub(r"\W|&", "", bare).lower()
        initials = "".join(word[0] for word in re.findall(r"[A-Za-z]\w*", bare)).lower()
        resembles = squeezed and (
            squeezed in label or label in squeezed or (label.startswith(initials) and len(initials) > 2)
        )
        if resembles and 2 <= len(bare) <= 40 and re.fullmatch(r"[\w&'’.,+! -]+", bare):
            return bare
    return label.capitalize()


def _named(page: Page, source: Source) -> list[str]:
    tree = LexborHTMLParser(decode(page.html))
    found: list[str] = []
    for node in tree.css('script[type="application/ld+json"]'):
        found += re.findall(
            r'"@type"\s*:\s*"(?:Organization|Corporation|LocalBusiness)"[^{}]*?"name"\s*:\s*"([^"]{2,60})"', node.text()
        )
    site = tree.css_first('meta[property="og:site_name"]')
    found += [site.attributes.get("content") or ""] if site else []
    title = tree.css_first("title")
    parts = re.split(r"\s+[|–—:·-]+\s+|\s*\|\s*", title.text().strip()) if title else []
    return [*found, source.site_name, *reversed(parts)]  # fmt: skip


@cache
def propositions() -> tuple[Proposition, ...]:
    """Return the propositions of the examples, where they are at hand, and three of our own."""
    rows = [*json.loads(OWN_PROPOSITIONS.read_text("utf-8"))]
    given = EXAMPLES / "propositions.json"
    if given.exists():
        rows = [*json.loads(given.read_text("utf-8")), *rows]
    return tuple(_proposition(row) for row in rows)


def _proposition(row: dict[str, object]) -> Proposition:
    facts, material = row["facts"], row["material"]
    assert isinstance(facts, list)
    assert isinstance(material, dict)
    name, url = str(row["name"]), str(row["url"]) + "/"
    home = _html(name, [name, *facts])
    told = _html(f"{material['title']} | {name}", [material["title"], *material["points"]])
    source = read_local_article(told, material["url"], READ_AT)
    if not source.evidence:
        source = read_local(told, material["url"], READ_AT)
    return Proposition(str(row["key"]), name, read_local(home, url, READ_AT), source, material["url"])


def _html(title: str, parts: list[object]) -> bytes:
    head, *rest = (escape(str(part)) for part in parts)
    body = "".join(f"<p>{part}</p>" for part in rest)
    top = f'<html lang="en"><head><title>{escape(title)}</title></head>'
    return f"{top}<body><main><h1>{head}</h1>{body}</main></body></html>".encode()


def job_posts(company: Company, index: int) -> Source:
    """Return invented posts: one to four, in three countries; a quarter of the companies have none in Britain."""
    url = f"https://{_host(company.page.url)}/careers"
    evidence: list[Evidence] = []
    posts: list[JobPost] = []
    for place in range(index % 4 + 1):
        title = JOBS[(index * 3 + place) % len(JOBS)]
        country = LOCATIONS[(index + place) % 3] if index % 4 == 0 else "GB" if place < 2 else LOCATIONS[place % 3]
        if index % 4 == 0 and country == "GB":
            country = "US"
        evidence.append(Evidence(f"J{place + 1}", url, EvidenceKind.JOB, title, READ_AT, place))
        posts.append(JobPost(title, country, url, f"J{place + 1}"))
    version = f"{url}|{index}"
    return Source(
        SourceKind.JOBS, url, url, READ_AT, version, evidence=tuple(evidence), jobs=tuple(posts), looked_at=(url,)
    )


def lead(company: Company, index: int) -> LeadDossier:
    """Return the company's one lead."""
    first, last = PEOPLE[index % len(PEOPLE)]
    person = Person(first, last, company.name, TITLES[index % len(TITLES)])
    return LeadDossier(index, person, company.source, job_posts(company, index))


def brief(proposition: Proposition, tone: Tone = Tone.NORMAL) -> Brief:
    """Return the brief of one campaign."""
    return Brief(
        key=f"quality-{proposition.key}",
        proposition_name=proposition.name,
        proposition=proposition.site,
        tone=tone,
        signoff_name="Charlie",
        material=proposition.material,
        material_link=proposition.link,
        hiring_location="GB",
        lead_count=len(companies()),
    )
