"""Calling a rail: a time limit, and no exception that is not ours."""

import asyncio
from typing import TypeVar

from overture.domain.errors import OutcomeUnknown, RailFailed, RailUnreachable
from overture.domain.linkedin.accounts import Challenge, Credentials, Session
from overture.domain.linkedin.actions import Action, ActionReceipt
from overture.domain.linkedin.happenings import News
from overture.domain.linkedin.queries import Query
from overture.ports import Rail
from overture.telemetry.logs import get

T = TypeVar("T")

READ_SECONDS = 45.0
ACT_SECONDS = 45.0
SIGN_IN_SECONDS = 90.0
"""Signing in at a provider takes its time; a CV takes some nine seconds (linkup.md, 2.9)."""

log = get(__name__)


async def sign_in(rail: Rail, credentials: Credentials) -> Session | Challenge:
    """Sign in; raises what the port documents, RailUnreachable where no answer came."""
    try:
        async with asyncio.timeout(SIGN_IN_SECONDS):
            return await rail.sign_in(credentials)
    except RailFailed:
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, its text may hold credentials
        raise _unreachable("sign_in", error) from None


async def read(rail: Rail, session: Session | None, query: Query[T]) -> T:
    """Read; raises what the port documents, RailUnreachable where no answer came."""
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await rail.read(session, query)
    except RailFailed:
        raise
    except Exception as error:
        raise _unreachable(type(query).__name__, error) from error


async def act(rail: Rail, session: Session, action: Action, key: str, seconds: float = ACT_SECONDS) -> ActionReceipt:
    """Act once, within ``seconds``.

    Raises:
        OutcomeUnknown: no answer came, or one that cannot be understood; it may have happened.
        RailFailed: as the port documents; nothing happened.
    """
    try:
        async with asyncio.timeout(seconds):
            return await rail.act(session, action, key)
    except RailFailed:
        raise
    except Exception as error:
        log.warning("rail.no_answer", action=action.name, error=type(error).__name__)
        raise OutcomeUnknown("no answer came that could be understood") from error


async def news(rail: Rail, session: Session, cursor: str) -> News:
    """Ask for news; raises what the port documents, RailUnreachable where no answer came."""
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await rail.news(session, cursor)
    except RailFailed:
        raise
    except Exception as error:
        raise _unreachable("news", error) from error


def _unreachable(what: str, error: Exception) -> RailUnreachable:
    log.warning("rail.unreachable", what=what, error=type(error).__name__)
    return RailUnreachable("no answer came from the way to LinkedIn")
