"""Pages are fetched within limits, politely, and fail with a reason."""

import asyncio
import datetime as dt
import gzip
import ipaddress
import ssl
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from overture.adapters.web import HttpWeb, user_agent
from overture.adapters.wire import Limits
from overture.domain.errors import FetchBlocked, FetchFailed
from overture.ports import Web
from tests.research.site import Request, Site, reply, serving
from tests.unit.test_guard import TowardsLoopback

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as opened:
        yield opened


@pytest.fixture
async def web() -> AsyncIterator[HttpWeb]:
    opened = HttpWeb(allow=LOOPBACK, robots=False, contact="https://example.com/bot", limits=Limits(seconds=3.0))
    yield opened
    await opened.close()


async def failure(web: Web, url: str) -> str:
    with pytest.raises(FetchFailed) as caught:
        await web.fetch(url)
    assert caught.value.url == url
    return caught.value.reason


async def test_a_page_comes_with_what_was_said_of_it(site: Site, web: HttpWeb) -> None:
    site.page(
        "/a", "<p>hé</p>", 'ETag: "x"', "Set-Cookie: id=1", "Content-Language: en", kind="text/html; charset=utf-8"
    )
    page = await web.fetch(f"{site.url}/a?q=ü#part")
    assert page.url == f"{site.url}/a?q=ü#part"
    assert page.final_url == f"{site.url}/a?q=%C3%BC"
    assert (page.status, page.content_type, page.body) == (200, "text/html; charset=utf-8", "<p>hé</p>".encode())
    assert page.headers == {"etag": '"x"', "content-language": "en", "content-type": "text/html; charset=utf-8"}
    assert page.fetched_at.tzinfo is dt.UTC
    await web.fetch(f"{site.url}/a")
    sent = site.seen[1].headers
    assert sent["user-agent"].startswith("OvertureBot/")
    assert "(+https://example.com/bot)" in sent["user-agent"]
    assert sent["accept-encoding"] == "gzip, identity"
    assert sent["host"] == f"127.0.0.1:{site.port}"
    assert "cookie" not in sent
    assert "referer" not in sent


def test_a_contact_cannot_break_out_of_its_header() -> None:
    assert b"\r" not in user_agent("a\r\nX: y)")
    assert user_agent("é()") == user_agent("")


async def test_gzip_is_read_and_nothing_else(site: Site, web: HttpWeb) -> None:
    page = b"<p>" + b"word " * 1000
    site.page("/gzip", gzip.compress(page), "Content-Encoding: gzip")
    site.page("/members", gzip.compress(page[:7]) + gzip.compress(page[7:]) + b"\0\0", "Content-Encoding: x-gzip")
    site.page("/brotli", b"\x1b\x00", "Content-Encoding: br")
    site.page("/deflate", zlib.compress(page), "Content-Encoding: deflate")
    site.page("/cut", gzip.compress(page)[:-9], "Content-Encoding: gzip")
    site.page("/lie", page, "Content-Encoding: gzip")
    site.page("/twice", gzip.compress(gzip.compress(page)), "Content-Encoding: gzip, gzip")
    assert (await web.fetch(f"{site.url}/gzip")).body == page
    assert (await web.fetch(f"{site.url}/members")).body == page
    assert "not asked for" in await failure(web, f"{site.url}/brotli")
    assert "not asked for" in await failure(web, f"{site.url}/deflate")
    assert "not asked for" in await failure(web, f"{site.url}/twice")
    assert "broken" in await failure(web, f"{site.url}/cut")
    assert "broken" in await failure(web, f"{site.url}/lie")


async def test_a_bomb_stops_at_the_limit(site: Site, web: HttpWeb) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    assert len(bomb) < 2_000_000
    site.page("/", bomb, "Content-Encoding: gzip")
    tracemalloc.start()
    assert "larger than 5,000,000 bytes" in await failure(web, f"{site.url}/")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


async def test_a_long_page_stops_at_the_limit(site: Site, web: HttpWeb) -> None:
    async def endless(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"10000\r\n" + bytes(65536) + b"\r\n")
            await writer.drain()

    site.routes["/endless"] = endless
    site.routes["/announced"] = HEAD + b"Content-Length: 3000000\r\n\r\nshort"
    site.page("/fits", b"x" * 1_999_999)
    assert "larger than 2,000,000" in await failure(web, f"{site.url}/endless")
    assert "larger than 2,000,000" in await failure(web, f"{site.url}/announced")
    assert len((await web.fetch(f"{site.url}/fits")).body) == 1_999_999


async def test_a_drip_stops_at_the_deadline(site: Site) -> None:
    async def drip(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"Content-Length: 1000\r\n\r\n" if request.path == "/body" else b"")
        for _ in range(1000):
            writer.write(b"x" if request.path == "/body" else b"HTTP/1.1 200 OK\r\n"[:1])
            await writer.drain()
            await asyncio.sleep(0.05)

    async def silence(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    site.routes |= {"/body": drip, "/head": drip, "/silence": silence}
    web = HttpWeb(allow=LOOPBACK, robots=False, limits=Limits(seconds=0.4))
    for path in ("/body", "/head", "/silence"):
        started = time.monotonic()
        assert "took longer than 0.4 seconds" in await failure(web, f"{site.url}{path}")
        assert time.monotonic() - started < 2
    await web.close()


async def test_an_answer_that_lies_about_its_length_fails(site: Site, web: HttpWeb) -> None:
    async def short(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"Content-Length: 500\r\n\r\nonly this")
        await writer.drain()
        writer.close()

    site.routes["/short"] = short
    site.routes["/long"] = HEAD + b"Content-Length: 5\r\n\r\nhello, and more that nobody announced"
    site.routes["/two"] = HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"
    site.routes["/odd"] = HEAD + b"Content-Length: -5\r\n\r\nhello"
    site.routes["/chunk"] = HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"
    site.routes["/noise"] = b"\x16\x03\x01\x02\x00" * 50
    assert "broke off" in await failure(web, f"{site.url}/short")
    assert (await web.fetch(f"{site.url}/long")).body == b"hello"
    for path in ("/two", "/odd", "/chunk", "/noise"):
        assert "no HTTP" in await failure(web, f"{site.url}{path}")


async def test_too_many_headers_fail(site: Site, web: HttpWeb) -> None:
    site.page("/many", "x", *[f"X-{n}: 1" for n in range(300)])
    site.page("/large", "x", "X-Large: " + "a" * 80_000)
    site.page("/huge", "x", "X-Huge: " + "a" * 5_000_000)
    assert "too many headers" in await failure(web, f"{site.url}/many")
    assert "too many headers" in await failure(web, f"{site.url}/large")
    assert await failure(web, f"{site.url}/huge")


async def test_only_pages_are_read(site: Site, web: HttpWeb) -> None:
    for index, kind in enumerate(["text/html", "TEXT/HTML;charset=x", "application/xhtml+xml", "text/plain", ""]):
        site.page(f"/{index}", "hello there", kind=kind)
        assert (await web.fetch(f"{site.url}/{index}")).body == b"hello there"
    for kind in ("application/pdf", "application/json", "text/xml", "image/png", "application/octet-stream"):
        site.page("/other", "%PDF", kind=kind)
        assert await failure(web, f"{site.url}/other") == f"is no page but {kind}"


async def test_other_statuses_fail_by_their_number(site: Site, web: HttpWeb) -> None:
    for status in ("404 Not Found", "500 Oops", "204 No Content", "304 Not Modified", "429 Slow Down", "206 Part"):
        site.page("/", "", status=status)
        assert (await failure(web, f"{site.url}/")).partition(":")[0] == f"answered {status[:3]}"


async def test_three_redirects_are_followed_and_no_more(site: Site, web: HttpWeb) -> None:
    site.page("/0", "there", status="200 OK")
    for index, status in enumerate(["301 Moved", "302 Found", "307 Temporary", "308 Permanent"], start=1):
        site.redirect(f"/{index}", f"/{index - 1}" if index % 2 else f"{index - 1}", status)
    site.redirect("/loop", "/loop")
    page = await web.fetch(f"{site.url}/3")
    assert (page.body, page.url, page.final_url) == (b"there", f"{site.url}/3", f"{site.url}/0")
    assert "redirects more than 3 times" in await failure(web, f"{site.url}/4")
    assert "redirects more than 3 times" in await failure(web, f"{site.url}/loop")
    site.page("/nowhere", "", status="302 Found")
    assert await failure(web, f"{site.url}/nowhere") == "answered 302"


@pytest.mark.parametrize(
    "target",
    [
        "https://www.linkedin.com/in/someone",
        "//LinkedIn.com./",
        "https://lnkd.in/x",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "ftp://example.com/",
        "http://a:b@example.com/",
        "http://example.com:25/",
        "\\\\example.com\\x",
        "http://[",
    ],
)
async def test_a_redirect_passes_the_same_checks(site: Site, web: HttpWeb, target: str) -> None:
    site.redirect("/", target)
    assert await failure(web, f"{site.url}/")
    assert len(site.seen) == 1


@pytest.mark.parametrize(
    "url", ["https://www.linkedin.com/in/x", "http://linkedin.com", "https://de.linkedin.com./", "https://lnkd.in/abc"]
)
async def test_linkedin_is_never_fetched(web: HttpWeb, url: str) -> None:
    with pytest.raises(FetchBlocked, match="LinkedIn"):
        await web.fetch(url)


async def test_names_that_only_look_like_linkedin_are_no_matter(site: Site) -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return ["93.184.216.34"]

    site.page("/", "hi")
    web = HttpWeb(robots=False, resolver=resolver, backend=TowardsLoopback(site))
    assert (await web.fetch("http://notlinkedin.com/")).body == b"hi"
    await web.close()


async def test_robots_txt_is_obeyed_and_remembered(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /\nUser-agent: OvertureBot\nDisallow: /no\nAllow: /no/yes\n")
    site.page("*", "page")
    web = HttpWeb(allow=LOOPBACK)
    await asyncio.gather(*(web.fetch(f"{site.url}/{n}") for n in range(5)))
    with pytest.raises(FetchBlocked, match=r"robots\.txt"):
        await web.fetch(f"{site.url}/no")
    assert (await web.fetch(f"{site.url}/no/yes")).body == b"page"
    site.redirect("/away", "/no")
    with pytest.raises(FetchBlocked, match=r"robots\.txt"):
        await web.fetch(f"{site.url}/away")
    assert site.paths.count("/robots.txt") == 1
    assert "/no" not in site.paths
    await web.close()


async def test_robots_txt_can_be_left_out(site: Site, web: HttpWeb) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /")
    site.page("/", "page")
    assert (await web.fetch(f"{site.url}/")).body == b"page"
    assert "/robots.txt" not in site.paths


@pytest.mark.parametrize(
    ("answer", "fetched"),
    [
        (reply("", status="404 Not Found"), True),
        (reply("", status="403 Forbidden"), True),
        (reply(b"\xff\xfe\x00binary \x00" * 50), True),
        (reply("x" * 300_000), False),
        (reply("", status="500 Oops"), False),
        (reply("", status="503 Busy"), False),
        (reply("", "Location: /robots.txt", status="302 Found"), True),
        (reply("", "Location: http://10.0.0.1/robots.txt", status="302 Found"), False),
        (b"nonsense\r\n\r\n", False),
    ],
)
async def test_without_readable_rules(site: Site, answer: bytes, *, fetched: bool) -> None:
    """No rules allow all; rules that cannot be read now forbid all."""
    site.routes["/robots.txt"] = answer
    site.page("/", "page")
    web = HttpWeb(allow=LOOPBACK)
    if fetched:
        assert (await web.fetch(f"{site.url}/")).body == b"page"
    else:
        assert await failure(web, f"{site.url}/")
        assert "/" not in site.paths
    await web.close()


async def test_two_at_a_time_to_a_host(site: Site, web: HttpWeb) -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.02)
        writer.write(reply("x"))

    site.routes["*"] = slow
    await asyncio.gather(*(web.fetch(f"{site.url}/{n}") for n in range(12)))
    assert site.most == 2


async def test_a_cancelled_fetch_frees_its_place(site: Site, web: HttpWeb) -> None:
    async def silence(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    site.routes["/silence"] = silence
    site.page("/", "x")
    stuck = [asyncio.create_task(web.fetch(f"{site.url}/silence")) for _ in range(4)]
    await asyncio.sleep(0.1)
    for task in stuck:
        task.cancel()
    assert all(isinstance(e, asyncio.CancelledError) for e in await asyncio.gather(*stuck, return_exceptions=True))
    assert (await web.fetch(f"{site.url}/")).body == b"x"


async def test_proxy_variables_are_not_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        site.page("/", "x")
        web = HttpWeb(allow=LOOPBACK, robots=False)
        assert (await web.fetch(f"{site.url}/")).body == b"x"
        assert proxy.seen == []
        await web.close()


async def test_a_dead_host_fails(web: HttpWeb) -> None:
    async with serving() as gone:
        url = gone.url
    assert await failure(web, url) == "no connection"


def _certificate(name: str, folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    path = folder / f"{name}.pem"
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()) + made.public_bytes(pem)
    )
    return path


async def test_tls_is_made_with_the_name_and_not_the_address(tmp_path: Path) -> None:
    """The checked address is dialled; certificate, SNI and Host are those of the name."""

    async def resolver(host: str, port: int) -> list[str]:
        return ["93.184.216.34"]

    names: list[str | None] = []
    right = _certificate("right.com", tmp_path)
    offered = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    offered.load_cert_chain(right)
    offered.sni_callback = lambda _socket, name, _context: names.append(name)
    trusted = ssl.create_default_context(cafile=str(right))
    site = Site("127.0.0.1", routes={"/": reply("secret")})
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0, ssl=offered)
    site.port = server.sockets[0].getsockname()[1]
    network = TowardsLoopback(site)
    web = HttpWeb(robots=False, resolver=resolver, backend=network, ssl_context=trusted)
    assert (await web.fetch("https://right.com/")).body == b"secret"
    assert (names, site.seen[0].headers["host"], network.dialled) == (["right.com"], "right.com", ["93.184.216.34"])
    assert await failure(web, "https://wrong.com/") == "no connection"
    assert len(site.seen) == 1
    await web.close()
    server.close()
