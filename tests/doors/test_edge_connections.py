"""Connections held open, broken off or filled with something else than HTTP."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from overture.api.options import EdgeOptions
from overture.api.protocol import ConnectionLimits
from tests.doors.edge_server import KEY, REQUEST_ID, RETRIEVE, SUBMIT, Running, Stand, encoded, post, running

QUICK = ConnectionLimits(
    idle_seconds=0.6, head_seconds=0.5, keep_alive_seconds=1, linger_seconds=0.4, write_seconds=0.5
)
QUICK_OPTIONS = EdgeOptions(body_seconds=0.5)
GOOD = encoded()
GET = f"GET /account HTTP/1.1\r\nHost: x\r\nApi-Key: {KEY}\r\n\r\n".encode()

Dribble = Callable[[asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """The loop of production: its transports differ from asyncio's."""
    return "asyncio", {"use_uvloop": True}


async def idle(_writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def slow_head(writer: asyncio.StreamWriter) -> None:
    writer.write(b"GET /account HTTP/1.1\r\n")
    while True:
        writer.write(b"X-A: b\r\n")
        await asyncio.sleep(0.05)


async def blank_lines(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"\r\n")
        await asyncio.sleep(0.05)


async def slow_body(writer: asyncio.StreamWriter) -> None:
    writer.write(post(b"")[:-5] + b"1000\r\n\r\n")
    while True:
        writer.write(b" ")
        await asyncio.sleep(0.05)


async def slow_chunks(writer: asyncio.StreamWriter) -> None:
    writer.write(f"POST {SUBMIT} HTTP/1.1\r\nHost: x\r\nApi-Key: {KEY}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
    while True:
        writer.write(b"1\r\n \r\n")
        await asyncio.sleep(0.05)


async def second_head_slow(writer: asyncio.StreamWriter) -> None:
    writer.write(GET)
    await asyncio.sleep(0.1)
    await slow_head(writer)


async def body_after_refusal(writer: asyncio.StreamWriter) -> None:
    writer.write(f"POST {SUBMIT} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n".encode())
    while True:
        writer.write(b" ")
        await asyncio.sleep(0.05)


async def body_of_a_get(writer: asyncio.StreamWriter) -> None:
    writer.write(GET[:-2] + b"Content-Length: 1000\r\n\r\n")
    while True:
        writer.write(b" ")
        await asyncio.sleep(0.05)


SLOW = [idle, slow_head, blank_lines, slow_body, slow_chunks, second_head_slow, body_after_refusal, body_of_a_get]


async def held(server: Running, dribble: Dribble) -> float:
    """Return for how long the server let a client hold its connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    started = time.perf_counter()
    sending = asyncio.create_task(dribble(writer))
    try:
        async with asyncio.timeout(5):
            while await reader.read(65_536):
                pass
    except ConnectionError:
        pass
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        writer.close()
    return time.perf_counter() - started


@pytest.mark.parametrize("dribble", SLOW, ids=lambda dribble: dribble.__name__)
async def test_slow_clients_are_put_out(dribble: Dribble) -> None:
    """Many at a time; the others are served meanwhile."""
    async with running(options=QUICK_OPTIONS, limits=QUICK) as server:
        slow = [asyncio.create_task(held(server, dribble)) for _ in range(50)]
        waits: list[float] = []
        for _ in range(20):
            started = time.perf_counter()
            assert (await server.client.get("/account")).status_code == 200
            waits.append(time.perf_counter() - started)
        assert max(await asyncio.gather(*slow)) < 2.5
        assert sorted(waits)[10] < 0.2


async def test_a_slow_body_is_told() -> None:
    """408, and the connection is closed."""
    async with running(options=QUICK_OPTIONS, limits=QUICK) as server:
        answer = await server.raw(post(b"")[:-5] + b"1000\r\n\r\n{")
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert answer.endswith(b'{"error":"Request timeout: The request body took too long to arrive"}')


async def test_a_client_that_does_not_read_is_put_out() -> None:
    """What was written for it does not stay in memory."""
    async with running(limits=QUICK, grace_seconds=8) as server:
        accepted = await server.client.post(SUBMIT, content=encoded(leads=2_000))
        path = f"{RETRIEVE}?{REQUEST_ID}={accepted.json()['secure_request_id']}"
        request = f"GET {path} HTTP/1.1\r\nHost: x\r\nApi-Key: {KEY}\r\n\r\n".encode()
        _, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1)
        writer.write(request * 100)
        await asyncio.sleep(1.5)
        assert (await server.client.get("/account")).status_code == 200
        started = time.perf_counter()
        server.stop.set()
        await server.task
        assert time.perf_counter() - started < 2, "the stop waited for the connection"
    writer.close()


async def test_a_kept_connection_serves_many() -> None:
    """Deadlines are for slow clients: a connection may live on as long as it is used."""
    async with running(options=QUICK_OPTIONS, limits=QUICK) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        for _ in range(8):
            writer.write(GET)
            async with asyncio.timeout(2):
                head = await reader.readuntil(b"\r\n\r\n")
                assert head.startswith(b"HTTP/1.1 200 ")
                await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
            await asyncio.sleep(0.2)
        writer.close()


async def test_a_long_answer_in_the_making_is_not_cut() -> None:
    """While we work, no deadline of the client's runs."""
    stand = Stand(seconds=1.5)
    async with running(stand, QUICK_OPTIONS, QUICK) as server:
        assert (await server.client.post(SUBMIT, content=GOOD)).status_code == 200
        answer = await server.raw(post(GOOD) + b"GET /acc", 4)
        assert answer.startswith(b"HTTP/1.1 200 ")


async def test_pipelined_requests_are_answered_in_order() -> None:
    """Also where garbage follows them."""
    async with running(limits=QUICK) as server:
        two = await server.raw(post(GOOD) + GET, 1)
        assert two.count(b"HTTP/1.1 200 ") == 2
        then_garbage = await server.raw(post(GOOD) + b"\x00\x01\x02garbage\r\n\r\n", 1)
        assert then_garbage.startswith(b"HTTP/1.1 200 ")
        assert then_garbage.count(b"HTTP/1.1") == 1


MALFORMED = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"a" * 100,
    "garbage": b"\xff" * 1000,
    "no version": b"GET /account\r\n\r\n",
    "version 9": b"GET /account HTTP/9.9\r\n\r\n",
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "unknown method": b"FROB /account HTTP/1.1\r\nHost: x\r\n\r\n",
    "CONNECT": b"CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    "space in path": b"GET /acc ount HTTP/1.1\r\nHost: x\r\n\r\n",
    "control in path": b"GET /acc\x01ount HTTP/1.1\r\nHost: x\r\n\r\n",
    "bytes in path": b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    "asterisk": b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    "no colon": b"GET /account HTTP/1.1\r\nHost x\r\n\r\n",
    "space before colon": b"GET /account HTTP/1.1\r\nHost : x\r\n\r\n",
    "NUL in header": b"GET /account HTTP/1.1\r\nX-A: a\x00b\r\n\r\n",
    "NUL in name": b"GET /account HTTP/1.1\r\nX\x00A: b\r\n\r\n",
    "folded header": b"GET /account HTTP/1.1\r\nX-A: a\r\n b\r\n\r\n",
    "bare CR": b"GET /account HTTP/1.1\rHost: x\r\r",
    "length and chunks": post(b"0\r\n\r\n", headers="Transfer-Encoding: chunked\r\n"),
    "two lengths": post(b"{}", headers="Content-Length: 3\r\n"),
    "negative length": b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    "length with plus": b"POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\nhello",
    "length in hex": b"POST / HTTP/1.1\r\nContent-Length: 0x5\r\n\r\nhello",
    "length beyond 64 bits": b"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    "length too large": b"POST / HTTP/1.1\r\nContent-Length: 9999999999999\r\n\r\n",
    "chunk size not hex": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "chunk size too large": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
    "chunk without end": post(b"")[:-23] + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX",
    "chunked twice": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "chunked unknown": b"POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunked in disguise": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: a\r\n\r\n0\r\n\r\n",
    "endless header": b"GET / HTTP/1.1\r\nX-A: " + b"a" * 2_000_000,
    "endless headers": b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 200_000,
    "endless path": b"GET /" + b"a" * 2_000_000,
    "endless method": b"G" * 2_000_000,
    "endless chunk extension": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;a=" + b"a" * 2_000_000,
    "endless trailers": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"X-A: b\r\n" * 200_000,
}


@pytest.mark.parametrize("name", MALFORMED)
async def test_malformed_http(name: str) -> None:
    """An answer of 4xx in JSON, or the end of the connection; never a 5xx; and nobody else notices."""
    async with running(options=QUICK_OPTIONS, limits=QUICK) as server:
        started = time.perf_counter()
        answer = await server.raw(MALFORMED[name])
        assert time.perf_counter() - started < 3
        if answer:
            assert answer.startswith(b"HTTP/1.1 4"), answer[:100]
            assert b'{"error":"' in answer
        assert answer.count(b"HTTP/1.1 ") <= 1
        assert server.stand.submitted == []
        assert (await server.client.get("/account")).status_code == 200


async def test_a_length_that_says_too_little() -> None:
    """The rest is no request of its own."""
    async with running(limits=QUICK) as server:
        cut = post(GOOD).replace(f"Content-Length: {len(GOOD)}".encode(), b"Content-Length: 5")
        answer = await server.raw(cut)
        assert answer.startswith(b"HTTP/1.1 422 ")
        assert server.stand.submitted == []


async def test_an_offer_to_upgrade_is_ignored() -> None:
    """Clients that offer HTTP/2 in clear text are served, and their body is read."""
    offer = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"
    async with running(limits=QUICK) as server:
        assert (await server.raw(post(GOOD, headers=offer), 1)).startswith(b"HTTP/1.1 200 ")
        websocket = (
            b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        assert (await server.raw(GET[:-2] + websocket, 1)).startswith(b"HTTP/1.1 200 ")


async def test_a_body_that_is_waited_for() -> None:
    """A client that asks before it sends is told to go on."""
    async with running() as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(post(GOOD, headers="Expect: 100-continue\r\n")[: -len(GOOD)])
        async with asyncio.timeout(2):
            assert await reader.readline() == b"HTTP/1.1 100 Continue\r\n"
            writer.write(GOOD)
            await reader.readline()
            assert (await reader.readline()).startswith(b"HTTP/1.1 200 ")
        writer.close()


async def test_clients_that_hang_up() -> None:
    """In the head, in the body, before the answer: nothing is left behind."""
    stand = Stand(seconds=0.2)
    async with running(stand, limits=QUICK) as server:
        for data in (b"", b"GET /acc", post(GOOD)[:-5], post(GOOD)):
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(data)
            await asyncio.sleep(0.05)
            writer.transport.abort()
        await asyncio.sleep(0.5)
        assert len(stand.submitted) == 1
        assert (await server.client.get("/account")).status_code == 200


async def test_one_connection_too_many() -> None:
    """503 in order, not a reset."""
    limits = ConnectionLimits(most_connections=3)
    async with running(limits=limits) as server:
        held_open = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(3)]
        await asyncio.sleep(0.1)
        answer = await server.raw(GET)
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 1" in answer.lower()
        for _, writer in held_open:
            writer.close()


async def test_too_many_requests_at_once() -> None:
    """What is beyond the limit is refused at once; the others end as they should."""
    stand = Stand(seconds=0.5)
    async with running(stand, EdgeOptions(max_in_flight=5)) as server:
        answers = await asyncio.gather(*(server.client.get("/account/check_credits") for _ in range(20)))
        assert sorted(answer.status_code for answer in answers) == [200] * 5 + [503] * 15
        refused = next(answer for answer in answers if answer.status_code == 503)
        assert refused.json() == {"error": "Service unavailable: Too many requests in progress"}
        assert refused.headers["retry-after"] == "1"
        assert (await server.client.get("/account/check_credits")).status_code == 200
