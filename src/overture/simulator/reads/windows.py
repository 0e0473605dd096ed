"""Parts of lists: where they start, how long they are, and the cursor of the next part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from overture.domain.errors import NotFoundOnRail
from overture.domain.linkedin.objects import Slice
from overture.domain.linkedin.queries import Window

T = TypeVar("T")

LARGEST = 1_000
DEEPEST = 2**31


@dataclass(frozen=True, slots=True)
class Part:
    """Rows to take."""

    offset: int
    count: int

    def slice(self, items: Sequence[T], available: int) -> Slice[T]:
        """The part as an answer. ``available`` counts the whole list; an empty part may not know, and says 0."""
        following = self.offset + len(items)
        at_start = not self.offset and self.count > 0
        known = available if items or available or at_start else None
        return Slice(tuple(items), known, f"at-{following}" if items and following < available else None)


def part(window: Window) -> Part:
    """Read a window.

    Raises:
        NotFoundOnRail: the cursor is none of ours.
    """
    offset = window.offset
    if window.cursor:
        digits = window.cursor.removeprefix("at-")
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
            raise NotFoundOnRail("LinkedIn knows no such cursor")
        offset = int(digits)
    return Part(min(max(offset, 0), DEEPEST), min(max(window.count, 0), LARGEST))
