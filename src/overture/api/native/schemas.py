"""JSON Schemas of the native routes."""

from overture.api.contract import Schema
from overture.api.native import fields
from overture.api.native.problems import CODES
from overture.domain.messages import MessageState, MessageType, Role, Tone
from overture.domain.revisions import RevisionState

_TEXT: Schema = {"type": "string"}
_NO_TEXT: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": "integer"}
_FLAG: Schema = {"type": "boolean"}
_ID: Schema = {"type": "string", "format": "uuid"}
_MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
_MESSAGE_ID: Schema = {
    "type": "string",
    "description": "The request's id, the lead's place from 0, and the type, joined by dots.",
}


def _closed(**properties: Schema) -> Schema:
    """An object that always has all these keys."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(values: type[MessageState | MessageType | Role | RevisionState]) -> Schema:
    return {"type": "string", "enum": list(values)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_CHECK: Schema = {
    "anyOf": [_closed(passed=_FLAG, objections=_list(_TEXT)), {"type": "null"}],
    "description": "Whether the send gate's rules hold; null where the segment claims nothing.",
}
_CITATION = _closed(
    evidence_id=_TEXT,
    source={"type": "string", "enum": ["page", "request"]},
    url=_TEXT,
    span=_TEXT,
    fetched_at=_NO_TEXT,
)
_SEGMENT = _closed(text=_TEXT, role=_one_of(Role), hedged=_FLAG, check=_CHECK, citations=_list(_CITATION))
_WISH = _closed(
    tone={"type": ["string", "null"], "enum": [*Tone, None]},
    another_fact=_FLAG,
    shorter=_FLAG,
    avoid=_list(_TEXT),
)
_VERSION = _closed(
    number={"type": "integer", "minimum": 1},
    state=_one_of(RevisionState),
    wish=_WISH,
    text=_NO_TEXT,
    reason=_NO_TEXT,
    detail=_NO_TEXT,
    asked_at=_MOMENT,
    settled_at=_MOMENT,
)
_LEFT = _closed(minute=_COUNT, day=_COUNT)


def components() -> dict[str, Schema]:
    """Every named schema of the native routes."""
    return {
        "Problem": _closed(
            type=_TEXT,
            title=_TEXT,
            status=_NUMBER,
            detail=_TEXT,
            code={"type": "string", "enum": [*CODES.values()]},
            error=_TEXT,
        ),
        "Message": _closed(
            id=_MESSAGE_ID,
            lead_index=_COUNT,
            lead_id=_TEXT,
            type=_one_of(MessageType),
            state=_one_of(MessageState),
            version=_COUNT,
            text=_NO_TEXT,
            length={"type": ["integer", "null"]},
            reason=_NO_TEXT,
            detail=_NO_TEXT,
            composer=_NO_TEXT,
            model=_NO_TEXT,
            settled_at=_MOMENT,
            segments=_list(_SEGMENT),
        ),
        "MessageWithVersions": {"allOf": [_ref("Message"), _closed(versions=_list(_VERSION))]},
        "MessagePage": _closed(messages=_list(_ref("Message")), next_cursor=_NO_TEXT),
        "Wish": fields.schema(),
        "VersionAsked": _closed(
            id=_MESSAGE_ID,
            version={"type": "integer", "minimum": 1},
            state={"type": "string", "const": "pending"},
            credits_held=_COUNT,
        ),
        "Quote": _closed(
            duplicate_of={"type": ["string", "null"], "format": "uuid"},
            would_be_accepted=_FLAG,
            messages=_closed(
                asked=_COUNT, to_write=_COUNT, already_written=_COUNT, being_written=_COUNT, repeated=_COUNT
            ),
            credits=_closed(available=_COUNT, held=_COUNT, after=_NUMBER),
            limits_left=_closed(messages=_LEFT, requests=_LEFT),
            warnings=_list(_TEXT),
        ),
        "Cancelled": _closed(
            id=_ID,
            state={"type": "string", "enum": ["in_progress", "complete"]},
            requested=_COUNT,
            generated=_COUNT,
            failed=_COUNT,
            cancelled=_COUNT,
            kept_for_others=_COUNT,
        ),
    }
