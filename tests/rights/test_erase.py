"""A person is planted everywhere and erased: nothing is left of them, and nothing comes back (I21)."""

from uuid import UUID

import pytest
import structlog

from overture.domain.errors import Conflict, Forbidden, Invalid, NotFound, RefusedByRail
from overture.domain.linkedin.actions import Invite
from overture.domain.messages import MessageType
from overture.domain.reasons import SUPPRESSED
from overture.domain.revisions import MessageId, Wish
from overture.store.db import Database
from overture.store.rights.register import REGISTER
from overture.store.rights.tables import Subject
from overture.usecases import accounts, requests, steering, webhooks
from overture.usecases.idempotency import Once
from overture.usecases.linkedin import sessions, tasks
from overture.usecases.linkedin.acting import act
from overture.usecases.rights import erasing, exporting
from overture.usecases.rights.naming import Named
from tests.builders import lead, request
from tests.e2e.conftest import Receiver
from tests.gateway.conftest import Stage
from tests.rights.planting import Planted, deliver, hear, plant, said
from tests.usecases.conftest import counts, sound
from tests.usecases.test_worker import work


async def dump(database: Database) -> dict[str, list[str]]:
    """Every row of every table of the product, as text; bytes as the characters that they are."""
    found: dict[str, list[str]] = {}
    async with database.transaction() as tx:
        await tx.execute("SET LOCAL bytea_output = 'escape'")
        names = await tx.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for row in names:
            rows = await tx.connection.fetch(f'SELECT t::text AS line FROM "{row[0]}" t ORDER BY 1')
            found[row[0]] = [item["line"] for item in rows]
    return found


def traces(held: dict[str, list[str]], words: tuple[str, ...]) -> list[str]:
    return [f"{table}: {word}" for table, rows in held.items() for row in rows for word in words if word in row.lower()]


async def test_nothing_is_left_of_an_erased_person(stage: Stage, receiver: Receiver, sites: dict[str, str]) -> None:
    """Shown whole before, counted by the dry run, gone after; tables, columns of bytes and the log are searched."""
    planted = await plant(stage, receiver, sites)
    account, named = stage.caller.account_id, Named(profile_url=planted.profile)
    database = stage.services.database
    before = await dump(database)
    assert {word for word in planted.words if not traces(before, (word,))} == set()
    shown = await exporting.export(stage.services, account, named)
    missing = {word for word in planted.words if word not in str(shown).lower()}
    assert missing == set()
    planned = await erasing.erase(stage.services, account, named, dry_run=True)
    assert await dump(database) == before
    assert planned.given_up == 2  # a message, and a version
    with structlog.testing.capture_logs() as logs:
        done = await erasing.erase(stage.services, account, named)
        held = await dump(database)
        assert traces(held, planted.words) == []
        assert (done.given_up, done.stopped) == (2, 1)
        expected = {table.name for table in REGISTER if table.subject is Subject.LEAD} - {"sharer", "erasure"}
        assert set(done.rows) == expected
        assert {name for name, rows in planned.rows.items() if rows > done.rows.get(name, 0)} == set()
        again = await erasing.erase(stage.services, account, named)
        assert again.total == again.given_up == 0
        await nothing_comes_back(stage, receiver, planted)
        assert traces(await dump(database), planted.words[:4]) == []
    assert not [line for line in map(str, logs) if any(word in line.lower() for word in planted.words)]
    assert (await exporting.export(stage.services, account, named)).left_alone
    await sound(stage.services)


async def nothing_comes_back(stage: Stage, receiver: Receiver, planted: Planted) -> None:
    """No text, no action, no webhook, no row about them."""
    services, caller = stage.services, planted.caller
    with pytest.raises(RefusedByRail, match="left alone"):
        await act(services, await stage.who(), Invite(planted.profile))
    message = MessageId(planted.request_id, 0, MessageType.FIRST_FOLLOW_UP)
    with pytest.raises(Conflict, match=r"left alone|gone"):
        await steering.regenerate(services, caller, message, Wish(shorter=True), Once(None, 202), lambda _: b"")
    told = len(receiver.all)
    assert await hear(stage, said(stage, planted.profile, "said:2", "canarysaid again")) == 0
    rows = await services.database.all_once("SELECT id FROM event WHERE body = ''")
    assert rows
    with pytest.raises(NotFound):
        await webhooks.replay(services, None, [row["id"] for row in rows])
    for account in await services.database.all_once("SELECT id FROM linkedin_account WHERE rail = 'assisted'"):
        who = await sessions.by_id(services, account["id"])
        assert await tasks.list_tasks(services, who.id) == []
        await tasks.note_reply(services, who.id, planted.profile, "canaryreply again")
    view = await requests.retrieve(services, caller, planted.request_id)
    assert (view.leads[0].lead_id, set(view.leads[0].texts.values())) == ("", {None})
    assert view.leads[1].texts[MessageType.FIRST_FOLLOW_UP]
    balance = await counts(services, caller.account_id)
    fresh = request((lead(0, lead_id="other", linkedin=planted.profile.upper()),))
    accepted = await requests.submit(services, caller, fresh)
    ran = await work(services)
    assert "source.research" not in ran
    view = await requests.retrieve(services, caller, accepted.id)
    assert (view.complete, view.generated, view.reasons) == (True, 0, (SUPPRESSED,))
    assert await counts(services, caller.account_id) == balance
    await deliver(stage)
    assert not [body for _, body in receiver.all[told:] if b"canary" in body or b"linkedin.com" in body]


async def test_a_person_is_named_in_three_ways(stage: Stage, receiver: Receiver, sites: dict[str, str]) -> None:
    """All lead to the same rows; another customer's are not reached, and what is unclear is refused."""
    planted = await plant(stage, receiver, sites)
    account = stage.caller.account_id
    by_profile = Named(profile_url=planted.profile.upper() + "?x=1")
    ways = (
        by_profile,
        Named(campaign_lead_id=planted.campaign_lead),
        Named(request_id=planted.request_id, lead_id="lead-canaryid"),
    )
    told = [await erasing.erase(stage.services, account, way, dry_run=True) for way in ways]
    assert told[0] == told[1] == told[2] and told[0].total > 10
    other = await accounts.create(stage.services, "two")
    foreign = UUID(str(other.account_id))
    for way in ways[1:]:
        with pytest.raises(Forbidden):
            await erasing.erase(stage.services, foreign, way)
    before = await dump(stage.services.database)
    assert (await erasing.erase(stage.services, foreign, by_profile)).total == 0
    after = await dump(stage.services.database)
    assert {name for name in before if before[name] != after[name]} == {"suppression", "erasure"}
    for unclear in (Named(), Named(profile_url="x", request_id=planted.request_id), Named(lead_id="x")):
        with pytest.raises(Invalid):
            await erasing.erase(stage.services, account, unclear)
    with pytest.raises(NotFound):
        await erasing.erase(stage.services, account, Named(request_id=planted.request_id, lead_id="unknown"))
