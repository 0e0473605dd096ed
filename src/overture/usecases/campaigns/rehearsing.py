"""A campaign put on another stage: copied into a database of its own, where simulated members play its leads."""

import secrets
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from overture.domain.accounts import Unit
from overture.domain.errors import Invalid, NotFound
from overture.domain.evidence import SourceKind
from overture.domain.linkedin.accounts import RailName, Session, SignInState
from overture.domain.linkedin.budgets import MemberPlan
from overture.domain.linkedin.people import person_hash
from overture.research import codec
from overture.research.company.finder import address_of
from overture.store import ledger, suppression
from overture.store.campaigns import copying, pacing, rehearsals
from overture.store.db import Row
from overture.store.linkedin import accounts
from overture.usecases.linkedin.sessions import seal_session
from overture.usecases.services import Services

REMEMBERED = timedelta(days=32)
"""How far back what was spent still counts in a budget: the longest month, and a day."""

UNLIMITED = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Original:
    """A campaign as it stands in the real database, without its leads. Rows are JSON."""

    campaign: copying.Json
    account: copying.Json
    senders: Sequence[copying.Json]
    members: Sequence[copying.Json]
    limits: Sequence[copying.Json]
    spendings: Sequence[tuple[UUID, str, int, str, datetime]]
    credits: int
    """Credits of messages that the account has left."""
    at: datetime
    """When it stood so."""

    @property
    def id(self) -> UUID:
        """The campaign's id."""
        return UUID(self.campaign["id"])

    @property
    def account_id(self) -> UUID:
        """The id of the account that it belongs to."""
        return UUID(self.account["id"])

    @property
    def name(self) -> str:
        """The campaign's name."""
        return str(self.campaign["name"])

    @property
    def leads(self) -> int:
        """How many leads it has."""
        return int(self.campaign["leads"])


@dataclass(frozen=True, slots=True)
class Seat:
    """The simulated account in which a LinkedIn account of the campaign acts."""

    linkedin_id: UUID
    member: int
    """Its number in the simulated world."""
    email: str
    password: str
    """Of a simulated account: it opens nothing else."""
    plan: MemberPlan
    name: str


async def read(real: Services, campaign_id: UUID, at: datetime) -> Original:
    """Return a campaign to be rehearsed.

    Raises:
        NotFound: there is none of this id.
        Invalid: it has no leads, or nobody to send.
    """
    async with real.database.reading() as tx:
        campaign = await copying.campaign(tx, campaign_id)
        if campaign is None:
            raise NotFound("no such campaign")
        account = await copying.account(tx, campaign_id)
        balance = await ledger.read(tx, UUID(account["id"]))
        original = Original(
            campaign=campaign,
            account=account,
            senders=await copying.senders(tx, campaign_id),
            members=await copying.members(tx, campaign_id),
            limits=await copying.limits(tx, campaign_id),
            spendings=await copying.spendings(tx, campaign_id, at - REMEMBERED),
            credits=balance.available if balance else 0,
            at=at,
        )
    if not original.leads:
        raise Invalid(["the campaign has no leads"])
    if not original.members:
        raise Invalid(["the campaign has no LinkedIn account to send by"])
    return original


async def put_order(
    stage: Services, original: Original, seats: Sequence[tuple[Seat, Session]], credits: int | None = None
) -> None:
    """Put the order on the stage: account, campaign as a draft, LinkedIn accounts with what they have spent.

    ``credits`` replaces what the real account has left. Nobody is told of events there. Where the rehearsal begins at
    another time than the present, what counts from a time is moved with it: ramp-up, budgets, limits.
    """
    at = stage.clock.now()
    campaign: copying.Json = original.campaign | {
        "state": "draft",
        "reason": "",
        "created_at": at.isoformat(),
        "started_at": None,
        "ended_at": None,
        "definition": original.campaign["definition"] | {"notification_url": ""},
    }
    rows = {str(seat.linkedin_id): _member(stage, original, seat, session) for seat, session in seats}
    async with stage.database.transaction() as tx:
        await copying.put_account(tx, original.account)
        await ledger.open_balances(tx, original.account_id, {})
        granted = original.credits if credits is None else credits
        if granted:
            await ledger.grant(tx, original.account_id, granted, "for the rehearsal", Unit.MESSAGES)
        for member in original.members:
            await copying.put_member(tx, member | rows[member["id"]])
        await copying.put_campaign(tx, campaign)
        limits = [row | {"until": _moved(stage, original, row["until"])} for row in original.limits]
        await copying.put_senders(tx, original.senders, limits)
        by = at - original.at
        await copying.put_spendings(tx, [(*values, when + by) for *values, when in original.spendings])


def _member(stage: Services, original: Original, seat: Seat, session: Session) -> copying.Json:
    """What differs on the stage: rail and session; plan, caps, hours and ramp-up stay."""
    at = stage.clock.now().isoformat()
    known = next(row for row in original.members if row["id"] == str(seat.linkedin_id))
    return {
        "rail": RailName.SIMULATED,
        "login": _hex(secrets.token_bytes(32)),
        "state": SignInState.CONNECTED,
        "reason": "",
        "paused_until": None,
        "session": _hex(seal_session(stage, original.account_id, seat.linkedin_id, session)),
        "token": None,
        "token_hash": None,
        "profile_url": session.profile_url,
        "connected_at": _moved(stage, original, known["connected_at"]) if known["connected_at"] else at,
        "cursor": "",
        "poll_at": at,
        "lease": None,
        "lease_until": None,
    }


def _moved(stage: Services, original: Original, moment: str) -> str:
    """Return a time as far from the beginning on the stage as it is from the present in the real database."""
    return (datetime.fromisoformat(moment) + (stage.clock.now() - original.at)).isoformat()


def _hex(value: bytes) -> str:
    return "\\x" + value.hex()


async def leads(real: Services, original: Original) -> AsyncGenerator[list[tuple[copying.Json, bool]]]:
    """Return the leads in batches, each with whether it is to be left alone."""
    async with real.database.reading() as tx:
        async for batch in copying.leads(tx, original.id):
            yield batch


async def put_leads(
    real: Services,
    stage: Services,
    original: Original,
    batch: Sequence[tuple[copying.Json, bool]],
    players: Sequence[str],
) -> None:
    """Put leads on the stage, played by the members with these profiles, with what is known of their companies.

    A lead that is to be left alone is so there as well.
    """
    rows: list[copying.Json] = []
    alone: list[bytes] = []
    for (row, suppressed), profile in zip(batch, players, strict=True):
        person = person_hash(original.account_id, profile)
        rows.append(row | {"linkedin": profile, "person": _hex(person)})
        if suppressed:
            alone.append(person)
    known = await _known_sources(real, _addresses(original, rows))
    async with stage.database.transaction() as tx:
        await copying.put_leads(tx, rows, stage.clock.now())
        if alone:
            await suppression.add(tx, original.account_id, alone, "as in the real list")
        await copying.put_sources(tx, known)


def _addresses(original: Original, rows: Iterable[copying.Json]) -> set[str]:
    definition: dict[str, Any] = original.campaign["definition"]
    found = {definition.get("proposition_company_url"), definition.get("material_link")}
    for row in rows:
        urls = {row["company_website_url"], row["specified_url"]} - {None}
        found |= urls or {address_of(row["company"])}
    return {url for url in found if url}


async def _known_sources(real: Services, urls: set[str]) -> Sequence[Row]:
    """What was read of these addresses, and of the sites that were found by a company's name."""
    async with real.database.reading() as tx:
        known = await copying.sources(tx, sorted(urls))
        sites = {codec.load(row["content"]).final_url for row in known if row["kind"] == SourceKind.COMPANY}
        return [*known, *await copying.sources(tx, sorted(sites - urls))]


async def reconnect(stage: Services, seat: Seat, session: Session) -> None:
    """Note that a LinkedIn account was signed in again; its name and its past stay."""
    async with stage.database.transaction() as tx:
        account = await accounts.lock(tx, seat.linkedin_id)
        sealed = seal_session(stage, account.account_id, account.id, session)
        await accounts.renew(tx, account.id, sealed)
        await pacing.rearm(tx, account.id, stage.clock.now())


async def begin(stage: Services, script: bytes) -> None:
    """Note that the stage is built whole, and by which script (JSON)."""
    async with stage.database.transaction() as tx:
        await rehearsals.begin(tx, script)


async def script_of(stage: Services) -> str | None:
    """Return the script of a stage, None where it was not built to the end."""
    async with stage.database.reading() as tx:
        return await rehearsals.find(tx)
