"""Leads into campaigns: looked at first, or added by batches, with what was not taken named by its line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID, uuid4

from overture.domain.accounts import Caller
from overture.domain.campaigns.companies import company_hash
from overture.domain.campaigns.states import CampaignState
from overture.domain.errors import Conflict, Invalid
from overture.domain.linkedin.people import person_hash
from overture.store.campaigns import leads, orders
from overture.store.campaigns.leads import CampaignLead
from overture.store.db import ReadTx, Tx
from overture.usecases import idempotency
from overture.usecases.campaigns.ordering import OPEN, owned
from overture.usecases.campaigns.sheets import Person, Problem, Row
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

BATCH = 1_000
MOST_TOLD = 1_000
"""Rows that were not taken and are told one by one; the counts are of all."""

SAMPLE = 20
Rows = Callable[[], Iterator[Row]]
"""Opens a list anew: a transaction that lost a deadlock reads it again."""


@dataclass(slots=True)
class Import:
    """What became of a list. ``rows`` = ``added`` + ``faulty`` + ``repeated`` + ``known`` + ``suppressed``.

    ``repeated`` are persons who stand in the list twice, ``known`` those who are in the campaign already, and
    ``suppressed`` those who are to be left alone. ``sample`` has the first rows as they were understood.
    """

    rows: int = 0
    added: int = 0
    faulty: int = 0
    repeated: int = 0
    known: int = 0
    suppressed: int = 0
    problems: list[Problem] = field(default_factory=list[Problem])
    sample: list[Person] = field(default_factory=list[Person])
    seen: set[bytes] = field(default_factory=set[bytes])

    def tell(self, problem: Problem) -> None:
        """Note a row that is not taken."""
        if len(self.problems) < MOST_TOLD:
            self.problems.append(problem)


Render = Callable[[Import], bytes]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list to add; ``strict``: all of it or nothing."""

    open: Rows
    strict: bool = False


async def preview(services: Services, caller: Caller, campaign_id: UUID, rows: Rows) -> Import:
    """Tell what adding a list would do; nothing is stored.

    Raises:
        NotFound, Forbidden: no such campaign, or another account's.
        Invalid: the list cannot be read.
    """
    found = Import()
    async with services.database.reading() as tx:
        await owned(tx, caller, campaign_id)
        for people in _batches(found, rows(), caller.account_id):
            found.added += len(await _new(tx, found, caller.account_id, campaign_id, people))
    return found


async def add(
    services: Services, caller: Caller, campaign_id: UUID, people: Listed, how: Once, render: Render
) -> Answer:
    """Add a list to a campaign: all that can be taken, or where it is strict all or nothing. May run twice.

    A finished campaign runs again. Everything is one transaction, which no network call interrupts.

    Raises:
        Conflict: the campaign is over.
        Invalid: the list cannot be read; or it is strict, and rows of it are wrong.
    """

    async def work(tx: Tx) -> Import:
        campaign = await owned(tx, caller, campaign_id, lock=True)
        if campaign.state not in OPEN:
            raise Conflict(f"the campaign is {campaign.state}; nobody can be added")
        found, place, now = Import(), await leads.next_place(tx, campaign_id), services.clock.now()
        for batch in _batches(found, people.open(), caller.account_id):
            new = await _new(tx, found, caller.account_id, campaign_id, batch)
            made = [_lead(campaign_id, caller.account_id, place + n, *one) for n, one in enumerate(new)]
            found.added += len(await leads.add(tx, made, now))
            place += len(made)
        if people.strict and found.faulty:
            told = [f"line {one.line}: {one.field} {one.rule}" for one in found.problems[:BATCH]]
            raise Invalid(told)
        if found.added and campaign.state is CampaignState.FINISHED:
            await orders.set_state(tx, campaign_id, CampaignState.FINISHED, CampaignState.RUNNING, now)
        return found

    return await idempotency.once(services, caller, how, work, render)


def _batches(found: Import, rows: Iterator[Row], account_id: UUID) -> Iterator[list[tuple[bytes, Person]]]:
    """Yield people by batches, each with its hash and no one twice; note what is wrong."""
    while batch := list(islice(rows, BATCH)):
        found.rows += len(batch)
        people: list[tuple[bytes, Person]] = []
        for row in batch:
            if not isinstance(row, Person):
                found.faulty += 1
                for problem in row:
                    found.tell(problem)
                continue
            if len(found.sample) < SAMPLE:
                found.sample.append(row)
            person = person_hash(account_id, row.values["linkedin"])
            if person in found.seen:
                found.repeated += 1
                found.tell(Problem(row.line, "linkedin", "stands in the list twice"))
                continue
            found.seen.add(person)
            people.append((person, row))
        yield people


async def _new(
    tx: ReadTx, found: Import, account_id: UUID, campaign_id: UUID, people: list[tuple[bytes, Person]]
) -> list[tuple[bytes, Person]]:
    """Return who can be added; note the others."""
    hashes = [person for person, _ in people]
    known = await leads.known(tx, campaign_id, hashes)
    alone = await leads.suppressed(tx, account_id, hashes)
    new: list[tuple[bytes, Person]] = []
    for person, row in people:
        if person in known:
            found.known += 1
            found.tell(Problem(row.line, "linkedin", "is in the campaign already"))
        elif person in alone:
            found.suppressed += 1
            found.tell(Problem(row.line, "linkedin", "is to be left alone"))
        else:
            new.append((person, row))
    return new


def _lead(campaign_id: UUID, account_id: UUID, place: int, person: bytes, row: Person) -> CampaignLead:
    values = row.values
    return CampaignLead(
        id=uuid4(),
        campaign_id=campaign_id,
        account_id=account_id,
        place=place,
        key=values.get("key", ""),
        person=person,
        company_hash=company_hash(account_id, values["company"]),
        linkedin=values["linkedin"],
        first_name=values["first_name"],
        last_name=values["last_name"],
        company=values["company"],
        job_title=values.get("job_title"),
        company_website_url=values.get("company_website_url"),
        specified_url=values.get("specified_url"),
    )
