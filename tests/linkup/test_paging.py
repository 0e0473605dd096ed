"""Three ways to page, and what each costs."""

import pytest

from overture.api.linkup.fields import Params
from overture.api.linkup.paging import paging
from overture.domain.linkedin.objects import Slice


def asked(per_page: int = 10, **values: object):
    return paging(Params({"total_results": 10, "start_page": None, "end_page": None} | values), per_page)


def found(count: int, available: int | None = None) -> Slice[int]:
    return Slice(tuple(range(count)), available)


def test_total_mode() -> None:
    """One credit for ten results, at least one, and no pagination."""
    mode = asked(total_results=25)
    assert (mode.window.offset, mode.window.count, mode.most_credits) == (0, 25, 3)
    assert mode.credits(found(21)) == 3
    assert mode.credits(found(0)) == 1
    assert mode.totals(found(21, 90)) == {"total_results": 21, "total_available_results": 90}


def test_page_mode() -> None:
    """Pages 1 to 2 are 20 items; total_results is ignored."""
    mode = asked(start_page=1, end_page=2, total_results=500)
    assert (mode.window.offset, mode.window.count, mode.most_credits) == (0, 20, 2)
    assert mode.totals(found(20, 45))["pagination"] == {
        "start_page": 1,
        "end_page": 2,
        "results_per_page": 10,
        "pages_fetched": 2,
        "has_next_page": True,
    }
    assert mode.credits(found(20, 45)) == 2
    assert mode.credits(found(3, 3)) == 1


@pytest.mark.parametrize(("start", "end", "window"), [(3, None, (20, 10)), (None, 2, (0, 20)), (5, 2, (40, 10))])
def test_ends_are_mended(start: int | None, end: int | None, window: tuple[int, int]) -> None:
    """A missing end is the start; a missing start is 1; an end before the start is the start."""
    mode = asked(start_page=start, end_page=end)
    assert (mode.window.offset, mode.window.count) == window


def test_no_call_is_endless() -> None:
    """A hundred pages at most."""
    assert asked(start_page=1, end_page=1_000_000).most_credits == 100


def test_clients_that_decline_pages() -> None:
    """``use_pagination`` false ignores the pages that are sent along."""
    assert asked(start_page=4, end_page=9, use_pagination=False, total_results=7).window.count == 7
