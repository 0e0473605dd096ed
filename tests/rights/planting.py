"""A person planted in every table by real use, each field with a word that occurs nowhere else."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from overture.adapters.rail_assisted import AssistedRail
from overture.domain.accounts import Caller, Scope
from overture.domain.campaigns.events import CampaignEvent
from overture.domain.campaigns.states import Decision, LeadState
from overture.domain.errors import RailFailed
from overture.domain.linkedin.accounts import RailName
from overture.domain.linkedin.actions import Invite, SendMessage
from overture.domain.linkedin.happenings import InvitationAccepted, MessageReceived, News
from overture.domain.linkedin.objects import Degree, Member
from overture.domain.messages import MessageType
from overture.domain.revisions import MessageId, Wish
from overture.store.campaigns import leads, messages, orders, positions, threads
from overture.store.campaigns.messages import CampaignMessage
from overture.store.campaigns.positions import Move
from overture.store.linkedin.tasks import StoredTasks
from overture.usecases import accounts, idempotency, requests, steering, webhooks
from overture.usecases.campaigns import telling
from overture.usecases.idempotency import Key, Once
from overture.usecases.linkedin import monitors, news, sessions, tasks
from overture.usecases.linkedin.acting import act
from tests.builders import lead, request
from tests.campaigns import builders
from tests.e2e.conftest import Receiver
from tests.gateway.conftest import Stage
from tests.usecases.test_worker import work

WORDS = (
    *(
        "first",
        "last",
        "title",
        "id",
        "note",
        "said",
        "task",
        "answer",
        "key",
        "thread",
        "step",
        "specified",
        "waiting",
    ),
    *("reply", "conversation"),
)
FOLLOW_UP = MessageType.FIRST_FOLLOW_UP


@dataclass
class Planted:
    """Where the person was put."""

    profile: str
    words: tuple[str, ...]
    request_id: UUID
    waiting_id: UUID
    campaign_lead: UUID
    caller: Caller


def said(stage: Stage, profile: str, key: str, text: str) -> MessageReceived:
    return MessageReceived(key, stage.clock.now(), member(profile), "urn:li:conversation:canaryconversation", text)


def member(profile: str) -> Member:
    public_id = profile.rstrip("/").rpartition("/")[2]
    return Member("", public_id, "Cara Canaryname", "Cara", "Canaryname", "", profile, degree=Degree.FIRST)


async def hear(stage: Stage, *happenings: MessageReceived | InvitationAccepted) -> int:
    who = await stage.who()
    return await news.take(stage.services, who.id, who.account.cursor, News(happenings, who.account.cursor))


async def deliver(stage: Stage) -> None:
    for row in await stage.services.database.all_once("SELECT id, attempts FROM event WHERE state = 'pending'"):
        await webhooks.deliver(stage.services, row["id"], row["attempts"] + 1)


async def plant(stage: Stage, receiver: Receiver, sites: dict[str, str]) -> Planted:
    services, account_id = stage.services, stage.caller.account_id
    made = await accounts.create_key(services, account_id, Scope.ALL)
    caller = await accounts.authenticate(services, made.api_key)
    await accounts.add_credits(services, account_id, 500)
    (profile, other) = await stage.strangers(2)
    first = await _generation(stage, caller, profile, other, sites)
    await _gateway(stage, caller, profile, receiver)
    lead_id = await _campaign(stage, profile, receiver)
    await _assisted(stage, profile)
    body = json.dumps({"leads": [{"linkedin": profile, "name": "canaryanswer"}]}).encode()

    async def nothing(_tx: object) -> None:
        return None

    await idempotency.once(services, caller, Once(Key("a-key", b"d" * 32), 200), nothing, lambda _: body)
    later = request((lead(7, lead_id="lead-canarywaiting", linkedin=profile, first_name="Canarywaiting"),))
    waiting = await requests.submit(services, caller, later)
    await deliver(stage)
    words = [f"canary{word}" for word in WORDS]
    words.append(profile.rstrip("/").rpartition("/")[2])
    return Planted(profile, tuple(words), first, waiting.id, lead_id, caller)


async def _generation(stage: Stage, caller: Caller, profile: str, other: str, sites: dict[str, str]) -> UUID:
    people = (
        lead(
            0,
            lead_id="lead-canaryid",
            linkedin=profile,
            first_name="Canaryfirst",
            last_name="Canarylast",
            job_title="CFO, canarytitle",
            company="Harbourlight Freight",
            company_website_url=sites["harbourlight"],
            specified_url=sites["harbourlight"] + "index.html?canaryspecified",
        ),
        lead(1, linkedin=other, company="Millbrook Looms", company_website_url=sites["millbrook"]),
    )
    fields = {"proposition_company_url": sites["ledgerly"], "signoff_name": "Charlie"}
    accepted = await requests.submit(stage.services, caller, request(people, (FOLLOW_UP,), **fields))
    await work(stage.services)
    message = MessageId(accepted.id, 0, FOLLOW_UP)
    how = Once(None, 202)
    await steering.regenerate(stage.services, caller, message, Wish(another_fact=True), how, lambda _: b"")
    await work(stage.services)
    await steering.regenerate(stage.services, caller, message, Wish(shorter=True), how, lambda _: b"")
    return accepted.id


async def _gateway(stage: Stage, caller: Caller, profile: str, receiver: Receiver) -> None:
    monitor = await monitors.create(stage.services, caller, stage.token, receiver.url, name=None, country="FR")
    await monitors.start(stage.services, caller, monitor.id)
    await act(stage.services, await stage.who(), Invite(profile, "Hello, canarynote"), "a-canarykey")
    with suppress(RailFailed):  # no connection: what was refused is kept as well
        await act(stage.services, await stage.who(), SendMessage(profile, "Hello, canarynote"))
    accepted = InvitationAccepted(f"connected:{profile}", stage.clock.now(), member(profile))
    assert await hear(stage, said(stage, profile, "said:1", "Yes, canarysaid"), accepted) == 2


async def _campaign(stage: Stage, profile: str, receiver: Receiver) -> UUID:
    services, account_id, who = stage.services, stage.caller.account_id, await stage.who()
    ordered = builders.definition([who.id], notification_url=receiver.url)
    campaign = await builders.make_campaign(services.database, account_id, ordered)
    person = builders.lead(
        campaign,
        0,
        linkedin=profile,
        first_name="Canaryfirst",
        last_name="Canarylast",
        specified_url="http://127.0.0.1:9/canaryspecified",
    )
    now = services.clock.now()
    async with services.database.transaction() as tx:
        await leads.add(tx, [person], now)
        assert await orders.find(tx, campaign.id)
        await positions.move(tx, [Move(person.id, LeadState.QUEUED, 0, LeadState.READY, to_step=1)], now)
        await messages.put(
            tx,
            [
                CampaignMessage(
                    lead_id=person.id,
                    step=1,
                    campaign_id=campaign.id,
                    type=MessageType.CONNECTION_REQUEST,
                    decision=Decision.NOTE,
                    text="Hello, canarystep",
                    detail="canarystep",
                    written_at=now,
                )
            ],
        )
        thread = threads.ThreadMessage(
            person.id, account_id, who.id, person.person, person.id, campaign.id, True, "canarythread", now
        )
        await threads.add(tx, thread)
        await telling.tell_lead(tx, campaign, person, CampaignEvent.LEAD_SENT, {"step": 1, "text": "canarystep"}, now)
    return person.id


async def _assisted(stage: Stage, profile: str) -> None:
    services, account_id = stage.services, stage.caller.account_id
    simulated, by_hand = services.rails, AssistedRail(StoredTasks(services.database))
    object.__setattr__(services, "rails", lambda name: by_hand if name is RailName.ASSISTED else simulated(name))
    opened = await tasks.open_list(services, account_id, "https://www.linkedin.com/in/me-example", "Me Example")
    who = await sessions.by_id(services, opened.linkedin_id)
    stage.clock.move(timedelta(minutes=1))
    await act(services, who, SendMessage(profile, "Hello, canarytask"))
    await tasks.note_reply(services, who.id, profile, "canaryreply")
