"""How answers are read that are not one model."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

T = TypeVar("T")
_NOTHING = msgspec.Raw(b"null")


def one(kind: type[T]) -> Callable[[bytes], T]:
    """Return what reads one model."""
    return lambda body: msgspec.json.decode(body, type=kind)


def as_bytes(body: bytes) -> bytes:
    """Take a file as it is."""
    return body


def a_page(kind: type[T], items: str, inside: str | None = None) -> Callable[[bytes], tuple[list[T], str | None]]:
    """Return what reads a page: its items, and ``next_cursor``. ``inside`` names the object that holds both."""

    def read(body: bytes) -> tuple[list[T], str | None]:
        shown = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        if inside is not None:
            shown = msgspec.json.decode(shown.get(inside, _NOTHING), type=dict[str, msgspec.Raw])
        found = msgspec.json.decode(shown.get(items, _NOTHING), type=list[kind])
        return found, msgspec.json.decode(shown.get("next_cursor", _NOTHING), type=str | None)

    return read


def query(**parameters: str | int | None) -> dict[str, str]:
    """Return the parameters that are there."""
    return {name: str(value) for name, value in parameters.items() if value is not None}
