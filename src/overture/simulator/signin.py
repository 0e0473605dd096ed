"""Signing in: passwords, challenges by mail, sessions that end."""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from overture.domain.errors import NotAvailableOnRail, RefusedByRail, Restricted
from overture.domain.linkedin.accounts import (
    Challenge,
    ChallengeAnswer,
    ChallengeKind,
    Credentials,
    Password,
    Session,
)
from overture.simulator import clock, urns
from overture.simulator.access import token
from overture.simulator.db import Row, Tx

WRONG = "the e-mail address or the password is wrong"
FAILURES = 5
"""Wrong passwords in a row; then nobody signs in for LOCKED."""
LOCKED = timedelta(minutes=15)
CODE_LIVES = timedelta(minutes=10)
CODE_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What came of an attempt; ``refusal`` is raised once what happened is committed."""

    answer: Session | Challenge | None
    member: int | None
    refusal: RefusedByRail | Restricted | None = None


def hashed(password: str, salt: bytes) -> bytes:
    """A password as it is stored. Cheap on purpose: nobody real has one here."""
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, n=256, r=8, p=1)


async def sign_in(tx: Tx, credentials: Credentials) -> SignedIn:
    """Sign in, or answer a challenge.

    Raises:
        NotAvailableOnRail: the credentials are of a kind that the simulated LinkedIn does not know.
    """
    if isinstance(credentials, Password):
        return await _with_password(tx, credentials)
    if isinstance(credentials, ChallengeAnswer):
        return await _with_code(tx, credentials)
    raise NotAvailableOnRail("the simulated LinkedIn signs in with e-mail address and password")


async def _account(tx: Tx, email: str) -> Row | None:
    return await tx.row(
        "SELECT a.*, m.first_name, m.last_name, m.public_id, w.limits, w.secret,"
        " greatest(simulated.clock(), a.last_at) AS now"
        " FROM simulated.account a JOIN simulated.member m ON m.id = a.member_id CROSS JOIN simulated.world w"
        " WHERE a.email = $1 FOR UPDATE OF a",
        email.replace("\0", "").encode("utf-8", "replace").decode().strip().lower(),
    )


async def _with_password(tx: Tx, credentials: Password) -> SignedIn:
    row = await _account(tx, credentials.email)
    if row is None:
        return SignedIn(None, None, RefusedByRail(WRONG))
    member, now = row["member_id"], row["now"]
    if row["locked_until"] is not None and row["locked_until"] > now:
        return SignedIn(None, member, RefusedByRail("too many wrong passwords; try again in some minutes"))
    if not hmac.compare_digest(hashed(credentials.password, row["salt"]), row["password"]):
        failures = row["failures"] + 1
        await tx.execute(
            "UPDATE simulated.account SET failures = $2, locked_until = $3 WHERE member_id = $1",
            member,
            failures % FAILURES,
            now + LOCKED if failures >= FAILURES else None,
        )
        return SignedIn(None, member, RefusedByRail(WRONG))
    await tx.execute("UPDATE simulated.account SET failures = 0, locked_until = NULL WHERE member_id = $1", member)
    if row["state"] == "restricted" and row["restricted_until"] > now:
        return SignedIn(None, member, Restricted("LinkedIn has restricted the account", row["restricted_until"]))
    live = await tx.row(
        "SELECT id, country FROM simulated.session WHERE member_id = $1 AND revoked_at IS NULL AND expires_at > $2",
        member,
        now,
    )
    if live is not None and row["state"] != "checkpoint":
        return SignedIn(_session(row, live["id"], live["country"]), member)
    if row["challenged"] or row["state"] == "checkpoint":
        return SignedIn(await _challenge(tx, row, credentials.country), member)
    return SignedIn(await _open(tx, row, credentials.country), member)


async def _challenge(tx: Tx, row: Row, country: str) -> Challenge:
    """Send a code by mail; an earlier one is void."""
    await tx.execute(
        "UPDATE simulated.challenge SET ended_at = $2 WHERE member_id = $1 AND ended_at IS NULL",
        row["member_id"],
        row["now"],
    )
    number, code = uuid4(), f"{secrets.randbelow(1_000_000):06d}"
    await tx.execute(
        "INSERT INTO simulated.challenge (id, member_id, email, country, code, expires_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        number,
        row["member_id"],
        row["email"],
        country,
        code,
        row["now"] + CODE_LIVES,
    )
    await tx.execute(
        "INSERT INTO simulated.outbox (at, email, subject, code) VALUES ($1, $2, 'Your verification code', $3)",
        row["now"],
        row["email"],
        code,
    )
    return Challenge(ChallengeKind.CODE, str(number), row["email"])


async def _with_code(tx: Tx, answer: ChallengeAnswer) -> SignedIn:
    try:
        number = UUID(answer.challenge.state)
    except ValueError:
        return SignedIn(None, None, RefusedByRail("there is no such challenge"))
    challenge = await tx.row("SELECT * FROM simulated.challenge WHERE id = $1 FOR UPDATE", number)
    if challenge is None or challenge["email"] != answer.challenge.sent_to.strip().lower():
        return SignedIn(None, None, RefusedByRail("there is no such challenge"))
    row = await _account(tx, challenge["email"])
    assert row is not None
    refusal = await _judge(tx, challenge, answer.code, row["now"])
    if refusal is not None:
        return SignedIn(None, row["member_id"], refusal)
    await tx.execute("UPDATE simulated.challenge SET ended_at = $2 WHERE id = $1", number, row["now"])
    await tx.execute(
        "UPDATE simulated.account SET state = 'good', restricted_until = NULL WHERE member_id = $1 AND"
        " state = 'checkpoint'",
        row["member_id"],
    )
    return SignedIn(await _open(tx, row, challenge["country"]), row["member_id"])


async def _judge(tx: Tx, challenge: Row, code: str, now: datetime) -> RefusedByRail | None:
    if challenge["ended_at"] is not None:
        return RefusedByRail("the code was used already, or another was sent since")
    if challenge["expires_at"] <= now:
        return RefusedByRail("the code has expired; sign in again for another")
    if challenge["attempts"] >= CODE_ATTEMPTS:
        return RefusedByRail("too many wrong codes; sign in again for another")
    if not hmac.compare_digest(challenge["code"].encode(), code.strip().encode("utf-8", "replace")):
        await tx.execute("UPDATE simulated.challenge SET attempts = attempts + 1 WHERE id = $1", challenge["id"])
        return RefusedByRail("the code is wrong")
    return None


async def _open(tx: Tx, row: Row, country: str) -> Session:
    """Begin a session; an earlier one that has ended by itself is closed, a live one is replaced."""
    await tx.execute(
        "UPDATE simulated.session SET revoked_at = $2 WHERE member_id = $1 AND revoked_at IS NULL",
        row["member_id"],
        row["now"],
    )
    number = uuid4()
    days = json.loads(row["limits"])["premium" if row["premium"] else "basic"]["session_days"]
    await tx.execute(
        "INSERT INTO simulated.session (id, member_id, country, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        number,
        row["member_id"],
        country[:10],
        row["now"],
        row["now"] + timedelta(days=days),
    )
    return _session(row, number, country)


def _session(row: Row, number: UUID, country: str) -> Session:
    return Session(
        secret=token(row["secret"], number),
        member_urn=urns.member(row["member_id"]),
        profile_url=urns.profile_url(row["public_id"]),
        name=f"{row['first_name']} {row['last_name']}",
        country=country,
    )


async def revoke(tx: Tx, email: str) -> bool:
    """End an account's session from LinkedIn's side, as when a member signs out everywhere. False: there was none."""
    now = await clock.now(tx)
    touched = await tx.execute(
        "UPDATE simulated.session SET revoked_at = greatest($2, created_at) WHERE revoked_at IS NULL AND member_id ="
        " (SELECT member_id FROM simulated.account WHERE email = $1 FOR UPDATE)",
        email.lower(),
        now,
    )
    await tx.execute(
        "INSERT INTO simulated.news (member_id, at, kind, ref, text)"
        " SELECT a.member_id, greatest($2, a.last_at), 'disconnected', (SELECT count(*) FROM simulated.news n"
        " WHERE n.member_id = a.member_id AND n.kind = 'disconnected'), 'the session was ended'"
        " FROM simulated.account a WHERE a.email = $1 AND $3",
        email.lower(),
        now,
        touched > 0,
    )
    return touched > 0
