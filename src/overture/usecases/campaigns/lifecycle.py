"""A campaign's life: started, paused, resumed, stopped, archived, and finished when all its leads have ended."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid5

from overture import queue
from overture.domain.accounts import Caller, Unit
from overture.domain.campaigns import limits
from overture.domain.campaigns.events import CampaignEvent
from overture.domain.campaigns.states import CampaignState, LeadState, StopReason
from overture.domain.errors import Conflict, Invalid, NotEnoughCredits
from overture.domain.events import timestamp
from overture.domain.linkedin.accounts import SignInState
from overture.store import ledger
from overture.store.campaigns import leads, orders, pacing, positions
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move
from overture.store.db import Tx
from overture.store.linkedin import accounts as linkedin
from overture.usecases import idempotency
from overture.usecases.campaigns import telling
from overture.usecases.campaigns.ordering import CampaignView, owned, view
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

BY_HAND = "by_hand"

BATCH = 1_000
"""Leads that one transaction stops."""

CLOSING = 100
"""Campaigns that one sweep closes."""

Render = Callable[[CampaignView], bytes]
Change = Callable[[Tx, Campaign], Awaitable[None]]

_S = CampaignState


async def start(services: Services, caller: Caller, campaign_id: UUID, how: Once, render: Render) -> Answer:
    """Let a draft run. One that runs already is left as it is.

    Raises:
        Conflict: it is no draft any more.
        Invalid: it is not ready; every reason is named.
        NotEnoughCredits: nothing could be written.
    """
    return await _changed(services, caller, campaign_id, how, render, _go(services, _S.DRAFT))


async def resume(services: Services, caller: Caller, campaign_id: UUID, how: Once, render: Render) -> Answer:
    """Let a paused campaign go on; errors as of ``start``."""
    return await _changed(services, caller, campaign_id, how, render, _go(services, _S.PAUSED))


def _go(services: Services, before: CampaignState) -> Change:
    async def change(tx: Tx, campaign: Campaign) -> None:
        if campaign.state is _S.RUNNING:
            return
        if campaign.state is not before:
            raise Conflict(f"the campaign is {campaign.state}, not {before}")
        await _check_ready(tx, campaign)
        now = services.clock.now()
        await orders.set_state(tx, campaign.id, before, _S.RUNNING, now)
        await pacing.arm(tx, campaign.definition.senders, now)

    return change


async def _check_ready(tx: Tx, campaign: Campaign) -> None:
    """Check what has to be there for a campaign to run."""
    problems = limits.problems(campaign.definition)
    if not campaign.leads:
        problems.append("the campaign has no lead")
    for sender in campaign.definition.senders:
        account = await linkedin.find(tx, sender)
        if account is None or account.account_id != campaign.account_id:
            problems.append(f"senders: the account has no LinkedIn account {sender}")
        elif account.state is not SignInState.CONNECTED:
            problems.append(f"senders: the LinkedIn account {sender} is not signed in: it is {account.state}")
    if problems:
        raise Invalid(problems)
    await ledger.renew(tx, campaign.account_id, Unit.MESSAGES)
    balance = await ledger.read(tx, campaign.account_id, Unit.MESSAGES)
    if balance is None or balance.available <= 0:
        raise NotEnoughCredits("no credits are left to write messages with")


async def pause(services: Services, caller: Caller, campaign_id: UUID, how: Once, render: Render) -> Answer:
    """Begin nothing more until it is resumed. What is being sent is settled, and what happens is still heard.

    Raises:
        Conflict: it does not run.
    """

    async def change(tx: Tx, campaign: Campaign) -> None:
        if await _move(tx, services, campaign, _S.PAUSED, frozenset({_S.RUNNING})):
            await _tell(tx, services, campaign, CampaignEvent.PAUSED, BY_HAND)

    return await _changed(services, caller, campaign_id, how, render, change)


async def stop(services: Services, caller: Caller, campaign_id: UUID, how: Once, render: Render) -> Answer:
    """Stop a campaign for good, and every lead of it that has not ended. What is being sent is settled first.

    Raises:
        Conflict: it was never started, or has ended otherwise.
    """

    async def change(tx: Tx, campaign: Campaign) -> None:
        if await _move(tx, services, campaign, _S.STOPPED, frozenset({_S.RUNNING, _S.PAUSED})):
            await orders.set_reason(tx, campaign.id, orders.STOPPING)

    answer = await _changed(services, caller, campaign_id, how, render, change)
    await stop_leads(services, campaign_id)
    return answer


async def stop_leads(services: Services, campaign_id: UUID) -> int:
    """Stop every lead of a stopped campaign that has not ended, by batches; return how many were stopped."""
    stopped = 0
    while True:
        async with services.database.transaction() as tx:
            found = await leads.unfinished(tx, campaign_id, BATCH)
            moves = [
                Move(lead_id, LeadState(state), step, LeadState.STOPPED, reason=StopReason.CAMPAIGN_STOPPED)
                for lead_id, state, step in found
            ]
            stopped += len(await positions.move(tx, moves, services.clock.now()))
            if len(found) < BATCH:
                if await orders.all_ended(tx, campaign_id):
                    await orders.set_reason(tx, campaign_id, BY_HAND)
                return stopped


async def archive(services: Services, caller: Caller, campaign_id: UUID, how: Once, render: Render) -> Answer:
    """Put away a draft, or a campaign that has ended.

    Raises:
        Conflict: it runs or is paused, or leads of it are still being settled.
    """

    async def change(tx: Tx, campaign: Campaign) -> None:
        if campaign.state is _S.STOPPED and campaign.reason == orders.STOPPING:
            raise Conflict("leads of the campaign are still being stopped; try again in a moment")
        await _move(tx, services, campaign, _S.ARCHIVED, frozenset({_S.DRAFT, _S.FINISHED, _S.STOPPED}))

    return await _changed(services, caller, campaign_id, how, render, change)


async def close_ended(services: Services) -> int:
    """Finish campaigns whose every lead has ended, and stop what is left of stopped ones; return how many campaigns.

    Run by the sweep. May run twice, and on several machines at once.
    """
    async with services.database.transaction() as tx:
        ended = [one for one in await orders.running_ended(tx, CLOSING) if await orders.all_ended(tx, one.id)]
        for campaign in ended:
            await finish(tx, services, campaign)
        halted = await orders.stopping(tx, CLOSING)
    for campaign_id in halted:
        await stop_leads(services, campaign_id)
    return len(ended) + len(halted)


async def finish(tx: Tx, services: Services, campaign: Campaign) -> bool:
    """Note that a running campaign's every lead has ended, and tell it; False where it does not run any more.

    The caller has seen that all have ended, and holds the campaign's row.
    """
    now = services.clock.now()
    if not await orders.set_state(tx, campaign.id, _S.RUNNING, _S.FINISHED, now):
        return False
    await _tell(tx, services, campaign, CampaignEvent.FINISHED, "")
    return True


async def _changed(
    services: Services, caller: Caller, campaign_id: UUID, how: Once, render: Render, change: Change
) -> Answer:
    async def work(tx: Tx) -> CampaignView:
        await change(tx, await owned(tx, caller, campaign_id, lock=True))
        after = await owned(tx, caller, campaign_id)
        return view(after, await orders.tally(tx, campaign_id))

    return await idempotency.once(services, caller, how, work, render)


async def _move(
    tx: Tx, services: Services, campaign: Campaign, after: CampaignState, befores: frozenset[CampaignState]
) -> bool:
    """Move a campaign whose row is held; False where it stands there already."""
    if campaign.state is after:
        return False
    if campaign.state not in befores:
        raise Conflict(f"the campaign is {campaign.state}; it cannot become {after}")
    return await orders.set_state(tx, campaign.id, campaign.state, after, services.clock.now(), BY_HAND)


async def _tell(tx: Tx, services: Services, campaign: Campaign, kind: CampaignEvent, reason: str) -> None:
    now = services.clock.now()
    subject = uuid5(campaign.id, f"{kind}:{timestamp(now)}")
    await queue.enqueue(tx, await telling.tell(tx, campaign, kind, subject, {"reason": reason}, now))
