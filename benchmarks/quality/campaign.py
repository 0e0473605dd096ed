"""One campaign a proposition: every company of the corpus gets its five messages; evaluated as any file would be."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.quality.corpus import Company, Proposition, brief, companies, lead, propositions
from benchmarks.quality.corruptions import Case
from overture.composition.compose import EmbeddedComposer, frame_ids
from overture.composition.evaluation.campaign import dossier_key, index_of
from overture.composition.evaluation.identification import masked, top_one
from overture.composition.evaluation.report import Evaluator, Report
from overture.composition.evaluation.samples import Sample
from overture.composition.write import write
from overture.domain.evidence import Source
from overture.domain.messages import Brief, Draft, LeadDossier, MessageType, Refused, Role, Tone, Written
from overture.ports import Composer

TODAY = date(2026, 11, 25)
ALL = tuple(MessageType)
TONES = (Tone.NORMAL, Tone.FORMAL, Tone.CASUAL)
PERSONAL = (MessageType.CONNECTION_REQUEST, MessageType.FIRST_FOLLOW_UP)
ENOUGH_WORDS = 200


@dataclass(frozen=True)
class Item:
    """One draft with what it was written from."""

    company: Company
    brief: Brief
    lead: LeadDossier
    draft: Draft

    @property
    def sample(self) -> Sample:
        """The draft as the evaluator takes it."""
        name = f"{self.brief.key}/{self.lead.index}/{self.draft.type}"
        if isinstance(self.draft, Refused):
            return Sample(name, self.draft.type, None, self.brief, self.lead, (), self.draft.reason)
        return Sample(name, self.draft.type, self.draft.text, self.brief, self.lead, self.draft.segments)


@dataclass(frozen=True)
class Campaign:
    """All drafts for one proposition, and the evaluator's report on them."""

    proposition: Proposition
    items: tuple[Item, ...]
    report: Report


def run(proposition: Proposition, tone: Tone, composer: Composer | None = None) -> Campaign:
    """Write and evaluate one campaign."""
    maker, about = composer or EmbeddedComposer(), brief(proposition, tone)
    items: list[Item] = []
    for index, company in enumerate(companies()):
        dossier = lead(company, index)
        items += [Item(company, about, dossier, draft) for draft in write(maker, about, dossier, ALL)]
    return Campaign(proposition, tuple(items), evaluate([item.sample for item in items]))


def raw_cases() -> list[Case]:
    """Return all messages of the embedded composer as they were before its gate."""
    found: list[Case] = []
    for place, proposition in enumerate(propositions()):
        about = brief(proposition, TONES[place % 3])
        for index, company in enumerate(companies()):
            dossier = lead(company, index)
            drafts = EmbeddedComposer().compose(about, dossier, ALL)
            found += [Case(draft, about, dossier) for draft in drafts if isinstance(draft, Written)]
    return found


def evaluate(samples: Sequence[Sample]) -> Report:
    """Return the evaluator's report on some messages."""
    evaluator = Evaluator(TODAY)
    for sample in samples:
        evaluator.add(sample)
    return evaluator.report()


def campaigns() -> list[Campaign]:
    """Run all propositions, the tones in turn."""
    return [run(proposition, TONES[place % 3]) for place, proposition in enumerate(propositions())]


@dataclass(frozen=True)
class Coverage:
    """Companies with enough text, and how many of them got both the note and the follow-up."""

    enough: int
    both: int

    @property
    def share(self) -> float:
        """Both, over enough."""
        return self.both / self.enough if self.enough else 0.0


def coverage(campaign: Campaign, half: int | None = None) -> Coverage:
    """Return the coverage of one campaign; ``half`` 0 counts even places of the corpus alone, 1 the odd ones."""
    written: Counter[int] = Counter()
    large: set[int] = set()
    for item in campaign.items:
        index = item.lead.index
        if half is not None and index % 2 != half:
            continue
        if item.company.words >= ENOUGH_WORDS:
            large.add(index)
            written[index] += isinstance(item.draft, Written) and item.draft.type in PERSONAL
    return Coverage(len(large), sum(written[index] == 2 for index in large))


def largest_frame_share(campaign: Campaign) -> float:
    """Return the highest share that one frame has of one message type of the campaign."""
    shares: list[float] = []
    for kind in ALL:
        used = [item for item in campaign.items if isinstance(item.draft, Written) and item.draft.type is kind]
        counts = Counter(frame for item in used for frame in frame_ids(item.brief, item.lead.index, kind))
        shares += [max(counts.values()) / len(used)] if used else []
    return max(shares, default=0.0)


def identified_by_lead_claims(campaign: Campaign, kind: MessageType) -> float | None:
    """Return the share of leads identified by the sentences about the lead alone, names masked; None where none is."""
    samples = [item.sample for item in campaign.items]
    index = index_of(samples)
    queries: list[tuple[str, str]] = []
    for item in campaign.items:
        if isinstance(item.draft, Written) and item.draft.type is kind:
            told = " ".join(part.text for part in item.draft.segments if part.role is Role.LEAD_CLAIM)
            person, site = item.lead.person, item.lead.site
            names = [person.company, person.first_name, person.last_name, site.site_name if site else ""]
            queries.append((dossier_key(item.sample), masked(told, names)))
    return top_one(index, queries) if index is not None else None


def export(found: Sequence[Campaign], path: Path) -> None:
    """Write all drafts as a file that ``overture evaluate`` takes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told: set[int] = set()
    with path.open("w", encoding="utf-8") as out:
        for item in (item for campaign in found for item in campaign.items):
            whole = item.lead.index not in told
            told |= {item.lead.index} if isinstance(item.draft, Written) else set()
            out.write(json.dumps(_line(item, whole=whole), ensure_ascii=False) + "\n")


def _line(item: Item, *, whole: bool) -> dict[str, object]:
    person, about, draft = item.lead.person, item.brief, item.draft
    line: dict[str, object] = {
        "id": item.sample.id,
        "type": str(draft.type),
        "lead": {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "company": person.company,
            "job_title": person.job_title,
        },
        "proposition_name": about.proposition_name,
        "tone": str(about.tone),
        "signoff_name": about.signoff_name,
        "material_link": about.material_link,
        "hiring_location": about.hiring_location,
    }
    if isinstance(draft, Refused):
        return line | {"text": None, "reason": draft.reason}
    cited = {(cite.evidence_id, cite.url) for part in draft.segments for cite in part.citations}
    segments = [
        {
            "text": part.text,
            "role": str(part.role),
            "citations": [
                {"evidence_id": c.evidence_id, "url": c.url, "span": c.span, "fetched_at": c.fetched_at}
                for c in part.citations
            ],
        }
        for part in draft.segments
    ]
    return line | {"text": draft.text, "segments": segments, "evidence": _evidence(item, cited, whole=whole)}


def _evidence(item: Item, cited: set[tuple[str, str]], *, whole: bool) -> list[dict[str, object]]:
    """What is cited; and once for each lead all that was read of its company, for identification."""
    found: list[dict[str, object]] = []
    sides: tuple[tuple[str, Source | None], ...] = (
        ("lead", item.lead.site),
        ("jobs", item.lead.jobs),
        ("proposition", item.brief.proposition),
        ("material", item.brief.material),
    )
    for side, source in sides:
        for piece in source.evidence if source else ():
            if (whole and side == "lead") or side == "jobs" or (piece.id, piece.url) in cited:
                row = {
                    "about": side,
                    "id": piece.id,
                    "url": piece.url,
                    "text": piece.text,
                    "fetched_at": piece.fetched_at,
                }
                post = next((post for post in source.jobs if post.evidence_id == piece.id), None) if source else None
                found.append(row | ({"title": post.title, "country": post.country} if post else {}))
    return found
