"""Accounts, keys, credits and webhook secrets: what the operator and the API ask of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from overture.delivery.sign import new_secret
from overture.domain.accounts import Caller, Credits, KeyView, Mode, Scope, Tier, Unit, new_key
from overture.domain.errors import Invalid, NotFound, OutOfScope
from overture.store import accounts, ledger, requests
from overture.store.accounts import Account
from overture.store.db import ReadTx, Tx
from overture.usecases.services import Services

MOST_CREDITS = 1_000_000_000


async def authenticate(services: Services, presented: str | None) -> Caller:
    """Return whose key this is; raises Unauthorized or KeyRevoked."""
    return await services.admission.authenticate(presented)


async def admit(services: Services, caller: Caller) -> None:
    """Count one call of the generation API; raises OutOfScope or RateLimited."""
    if not caller.may(Scope.GENERATION):
        raise OutOfScope("this key opens the LinkedIn gateway only")
    await services.admission.admit(caller)


async def check_credits(services: Services, caller: Caller) -> Credits:
    """Return the balance of the current period. What is held counts as used, so that it agrees with a 402."""
    return await credits_of(services, caller.account_id)


async def credits_of(services: Services, account_id: UUID, unit: Unit = Unit.MESSAGES) -> Credits:
    """Return an account's balance; raises NotFound."""
    async with services.database.transaction() as tx:
        await ledger.renew(tx, account_id, unit)
        balance = await ledger.read(tx, account_id, unit)
    if balance is None:
        raise NotFound("no such account")
    return Credits(balance.period_used + balance.available, balance.period_used, balance.available)


async def acting_for(services: Services, account_id: UUID) -> Caller:
    """Return the operator as a caller of an account: its tier and limits hold; raises NotFound."""
    async with services.database.reading() as tx:
        account = await accounts.find(tx, account_id)
    if account is None:
        raise NotFound("no such account")
    return Caller(account.id, "", Tier(account.tier), account.note_limit, Scope.ALL, account.mode is Mode.TEST)


async def owner_of(services: Services, request_id: UUID) -> Caller:
    """Return the operator as a caller of the account that a request belongs to; raises NotFound."""
    async with services.database.reading() as tx:
        header = await requests.find(tx, request_id)
    if header is None:
        raise NotFound("no such request")
    return await acting_for(services, header.account_id)


@dataclass(frozen=True, slots=True)
class AccountView:
    """What ``GET /account`` shows; ``monthly_credits`` is what the period has used."""

    created_at: datetime
    plan_name: str
    monthly_credits: int
    monthly_allowance: int


async def describe(services: Services, caller: Caller) -> AccountView:
    """Return the caller's account."""
    credits = await check_credits(services, caller)
    async with services.database.reading() as tx:
        account = await accounts.find(tx, caller.account_id)
    assert account is not None
    return AccountView(account.created_at, account.tier, credits.used, credits.allowance)


@dataclass(frozen=True, slots=True)
class Created:
    """A new account; key and secret are shown this once."""

    account_id: UUID
    api_key: str
    webhook_secret: str


def _place(account_id: UUID, secret_id: UUID) -> str:
    return f"{account_id}/webhook_secret/sealed/{secret_id}"


def _amount(amount: int, *, least: int) -> int:
    if not least <= amount <= MOST_CREDITS:
        raise Invalid([f"credits must be from {least} to {MOST_CREDITS}"])
    return amount


async def create(  # noqa: PLR0913  # what an account is made with, all optional
    services: Services,
    name: str,
    *,
    credits: int = 0,
    actions: int = 0,
    tier: Tier = Tier.TESTING,
    note_limit: int | None = None,
    mode: Mode = Mode.LIVE,
) -> Created:
    """Add an account with monthly allowances, a first key for the generation API and a webhook secret."""
    monthly = {Unit.MESSAGES: _amount(credits, least=0), Unit.ACTIONS: _amount(actions, least=0)}
    if not name.strip() or len(name) > 200 or "\0" in name:
        raise Invalid(["name is required, at most 200 characters"])
    key = new_key(mode)
    async with services.database.transaction() as tx:
        account_id = await accounts.add(tx, name.strip(), tier, note_limit, mode)
        await ledger.open_balances(tx, account_id, monthly)
        await accounts.add_key(tx, account_id, key, Scope.GENERATION)
        secret = await _add_secret(services, tx, account_id)
    return Created(account_id, key.text, secret)


async def _add_secret(services: Services, tx: Tx, account_id: UUID) -> str:
    secret, secret_id = new_secret(), uuid4()
    sealed = services.vault.seal(secret, _place(account_id, secret_id))
    await accounts.add_secret(tx, secret_id, account_id, sealed, services.policy.secret_overlap_hours)
    return secret


async def _require(tx: ReadTx, account_id: UUID) -> Account:
    found = await accounts.find(tx, account_id)
    if found is None:
        raise NotFound("no such account")
    return found


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """An account by name."""

    id: UUID
    name: str
    tier: Tier
    mode: Mode = Mode.LIVE


async def summaries(services: Services) -> list[AccountSummary]:
    """Return all accounts by name, oldest first."""
    return [AccountSummary(a.id, a.name, a.tier, a.mode) for a in await list_accounts(services)]


async def list_accounts(services: Services) -> list[Account]:
    """Return all accounts."""
    async with services.database.reading() as tx:
        return await accounts.listed(tx)


async def add_credits(services: Services, account_id: UUID, amount: int, unit: Unit = Unit.MESSAGES) -> Credits:
    """Grant a bundle on top of the allowance; return the balance after it."""
    async with services.database.transaction() as tx:
        if not await ledger.grant(tx, account_id, _amount(amount, least=1), "bundle", unit):
            raise NotFound("no such account")
    return await credits_of(services, account_id, unit)


async def set_tier(services: Services, account_id: UUID, tier: Tier) -> None:
    """Change an account's limits."""
    async with services.database.transaction() as tx:
        if not await accounts.set_tier(tx, account_id, tier):
            raise NotFound("no such account")


@dataclass(frozen=True, slots=True)
class CreatedKey:
    """A new key, shown this once."""

    key_id: str
    api_key: str
    scope: Scope


async def create_key(services: Services, account_id: UUID, scope: Scope = Scope.GENERATION) -> CreatedKey:
    """Add a key to an account; ``scope`` is what it opens."""
    async with services.database.transaction() as tx:
        key = new_key((await _require(tx, account_id)).mode)
        await accounts.add_key(tx, account_id, key, scope)
    return CreatedKey(key.key_id, key.text, scope)


async def list_keys(services: Services, account_id: UUID) -> list[KeyView]:
    """Return an account's keys."""
    async with services.database.reading() as tx:
        await _require(tx, account_id)
        return await accounts.keys(tx, account_id)


async def revoke_key(services: Services, key_id: str) -> None:
    """Revoke a key: every process refuses it within a second."""
    async with services.database.transaction() as tx:
        if not await accounts.revoke_key(tx, key_id):
            raise NotFound("no such key")


async def rotate_secret(services: Services, account_id: UUID) -> str:
    """Make a new webhook secret; the ones before it keep signing for the overlap."""
    async with services.database.transaction() as tx:
        await _require(tx, account_id)
        return await _add_secret(services, tx, account_id)


async def remove_secrets(services: Services, account_id: UUID) -> int:
    """Remove all webhook secrets: webhooks are not sent any more."""
    async with services.database.transaction() as tx:
        await _require(tx, account_id)
        return await accounts.remove_secrets(tx, account_id)


async def secret_times(services: Services, account_id: UUID) -> list[tuple[datetime, datetime | None]]:
    """Return when each secret in force was made and when it retires; the secrets themselves are never shown again."""
    async with services.database.reading() as tx:
        await _require(tx, account_id)
        return [(s.created_at, s.retires_at) for s in await accounts.secrets(tx, account_id)]


async def open_secrets(services: Services, tx: ReadTx, account_id: UUID) -> list[str]:
    """Return the secrets in force, newest first, for signing."""
    return [services.vault.open(s.sealed, _place(s.account_id, s.id)) for s in await accounts.secrets(tx, account_id)]


async def reseal_secrets(services: Services) -> int:
    """Seal every stored secret with the key in use; safe to kill and to repeat. Returns how many changed."""
    async with services.database.reading() as tx:
        stored = await accounts.all_secrets(tx)
    changed = 0
    for secret in stored:
        if services.vault.is_current(secret.sealed):
            continue
        place = _place(secret.account_id, secret.id)
        resealed = services.vault.seal(services.vault.open(secret.sealed, place), place)
        async with services.database.transaction() as tx:
            await accounts.reseal_secret(tx, secret.id, resealed)
        changed += 1
    return changed
