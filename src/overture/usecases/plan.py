"""Which sources a lead's messages need, and what is known of them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from overture.domain.evidence import Source, SourceKind
from overture.domain.messages import MessageType
from overture.domain.requests import Lead
from overture.research.company.finder import address_of
from overture.store.requests import Header
from overture.store.sources import Wanted


def _wanted(kind: SourceKind, url: str, *, follow: bool) -> Wanted:
    name = "\0".join((kind, "follow" if follow else "one", url))
    return Wanted(UUID(bytes=hashlib.blake2b(name.encode(), digest_size=16).digest()), kind, url, follow)


@dataclass(frozen=True, slots=True)
class CommonNeeds:
    """What all leads of a request need."""

    proposition: Wanted
    material: Wanted | None

    def all(self) -> list[Wanted]:
        """Every source named here."""
        return [w for w in (self.proposition, self.material) if w]


@dataclass(frozen=True, slots=True)
class LeadNeeds:
    """What one lead needs; None where the request names nothing to read.

    ``company`` is the look-up of the company's site by its name. What it finds leads to the two others.
    """

    site: Wanted | None
    jobs: Wanted | None
    company: Wanted | None = None

    def all(self) -> list[Wanted]:
        """Every source named here."""
        return [w for w in (self.company, self.site, self.jobs) if w]


def common(header: Header, types: Iterable[MessageType]) -> CommonNeeds:
    """The proposition's site, and the material where it is shared."""
    material = header.material_link if MessageType.SHARE_MATERIAL in types else None
    return CommonNeeds(
        _wanted(SourceKind.SITE, header.proposition_url, follow=True),
        _wanted(SourceKind.ARTICLE, material, follow=False) if material else None,
    )


def for_lead(lead: Lead, types: Iterable[MessageType], *, finding: bool = False) -> LeadNeeds:
    """The specified URL alone, else the company's site; job posts from the company's site where they are needed.

    Where the request names no URL and ``finding`` is on, the company's site is looked up by the company's name.
    """
    site = jobs = None
    if lead.specified_url:
        site = _wanted(SourceKind.SITE, lead.specified_url, follow=False)
    elif lead.company_website_url:
        site = _wanted(SourceKind.SITE, lead.company_website_url, follow=True)
    start = lead.company_website_url or lead.specified_url
    if not start and finding:
        return LeadNeeds(None, None, _wanted(SourceKind.COMPANY, address_of(lead.company), follow=False))
    if start and MessageType.HIRING_ACTIVITY in types:
        jobs = _wanted(SourceKind.JOBS, start, follow=True)
    return LeadNeeds(site, jobs)


def found(needs: LeadNeeds, types: Iterable[MessageType], company: Source | str | None) -> LeadNeeds:
    """Return what a lead needs once its company was looked up: the site that was found, or nothing more."""
    if needs.company is None or not isinstance(company, Source):
        return needs
    site = _wanted(SourceKind.SITE, company.final_url, follow=True)
    wants_jobs = MessageType.HIRING_ACTIVITY in types
    return replace(needs, site=site, jobs=_wanted(SourceKind.JOBS, site.url, follow=True) if wants_jobs else None)
