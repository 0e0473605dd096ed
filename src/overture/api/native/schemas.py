"""JSON Schemas of the native routes."""

from overture.api.contract import Schema
from overture.api.native import fields
from overture.api.native.problems import CODES
from overture.api.native.shapes import COUNT, FLAG, ID, MOMENT, NO_TEXT, NUMBER, TEXT, closed, listed, one_of, ref
from overture.domain.messages import MessageState, MessageType, Role, Tone
from overture.domain.revisions import RevisionState

_MESSAGE_ID: Schema = {
    "type": "string",
    "description": "The request's id, the lead's place from 0, and the type, joined by dots.",
}


_CHECK: Schema = {
    "anyOf": [closed(passed=FLAG, objections=listed(TEXT)), {"type": "null"}],
    "description": "Whether the send gate's rules hold; null where the segment claims nothing.",
}
_CITATION = closed(
    evidence_id=TEXT,
    source={"type": "string", "enum": ["page", "request"]},
    url=TEXT,
    span=TEXT,
    fetched_at=NO_TEXT,
)
SEGMENT = closed(text=TEXT, role=one_of(Role), hedged=FLAG, check=_CHECK, citations=listed(_CITATION))
_WISH = closed(
    tone={"type": ["string", "null"], "enum": [*Tone, None]},
    another_fact=FLAG,
    shorter=FLAG,
    avoid=listed(TEXT),
)
_VERSION = closed(
    number={"type": "integer", "minimum": 1},
    state=one_of(RevisionState),
    wish=_WISH,
    text=NO_TEXT,
    reason=NO_TEXT,
    detail=NO_TEXT,
    asked_at=MOMENT,
    settled_at=MOMENT,
)
_LEFT = closed(minute=COUNT, day=COUNT)


def components() -> dict[str, Schema]:
    """Every named schema of the native routes."""
    return {
        "Problem": closed(
            type=TEXT,
            title=TEXT,
            status=NUMBER,
            detail=TEXT,
            code={"type": "string", "enum": [*CODES.values()]},
            error=TEXT,
        ),
        "Message": closed(
            id=_MESSAGE_ID,
            lead_index=COUNT,
            lead_id=TEXT,
            type=one_of(MessageType),
            state=one_of(MessageState),
            version=COUNT,
            text=NO_TEXT,
            length={"type": ["integer", "null"]},
            reason=NO_TEXT,
            detail=NO_TEXT,
            composer=NO_TEXT,
            model=NO_TEXT,
            settled_at=MOMENT,
            segments=listed(SEGMENT),
        ),
        "MessageWithVersions": {"allOf": [ref("Message"), closed(versions=listed(_VERSION))]},
        "MessagePage": closed(messages=listed(ref("Message")), next_cursor=NO_TEXT),
        "Wish": fields.schema(),
        "VersionAsked": closed(
            id=_MESSAGE_ID,
            version={"type": "integer", "minimum": 1},
            state={"type": "string", "const": "pending"},
            credits_held=COUNT,
        ),
        "Quote": closed(
            duplicate_of={"type": ["string", "null"], "format": "uuid"},
            would_be_accepted=FLAG,
            messages=closed(asked=COUNT, to_write=COUNT, already_written=COUNT, being_written=COUNT, repeated=COUNT),
            credits=closed(available=COUNT, held=COUNT, after=NUMBER),
            limits_left=closed(messages=_LEFT, requests=_LEFT),
            warnings=listed(TEXT),
        ),
        "Cancelled": closed(
            id=ID,
            state={"type": "string", "enum": ["in_progress", "complete"]},
            requested=COUNT,
            generated=COUNT,
            failed=COUNT,
            cancelled=COUNT,
            kept_for_others=COUNT,
        ),
    }
