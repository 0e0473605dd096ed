"""A judge that cannot find anything proves nothing: hours and caps that are not kept show in the log."""

from datetime import UTC, datetime, time, timedelta

from overture.domain.linkedin.actions import Invite, SendMessage
from overture.domain.linkedin.queries import Connections, Window
from overture.simulator.audit import Ceiling, Hours
from overture.simulator.world import World
from tests.rails.people import enter, meet

ALL_DAYS = frozenset(range(7))
LATER = datetime(2027, 12, 31, tzinfo=UTC)


def _hours(zone: str, begins: int, ends: int, days: frozenset[int] = ALL_DAYS) -> list[Hours]:
    return [Hours(1, zone, time(begins), time(ends), days)]


async def test_what_is_done_outside_hours_shows_on_the_wall_clock_of_the_zone(world: World) -> None:
    """The world's first moment is a Monday at 08:00 UTC: 09:00 in Berlin, and 10:00 once summer time has begun."""
    _, session = await enter(world)
    first, second = (await world.door.read(session, Connections(Window(count=2)))).items
    await world.door.act(session, SendMessage(first.profile_url, "Hello"), "a")
    assert await world.outside([*_hours("Europe/Berlin", 9, 10), *_hours("UTC", 8, 9, frozenset({0}))]) == []
    (at_eight,) = await world.outside(_hours("Europe/Berlin", 10, 18))
    assert (at_eight.what, at_eight.at) == ("message", await world.now())
    assert len(await world.outside(_hours("Europe/Berlin", 8, 9))) == 1  # the end lies outside
    assert len(await world.outside(_hours("UTC", 0, 23, frozenset({1, 2, 3, 4, 5, 6})))) == 1
    await world.advance_to(datetime(2027, 4, 5, 8, tzinfo=UTC))
    await world.door.act(session, SendMessage(second.profile_url, "Hello"), "b")
    assert [found.at for found in await world.outside(_hours("Europe/Berlin", 9, 10))] == [await world.now()]


async def test_one_too_many_shows_in_each_window(world: World) -> None:
    _, session = await enter(world)
    strangers = (await meet(world, session)).strangers
    began = await world.now()

    def most(**caps: int) -> list[Ceiling]:
        limits = {"day": None, "week": None, "month": None} | caps
        return [Ceiling(1, "invite", began, LATER, limits["day"], limits["week"], limits["month"])]

    for place, url in enumerate(strangers[:4]):
        await world.door.act(session, Invite(url, "Hello" if place == 3 else None), f"k{place}")
        await world.advance(timedelta(hours=8))
    assert await world.overruns(most(day=3, week=4, month=4)) == []  # the fourth is just 24 hours after the first
    assert {(o.window, o.count, o.most) for o in await world.overruns(most(day=2, week=3))} == {
        ("day", 3, 2),
        ("week", 4, 3),
    }
    assert [o.count for o in await world.overruns([Ceiling(1, "note", began, LATER, None, None, 0)])] == [1]
    assert await world.overruns([Ceiling(1, "invite", LATER, LATER, 0, 0, 0)]) == []
    assert (await world.mishaps()).too_fast == 0
    days = await world.days("UTC")
    assert (sum(day.invites for day in days), sum(day.notes for day in days)) == (4, 1)
