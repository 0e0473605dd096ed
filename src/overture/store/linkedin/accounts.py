"""LinkedIn accounts, their challenges, and the lease under which one process at a time acts for one of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from overture.domain.linkedin.accounts import RailName, SignInState
from overture.domain.linkedin.budgets import MemberPlan
from overture.store.db import Database, ReadTx, Row, Tx

_FIELDS: LiteralString = (
    "id, account_id, rail, login, country, state, reason, paused_until, session, token, profile_url, name, plan,"
    " caps, ramp, hours, connected_at, cursor, created_at"
)


@dataclass(frozen=True, slots=True)
class LinkedInAccount:
    """An account's own row; ``session`` and ``token`` are sealed, ``caps`` and ``hours`` as the operator set them."""

    id: UUID
    account_id: UUID
    rail: RailName
    login: bytes
    country: str
    state: SignInState
    reason: str
    paused_until: datetime | None
    session: bytes | None
    token: bytes | None
    profile_url: str
    name: str
    plan: MemberPlan
    caps: Mapping[str, Mapping[str, int | None]]
    ramp: bool
    hours: Mapping[str, object] | None
    connected_at: datetime | None
    cursor: str
    created_at: datetime


def _account(row: Row) -> LinkedInAccount:
    values = dict(row)
    values["rail"] = RailName(values["rail"])
    values["state"] = SignInState(values["state"])
    values["plan"] = MemberPlan(values["plan"])
    values["caps"] = json.loads(values["caps"])
    values["hours"] = json.loads(values["hours"]) if values["hours"] else None
    return LinkedInAccount(**values)


async def find(tx: ReadTx, linkedin_id: UUID) -> LinkedInAccount | None:
    """Return one account."""
    row = await tx.row("SELECT " + _FIELDS + " FROM linkedin_account WHERE id = $1", linkedin_id)
    return _account(row) if row else None


async def by_token(database: Database, account_id: UUID, token_hash: bytes) -> LinkedInAccount | None:
    """Return the account that a presented token belongs to, among those of one customer."""
    row = await database.once(
        "SELECT " + _FIELDS + " FROM linkedin_account WHERE token_hash = $2 AND account_id = $1", account_id, token_hash
    )
    return _account(row) if row else None


async def by_login(tx: ReadTx, account_id: UUID, login: bytes, rail: RailName | None) -> LinkedInAccount | None:
    """Return the account with this login; without a rail, the newest of any."""
    row = await tx.row(
        "SELECT " + _FIELDS + " FROM linkedin_account WHERE account_id = $1 AND login = $2"
        " AND ($3::text IS NULL OR rail = $3) ORDER BY created_at DESC, id LIMIT 1",
        account_id,
        login,
        rail,
    )
    return _account(row) if row else None


async def challenged(tx: ReadTx, account_id: UUID, login: bytes) -> LinkedInAccount | None:
    """Return the account with this login whose challenge is the newest that is open, on whatever rail."""
    row = await tx.row(
        "SELECT " + _FIELDS + " FROM linkedin_account a WHERE account_id = $1 AND login = $2 AND EXISTS"
        " (SELECT FROM linkedin_challenge c WHERE c.linkedin_account_id = a.id) ORDER BY (SELECT expires_at"
        " FROM linkedin_challenge c WHERE c.linkedin_account_id = a.id) DESC LIMIT 1",
        account_id,
        login,
    )
    return _account(row) if row else None


async def listed(tx: ReadTx, account_id: UUID | None) -> list[LinkedInAccount]:
    """Return the accounts of a customer, or all, oldest first."""
    rows = await tx.fetch(
        "SELECT " + _FIELDS + " FROM linkedin_account WHERE $1::uuid IS NULL OR account_id = $1"
        " ORDER BY created_at, id",
        account_id,
    )
    return [_account(row) for row in rows]


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account that signs in for the first time."""

    id: UUID
    account_id: UUID
    rail: RailName
    login: bytes
    country: str


async def ensure(tx: Tx, new: NewAccount) -> UUID:
    """Return the id of the account with this login, added where it is new (as challenged, until it is connected)."""
    found = await tx.value(
        "INSERT INTO linkedin_account (id, account_id, rail, login, country, state) VALUES ($1, $2, $3, $4, $5,"
        " 'challenged') ON CONFLICT (account_id, rail, login) DO UPDATE SET country = excluded.country RETURNING id",
        new.id,
        new.account_id,
        new.rail,
        new.login,
        new.country,
    )
    assert isinstance(found, UUID)
    return found


async def challenge(tx: Tx, linkedin_id: UUID, sealed: bytes, expires_at: datetime) -> None:
    """Keep a challenge; one that was open before is forgotten, and its attempts with it."""
    await tx.execute(
        "INSERT INTO linkedin_challenge (linkedin_account_id, sealed, expires_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (linkedin_account_id) DO UPDATE SET sealed = excluded.sealed, expires_at = excluded.expires_at,"
        " attempts = 0",
        linkedin_id,
        sealed,
        expires_at,
    )


@dataclass(frozen=True, slots=True)
class OpenChallenge:
    """A challenge that waits for its code; ``attempts`` counts the one being made."""

    sealed: bytes
    attempts: int
    expires_at: datetime


async def try_challenge(database: Database, linkedin_id: UUID) -> OpenChallenge | None:
    """Count an attempt, committed before the code is tried; None where no challenge is open."""
    row = await database.once(
        "UPDATE linkedin_challenge SET attempts = attempts + 1 WHERE linkedin_account_id = $1"
        " RETURNING sealed, attempts, expires_at",
        linkedin_id,
    )
    return OpenChallenge(*row) if row else None


async def drop_challenge(tx: Tx, linkedin_id: UUID) -> None:
    """Forget the open challenge."""
    await tx.execute("DELETE FROM linkedin_challenge WHERE linkedin_account_id = $1", linkedin_id)


@dataclass(frozen=True, slots=True)
class Connected:
    """What a successful sign-in leaves: sealed session and token, and who it is."""

    session: bytes
    token: bytes
    token_hash: bytes
    profile_url: str
    name: str


async def connect(tx: Tx, linkedin_id: UUID, connected: Connected, at: datetime) -> None:
    """Note that the account is signed in; its challenge is over, a restriction that was known is lifted.

    ``at`` begins the ramp-up where this is the first time.
    """
    await tx.execute(
        "UPDATE linkedin_account SET state = 'connected', reason = '', paused_until = NULL, session = $2, token = $3,"
        " token_hash = $4, profile_url = $5, name = $6, connected_at = coalesce(connected_at, $7) WHERE id = $1",
        linkedin_id,
        connected.session,
        connected.token,
        connected.token_hash,
        connected.profile_url,
        connected.name,
        at,
    )
    await drop_challenge(tx, linkedin_id)


async def renew(tx: Tx, linkedin_id: UUID, session: bytes) -> None:
    """Note that the account has a new session under the token it had; a restriction that was known is lifted."""
    await tx.execute(
        "UPDATE linkedin_account SET state = 'connected', reason = '', paused_until = NULL, session = $2 WHERE id = $1",
        linkedin_id,
        session,
    )


async def set_state(
    tx: Tx, linkedin_id: UUID, state: SignInState, reason: str, paused_until: datetime | None = None
) -> bool:
    """Note that the session expired or the account is restricted; False where that was known already."""
    return (
        await tx.execute(
            "UPDATE linkedin_account SET state = $2, reason = $3, paused_until = $4 WHERE id = $1"
            " AND (state, reason, paused_until) IS DISTINCT FROM ($2, $3, $4::timestamptz) AND session IS NOT NULL",
            linkedin_id,
            state,
            reason,
            paused_until,
        )
        == 1
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What the operator sets; None leaves a value as it is."""

    plan: MemberPlan | None = None
    caps: Mapping[str, Mapping[str, int | None]] | None = None
    ramp: bool | None = None
    hours: Mapping[str, object] | None = None


async def choose(tx: Tx, linkedin_id: UUID, choices: Choices) -> bool:
    """Store the operator's choices; False where there is no such account."""
    return (
        await tx.execute(
            "UPDATE linkedin_account SET plan = coalesce($2, plan), caps = coalesce($3::jsonb, caps),"
            " ramp = coalesce($4, ramp), hours = coalesce($5::jsonb, hours) WHERE id = $1",
            linkedin_id,
            choices.plan,
            None if choices.caps is None else json.dumps(choices.caps),
            choices.ramp,
            None if choices.hours is None else json.dumps(choices.hours),
        )
        == 1
    )


async def lock(tx: Tx, linkedin_id: UUID) -> LinkedInAccount:
    """Return an account, its row locked until the commit."""
    row = await tx.row("SELECT " + _FIELDS + " FROM linkedin_account WHERE id = $1 FOR UPDATE", linkedin_id)
    assert row is not None
    return _account(row)


async def lift_restriction(tx: Tx, linkedin_id: UUID) -> None:
    """Note that LinkedIn let the account act again."""
    await tx.execute(
        "UPDATE linkedin_account SET state = 'connected', reason = '', paused_until = NULL"
        " WHERE id = $1 AND state = 'restricted'",
        linkedin_id,
    )


async def take_lease(tx: Tx, linkedin_id: UUID, lease: UUID, seconds: float) -> LinkedInAccount | None:
    """Take the right to act for an account, and return it; None while another process holds the right.

    The row stays locked until the commit.
    """
    row = await tx.row(
        "UPDATE linkedin_account SET lease = $2, lease_until = clock_timestamp() + make_interval(secs => $3)"
        " WHERE id = $1 AND (lease IS NULL OR lease_until <= clock_timestamp()) RETURNING " + _FIELDS,
        linkedin_id,
        lease,
        seconds,
    )
    return _account(row) if row else None


async def drop_lease(tx: Tx, linkedin_id: UUID, lease: UUID, *, lifts: bool = False) -> None:
    """Give the right back, if it is still held; ``lifts``: LinkedIn let the account act, so a restriction is over."""
    await tx.execute(
        "UPDATE linkedin_account SET lease = CASE WHEN lease = $2 THEN NULL ELSE lease END,"
        " lease_until = CASE WHEN lease = $2 THEN NULL ELSE lease_until END,"
        " state = CASE WHEN $3 AND state = 'restricted' THEN 'connected' ELSE state END,"
        " reason = CASE WHEN $3 AND state = 'restricted' THEN '' ELSE reason END,"
        " paused_until = CASE WHEN $3 AND state = 'restricted' THEN NULL ELSE paused_until END"
        " WHERE id = $1 AND (lease = $2 OR $3 AND state = 'restricted')",
        linkedin_id,
        lease,
        lifts,
    )
