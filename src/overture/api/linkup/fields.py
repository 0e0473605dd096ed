"""Fields of a body: their kinds, what is taken for each, and the values that come of them."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import cast
from urllib.parse import urlsplit

MAX_TEXT = 10_000
MAX_URL = 2_048
MAX_ITEMS = 200
MAX_FILE_BYTES = 3_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DIGITS = re.compile(r"-?\d{1,18}")


class Kind(Enum):
    """What a value is on the wire."""

    TEXT = "text"
    LIST = "list"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    URL = "url"
    ID = "id"
    STRINGS = "strings"
    OBJECTS = "objects"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Media:
    """A file that came in the body."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a body.

    ``aliases`` are other names that are taken; the first name wins. ``choices`` are compared without case and come
    out as they are written here. ``least`` and ``most`` bound an integer. ``secret`` values are never repeated in an
    error.
    """

    name: str
    kind: Kind
    description: str
    example: object
    required: bool = False
    default: object = None
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    separators: str = ";"
    least: int = 1
    most: int = 1_000


class WrongType(Exception):
    """A value is not of its kind; the message completes 'Parameter x must be ...'."""


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise WrongType("a string")
    if len(given) > MAX_TEXT:
        raise WrongType(f"at most {MAX_TEXT} characters long")
    if _CONTROL.search(given):
        raise WrongType("free of control characters")
    return given


def _of_choice(spec: Field, text: str) -> str:
    if not spec.choices:
        return text
    for choice in spec.choices:
        if choice.casefold() == text.strip().casefold():
            return choice
    raise WrongType("one of " + ", ".join(spec.choices))


def _text_value(spec: Field, given: object) -> object:
    return _of_choice(spec, _text(given))


def _list_value(spec: Field, given: object) -> object:
    """Several values in one text, separated; a JSON array of texts is taken as well."""
    if isinstance(given, list):
        parts = [_text(item) for item in cast("list[object]", given)[: MAX_ITEMS + 1]]
    else:
        parts = re.split(f"[{re.escape(spec.separators)}]", _text(given))
    values = tuple(_of_choice(spec, part.strip()) for part in parts if part.strip())
    if len(values) > MAX_ITEMS:
        raise WrongType(f"at most {MAX_ITEMS} values")
    return values


def _integer_value(spec: Field, given: object) -> object:
    if isinstance(given, str) and _DIGITS.fullmatch(given.strip()):
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int):
        raise WrongType("an integer")
    if not spec.least <= given <= spec.most:
        raise WrongType(f"from {spec.least} to {spec.most}")
    return given


def _boolean_value(_spec: Field, given: object) -> object:
    if isinstance(given, str) and given.strip().lower() in {"true", "false"}:
        return given.strip().lower() == "true"
    if not isinstance(given, bool):
        raise WrongType("a boolean")
    return given


def _url_value(_spec: Field, given: object) -> object:
    text = _text(given).strip()
    try:
        parts = urlsplit(text)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and len(text) <= MAX_URL
    except ValueError:
        valid = False
    if not valid or re.search(r"\s", text):
        raise WrongType("an http or https URL")
    return text


def _id_value(_spec: Field, given: object) -> object:
    """An id that may come as a number: integers beyond 2**53 lose digits in some clients, texts do not."""
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    return _text(given).strip()


def _strings_value(_spec: Field, given: object) -> object:
    """An array of texts; a client that could not parse its own JSON sends the raw text (linkup.md, 2.9)."""
    if isinstance(given, str):
        return tuple(part.strip() for part in _text(given).split(",") if part.strip())
    if not isinstance(given, list):
        raise WrongType("an array of strings")
    return tuple(_text(item) for item in cast("list[object]", given)[:MAX_ITEMS])


def _objects_value(_spec: Field, given: object) -> object:
    """An array of objects with a ``question``, or of texts."""
    if isinstance(given, str):
        return (_text(given),)
    if not isinstance(given, list):
        raise WrongType("an array")
    found: list[str] = []
    for item in cast("list[object]", given)[:MAX_ITEMS]:
        question = cast("dict[str, object]", item).get("question") if isinstance(item, dict) else item
        found.append(_text(question))
    return tuple(found)


def _file_value(_spec: Field, given: object) -> object:
    """An object that holds base64 data and a file name."""
    if not isinstance(given, dict):
        raise WrongType("an object with data and filename")
    entry = cast("dict[str, object]", given)
    data, name = _text_of_any_length(entry.get("data")), _text(entry.get("filename") or "file")
    try:
        content = base64.b64decode(data.partition("base64,")[2] or data, validate=True)
    except (binascii.Error, ValueError):
        raise WrongType("an object whose data is base64") from None
    if len(content) > MAX_FILE_BYTES:
        raise WrongType(f"a file of at most {MAX_FILE_BYTES} bytes")
    return Media(name, content)


def _text_of_any_length(given: object) -> str:
    if not isinstance(given, str):
        raise WrongType("an object with data and filename")
    return given


_VALUES: dict[Kind, Callable[[Field, object], object]] = {
    Kind.TEXT: _text_value,
    Kind.LIST: _list_value,
    Kind.INTEGER: _integer_value,
    Kind.BOOLEAN: _boolean_value,
    Kind.URL: _url_value,
    Kind.ID: _id_value,
    Kind.STRINGS: _strings_value,
    Kind.OBJECTS: _objects_value,
    Kind.FILE: _file_value,
}


def _given(spec: Field, body: Mapping[str, object]) -> object:
    """Return what the body holds for a field; absent, null and blank are all None."""
    for name in (spec.name, *spec.aliases):
        value = body.get(name)
        if value is not None and not (isinstance(value, str) and not value.strip()):
            return value
    return None


@dataclass(frozen=True, slots=True)
class Params:
    """The values of a body that is valid, by the fields' names. Fields that were left out have their default."""

    values: Mapping[str, object]

    def text(self, name: str) -> str:
        """Return a text, empty where it was left out."""
        value = self.values.get(name)
        return value.strip() if isinstance(value, str) else ""

    def raw(self, name: str) -> str:
        """Return a text as it was sent, empty where it was left out."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return cast("tuple[str, ...]", self.values.get(name) or ())

    def number(self, name: str) -> int | None:
        """Return an integer, None where it was left out."""
        return cast("int | None", self.values.get(name))

    def flag(self, name: str) -> bool:
        """Return a boolean, False where it was left out without a default."""
        return bool(self.values.get(name))

    def file(self, name: str) -> Media | None:
        """Return a file, None where none was sent."""
        return cast("Media | None", self.values.get(name))


def parse(fields: tuple[Field, ...], body: Mapping[str, object]) -> tuple[Params, list[str]]:
    """Return the values, and one sentence for each mistake; unknown fields are ignored (linkup.md, section 5)."""
    values: dict[str, object] = {}
    problems: list[str] = []
    for spec in fields:
        given = _given(spec, body)
        if given is None:
            if spec.required:
                problems.append(f"Missing required parameter: {spec.name}")
            values[spec.name] = spec.default
            continue
        try:
            values[spec.name] = _VALUES[spec.kind](spec, given)
        except WrongType as error:
            problems.append(f"Parameter {spec.name} must be {error}")
    return Params(values), problems
