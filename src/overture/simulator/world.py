"""What an operator can do with a simulated LinkedIn: make one, give people accounts, let time pass, look at the log."""

import json
import secrets
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from overture.domain.errors import Invalid, NotFound
from overture.simulator import audit, building, clock, life, schema, signin, urns
from overture.simulator.db import Pool, open_pool
from overture.simulator.door import Door
from overture.simulator.limits import Limits

EPOCH = datetime(2026, 11, 2, 8, tzinfo=UTC)
"""When a world begins unless told otherwise: a Monday morning. Years of careers and posts are behind it."""

LARGEST = 200_000
CONNECTIONS = 150


class FaultKind(StrEnum):
    """What can be set to go wrong with the next calls."""

    FAIL_BEFORE = "fail_before"
    """The call does not arrive; nothing happens."""
    TIMEOUT_AFTER = "timeout_after"
    """It happens, and no answer comes."""
    SLOW_AFTER = "slow_after"
    """It happens, and the answer takes a while."""
    EXPIRED = "expired"
    CHECKPOINT = "checkpoint"
    LIMIT = "limit"
    NEWS_TWICE = "news_twice"
    NEWS_LATE = "news_late"
    NEWS_REORDERED = "news_reordered"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A member who can sign in now."""

    email: str
    password: str
    member_urn: str
    profile_url: str
    name: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A code that was mailed."""

    at: datetime
    email: str
    code: str


@dataclass(frozen=True, slots=True)
class Logged:
    """A call that arrived. ``effect`` is a state of an action, ``read``, or the name of the error that was raised."""

    at: datetime
    account: int
    name: str
    target: str
    key: str
    text_hash: str
    effect: str
    detail: str


class World:
    """The simulated LinkedIn of one database."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.door = Door(pool)

    async def exists(self) -> bool:
        """Has a world been created?"""
        return await schema.exists(self._pool)

    async def create(self, seed: int, members: int, *, starts_at: datetime = EPOCH, frozen: bool = True) -> None:
        """Make a world, in place of the one that may be there. Equal arguments make equal worlds.

        Raises:
            Invalid: fewer than 100 members, or more than 200,000.
        """
        if not 100 <= members <= LARGEST or not -(2**63) <= seed < 2**63:
            raise Invalid([f"a world has 100 to {LARGEST} members, and a seed of 64 bits"])
        await building.build(self._pool, seed, members, starts_at, frozen=frozen)

    async def upgrade(self) -> None:
        """Bring an existing world's schema up to date.

        Raises:
            Misconfigured: there is none.
        """
        await schema.bring_up_to_date(self._pool)

    async def drop(self) -> None:
        """Remove the world with its schema."""
        async with self._pool.transaction() as tx:
            await schema.drop(tx)

    async def enrol(
        self,
        number: int | None = None,
        *,
        premium: bool = False,
        challenged: bool = False,
        connections: int = CONNECTIONS,
        password: str | None = None,
    ) -> Enrolled:
        """Give a member an account: with connections, a job post of the company, and a life of its own ahead.

        The connections are members without an account. Without ``number`` the lowest that has none is taken.
        ``challenged`` means that a sign-in asks for a code by mail.

        Raises:
            NotFound: there is no such member, or it has an account already.
        """
        chosen = password or secrets.token_urlsafe(12)
        salt = secrets.token_bytes(16)
        async with self._pool.transaction() as tx:
            row = await tx.row(
                "INSERT INTO simulated.account (member_id, email, salt, password, premium, challenged, last_at)"
                " SELECT m.id, m.email, $2, $3, $4, $5, simulated.clock() FROM simulated.member m"
                " WHERE m.id = coalesce($1, (SELECT min(id) FROM simulated.member f WHERE NOT EXISTS"
                " (SELECT FROM simulated.account a WHERE a.member_id = f.id)))"
                " ON CONFLICT DO NOTHING RETURNING member_id, email, last_at",
                number,
                salt,
                signin.hashed(chosen, salt),
                premium,
                challenged,
            )
            if row is None:
                raise NotFound("there is no such member, or it has an account already")
            member = row["member_id"]
            await tx.execute(
                "INSERT INTO simulated.connection (a, b, since)"
                " SELECT v.x, v.y, w.epoch - (m.id % 900 + 1) * '1 day'::interval FROM simulated.world w,"
                " LATERAL (SELECT f.id FROM simulated.member f WHERE NOT EXISTS"
                " (SELECT FROM simulated.account a WHERE a.member_id = f.id)"
                " ORDER BY hashint8extended(f.id, w.seed # $1) LIMIT $2) m"
                " CROSS JOIN LATERAL (VALUES ($1::bigint, m.id), (m.id, $1)) v(x, y)"
                " ORDER BY 1, 2 ON CONFLICT DO NOTHING",
                member,
                connections,
            )
            await tx.execute(
                "UPDATE simulated.job SET poster = $1 WHERE id = (SELECT j.id FROM simulated.job j"
                " JOIN simulated.member m ON m.id = $1 WHERE j.state = 'open' AND NOT EXISTS"
                " (SELECT FROM simulated.account a WHERE a.member_id = j.poster AND a.member_id <> $1)"
                " ORDER BY j.company_id <> m.company_id, j.applicants = 0, j.id LIMIT 1)",
                member,
            )
            await life.begin_season(tx, member, row["last_at"])
            shown = await tx.row("SELECT public_id, first_name, last_name FROM simulated.member WHERE id = $1", member)
        assert shown is not None
        return Enrolled(
            row["email"],
            chosen,
            urns.member(member),
            urns.profile_url(shown["public_id"]),
            f"{shown['first_name']} {shown['last_name']}",
        )

    async def now(self) -> datetime:
        """The world's present time."""
        async with self._pool.transaction() as tx:
            return await clock.now(tx)

    async def advance(self, by: timedelta) -> int:
        """Let time pass; return how many things members did meanwhile."""
        return await self.advance_to(await self.now() + max(by, timedelta()))

    async def advance_to(self, moment: datetime) -> int:
        """Let time pass until a moment; one that is past changes nothing."""
        return await life.pass_until(self._pool, moment)

    async def freeze(self) -> datetime:
        """Stop the clock; only ``advance`` moves it."""
        async with self._pool.transaction() as tx:
            return await clock.freeze(tx)

    async def run(self) -> datetime:
        """Let the clock run as fast as real time."""
        async with self._pool.transaction() as tx:
            return await clock.run(tx)

    async def outbox(self, email: str = "") -> list[Mail]:
        """Codes that were mailed, newest first; of one address, or of all."""
        async with self._pool.transaction() as tx:
            rows = await tx.fetch(
                "SELECT at, email, code FROM simulated.outbox WHERE $1 IN ('', email) ORDER BY id DESC LIMIT 100",
                email.lower(),
            )
        return [Mail(row["at"], row["email"], row["code"]) for row in rows]

    async def revoke(self, email: str) -> bool:
        """End an account's session from LinkedIn's side. False: there was none."""
        async with self._pool.transaction() as tx:
            return await signin.revoke(tx, email)

    async def set_limit(self, name: str, value: int, *, premium: bool | None = None) -> None:
        """Change one of LinkedIn's limits, for basic and premium accounts, or for one of the two.

        Raises:
            Invalid: there is no such limit.
        """
        if name not in Limits.names() or value < 0:
            raise Invalid([f"no such limit: {name}"])
        kinds = ["basic", "premium"] if premium is None else ["premium" if premium else "basic"]
        async with self._pool.transaction() as tx:
            limits = json.loads(await tx.value("SELECT limits FROM simulated.world FOR UPDATE"))
            for kind in kinds:
                limits[kind][name] = value
            await tx.execute("UPDATE simulated.world SET limits = $1", json.dumps(limits))

    async def fault(
        self, kind: FaultKind, *, times: int = 1, name: str | None = None, email: str = "", seconds: float = 0
    ) -> None:
        """Set the next ``times`` calls to go wrong.

        ``name`` is that of an action or a question, or ``news``; without one it is any call, without ``email`` any
        account.

        Raises:
            NotFound: no account has the address.
        """
        async with self._pool.transaction() as tx:
            member = None
            if email:
                member = await tx.value("SELECT member_id FROM simulated.account WHERE email = $1", email.lower())
                if member is None:
                    raise NotFound("no account has this address")
            await tx.execute(
                "INSERT INTO simulated.fault (member_id, name, kind, remaining, seconds) VALUES ($1, $2, $3, $4, $5)",
                member,
                name,
                kind.value,
                max(times, 0),
                seconds,
            )

    async def arrivals(self, *, acts_only: bool = True, limit: int = 1000) -> list[Logged]:
        """Calls that arrived, oldest first."""
        async with self._pool.transaction() as tx:
            rows = await tx.fetch(
                "SELECT * FROM (SELECT * FROM simulated.arrival WHERE acts OR NOT $1 ORDER BY id DESC LIMIT $2) a"
                " ORDER BY id",
                acts_only,
                limit,
            )
        return [
            Logged(
                row["at"],
                row["member_id"] or 0,
                row["name"],
                row["target"],
                row["key"],
                row["text_hash"],
                row["effect"],
                row["detail"],
            )
            for row in rows
        ]

    async def doubles(self) -> list[audit.Double]:
        """What had an effect twice."""
        async with self._pool.transaction() as tx:
            return await audit.doubles(tx)

    async def after_answers(self) -> list[audit.Late]:
        """Messages that were sent over an unread answer."""
        async with self._pool.transaction() as tx:
            return await audit.after_answers(tx)

    async def peaks(self) -> list[audit.Peak]:
        """The most that each account did within a day and a week."""
        async with self._pool.transaction() as tx:
            return await audit.peaks(tx)

    async def outside(self, allowed: Sequence[audit.Hours]) -> list[audit.Outside]:
        """Calls to act that arrived outside hours."""
        async with self._pool.transaction() as tx:
            return await audit.outside(tx, allowed)

    async def overruns(self, ceilings: Sequence[audit.Ceiling]) -> list[audit.Overrun]:
        """Effects beyond ceilings."""
        async with self._pool.transaction() as tx:
            return await audit.overruns(tx, ceilings)

    async def mishaps(self) -> audit.Mishaps:
        """Notes that were dropped, and restrictions for going too fast."""
        async with self._pool.transaction() as tx:
            return await audit.mishaps(tx)

    async def days(self, zone: str) -> list[audit.Day]:
        """What happened on each day of a zone's wall clock."""
        async with self._pool.transaction() as tx:
            return await audit.days(tx, zone)

    async def profiles(self, after: int, limit: int) -> list[tuple[int, str]]:
        """Numbers above ``after`` and addresses of members who have no account, in order."""
        async with self._pool.transaction() as tx:
            rows = await tx.fetch(
                "SELECT id, public_id FROM simulated.member m WHERE id > $1 AND NOT EXISTS"
                " (SELECT FROM simulated.account a WHERE a.member_id = m.id) ORDER BY id LIMIT $2",
                after,
                limit,
            )
        return [(row["id"], urns.profile_url(row["public_id"])) for row in rows]

    async def stats(self) -> dict[str, int]:
        """How much there is of everything."""
        async with self._pool.transaction() as tx:
            row = await tx.row(
                "SELECT (SELECT count(*) FROM simulated.member) AS members,"
                " (SELECT count(*) FROM simulated.company) AS companies,"
                " (SELECT count(*) / 2 FROM simulated.connection) AS connections,"
                " (SELECT count(*) FROM simulated.post) AS posts, (SELECT count(*) FROM simulated.job) AS jobs,"
                " (SELECT count(*) FROM simulated.account) AS accounts,"
                " (SELECT count(*) FROM simulated.invitation) AS invitations,"
                " (SELECT count(*) FROM simulated.invitation WHERE state = 'accepted') AS accepted,"
                " (SELECT count(*) FROM simulated.message) AS messages,"
                " (SELECT count(*) FROM simulated.behaviour) AS planned,"
                " (SELECT count(*) FROM simulated.arrival) AS arrivals"
            )
        assert row is not None
        return dict(row)


@asynccontextmanager
async def open_world(url: str, size: int = 8, *, pooled: bool = False) -> AsyncGenerator[World]:
    """Open the simulated LinkedIn of a database; whether one has been created is for ``exists`` to say."""
    pool = await open_pool(url, size, pooled=pooled)
    try:
        yield World(pool)
    finally:
        await pool.close()
