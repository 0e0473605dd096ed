"""Signing in, with challenges. Passwords and codes pass through; tokens and sessions are kept sealed."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec

from overture.domain.accounts import Caller, Mode
from overture.domain.errors import NotFound, RefusedByRail
from overture.domain.linkedin.accounts import (
    Challenge,
    ChallengeAnswer,
    Credentials,
    Password,
    RailName,
    Session,
    SignInState,
)
from overture.gateway import calling
from overture.store import accounts as customers
from overture.store.campaigns import pacing
from overture.store.linkedin import accounts, news
from overture.store.linkedin.accounts import Connected, LinkedInAccount, NewAccount
from overture.telemetry.logs import get
from overture.usecases.linkedin.sessions import hash_token, new_token, place, seal_session
from overture.usecases.services import Services

CODE_LASTS = timedelta(minutes=10)
MOST_ATTEMPTS = 5
"""Ours to choose: nothing is published on codes (linkup.md, section 4)."""

log = get(__name__)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The account is connected; ``token`` is what later calls present."""

    linkedin_id: UUID
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Challenged:
    """A code was sent, and is waited for."""

    linkedin_id: UUID
    email: str


def login_hash(account_id: UUID, login: str) -> bytes:
    """Return the hash by which an account is found again."""
    return hashlib.sha256(f"{account_id}\0{login.strip().casefold()}".encode()).digest()


async def sign_in(
    services: Services, caller: Caller, credentials: Password, rail: RailName | None = None
) -> SignedIn | Challenged:
    """Sign in with a password; an account that is connected gets its token back at once.

    The password is not looked at then: none is kept to compare it with, and asking LinkedIn at each call would put the
    account at risk. It is no gap between customers: only keys of the customer that owns the account come here, and to
    these the account belongs (they may list its token as well).

    Raises:
        RefusedByRail: the credentials are wrong.
        RailFailed: as the port documents.
    """
    login = login_hash(caller.account_id, credentials.email)
    async with services.database.reading() as tx:
        known = await accounts.by_login(tx, caller.account_id, login, rail)
    if known is not None and known.state is SignInState.CONNECTED and known.token is not None:
        token = services.vault.open(known.token, place(known.account_id, known.id, "token"))
        return SignedIn(known.id, token)
    chosen = await _allowed(services, caller.account_id, rail) or (
        known.rail if known else services.policy.linkedin_rail
    )
    new = NewAccount(known.id if known else uuid4(), caller.account_id, chosen, login, credentials.country)
    answer = await calling.sign_in(services.rails(chosen), credentials)
    if isinstance(answer, Challenge):
        return await _challenged(services, new, answer, credentials.email)
    return await _connected(services, new, answer)


async def _allowed(services: Services, account_id: UUID, rail: RailName | None) -> RailName | None:
    """Return the rail that is asked for. In test mode it is the simulated one, and no other may be asked for."""
    async with services.database.reading() as tx:
        customer = await customers.find(tx, account_id)
    if customer is None or customer.mode is not Mode.TEST:
        return rail
    if rail not in {None, RailName.SIMULATED}:
        raise RefusedByRail("an account in test mode has the simulated LinkedIn only")
    return RailName.SIMULATED


async def connect(
    services: Services, account_id: UUID, rail: RailName, credentials: Credentials, login: str
) -> SignedIn:
    """Sign in otherwise than by a password: by an authorization code, or as a member who acts by hand.

    Raises:
        RailFailed: as the port documents; a challenge is refused.
    """
    await _allowed(services, account_id, rail)
    answer = await calling.sign_in(services.rails(rail), credentials)
    if isinstance(answer, Challenge):
        raise RefusedByRail("the way to LinkedIn asks for a code, which this sign-in cannot take")
    new = NewAccount(uuid4(), account_id, rail, login_hash(account_id, login or answer.profile_url), answer.country)
    return await _connected(services, new, answer)


async def _challenged(services: Services, new: NewAccount, challenge: Challenge, email: str) -> Challenged:
    expires = services.clock.now() + CODE_LASTS

    async with services.database.transaction() as tx:
        linkedin_id = await accounts.ensure(tx, new)
        text = msgspec.json.encode(challenge).decode()
        sealed = services.vault.seal(text, place(new.account_id, linkedin_id, "challenge"))
        await accounts.challenge(tx, linkedin_id, sealed, expires)
    log.info("linkedin.challenged", linkedin_account=str(linkedin_id), kind=challenge.kind)
    return Challenged(linkedin_id, email)


async def _connected(services: Services, new: NewAccount, session: Session) -> SignedIn:
    async with services.database.transaction() as tx:
        linkedin_id = await accounts.ensure(tx, new)
        known = await accounts.lock(tx, linkedin_id)
        kept = known.token if known.state is SignInState.CONNECTED else None
        # Who signed in at the same moment has this token already; another would make it worthless.
        token = services.vault.open(kept, place(new.account_id, linkedin_id, "token")) if kept else new_token()
        connected = Connected(
            session=seal_session(services, new.account_id, linkedin_id, session),
            token=services.vault.seal(token, place(new.account_id, linkedin_id, "token")),
            token_hash=hash_token(token),
            profile_url=session.profile_url,
            name=session.name,
        )
        now = services.clock.now()
        await accounts.connect(tx, linkedin_id, connected, now)
        await news.watch(tx, linkedin_id, now)
        await pacing.rearm(tx, linkedin_id, now)
    log.info("linkedin.connected", linkedin_account=str(linkedin_id), rail=new.rail)
    return SignedIn(linkedin_id, token)


async def verify(services: Services, caller: Caller, email: str, code: str) -> SignedIn:
    """Answer the open challenge of an e-mail.

    Raises:
        NotFound: no challenge is open for it.
        RefusedByRail: the code is wrong or too old, or too many were tried.
    """
    async with services.database.reading() as tx:
        known = await accounts.challenged(tx, caller.account_id, login_hash(caller.account_id, email))
    if known is None:
        raise NotFound("no sign-in of this e-mail waits for a code")
    challenge = await _attempt(services, known)
    answer = await calling.sign_in(services.rails(known.rail), ChallengeAnswer(challenge, re.sub(r"\s", "", code)))
    new = NewAccount(known.id, known.account_id, known.rail, known.login, known.country)
    if isinstance(answer, Challenge):
        await _challenged(services, new, answer, email)
        raise RefusedByRail("LinkedIn asks for another code: look for a new message")
    return await _connected(services, new, answer)


async def _attempt(services: Services, known: LinkedInAccount) -> Challenge:
    """Spend one attempt of the open challenge, committed before the code is tried."""
    waiting = await accounts.try_challenge(services.database, known.id)
    if waiting is None:
        raise NotFound("no sign-in of this e-mail waits for a code")
    if waiting.attempts > MOST_ATTEMPTS or waiting.expires_at <= services.clock.now():
        async with services.database.transaction() as tx:
            await accounts.drop_challenge(tx, known.id)
        why = "too many codes were tried" if waiting.attempts > MOST_ATTEMPTS else "the code has expired"
        raise RefusedByRail(f"{why}: sign in again")
    text = services.vault.open(waiting.sealed, place(known.account_id, known.id, "challenge"))
    return msgspec.json.decode(text, type=Challenge)
