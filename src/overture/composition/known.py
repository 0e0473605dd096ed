"""What a message may rest on: the caller's own words, and the evidence of each side, indexed once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from overture.composition.countries import country_name
from overture.composition.words import content_stems, tokens
from overture.domain.evidence import Evidence, Source
from overture.domain.messages import Brief, Citation, LeadDossier, Role

REQUEST: Final = "request:"
"""The address of what the caller stated itself."""


class _Same:
    """A source as a cache's key: the very object, not its (long) contents."""

    __slots__ = ("source",)

    def __init__(self, source: Source) -> None:
        self.source = source

    def __hash__(self) -> int:
        return id(self.source)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.source is self.source


@lru_cache(maxsize=20_000)
def lowered(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, with and without a possessive."""
    found = {token.casefold() for token in tokens(text)}
    return frozenset(found | {re.sub(r"['’]s?$", "", token) for token in found})


@lru_cache(maxsize=4096)
def _by_id(key: _Same) -> Mapping[str, Evidence]:
    return {item.id: item for item in key.source.evidence}


@lru_cache(maxsize=4096)
def _whole(key: _Same) -> str:
    return " . ".join(item.text for item in key.source.evidence)


@dataclass(frozen=True, slots=True)
class Known:
    """One lead's ground: what the caller stated as text, as stems and as lower-case words; and the sources."""

    brief: Brief
    lead: LeadDossier
    stated: str
    stems: frozenset[str]
    words: frozenset[str]
    fields: Mapping[str, str | None]
    names: re.Pattern[str] | None
    open_roles: int
    """How many posts are known to be open in the location asked for."""
    open_posts: frozenset[str]
    """The evidence of those posts, by id."""
    other_posts: frozenset[str]
    """The evidence of posts elsewhere, or in a place that is not known."""

    @property
    def proposition(self) -> str:
        """All that the proposition's site says."""
        return _whole(_Same(self.brief.proposition)) if self.brief.proposition else ""

    def without_names(self, text: str) -> str:
        """Return the text without the names and the title that the caller gave: their digits claim nothing."""
        return self.names.sub(" ", text) if self.names else text

    def is_cited_rightly(self, citation: Citation, role: Role) -> bool:
        """Tell whether a citation's span stands where it says, on a side that may support the role."""
        if citation.url.startswith(REQUEST):
            return self.fields.get(citation.url.removeprefix(REQUEST)) == citation.span
        return any(_stands_in(citation, source) for source in self._sources(role) if source)

    def _sources(self, role: Role) -> tuple[Source | None, ...]:
        lead, brief = self.lead, self.brief
        if role is Role.LEAD_CLAIM:
            return (lead.site, lead.jobs)
        if role is Role.SENDER_CLAIM:
            return (brief.proposition,)
        if role is Role.MATERIAL_CLAIM:
            return (brief.material,)
        return (lead.site, lead.jobs, brief.proposition, brief.material)


class _Pair:
    """A brief and a lead as a cache's key: the very objects."""

    __slots__ = ("brief", "lead")

    def __init__(self, brief: Brief, lead: LeadDossier) -> None:
        self.brief, self.lead = brief, lead

    def __hash__(self) -> int:
        return id(self.brief) ^ id(self.lead)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Pair) and other.brief is self.brief and other.lead is self.lead


def known(brief: Brief, lead: LeadDossier) -> Known:
    """Gather the ground for one lead; the messages of one lead share it."""
    return _known(_Pair(brief, lead))


@lru_cache(maxsize=16)
def _known(pair: _Pair) -> Known:
    brief, lead = pair.brief, pair.lead
    person = lead.person
    country = country_name(brief.hiring_location) if brief.hiring_location else ""
    parts = (
        person.first_name,
        person.company,
        person.job_title or "",
        brief.proposition_name,
        brief.signoff_name or "",
    )
    initials = "".join(word[0] for word in (person.job_title or "").split() if word[0].isupper())
    stated = " ".join((*parts, country, initials))
    given = (person.company.strip(), brief.proposition_name.strip(), (person.job_title or "").strip())
    names = sorted((re.escape(name) for name in given if name), key=len, reverse=True)
    posts = lead.jobs.jobs if lead.jobs else ()
    wanted = (brief.hiring_location or "").upper()
    here = [post for post in posts if post.country and post.country.upper() == wanted]
    here_ids = frozenset(post.evidence_id for post in here)
    return Known(
        brief,
        lead,
        stated,
        content_stems(stated),
        lowered(stated),
        {
            "company": person.company,
            "first_name": person.first_name,
            "job_title": person.job_title,
            "proposition_name": brief.proposition_name,
            "hiring_location": brief.hiring_location,
            "material_link": brief.material_link or (brief.material.url if brief.material else None),
        },
        re.compile("|".join(names)) if names else None,
        len(here),
        here_ids,
        frozenset(post.evidence_id for post in posts) - here_ids,
    )


def _stands_in(citation: Citation, source: Source) -> bool:
    if citation.evidence_id == "title" and citation.span == source.title:
        return True
    item = _by_id(_Same(source)).get(citation.evidence_id)
    return item is not None and item.url == citation.url and bool(citation.span.strip()) and citation.span in item.text
