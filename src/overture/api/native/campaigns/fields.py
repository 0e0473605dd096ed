"""The body of an order, declared once: validation, OpenAPI and the documentation page read this table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from overture.api.contract import Schema
from overture.api.native.campaigns import values
from overture.api.pages import Row, Table
from overture.api.upscale import rules
from overture.domain.campaigns import limits
from overture.domain.campaigns.definition import Approval, Definition, NotePolicy, OnFailure
from overture.domain.errors import Invalid
from overture.domain.messages import MessageType, Tone
from overture.usecases.campaigns.ordering import Changes, Order

MOST_NAME = 200
MOST_TEXT = 500
SPAN = r"^(\d{1,5}d( \d{1,5}h)?|\d{1,5}h)$"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``own`` is its name in ``Order`` or ``Definition``; ``read`` gives the value or raises Wrong."""

    name: str
    own: str
    kind: str
    description: str
    example: object
    schema: Schema
    read: Callable[[object], object]
    required: bool = False
    nullable: bool = False


def _words(limit: int) -> Schema:
    return {"type": "string", "maxLength": limit}


def _enum(values: type[Approval | NotePolicy | OnFailure | Tone]) -> Schema:
    return {"type": "string", "enum": [*values]}


_URL: Schema = {"type": "string", "format": "uri", "maxLength": rules.URL_LENGTH}
_SPAN_SCHEMA: Schema = {"type": "string", "pattern": SPAN}
_FLAG_SCHEMA: Schema = {"type": "boolean"}
_STEPS_SCHEMA: Schema = {
    "type": "array",
    "minItems": 1,
    "maxItems": limits.MOST_STEPS,
    "items": {
        "type": "object",
        "properties": {
            "messageType": {"type": "string", "enum": [*MessageType]},
            "wait_time_after": _SPAN_SCHEMA,
        },
        "required": ["messageType"],
    },
}
_HOURS_SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "zone": {"type": "string"},
        "begins": {"type": "string", "pattern": r"^\d\d:\d\d$"},
        "ends": {"type": "string", "pattern": r"^\d\d:\d\d$"},
        "days": {"type": "array", "minItems": 1, "maxItems": 7, "items": {"enum": [*range(7)]}},
    },
}
_SENDERS_SCHEMA: Schema = {
    "type": "array",
    "minItems": 1,
    "maxItems": limits.MOST_SENDERS,
    "items": {"type": "string", "format": "uuid"},
}

FIELDS = (
    Field("name", "name", "text", "What people call the campaign.", "Spring", _words(MOST_NAME),
          values.text(rules.text(MOST_NAME)), required=True),
    Field("automation_tool_customer_id", "customer_id", "text", "The workspace; lists can be narrowed to one.",
          "customer_123", _words(MOST_TEXT), values.text(rules.text(MOST_TEXT))),
    Field("proposition_company_name", "proposition_company_name", "text", "On whose behalf is written.",
          "Example Software", _words(MOST_TEXT), values.text(rules.text(MOST_TEXT)), required=True),
    Field("proposition_company_url", "proposition_company_url", "URL", "The page that says what is offered.",
          "https://software.example.com", _URL, values.text(rules.http_url), required=True),
    Field("sequence_id", "preset", "text", "One of the 54 sequences; in place of message_sequence.",
          "medium_meeting_normal_true", {"type": "string"}, values.preset, nullable=True),
    Field("message_sequence", "steps", "array", "Own steps: messageType, and wait_time_after (after it is done; after "
          "acceptance, for a connection request).",
          [{"messageType": "connection_request", "wait_time_after": "1d 0h"}, {"messageType": "first_follow_up"}],
          _STEPS_SCHEMA, values.steps, nullable=True),
    Field("senders", "senders", "array of ids", "The LinkedIn accounts that send, in rotation; a lead keeps "
          "its sender.", ["7d0a1b94-3e30-4f10-9d7e-2f3b8d1c6a55"], _SENDERS_SCHEMA, values.senders, required=True),
    Field("tone_preference", "tone", "text", "The register.", "normal", _enum(Tone), values.one_of(Tone)),
    Field("signoff_name", "signoff_name", "text", "The name under each message.", "Sam", _words(MOST_TEXT),
          values.text(rules.text(MOST_TEXT)), nullable=True),
    Field("material_link", "material_link", "URL", "What is shared. Required where a step is share_material.",
          "https://software.example.com/guide", _URL, values.text(rules.http_url), nullable=True),
    Field("hiring_location", "hiring_location", "text", "The country whose open roles count: ISO 3166-1 alpha-2. "
          "Required where a step is hiring_activity.", "GB", {"type": "string", "pattern": "^[A-Za-z]{2}$"},
          values.country, nullable=True),
    Field("approval", "approval", "text", "Which messages a person approves before they are sent.", "flagged",
          _enum(Approval), values.one_of(Approval)),
    Field("notes", "notes", "text", "Who gets a note with the invitation.", "auto", _enum(NotePolicy),
          values.one_of(NotePolicy)),
    Field("blank_share", "blank_share", "number", "The share of leads without a note, to measure its effect.", 0.05,
          {"type": "number", "minimum": 0, "maximum": limits.MOST_BLANK}, values.share),
    Field("on_failure", "on_failure", "text", "What follows where a message cannot be written: the step is skipped, or "
          "the lead stopped.", "skip", _enum(OnFailure), values.one_of(OnFailure)),
    Field("hold_company", "hold_company", "true or false", "A reply holds the other leads of the company.",
          example=True, schema=_FLAG_SCHEMA, read=values.flag),
    Field("accept_within", "accept_within", "span", "How long an invitation may stay open.", "21d 0h", _SPAN_SCHEMA,
          values.span),
    Field("withdraw", "withdraw", "true or false", "An invitation that was not accepted in time is taken back.",
          example=True, schema=_FLAG_SCHEMA, read=values.flag),
    Field("fact_age", "fact_age", "span", "A message whose facts are older is written anew before it is sent.",
          "30d 0h", _SPAN_SCHEMA, values.span),
    Field("jobs_age", "jobs_age", "span", "The same for job posts.", "1d 0h", _SPAN_SCHEMA, values.span),
    Field("hours", "hours", "object", "When things may leave: zone, begins, ends, days (Monday is 0). An account's own "
          "hours bound it further.",
          {"zone": "Europe/Paris", "begins": "09:00", "ends": "17:30", "days": [0, 1, 2, 3, 4]}, _HOURS_SCHEMA,
          values.hours),
    Field("notification_url", "notification_url", "URL", "Where the campaign's events go.",
          "https://hooks.example.com/campaigns", _URL, values.text(rules.http_url), nullable=True),
)  # fmt: skip
_BY_NAME = {item.name: item for item in FIELDS}
_OWN = frozenset({"name", "customer_id"})


def schema(*, change: bool = False) -> Schema:
    """The JSON Schema of an order, or of a change of one."""
    properties: dict[str, object] = {}
    for item in FIELDS:
        described = {**item.schema, "description": item.description, "examples": [item.example]}
        properties[item.name] = {"anyOf": [described, {"type": "null"}]} if item.nullable else described
    required = [] if change else [item.name for item in FIELDS if item.required]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def table() -> Table:
    """The fields, as the documentation page shows them."""
    rows = tuple(
        Row(item.name, item.kind, "required" if item.required else "optional", item.description) for item in FIELDS
    )
    return Table("A campaign", rows)


def _read(body: Mapping[str, object]) -> tuple[dict[str, object], list[str]]:
    """Return the values that could be read, by their own names, and every mistake."""
    found: dict[str, object] = {}
    mistakes = [f"there is no field {name[:64]!r}" for name in body if name not in _BY_NAME]
    for item in FIELDS:
        if item.name not in body:
            continue
        value = body[item.name]
        if value is None or (isinstance(value, str) and not value.strip()):
            if item.required or not (item.nullable or item.own == "customer_id"):
                mistakes.append(f"{item.name} {rules.REQUIRED}")
            else:
                found[item.own] = None if item.own not in {"preset", "customer_id", "notification_url"} else ""
            continue
        try:
            found[item.own] = item.read(value)
        except values.Wrong as wrong:
            text = str(wrong)
            mistakes.append(f"{item.name}{text}" if text[0] in "[.:" else f"{item.name} {text}")
    return found, mistakes


def _with_steps(found: dict[str, object], mistakes: list[str]) -> None:
    """Put the steps of a preset in, and own steps in the place of a preset's."""
    chosen, steps = found.get("preset"), found.get("steps")
    if chosen and steps:
        mistakes.append("give either sequence_id or message_sequence")
    elif isinstance(chosen, str) and chosen:
        found["steps"] = limits.preset(chosen)
    elif steps:
        found["preset"] = ""
    else:
        found.pop("preset", None)
        found.pop("steps", None)


def parse(body: Mapping[str, object]) -> Order:
    """Return an order; raise Invalid with every mistake."""
    found, mistakes = _read(body)
    mistakes += [f"{item.name} {rules.REQUIRED}" for item in FIELDS if item.required and item.name not in body]
    _with_steps(found, mistakes)
    if "steps" not in found and not any(text.startswith(("message_sequence", "sequence_id")) for text in mistakes):
        mistakes.append("sequence_id or message_sequence is required")
    if mistakes:
        raise Invalid(mistakes)
    own = {name: value for name, value in found.items() if name in _OWN}
    ordered = {name: value for name, value in found.items() if name not in _OWN}
    return Order(definition=Definition(**ordered), **own)  # pyright: ignore[reportArgumentType]  # by the table


def parse_changes(body: Mapping[str, object]) -> Changes:
    """Return what is to be changed; raise Invalid with every mistake."""
    found, mistakes = _read(body)
    _with_steps(found, mistakes)
    if not found and not mistakes:
        mistakes.append("nothing is to be changed")
    if mistakes:
        raise Invalid(mistakes)
    return found
