"""Whose turn it is: the lead that an account sends to next, or when it looks again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from overture.domain.campaigns import pace
from overture.domain.campaigns.definition import NotePolicy
from overture.domain.campaigns.states import Decision
from overture.domain.errors import Restricted, SessionExpired
from overture.domain.linkedin.accounts import RailName
from overture.domain.linkedin.actions import Budget
from overture.domain.linkedin.budgets import WorkingHours
from overture.store.campaigns import leads, messages, orders, pacing
from overture.store.campaigns.leads import CampaignLead
from overture.store.campaigns.messages import CampaignMessage
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.pacing import Ready
from overture.store.db import Tx
from overture.store.linkedin import accounts
from overture.store.linkedin.accounts import LinkedInAccount
from overture.usecases.campaigns.allowance import SPENDS, Allowance, allowance_of
from overture.usecases.linkedin.budgets import hours_of
from overture.usecases.linkedin.sessions import refuse_stopped
from overture.usecases.services import Services

NEVER = timedelta(days=1)
"""How long an account waits that may send nothing of what is ready: a cap of 0, hours that never meet."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One lead that may be sent to now. ``free_at`` is when its account may act again once it has."""

    account: LinkedInAccount
    campaign: Campaign
    lead: CampaignLead
    message: CampaignMessage
    free_at: datetime
    note_left: bool
    """Whether the account has a note for this lead."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a turn is chosen from."""

    account: LinkedInAccount
    allowance: Allowance
    campaigns: Mapping[UUID, Campaign]

    def hours(self, ready: Ready) -> list[WorkingHours]:
        own = hours_of(self.account)
        return [self.campaigns[ready.campaign_id].definition.hours, *([own] if own else [])]

    def spends(self, ready: Ready) -> tuple[Budget, ...]:
        """A note that may go without its text needs no more than an invitation."""
        without = self.campaigns[ready.campaign_id].definition.notes is not NotePolicy.ALWAYS
        return SPENDS[Decision.BLANK if ready.decision is Decision.NOTE and without else ready.decision]

    def moments(self, ready: Sequence[Ready]) -> list[datetime | None]:
        """Return for each the first moment at which budgets and hours allow it."""
        found: dict[tuple[UUID, tuple[Budget, ...]], datetime | None] = {}
        for each in ready:
            alike = (each.campaign_id, self.spends(each))
            if alike not in found:
                found[alike] = self._soonest(each)
        return [found[each.campaign_id, self.spends(each)] for each in ready]

    def _soonest(self, ready: Ready) -> datetime | None:
        moment = self.allowance.at
        for _ in range(10):
            free = self.allowance.free_at(self.spends(ready), moment)
            opens = pace.opening(self.hours(ready), free) if free else None
            if opens is None or opens == moment:
                return opens
            moment = opens
        return moment

    def gap(self, ready: list[Ready], chosen: Ready) -> timedelta:
        """Return the time to the next action: what is left of the hours over what is left of the budgets."""
        closes = pace.closing(self.hours(chosen), self.allowance.at)
        kinds = {self.spends(each) for each in ready}
        left = sum(self.allowance.room_until(kind, closes) for kind in kinds) - 1
        jitter = pace.part(self.account.id, chosen.lead_id, chosen.step)
        return pace.gap((closes - self.allowance.at).total_seconds(), left, jitter)


def _order(ready: Ready) -> tuple[bool, int, datetime, UUID]:
    return ready.decision is not Decision.MESSAGE, ready.rank, ready.moved_at, ready.lead_id


async def choose(services: Services, linkedin_id: UUID) -> Turn | None:
    """Return whom an account sends to now; None where nobody, and then its next turn is set."""
    now = services.clock.now()
    async with services.database.transaction() as tx:
        free_at = await pacing.lock(tx, linkedin_id)
        account = await accounts.find(tx, linkedin_id)
        if account is None or not await _may_act(services, tx, account):
            return None
        if free_at is not None and free_at > now:
            await pacing.put(tx, linkedin_id, free_at)
            return None
        ready = [each for each in await pacing.ready(tx, linkedin_id) if each.decision in SPENDS]
        campaigns = await orders.find_many(tx, [each.campaign_id for each in ready])
        desk = _Desk(account, await allowance_of(tx, account, now), campaigns)
        moments = desk.moments(ready)
        due = sorted((each for each, moment in zip(ready, moments, strict=True) if moment == now), key=_order)
        if not due:
            await pacing.put(tx, linkedin_id, _next(account, now, moments))
            return None
        chosen = due[0]
        # A person's own hand keeps its own pace: what hours and budgets allow is laid out at once.
        by_hand = account.rail is RailName.ASSISTED
        free = now if by_hand else pace.following(free_at, now, desk.gap(due, chosen))
        place = (chosen.lead_id, chosen.step)
        message = (await messages.find(tx, [place]))[place]
        lead = (await leads.find(tx, [chosen.lead_id]))[chosen.lead_id]
        left = desk.allowance.has(SPENDS[Decision.NOTE])
        return Turn(account, campaigns[chosen.campaign_id], lead, message, free, left)


async def _may_act(services: Services, tx: Tx, account: LinkedInAccount) -> bool:
    """An account that is stopped has no turn until it is connected again, or its pause is over."""
    try:
        refuse_stopped(services, account)
    except (SessionExpired, Restricted) as error:
        await pacing.put(tx, account.id, error.until if isinstance(error, Restricted) else None)
        return False
    return True


def _next(account: LinkedInAccount, now: datetime, moments: Sequence[datetime | None]) -> datetime | None:
    """Return when something can be sent; a while after the opening, and not each day the same."""
    if not moments:
        return None
    soonest = min((moment for moment in moments if moment), default=None)
    if soonest is None:
        return now + NEVER
    return soonest + pace.OPENING * pace.part(account.id, soonest.date())
