"""The endpoints as operations with schemas: what OpenAPI, the documentation page and the routes read."""

from typing import cast

from overture.api.contract import Operation, Outcome, Parameter, Path, Schema, Standing
from overture.api.linkup.endpoint import Endpoint, Wrapper
from overture.api.linkup.fields import MAX_ITEMS, MAX_TEXT, MAX_URL, Field, Kind
from overture.api.linkup.index import ENDPOINTS
from overture.api.linkup.problems import Answer
from overture.api.problems import ErrorShape

TAG = "LinkedIn gateway"
PREFIX = "/v1/"
ERRORS = ErrorShape(lambda problem: Answer(problem.status, problem.error).body)
"""How errors look that never reach a handler."""

_ID = Parameter(
    "id", "The monitored account.", {"type": "string", "pattern": "^[0-9a-f]{24}$"}, "65f0a1b2c3d4e5f601234567"
)
_KEY = Parameter(
    "Idempotency-Key",
    "1 to 255 visible ASCII characters. An action with a key is done once: the same with the same key is answered with "
    "what came of it. An addition of Overture.",
    {"type": "string", "pattern": "^[!-~]{1,255}$"},
    "5f0c2a9e-invite-7",
)
_FAILURES = (
    (
        400,
        "A parameter is missing or wrong, or LinkedIn forbids it.",
        "Missing required parameter: linkedin_url",
    ),
    (401, "No key, an unknown key, or a revoked one.", "Missing or invalid API key"),
    (402, "The balance of actions does not cover the call. Nothing is charged.", "Insufficient credits"),
    (
        403,
        "The session has ended, or the key does not open the gateway.",
        "The login token is not valid: sign in again",
    ),
    (404, "No such member, company, post, conversation or monitor.", "No such member"),
    (408, "The body did not arrive in time.", "Request timeout: The request body took too long to arrive"),
    (413, "The body is too large.", "Payload too large: The request body must be at most 4194304 bytes"),
    (415, "The body is compressed.", "Unsupported media type: The request body must not be compressed"),
    (
        429,
        "300 calls a minute, a spent budget, or a restriction by LinkedIn.",
        "Too many requests: try again later",
    ),
    (500, "A mistake of ours, or no answer from LinkedIn. Nothing is charged.", "Internal server error"),
    (503, "The service cannot take requests now.", "The service is not available now"),
)


def _name(endpoint: Endpoint) -> str:
    return "".join(part.capitalize() for part in endpoint.id.split("_"))


_TEXT: Schema = {"type": "string", "maxLength": MAX_TEXT}
_VALUES: dict[Kind, Schema] = {
    Kind.TEXT: _TEXT,
    Kind.LIST: {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "maxItems": MAX_ITEMS}]},
    Kind.INTEGER: {"type": ["integer", "string"]},
    Kind.BOOLEAN: {"type": ["boolean", "string"]},
    Kind.URL: {"type": "string", "format": "uri", "maxLength": MAX_URL},
    Kind.ID: {"type": ["string", "integer"]},
    Kind.STRINGS: {"anyOf": [{"type": "array", "items": _TEXT}, _TEXT]},
    Kind.OBJECTS: {"anyOf": [{"type": "array", "items": {}}, _TEXT]},
    Kind.FILE: {
        "type": "object",
        "properties": {"data": {"type": "string"}, "filename": {"type": "string"}},
        "required": ["data"],
    },
}


def _value(spec: Field) -> Schema:
    value = _VALUES[spec.kind]
    return {**value, "minimum": spec.least, "maximum": spec.most} if spec.kind is Kind.INTEGER else value


def _describe(spec: Field) -> str:
    return f"{spec.description} One of {', '.join(spec.choices)}." if spec.choices else spec.description


def _property(spec: Field) -> Schema:
    value = _value(spec)
    shown = value if spec.required else {"anyOf": [value, {"type": "null"}]}
    described = {**shown, "description": _describe(spec), "examples": [spec.example]}
    return described | {"default": spec.default} if spec.default is not None else described


def _body(endpoint: Endpoint) -> Schema:
    properties: dict[str, object] = {}
    for spec in endpoint.all_fields:
        properties[spec.name] = _property(spec)
        for alias in spec.aliases:
            properties[alias] = {**_property(spec), "description": f"A second name of `{spec.name}`, which wins."}
    required = [spec.name for spec in endpoint.all_fields if spec.required and not spec.aliases]
    schema: Schema = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    return schema


def _success(endpoint: Endpoint) -> Schema:
    if endpoint.wrapper is Wrapper.BARE:
        return {"type": "object", "additionalProperties": True, "examples": [endpoint.example]}
    properties: dict[str, object] = {"status": {"type": "string", "const": "success"}}
    return {
        "type": "object",
        "properties": properties,
        "required": ["status"],
        "additionalProperties": True,
        "examples": [_wrapped(endpoint)],
    }


def _wrapped(endpoint: Endpoint) -> object:
    if endpoint.wrapper is Wrapper.BARE:
        return endpoint.example
    example = endpoint.example
    if isinstance(example, dict) and "message" in example and "invitation_state" not in example:
        return {"status": "success", **cast("Schema", example)}
    return {"status": "success", "data": cast("object", example)}


def components() -> dict[str, Schema]:
    """The schemas of every endpoint's body and answer, and of an error."""
    text: Schema = {"type": "string"}
    found: dict[str, Schema] = {
        "LinkupError": {
            "type": "object",
            "properties": {"status": {"type": "string", "const": "error"}, "message": text},
            "required": ["status", "message"],
        }
    }
    for endpoint in ENDPOINTS:
        if endpoint.all_fields:
            found[f"{_name(endpoint)}Body"] = _body(endpoint)
        found[f"{_name(endpoint)}Answer"] = _success(endpoint)
    return found


def _outcomes(endpoint: Endpoint) -> tuple[Outcome, ...]:
    good = Outcome(200, endpoint.answer or "Done.", f"{_name(endpoint)}Answer", {"example": _wrapped(endpoint)})
    failures = [
        Outcome(
            status,
            description,
            "LinkupError",
            {"example": {"status": "error", "message": sentence}},
            retry_after=status in {429, 503},
        )
        for status, description, sentence in _FAILURES
        if endpoint.all_fields or status not in {408, 413, 415}
    ]
    return (good, *failures)


def _operation(endpoint: Endpoint) -> Operation:
    price = "Free." if endpoint.most is not None and endpoint.path == "/v1/check" else ""
    if endpoint.paged:
        price = f"One credit for ten results, or one a page of {endpoint.paged}."
    paths = (Path(endpoint.path), *(Path(alias, Standing.ALIAS) for alias in endpoint.aliases))
    return Operation(
        id=endpoint.id,
        method=endpoint.method,
        paths=paths,
        tag=f"{TAG}: {endpoint.group}",
        summary=endpoint.summary,
        description=f"{endpoint.answer} {price} Row {endpoint.row}, known from: {endpoint.source}.".strip(),
        outcomes=_outcomes(endpoint),
        body=f"{_name(endpoint)}Body" if endpoint.all_fields else "",
        body_examples={"required": {s.name: s.example for s in endpoint.all_fields if s.required}}
        if endpoint.all_fields
        else {},
        key="XApiKey",
        path_parameters=(_ID,) if "{id}" in endpoint.path else (),
        headers=(_KEY,) if endpoint.acts else (),
    )


OPERATIONS: tuple[Operation, ...] = tuple(_operation(endpoint) for endpoint in ENDPOINTS)
"""Every endpoint of the dialect as an operation."""
