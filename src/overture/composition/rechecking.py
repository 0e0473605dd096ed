"""Checking stored claims again, against nothing but what they quote."""

from collections.abc import Iterable, Sequence

from overture.composition.gate import CLAIMS
from overture.composition.grounding import claim_violations, loose_violations
from overture.composition.known import REQUEST, known
from overture.composition.violations import Rule
from overture.domain.evidence import Evidence, EvidenceKind, Source, SourceKind
from overture.domain.messages import Brief, LeadDossier, MessageType, Role, Segment


def objections(
    message_type: MessageType, segments: Sequence[Segment], brief: Brief, lead: LeadDossier
) -> dict[int, tuple[str, ...]]:
    """Return, by the place of each claim and each guess, what the gate's rules object to; nothing where it holds.

    The gate checked each claim against all that was read. Here only the quoted spans count, as they are stored, so
    that whoever reads the answer can follow it. ``brief`` and ``lead`` hold the caller's words; their sources are not
    looked at. How many roles are open is not quoted, and not counted again.
    """
    ground = known(
        Brief(
            key=brief.key,
            proposition_name=brief.proposition_name,
            proposition=quoted(segments, {Role.SENDER_CLAIM}),
            signoff_name=brief.signoff_name,
            material=quoted(segments, {Role.MATERIAL_CLAIM}),
            material_link=brief.material_link,
            hiring_location=brief.hiring_location,
        ),
        LeadDossier(lead.index, lead.person, quoted(segments, {Role.LEAD_CLAIM, Role.INFERENCE})),
    )
    hiring = message_type is MessageType.HIRING_ACTIVITY
    found: dict[int, tuple[str, ...]] = {}
    for place, segment in enumerate(segments):
        if segment.role in CLAIMS:
            against = claim_violations(segment, place, message_type, ground)
        elif segment.role is Role.INFERENCE:
            against = loose_violations(segment, place, ground)
        else:
            continue
        counted = hiring and segment.role is Role.LEAD_CLAIM
        found[place] = tuple(item.detail for item in against if not (counted and item.rule is Rule.NUMBER))
    return found


def quoted(segments: Iterable[Segment], roles: set[Role]) -> Source | None:
    """Return a source that holds what segments of these roles quote from pages, and nothing else."""
    cited = {
        (cite.evidence_id, cite.url, cite.span): cite
        for segment in segments
        if segment.role in roles
        for cite in segment.citations
        if not cite.url.startswith(REQUEST)
    }
    if not cited:
        return None
    first = next(iter(cited.values()))
    title = next((cite.span for cite in cited.values() if cite.evidence_id == "title"), "")
    evidence = tuple(
        Evidence(cite.evidence_id, cite.url, EvidenceKind.PARAGRAPH, cite.span, cite.fetched_at, place)
        for place, cite in enumerate(cited.values())
    )
    return Source(SourceKind.SITE, first.url, first.url, first.fetched_at, "", title, evidence=evidence)
