"""Who is calling, at what time, under which limits; what is set to go wrong; what is written down of each call."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

from overture.domain.errors import RailUnreachable, Restricted, SessionExpired
from overture.simulator import clock
from overture.simulator.db import Row, Tx
from overture.simulator.limits import Limits

PREFIX = "AQED"
"""How LinkedIn's own session cookies begin."""

_CALLER: LiteralString = (
    "SELECT s.member_id, s.expires_at, s.revoked_at, a.premium, a.state, a.restricted_until, a.invites_until,"
    " a.views_until, a.strikes, m.first_name, m.french, w.limits, w.seed, w.secret,"
    " greatest(simulated.clock(), a.last_at) AS now,"
    " EXISTS (SELECT FROM simulated.fault WHERE remaining > 0) AS faulty,"
    " " + clock.FIRST_DUE + " <= simulated.clock() AS behind"
    " FROM simulated.session s JOIN simulated.account a USING (member_id)"
    " JOIN simulated.member m ON m.id = s.member_id CROSS JOIN simulated.world w WHERE s.id = $1"
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks or acts. ``member`` is 0 for data that no account is needed for."""

    member: int
    now: datetime
    limits: Limits
    seed: int
    first_name: str = ""
    strikes: int = 0
    invites_until: datetime | None = None
    views_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong with this call."""

    kind: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Caller:
    """A viewer whose session may turn out to be gone, and what is set to go wrong."""

    viewer: Viewer
    problem: SessionExpired | Restricted | None
    fault: Fault | None


class Behind(Exception):
    """Something is to happen first: by now it is due."""


def token(secret: bytes, session_id: UUID) -> str:
    """The token of a session; the same session has the same token."""
    seal = hmac.digest(secret, session_id.bytes, hashlib.sha256)[:20]
    return PREFIX + urlsafe_b64encode(session_id.bytes + seal).decode()


def session_of(text: str) -> UUID | None:
    """The session that a token names; whether it is genuine is for ``token`` to say."""
    try:
        raw = urlsafe_b64decode(text.removeprefix(PREFIX).encode())
    except (ValueError, UnicodeEncodeError):
        return None
    return UUID(bytes=raw[:16]) if text.startswith(PREFIX) and len(raw) == 36 else None


async def identify(tx: Tx, secret: str, name: str, *, lock: bool) -> Caller:
    """Say who holds a token. With ``lock`` nothing else happens to the account until the transaction ends.

    Raises:
        SessionExpired: there is no such session at all.
        Behind: what is due has to happen before.
    """
    session_id = session_of(secret)
    row = None
    if session_id is not None:
        statement: LiteralString = _CALLER + " FOR UPDATE OF a" if lock else _CALLER
        row = await tx.row(statement, session_id)
    if session_id is None or row is None or not hmac.compare_digest(token(row["secret"], session_id), secret):
        raise SessionExpired("LinkedIn knows no such session; sign in again")
    if row["behind"]:
        raise Behind
    if row["state"] == "restricted" and row["restricted_until"] <= row["now"]:
        await tx.execute(
            "UPDATE simulated.account SET state = 'good', restricted_until = NULL WHERE member_id = $1",
            row["member_id"],
        )
    fault = await _fault(tx, row["member_id"], name) if row["faulty"] else None
    return Caller(_viewer(row), _problem(row), fault)


async def anyone(tx: Tx) -> Viewer:
    """A viewer without an account."""
    row = await tx.row("SELECT simulated.clock() AS now, seed FROM simulated.world")
    assert row is not None
    return Viewer(0, row["now"], Limits(), row["seed"])


def _viewer(row: Row) -> Viewer:
    limits = Limits(**json.loads(row["limits"])["premium" if row["premium"] else "basic"])
    return Viewer(
        row["member_id"],
        row["now"],
        limits,
        row["seed"],
        row["first_name"],
        row["strikes"],
        row["invites_until"],
        row["views_until"],
    )


def _problem(row: Row) -> SessionExpired | Restricted | None:
    if row["state"] == "checkpoint":
        return Restricted("LinkedIn wants to know that it is you; sign in again and answer its challenge")
    if row["revoked_at"] is not None or row["expires_at"] <= row["now"]:
        return SessionExpired("the session has ended; sign in again")
    if row["state"] == "restricted" and row["restricted_until"] > row["now"]:
        return Restricted("LinkedIn has restricted the account for a while", row["restricted_until"])
    return None


async def _fault(tx: Tx, member: int, name: str) -> Fault | None:
    row = await tx.row(
        "UPDATE simulated.fault SET remaining = remaining - 1 WHERE id ="
        " (SELECT id FROM simulated.fault WHERE remaining > 0 AND coalesce(member_id, $1) = $1"
        " AND coalesce(name, $2) = $2 AND ($2 = 'news' OR kind NOT LIKE 'news%') ORDER BY id LIMIT 1 FOR UPDATE)"
        " AND remaining > 0 RETURNING kind, seconds",
        member,
        name,
    )
    return Fault(row["kind"], row["seconds"]) if row else None


async def suffer(tx: Tx, viewer: Viewer, fault: Fault) -> None:
    """Let a fault that comes before the effect happen.

    Raises:
        RailUnreachable, SessionExpired, Restricted: as the fault says.
    """
    if fault.kind == "fail_before":
        raise RailUnreachable("the connection to LinkedIn failed before anything was sent")
    if fault.kind == "expired":
        await end_sessions(tx, viewer)
        raise SessionExpired("the session has ended; sign in again")
    if fault.kind == "checkpoint":
        await checkpoint(tx, viewer, "LinkedIn wants to know that it is you")
    if fault.kind == "limit":
        await restrict(tx, viewer, "LinkedIn answers that there were too many requests")


async def checkpoint(tx: Tx, viewer: Viewer, reason: str) -> None:
    """End the account's sessions; the next sign-in is challenged.

    Raises:
        Restricted: always.
    """
    await tx.execute("UPDATE simulated.account SET state = 'checkpoint', restricted_until = NULL WHERE member_id = $1",
                     viewer.member)  # fmt: skip
    await end_sessions(tx, viewer, reason)
    raise Restricted(f"{reason}; sign in again and answer its challenge")


async def restrict(tx: Tx, viewer: Viewer, reason: str) -> None:
    """Close the account for a day, for a week where that has happened before.

    Raises:
        Restricted: always.
    """
    hours = viewer.limits.restriction_hours * (7 if viewer.strikes else 1)
    until = viewer.now + timedelta(hours=hours)
    await tx.execute(
        "UPDATE simulated.account SET state = 'restricted', restricted_until = $2, strikes = strikes + 1"
        " WHERE member_id = $1",
        viewer.member,
        until,
    )
    await _disconnected(tx, viewer, reason)
    raise Restricted(reason, until)


async def end_sessions(tx: Tx, viewer: Viewer, reason: str = "the session has ended") -> None:
    """Revoke the account's session, and tell its followers of news."""
    await tx.execute(
        "UPDATE simulated.session SET revoked_at = $2 WHERE member_id = $1 AND revoked_at IS NULL",
        viewer.member,
        viewer.now,
    )
    await _disconnected(tx, viewer, reason)


async def _disconnected(tx: Tx, viewer: Viewer, reason: str) -> None:
    await tx.execute(
        "INSERT INTO simulated.news (member_id, at, kind, ref, text)"
        " SELECT $1, $2, 'disconnected', count(*), $3 FROM simulated.news WHERE member_id = $1"
        " AND kind = 'disconnected'",
        viewer.member,
        viewer.now,
        reason,
    )


@dataclass(frozen=True, slots=True)
class Arrival:
    """A call that reached LinkedIn. ``effect`` is a state of an action, ``read``, or the name of an error."""

    name: str
    target: str = ""
    acts: bool = False
    key: str = ""
    text: str = ""
    effect: str = "read"
    detail: str = ""


async def record(tx: Tx, viewer: Viewer | None, arrival: Arrival, *, touches: bool = False) -> None:
    """Write a call down. Of texts only a hash is kept here. ``touches``: nothing may happen to the account earlier."""
    digest = hashlib.sha256(arrival.text.encode("utf-8", "surrogatepass")).hexdigest()[:32] if arrival.text else ""
    await tx.execute(
        "WITH t AS (UPDATE simulated.account SET last_at = greatest(last_at, $1::timestamptz)"
        " WHERE $10 AND member_id = $2::bigint)"
        " INSERT INTO simulated.arrival (at, member_id, name, acts, target, key, text_hash, effect, detail)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        viewer.now if viewer else await clock.now(tx),
        viewer.member if viewer else None,
        arrival.name,
        arrival.acts,
        arrival.target.replace("\0", "")[:300],
        arrival.key.replace("\0", "")[:200],
        digest,
        arrival.effect,
        arrival.detail.replace("\0", "")[:300],
        touches,
    )
