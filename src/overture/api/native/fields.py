"""The body of a wish, declared once: validation, OpenAPI and the documentation page read this table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from overture.api.contract import Schema
from overture.api.pages import Row, Table
from overture.domain.errors import Invalid
from overture.domain.messages import Tone
from overture.domain.revisions import Wish

MOST_AVOIDED = 50
MOST_ID = 64


@dataclass(frozen=True, slots=True)
class Field:
    """One optional field; ``fault`` returns what is wrong with a value that is not null, or None."""

    name: str
    kind: str
    description: str
    example: object
    schema: Schema
    fault: Callable[[object], str | None]


def _tone(value: object) -> str | None:
    return None if isinstance(value, str) and value in set(Tone) else f"must be one of: {', '.join(Tone)}"


def _flag(value: object) -> str | None:
    return None if isinstance(value, bool) else "must be true or false"


def _ids(value: object) -> str | None:
    if not isinstance(value, list):
        return "must be an array"
    items = cast("list[object]", value)
    if len(items) > MOST_AVOIDED:
        return f"must have at most {MOST_AVOIDED} items"
    good = all(isinstance(item, str) and 0 < len(item) <= MOST_ID and item.isprintable() for item in items)
    return None if good else f"must hold ids of evidence, texts of at most {MOST_ID} characters"


FIELDS = (
    Field(
        "tone",
        "text",
        "Another register.",
        "formal",
        {"type": ["string", "null"], "enum": [*Tone, None]},
        _tone,
    ),
    Field(
        "another_fact",
        "true or false",
        "Tell a fact that no version of the message has told.",
        example=True,
        schema={"type": ["boolean", "null"]},
        fault=_flag,
    ),
    Field(
        "shorter",
        "true or false",
        "At most nine tenths of the length of the newest version.",
        example=False,
        schema={"type": ["boolean", "null"]},
        fault=_flag,
    ),
    Field(
        "avoid",
        f"array of up to {MOST_AVOIDED} texts",
        "Ids of evidence that no fact may rest on, as the message's citations show them.",
        ["E4"],
        {
            "type": ["array", "null"],
            "maxItems": MOST_AVOIDED,
            "items": {"type": "string", "minLength": 1, "maxLength": MOST_ID},
        },
        _ids,
    ),
)
_EMPTY = "at least one of tone, another_fact, shorter and avoid is required"


def schema() -> Schema:
    """The JSON Schema of a wish."""
    properties = {
        field.name: {**field.schema, "description": field.description, "examples": [field.example]} for field in FIELDS
    }
    return {"type": "object", "properties": properties}


def table() -> Table:
    """The fields, as the documentation page shows them."""
    rows = tuple(Row(field.name, field.kind, "optional", field.description) for field in FIELDS)
    return Table("A wish (regenerate)", rows)


def parse(body: Mapping[str, object]) -> Wish:
    """Return the wish; raise Invalid with every mistake. Null is as good as absent, unknown fields are ignored."""
    given = {field.name: body[field.name] for field in FIELDS if body.get(field.name) is not None}
    faults = [(field.name, field.fault(given[field.name])) for field in FIELDS if field.name in given]
    mistakes = [f"{name} {fault}" for name, fault in faults if fault]
    if mistakes:
        raise Invalid(mistakes)
    avoid = dict.fromkeys(cast("list[str]", given.get("avoid", [])))
    wish = Wish(
        Tone(cast("str", given["tone"])) if "tone" in given else None,
        given.get("another_fact") is True,
        given.get("shorter") is True,
        tuple(avoid),
    )
    if wish == Wish():
        raise Invalid([_EMPTY])
    return wish
