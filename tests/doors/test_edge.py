"""Bytes that no client should send: an answer below 500, quickly, and nothing changed."""

import asyncio
import time

import httpx2
import msgspec
import pytest

from overture.api.options import EdgeOptions
from tests.doors.edge_server import KEY, RETRIEVE, SUBMIT, Running, Stand, body, encoded, post, running

GOOD = encoded()


def in_field(text: bytes) -> bytes:
    """A valid request but for the bytes of one name."""
    return GOOD.replace(b'"Ada"', b'"' + text + b'"')


CORPUS: dict[str, bytes] = {
    "empty": b"",
    "null": b"null",
    "array": b"[]",
    "number": b"5",
    "not JSON": b"completion_notification_url=x",
    "cut": GOOD[:-1],
    "more": GOOD + b"{}",
    "byte order mark": b"\xef\xbb\xbf" + GOOD,
    "UTF-16": GOOD.decode().encode("utf-16"),
    "invalid UTF-8": in_field(b"\xff\xfe"),
    "overlong UTF-8": in_field(b"\xc0\x80"),
    "surrogate in UTF-8": in_field(b"\xed\xa0\x80"),
    "raw NUL": in_field(b"\x00"),
    "escaped NUL": in_field(b"\\u0000"),
    "lone surrogate": in_field(b"\\ud800"),
    "lone low surrogate": in_field(b"\\udfff"),
    "surrogates the wrong way": in_field(b"\\udc00\\ud800"),
    "raw newline": in_field(b"\n"),
    "escape": in_field(b"\\u001b[2J"),
    "bad escape": in_field(b"\\x41"),
    "NaN": GOOD.replace(b'"step":1', b'"step":NaN'),
    "Infinity": GOOD.replace(b'"step":1', b'"step":-Infinity'),
    "huge float": GOOD.replace(b'"step":1', b'"step":1e999'),
    "float": GOOD.replace(b'"step":1', b'"step":1.0'),
    "huge integer": GOOD.replace(b'"step":1', b'"step":' + b"9" * 4_000),
    "beyond 64 bits": GOOD.replace(b'"step":1', b'"step":18446744073709551616'),
    "hugest integer": GOOD.replace(b'"step":1', b'"step":' + b"9" * 1_000_000),
    "100,000 brackets": b"[" * 100_000,
    "100,000 braces": b'{"a":' * 100_000,
    "deep and closed": b'{"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "deep in an unknown key": GOOD[:-1] + b',"x":' + b"[" * 40 + b"]" * 40 + b"}",
    "duplicate keys, the last bad": GOOD[:-1] + b',"lead_data":[]}',
    "10,000 leads": encoded(leads=10_000),
    "10,000 empty leads": encoded(lead_data=[{}] * 10_000),
    "a million empty leads": encoded(lead_data=[5] * 1_000_000),
    "10,000 steps": encoded(message_sequence=[{"step": 1, "messageType": "connection_request"}] * 10_000),
    "long name": in_field(b"a" * 1_000_000),
    "long id": GOOD.replace(b'"lead_0"', b'"' + b"a" * 100_000 + b'"'),
    "wrong types everywhere": msgspec.json.encode({name: [] for name in body()}),
}


async def assert_refused(server: Running, answer: httpx2.Response, started: float) -> None:
    assert 400 <= answer.status_code < 500
    assert list(answer.json()) == ["error"]
    assert time.perf_counter() - started < 2
    assert server.stand.submitted == []
    assert (await server.client.get("/healthz")).status_code == 200


@pytest.mark.parametrize("name", CORPUS)
async def test_hostile_bodies(name: str) -> None:
    """Refused with a sentence that does not repeat what was sent."""
    async with running() as server:
        started = time.perf_counter()
        answer = await server.client.post(SUBMIT, content=CORPUS[name])
        await assert_refused(server, answer, started)
        assert answer.status_code == 422
        if len(CORPUS[name]) > 5_000:
            assert "aaaa" not in answer.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("duplicate keys, the last good", b'{"lead_data":5,' + GOOD[1:]),
        ("an unknown key with NUL", GOOD[:-1] + b',"x":"\\u0000"}'),
        ("an unknown huge number", GOOD[:-1] + b',"x":' + b"9" * 4_000 + b"}"),
        ("emoji", in_field("\U0001f600\u202e\u200d".encode())),
        ("escaped emoji", in_field(b"\\ud83d\\ude00")),
    ],
)
async def test_strange_bodies_that_are_right(name: str, content: bytes) -> None:
    """What is strange but valid is accepted."""
    async with running() as server:
        assert (await server.client.post(SUBMIT, content=content)).status_code == 200


async def test_a_body_of_50_megabytes() -> None:
    """Refused by its announced length, without reading it."""
    async with running() as server:
        started = time.perf_counter()
        answer = await server.client.post(SUBMIT, content=b" " * 50_000_000)
        await assert_refused(server, answer, started)
        assert answer.status_code == 413
        assert answer.json() == {"error": "Payload too large: The request body must be at most 4194304 bytes"}


async def test_chunks_without_end() -> None:
    """Counted as they come; the answer comes at the limit."""
    async with running(options=EdgeOptions(max_body_bytes=100_000)) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(f"POST {SUBMIT} HTTP/1.1\r\nHost: x\r\nApi-Key: {KEY}\r\n".encode())
        writer.write(b"Transfer-Encoding: chunked\r\n\r\n")
        for _ in range(200):
            writer.write(b"400\r\n" + b" " * 1024 + b"\r\n")
        async with asyncio.timeout(2):
            line = await reader.readline()
        assert line.startswith(b"HTTP/1.1 413 ")
        writer.close()


async def test_the_largest_body_passes() -> None:
    """The limit is inclusive, announced or chunked."""
    limit = len(GOOD) + 100
    async with running(options=EdgeOptions(max_body_bytes=limit)) as server:

        async def chunks(extra: int):
            yield GOOD
            yield b" " * extra

        assert (await server.client.post(SUBMIT, content=GOOD + b" " * 100)).status_code == 200
        assert (await server.client.post(SUBMIT, content=GOOD + b" " * 101)).status_code == 413
        assert (await server.client.post(SUBMIT, content=chunks(100))).status_code == 200
        assert (await server.client.post(SUBMIT, content=chunks(101))).status_code == 413


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "deflate", "identity, gzip", "nonsense"])
async def test_compressed_bodies(encoding: str) -> None:
    """Refused unread: a small body could unfold to any size."""
    async with running() as server:
        answer = await server.client.post(SUBMIT, content=GOOD, headers={"Content-Encoding": encoding})
        assert answer.status_code == 415
        assert answer.json() == {"error": "Unsupported media type: The request body must not be compressed"}
        plain = await server.client.post(SUBMIT, content=GOOD, headers={"Content-Encoding": "identity"})
        assert plain.status_code == 200


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "application/x-www-form-urlencoded", "\xe9"]
)
async def test_the_content_type_is_not_asked(content_type: str) -> None:
    """A body that is JSON is read whatever it is called."""
    async with running() as server:
        answer = await server.raw(post(GOOD, headers=f"Content-Type: {content_type}\r\nConnection: close\r\n"))
        assert answer.startswith(b"HTTP/1.1 200 ")


async def test_hostile_queries_and_headers() -> None:
    """Below 500, and closed or answered."""
    async with running() as server:
        for target in (
            f"{RETRIEVE}?request_message_generation_secure_request_id=%00",
            f"{RETRIEVE}?request_message_generation_secure_request_id=%ff",
            f"{RETRIEVE}?{'a=1&' * 10_000}",
            f"{RETRIEVE}?%zz&&==&;",
            "/sequences/get_sequences?sequence_length=" + "a" * 30_000,
        ):
            answer = await server.client.get(target)
            assert answer.status_code in {200, 422}, target
        for header in (
            b"X-Request-Id: \xff\xfe",
            b"X-Request-Id: " + b"a" * 200,
            b"Api-Key: \xff",
            b"Cookie: " + b"a" * 9_000,
        ):
            answer = await server.raw(
                b"GET /account HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + b"\r\n\r\n"
            )
            assert answer.startswith(b"HTTP/1.1 401 "), header


async def test_wrong_types_in_every_field_change_nothing() -> None:
    """No value of any type in any field is our mistake."""
    values: list[object] = [None, True, 0, -1, 1e300, "", "x", [], [[]], {}, {"a": []}, [None], "\U0010ffff"]
    stand = Stand()
    async with running(stand) as server:
        for name in body():
            for value in values:
                answer = await server.client.post(SUBMIT, content=msgspec.json.encode({**body(), name: value}))
                assert answer.status_code in {200, 422}, (name, value)
        first = body()["lead_data"][0]  # type: ignore[index]
        for name in first:
            for value in values:
                content = msgspec.json.encode(body(lead_data=[{**first, name: value}]))
                answer = await server.client.post(SUBMIT, content=content)
                assert answer.status_code in {200, 422}, (name, value)
