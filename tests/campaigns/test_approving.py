"""Reviewing written messages: on real texts with real evidence, written by the worker."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from overture.domain.accounts import Caller
from overture.domain.campaigns.definition import CampaignStep
from overture.domain.campaigns.reviews import Objection, ReviewId, Then
from overture.domain.campaigns.states import CampaignState, Decision, LeadState
from overture.domain.errors import Conflict, Forbidden, Invalid, NotFound
from overture.domain.messages import MessageType
from overture.store import suppression
from overture.store.campaigns import leads, messages, orders, positions
from overture.store.campaigns.messages import CampaignMessage
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move
from overture.store.campaigns.reviews import Matching
from overture.usecases import requests
from overture.usecases.campaigns import approving, reviewing
from overture.usecases.campaigns.approving import Approved, Rejected
from overture.usecases.campaigns.reviewing import Edited
from overture.usecases.idempotency import Key, Once
from overture.usecases.services import Services
from tests.campaigns.builders import definition, lead, make_campaign, make_sender
from tests.usecases.conftest import caller, services
from tests.usecases.test_worker import demo, sites, work

__all__ = ["caller", "services", "sites"]
pytestmark = pytest.mark.anyio

NOTE, FOLLOW_UP = MessageType.CONNECTION_REQUEST, MessageType.FIRST_FOLLOW_UP
STEPS = (CampaignStep(NOTE, timedelta(hours=1)), CampaignStep(FOLLOW_UP, timedelta(hours=2)), CampaignStep(FOLLOW_UP))
PLAINLY = Once(None, 200)


@dataclass
class Desk:
    """A running campaign, and two texts of each type that a worker wrote."""

    services: Services
    caller: Caller
    campaign: Campaign
    sender: UUID
    request_id: UUID
    people: int = 0
    told: list[Any] = field(default_factory=list[Any])

    async def put(self, step: int = 1, **changes: Any) -> ReviewId:
        """A lead more, whose message of a step is in review."""
        kind, index = STEPS[step - 1].type, self.people % 2
        view = await requests.retrieve(self.services, self.caller, self.request_id)
        person = lead(self.campaign, self.people)
        self.people += 1
        row = CampaignMessage(
            person.id, step, self.campaign.id, kind, Decision.NOTE if kind is NOTE else Decision.MESSAGE,
            request_id=self.request_id, request_lead=index, text=view.leads[index].texts[kind],
            fact_at=self.services.clock.now(),
        )  # fmt: skip
        async with self.services.database.transaction() as tx:
            await leads.add(tx, [person], self.campaign.created_at)
            await tx.execute("DELETE FROM campaign_position WHERE lead_id = $1", person.id)
            await tx.execute(
                "INSERT INTO campaign_position (lead_id, campaign_id, sender, state, step, rank, moved_at)"
                " VALUES ($1, $2, $3, 'review', $4, 7, $5)",
                person.id,
                self.campaign.id,
                self.sender,
                step,
                self.services.clock.now(),
            )
            await messages.put(tx, [replace(row, **changes)])
        return ReviewId(person.id, step, changes.get("attempt", row.attempt))

    async def place(self, text: ReviewId) -> tuple[LeadState, str]:
        async with self.services.database.reading() as tx:
            (found,) = await positions.find(tx, [text.lead_id])
        return found.state, found.reason

    async def message(self, text: ReviewId) -> CampaignMessage:
        async with self.services.database.reading() as tx:
            return (await messages.find(tx, [(text.lead_id, text.step)]))[text.lead_id, text.step]

    async def approve(self, *which: ReviewId, matching: Matching | None = None) -> Approved:
        told: list[Approved] = []
        await approving.approve(self.services, self.caller, matching or which, PLAINLY, _keep(told))
        return told[0]

    async def reject(self, text: ReviewId, then: Then, reason: str = "too long") -> Rejected:
        told: list[Rejected] = []
        await approving.reject(self.services, self.caller, text, (then, reason), PLAINLY, _keep(told))
        return told[0]

    async def edit(self, text: ReviewId, new: str) -> Edited:
        told: list[Edited] = []
        await reviewing.edit(self.services, self.caller, text, new, PLAINLY, _keep(told))
        return told[0]

    def all(self, **changes: Any) -> Matching:
        return Matching(self.caller.account_id, **changes)

    async def armed(self) -> bool:
        row = await self.services.database.once("SELECT send_at FROM pace WHERE linkedin_account_id = $1", self.sender)
        return row is not None and row["send_at"] is not None


def _keep(told: list[Any]) -> Callable[[Any], bytes]:
    def render(state: Any) -> bytes:
        told.append(state)
        return b"{}"

    return render


@pytest.fixture
async def desk(services: Services, caller: Caller, sites: dict[str, str]) -> Desk:
    accepted = await requests.submit(services, caller, demo(sites, (NOTE, FOLLOW_UP)))
    await work(services)
    sender = await make_sender(services.database, caller.account_id)
    campaign = await make_campaign(services.database, caller.account_id, definition([sender], STEPS))
    return Desk(services, caller, campaign, sender, accepted.id)


async def test_what_waits_is_listed_by_pages_and_shown_with_its_evidence(desk: Desk) -> None:
    ids = [await desk.put(1, flags=("guess",)), await desk.put(2), await desk.put(1), await desk.put(1)]
    seen: list[ReviewId] = []
    after = None
    while True:
        page = await reviewing.page(desk.services, desk.all(), after, 3)
        seen += [review.id for review in page.reviews]
        after = page.following
        if after is None:
            break
    assert seen == ids
    flagged = await reviewing.page(desk.services, desk.all(flag="guess", campaign_id=desk.campaign.id), None, 9)
    assert [review.id for review in flagged.reviews] == ids[:1]
    plain = await reviewing.page(desk.services, desk.all(plain=True), None, 9)
    assert [review.id for review in plain.reviews] == ids[1:]
    assert (await reviewing.page(desk.services, desk.all(campaign_id=uuid4()), None, 9)).reviews == ()
    shown = await reviewing.show(desk.services, desk.caller, ids[1])
    assert "".join(segment.text for segment in shown.segments) == shown.review.text
    cited = [cite for segment in shown.segments for cite in segment.citations]
    assert any(cite.url.startswith("http://127.0.0.1") and cite.span for cite in cited)
    assert set(shown.objections.values()) == {()}
    other = replace(desk.caller, account_id=uuid4())
    with pytest.raises(Forbidden):
        await reviewing.show(desk.services, other, ids[0])
    with pytest.raises(NotFound):
        await reviewing.show(desk.services, desk.caller, ReviewId(uuid4(), 1, 1))
    with pytest.raises(Conflict):
        await reviewing.show(desk.services, desk.caller, replace(ids[0], attempt=2))


async def test_approved_messages_are_ready_and_who_approved_is_kept(desk: Desk) -> None:
    first, second = await desk.put(1), await desk.put(2)
    assert await desk.approve(first, first) == Approved((first,), ())
    assert await desk.place(first) == (LeadState.READY, "")
    assert await desk.place(second) == (LeadState.REVIEW, "")
    assert await desk.armed()
    kept = await desk.message(first)
    assert (kept.approved_by, kept.approved_at is not None) == (desk.caller.key_id, True)
    async with desk.services.database.reading() as tx:
        assert [p.rank for p in await positions.find(tx, [first.lead_id])] == [7]
    desk.caller = replace(desk.caller, key_id="")
    assert await desk.approve(matching=desk.all()) == Approved((second,), ())
    assert (await desk.message(second)).approved_by == "cli"


async def test_many_are_approved_at_once_and_the_answer_says_why_others_were_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checked again at this moment: each for itself, none spoils the others."""
    now = desk.services.clock.now()
    good = [await desk.put(1), await desk.put(2), await desk.put(1, fact_at=None)]
    old, rewritten = await desk.put(1, fact_at=now - timedelta(days=31)), await desk.put(1, attempt=2)
    gone, suppressed, replied = [await desk.put(1) for _ in range(3)]
    async with desk.services.database.transaction() as tx:
        person = (await leads.find(tx, [suppressed.lead_id]))[suppressed.lead_id].person
        await suppression.add(tx, desk.caller.account_id, [person], "asked")
        await tx.execute("UPDATE campaign_position SET replied_at = $2 WHERE lead_id = $1", replied.lead_id, now)
        stop = Move(gone.lead_id, LeadState.REVIEW, 1, LeadState.STOPPED, reason="by_hand")
        await positions.move(tx, [stop], now)
    stale = replace(rewritten, attempt=1)
    told = await desk.approve(*good, old, stale, gone, suppressed, replied, ReviewId(uuid4(), 1, 1))
    assert told.approved == tuple(good)
    assert [item.why for item in told.not_approved] == [
        Objection.OLD, Objection.GONE, Objection.GONE, Objection.SUPPRESSED, Objection.REPLIED, Objection.GONE,
    ]  # fmt: skip
    assert await desk.place(suppressed) == (LeadState.STOPPED, "suppressed")
    assert await desk.place(replied) == (LeadState.STOPPED, "replied")
    assert await desk.place(old) == (LeadState.REVIEW, "")
    monkeypatch.setattr(approving, "MOST_MATCHING", 1)
    monkeypatch.setattr(approving, "PAGE", 1)
    assert await desk.approve(matching=desk.all()) == Approved((), told.not_approved[:1], left=1)
    async with desk.services.database.transaction() as tx:
        running, stopped = CampaignState.RUNNING, CampaignState.STOPPED
        await orders.set_state(tx, desk.campaign.id, running, stopped, now, "")
    assert [item.why for item in (await desk.approve(rewritten)).not_approved] == [Objection.ENDED]
    stranger = replace(desk.caller, account_id=uuid4())
    desk.caller = stranger
    assert [item.why for item in (await desk.approve(old)).not_approved] == [Objection.GONE]
    for wrong in ([], [old] * 1001):
        with pytest.raises(Invalid):
            await desk.approve(*wrong)


async def test_what_follows_a_rejection(desk: Desk) -> None:
    """A note is left out of its invitation; a message is skipped; the lead is stopped; the text is written anew."""
    note, message, last = await desk.put(1), await desk.put(2), await desk.put(3)
    stopped, again = await desk.put(1), await desk.put(2)
    assert (await desk.reject(note, Then.SKIP)).state is LeadState.READY
    kept = await desk.message(note)
    assert (kept.decision, kept.text) == (Decision.BLANK, None)
    assert kept.why == f"rejected by {desk.caller.key_id}: too long"
    assert (await desk.reject(message, Then.SKIP, "")).state is LeadState.WAITING
    assert (await desk.message(message)).decision is Decision.SKIPPED
    assert (await desk.reject(last, Then.SKIP)).state is LeadState.FINISHED
    assert (await desk.reject(stopped, Then.STOP)).state is LeadState.STOPPED
    assert await desk.place(stopped) == (LeadState.STOPPED, "rejected")
    assert (await desk.reject(again, Then.REWRITE)).state is LeadState.WRITING
    assert (await desk.message(again)).attempt == 2
    with pytest.raises(Conflict, match="not in review"):
        await desk.reject(again, Then.STOP)
    with pytest.raises(Invalid):
        await desk.reject(await desk.put(1), Then.STOP, "x" * 501)


async def test_an_edit_passes_the_gate_or_changes_nothing(desk: Desk) -> None:
    text = await desk.put(2, flags=("guess",))
    before = await desk.message(text)
    assert before.text
    with pytest.raises(Invalid) as refused:
        await desk.edit(text, before.text.replace("\n\nCharlie", " Your churn is rising.\n\nCharlie"))
    assert any("churn" in objection for objection in refused.value.messages)
    assert await desk.message(text) == before
    greeting, _, rest = before.text.partition(",")
    made = await desk.edit(text, f"Hello {greeting.split()[1]},{rest}")
    after = await desk.message(text)
    assert (after.text, after.edited) == (made.text, True)
    assert after.text != before.text
    shown = await reviewing.show(desk.services, desk.caller, text)
    assert "".join(segment.text for segment in shown.segments) == made.text
    assert any(segment.citations for segment in shown.segments)
    assert await desk.approve(text) == Approved((text,), ())
    with pytest.raises(Conflict):
        await desk.edit(text, before.text)


async def test_a_key_answers_again_and_many_hands_approve_once(desk: Desk) -> None:
    text, other = await desk.put(1), await desk.put(2)
    how = Once(Key("k", b"d" * 32), 200)

    def count(told: Approved) -> bytes:
        return msgspec.json.encode([len(told.approved), len(told.not_approved)])

    answers = [await approving.approve(desk.services, desk.caller, [text], how, count) for _ in range(2)]
    assert [(a.body, a.replayed) for a in answers] == [(b"[1,0]", False), (b"[1,0]", True)]
    told: list[Approved] = []
    tries: list[Awaitable[Any]] = [
        approving.approve(desk.services, desk.caller, [other] if n % 2 else desk.all(), PLAINLY, _keep(told))
        for n in range(8)
    ]
    await asyncio.gather(*tries)
    row = await desk.services.database.once(
        "SELECT count(*) FROM campaign_move WHERE lead_id = $1 AND after = 'ready'", other.lead_id
    )
    assert row and row[0] == 1
