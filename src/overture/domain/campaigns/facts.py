"""What kind of thing a message tells about the lead, so that its effect can be measured."""

from collections.abc import Sequence
from enum import StrEnum

from overture.domain.campaigns.flags import REQUEST
from overture.domain.messages import MessageType, Role, Segment


class LeadFact(StrEnum):
    """What a message's claim on the lead rests on; the first that holds."""

    JOB = "job"
    """An open role."""
    SITE = "site"
    """A sentence of a page of the company."""
    MATERIAL = "material"
    """Nothing of the lead's pages, but a point of the material."""
    TITLE = "title"
    """What the caller said of the person: the job title."""
    NONE = "none"


_OF_LEAD = frozenset({Role.LEAD_CLAIM, Role.INFERENCE})


def fact_kind(message_type: MessageType, segments: Sequence[Segment]) -> LeadFact:
    """Return what kind of fact a written message tells."""
    lead = [cite for segment in segments if segment.role in _OF_LEAD for cite in segment.citations]
    if any(not cite.url.startswith(REQUEST) for cite in lead):
        return LeadFact.JOB if message_type is MessageType.HIRING_ACTIVITY else LeadFact.SITE
    if any(segment.role is Role.MATERIAL_CLAIM for segment in segments):
        return LeadFact.MATERIAL
    return LeadFact.TITLE if lead else LeadFact.NONE
