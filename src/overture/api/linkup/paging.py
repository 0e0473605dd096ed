"""The dialect's three ways of paging, and what a list costs (linkup.md, 1.1 and 1.2)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from overture.api.linkup.fields import Field, Kind, Params
from overture.domain.linkedin.objects import Slice
from overture.domain.linkedin.queries import Window

MOST_RESULTS = 1_000
MOST_PAGES = 100
PER_CREDIT = 10

TOTAL = Field("total_results", Kind.INTEGER, "How many items to return.", 10, default=10, least=0, most=MOST_RESULTS)
START = Field(
    "start_page", Kind.INTEGER, "The first page, from 1. Where present, total_results is ignored.", 1, most=1_000_000
)
END = Field(
    "end_page", Kind.INTEGER, "The last page, inclusive; the first page where it is left out.", 2, most=1_000_000
)
FIELDS = (TOTAL, START, END)


@dataclass(frozen=True, slots=True)
class Paging:
    """What part of a list was asked for. ``first`` is None in total mode."""

    window: Window
    first: int | None
    last: int | None
    per_page: int

    @property
    def most_credits(self) -> int:
        """The most that the answer can cost."""
        if self.first is not None and self.last is not None:
            return self.last - self.first + 1
        return max(1, math.ceil(self.window.count / PER_CREDIT))

    def credits(self, found: Slice[object]) -> int:
        """What the answer costs: one a page fetched, or one for each ten results, at least one."""
        if self.first is not None:
            return self._fetched(len(found.items))
        return max(1, math.ceil(len(found.items) / PER_CREDIT))

    def _fetched(self, count: int) -> int:
        return max(1, math.ceil(count / self.per_page))

    def totals(self, found: Slice[object]) -> dict[str, object]:
        """Return the counts that every list has, and ``pagination`` in page mode."""
        data: dict[str, object] = {"total_results": len(found.items)}
        if found.available is not None:
            data["total_available_results"] = found.available
        if self.first is not None and self.last is not None:
            data["pagination"] = self.pagination(found)
        return data

    def pagination(self, found: Slice[object], size_name: str = "results_per_page") -> dict[str, object]:
        """Return where the answer stands in the list; without pages, as if page 1 had been asked for."""
        first = self.first or 1
        more = found.next_cursor is not None
        if found.available is not None:
            more = self.window.offset + len(found.items) < found.available
        return {
            "start_page": first,
            "end_page": self.last or first,
            size_name: self.per_page,
            "pages_fetched": self._fetched(len(found.items)),
            "has_next_page": more,
        }


def paging(params: Params, per_page: int = 10) -> Paging:
    """Return what part of a list the parameters ask for; an end before the start is the start."""
    first, last = params.number("start_page"), params.number("end_page")
    if params.values.get("use_pagination") is False:
        first = last = None
    if first is None and last is None:
        return Paging(Window(0, params.number("total_results") or 0), None, None, per_page)
    first = first or 1
    last = min(max(first, last or first), first + MOST_PAGES - 1)
    return Paging(Window((first - 1) * per_page, (last - first + 1) * per_page), first, last, per_page)


def listed(name: str, items: Sequence[object], asked: Paging, found: Slice[object]) -> dict[str, object]:
    """Return a list with its counts."""
    return {**asked.totals(found), name: list(items)}
