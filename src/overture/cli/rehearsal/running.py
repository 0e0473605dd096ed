"""The loop of a rehearsal: time passes to what is due next, the sweep wakes it, queued jobs run until none is left."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from overture.bootstrap.rehearsal import Stage
from overture.cli.rehearsal import building
from overture.cli.rehearsal.building import Script
from overture.domain.errors import RailFailed
from overture.domain.linkedin.accounts import Challenge, ChallengeAnswer, Password, Session
from overture.simulator.world import FaultKind
from overture.usecases import sweep
from overture.usecases.campaigns import rehearsed, rehearsing
from overture.usecases.campaigns.rehearsed import Standing
from overture.usecases.campaigns.rehearsing import Seat
from overture.worker import draining

LEAST = timedelta(minutes=5)
"""Time passes by steps of so long: what falls into one is done in one go, for several accounts at once."""

MOST = timedelta(minutes=60)
ROUNDS = 200
"""Rounds at one moment; what is due again and again at the same moment waits for the next step."""

SIGN_IN_AFTER = timedelta(hours=1)
"""How long the rehearsal takes to sign an account in again, as its owner would."""

TIDY_EVERY = 500
SHOW_EVERY_SECONDS = 1.0

ENDED = frozenset({"finished", "stopped", "archived"})
OPEN = frozenset({"queued", "writing", "review", "ready", "sending", "invited", "waiting", "held"})

FAULTS: dict[FaultKind, tuple[float, tuple[str | None, ...]]] = {
    FaultKind.FAIL_BEFORE: (0.6, ("invite", "message", "StandingWith", "ReadConversation", "news")),
    FaultKind.TIMEOUT_AFTER: (0.6, ("invite", "message", "withdraw", "StandingWith", "news")),
    FaultKind.NEWS_TWICE: (0.6, ("news",)),
    FaultKind.NEWS_LATE: (0.6, ("news",)),
    FaultKind.NEWS_REORDERED: (0.6, ("news",)),
    FaultKind.EXPIRED: (0.03, ("invite", "message")),
    FaultKind.CHECKPOINT: (0.02, ("invite", "message")),
    FaultKind.LIMIT: (0.02, ("invite", "message")),
}
"""How many of each fault an account meets a day, on average, and on which calls."""


@dataclass
class Run:
    """One rehearsal under way. ``show`` is told where it stands, about once a second."""

    stage: Stage
    script: Script
    show: Callable[[datetime, Standing], None]
    speed: float | None = None
    """Simulated seconds that pass in a second at most; None: as fast as the work is done."""
    turns: int = 0
    jobs: int = 0
    noticed: dict[int, datetime] = field(default_factory=dict[int, datetime])
    shown: float = 0.0
    day: int = -1
    reviewed: bool = True

    async def to_the_end(self) -> Standing:
        """Run until every lead has ended or the days are over; return where it stands then."""
        services, campaign_id = self.stage.services, self.script.campaign_id
        await draining.requeue(services)
        await self.stage.advance()
        standing = await rehearsed.standing(services, campaign_id)
        if standing.state == "draft":
            await rehearsed.start(services, campaign_id, self.script.account_id)
        self.reviewed = await rehearsed.is_reviewed(services, campaign_id)
        while True:
            await self._faults()
            due = await self._work()
            now = self.stage.clock.now()
            if time.monotonic() - self.shown > SHOW_EVERY_SECONDS or due is None:
                standing = await rehearsed.standing(services, campaign_id)
                self.show(now, standing)
                self.shown = time.monotonic()
                if standing.state in ENDED or not OPEN & standing.leads.keys():
                    return standing
                if not await rehearsed.goes_on(services, campaign_id):
                    return standing
            if now >= building.over_at(self.script):
                return await rehearsed.standing(services, campaign_id)
            await self._keep()
            await self._pass(due)

    async def _work(self) -> datetime | None:
        """Do all that is due now; return when the next is due."""
        services = self.stage.services
        for _ in range(ROUNDS):
            self.turns += 1
            if self.turns % TIDY_EVERY == 0:
                await sweep.tidy(services)
            await sweep.wake_due(services)
            self.jobs += await draining.drain(services)
            if self.reviewed:
                await rehearsed.approve(services, self.script.campaign_id, self.script.account_id)
            due = await rehearsed.next_due(services, self.script.campaign_id)
            if due is None or due > services.clock.now():
                return due
        return services.clock.now() + LEAST

    async def _pass(self, due: datetime | None) -> None:
        """Let time pass until what is due next, by whole steps of ``LEAST``."""
        now = self.stage.clock.now()
        until = min(max(due or now + MOST, now + LEAST), now + MOST)
        steps = -(-(until - self.script.began) // LEAST)
        until = self.script.began + steps * LEAST
        if self.speed is not None:
            await asyncio.sleep((until - now).total_seconds() / self.speed)
        await self.stage.world.advance_to(until)
        self.stage.clock.set(until)

    async def _keep(self) -> None:
        """Sign in again, after a while, who was signed out."""
        if not self.script.faults:
            return
        now = self.stage.clock.now()
        stopped = await rehearsed.stopped(self.stage.services, self.script.seats)
        for member in set(self.noticed) - {seat.member for seat in stopped}:
            del self.noticed[member]
        for seat in stopped:
            if self.noticed.setdefault(seat.member, now) + SIGN_IN_AFTER <= now:
                self.noticed[seat.member] = now
                await self._sign_in(seat)

    async def _sign_in(self, seat: Seat) -> None:
        rail = self.stage.rail
        try:
            answer = await rail.sign_in(Password(seat.email, seat.password))
            if isinstance(answer, Challenge):
                (mail, *_) = await self.stage.world.outbox(seat.email)
                answer = await rail.sign_in(ChallengeAnswer(answer, mail.code))
        except RailFailed:
            return
        if isinstance(answer, Session):
            await rehearsing.reconnect(self.stage.services, seat, answer)

    async def _faults(self) -> None:
        """Draw the faults of a day, once, from the seed and the day alone."""
        if not self.script.faults:
            return
        day = (self.stage.clock.now() - self.script.began) // timedelta(days=1)
        if day == self.day:
            return
        self.day = day
        if not await rehearsed.faults_are_new(self.stage.services, day):
            return
        dice = random.Random(f"{self.script.seed}/{day}")  # noqa: S311  # what goes wrong, not a secret
        for seat in self.script.seats:
            for kind in map(FaultKind, self.script.faults):
                rate, names = FAULTS[kind]
                for _ in range(int(rate + dice.random())):
                    await self.stage.world.fault(kind, name=dice.choice(names), email=seat.email)
