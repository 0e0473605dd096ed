"""The OpenAPI 3.1 document, built from declared operations and schemas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from overture.api.contract import Operation, Outcome, Parameter, Path, Schema, Standing

VERSION = "3.1.0"
_KEY: Schema = {
    "type": "apiKey",
    "in": "header",
    "name": "Api-Key",
    "description": "The bare key, without a prefix such as `Bearer`. Header names may be in any case.",
}
_RETRY_AFTER: Schema = {
    "description": "Seconds to wait before trying again.",
    "schema": {"type": "integer", "minimum": 1},
}
_REQUEST_ID: Schema = {
    "description": "The id of this call: the one you sent in `X-Request-Id`, or a new one.",
    "schema": {"type": "string"},
}


@dataclass(frozen=True, slots=True)
class Webhook:
    """A message that the service sends: its schema, an example, and the headers by name."""

    name: str
    summary: str
    description: str
    schema: str
    example: object
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class About:
    """What the document says of itself."""

    title: str
    version: str
    description: str


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _examples(examples: Mapping[str, object]) -> Schema:
    return {"examples": {name: {"value": value} for name, value in examples.items()}} if examples else {}


def _response(outcome: Outcome) -> Schema:
    headers: Schema = {"X-Request-Id": {"$ref": "#/components/headers/RequestId"}}
    if outcome.retry_after:
        headers["Retry-After"] = {"$ref": "#/components/headers/RetryAfter"}
    schema: Schema = _ref(outcome.schema) if outcome.schema else _unnamed(outcome.media_type)
    content = {outcome.media_type: {"schema": schema, **_examples(outcome.examples)}}
    return {"description": outcome.description, "headers": headers, "content": content}


def _unnamed(media_type: str) -> Schema:
    return {"type": "object"} if media_type == "application/json" else {"type": "string"}


def _parameter(parameter: Parameter) -> Schema:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description,
        "schema": parameter.schema,
        "example": _typed(parameter),
    }


def _typed(parameter: Parameter) -> object:
    """The example as a value of the parameter's type; in a query it is text."""
    match parameter.schema.get("type"):
        case "integer":
            return int(parameter.example)
        case "boolean":
            return parameter.example == "true"
        case _:
            return parameter.example


def _operation_id(operation: Operation, path: Path) -> str:
    if path.path == operation.canonical:
        return operation.id
    return f"{operation.id}_at{path.path.replace('/', '_')}"


def _body(operation: Operation, path: Path) -> Schema:
    if operation.body:
        content = {"schema": _ref(operation.body), **_examples(operation.body_examples)}
        return {"requestBody": {"required": True, "content": {operation.body_type: content}}}
    if operation.former_body and path.standing is Standing.FORMER:
        content = {"schema": _ref(operation.former_body)}
        return {"requestBody": {"required": False, "content": {"application/json": content}}}
    return {}


def _entry(operation: Operation, path: Path) -> Schema:
    description = operation.description
    if path.standing is not Standing.CANONICAL:
        description = f"The same as `{operation.method} {operation.canonical}`. {description}"
    entry: Schema = {
        "operationId": _operation_id(operation, path),
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": description,
        "security": [{operation.key: []}] if operation.secured else [],
        "responses": {str(outcome.status): _response(outcome) for outcome in operation.outcomes},
    }
    parameters = [_parameter(parameter) for parameter in operation.parameters]
    parameters += [_parameter(parameter) | {"in": "path", "required": True} for parameter in operation.path_parameters]
    parameters += [_parameter(parameter) | {"in": "header"} for parameter in operation.headers]
    if parameters:
        entry["parameters"] = parameters
    entry.update(_body(operation, path))
    if path.standing is not Standing.CANONICAL:
        entry["x-alias-of"] = operation.canonical
    if path.standing is Standing.FORMER:
        entry["deprecated"] = True
    return entry


def _webhook(webhook: Webhook) -> Schema:
    return {
        "post": {
            "operationId": f"webhook_{webhook.name}",
            "tags": ["Webhooks"],
            "summary": webhook.summary,
            "description": webhook.description,
            "security": [],
            "parameters": [
                {"name": name, "in": "header", "required": True, "description": text, "schema": {"type": "string"}}
                for name, text in webhook.headers.items()
            ],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": _ref(webhook.schema), "example": webhook.example}},
            },
            "responses": {
                "2XX": {"description": "Taken. Any other answer, or none within 10 s, is tried again."},
                "default": {"description": "Tried again, up to 25 attempts over about 20 days."},
            },
        }
    }


def build(
    about: About,
    operations: Iterable[Operation],
    components: Mapping[str, Schema],
    webhooks: Iterable[Webhook],
) -> Schema:
    """Return the whole document."""
    paths: dict[str, Schema] = {}
    tags: dict[str, None] = {}
    for operation in operations:
        tags[operation.tag] = None
        for path in operation.paths:
            paths.setdefault(path.path, {})[operation.method.lower()] = _entry(operation, path)
    return {
        "openapi": VERSION,
        "info": {
            "title": about.title,
            "version": about.version,
            "description": about.description,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "This server."}],
        "tags": [{"name": name} for name in (*tags, "Webhooks")],
        "paths": paths,
        "webhooks": {webhook.name: _webhook(webhook) for webhook in webhooks},
        "components": {
            "securitySchemes": {"ApiKey": _KEY, "XApiKey": _KEY | {"name": "x-api-key"}},
            "headers": {"RetryAfter": _RETRY_AFTER, "RequestId": _REQUEST_ID},
            "schemas": dict(components),
        },
    }
