"""People who may sign in to the console, their one-time links and their sessions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

from overture.domain.console import ConsoleSession, ConsoleUser, Role
from overture.store.db import Database, ReadTx, Row, Tx

_USER: LiteralString = "id, email, name, role, password, failures, locked_until, created_at, disabled_at"
_SESSION: LiteralString = "id, user_id, account_id, address, browser, created_at, seen_at, ended_at"


def _user(row: Row) -> ConsoleUser:
    values: dict[str, Any] = dict(row)
    values["role"] = Role(values["role"])
    return ConsoleUser(**values)


async def add(tx: Tx, user: ConsoleUser) -> bool:
    """Add a person; False where the address is taken."""
    return (
        await tx.execute(
            "INSERT INTO console_user (id, email, name, role, password, created_at) VALUES ($1, $2, $3, $4, $5, $6)"
            " ON CONFLICT (email) DO NOTHING",
            user.id,
            user.email,
            user.name,
            user.role,
            user.password,
            user.created_at,
        )
        == 1
    )


async def by_email(tx: ReadTx, email: str) -> ConsoleUser | None:
    """Return the person with an address."""
    row = await tx.row("SELECT " + _USER + " FROM console_user WHERE email = $1", email.lower())
    return _user(row) if row else None


async def find(tx: ReadTx, user_id: UUID) -> ConsoleUser | None:
    """Return one person."""
    row = await tx.row("SELECT " + _USER + " FROM console_user WHERE id = $1", user_id)
    return _user(row) if row else None


async def listed(tx: ReadTx) -> list[ConsoleUser]:
    """Return everybody, oldest first."""
    return [_user(row) for row in await tx.fetch("SELECT " + _USER + " FROM console_user ORDER BY created_at, id")]


async def set_password(tx: Tx, user_id: UUID, password: str) -> None:
    """Store a password's hash, and forget wrong tries."""
    await tx.execute(
        "UPDATE console_user SET password = $2, failures = 0, locked_until = NULL WHERE id = $1", user_id, password
    )


async def set_role(tx: Tx, user_id: UUID, role: Role) -> bool:
    """Change what a person may do; False where there is none."""
    return await tx.execute("UPDATE console_user SET role = $2 WHERE id = $1", user_id, role) == 1


async def set_disabled(tx: Tx, user_id: UUID, at: datetime | None) -> bool:
    """Shut a person out, or let them in again; False where there is none."""
    return await tx.execute("UPDATE console_user SET disabled_at = $2 WHERE id = $1", user_id, at) == 1


async def count_failure(database: Database, user_id: UUID, tries: int, locked: timedelta) -> None:
    """Count a wrong password, committed by itself; at the limit nobody is let in for a while."""
    await database.once(
        "UPDATE console_user SET failures = CASE WHEN failures + 1 >= $2 THEN 0 ELSE failures + 1 END,"
        " locked_until = CASE WHEN failures + 1 >= $2 THEN now() + $3 ELSE locked_until END WHERE id = $1"
        " RETURNING failures",
        user_id,
        tries,
        locked,
    )


async def is_locked(tx: ReadTx, user_id: UUID) -> bool:
    """Return whether too many wrong passwords were tried just now."""
    return bool(await tx.value("SELECT locked_until > now() FROM console_user WHERE id = $1", user_id))


async def add_link(tx: Tx, token_hash: bytes, user_id: UUID, lives: timedelta) -> None:
    """Add a one-time link; the ones before it end."""
    await tx.execute("DELETE FROM console_link WHERE user_id = $1", user_id)
    await tx.execute(
        "INSERT INTO console_link (token_hash, user_id, expires_at) VALUES ($1, $2, now() + $3)",
        token_hash,
        user_id,
        lives,
    )


async def link_is_open(tx: ReadTx, token_hash: bytes) -> bool:
    """Return whether a link can still be used."""
    return bool(
        await tx.value(
            "SELECT EXISTS (SELECT FROM console_link WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now())",
            token_hash,
        )
    )


async def use_link(tx: Tx, token_hash: bytes) -> UUID | None:
    """Use a link up and return whose it is; None where it was used, has expired or never was."""
    found = await tx.value(
        "UPDATE console_link SET used_at = now() WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now()"
        " RETURNING user_id",
        token_hash,
    )
    return found if isinstance(found, UUID) else None


async def begin_session(tx: Tx, token_hash: bytes, session: ConsoleSession) -> None:
    """Add a session."""
    await tx.execute(
        "INSERT INTO console_session (token_hash, id, user_id, account_id, address, browser)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        token_hash,
        session.id,
        session.user_id,
        session.account_id,
        session.address,
        session.browser,
    )


async def use_session(
    database: Database, token_hash: bytes, idle: timedelta, absolute: timedelta
) -> tuple[ConsoleSession, ConsoleUser] | None:
    """Return a live session and its person, and note that it is used; None where it has ended."""
    row = await database.once(
        "UPDATE console_session s SET seen_at = now() FROM console_user u WHERE s.token_hash = $1 AND u.id = s.user_id"
        " AND s.ended_at IS NULL AND s.seen_at > now() - $2::interval AND s.created_at > now() - $3::interval"
        " AND u.disabled_at IS NULL"
        " RETURNING s.id AS session_id, s.user_id, s.account_id, s.address, s.browser, s.created_at AS began_at,"
        " s.seen_at, s.ended_at, u.id, u.email, u.name, u.role, u.password, u.failures, u.locked_until, u.created_at,"
        " u.disabled_at",
        token_hash,
        idle,
        absolute,
    )
    if row is None:
        return None
    session = ConsoleSession(*row[:8])
    return session, ConsoleUser(row[8], row[9], row[10], Role(row[11]), *row[12:])


async def look_at(tx: Tx, session_id: UUID, account_id: UUID) -> None:
    """Choose which account a session looks at."""
    await tx.execute("UPDATE console_session SET account_id = $2 WHERE id = $1", session_id, account_id)


async def sessions(tx: ReadTx, user_id: UUID, idle: timedelta, absolute: timedelta) -> Sequence[ConsoleSession]:
    """Return a person's live sessions, newest first."""
    rows = await tx.fetch(
        "SELECT " + _SESSION + " FROM console_session WHERE user_id = $1 AND ended_at IS NULL"
        " AND seen_at > now() - $2::interval AND created_at > now() - $3::interval ORDER BY created_at DESC",
        user_id,
        idle,
        absolute,
    )
    return [ConsoleSession(*row) for row in rows]


async def end_session(tx: Tx, user_id: UUID, session_id: UUID) -> bool:
    """End one of a person's sessions; False where there is none that is live."""
    return (
        await tx.execute(
            "UPDATE console_session SET ended_at = now() WHERE id = $2 AND user_id = $1 AND ended_at IS NULL",
            user_id,
            session_id,
        )
        == 1
    )


async def end_all_sessions(tx: Tx, user_id: UUID) -> int:
    """End all of a person's sessions."""
    return await tx.execute(
        "UPDATE console_session SET ended_at = now() WHERE user_id = $1 AND ended_at IS NULL", user_id
    )


async def forget_sessions(tx: Tx, older_than: timedelta, limit: int) -> int:
    """Forget sessions and links that ended long ago."""
    await tx.execute("DELETE FROM console_link WHERE expires_at < now() - $1::interval", older_than)
    return await tx.execute(
        "DELETE FROM console_session WHERE token_hash IN (SELECT token_hash FROM console_session"
        " WHERE created_at < now() - $1::interval LIMIT $2)",
        older_than,
        limit,
    )
