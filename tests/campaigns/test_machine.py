"""The step machine against a small model: random events, late, doubled and disordered, and two connections racing.

The model knows nothing of the product's tables of moves. It is a dictionary of where each lead stands, and these rules:
steps come in order and once, none before its wait has passed; what has ended does not move; a person is under way once;
who believes a lead elsewhere than where it stands changes nothing.

``OVERTURE_TEST_STEPS`` sets how long it runs: 50 steps a run where absent.
"""

import asyncio
import os
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from overture.domain.campaigns.states import LeadState
from overture.store import db
from overture.store.campaigns import positions
from overture.store.campaigns.positions import Move
from overture.store.db import Database

T = TypeVar("T")
STEPS = int(os.environ.get("OVERTURE_TEST_STEPS", "50"))
START = datetime(2026, 3, 27, 9, tzinfo=UTC)
AGAIN = timedelta(minutes=5)
WAITS = (timedelta(days=1), timedelta(), timedelta(days=3))
ACCEPT_WITHIN = timedelta(days=21)
PEOPLE = 2
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)

Q, W, R, READY, SENDING = (LeadState(n) for n in ("queued", "writing", "review", "ready", "sending"))
INVITED, WAITING, HELD, FINISHED, STOPPED = (
    LeadState(n) for n in ("invited", "waiting", "held", "finished", "stopped")
)
OVER = (FINISHED, STOPPED)


@dataclass(frozen=True)
class Lead:
    """Where the model believes that a lead stands."""

    id: UUID
    campaign: int
    person: int
    state: LeadState = Q
    step: int = 0
    wake: datetime | None = AT_ONCE
    resume: LeadState | None = None
    left: int = 0
    """The last step that has left."""

    @property
    def under_way(self) -> bool:
        return self.state not in {*OVER, Q} and not (self.state is HELD and self.resume is Q)


Belief = tuple[UUID, LeadState, int]


class Machine(RuleBasedStateMachine):
    """Two campaigns of one account with the same people, on a real database."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.database: Database = self.run(db.connect(self.url, size=4))
        self.now = START
        self.running = [True, True]
        self.leads: dict[UUID, Lead] = {}
        self.hands: list[Belief] = []
        """What workers were given to do, and may do late, or twice."""
        self.run(self._begin())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    async def _begin(self) -> None:
        async with self.database.transaction() as tx:
            await tx.execute("TRUNCATE campaign, campaign_position, campaign_move, campaign_claim, account CASCADE")
            account = await tx.value("INSERT INTO account (name, tier) VALUES ('a', 'scale') RETURNING id")
            assert isinstance(account, UUID)
            self.account = account
            self.campaigns = [uuid4(), uuid4()]
            for number, campaign_id in enumerate(self.campaigns):
                await tx.execute(
                    "INSERT INTO campaign (id, account_id, name, state, definition, created_at)"
                    " VALUES ($1, $2, 'c', 'running', '{}', $3)",
                    campaign_id,
                    account,
                    START,
                )
                for person in range(PEOPLE):
                    lead = Lead(uuid4(), number, person)
                    self.leads[lead.id] = lead
                    await tx.execute(
                        "INSERT INTO campaign_position (lead_id, campaign_id, wake_at, moved_at)"
                        " VALUES ($1, $2, $3, $4)",
                        lead.id,
                        campaign_id,
                        AT_ONCE,
                        START,
                    )

    def teardown(self) -> None:
        try:
            self.run(self._history())
        finally:
            self.run(db.close(self.database))
            self.loop.close()

    # What can happen.

    @rule(hours=st.sampled_from([0, 1, 23, 25, 80, 22 * 24]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(number=st.integers(0, 1))
    def pause_or_resume(self, number: int) -> None:
        self.running[number] = not self.running[number]
        after = "running" if self.running[number] else "paused"
        self.run(self._set_state(self.campaigns[number], after))

    @rule()
    def sweep(self) -> None:
        """Due leads of running campaigns are taken, each once, and nobody else."""
        taken = self.run(self._take_due())
        due = {
            lead.id
            for lead in self.leads.values()
            if self.running[lead.campaign] and lead.wake and lead.wake <= self.now
        }
        assert {item.lead_id for item in taken} == due
        assert len(taken) == len(due)
        for item in taken:
            self.hands.append((item.lead_id, item.state, item.step))
            self.leads[item.lead_id] = replace(self.leads[item.lead_id], wake=self.now + AGAIN)

    @precondition(lambda self: self.hands)
    @rule(data=st.data(), again=st.booleans(), bad=st.booleans())
    def work(self, data: st.DataObject, again: bool, bad: bool) -> None:
        """A worker does what it was given: at once, late, or once more."""
        place = data.draw(st.integers(0, len(self.hands) - 1))
        belief = self.hands[place] if again else self.hands.pop(place)
        self._go_on(belief, bad=bad)

    @rule(data=st.data())
    def work_of_an_earlier_step(self, data: st.DataObject) -> None:
        """A worker that was frozen goes on with the step before, as the lead waits in the same state again."""
        stale = [belief for belief in self.hands if self.leads[belief[0]].state is belief[1] and self._is_past(belief)]
        if stale:
            self._go_on(data.draw(st.sampled_from(stale)), bad=False)

    def _is_past(self, belief: Belief) -> bool:
        return belief[2] < self.leads[belief[0]].step

    def _go_on(self, belief: Belief, *, bad: bool) -> None:
        _, state, step = belief
        if state is Q:
            self._first_step(belief)
        elif state is W:
            self._try(belief, STOPPED if bad else R, wake=None, reason="failed" if bad else "")
        elif state is WAITING:
            self._try(belief, W, step=step + 1, wake=AT_ONCE)
        elif state is INVITED:
            self._try(belief, STOPPED, reason="not_accepted")
        elif state is HELD:
            self._release(belief[0], by_hand=False)

    def _first_step(self, belief: Belief) -> None:
        lead = self.leads[belief[0]]
        others = [o for o in self.leads.values() if o.person == lead.person and o.id != lead.id and o.under_way]
        got = self.run(self._begin_lead(lead))
        assert got == (not others)
        if lead.state is not Q:
            return
        if got:
            self.leads[lead.id] = replace(lead, state=W, step=1, wake=AT_ONCE)
        else:
            self.leads[lead.id] = replace(lead, state=STOPPED, wake=None)

    @rule(data=st.data(), yes=st.booleans())
    def review(self, data: st.DataObject, yes: bool) -> None:
        """A person approves or rejects what they saw; it may be another lead's turn by now."""
        lead = self._any(data)
        self._try((lead.id, R, lead.step), READY if yes else STOPPED, wake=None, reason="" if yes else "rejected")

    @rule(data=st.data(), outcome=st.sampled_from(["left", "refused", "died"]))
    def send(self, data: st.DataObject, outcome: str) -> None:
        """An account sends; its process may die between intent and outcome."""
        lead = self._any(data)
        if not self._try((lead.id, READY, lead.step), SENDING, wake=None) or outcome == "died":
            return
        self._settled(lead.id, left=outcome == "left")

    @rule(data=st.data(), left=st.booleans())
    def settle_late(self, data: st.DataObject, left: bool) -> None:
        """What was not known is read from LinkedIn, later, perhaps twice."""
        lead = self._any(data)
        if lead.state is SENDING:
            self._settled(lead.id, left=left)

    def _settled(self, lead_id: UUID, *, left: bool) -> None:
        lead = self.leads[lead_id]
        belief = (lead.id, SENDING, lead.step)
        if not left:
            self._try(belief, READY, wake=None)
            return
        assert lead.left < lead.step, "a step has left twice"
        if lead.step == 1:
            after, wake = INVITED, self.now + ACCEPT_WITHIN
        elif lead.step == len(WAITS):
            after, wake = FINISHED, None
        else:
            after, wake = WAITING, self.now + WAITS[lead.step - 1]
        if self._try(belief, after, wake=wake):
            self.leads[lead_id] = replace(self.leads[lead_id], left=lead.step)

    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        """An acceptance is heard: of who is invited, of who is not any more, or again."""
        lead = self._any(data)
        self._try((lead.id, INVITED, 1), WAITING, wake=self.now + WAITS[0])

    @rule(data=st.data())
    def reply(self, data: st.DataObject) -> None:
        """A reply stops its lead wherever it stands, and for good."""
        lead = self._any(data)
        if lead.state in OVER:
            return
        assert self._try((lead.id, lead.state, lead.step), STOPPED, wake=None, reason="replied")

    @rule(data=st.data(), days=st.integers(0, 9) | st.none())
    def hold(self, data: st.DataObject, days: int | None) -> None:
        lead = self._any(data)
        if lead.state in {*OVER, HELD, SENDING}:
            return
        wake = None if days is None else self.now + timedelta(days=days)
        self._try((lead.id, lead.state, lead.step), HELD, wake=wake, reason="paused", resume=lead.state)

    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        self._release(self._any(data).id, by_hand=True)

    def _release(self, lead_id: UUID, *, by_hand: bool) -> None:
        lead = self.leads[lead_id]
        due = lead.wake is not None and lead.wake <= self.now + AGAIN
        if lead.state is HELD and lead.resume is not None and (by_hand or due):
            waits = lead.resume in {Q, W, WAITING, INVITED}
            self._try((lead.id, HELD, lead.step), lead.resume, wake=self.now + timedelta(days=1) if waits else None)

    @rule(data=st.data(), after=st.sampled_from(LeadState), leap=st.sampled_from([0, 1, 2, -1]))
    def nonsense(self, data: st.DataObject, after: LeadState, leap: int) -> None:
        """No step is skipped, taken back, or begun before the last is over; what has ended stays; held goes back."""
        lead = self._any(data)
        begins = lead.state in {Q, WAITING} and after in {W, READY} and leap == 1
        nonsense = (
            (lead.state in OVER and after is not lead.state)
            or leap in {2, -1}
            or (leap == 1 and lead.state not in {Q, WAITING})
            or (lead.state is HELD and after not in {HELD, lead.resume, *OVER})
            or (after is SENDING and lead.state not in {READY, SENDING})
            or (after is INVITED and lead.state not in {SENDING, INVITED, HELD})
        )
        if begins or not nonsense:
            return
        move = Move(
            lead.id,
            lead.state,
            lead.step,
            after,
            to_step=lead.step + leap,
            reason="failed" if after is STOPPED else "",
            resume=lead.state if after is HELD else None,
        )
        with pytest.raises(asyncpg.PostgresError):
            self.run(self._move(move))

    @rule(data=st.data(), state=st.sampled_from([WAITING, W, R, READY, SENDING, INVITED]), step=st.integers(1, 3))
    def goes_well(self, data: st.DataObject, state: LeadState, step: int) -> None:
        """Nothing goes wrong until a lead stands somewhere; what workers were given meanwhile stays in their hands."""
        lead_id = self._any(data).id
        for _ in range(20):
            lead = self.leads[lead_id]
            if (lead.state, lead.step) == (state, step):
                return
            belief = (lead.id, lead.state, lead.step)
            match lead.state:
                case LeadState.QUEUED | LeadState.WRITING | LeadState.WAITING:
                    self.now = max(self.now, lead.wake or self.now)
                    self.hands.append(belief)
                    self._go_on(belief, bad=False)
                case LeadState.REVIEW:
                    self._try(belief, READY)
                case LeadState.READY:
                    self._try(belief, SENDING)
                case LeadState.SENDING:
                    self._settled(lead.id, left=True)
                case LeadState.INVITED:
                    self.hands.append(belief)
                    self._try(belief, WAITING, wake=self.now + WAITS[0])
                case LeadState.HELD:
                    self._release(lead.id, by_hand=True)
                case _:
                    return

    # Two at once.

    @rule(data=st.data(), first=st.sampled_from([STOPPED, HELD]), twice=st.booleans())
    def race(self, data: st.DataObject, first: LeadState, twice: bool) -> None:
        """A reply, or a hold, and the step itself at the same moment: one of them changes the lead, never both."""
        lead = self._any(data)
        step = {
            W: (R, 0, None),
            R: (READY, 0, None),
            READY: (SENDING, 0, None),
            WAITING: (W, 1, AT_ONCE),
            INVITED: (WAITING, 0, self.now + WAITS[0]),
        }
        if lead.state not in step:
            return
        after, grows, wake = step[lead.state]
        go_on = Move(lead.id, lead.state, lead.step, after, to_step=lead.step + grows, wake_at=wake)
        resume = lead.state if first is HELD else None
        other = Move(lead.id, lead.state, lead.step, first, reason="replied", resume=resume)
        won = self.run(self._at_once(go_on, go_on if twice else other))
        assert sum(won) == 1
        chosen = go_on if won[0] or twice else other
        self.leads[lead.id] = replace(
            lead, state=chosen.after, step=chosen.to_step or lead.step, wake=chosen.wake_at, resume=chosen.resume
        )

    @rule(person=st.integers(0, PEOPLE - 1))
    def race_for_a_person(self, person: int) -> None:
        """Two campaigns begin with the same person at the same moment: one of them gets the person."""
        pair = [lead for lead in self.leads.values() if lead.person == person]
        if any(lead.state is not Q for lead in pair):
            return
        got = self.run(self._begin_both(pair))
        assert sum(got) == 1
        for lead, mine in zip(pair, got, strict=True):
            after = replace(lead, state=W, step=1, wake=AT_ONCE) if mine else replace(lead, state=STOPPED, wake=None)
            self.leads[lead.id] = after

    # The product, as the model sees it.

    @invariant()
    def stands_where_the_model_says(self) -> None:
        rows, claims = self.run(self._look())
        for row in rows:
            lead = self.leads[row["lead_id"]]
            assert (row["state"], row["step"], row["resume"]) == (lead.state, lead.step, lead.resume)
            assert row["wake_at"] == lead.wake
        live = {(lead.person.to_bytes(32, "big"), lead.id) for lead in self.leads.values() if lead.under_way}
        assert claims >= live
        assert {lead_id for _, lead_id in claims - live} <= {
            lead.id for lead in self.leads.values() if lead.state is HELD
        }

    def _any(self, data: st.DataObject) -> Lead:
        return data.draw(st.sampled_from(list(self.leads.values())))

    def _try(
        self,
        belief: Belief,
        after: LeadState,
        *,
        step: int | None = None,
        wake: datetime | None = None,
        reason: str = "",
        resume: LeadState | None = None,
    ) -> bool:
        """Move a lead from where somebody believes it; it moves if, and only if, it stands there."""
        lead_id, state, at_step = belief
        lead = self.leads[lead_id]
        move = Move(lead_id, state, at_step, after, to_step=step, wake_at=wake, reason=reason, resume=resume)
        moved = self.run(self._move(move))
        assert moved == ((lead.state, lead.step) == (state, at_step))
        if moved:
            self.leads[lead_id] = replace(lead, state=after, step=step or at_step, wake=wake, resume=resume)
        return moved

    async def _move(self, move: Move) -> bool:
        async with self.database.transaction() as tx:
            return move.lead_id in await positions.move(tx, [move], self.now)

    async def _at_once(self, *moves: Move) -> list[bool]:
        return list(await asyncio.gather(*map(self._move, moves)))

    async def _begin_lead(self, lead: Lead) -> bool:
        async with self.database.transaction() as tx:
            person = lead.person.to_bytes(32, "big")
            got = lead.id in await positions.claim(tx, self.account, [(person, lead.id)])
            begin = Move(lead.id, Q, 0, W, to_step=1, wake_at=AT_ONCE)
            lost = Move(lead.id, Q, 0, STOPPED, reason="in_another_campaign")
            if not await positions.move(tx, [begin if got else lost], self.now) and got and not lead.under_way:
                await tx.execute("DELETE FROM campaign_claim WHERE lead_id = $1", lead.id)
            return got

    async def _begin_both(self, pair: list[Lead]) -> list[bool]:
        return list(await asyncio.gather(*map(self._begin_lead, pair)))

    async def _take_due(self) -> list[positions.Position]:
        async with self.database.transaction() as tx:
            return await positions.take_due(tx, self.now, AGAIN, 100)

    async def _set_state(self, campaign_id: UUID, after: str) -> None:
        async with self.database.transaction() as tx:
            await tx.execute("UPDATE campaign SET state = $2 WHERE id = $1", campaign_id, after)

    async def _look(self) -> tuple[Any, set[tuple[bytes, UUID]]]:
        async with self.database.reading() as tx:
            rows = await tx.fetch("SELECT lead_id, state, step, resume, wake_at FROM campaign_position")
            claims = await tx.fetch("SELECT person, lead_id FROM campaign_claim")
        return rows, {(row["person"], row["lead_id"]) for row in claims}

    async def _history(self) -> None:
        """The moves that were kept: one chain a lead, each step once and in order, nothing after an end."""
        async with self.database.reading() as tx:
            rows = await tx.fetch("SELECT lead_id, before, after, step FROM campaign_move ORDER BY id")
        at: dict[UUID, tuple[str, int]] = {}
        left: set[tuple[UUID, int]] = set()
        for row in rows:
            before, step = at.get(row["lead_id"], ("queued", 0))
            assert row["before"] == before
            assert before not in OVER
            assert row["step"] == step or (row["step"] == step + 1 and before in {"queued", "waiting"})
            if before == "sending" and row["after"] in {"invited", "waiting", "finished"}:
                assert (row["lead_id"], step) not in left
                left.add((row["lead_id"], step))
            if row["step"] > max(step, 1):
                assert (row["lead_id"], step) in left
            at[row["lead_id"]] = row["after"], row["step"]
        for lead in self.leads.values():
            assert at.get(lead.id, ("queued", 0)) == (lead.state, lead.step)


def test_the_step_machine_does_what_the_model_says(database_url: str) -> None:
    machine = type("OnThisDatabase", (Machine,), {"url": database_url})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=max(10, STEPS // 4),
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
