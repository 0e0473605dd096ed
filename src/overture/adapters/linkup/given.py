"""Objects as a server sent them, read without trust."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import cast

_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
_MOST_NUMBER = 2**63


def clean(text: str) -> str:
    """Return a text without what neither PostgreSQL nor UTF-8 can hold: NUL and lone surrogates."""
    return _UNSTORABLE.sub("", text)


class Given:
    """An object as a server sent it, read without trust."""

    def __init__(self, value: object) -> None:
        known = cast("Mapping[str, object]", value) if isinstance(value, dict) else dict[str, object]()
        self._value: Mapping[str, object] = known

    def text(self, *names: str) -> str:
        """Return the first text among the names, else empty."""
        for name in names:
            value = self._value.get(name)
            if isinstance(value, str) and value:
                return clean(value[:20_000])
        return ""

    def text_of_any_length(self, name: str) -> str:
        """Return a text that may be a whole file."""
        value = self._value.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """Return an integer, also from text, else 0."""
        value = self._value.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            return 0
        return value if abs(value) < _MOST_NUMBER else 0

    def maybe(self, name: str) -> int | None:
        """Return an integer, None where there is none."""
        return self.number(name) if self._value.get(name) is not None else None

    def flag(self, name: str) -> bool:
        """Return whether a value is true."""
        return self._value.get(name) is True

    def child(self, name: str) -> "Given":
        """Return an object inside, empty where there is none."""
        return Given(self._value.get(name))

    def children(self, *names: str) -> list["Given"]:
        """Return the objects of the first list among the names."""
        for name in names:
            value = self._value.get(name)
            if isinstance(value, list):
                return [Given(item) for item in cast("list[object]", value)[:1_000]]
        return []

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        value = self._value.get(name)
        items = cast("list[object]", value) if isinstance(value, list) else []
        return tuple(clean(item[:20_000]) for item in items[:1_000] if isinstance(item, str))

    def time(self, *names: str) -> datetime | None:
        """Return a time given in milliseconds or as ISO 8601."""
        for name in names:
            value = self._value.get(name)
            if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**14:
                return datetime.fromtimestamp(value / 1000, UTC)
            if isinstance(value, str) and value:
                try:
                    return datetime.fromisoformat(value).astimezone(UTC)
                except (ValueError, OverflowError):
                    continue
        return None
