"""What is old goes, class by class; what is still needed stays, and what is counted stays without its words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from overture.domain.campaigns.states import LeadState, StopReason
from overture.domain.messages import MessageType
from overture.domain.privacy import Retention
from overture.store.campaigns import positions
from overture.store.campaigns.positions import Move
from overture.usecases import accounts, requests
from overture.usecases.rights import retention
from tests.builders import request
from tests.e2e.conftest import Receiver
from tests.gateway.conftest import Stage
from tests.rights.planting import plant
from tests.rights.test_erase import dump, traces
from tests.usecases.conftest import sound
from tests.usecases.test_submit import write
from tests.usecases.test_worker import work

FOLLOW_UP = MessageType.FIRST_FOLLOW_UP
ELSEWHERE = {"linkedin_happening", "kept_answer"}
"""These have days of their own, and the database's clock."""


async def held(stage: Stage, word: str) -> set[str]:
    found = traces(await dump(stage.services.database), (word,))
    return {line.partition(":")[0] for line in found} - ELSEWHERE


async def later(stage: Stage, days: int) -> dict[str, int]:
    """Let go of what is old so many days from today, until there is no more."""
    stage.clock.at = datetime.now(UTC) + timedelta(days=days)
    gone: dict[str, int] = {}
    while found := await retention.forget(stage.services):
        gone |= {name: gone.get(name, 0) + count for name, count in found.items()}
    return gone


async def test_each_class_goes_in_its_time(stage: Stage, receiver: Receiver, sites: dict[str, str]) -> None:
    """Pages after 30 days, bodies of webhooks after 90, texts after 180, leads after 365: not what is under way."""
    planted = await plant(stage, receiver, sites)
    database = stage.services.database
    kept = ("ledger", "request_digest", "request", "suppression", "linkedin_budget", "campaign_move")
    before = {name: len(rows) for name, rows in (await dump(database)).items()}
    assert await later(stage, 29) == {}
    assert set(await later(stage, 31)) == {"pages"}
    assert await held(stage, "canaryspecified") == {"lead", "campaign_lead", "message", "revision"}
    assert set(await later(stage, 91)) == {"webhooks"}
    assert await database.all_once("SELECT FROM event WHERE body <> '' AND state <> 'pending'") == []
    assert "delivery" not in await held(stage, "canarystep")
    assert not {"request_texts", "campaign_texts", "threads"} & set(await later(stage, 181))  # all under way
    assert await held(stage, "canarythread") == {"thread_message"}
    assert "linkedin_action" in await held(stage, "canarynote")
    await work(stage.services)
    async with database.transaction() as tx:
        (at,) = await positions.find(tx, [planted.campaign_lead])
        moves = [Move(at.lead_id, at.state, at.step, LeadState.STOPPED, reason=StopReason.BY_HAND)]
        assert await positions.move(tx, moves, stage.clock.now())
    assert {"request_texts", "campaign_texts", "threads", "actions"} <= set(await later(stage, 183))
    for word in ("canarythread", "canarystep", "canarynote", "canaryreply"):
        assert await held(stage, word) == set(), word
    assert await held(stage, "canaryfirst") == {"lead", "campaign_lead"}
    view = await requests.retrieve(stage.services, planted.caller, planted.request_id)
    assert {text for lead in view.leads for text in lead.texts.values()} == {None}
    assert set(await later(stage, 366)) == {"request_leads"}
    assert set(await later(stage, 183 + 366)) == {"campaign_leads"}
    for word in planted.words:
        # One task is open, and its action with it: they wait for the member's hand.
        assert await held(stage, word) <= {"linkedin_task", "linkedin_action"}, word
    after = {name: len(rows) for name, rows in (await dump(database)).items()}
    assert all(after[name] >= before[name] for name in kept)
    await sound(stage.services)


async def test_batches_and_days_are_the_operators(stage: Stage) -> None:
    """Ten requests at once, the rest at the next turn, then nothing for an hour; 0 days keep a class for ever."""
    await accounts.add_credits(stage.services, stage.caller.account_id, 100)
    for number in range(12):
        accepted = await requests.submit(stage.services, stage.caller, request(1, customer_id=str(number)))
        if number == 0:
            await write(stage.services, accepted.id, (0, FOLLOW_UP))
    for_ever = replace(stage.services.policy, retention=Retention(0, 0, 0, 0))
    stage.clock.at = datetime.now(UTC) + timedelta(days=4_000)
    assert await retention.forget(replace(stage.services, policy=for_ever)) == {}
    assert await retention.forget(stage.services) == {"request_texts": 10, "request_leads": 10}
    assert await retention.forget(stage.services) == {"request_texts": 2, "request_leads": 2}
    again = await requests.submit(stage.services, stage.caller, request(1, customer_id="later"))
    await write(stage.services, again.id, (0, FOLLOW_UP))  # the text that was shared is gone: it is written anew
    assert await retention.forget(stage.services) == {}
    stage.clock.move(timedelta(hours=2))
    assert await retention.forget(stage.services) == {"request_texts": 1, "request_leads": 1}
    await sound(stage.services)
