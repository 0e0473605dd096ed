"""Who acts: the LinkedIn account behind a presented token, and its session."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

import msgspec

from overture import queue
from overture.domain.errors import LimitReached, NotFound, RailFailed, Restricted, SessionExpired
from overture.domain.events import timestamp
from overture.domain.linkedin.accounts import Session, SignInState
from overture.domain.linkedin.actions import Budget
from overture.ports import Rail
from overture.store.linkedin import accounts, actions, news
from overture.store.linkedin.accounts import LinkedInAccount
from overture.store.linkedin.news import NewsRow
from overture.telemetry.logs import get
from overture.usecases.linkedin import telling
from overture.usecases.services import Services

TOKEN_PREFIX = "AQED"  # noqa: S105  # how LinkUp's documentation shows a token
PAUSE = timedelta(hours=5)
"""How long an account rests after a sign of restriction that names no end (market, 2.1)."""

log = get(__name__)


@dataclass(frozen=True, slots=True)
class Acting:
    """An account that may read or act now."""

    account: LinkedInAccount
    session: Session
    rail: Rail

    @property
    def id(self) -> UUID:
        """The LinkedIn account's id."""
        return self.account.id


def new_token() -> str:
    """Make a login token: 256 random bits."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """SHA-256: the right hash for 256 random bits."""
    return hashlib.sha256(token.encode()).digest()


def place(account_id: UUID, linkedin_id: UUID, column: str) -> str:
    """Name the place that a secret of an account is sealed for."""
    return f"{account_id}/linkedin_account/{column}/{linkedin_id}"


def seal_session(services: Services, account_id: UUID, linkedin_id: UUID, session: Session) -> bytes:
    """Seal a session for its row."""
    return services.vault.seal(msgspec.json.encode(session).decode(), place(account_id, linkedin_id, "session"))


def open_account(services: Services, account: LinkedInAccount) -> Acting:
    """Return what acting needs.

    Raises:
        SessionExpired: the account has to sign in again.
    """
    if account.session is None or account.state in {SignInState.CHALLENGED, SignInState.EXPIRED}:
        raise SessionExpired(account.reason or "the LinkedIn session has expired: sign in again")
    return Acting(account, opened(services, account), services.rails(account.rail))


def opened(services: Services, account: LinkedInAccount) -> Session:
    """Return the session of an account that has one."""
    assert account.session is not None
    text = services.vault.open(account.session, place(account.account_id, account.id, "session"))
    return msgspec.json.decode(text, type=Session)


async def by_token(services: Services, account_id: UUID, token: str) -> Acting:
    """Return the account that a customer's token belongs to.

    Raises:
        SessionExpired: the token is not one of this customer's, or its session has ended.
    """
    account = await accounts.by_token(services.database, account_id, hash_token(token))
    if account is None:
        raise SessionExpired("the login token is not valid: sign in again")
    return open_account(services, account)


async def by_id(services: Services, linkedin_id: UUID) -> Acting:
    """Return the account with an id; raises NotFound or SessionExpired."""
    async with services.database.reading() as tx:
        account = await accounts.find(tx, linkedin_id)
    if account is None:
        raise NotFound("no such LinkedIn account")
    return open_account(services, account)


async def token_of(services: Services, linkedin_id: UUID) -> str:
    """Return an account's login token in clear, empty where it has none; only its owner may be shown it."""
    async with services.database.reading() as tx:
        account = await accounts.find(tx, linkedin_id)
    if account is None or account.token is None:
        return ""
    return services.vault.open(account.token, place(account.account_id, account.id, "token"))


def refuse_stopped(services: Services, account: LinkedInAccount) -> None:
    """Refuse to act while the account rests or is not signed in.

    Raises:
        SessionExpired: the account has to sign in again.
        Restricted: LinkedIn limited it; ``until`` says until when, None until a person lets it go on.
    """
    if account.session is None or account.state in {SignInState.CHALLENGED, SignInState.EXPIRED}:
        raise SessionExpired(account.reason or "the LinkedIn session has expired: sign in again")
    if account.state is not SignInState.RESTRICTED:
        return
    if account.paused_until is None or account.paused_until > services.clock.now():
        raise Restricted(account.reason or "LinkedIn has restricted the account", account.paused_until)


async def note_failure(services: Services, who: Acting, error: RailFailed, budgets: Sequence[Budget] = ()) -> None:
    """Keep what a failure says of the account; its watchers are told once.

    An ended session stops the account, and so does a restriction. A limit on what was just tried, which spends
    ``budgets``, stops no more than that.
    """
    if isinstance(error, LimitReached) and budgets:
        async with services.database.transaction() as tx:
            until = error.until or services.clock.now() + PAUSE
            await actions.limit(tx, who.id, budgets, until, str(error)[:300])
        log.warning("linkedin.limited", linkedin_account=str(who.id), budgets=list(budgets))
        return
    if isinstance(error, SessionExpired):
        state, until, reason = SignInState.EXPIRED, None, str(error) or "the LinkedIn session has ended"
    elif isinstance(error, Restricted):
        until = error.until or services.clock.now() + PAUSE
        state, reason = SignInState.RESTRICTED, str(error) or "LinkedIn has restricted the account"
    else:
        return
    now = services.clock.now()
    async with services.database.transaction() as tx:
        if not await accounts.set_state(tx, who.id, state, reason, until):
            return
        row = NewsRow(
            id=uuid5(who.id, f"{state}:{timestamp(now)}"),
            linkedin_account_id=who.id,
            key=f"{state}:{timestamp(now)}",
            kind="disconnection",
            at=now,
            body={"reason": reason},
        )
        if await news.add(tx, row):
            await queue.enqueue(tx, [*await telling.tell(tx, row), *await services.hears(tx, services, row)])
    log.warning("linkedin.account_stopped", linkedin_account=str(who.id), state=state, reason=reason)
