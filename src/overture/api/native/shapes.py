"""The pieces that JSON Schemas of the native routes are made of."""

from collections.abc import Iterable

from overture.api.contract import Schema

TEXT: Schema = {"type": "string"}
NO_TEXT: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
ID: Schema = {"type": "string", "format": "uuid"}
MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}


def closed(**properties: Schema) -> Schema:
    """An object that always has all these keys."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def listed(items: Schema) -> Schema:
    """An array."""
    return {"type": "array", "items": items}


def one_of(values: Iterable[str]) -> Schema:
    """One of some texts."""
    return {"type": "string", "enum": [*values]}


def ref(name: str) -> Schema:
    """A component."""
    return {"$ref": f"#/components/schemas/{name}"}


def or_null(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}
