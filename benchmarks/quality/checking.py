"""How well the gate tells true from false: corrupted messages caught, true ones let through."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.quality.campaign import Campaign
from benchmarks.quality.corpus import READ_AT, companies, job_posts, lead, propositions
from benchmarks.quality.corpus import brief as brief_of
from benchmarks.quality.corruptions import KINDS, Case, corrupted
from benchmarks.quality.fixtures import PAIRS
from overture.composition.gate import violations
from overture.domain.evidence import Evidence, EvidenceKind, Source, SourceKind
from overture.domain.messages import Citation, LeadDossier, MessageType, Role, Segment, Written

COUNT, SEED = 1_000, 7


@dataclass(frozen=True)
class Caught:
    """One kind of corruption: how many cases, how many were refused."""

    name: str
    cases: int
    caught: int
    bar: float | None
    remark: str
    missed: tuple[str, ...]

    @property
    def share(self) -> float:
        """Caught, over cases."""
        return self.caught / self.cases if self.cases else 0.0


@dataclass(frozen=True)
class Alarms:
    """True messages of one origin: how many, how many the gate refuses, and for which rules."""

    origin: str
    messages: int
    refused: int
    rules: tuple[tuple[str, int], ...]


def true_cases(found: Sequence[Campaign]) -> list[Case]:
    """Return the composer's messages and those built on the hand-written claims."""
    ours = [
        Case(item.draft, item.brief, item.lead)
        for campaign in found
        for item in campaign.items
        if isinstance(item.draft, Written)
    ]
    return ours + dense_cases()


def dense_cases() -> list[Case]:
    """Return a message for each hand-written claim, with a fact of a proposition behind it."""
    return [_dense(place, span, claim) for place, (span, claim) in enumerate(PAIRS)]


def _dense(place: int, span: str, claim: str) -> Case:
    url = f"https://dense{place}.example/"
    item = Evidence("E1", url, EvidenceKind.PARAGRAPH, span, READ_AT)
    site = Source(SourceKind.SITE, url, url, READ_AT, url, evidence=(item,), looked_at=(url,))
    company = companies()[place % len(companies())]
    base = lead(company, place)
    dossier = LeadDossier(place, replace(base.person, company="Tarnwick"), site, job_posts(company, place))
    proposition = propositions()[place % len(propositions())]
    about = brief_of(proposition)
    fact = next(piece for piece in proposition.site.evidence if len(piece.text.split()) > 5)
    segments = (
        Segment(f"Hi {base.person.first_name}, ", Role.GREETING),
        Segment(f"I read that {claim}. ", Role.LEAD_CLAIM, (Citation("E1", url, span, READ_AT),)),
        Segment(fact.text, Role.SENDER_CLAIM, (Citation(fact.id, fact.url, fact.text, fact.fetched_at),)),
        Segment("\nCharlie", Role.SIGNOFF),
    )
    text = "".join(part.text for part in segments)
    return Case(Written(MessageType.CONNECTION_REQUEST, text, segments), about, dossier)


def caught(cases: Sequence[Case], count: int = COUNT) -> list[Caught]:
    """Return what the gate makes of each kind of corruption."""
    rows: list[Caught] = []
    for kind in KINDS:
        false = corrupted(kind, cases, count, SEED)
        missed = [case for case in false if not violations(case.message, case.brief, case.lead)]
        shown = tuple(case.message.text for case in missed[:5])
        rows.append(Caught(kind.name, len(false), len(false) - len(missed), kind.bar, kind.remark, shown))
    return rows


def alarms(origin: str, cases: Sequence[Case]) -> Alarms:
    """Return how many true messages the gate refuses."""
    rules: Counter[str] = Counter()
    refused = 0
    for case in cases:
        found = {str(item.rule) for item in violations(case.message, case.brief, case.lead)}
        refused += bool(found)
        rules.update(found)
    return Alarms(origin, len(cases), refused, tuple(sorted(rules.items(), key=lambda pair: (-pair[1], pair[0]))))
