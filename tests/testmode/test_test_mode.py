"""Test mode: magic leads end as they say, and only there; no language model, no LinkedIn but the simulated one."""

import dataclasses
from datetime import timedelta
from typing import Any, cast

import asyncpg
import pytest

from overture.adapters.clock import SetClock
from overture.domain import reasons
from overture.domain.accounts import Caller, Mode, Tier, new_key, parse_key
from overture.domain.errors import RefusedByRail
from overture.domain.linkedin.accounts import Password, RailName
from overture.domain.messages import MessageType
from overture.store import requests as rows
from overture.usecases import accounts, requests, testmode
from overture.usecases.linkedin import signin
from overture.usecases.services import Services
from tests.builders import lead
from tests.usecases.conftest import services, sound
from tests.usecases.test_worker import demo, sites, work

__all__ = ["services", "sites"]
pytestmark = pytest.mark.anyio
HIRING, FOLLOW_UP = MessageType.HIRING_ACTIVITY, MessageType.FIRST_FOLLOW_UP
NAMES = ("lead_fail_research", "lead_no_job_posts", "lead_llm_garbage.2", "lead_plain")


class NoModel:
    """Stands where a language model is configured; the test fails if it is asked."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError("a language model was asked")


async def _caller(services: Services, mode: Mode) -> Caller:
    made = await accounts.create(services, str(mode), credits=1000, tier=Tier.SCALE, mode=mode)
    assert made.api_key.startswith(f"ov_{mode}_")
    assert (await accounts.create_key(services, made.account_id)).api_key.startswith(f"ov_{mode}_")
    return await accounts.authenticate(services, made.api_key)


def _asked(sites: dict[str, str], names: tuple[str, ...]) -> Any:
    people = tuple(
        lead(number, lead_id=name, company="Harbourlight Freight", company_website_url=sites["harbourlight"])
        for number, name in enumerate(names)
    )
    return dataclasses.replace(demo(sites, (FOLLOW_UP, HIRING)), leads=people)


async def _reasons(services: Services, caller: Caller, sites: dict[str, str]) -> dict[tuple[str, str], str | None]:
    accepted = await requests.submit(services, caller, _asked(sites, NAMES))
    await work(services)
    async with services.database.reading() as tx:
        found = await rows.results(tx, accepted.id)
    return {(row[1], row[3]): row[5] for row in found}


async def test_magic_leads_end_as_they_say_in_test_mode_only(services: Services, sites: dict[str, str]) -> None:
    modelled = dataclasses.replace(services, writer=cast("Any", NoModel()))
    told = await _reasons(modelled, await _caller(services, Mode.TEST), sites)
    for kind in (FOLLOW_UP, HIRING):
        assert told["lead_fail_research", kind] == reasons.RESEARCH_NOT_FOUND
        assert told["lead_llm_garbage.2", kind] == reasons.NOT_SUPPORTED
        assert told["lead_plain", kind] is None
    assert told["lead_no_job_posts", HIRING] == reasons.NO_HIRING_ACTIVITY
    assert told["lead_no_job_posts", FOLLOW_UP] is None
    live = await _reasons(services, await _caller(services, Mode.LIVE), sites)
    assert set(live.values()) == {None}
    await sound(services)


async def test_a_slow_lead_waits_until_thirty_seconds_have_passed(services: Services, sites: dict[str, str]) -> None:
    waits: list[float] = []
    for mode in Mode:
        accepted = await requests.submit(services, await _caller(services, mode), _asked(sites, ("lead_slow_30s",)))
        async with services.database.reading() as tx:
            header = await rows.find(tx, accepted.id)
            assert header
            people = await rows.leads(tx, accepted.id, 0, 1)
        for late in (0, 10, 40):
            clock = SetClock(header.accepted_at + timedelta(seconds=late))
            now = dataclasses.replace(services, clock=clock)
            waits.append(testmode.pause(now, header, people, {0: (FOLLOW_UP,)}))
    assert waits == [0, 0, 0, 30, 20, 0]


async def test_test_mode_is_for_good_and_has_the_simulated_linkedin_only(services: Services) -> None:
    caller = await _caller(services, Mode.TEST)
    for rail in (RailName.LINKUP, RailName.ASSISTED):
        with pytest.raises(RefusedByRail, match="simulated"):
            await signin.sign_in(services, caller, Password("ada@example.com", "x", "FR"), rail)
    with pytest.raises(RefusedByRail, match="simulated"):
        await signin.connect(services, caller.account_id, RailName.OFFICIAL, cast("Any", None), "")
    with pytest.raises(asyncpg.PostgresError):
        async with services.database.transaction() as tx:
            await tx.execute("UPDATE account SET mode = 'live' WHERE id = $1", caller.account_id)


def test_a_key_of_one_mode_is_none_of_the_other() -> None:
    key = new_key(Mode.TEST).text
    assert parse_key(key) is not None
    assert parse_key(key.replace("ov_test_", "ov_live_")) is None
