"""One lead's messages without a database: research, compose, gate, show."""

from collections.abc import Callable
from dataclasses import dataclass

from overture.domain.authorship import Authorship
from overture.domain.errors import FetchFailed
from overture.domain.evidence import Candidate, Source, SourceKind
from overture.domain.messages import Brief, Draft, LeadDossier, MessageType, Person, Tone
from overture.ports import Composer, Parse, Web, Writer
from overture.research.boards.catalogue import EVERYWHERE, Boards
from overture.research.company.finder import OFF, Finder, address_of, find_company, how_found
from overture.research.gather import read_article, read_local, read_local_article, read_site
from overture.research.jobs import read_jobs
from overture.usecases.spending import OpenPurse


@dataclass(frozen=True, slots=True)
class Tools:
    """What a preview needs."""

    web: Web
    parse: Parse
    composer: Composer
    boards: Boards = EVERYWHERE
    finder: Finder = OFF
    writer: Writer | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A URL to be fetched, or, with ``content``, the bytes of a page that is here already."""

    url: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written, from what."""

    person: Person
    types: tuple[MessageType, ...]
    proposition_name: str
    tone: Tone
    signoff_name: str | None
    hiring_location: str | None
    note_limit: int
    site: Place | None
    proposition: Place | None
    material: Place | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The drafts, why a place could not be read, how the company's site was found, and who wrote each draft.

    ``found`` is set where no site was named, ``authorship`` where a language model is configured.
    """

    drafts: tuple[Draft, ...]
    unread: dict[str, str]
    found: str | None = None
    candidates: tuple[Candidate, ...] = ()
    authorship: tuple[Authorship, ...] = ()


async def write(tools: Tools, wish: Wish, progress: Callable[[str], None]) -> Preview:
    """Read what the wish names and write its messages; ``progress`` is told what is being read."""
    unread: dict[str, str] = {}

    async def read(what: str, place: Place | None, kind: SourceKind) -> Source | None:
        if place is None:
            return None
        progress(what)
        try:
            return await _read(tools, place, kind)
        except FetchFailed as error:
            unread[what] = f"{error.url}: {error.reason}"
            return None

    place, company = wish.site, None
    if place is None:
        progress("company")
        try:
            company = await find_company(tools.web, tools.parse, tools.finder, address_of(wish.person.company))
            place = Place(company.final_url, None)
        except FetchFailed as error:
            unread["site"] = error.reason
    site = await read("site", place, SourceKind.SITE)
    proposition = await read("proposition", wish.proposition, SourceKind.SITE)
    material = await read("material", wish.material, SourceKind.ARTICLE)
    wants_jobs = MessageType.HIRING_ACTIVITY in wish.types and place is not None
    jobs = await read("jobs", place, SourceKind.JOBS) if wants_jobs else None
    brief = Brief(
        key=f"{wish.person.company}/{wish.person.first_name}/{wish.person.last_name}",
        proposition_name=wish.proposition_name,
        proposition=proposition,
        tone=wish.tone,
        signoff_name=wish.signoff_name,
        material=material,
        material_link=wish.material.url if wish.material else None,
        hiring_location=wish.hiring_location,
        note_limit=wish.note_limit,
    )
    dossier = LeadDossier(
        index=0,
        person=wish.person,
        site=site,
        jobs=jobs,
        jobs_failed=wants_jobs and jobs is None,
        site_detail=unread.get("site", ""),
        jobs_detail=unread.get("jobs", "") or ("" if place else unread.get("site", "")),
    )
    found = how_found(company) if company else None
    candidates = company.candidates if company else ()
    if tools.writer is None:
        return Preview(tuple(tools.composer.compose(brief, dossier, wish.types)), unread, found, candidates)
    progress("model")
    composed = await tools.writer.write(brief, dossier, wish.types, OpenPurse())
    drafts = tuple(item.draft for item in composed)
    return Preview(drafts, unread, found, candidates, tuple(item.authorship for item in composed))


async def _read(tools: Tools, place: Place, kind: SourceKind) -> Source:
    if place.content is not None:
        if kind is SourceKind.ARTICLE:
            return read_local_article(place.content, place.url)
        return read_local(place.content, place.url)
    if kind is SourceKind.ARTICLE:
        return await read_article(tools.web, place.url, tools.parse)
    if kind is SourceKind.JOBS:
        return await read_jobs(tools.web, place.url, tools.parse, tools.boards)
    return await read_site(tools.web, place.url, tools.parse, follow=True)
