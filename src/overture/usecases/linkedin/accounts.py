"""LinkedIn accounts as their operator sees them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.domain.errors import NotFound
from overture.domain.linkedin.accounts import RailName, SignInState
from overture.domain.linkedin.actions import ActionState
from overture.domain.linkedin.budgets import MemberPlan
from overture.store.campaigns import pacing
from overture.store.linkedin import accounts, actions, sealed
from overture.store.linkedin.accounts import LinkedInAccount
from overture.usecases.linkedin.sessions import place
from overture.usecases.services import Services


@dataclass(frozen=True, slots=True)
class LinkedInAccountView:
    """An account without its secrets."""

    id: UUID
    account_id: UUID
    rail: RailName
    state: SignInState
    reason: str
    paused_until: datetime | None
    name: str
    profile_url: str
    country: str
    plan: MemberPlan
    ramp: bool
    connected_at: datetime | None


def _view(account: LinkedInAccount) -> LinkedInAccountView:
    return LinkedInAccountView(
        id=account.id,
        account_id=account.account_id,
        rail=account.rail,
        state=account.state,
        reason=account.reason,
        paused_until=account.paused_until,
        name=account.name,
        profile_url=account.profile_url,
        country=account.country,
        plan=account.plan,
        ramp=account.ramp,
        connected_at=account.connected_at,
    )


async def list_accounts(services: Services, account_id: UUID | None = None) -> list[LinkedInAccountView]:
    """Return the accounts of a customer, or of all."""
    async with services.database.reading() as tx:
        return [_view(account) for account in await accounts.listed(tx, account_id)]


async def show(services: Services, linkedin_id: UUID) -> LinkedInAccountView:
    """Return one account; raises NotFound."""
    async with services.database.reading() as tx:
        account = await accounts.find(tx, linkedin_id)
    if account is None:
        raise NotFound("no such LinkedIn account")
    return _view(account)


async def resume(services: Services, linkedin_id: UUID) -> None:
    """Let a restricted account act again, once a person has looked; raises NotFound."""
    await show(services, linkedin_id)
    async with services.database.transaction() as tx:
        await accounts.lift_restriction(tx, linkedin_id)
        await actions.lift_limits(tx, linkedin_id)
        await pacing.rearm(tx, linkedin_id, services.clock.now())


async def reseal(services: Services) -> int:
    """Seal every session, token and challenge with the key in use; safe to kill and to repeat. Returns how many."""
    async with services.database.reading() as tx:
        stored = await sealed.listed(tx)
    changed = 0
    for old in stored:
        if services.vault.is_current(old.value):
            continue
        where = place(old.account_id, old.linkedin_id, old.column)
        value = services.vault.seal(services.vault.open(old.value, where), where)
        async with services.database.transaction() as tx:
            changed += await sealed.replace(tx, old, value)
    return changed


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action as its owner may see it."""

    id: UUID
    name: str
    target: str
    state: ActionState
    detail: str
    intended_at: datetime
    settled_at: datetime | None


async def list_actions(services: Services, linkedin_id: UUID, limit: int = 100) -> list[ActionView]:
    """Return an account's newest actions; raises NotFound."""
    await show(services, linkedin_id)
    async with services.database.reading() as tx:
        rows = await actions.listed(tx, linkedin_id, limit)
    return [
        ActionView(row.id, row.name, row.target, row.state, row.detail, row.intended_at, row.settled_at) for row in rows
    ]
