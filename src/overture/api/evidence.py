"""A message with its evidence, as bodies show it: natively, and with ``include=evidence``."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from overture.domain.messages import Citation, Role, Segment, linkedin_length
from overture.domain.revisions import Revision
from overture.usecases.evidence import EvidencedMessage

Body = dict[str, object]

CLAIMS = frozenset({Role.LEAD_CLAIM, Role.SENDER_CLAIM, Role.MATERIAL_CLAIM})
_GIVEN = "request:"


def moment(value: datetime | None) -> str | None:
    """A time as ISO 8601 in UTC."""
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if value else None


def message(shown: EvidencedMessage) -> Body:
    """One message: what it says segment by segment, or why it was not written."""
    return {
        "id": shown.id,
        "lead_index": shown.lead_index,
        "lead_id": shown.lead_id,
        "type": shown.type.value,
        "state": shown.state.value,
        "version": shown.number,
        "text": shown.text,
        "length": None if shown.text is None else linkedin_length(shown.text),
        "reason": shown.reason,
        "detail": shown.detail,
        "composer": shown.composer,
        "model": shown.model,
        "settled_at": moment(shown.settled_at),
        "segments": segments(shown.segments, shown.objections),
    }


def segments(said: Sequence[Segment], objections: Mapping[int, tuple[str, ...]]) -> list[Body]:
    """A text in its pieces, each with what it rests on; ``objections`` are by the place of the segment."""
    return [_segment(segment, objections.get(n, ())) for n, segment in enumerate(said)]


def _segment(segment: Segment, objections: tuple[str, ...]) -> Body:
    guess = segment.role is Role.INFERENCE
    checked = guess or segment.role in CLAIMS
    return {
        "text": segment.text,
        "role": segment.role.value,
        "hedged": guess,
        "check": {"passed": not objections, "objections": list(objections)} if checked else None,
        "citations": [_citation(citation) for citation in segment.citations],
    }


def _citation(citation: Citation) -> Body:
    given = citation.url.startswith(_GIVEN)
    return {
        "evidence_id": citation.evidence_id,
        "source": "request" if given else "page",
        "url": citation.url,
        "span": citation.span,
        "fetched_at": citation.fetched_at or None,
    }


def versions(known: tuple[Revision, ...]) -> list[Body]:
    """The further versions of a message, those that failed included."""
    return [
        {
            "number": version.number,
            "state": version.state.value,
            "wish": {
                "tone": version.wish.tone,
                "another_fact": version.wish.another_fact,
                "shorter": version.wish.shorter,
                "avoid": list(version.wish.avoid),
            },
            "text": version.text,
            "reason": version.reason,
            "detail": version.detail,
            "asked_at": moment(version.asked_at),
            "settled_at": moment(version.settled_at),
        }
        for version in known
    ]
