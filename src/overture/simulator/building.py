"""Building a world: rows streamed into PostgreSQL by COPY, some thousand members at a time."""

import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from random import Random

from overture.simulator import content, schema
from overture.simulator.db import Pool, Tx
from overture.simulator.limits import Limits
from overture.simulator.people import Population, firm_row, make_firms

BATCH = 5_000
COMPANY = (
    "id", "universal_name", "name", "tagline", "description", "domain", "industry", "size", "employees", "followers",
    "city", "country", "founded",
)  # fmt: skip
MEMBER = (
    "id", "public_id", "first_name", "last_name", "headline", "summary", "title", "company_id", "company", "industry",
    "location", "country", "french", "level", "skills", "email", "phone", "needs_email", "warmth",
)  # fmt: skip
POSITION = ("member_id", "ord", "title", "company_id", "started", "ended", "description")
STUDY = ("member_id", "school", "degree", "field", "started", "ended")
POST = ("id", "author", "company_id", "text", "kind", "posted_at", "reactions", "comments")
REACTION = ("post_id", "member_id", "type", "at")
COMMENT = ("id", "post_id", "member_id", "text", "at")
JOB = (
    "id", "poster", "company_id", "title", "place", "state", "html_description", "created_at", "employment_status",
    "workplace", "skills", "applicants",
)  # fmt: skip
APPLICATION = ("id", "job_id", "member_id", "rating", "applied_at", "top_choice_message")


async def build(pool: Pool, seed: int, members: int, starts_at: datetime, *, frozen: bool) -> None:
    """Drop the world that may be there and build another. The same seed, size and start give the same world."""
    async with pool.transaction() as tx:
        await tx.execute("SET LOCAL idle_in_transaction_session_timeout = 0")  # a batch may take a while to make up
        await schema.renew(tx)
        await tx.execute(
            "INSERT INTO simulated.world (seed, members, secret, limits, epoch, floor, frozen_at, ahead)"
            " VALUES ($1, $2, $3, $4, $5, $5, $6, $5 - clock_timestamp())",
            seed,
            members,
            secrets.token_bytes(32),
            json.dumps(Limits.defaults()),
            starts_at,
            starts_at if frozen else None,
        )
        await _fill(tx, Random(seed), members, starts_at)
        await schema.apply(tx)
    async with pool.transaction() as tx:
        await tx.execute(
            "ANALYZE simulated.member, simulated.company, simulated.position, simulated.study, simulated.connection,"
            " simulated.post, simulated.reaction, simulated.comment, simulated.job, simulated.application"
        )


async def _fill(tx: Tx, rng: Random, members: int, start: datetime) -> None:
    firms = make_firms(rng, members, start.year)
    await _copy(tx, "company", COMPANY, [firm_row(rng, firm) for firm in firms])
    population = Population(rng, firms, start.date())
    titles: list[str] = []
    rows = population.members(members)
    while batch := list(islice(rows, BATCH)):
        titles += [str(r.member[6]) for r in batch]
        await _copy(tx, "member", MEMBER, [r.member for r in batch])
        await _copy(tx, "position", POSITION, [p for r in batch for p in r.positions])
        await _copy(tx, "study", STUDY, [s for r in batch for s in r.studies])
    await _connect(tx, rng, population, start)
    talk = content.Talk(rng, population, start)
    posts = talk.posts(titles)
    while batch := list(islice(posts, BATCH)):
        await _copy(tx, "post", POST, batch)
        await _copy(tx, "reaction", REACTION, talk.reactions)
        await _copy(tx, "comment", COMMENT, talk.comments)
        talk.reactions.clear()
        talk.comments.clear()
    jobs = list(content.jobs(rng, firms, start))
    await _copy(tx, "job", JOB, [job for job, _ in jobs])
    await _copy(tx, "application", APPLICATION, [row for _, applications in jobs for row in applications])


async def _connect(tx: Tx, rng: Random, population: Population, start: datetime) -> None:
    await tx.execute("CREATE TEMP TABLE tie (a bigint, b bigint, since timestamptz) ON COMMIT DROP")
    ties = content.ties(rng, population, start)
    while batch := list(islice(ties, BATCH * 20)):
        await _copy(tx, "tie", ("a", "b", "since"), batch, schema_name="pg_temp")
    await tx.execute(
        "INSERT INTO simulated.connection (a, b, since)"
        " SELECT v.x, v.y, p.since FROM (SELECT a, b, max(since) AS since FROM pg_temp.tie GROUP BY a, b) p"
        " CROSS JOIN LATERAL (VALUES (p.a, p.b), (p.b, p.a)) v(x, y) ORDER BY 1, 2"
    )


async def _copy(
    tx: Tx,
    table: str,
    columns: Sequence[str],
    records: Iterable[tuple[object, ...]],
    schema_name: str = "simulated",
) -> None:
    if schema_name == "pg_temp":
        await tx.connection.copy_records_to_table(table, columns=columns, records=records)
    else:
        await tx.connection.copy_records_to_table(table, columns=columns, records=records, schema_name=schema_name)
