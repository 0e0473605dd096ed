"""How the navigation shows the pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the navigation."""

    path: str
    name: str


NAVIGATION: tuple[tuple[str, tuple[Entry, ...]], ...] = (("", (Entry("/console/", "Home"),)),)
"""Groups of entries, with the groups' headings."""
