"""Which further pages of a company's site are worth reading."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from overture.research.boards.catalogue import find_boards, own_domain_board
from overture.research.boards.listing import Board
from overture.research.links import Link

FURTHER_PAGES = 5
JOB_PAGES = 10

# Words of a path or a link's text, in English, German, French and Spanish, by what the page is for.
_PURPOSES = {
    "about": (
        "about|about-us|aboutus|company|who-we-are|our-story|story|mission|ueber-uns|uber-uns|über-uns|unternehmen|wir"
        "|a-propos|apropos|qui-sommes-nous|entreprise|notre-histoire|sobre-nosotros|nosotros|quienes-somos|empresa"
    ),
    "offer": (
        "product|products|platform|solution|solutions|services|service|what-we-do|features|how-it-works|overview"
        "|produkt|produkte|loesungen|lösungen|leistungen|angebot|plattform|produit|produits|nos-solutions|offre"
        "|prestations|producto|productos|soluciones|servicios|plataforma|que-hacemos"
    ),
    "customers": (
        "customers|customer-stories|case-studies|case-study|cases|success-stories|clients|references|testimonials"
        "|kunden|referenzen|fallstudien|erfolgsgeschichten|clients|temoignages|etudes-de-cas|cas-clients|clientes"
        "|casos-de-exito|testimonios"
    ),
    "news": (
        "news|newsroom|press|blog|insights|press-releases|media|announcements|aktuelles|presse|neuigkeiten"
        "|actualites|actualités|actus|noticias|prensa|novedades"
    ),
    "careers": (
        "careers|career|jobs|join-us|work-with-us|work-at|vacancies|openings|open-positions|open-roles|hiring|we-are-hiring"
        "|join-our-team|karriere|stellen|stellenangebote|offene-stellen|jobs-karriere|arbeiten-bei|carrieres|carrières"
        "|carriere|emplois|emploi|recrutement|nous-rejoindre|rejoignez-nous|empleo|empleos|trabaja-con-nosotros"
        "|unete|carreras|vacantes"
    ),
}
_WORDS = {purpose: re.compile(rf"(?:^|-)(?:{words})(?:$|[-.?])") for purpose, words in _PURPOSES.items()}
_ANY = re.compile("|".join(word for words in _PURPOSES.values() for word in words.split("|")))
_USELESS = re.compile(
    r"(?:^|-)(?:login|log-in|signin|sign-in|signup|sign-up|register|cart|checkout|privacy|datenschutz|impressum"
    r"|imprint|terms|agb|legal|cookies?|contact|kontakt|support|help|faq|search|account|download|pricing|wp-json"
    r"|feed|rss|tags?|category|author|events?|webinars?|podcast|docs|documentation|api|status|investors?)(?:$|[-.?])"
)
_MOST_WORDS = 4
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|png|jpe?g|gif|svg|webp|mp[34]|css|js|json|xml|ics|exe|dmg)$")
_JOB_PATH = re.compile(
    r"/(?:jobs?|careers?|karriere|stellen\w*|vacanc\w+|positions?|openings?|roles?|emplois?|offres?[\w-]*|empleos?"
    r"|vacantes?|opportunit\w+|postings?)/[^/]{3,}",
)
_NO_ROLE = re.compile(
    r"/(?:our-)?(?:benefits?|perks|culture|life|teams?|values|students?|graduates?|faqs?|diversity|inclusion|locations?"
    r"|process|interns(?:hips)?|why|people|stories|search|alerts?|login|apply|privacy|blog|events?)(?:-at-[\w-]*)?/?$"
)
_BOARDS = re.compile(
    r"(?:^|\.)(?:greenhouse\.io|lever\.co|ashbyhq\.com|workable\.com|recruitee\.com|personio\.(?:de|com)"
    r"|teamtailor\.com|smartrecruiters\.com|bamboohr\.com|myworkdayjobs\.com|myworkdaysite\.com|rippling\.com"
    r"|pinpointhq\.com|breezy\.hr|icims\.com|jobvite\.com|successfactors\.(?:com|eu)|softgarden\.io|join\.com"
    r"|welcometothejungle\.com|taleo\.net|jazzhr\.com|applytojob\.com)$"
)
# Suffixes of two labels under which companies register a third, as far as they are common.
_SHARED_HOSTS = re.compile(
    r"(?:github|gitlab|webflow|carrd|framer)\.(?:io|co|website|app)|wordpress\.com|wixsite\.com|netlify\.app|vercel\.app"
    r"|herokuapp\.com|pages\.dev|workers\.dev|blogspot\.com|myshopify\.com|squarespace\.com|weebly\.com|notion\.site"
    r"|web\.app|firebaseapp\.com|azurewebsites\.net|cloudfront\.net|amazonaws\.com|onrender\.com|fly\.dev|hubspotpagebuilder\.com"
)
"""Hosts that give each customer a name below their own."""
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "ltd", "plc", "gob", "or", "ne", "go"})


@lru_cache(maxsize=1_024)
def site_of(url: str) -> str:
    """Return the registrable part of the host, by a simple comparison of suffixes (``a.b.co.uk``: ``b.co.uk``)."""
    try:
        host = (urlsplit(url).hostname or "").removesuffix(".")
    except ValueError:
        return ""
    labels = host.split(".")
    if host.replace(".", "").isdigit() or ":" in host or len(labels) < 2:
        return f"{host}:{_port(url)}"
    two = len(labels) > 2 and (
        (labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2) or bool(_SHARED_HOSTS.fullmatch(".".join(labels[-2:])))
    )
    return ".".join(labels[-3 if two else -2 :])


def _port(url: str) -> str:
    return urlsplit(url).netloc.rpartition("]")[2].rpartition(":")[2]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to go from a page: further pages, the page about the company, the careers page, single roles, job boards.

    ``roles`` are the first ten of ``roles_found``. ``boards`` can be read; ``board`` is the host of any known board.
    """

    further: tuple[str, ...] = ()
    about: str | None = None
    careers: str | None = None
    roles: tuple[str, ...] = ()
    roles_found: int = 0
    boards: tuple[Board, ...] = ()
    board: str | None = None


NOWHERE = Plan()


def survey(page: str, links: Iterable[Link], frames: Iterable[str]) -> Plan:
    """Return where to go from a page. Further pages: at most five, one for each purpose.

    The text and the path of a link are scored; short paths are better than deep ones.
    """
    links = list(links)
    best: dict[str, tuple[int, str]] = {}
    for link in links:
        for purpose, score in _scores(page, link).items():
            if score > best.get(purpose, (0, ""))[0]:
                best[purpose] = score, link.url
    further = dict.fromkeys(best[purpose][1] for purpose in _PURPOSES if purpose in best)
    roles = _roles(page, links)
    elsewhere = [*frames, *(link.url for link in links)]
    addresses = "\n".join(elsewhere)
    own = own_domain_board(page, addresses)
    return Plan(
        further=tuple(further)[:FURTHER_PAGES],
        about=best["about"][1] if "about" in best else None,
        careers=best["careers"][1] if "careers" in best else None,
        roles=roles[:JOB_PAGES],
        roles_found=len(roles),
        boards=find_boards(addresses) or ((own,) if own else ()),
        board=_board(elsewhere),
    )


def role_pages(page: str, addresses: Iterable[str]) -> tuple[str, ...]:
    """Return those of a sitemap's addresses that look like single open roles of the same site."""
    return _roles(page, (Link(address, "") for address in addresses))


def looks_like_careers(url: str) -> bool:
    """Return whether the address itself says that it is a careers page or an open role."""
    words = _WORDS["careers"]
    return words.search(_host_name(url)) is not None or any(words.search(part) for part in _segments(url))


def _scores(page: str, link: Link) -> dict[str, int]:
    """The score of a link for each purpose that it may serve."""
    text = _dashed(link.text)
    if not _ANY.search(text) and not _ANY.search(unquote(link.url).lower()):
        return {}
    if site_of(link.url) != site_of(page) or link.url.partition("?")[0].rstrip("/") == page.rstrip("/"):
        return {}
    segments = _segments(link.url)
    if any(_USELESS.search(part) for part in (text, *segments)) or (segments and _FILE.search(segments[-1])):
        return {}
    words = text if text.count("-") < _MOST_WORDS else ""
    short = [part for part in segments if part.count("-") < _MOST_WORDS]
    host = _host_name(link.url)
    less = 4 * max(0, len(segments) - 1) + len(link.url) // 25 + (5 if "?" in link.url else 0)
    scores: dict[str, int] = {}
    for purpose, pattern in _WORDS.items():
        score = 5 if words and pattern.search(words) else 0
        score += 4 if any(pattern.search(part) for part in short) else 0
        score += 4 if purpose == "careers" and pattern.search(host) else 0
        if score:
            scores[purpose] = max(1, 10 * score - less)
    return scores


def _roles(page: str, links: Iterable[Link]) -> tuple[str, ...]:
    """Pages of the same site that look like single open roles."""
    here = urlsplit(page).path.rstrip("/")
    careers = looks_like_careers(page)
    found: dict[str, None] = {}
    for link in links:
        path = link.url.partition("//")[2].partition("/")[2].lower()
        below = careers and here != "" and f"/{path}".startswith(f"{here.lower()}/") and len(path) > len(here)
        if not (below or _JOB_PATH.search(f"/{path}")) or _FILE.search(path) or _NO_ROLE.search(f"/{path}"):
            continue
        if site_of(link.url) == site_of(page):
            found[link.url] = None
    return tuple(found)


def _board(addresses: Iterable[str]) -> str | None:
    """The host of a known job board among the addresses."""
    for url in addresses:
        host = url.partition("//")[2].partition("/")[0].lower()
        if _BOARDS.search(host):
            return host
    return None


def _segments(url: str) -> list[str]:
    path = url.partition("//")[2].partition("/")[2].partition("?")[0]
    return [_dashed(part) for part in unquote(path).split("/") if part]


def _host_name(url: str) -> str:
    return url.partition("//")[2].partition("/")[0].partition(".")[0].lower()


def _dashed(text: str) -> str:
    return re.sub(r"[\s+_]+", "-", text.strip().lower())
