"""Finding what is held about a person, erasing it, showing it. All tables come from the register."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from overture.domain.linkedin.people import person_hash
from overture.domain.linkedin.tasks import same_profile
from overture.domain.messages import MessageType
from overture.store.db import ReadTx, Tx
from overture.store.rights.register import ERASED

_KEYS = "profile|profile_url|linkedin|linkedin_url|lead_linkedin|target|public_id"


@dataclass(frozen=True, slots=True)
class Traces:
    """Where a person stands; the values of ``tables.FINDING``. ``spots`` are leads of requests: (request, index)."""

    account_id: UUID
    profile: str
    spots: tuple[tuple[UUID, int], ...]
    leads: tuple[UUID, ...]
    lists: tuple[str, ...]
    urls: tuple[str, ...]

    @property
    def person(self) -> bytes:
        """The hash of customer and profile."""
        return person_hash(self.account_id, self.profile)

    def values(self) -> tuple[object, ...]:
        """Return $1 to $9."""
        return (
            self.account_id,
            self.person,
            pattern(self.profile),
            [spot[0] for spot in self.spots],
            [spot[1] for spot in self.spots],
            list(self.leads),
            list(self.lists),
            list(self.urls),
            names(self.profile),
        )


def public_id(profile: str) -> str:
    """Return the last part of a profile's address, in small letters."""
    return same_profile(profile).rpartition("/")[2]


def names(profile: str) -> list[str]:
    """Return the names under which a profile stands alone in a column."""
    return [public_id(profile), f"linkedin.com/in/{public_id(profile)}", same_profile(profile)]


def pattern(profile: str) -> str:
    """Return a regular expression of PostgreSQL that finds a profile in texts and JSON, and no longer name."""
    name = re.sub(r"([^\w])", r"\\\1", public_id(profile))
    return rf'(linkedin\.com/([a-z-]+/)+|"({_KEYS})"\s*:\s*"){name}(?![[:alnum:]_%-])'


async def find(tx: ReadTx, account_id: UUID, profile: str, lists: Sequence[str]) -> Traces:
    """Look for a person in all requests and campaigns of a customer."""
    person = person_hash(account_id, profile)
    rows = await tx.fetch(
        "SELECT l.request_id, l.idx, l.linkedin, l.specified_url FROM request r JOIN lead l ON l.request_id = r.id"
        " WHERE r.account_id = $1 AND strpos(lower(l.linkedin), $2) > 0",
        account_id,
        public_id(profile),
    )
    same = [row for row in rows if row["linkedin"] and person_hash(account_id, row["linkedin"]) == person]
    mine = await tx.fetch(
        "SELECT id, specified_url FROM campaign_lead WHERE account_id = $1 AND person = $2", account_id, person
    )
    return Traces(
        account_id=account_id,
        profile=profile,
        spots=tuple((row["request_id"], row["idx"]) for row in same),
        leads=tuple(row["id"] for row in mine),
        lists=tuple(lists),
        urls=tuple({row["specified_url"] for row in (*same, *mine) if row["specified_url"]}),
    )


async def begin(tx: Tx, account_id: UUID, profile: str) -> None:
    """Note that a person is to be erased; the profile is kept until it is done."""
    await tx.execute(
        "INSERT INTO erasure (account_id, person, profile) VALUES ($1, $2, $3) ON CONFLICT (account_id, person)"
        " DO UPDATE SET profile = excluded.profile, done_at = NULL, asked_at = clock_timestamp()",
        account_id,
        person_hash(account_id, profile),
        profile,
    )


async def is_erased(tx: ReadTx, account_id: UUID, person: bytes) -> bool:
    """Return whether a person was erased, or is being erased."""
    found = await tx.value(
        "SELECT EXISTS (SELECT FROM erasure WHERE account_id = $1 AND person = $2)", account_id, person
    )
    return bool(found)


async def among(tx: ReadTx, account_id: UUID, people: Sequence[bytes]) -> set[bytes]:
    """Return those of some people who were erased."""
    rows = await tx.fetch(
        "SELECT person FROM erasure WHERE account_id = $1 AND person = ANY($2::bytea[])", account_id, list(people)
    )
    return {row["person"] for row in rows}


async def unfinished(tx: ReadTx, seconds: int, limit: int) -> list[tuple[UUID, str]]:
    """Return (customer, profile) of erasures that were asked for ``seconds`` ago and are not done."""
    rows = await tx.fetch(
        "SELECT account_id, profile FROM erasure WHERE done_at IS NULL"
        " AND asked_at < clock_timestamp() - make_interval(secs => $1) ORDER BY asked_at LIMIT $2",
        float(seconds),
        limit,
    )
    return [(row["account_id"], row["profile"]) for row in rows]


async def unwritten(tx: ReadTx, traces: Traces) -> dict[UUID, list[tuple[int, MessageType, str]]]:
    """Return what is still to be written for a person, by request: index, type and state (pending or waiting)."""
    rows = await tx.fetch(
        "SELECT m.request_id, m.lead_idx, m.type, m.state FROM unnest($1::uuid[], $2::int[]) AS s (request_id, idx)"
        " JOIN message m ON m.request_id = s.request_id AND m.lead_idx = s.idx WHERE m.state IN ('pending', 'waiting')"
        " ORDER BY m.request_id, m.lead_idx",
        [spot[0] for spot in traces.spots],
        [spot[1] for spot in traces.spots],
    )
    found: dict[UUID, list[tuple[int, MessageType, str]]] = {}
    for row in rows:
        found.setdefault(row["request_id"], []).append((row["lead_idx"], MessageType(row["type"]), row["state"]))
    return found


async def open_versions(tx: ReadTx, traces: Traces) -> list[UUID]:
    """Return the further versions that are still to be written for a person."""
    rows = await tx.fetch(
        "SELECT v.id FROM unnest($1::uuid[], $2::int[]) AS s (request_id, idx)"
        " JOIN revision v ON v.request_id = s.request_id AND v.lead_idx = s.idx WHERE v.state = 'pending'",
        [spot[0] for spot in traces.spots],
        [spot[1] for spot in traces.spots],
    )
    return [row["id"] for row in rows]


async def give_up_waiting(tx: Tx, request_id: UUID, indexes: Sequence[int], reason: str, detail: str) -> int:
    """Fail the messages of some leads of a request that wait for another's text; return how many."""
    await tx.execute(
        "DELETE FROM sharer WHERE request_id = $1 AND lead_idx = ANY($2::int[])", request_id, list(indexes)
    )
    return await tx.execute(
        "UPDATE message SET state = 'failed', reason = $3, detail = $4, settled_at = now()"
        " WHERE request_id = $1 AND lead_idx = ANY($2::int[]) AND state = 'waiting'",
        request_id,
        list(indexes),
        reason,
        detail,
    )


async def count(tx: ReadTx, traces: Traces) -> dict[str, int]:
    """Return how many rows of each table erasing would change."""
    counts: dict[str, int] = {}
    for table in ERASED:
        found = await tx.value(table.count, *traces.values())
        assert isinstance(found, int)
        counts[table.name] = found
    return counts


async def erase(tx: Tx, traces: Traces) -> dict[str, int]:
    """Erase a person from every table, in the caller's transaction; return how many rows of each were changed."""
    return {table.name: await tx.execute(table.erase, *traces.values()) for table in ERASED}


async def finish(tx: Tx, account_id: UUID, person: bytes, counts: Mapping[str, int]) -> None:
    """Note that a person was erased; what stays of it is a hash and the counts."""
    await tx.execute(
        "UPDATE erasure SET profile = NULL, done_at = clock_timestamp(), counts = $3::jsonb"
        " WHERE account_id = $1 AND person = $2",
        account_id,
        person,
        json.dumps(dict(counts)),
    )


async def export(tx: ReadTx, traces: Traces) -> dict[str, list[object]]:
    """Return every row about a person by its table."""
    return {
        table.name: [json.loads(row["row"]) for row in await tx.fetch(table.export, *traces.values())]
        for table in ERASED
    }
