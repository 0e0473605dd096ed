"""People of the console: added, given a link, let in, shut out."""

import asyncio
import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from overture.domain.console import (
    ABSOLUTE,
    IDLE,
    LINK,
    LOCKED,
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    TRIES,
    ConsoleSession,
    ConsoleUser,
    Role,
)
from overture.domain.errors import Conflict, Invalid, NotFound, Unauthorized
from overture.store import accounts, console
from overture.store.db import Tx
from overture.usecases import auditlog
from overture.usecases.auditlog import Actor
from overture.usecases.services import Services

WRONG = "The e-mail address or the password is wrong, or there were too many tries. Wait a quarter of an hour."
_EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,190}")
_hasher = PasswordHasher()  # argon2id with the parameters of RFC 9106, low memory
_NOBODY = _hasher.hash(secrets.token_urlsafe())


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


async def invite(services: Services, actor: Actor, email: str, name: str, role: Role) -> str:
    """Add a person, or give one that is there a new link; return what stands in the one-time link.

    Raises:
        Invalid: the address is none, or the name is too long.
    """
    address = email.strip().lower()
    problems = [] if _EMAIL.fullmatch(address) else ["email must be an e-mail address"]
    if len(name) > 100 or "\0" in name:
        problems.append("name must be at most 100 characters")
    if problems:
        raise Invalid(problems)
    token = secrets.token_urlsafe(32)
    async with services.database.transaction() as tx:
        user = ConsoleUser(uuid4(), address, name.strip() or address, role, None, 0, None, services.clock.now(), None)
        await console.add(tx, user)
        known = await console.by_email(tx, address)
        assert known is not None
        await console.set_role(tx, known.id, role)
        await console.add_link(tx, _digest(token), known.id, LINK)
        await auditlog.write(services, tx, actor, "console.invite", address, f"role {role}")
    return token


async def link_is_open(services: Services, token: str) -> bool:
    """Return whether a one-time link can still be used."""
    async with services.database.reading() as tx:
        return await console.link_is_open(tx, _digest(token))


async def choose_password(services: Services, token: str, password: str) -> ConsoleUser:
    """Use a one-time link: set the password, end all sessions.

    Raises:
        Invalid: the password is too short or too long.
        NotFound: the link was used, or has expired.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid([f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."])
    hashed = await asyncio.to_thread(_hasher.hash, password)
    async with services.database.transaction() as tx:
        user_id = await console.use_link(tx, _digest(token))
        user = await console.find(tx, user_id) if user_id else None
        if user is None:
            raise NotFound("the link was used, or has expired")
        await console.set_password(tx, user.id, hashed)
        await console.end_all_sessions(tx, user.id)
        await auditlog.write(services, tx, Actor(user.email), "console.password", user.email)
    return user


@dataclass(frozen=True, slots=True)
class From:
    """Where a sign-in comes from."""

    address: str
    browser: str


async def sign_in(services: Services, email: str, password: str, origin: From) -> str:
    """Return a session's token.

    Raises:
        Unauthorized: one sentence for every cause, so that nobody learns which addresses exist.
    """
    async with services.database.reading() as tx:
        user = await console.by_email(tx, email.strip())
        locked = user is not None and await console.is_locked(tx, user.id)
    stored = user.password if user and user.password else _NOBODY
    right = await asyncio.to_thread(_matches, stored, password[:LONGEST_PASSWORD])
    if user is None or locked or user.disabled_at or user.password is None or not right:
        if user is not None and not locked:
            await console.count_failure(services.database, user.id, TRIES, LOCKED)
            await auditlog.record(services, Actor(user.email, address=origin.address), "console.sign_in_failed")
        raise Unauthorized(WRONG)
    async with services.database.transaction() as tx:
        if _hasher.check_needs_rehash(user.password):
            await console.set_password(tx, user.id, await asyncio.to_thread(_hasher.hash, password))
        await tx.execute("UPDATE console_user SET failures = 0, locked_until = NULL WHERE id = $1", user.id)
        return await _begin(services, tx, user, origin)


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


async def _begin(services: Services, tx: Tx, user: ConsoleUser, origin: From) -> str:
    token, now = secrets.token_urlsafe(32), services.clock.now()
    first = next(iter(await accounts.listed(tx)), None)
    account_id = first.id if first else None
    session = ConsoleSession(uuid4(), user.id, account_id, origin.address, origin.browser[:200], now, now, None)
    await console.begin_session(tx, _digest(token), session)
    await auditlog.write(services, tx, Actor(user.email, session.id, origin.address), "console.sign_in", user.email)
    return token


async def begin_session(services: Services, user: ConsoleUser, origin: From) -> str:
    """Sign in somebody who has just proved who they are; return the session's token."""
    async with services.database.transaction() as tx:
        return await _begin(services, tx, user, origin)


async def session(services: Services, token: str) -> tuple[ConsoleSession, ConsoleUser] | None:
    """Return the live session of a token and its person, or None."""
    return await console.use_session(services.database, _digest(token), IDLE, ABSOLUTE) if token else None


async def sign_out(services: Services, user_id: UUID, session_id: UUID) -> None:
    """End a session of a person's own."""
    async with services.database.transaction() as tx:
        if not await console.end_session(tx, user_id, session_id):
            raise NotFound("no such session")


async def sessions(services: Services, user_id: UUID) -> Sequence[ConsoleSession]:
    """Return a person's live sessions."""
    async with services.database.reading() as tx:
        return await console.sessions(tx, user_id, IDLE, ABSOLUTE)


async def look_at(services: Services, session_id: UUID, account_id: UUID) -> None:
    """Choose the account that a session looks at; raises NotFound."""
    async with services.database.transaction() as tx:
        if await accounts.find(tx, account_id) is None:
            raise NotFound("no such account")
        await console.look_at(tx, session_id, account_id)


async def people(services: Services) -> list[ConsoleUser]:
    """Return everybody who may sign in, or once might."""
    async with services.database.reading() as tx:
        return await console.listed(tx)


async def change_role(services: Services, actor: Actor, user_id: UUID, role: Role) -> None:
    """Change what a person may do; the last owner stays one. Raises NotFound or Conflict."""
    async with services.database.transaction() as tx:
        user = await _owners_aside(tx, user_id, leaving=role is not Role.OWNER)
        await console.set_role(tx, user_id, role)
        await auditlog.write(services, tx, actor, "console.role", user.email, f"{user.role} -> {role}")


async def set_disabled(services: Services, actor: Actor, user_id: UUID, *, disabled: bool) -> None:
    """Shut a person out, whose sessions end, or let them in again. Raises NotFound or Conflict."""
    async with services.database.transaction() as tx:
        user = await _owners_aside(tx, user_id, leaving=disabled)
        await console.set_disabled(tx, user_id, services.clock.now() if disabled else None)
        if disabled:
            await console.end_all_sessions(tx, user_id)
        await auditlog.write(services, tx, actor, "console.disable" if disabled else "console.enable", user.email)


async def _owners_aside(tx: Tx, user_id: UUID, *, leaving: bool) -> ConsoleUser:
    everybody = await console.listed(tx)
    user = next((one for one in everybody if one.id == user_id), None)
    if user is None:
        raise NotFound("no such person")
    others = [one for one in everybody if one.role is Role.OWNER and not one.disabled_at and one.id != user_id]
    if leaving and user.role is Role.OWNER and not others:
        raise Conflict("the last owner cannot leave")
    return user
