"""Invitations that nobody accepted in time: looked up, taken back, and the lead's sequence ended."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from overture.domain.campaigns.events import CampaignEvent
from overture.domain.campaigns.states import LeadState, StopReason
from overture.domain.errors import NotAvailableOnRail, NotFound, NotFoundOnRail, OverBudget, RailFailed
from overture.domain.events import timestamp
from overture.domain.linkedin import queries
from overture.domain.linkedin.actions import HAPPENED, ActionState, Withdraw
from overture.domain.linkedin.objects import Invitation, InvitationStanding, InvitationState
from overture.domain.linkedin.queries import Window
from overture.domain.linkedin.tasks import same_profile
from overture.store.campaigns import leads, marks, orders, positions
from overture.store.campaigns.leads import CampaignLead
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move, Position
from overture.store.linkedin import actions
from overture.store.linkedin.actions import ActionRow
from overture.telemetry.logs import get
from overture.usecases.campaigns import outcomes
from overture.usecases.linkedin import acting, reading, sessions
from overture.usecases.linkedin.budgets import hours_of
from overture.usecases.linkedin.sessions import Acting
from overture.usecases.services import Services

LATER = timedelta(hours=1)
"""When an invitation is looked up again that could not be, or not be taken back."""

MOST_AT_ONCE = 5
SPACE = timedelta(minutes=10)
"""So many invitations of an account are taken on within so long: after a pause many may be due at the same moment."""

SPREAD = timedelta(hours=1)
"""What is due outside working hours is taken on within so long after they begin."""

MOST_TRIES = 10
"""How often taking an invitation back is tried of which it is known each time that nothing happened."""

_PART, _PARTS = 100, 10

log = get(__name__)


@dataclass(frozen=True, slots=True)
class _Due:
    position: Position
    campaign: Campaign
    lead: CampaignLead

    def key(self, attempt: int) -> str:
        """Name an intent to take the invitation back; a further one only where the last has changed nothing."""
        return f"withdraw:{self.lead.id}:{attempt}"


async def expire(services: Services, lead_ids: Sequence[UUID], lease: datetime | None = None) -> int:
    """Take on the leads whose invitation's time is over, or that are leased until ``lease``; return how many moved.

    Who has accepted goes on; what is open is taken back where the campaign says so, and the lead is stopped. Where
    LinkedIn cannot be read or does not take it back now, it is tried again later.
    """
    moved, now = 0, services.clock.now()
    begun: Counter[UUID | None] = Counter()
    for due in await _due(services, lead_ids, lease):
        turn = begun[due.position.sender] // MOST_AT_ONCE
        begun[due.position.sender] += 1
        try:
            again = now + turn * SPACE if turn else await _opening(services, due, now)
            if again is None:
                moved += await _expire(services, due)
                continue
        except (RailFailed, OverBudget, NotFound) as error:
            log.info("campaign.not_withdrawn", lead=str(due.lead.id), error=type(error).__name__)
            again = now + LATER
        async with services.database.transaction() as tx:
            await marks.stay(tx, (due.lead.id, due.position.step), LeadState.INVITED, again)
    return moved


async def _opening(services: Services, due: _Due, now: datetime) -> datetime | None:
    """Return when to take an invitation on that is due outside working hours; None within them.

    Raises:
        RailFailed: its account may not act now.
    """
    assert due.position.sender is not None
    account = (await sessions.by_id(services, due.position.sender)).account
    sessions.refuse_stopped(services, account)
    for hours in (due.campaign.definition.hours, hours_of(account)):
        if hours is not None and not hours.holds(now):
            return hours.next_opening(now) + SPREAD * (due.lead.id.int % 60) / 60
    return None


async def _due(services: Services, lead_ids: Sequence[UUID], lease: datetime | None) -> list[_Due]:
    now = services.clock.now()
    async with services.database.reading() as tx:
        found = [
            each
            for each in await positions.find(tx, lead_ids)
            if each.state is LeadState.INVITED and outcomes.is_due(each, now, lease)
        ]
        known = await leads.find(tx, [each.lead_id for each in found])
        campaigns = await orders.find_many(tx, list({each.campaign_id for each in found}))
    return [_Due(each, campaigns[each.campaign_id], known[each.lead_id]) for each in found]


async def _expire(services: Services, due: _Due) -> bool:
    assert due.position.sender is not None
    who = await sessions.by_id(services, due.position.sender)
    try:
        standing = await reading.read(services, who, queries.StandingWith(due.lead.linkedin))
    except (NotAvailableOnRail, NotFoundOnRail):
        return await _stop(services, due, StopReason.NOT_ACCEPTED)
    if standing.state is InvitationState.CONNECTED:
        return await _accept(services, due, standing.accepted_at)
    if standing.state is not InvitationState.SENT:
        return await _stop(services, due, await _why_gone(services, due))
    if due.campaign.definition.withdraw:
        await _withdraw(services, who, due, standing)
    return await _stop(services, due, StopReason.NOT_ACCEPTED)


async def _accept(services: Services, due: _Due, at: datetime | None) -> bool:
    since = at or services.clock.now()
    async with services.database.transaction() as tx:
        if not await outcomes.accepted(tx, due.position, due.campaign.definition, since):
            return False
        body = {"step": due.position.step, "accepted_at": timestamp(since)}
        await outcomes.tell(tx, due.position, CampaignEvent.LEAD_ACCEPTED, body, services.clock.now())
        return True


async def _stop(services: Services, due: _Due, reason: StopReason) -> bool:
    move = Move(due.lead.id, LeadState.INVITED, due.position.step, LeadState.STOPPED, reason=reason)
    async with services.database.transaction() as tx:
        if not await positions.move(tx, [move], services.clock.now()):
            return False
        body = {"step": due.position.step, "reason": str(reason)}
        await outcomes.tell(tx, due.position, CampaignEvent.LEAD_STOPPED, body, services.clock.now())
        return True


async def _why_gone(services: Services, due: _Due) -> StopReason:
    """Was it us who took the invitation back, in a turn that was cut off? Otherwise somebody else ended it."""
    _, last = await _tried(services, due)
    return StopReason.NOT_ACCEPTED if last is not None and last.state in HAPPENED else StopReason.WITHDRAWN


async def _tried(services: Services, due: _Due) -> tuple[str, ActionRow | None]:
    """Return the name for the next intent to take the invitation back, and the last that was used and not refused."""
    assert due.position.sender is not None
    async with services.database.reading() as tx:
        for attempt in range(1, MOST_TRIES + 1):
            row = await actions.by_key(tx, due.position.sender, due.key(attempt))
            if row is None or row.state is not ActionState.REFUSED:
                return due.key(attempt), row
    return due.key(MOST_TRIES), None


async def _withdraw(services: Services, who: Acting, due: _Due, standing: InvitationStanding) -> None:
    invitation_id = standing.invitation_id or await _listed(services, who, due)
    if invitation_id is None:
        raise NotFoundOnRail("the open invitation is not listed")
    key, _ = await _tried(services, due)
    await acting.act(services, who, Withdraw(invitation_id), key)


async def _listed(services: Services, who: Acting, due: _Due) -> int | None:
    """Return the id of the lead's invitation among those that the account has sent."""

    def same(item: Invitation) -> bool:
        return same_profile(item.member.profile_url) == same_profile(due.lead.linkedin)

    for number in range(_PARTS):
        query = queries.Invitations(sent=True, window=Window(number * _PART, _PART))
        found = await reading.read(services, who, query)
        for item in filter(same, found.items):
            return item.id
        if len(found.items) < _PART:
            break
    return None
