"""Campaigns as they are ordered: created, changed, shown, listed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from overture.domain.accounts import Caller
from overture.domain.campaigns import limits
from overture.domain.campaigns.definition import Definition
from overture.domain.campaigns.states import CampaignState
from overture.domain.errors import Conflict, Forbidden, Invalid, NotFound
from overture.store.campaigns import orders
from overture.store.campaigns.orders import Campaign, Wanted
from overture.store.db import ReadTx, Tx
from overture.store.linkedin import accounts as linkedin
from overture.usecases import accounts, idempotency
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

ANYTIME = frozenset({
    "name", "customer_id", "senders", "approval", "on_failure", "hold_company", "withdraw", "fact_age", "jobs_age",
    "hours", "notification_url",
})  # fmt: skip
"""What may be changed once a campaign was started: it decides on what is still to come, and undoes nothing.

Senders may be added and not removed: a lead keeps its sender.
"""

OPEN = frozenset({CampaignState.DRAFT, CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.FINISHED})


@dataclass(frozen=True, slots=True)
class Order:
    """What is ordered. ``customer_id`` is the workspace, empty where there is none."""

    name: str
    definition: Definition
    customer_id: str = ""


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign as it stands. ``tally`` counts its leads by state, where that was asked for."""

    id: UUID
    account_id: UUID
    customer_id: str
    name: str
    state: CampaignState
    reason: str
    definition: Definition
    leads: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    tally: Mapping[str, int] | None = field(default=None)


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """Some campaigns, oldest first; ``following`` is the place of the last where there are more."""

    campaigns: tuple[CampaignView, ...]
    following: tuple[datetime, UUID] | None


def view(campaign: Campaign, tally: Mapping[str, int] | None = None) -> CampaignView:
    """Return a stored campaign as it is shown."""
    return CampaignView(
        campaign.id,
        campaign.account_id,
        campaign.customer_id,
        campaign.name,
        campaign.state,
        campaign.reason,
        campaign.definition,
        campaign.leads,
        campaign.created_at,
        campaign.started_at,
        campaign.ended_at,
        tally,
    )


async def create(
    services: Services, caller: Caller, order: Order, how: Once, render: Callable[[CampaignView], bytes]
) -> Answer:
    """Keep an order as a draft.

    Raises:
        Invalid: it breaks rules, or names a sender that the account does not have.
    """
    _check(limits.problems(order.definition))

    async def work(tx: Tx) -> CampaignView:
        await _check_senders(tx, caller.account_id, order.definition.senders)
        campaign = Campaign(
            id=uuid4(),
            account_id=caller.account_id,
            customer_id=order.customer_id,
            name=order.name,
            state=CampaignState.DRAFT,
            reason="",
            definition=order.definition,
            leads=0,
            created_at=services.clock.now(),
        )
        await orders.insert(tx, campaign)
        return view(campaign, {})

    return await idempotency.once(services, caller, how, work, render)


Changes = Mapping[str, object]
"""Names of fields of an ``Order`` or its ``Definition``, and their new values, of the fields' types."""


async def change(
    services: Services, caller: Caller, campaign_id: UUID, changes: Changes, render: Callable[[CampaignView], bytes]
) -> Answer:
    """Change a campaign: a draft in everything, one that was started in what is named by ``ANYTIME``. May run twice.

    Raises:
        Invalid: the outcome would break rules.
        Conflict: the campaign is over, or was started and this cannot be changed any more.
    """

    async def work(tx: Tx) -> CampaignView:
        before = await owned(tx, caller, campaign_id, lock=True)
        changed = _changed(before, changes)
        await _check_senders(tx, caller.account_id, changed.definition.senders)
        await orders.change(tx, changed)
        return view(changed, await orders.tally(tx, campaign_id))

    return await idempotency.once(services, caller, Once(None, 200), work, render)


def _changed(before: Campaign, changes: Changes) -> Campaign:
    if before.state not in OPEN:
        raise Conflict(f"the campaign is {before.state}; nothing of it can be changed")
    own = {name: value for name, value in changes.items() if name in {"name", "customer_id"}}
    ordered = {name: value for name, value in changes.items() if name not in own}
    after = replace(before, definition=replace(before.definition, **ordered), **own)  # pyright: ignore[reportArgumentType]
    if before.state is not CampaignState.DRAFT:
        late = sorted(set(changes) - ANYTIME)
        if late:
            raise Conflict(f"once a campaign was started, it keeps its {', '.join(late)}")
        if set(before.definition.senders) - set(after.definition.senders):
            raise Conflict("once a campaign was started, senders can be added and not removed")
    _check(limits.problems(after.definition))
    return after


def _check(problems: list[str]) -> None:
    if problems:
        raise Invalid(problems)


async def _check_senders(tx: ReadTx, account_id: UUID, senders: tuple[UUID, ...]) -> None:
    problems: list[str] = []
    for sender in senders:
        found = await linkedin.find(tx, sender)
        if found is None or found.account_id != account_id:
            problems.append(f"senders: the account has no LinkedIn account {sender}")
    _check(problems)


async def owned(tx: ReadTx, caller: Caller, campaign_id: UUID, *, lock: bool = False) -> Campaign:
    """Return a campaign of the caller's account; ``lock``: its row is held until the commit.

    Raises:
        NotFound, Forbidden: no such campaign, or another account's.
    """
    found = await orders.lock(tx, campaign_id) if lock and isinstance(tx, Tx) else await orders.find(tx, campaign_id)
    if found is None:
        raise NotFound("no such campaign")
    if found.account_id != caller.account_id:
        raise Forbidden("the campaign belongs to another account")
    return found


async def owner_of(services: Services, campaign_id: UUID) -> Caller:
    """Return the operator as a caller of the account that a campaign belongs to; raises NotFound."""
    async with services.database.reading() as tx:
        found = await orders.find(tx, campaign_id)
    if found is None:
        raise NotFound("no such campaign")
    return await accounts.acting_for(services, found.account_id)


async def show(services: Services, caller: Caller, campaign_id: UUID) -> CampaignView:
    """Return a campaign with its leads by state.

    Raises:
        NotFound, Forbidden: no such campaign, or another account's.
    """
    async with services.database.reading() as tx:
        campaign = await owned(tx, caller, campaign_id)
        return view(campaign, await orders.tally(tx, campaign_id))


async def list_(services: Services, wanted: Wanted, limit: int) -> CampaignPage:
    """Return a page of campaigns."""
    async with services.database.reading() as tx:
        found = await orders.listed(tx, wanted, limit + 1)
    shown = found[:limit]
    more = (shown[-1].created_at, shown[-1].id) if len(found) > limit else None
    return CampaignPage(tuple(view(campaign) for campaign in shown), more)


async def list_own(
    services: Services,
    caller: Caller,
    state: CampaignState | None,
    customer_id: str | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> CampaignPage:
    """Return a page of the caller's campaigns."""
    return await list_(services, Wanted(caller.account_id, customer_id, state, after), limit)
