"""JSON Schemas of the dialect: what comes in from the declaration, what goes out beside it."""

from overture.api.contract import Schema
from overture.api.upscale.declaration import (
    CHOICES,
    LEAD_FIELDS,
    MAX_STEP_NUMBER,
    MAX_STEPS,
    REQUEST_FIELDS,
    STEP_FIELDS,
    Field,
    Kind,
)
from overture.api.upscale.replies import MESSAGE_KEYS
from overture.domain import sequences


def describe(field: Field) -> str:
    """The field's description, with what its kind and its conditions add."""
    parts = [field.description]
    if field.needed_by is not None:
        parts.append(f"Required where a step is `{field.needed_by}`.")
    return " ".join(parts)


def _value(field: Field, max_leads: int) -> Schema:
    """The schema of a value that is present."""
    match field.kind:
        case Kind.TEXT:
            return {"type": "string", "pattern": r"\S", "maxLength": field.limit}
        case Kind.URL:
            return {"type": "string", "format": "uri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://", "maxLength": field.limit}
        case Kind.COUNTRY:
            return {"type": "string", "pattern": "^[A-Za-z]{2}$"}
        case Kind.TONE | Kind.TYPE:
            return {"type": "string", "enum": list(CHOICES[field.kind])}
        case Kind.NUMBER:
            return {"type": "integer", "minimum": 1, "maximum": MAX_STEP_NUMBER}
        case Kind.STEPS:
            return {"type": "array", "minItems": 1, "maxItems": MAX_STEPS, "items": _ref("SequenceStep")}
        case Kind.LEADS:
            return {"type": "array", "minItems": 1, "maxItems": max_leads, "items": _ref("Lead")}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _nullable(schema: Schema) -> Schema:
    """Let ``schema`` be null or white space as well, both of which count as absent."""
    blank: Schema = {"type": "string", "pattern": r"^\s*$"}
    return {"anyOf": [schema, blank, {"type": "null"}]}


def _object(fields: tuple[Field, ...], max_leads: int) -> Schema:
    properties: dict[str, object] = {}
    required: list[str] = []
    either: list[Schema] = []
    for field in fields:
        value = _value(field, max_leads)
        shown = dict(value if field.required else _nullable(value))
        shown["description"] = describe(field)
        if field.kind not in {Kind.STEPS, Kind.LEADS}:
            shown["examples"] = [field.example]
        properties[field.name] = shown
        if field.alias is not None:
            properties[field.alias] = {**shown, "description": f"A second name of `{field.name}`, which wins."}
        if field.required and field.alias is None:
            required.append(field.name)
        elif field.required:
            either.append({"anyOf": [{"required": [field.name]}, {"required": [field.alias]}]})
    schema: Schema = {"type": "object", "properties": properties, "required": required}
    if either:
        schema["allOf"] = either
    return schema


_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_ID: Schema = {"type": "string", "format": "uuid"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}


def _closed(**properties: Schema) -> Schema:
    """An object that always has all these keys."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _lead_messages() -> Schema:
    schema = _closed(external_prospect_id=_TEXT, linkedin=_TEXT)
    properties: dict[str, object] = {"external_prospect_id": _TEXT, "linkedin": _TEXT}
    for message_type, key in MESSAGE_KEYS.items():
        properties[key] = {
            "type": ["string", "null"],
            "description": f"Present where `{message_type}` was requested; null while unwritten, or failed.",
        }
    properties["no_job_posts"] = {
        "type": "string",
        "description": "Present only where the sources could be read and hold no open role in the country.",
    }
    properties["evidence"] = {
        "type": "object",
        "description": "Present only where `include=evidence` asked for it: messages by their keys.",
        "properties": {key: _ref("Message") for key in MESSAGE_KEYS.values()},
    }
    return {**schema, "properties": properties}


def _messages() -> Schema:
    return _closed(
        metadata=_closed(
            request_message_generation_api_request_secure_request_id=_ID,
            retrieve_messages_api_request_secure_request_id=_ID,
            generation_status={"type": "string", "enum": ["in_progress", "complete"]},
            status_message=_TEXT,
            requested_message_count=_COUNT,
            generated_message_count=_COUNT,
            failed_messages_count={"type": ["integer", "null"], "minimum": 0},
            failed_messages_reason={"type": ["string", "null"]},
        ),
        account=_closed(automation_tool_customer_id=_TEXT),
        campaign=_closed(
            automation_tool_campaign_id=_TEXT,
            automation_tool_campaign_name=_TEXT,
            message_sequence={
                "type": "array",
                "items": _closed(
                    step={"type": "integer"},
                    messageType={"type": "string", "enum": list(CHOICES[Kind.TYPE])},
                ),
            },
            leads_data={"type": "array", "items": _lead_messages()},
        ),
    )


def _sequences() -> Schema:
    step = _closed(
        step={"type": "integer", "minimum": 1},
        message_type={"type": "string", "enum": list(CHOICES[Kind.TYPE])},
        wait_time_after={"type": "string", "pattern": "^[0-9]+d [0-9]+h$"},
    )
    ids = [sequence.id for sequence in sequences.all_sequences()]
    sequence = _closed(id={"type": "string", "enum": ids}, steps={"type": "array", "items": step})
    return _closed(sequences={"type": "array", "items": sequence})


def components(max_leads: int) -> dict[str, Schema]:
    """Every named schema of the dialect."""
    return {
        "Error": _closed(error={"type": "string", "description": "All that is wrong, joined by one space."}),
        "GenerationRequest": _object(REQUEST_FIELDS, max_leads),
        "SequenceStep": _object(STEP_FIELDS, max_leads),
        "Lead": _object(LEAD_FIELDS, max_leads),
        "Accepted": _closed(
            message={"type": "string", "enum": ["Success", "Duplicate request"]}, secure_request_id=_ID
        ),
        "RetrievalBody": _closed(request_message_generation_secure_request_id=_ID),
        "Messages": _messages(),
        "Sequences": _sequences(),
        "Credits": _closed(message_allowance=_COUNT, credits_used=_COUNT, remaining_credits=_COUNT),
        "Account": _closed(created_at=_MOMENT, plan_name=_TEXT, monthly_credits=_COUNT, monthly_allowance=_COUNT),
        "Completion": _closed(
            secure_request_id=_ID,
            status={"type": "string", "enum": ["complete"]},
            completed_at=_MOMENT,
            requested_messages_count=_COUNT,
            generated_messages_count=_COUNT,
            webhook_triggered_at=_MOMENT,
        ),
    }
