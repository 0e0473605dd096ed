"""A webhook is posted once, and whatever happens is a receipt."""

import asyncio
import ipaddress
import time
from collections.abc import AsyncIterator

import pytest

from overture.adapters.sender import HttpSender
from overture.ports import Receipt
from tests.research.site import Request, Site, reply, serving
from tests.unit.test_guard import TowardsLoopback

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as opened:
        yield opened


@pytest.fixture
async def sender() -> AsyncIterator[HttpSender]:
    opened = HttpSender(allow=LOOPBACK, seconds=1.0)
    yield opened
    await opened.close()


async def test_body_and_headers_arrive_as_given(site: Site, sender: HttpSender) -> None:
    site.page("/hook", "thanks\x00\x1b[31m\nbye\u202e", kind="text/plain")
    headers = {"Content-Type": "application/json", "X-Signature": "sha256=ab", "Host": "evil", "Content-Length": "9"}
    receipt = await sender.post(f"{site.url}/hook?a=b", '{"a":"é"}'.encode(), headers)
    assert (receipt.status, receipt.error, receipt.excerpt) == (200, "", "thanks [31m bye")
    assert 0 < receipt.seconds < 1
    sent = site.seen[0]
    assert (sent.method, sent.path, sent.body) == ("POST", "/hook?a=b", '{"a":"é"}'.encode())
    assert (sent.headers["x-signature"], sent.headers["content-length"]) == ("sha256=ab", "10")
    assert sent.headers["host"] == f"127.0.0.1:{site.port}"


@pytest.mark.parametrize("status", ["201 Created", "302 Found", "307 Again", "400 Bad", "410 Gone", "503 Busy"])
async def test_any_status_is_a_receipt_and_no_redirect_is_followed(site: Site, sender: HttpSender, status: str) -> None:
    site.page("/", "why", f"Location: {site.url}/other", status=status)
    receipt = await sender.post(f"{site.url}/", b"{}", {})
    assert (receipt.status, receipt.error, receipt.excerpt) == (int(status[:3]), "", "why")
    assert site.paths == ["/"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7), (" 0 ", 0), ("999999999", 86_400), ("soon", None), ("-1", None), ("1.5", None), ("٣", None), ("", None)],
)
async def test_retry_after(site: Site, sender: HttpSender, value: str, seconds: int | None) -> None:
    header = f"Retry-After: {value}".encode().decode("latin-1")
    site.routes["/"] = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n" + header.encode("latin-1") + b"\r\n\r\n"
    assert (await sender.post(f"{site.url}/", b"{}", {})).retry_after == seconds


async def test_a_slow_receiver_is_given_up(site: Site, sender: HttpSender) -> None:
    async def silence(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    site.routes["/"] = silence
    started = time.monotonic()
    receipt = await sender.post(f"{site.url}/", b"{}", {})
    assert (receipt.status, receipt.error) == (None, "no answer within 1 seconds")
    assert 0.9 < time.monotonic() - started < 2
    assert receipt.seconds >= 0.9


async def test_of_a_long_answer_64_kb_are_read(site: Site, sender: HttpSender) -> None:
    written = 0

    async def endless(request: Request, writer: asyncio.StreamWriter) -> None:
        nonlocal written
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"10000\r\n" + b"y" * 65536 + b"\r\n")
            await writer.drain()
            written += 65536

    site.routes["/"] = endless
    receipt = await sender.post(f"{site.url}/", b"{}", {})
    assert (receipt.status, receipt.excerpt) == (200, "y" * 500)
    await asyncio.sleep(0.05)
    assert written < 20_000_000


async def test_an_answer_that_breaks_off_after_its_status_counts(site: Site, sender: HttpSender) -> None:
    async def broken(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\npart")
        await writer.drain()
        writer.close()

    site.routes["/"] = broken
    receipt = await sender.post(f"{site.url}/", b"{}", {})
    assert (receipt.status, receipt.excerpt) == (200, "part")


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"\x00\xff" * 100, b"HTTP/1.1 9999 X\r\n\r\n"])
async def test_what_is_no_http_is_an_error(site: Site, sender: HttpSender, answer: bytes) -> None:
    async def odd(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()
        writer.close()

    site.routes["/"] = odd
    receipt = await sender.post(f"{site.url}/", b"{}", {})
    assert receipt.status is None
    assert receipt.error


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "ftp://example.com/",
        "http://a:b@example.com/",
        "http://example.com:25/",
        "nonsense",
        "",
        "http://\ud800.com/",
    ],
)
async def test_what_may_not_be_asked_is_an_error(sender: HttpSender, url: str) -> None:
    receipt = await sender.post(url, b"{}", {})
    assert receipt.status is None
    assert receipt.error


async def test_loopback_is_closed_by_default(site: Site) -> None:
    sender = HttpSender()
    assert (await sender.post(f"{site.url}/", b"{}", {})).status is None
    assert site.seen == []
    await sender.close()


async def test_https_alone_where_the_setting_says_so(site: Site) -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return ["93.184.216.34"]

    site.page("/", "")
    sender = HttpSender(https_only=True, resolver=resolver, backend=TowardsLoopback(site))
    receipt = await sender.post("http://example.com/", b"{}", {})
    assert (receipt.status, receipt.error) == (None, "only https may be asked for")
    await sender.close()
    sender = HttpSender(allow=LOOPBACK, https_only=True)
    assert (await sender.post(f"{site.url}/", b"{}", {})).status == 200
    await sender.close()


@pytest.mark.parametrize("headers", [{"X-A": "b\r\nX-C: d"}, {"X-A\r\nX-B": "c"}, {"X-A": "\ud800"}, {"X-É": "a"}])
async def test_no_header_can_be_smuggled(site: Site, sender: HttpSender, headers: dict[str, str]) -> None:
    site.page("/", "")
    receipt = await sender.post(f"{site.url}/", b"{}", headers)
    assert receipt.status is None
    assert site.seen == []


async def test_four_at_a_time_to_a_receiver_and_waiting_is_no_failure(site: Site) -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        writer.write(reply(""))

    site.routes["/"] = slow
    sender = HttpSender(allow=LOOPBACK, seconds=0.3)
    receipts = await asyncio.gather(*(sender.post(f"{site.url}/", b"{}", {}) for _ in range(24)))
    assert {receipt.status for receipt in receipts} == {200}
    assert all(receipt.seconds < 0.3 for receipt in receipts)
    assert site.most == 4
    await sender.close()


async def test_cancelling_is_no_receipt(site: Site, sender: HttpSender) -> None:
    async def silence(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    site.routes["/"] = silence
    task = asyncio.create_task(sender.post(f"{site.url}/", b"{}", {}))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_dead_receiver_is_an_error(sender: HttpSender) -> None:
    async with serving() as gone:
        url = gone.url
    receipt = await sender.post(url, b"{}", {})
    assert receipt == Receipt(None, "no connection", receipt.seconds, "")
