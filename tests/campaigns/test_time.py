"""Waits and working hours, over changes of clocks, leap days and ends of years, against plain counting."""

import os
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overture.domain.campaigns import progress
from overture.domain.campaigns.definition import CampaignStep, Definition
from overture.domain.campaigns.states import LeadState
from overture.domain.linkedin.budgets import WorkingHours
from overture.domain.messages import MessageType

RUNS = int(os.environ.get("OVERTURE_TEST_STEPS", "50")) * 20
QUARTER = timedelta(minutes=15)
ANYWHERE = ("2028-02-29", "2026-12-31", "2026-06-15")
"""A leap day, the end of a year, and a day like others."""
EDGES = {
    "UTC": (),
    "Asia/Kolkata": (),
    "Europe/Paris": ("2026-03-29", "2026-10-25"),
    "Europe/London": ("2026-03-29", "2026-10-25"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "America/St_Johns": ("2026-03-08", "2026-11-01"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "Africa/Cairo": ("2026-04-24", "2026-10-29"),
    "Pacific/Apia": ("2011-12-30",),
}
"""By zone, the days on which its clocks change: by an hour, by half an hour, at midnight, and by a whole day."""

quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
at_night = st.integers(0, 16).map(lambda n: time(n // 4, n % 4 * 15))
days = st.just(frozenset(range(7))) | st.frozensets(st.integers(0, 6))
places = st.sampled_from([(zone, day) for zone, own in EDGES.items() for day in (*own, *ANYWHERE)])


@st.composite
def questions(draw: st.DrawFn) -> tuple[WorkingHours, datetime]:
    zone, day = draw(places)
    chosen = WorkingHours(zone, draw(at_night | quarters), draw(at_night | quarters), draw(days))
    return chosen, datetime.fromisoformat(day).replace(tzinfo=UTC) + draw(st.integers(-120, 120)) * QUARTER


moments = questions().map(lambda question: question[1])


def counted(chosen: WorkingHours, at: datetime) -> datetime | None:
    """The first quarter of an hour that lies in working hours, by looking at each: clocks change on quarters."""
    return next((at + n * QUARTER for n in range(96 * 16) if chosen.holds(at + n * QUARTER)), None)


@settings(max_examples=RUNS, deadline=None)
@given(questions())
def test_the_next_opening_is_the_first_moment_in_working_hours(question: tuple[WorkingHours, datetime]) -> None:
    chosen, at = question
    found = counted(chosen, at)
    if found is None:
        with pytest.raises(ValueError, match="no working hours"):
            chosen.next_opening(at)
        return
    opening = chosen.next_opening(at)
    assert opening == found, (opening.astimezone(ZoneInfo(chosen.zone)), found.astimezone(ZoneInfo(chosen.zone)))
    assert chosen.next_opening(opening) == opening


kinds = st.sampled_from([kind for kind in MessageType if kind is not MessageType.CONNECTION_REQUEST])
waits = st.timedeltas(timedelta(), timedelta(days=60))


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    later = draw(st.lists(st.builds(CampaignStep, kinds, waits), min_size=1, max_size=9))
    first = [CampaignStep(MessageType.CONNECTION_REQUEST, draw(waits))] if draw(st.booleans()) else []
    return Definition("K", "https://k.example", tuple(first + later), ())


@given(definitions(), moments)
def test_each_step_is_walked_once_in_order_and_no_wait_is_cut_short(plan: Definition, at: datetime) -> None:
    """The whole sequence, walked from its first step to its end."""
    now, walked = at, 0
    for step in range(1, len(plan.steps) + 1):
        walked += 1
        following = progress.sent(plan, step, now)
        if plan.steps[step - 1].type is MessageType.CONNECTION_REQUEST:
            assert (following.after, following.wake_at) == (LeadState.INVITED, now + plan.accept_within)
            now += timedelta(hours=5)
            following = progress.done(plan, step, now)
        skipped = progress.left_out(plan, step, now)
        if step == len(plan.steps):
            assert following == skipped == progress.Next(LeadState.FINISHED)
            break
        assert following.after is skipped.after is LeadState.WAITING
        assert following.wake_at == now + plan.steps[step - 1].wait
        assert skipped.wake_at == now
        now = following.wake_at
    assert walked == len(plan.steps)


def test_hours_that_a_change_of_clocks_cuts() -> None:
    """Begun in the gap they open when it ends; begun in the hour that comes twice they open twice."""
    every = frozenset(range(7))
    spring = WorkingHours("Europe/Paris", time(2, 30), time(12), every)
    assert spring.next_opening(datetime(2026, 3, 29, tzinfo=UTC)) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    autumn = WorkingHours("Europe/Paris", time(1, 30), time(2, 30), every)
    assert autumn.next_opening(datetime(2026, 10, 25, 0, 45, tzinfo=UTC)) == datetime(2026, 10, 25, 1, tzinfo=UTC)
    sundays = WorkingHours("Europe/Paris", time(2), time(3), frozenset({6}))
    assert sundays.next_opening(datetime(2026, 3, 28, tzinfo=UTC)) == datetime(2026, 4, 5, tzinfo=UTC)
