"""What a language model is told: numbered facts of the proposition, the material, the lead's company and its job posts.

Sentences only, never a page: at most 240 characters each, none that reads like an instruction or holds a link or a way
to get in touch. No person's name, no id, no address is among them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from overture.composition.callers_words import own_words
from overture.composition.facts import facts_of
from overture.composition.hiring import job_title, open_jobs
from overture.composition.parts import Desk
from overture.composition.patterns import REFUSED, why_refused
from overture.composition.points import points_of, title_of
from overture.domain.evidence import Evidence, EvidenceKind, Source
from overture.domain.messages import Citation

LONGEST = 240
MOST_LEAD = 12
MOST_OFFER = 16
MOST_MATERIAL = 10
MOST_JOBS = 8

_READ = frozenset({EvidenceKind.META, EvidenceKind.PARAGRAPH, EvidenceKind.ITEM, EvidenceKind.STRUCTURED})
_NEVER = ("link", "phone", "money", "instruction", "sensitive", "markup", "call to action", "shouting", "first person")


_PLAIN_START = re.compile(
    r"(?:We|Our|The|An?|All|Each|Every|Both|More than|Over|Up to|Since|Founded|Based|In|On|At|From|With|\d[\d,.]*|One|"
    r"Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten) "
)
"""How a sentence begins that tells something. One that begins with a verb may be an order to whoever reads it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One numbered fact, and the citation that stands for it."""

    id: str
    text: str
    citation: Citation


def of_offer(work: Desk) -> list[Told]:
    """Return what the sender may say of its proposition, as P1, P2, ..."""
    source = work.brief.proposition
    if source is None:
        return []
    key = _Key(source.version, source.url, work.proposition, MOST_OFFER, frozenset(), True, source)  # noqa: FBT003
    return _numbered("P", _chosen(key))


def of_material(work: Desk) -> list[Told]:
    """Return the material's title as M0 and its points as M1, M2, ..."""
    source = work.brief.material
    title = title_of(source) if source else ""
    if source is None or not title:
        return []
    cited = Citation("title", source.final_url, source.title, source.fetched_at)
    key = _Key(source.version, source.url, "", MOST_MATERIAL, frozenset(), False, source)  # noqa: FBT003
    return [Told("M0", title, cited), *_numbered("M", _points(key))]


def of_lead(work: Desk) -> list[Told]:
    """Return what the site of the lead's company says, as E1, E2, ..., the facts that stand best first."""
    site = work.lead.site
    if site is None:
        return []
    key = _Key(site.version, site.url, work.company, MOST_LEAD, work.lead.avoid, False, site)  # noqa: FBT003
    return _numbered("E", _chosen(key))


def of_jobs(work: Desk) -> list[Told]:
    """Return open roles in the country asked for, as J1, J2, ..., each title once."""
    source, country = work.lead.jobs, work.brief.hiring_location
    if source is None or not country:
        return []
    known = {item.id: item for item in source.evidence}
    found: dict[str, Evidence] = {}
    for post in open_jobs(source.jobs, country):
        title = job_title(post.title)
        if title and post.evidence_id in known and not why_never(title):
            found.setdefault(title, known[post.evidence_id])
    pairs = list(found.items())[:MOST_JOBS]
    return [Told(f"J{place}", title, _cited(item)) for place, (title, item) in enumerate(pairs, 1)]


def of_caller(work: Desk) -> list[Told]:
    """Return what the caller stated and a sentence may rest on: T is the lead's job title, C the company's name."""
    person = work.lead.person
    told = [Told("C", work.company, own_words("company", person.company))]
    if work.title and person.job_title:
        told.append(Told("T", work.title, own_words("job_title", person.job_title)))
    return told


def why_never(text: str) -> str:
    """Return why a text may not be shown to a model at all, or an empty string."""
    return next((name for name in _NEVER if REFUSED[name].search(text)), "")


@dataclass(frozen=True, slots=True)
class _Key:
    version: str
    url: str
    name: str
    most: int
    avoid: frozenset[str]
    sender: bool
    source: Source = field(compare=False)


@lru_cache(maxsize=512)
def _chosen(key: _Key) -> tuple[Evidence, ...]:
    """Facts that the embedded composer would use come first, then other sentences that speak for themselves."""
    ranked = (item for fact in facts_of(key.source, key.name, sender=key.sender) for item in fact.evidence)
    others = (item for item in key.source.evidence if _speaks_for_itself(item, key.name, sender=key.sender))
    kept: dict[str, Evidence] = {}
    for item in chain(ranked, others):
        if item.text not in kept and item.text not in key.avoid and _fit(item.text):
            kept[item.text] = item
        if len(kept) == key.most:
            break
    return tuple(kept.values())


def _speaks_for_itself(item: Evidence, name: str, *, sender: bool) -> bool:
    text = item.text
    plain = _PLAIN_START.match(text) is not None or text.startswith(f"{name} ")
    return item.kind in _READ and plain and len(text.split()) >= 5 and not why_refused(text, sender=sender)


@lru_cache(maxsize=128)
def _points(key: _Key) -> tuple[Evidence, ...]:
    points = (point.evidence for point in points_of(key.source))
    return tuple(item for item in points if _fit(item.text))[: key.most]


def _fit(text: str) -> bool:
    return len(text) <= LONGEST and not why_never(text)


def _numbered(letter: str, items: Iterable[Evidence]) -> list[Told]:
    return [Told(f"{letter}{place}", item.text, _cited(item)) for place, item in enumerate(items, 1)]


def _cited(item: Evidence) -> Citation:
    return Citation(item.id, item.url, item.text, item.fetched_at)
