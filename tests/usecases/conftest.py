"""Use cases on a real database, with real adapters that may reach loopback."""

import ipaddress
import time
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from overture.adapters.clock import SystemClock
from overture.adapters.parsing import ChildParser
from overture.adapters.sender import HttpSender
from overture.adapters.vault import Vault
from overture.adapters.web import HttpWeb
from overture.composition.compose import EmbeddedComposer
from overture.composition.write import GatedComposer
from overture.domain.accounts import Caller, Tier
from overture.store.db import Database
from overture.usecases import accounts, audit
from overture.usecases.admission import Admission
from overture.usecases.campaigns import hearing, outcomes
from overture.usecases.metering import Metering
from overture.usecases.services import Policy, Services
from overture.usecases.sourcecache import SourceCache

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


@pytest.fixture
async def services(database: Database) -> AsyncIterator[Services]:
    web = HttpWeb(allow=LOOPBACK, contact="", robots=True)
    sender = HttpSender(allow=LOOPBACK, https_only=False)
    parser = ChildParser()
    yield Services(
        database=database,
        web=web,
        sender=sender,
        parse=parser,
        composer=GatedComposer(EmbeddedComposer()),
        vault=Vault([KEY]),
        clock=SystemClock(),
        policy=Policy(),
        admission=Admission(database, time.monotonic),
        sources=SourceCache(),
        metering=Metering(database),
        hears=hearing.hear,
        settles=outcomes.settled,
    )
    await parser.close()
    await web.close()
    await sender.close()


@pytest.fixture
async def caller(services: Services) -> Caller:
    """An account on the largest tier with 1,000 credits."""
    made = await accounts.create(services, "one", credits=1000, tier=Tier.SCALE)
    return await accounts.authenticate(services, made.api_key)


async def sound(services: Services, *, besides: frozenset[str] = frozenset()) -> None:
    """Assert that every invariant that rows can decide holds."""
    broken = {f.number: f.breaches for f in await audit.check(services) if f.breaches and f.number not in besides}
    assert broken == {}


async def counts(services: Services, account_id: UUID) -> tuple[int, int, int]:
    """Available, held and captured credits."""
    row = await services.database.once(
        "SELECT available, held, captured FROM balance WHERE account_id = $1 AND unit = 'messages'", account_id
    )
    assert row
    return tuple(row)
