"""The member's own hand: tasks to do, what became of them, and what was seen on LinkedIn."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from overture.domain.campaigns.states import StopReason
from overture.domain.errors import Invalid, NotAvailableOnRail, NotFound
from overture.domain.linkedin.accounts import Named, RailName
from overture.domain.linkedin.actions import ActionState
from overture.domain.linkedin.people import person_hash
from overture.domain.linkedin.tasks import Task, TaskState
from overture.gateway import codec
from overture.store.db import Tx
from overture.store.linkedin import actions, news, tasks
from overture.store.linkedin.actions import Settlement
from overture.store.rights import erasure
from overture.usecases.linkedin import signin
from overture.usecases.linkedin.acting import returned
from overture.usecases.linkedin.sessions import Acting, by_id
from overture.usecases.linkedin.signin import SignedIn
from overture.usecases.services import Services

MOST_ROWS = 100_000
_DATE_FORMS = ("%d %b %Y", "%Y-%m-%d", "%m/%d/%y", "%d/%m/%Y")


async def open_list(services: Services, account_id: UUID, profile_url: str, name: str) -> SignedIn:
    """Add an account whose member acts by hand; the same profile of a customer keeps its tasks and its token."""
    credentials = Named(profile_url, name, signin.login_hash(account_id, profile_url).hex())
    return await signin.connect(services, account_id, RailName.ASSISTED, credentials, profile_url)


async def _list_of(services: Services, linkedin_id: UUID) -> Acting:
    who = await by_id(services, linkedin_id)
    if who.account.rail is not RailName.ASSISTED:
        raise NotAvailableOnRail("this account has no tasks: its rail acts by itself")
    return who


async def list_tasks(services: Services, linkedin_id: UUID, state: TaskState | None = TaskState.OPEN) -> list[Task]:
    """Return an account's tasks, oldest first; raises NotFound or NotAvailableOnRail."""
    who = await _list_of(services, linkedin_id)
    async with services.database.reading() as tx:
        return await tasks.listed(tx, who.session.secret, state, 1_000)


async def end_task(services: Services, linkedin_id: UUID, task_id: UUID, state: TaskState, note: str = "") -> None:
    """Say what became of a task; its action and its budgets follow.

    Raises:
        NotFound: no open task of this account has this id.
    """
    who = await _list_of(services, linkedin_id)
    async with services.database.transaction() as tx:
        ended = await tasks.end(tx, task_id, state, note[:500])
        if ended is None or ended[0] != who.session.secret:
            raise NotFound("no open task of this account has this id")
        await _settle(services, tx, who, ended[1], state, note)


async def _settle(services: Services, tx: Tx, who: Acting, key: str, state: TaskState, note: str) -> None:
    row = await actions.by_key(tx, who.id, key)
    if row is None:
        return
    done = state is TaskState.DONE
    outcome = ActionState.CONFIRMED if done else ActionState.REFUSED
    detail = "done by hand" if done else f"{state} by hand{': ' + note if note else ''}"
    settlement = Settlement(outcome, detail[:300], {}, services.clock.now())
    expected = (ActionState.ACCEPTED_BY_PROVIDER, ActionState.UNKNOWN)
    if await actions.settle(tx, row.id, expected, settlement) and row.body:
        await actions.give_back(tx, row.id, returned(codec.load(row.name, row.body), outcome), detail[:200])
        declined = StopReason.BY_HAND if state is TaskState.SKIPPED else StopReason.FAILED
        await services.settles(tx, row, settlement, None if done else declined)


async def note_reply(services: Services, linkedin_id: UUID, profile_url: str, text: str) -> None:
    """Note that someone has replied."""
    who = await _list_of(services, linkedin_id)
    now = services.clock.now()
    async with services.database.transaction() as tx:
        noted = await _not_erased(tx, who, [(profile_url, "", text, now)])
        await tasks.add_notes(tx, who.session.secret, "replied", noted)
        await news.watch(tx, who.id, now)


async def _not_erased(tx: Tx, who: Acting, notes: list[tasks.NoteRow]) -> list[tasks.NoteRow]:
    """Leave out whom the customer has erased: nothing about them is noted again."""
    people = {note[0]: person_hash(who.account.account_id, note[0]) for note in notes}
    erased = await erasure.among(tx, who.account.account_id, list(people.values()))
    return [note for note in notes if people[note[0]] not in erased]


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import went: rows with a profile, and how many of them were new."""

    rows: int
    new: int


async def import_connections(services: Services, linkedin_id: UUID, content: bytes) -> Imported:
    """Read LinkedIn's own export of connections (Connections.csv); who is new in it has accepted.

    Raises:
        Invalid: the file is no such export; what is wrong is named.
    """
    who = await _list_of(services, linkedin_id)
    rows = read_export(content, services.clock.now())
    async with services.database.transaction() as tx:
        new = await tasks.add_notes(tx, who.session.secret, "connected", await _not_erased(tx, who, rows))
        await news.watch(tx, who.id, services.clock.now())
    return Imported(len(rows), new)


def read_export(content: bytes, now: datetime) -> list[tuple[str, str, str, datetime]]:
    """Return (profile, name, position, since) of an export; what stands before its header row is skipped."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise Invalid(["the file is not UTF-8 text"]) from None
    heads = (n for n, line in enumerate(lines[:20]) if "first name" in line.lower() and "url" in line.lower())
    start = next(heads, None)
    if start is None:
        raise Invalid(["the file has no header row with First Name and URL: is it Connections.csv?"])
    found: dict[str, tuple[str, str, str, datetime]] = {}
    for row in csv.DictReader(io.StringIO("\n".join(lines[start:]))):
        known = {str(name).strip().lower(): value.strip() for name, value in row.items() if isinstance(value, str)}
        url = known.get("url", "")
        if "linkedin.com/in/" not in url:
            continue
        name = f"{known.get('first name', '')} {known.get('last name', '')}".strip()[:200]
        found[url] = (url[:500], name, known.get("position", "")[:200], _date(known.get("connected on", ""), now))
        if len(found) > MOST_ROWS:
            raise Invalid([f"the file has more than {MOST_ROWS} connections"])
    return list(found.values())


def _date(text: str, now: datetime) -> datetime:
    """Return the end of a day that an export names, or ``now`` where that is to come: since then at the latest."""
    for form in _DATE_FORMS:
        try:
            return min(now, datetime.strptime(text, form).replace(tzinfo=UTC) + timedelta(days=1))
        except ValueError:
            continue
    return now
