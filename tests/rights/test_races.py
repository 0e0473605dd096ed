"""A person is erased while others work on them."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import asyncpg

from overture.domain.linkedin.actions import Invite
from overture.domain.linkedin.people import person_hash
from overture.domain.messages import Brief, Draft, LeadDossier, MessageType
from overture.domain.reasons import SUPPRESSED
from overture.ports import Rail
from overture.usecases import accounts, requests
from overture.usecases.linkedin.acting import act
from overture.usecases.rights import erasing
from overture.usecases.rights.naming import Named
from tests.gateway.conftest import Stage
from tests.rights.test_erase import dump, traces
from tests.usecases.conftest import counts, sound
from tests.usecases.test_worker import demo, work


class Interrupted:
    """A rail in the midst of whose action something else happens."""

    def __init__(self, rail: Rail, meanwhile: Callable[[], Awaitable[object]]) -> None:
        self._rail = rail
        self._meanwhile = meanwhile

    def __getattr__(self, name: str) -> Any:
        return getattr(self._rail, name)

    async def act(self, *given: Any) -> Any:
        receipt = await self._rail.act(*given)
        await self._meanwhile()
        return receipt


async def test_an_action_under_way_keeps_nothing_of_who_was_erased(stage: Stage) -> None:
    """It was sent, and spent its budget; what came back later is not stored."""
    (person,) = await stage.strangers(1)
    public_id = person.rstrip("/").rpartition("/")[2]
    who = await stage.who()

    async def erase() -> None:
        await erasing.erase(stage.services, stage.caller.account_id, Named(profile_url=person))

    done = await act(stage.services, replace(who, rail=Interrupted(who.rail, erase)), Invite(person, "Hello canary"))
    row = await stage.services.database.once("SELECT state, target, result, detail FROM linkedin_action")
    assert row and tuple(row) == (done.state, "", "{}", "")
    spent = await stage.services.database.once("SELECT sum(amount) AS n FROM linkedin_budget WHERE budget = 'invites'")
    assert spent and spent["n"] == 1
    assert traces(await dump(stage.services.database), ("canary", public_id)) == []
    await sound(stage.services)


async def test_a_text_that_was_being_written_is_not_stored(
    stage: Stage, sites: dict[str, str], database_url: str
) -> None:
    """Whoever comes to be left alone while their message is composed gets none; others of the chunk do."""
    await accounts.add_credits(stage.services, stage.caller.account_id, 100)
    asked = demo(sites, (MessageType.FIRST_FOLLOW_UP,))
    composer = stage.services.composer

    account_id = stage.caller.account_id
    person = person_hash(account_id, asked.leads[0].linkedin)

    async def leave_alone() -> None:
        connection = await asyncpg.connect(database_url)
        await connection.execute("INSERT INTO suppression VALUES ($1, $2) ON CONFLICT DO NOTHING", account_id, person)
        await connection.close()

    class Interrupting:
        def compose(self, brief: Brief, lead: LeadDossier, types: tuple[MessageType, ...]) -> list[Draft]:
            with ThreadPoolExecutor(1) as other:
                other.submit(asyncio.run, leave_alone()).result()
            return composer.compose(brief, lead, types)

    accepted = await requests.submit(stage.services, stage.caller, asked)
    await work(replace(stage.services, composer=Interrupting()))
    view = await requests.retrieve(stage.services, stage.caller, accepted.id)
    assert [lead.texts[MessageType.FIRST_FOLLOW_UP] is not None for lead in view.leads] == [False, True]
    assert view.reasons == (SUPPRESSED,)
    assert await counts(stage.services, stage.caller.account_id) == (99, 0, 1)
    await sound(stage.services)
