"""What ours is held against: bare SQL, and a bare route that stores and selects the same rows."""

import asyncio
import json
import sys
import time
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import asyncpg
import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SCHEMA = """
DROP SCHEMA IF EXISTS bare CASCADE;
CREATE SCHEMA bare;
CREATE TABLE bare.request (id uuid PRIMARY KEY, body jsonb NOT NULL);
CREATE TABLE bare.lead (request_id uuid, idx int, lead_id text, linkedin text, company text, first_name text,
    last_name text, job_title text, website_url text, specified_url text, PRIMARY KEY (request_id, idx));
CREATE TABLE bare.message (request_id uuid, lead_idx int, type text, pair uuid, state text, text text, reason text,
    detail text, segments text, settled_at timestamptz, PRIMARY KEY (request_id, lead_idx, type));
"""
TYPES = ["connection_request", "first_follow_up", "stage_ambition", "share_material", "hiring_activity"]
LEADS = ("automation_tool_lead_id", "lead_linkedin", "lead_company", "first_name", "last_name", "job_title")


async def insert(connection: asyncpg.Connection, request_id: UUID, head: str, leads: list[dict[str, str]]) -> None:
    """One request, its leads and its messages, in one transaction."""
    columns = [[lead[name] for lead in leads] for name in LEADS]
    async with connection.transaction():
        await connection.execute("INSERT INTO bare.request VALUES ($1, $2)", request_id, head)
        await connection.execute(
            "INSERT INTO bare.lead SELECT $1, l.n - 1, l.a, l.b, l.c, l.d, l.e, l.f, NULL, NULL"
            " FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])"
            " WITH ORDINALITY AS l (a, b, c, d, e, f, n)",
            request_id, *columns,
        )  # fmt: skip
        pairs = [(idx, kind) for idx in range(len(leads)) for kind in TYPES]
        await connection.execute(
            "INSERT INTO bare.message (request_id, lead_idx, type, pair, state)"
            " SELECT $1, m.i, m.t, m.p, 'pending' FROM unnest($2::int[], $3::text[], $4::uuid[]) AS m (i, t, p)",
            request_id, [i for i, _ in pairs], [t for _, t in pairs], [request_id] * len(pairs),
        )  # fmt: skip


async def settle(connection: asyncpg.Connection, request_id: UUID, leads: int, text: str, segments: str) -> None:
    """All messages of one request, in one statement."""
    pairs = [(idx, kind) for idx in range(leads) for kind in TYPES]
    await connection.execute(
        "UPDATE bare.message m SET state = 'generated', text = o.text, segments = o.segments, settled_at = now()"
        " FROM unnest($2::int[], $3::text[], $4::text[], $5::text[]) AS o (idx, type, text, segments)"
        " WHERE m.request_id = $1 AND m.lead_idx = o.idx AND m.type = o.type AND m.state = 'pending'",
        request_id, [i for i, _ in pairs], [t for _, t in pairs], [text] * len(pairs), [segments] * len(pairs),
    )  # fmt: skip


async def sql_rate(url: str, body: dict[str, object], batches: int, text: str, segments: str) -> float:
    """Messages a second that bare SQL inserts and settles, 100 a batch, over four connections."""
    pool = await asyncpg.create_pool(url, min_size=4, max_size=4)
    await pool.execute(SCHEMA)
    leads = body["lead_data"]
    assert isinstance(leads, list)
    head = json.dumps({k: v for k, v in body.items() if k != "lead_data"})
    todo = iter(range(batches))

    async def one() -> None:
        async with pool.acquire() as connection:
            for _ in todo:
                request_id = uuid4()
                await insert(connection, request_id, head, leads)
                await settle(connection, request_id, len(leads), text, segments)

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(4)))
    seconds = time.perf_counter() - began
    await pool.close()
    return batches * len(leads) * len(TYPES) / seconds


def application(url: str) -> Starlette:
    """The bare route: decode, insert, answer; select, encode."""
    state: dict[str, asyncpg.Pool] = {}

    @asynccontextmanager
    async def lifespan(_: Starlette):
        state["pool"] = await asyncpg.create_pool(url, min_size=4, max_size=10)
        yield
        await state["pool"].close()

    async def post(request: Request) -> Response:
        body = msgspec.json.decode(await request.body())
        leads = body.pop("lead_data")
        request_id = uuid4()
        async with state["pool"].acquire() as connection:
            await insert(connection, request_id, json.dumps(body), leads)
        answer = {"message": "Success", "secure_request_id": str(request_id)}
        return Response(msgspec.json.encode(answer), media_type="application/json")

    async def get(request: Request) -> Response:
        request_id = UUID(request.query_params["id"])
        async with state["pool"].acquire() as connection:
            head = await connection.fetchval("SELECT body FROM bare.request WHERE id = $1", request_id)
            rows = await connection.fetch(
                "SELECT l.idx, l.lead_id, l.linkedin, m.type, m.text FROM bare.lead l JOIN bare.message m"
                " ON m.request_id = l.request_id AND m.lead_idx = l.idx WHERE l.request_id = $1 ORDER BY l.idx",
                request_id,
            )
        leads: dict[int, dict[str, str]] = {}
        for idx, lead_id, linkedin, kind, text in rows:
            leads.setdefault(idx, {"external_prospect_id": lead_id, "linkedin": linkedin})[kind] = text
        answer = {"campaign": msgspec.Raw(head.encode()), "leads": list(leads.values())}
        return Response(msgspec.json.encode(answer), media_type="application/json")

    return Starlette(
        routes=[Route("/bare", post, methods=["POST"]), Route("/bare", get, methods=["GET"])], lifespan=lifespan
    )


if __name__ == "__main__":
    uvicorn.run(application(sys.argv[1]), port=int(sys.argv[2]), log_level="error", access_log=False)
