"""``make bench-scale``: p99 of POST and GET with more and more messages stored.

``python -m benchmarks.scale [messages ...]``; the default is 10 thousand, 1 million and 10 million. Stored messages are
inserted by SQL, of the size that the embedded composer writes.
"""

import asyncio
import statistics
import sys

import asyncpg

from benchmarks.client import Load, drive, raw
from benchmarks.installation import Installation, installation, make_accounts
from benchmarks.rows import RETRIEVE, posts

CALLS = 400
ROUNDS = 3


async def fill(connection: asyncpg.Connection, account_id: object, messages: int) -> None:
    """Store complete requests of 20 leads and 5 types until there are so many messages."""
    stored = await connection.fetchval("SELECT count(*) FROM message")
    requests = (messages - stored) // 100
    if requests <= 0:
        return
    await connection.execute(
        "CREATE TEMP TABLE made AS SELECT gen_random_uuid() AS id FROM generate_series(1, $1::int)", requests
    )
    await connection.execute(
        "INSERT INTO request (id, account_id, digest, state, notification_url, customer_id, campaign_id, campaign_name,"
        " proposition_name, proposition_url, tone, note_limit, sequence, requested, generated, charged, completed_at)"
        " SELECT id, $1, uuid_send(id), 'complete', '', '', '', '', '', '', 'normal', 300, '[]', 100, 100, 100, now()"
        " FROM made",
        account_id,
    )
    await connection.execute(
        "INSERT INTO lead (request_id, idx, lead_id, linkedin, company, first_name, last_name)"
        " SELECT id, n, n::text, '', '', '', '' FROM made, generate_series(0, 19) n"
    )
    await connection.execute(
        "INSERT INTO message (request_id, lead_idx, type, pair, owner, state, text, segments, settled_at)"
        " SELECT m.id, n, t, p.pair, p.pair, 'generated', repeat('text ', 60), repeat('segment ', 100), now()"
        " FROM made m, generate_series(0, 19) n,"
        " unnest(ARRAY['connection_request', 'first_follow_up',"
        " 'stage_ambition', 'share_material', 'hiring_activity']) t,"
        " LATERAL (SELECT gen_random_uuid() AS pair WHERE m.id IS NOT NULL AND n IS NOT NULL AND t IS NOT NULL) p"
    )
    await connection.execute("DROP TABLE made")
    await connection.execute("VACUUM ANALYZE")


async def measure(place: Installation, keys: list[str], first: int) -> tuple[Load, Load]:
    """POST new requests, then GET them."""
    api = place.process("api")
    post = await drive(api.url, posts(api.url, keys, CALLS, [], "http://127.0.0.1:9", first), 4)
    connection = await asyncpg.connect(place.url)
    rows = await connection.fetch(
        "SELECT k.id AS key_id, r.id FROM request r JOIN api_key k USING (account_id) WHERE r.state = 'in_progress'"
        " ORDER BY r.accepted_at DESC LIMIT $1",
        CALLS,
    )
    await connection.close()
    key_of = {key[8:16]: key for key in keys}
    gets = [raw("GET", f"{api.url}{RETRIEVE}{row['id']}", {"Api-Key": key_of[row["key_id"]]}) for row in rows]
    get = await drive(api.url, gets, 4)
    api.stop()
    return post, get


async def main() -> None:
    """Measure at each size and print a table."""
    sizes = [int(text) for text in sys.argv[1:]] or [10_000, 1_000_000, 10_000_000]
    first = 0
    with installation() as place:
        keys = await make_accounts(place, 200)
        for size in sizes:
            connection = await asyncpg.connect(place.url, command_timeout=3_600)
            account_id = await connection.fetchval("SELECT id FROM account LIMIT 1")
            await fill(connection, account_id, size)
            await connection.close()
            rounds: list[tuple[Load, Load]] = []
            for _ in range(ROUNDS):
                rounds.append(await measure(place, keys, first))
                first += CALLS
                await asyncio.sleep(20)  # within the minute's limits
            post, get = (statistics.median(r[i].p99 for r in rounds) for i in (0, 1))
            sys.stdout.write(f"{size:>11,} messages: POST p99 {post:.1f} ms, GET p99 {get:.1f} ms\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
