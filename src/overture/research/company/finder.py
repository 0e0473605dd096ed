"""From a company's name to its own site, or to the reasons why none is certain."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from overture.domain.errors import FetchFailed
from overture.domain.evidence import Candidate, Evidence, EvidenceKind, Source, SourceKind
from overture.ports import Lookup, Parse, Web
from overture.research.company.judge import CERTAIN, CERTAIN_OF_ONE_WORD, Verdict, is_about_others, judge
from overture.research.company.look import Look, look_at
from overture.research.company.names import bare, key_of
from overture.research.company.ways import Answer, Lead, Search, Way, by_domains, by_search, by_wikidata
from overture.research.plan import site_of
from overture.research.sentences import fold
from overture.research.sources import version_of
from overture.research.visit import stamp_of

PREFIX = "company:"
COMPANY_SECONDS = 40.0
_LONGEST_REASON = 1_500
_PLACES = {Way.SEARCH: 2, Way.WIKIDATA: 1, Way.DOMAINS: 2}
"""In how many places of its page a candidate of each way must bear the name."""


@dataclass(frozen=True, slots=True)
class Finder:
    """The ways that are switched on, each with what it needs; a way without it is left out."""

    search: Search | None = None
    wikidata: Lookup | None = None
    domains: tuple[str, ...] = ()

    @property
    def ways(self) -> tuple[Way, ...]:
        """Return the ways to try, in order."""
        have = ((Way.SEARCH, self.search), (Way.WIKIDATA, self.wikidata), (Way.DOMAINS, self.domains))
        return tuple(way for way, needed in have if needed)


OFF = Finder()


def address_of(name: str) -> str:
    """Return what stands for the URL of the look-up of a company's site: equal for names that share one."""
    return f"{PREFIX}{key_of(name)}"


async def find_company(
    web: Web, parse: Parse, finder: Finder, address: str, *, seconds: float = COMPANY_SECONDS
) -> Source:
    """Find the site of the company that ``address_of`` was called for.

    The ways are tried in order until one gives exactly one site that is certain. Where a way gives several that have
    nothing to do with each other, only a way that asks somebody may still decide; a domain is then not guessed. The
    source's ``final_url`` is the site, ``evidence`` its name as it stands there, ``candidates`` all that was looked at.

    Raises:
        FetchFailed: nothing is certain; the reason names each way and each candidate with its fault.
    """
    name = address.removeprefix(PREFIX)
    trace = _Trace(web, parse, name)
    if not name or not finder.ways:
        raise FetchFailed(address, "the request names no website, and no way to find one is switched on")
    try:
        async with asyncio.timeout(seconds):
            for way in finder.ways:
                if way is Way.DOMAINS and trace.several:
                    trace.notes.append("no domain was guessed, since several sites bear the name")
                    continue
                found = await trace.follow(way, finder)
                if found is not None:
                    return _source(address, found, trace.candidates)
    except TimeoutError:
        trace.notes.append(f"given up after {seconds:g} seconds")
    raise FetchFailed(address, trace.reason())


@dataclass(frozen=True, slots=True)
class _Seen:
    lead: Lead
    way: Way
    look: Look
    verdict: Verdict
    fetched_at: str


@dataclass(slots=True)
class _Trace:
    """What was tried for one name, and what came of it."""

    web: Web
    parse: Parse
    name: str
    candidates: list[Candidate] = field(default_factory=list[Candidate])
    notes: list[str] = field(default_factory=list[str])
    several: bool = False

    async def follow(self, way: Way, finder: Finder) -> _Seen | None:
        """Look at the candidates of a way; return the one that is certain, if it is the only one."""
        try:
            answer = await self._ask(way, finder)
        except FetchFailed as error:
            self.notes.append(f"{way}: could not be asked ({error.reason})")
            return None
        if answer.nothing:
            self.notes.append(f"{way}: {answer.nothing}")
        looked = await asyncio.gather(*(self._look(way, lead) for lead in answer.leads))
        certain = _apart([seen for seen in looked if seen is not None and not seen.verdict.refused])
        if len(certain) > 1:
            self.several = True
            self.notes.append(f"{way}: {' and '.join(seen.look.url for seen in certain[:3])} all bear the name")
            return None
        return certain[0] if certain else None

    async def _ask(self, way: Way, finder: Finder) -> Answer:
        if way is Way.SEARCH and finder.search:
            return await by_search(finder.search, self.parse, self.name)
        if way is Way.WIKIDATA and finder.wikidata:
            return await by_wikidata(finder.wikidata, self.parse, self.name)
        return by_domains(finder.domains, self.name)

    async def _look(self, way: Way, lead: Lead) -> _Seen | None:
        if is_about_others(lead.url, self.name):
            self._keep(way, lead, lead.url, 0, "is no company's own site")
            return None
        try:
            page = await self.web.fetch(lead.url)
            look = await self.parse(look_at, page.body, page.content_type, page.final_url)
        except FetchFailed as error:
            self._keep(way, lead, lead.url, 0, f"could not be read ({error.reason})")
            return None
        certain = CERTAIN_OF_ONE_WORD if way is Way.DOMAINS and len(bare(self.name)) == 1 else CERTAIN
        verdict = judge(look, self.name, lead.url, granted=lead.granted, places=_PLACES[way], certain=certain)
        self._keep(way, lead, look.url, verdict.confidence, verdict.refused)
        return _Seen(lead, way, look, verdict, stamp_of(page.fetched_at))

    def _keep(self, way: Way, lead: Lead, url: str, confidence: int, refused: str) -> None:
        self.candidates.append(Candidate(way, url, lead.note, confidence, refused))

    def reason(self) -> str:
        """Say for each way what was found and why it was not enough."""
        faults = [f"{item.way}: {item.url} {item.refused}" for item in self.candidates if item.refused]
        whole = fold("; ".join(["no site is certain to be the company's own", *self.notes, *faults]))
        return whole if len(whole) <= _LONGEST_REASON else f"{whole[:_LONGEST_REASON]} ..."


def _apart(certain: Sequence[_Seen]) -> list[_Seen]:
    """One of each set of sites that are the same or lead to each other: a company may have a site in each country."""
    kept: list[_Seen] = []
    for seen in certain:
        here = site_of(seen.look.url)
        if not any(
            here == site_of(other.look.url) or here in other.look.sites or site_of(other.look.url) in seen.look.sites
            for other in kept
        ):
            kept.append(seen)
    return kept


def _source(address: str, found: _Seen, candidates: Sequence[Candidate]) -> Source:
    evidence = [
        Evidence(f"E{n}", found.look.url, EvidenceKind.STRUCTURED, mark.text, found.fetched_at, n - 1, mark.place)
        for n, mark in enumerate(found.verdict.seen, 1)
    ]
    chosen = Candidate(found.way, found.look.url, found.lead.note, found.verdict.confidence, "")
    ordered = (chosen, *(item for item in candidates if item != chosen))
    return Source(
        kind=SourceKind.COMPANY,
        url=address,
        final_url=found.look.url,
        fetched_at=found.fetched_at,
        version=version_of(evidence, [], [f"{item.way} {item.url} {item.refused}" for item in ordered]),
        site_name=found.verdict.seen[0].text if found.verdict.seen else "",
        evidence=tuple(evidence),
        looked_at=tuple(dict.fromkeys(item.url for item in ordered)),
        candidates=ordered,
    )


def how_found(source: Source) -> str:
    """Say in a sentence which site was found, by which way, and how sure that is."""
    chosen = source.candidates[0]
    places = ", ".join(dict.fromkeys(item.section for item in source.evidence))
    refused = sum(bool(item.refused) for item in source.candidates)
    others = f"; {refused} other candidates were refused" if refused else ""
    return (
        f"The request names no website; {chosen.url} was found by {chosen.way} ({chosen.note}), bears the name in its"
        f" {places}, confidence {chosen.confidence} of 100{others}."
    )
