"""Which addresses may be dialled: none that is not public, however it is spelled."""

import ipaddress
from collections.abc import Iterable

import httpcore2
import pytest

from overture.adapters.guard import GuardedBackend, Rules, check_url, is_public
from overture.adapters.web import HttpWeb
from overture.domain.errors import FetchBlocked, FetchFailed
from tests.research.site import Site, serving

PRIVATE_TEXT = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.8 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255
198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 168.63.129.16
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a00:1
64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2001:10::1 2002:7f00:1:: 2002:a00:1::
3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1 ff0e::1 2606:4700::5efe:7f00:1
2606:4700::200:5efe:a00:1
"""
PRIVATE = PRIVATE_TEXT.split()
PUBLIC = (
    "1.1.1.1 8.8.8.8 93.184.216.34 100.128.0.1 172.32.0.1 2606:4700::1111 2a00:1450::1 ::ffff:8.8.8.8 64:ff9b::808:808"
)

# P stands for the port of the canary. Each of these is, for one client or another, a way to say "this host".
SPELLINGS_TEXT = r"""
http://127.0.0.1:P/ http://127.0.0.2:P/ http://127.1:P/ http://127.0.1:P/ http://0:P/ http://0.0.0.0:P/
http://2130706433:P/ http://0x7f000001:P/ http://0x7f.1:P/ http://0x7f.0.0.1:P/ http://0x7f.0x0.0x0.0x1:P/
http://0177.0.0.1:P/ http://0177.1:P/ http://017700000001:P/ http://00000177.0.0.1:P/ http://127.0.0.01:P/
http://127.000.000.001:P/ http://127.0.0.1.:P/ http://127。0。0。1:P/ http://127｡0｡0｡1:P/ http://127．0．0．1:P/
http://１２７.0.0.1:P/ http://①②⑦.0.0.1:P/ http://⑫７.0.0.1:P/ http://%31%32%37.0.0.1:P/ http://127.0.0.1%2e:P/
http://127%2e0%2e0%2e1:P/ http://localhost:P/ http://LOCALHOST:P/ http://localhost.:P/ http://LocalHost.localdomain:P/
http://foo.localhost:P/ http://ｌｏｃａｌｈｏｓｔ:P/ http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:P/ http://loc%61lhost:P/ http://localhost%00:P/
http://[::1]:P/ http://[0:0:0:0:0:0:0:1]:P/ http://[0000::1]:P/ http://[::]:P/ http://[::ffff:127.0.0.1]:P/
http://[::ffff:7f00:1]:P/ http://[0:0:0:0:0:ffff:127.0.0.1]:P/ http://[::127.0.0.1]:P/ http://[64:ff9b::7f00:1]:P/
http://[2002:7f00:1::]:P/ http://[::1%25lo]:P/ http://[::1%lo]:P/ http://[fe80::1]:P/ http://[v1.127.0.0.1]:P/
http://user@127.0.0.1:P/ http://a:b@127.0.0.1:P/ http://example.com@127.0.0.1:P/ http://127.0.0.1:P@example.com/
http://example.com#@127.0.0.1:P/ http://example.com\@127.0.0.1:P/ http://127.0.0.1\@example.com:P/
http://127.0.0.1:P\.example.com/ http:\\127.0.0.1:P\ http:///127.0.0.1:P/ http:127.0.0.1:P/ http:/127.0.0.1:P/
//127.0.0.1:P/ 127.0.0.1:P https://127.0.0.1:P/ ftp://127.0.0.1:P/ gopher://127.0.0.1:P/ file:///etc/passwd
HTTP://127.0.0.1:P/ http://127.0.0.1:P?@example.com/ http://127.0.0.1.nip.io:P/ http://localtest.me:P/
http://rebind.example.com:P/ http://router:P/ http://metadata.google.internal:P/ http://printer.local:P/
http://host.docker.internal:P/ http://a.test:P/ http://b.example:P/ http://c.invalid:P/ http://d.onion:P/
http://x.home.arpa:P/ http://1.0.0.127.in-addr.arpa:P/ http://0x7f.1.nip.io:P/ http://127.0.0.1:0P/
http://spoofed.burpcollaborator.net:P/ http://[::ffff:0:127.0.0.1]:P/ http://[::ffff:169.254.169.254]:P/
http://169.254.169.254:P/ http://127.127.127.127:P/ http://127.0.0.1:P/%2e%2e http://-127.0.0.1:P/ http://.127.0.0.1:P/
"""
SPELLINGS = SPELLINGS_TEXT.split()


class TowardsLoopback(httpcore2.AsyncNetworkBackend):
    """Stands in for the public network, which is not here: every dialled address leads to one local port."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.dialled: list[str] = []
        self._sockets = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        self.dialled.append(host)
        return await self._sockets.connect_tcp(self.site.host, self.site.port, timeout)

    async def sleep(self, seconds: float) -> None:
        await self._sockets.sleep(seconds)


async def this_host(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


async def dial(url: str, rules: Rules, backend: GuardedBackend) -> None:
    target = check_url(url, rules)
    await backend.connect_tcp(target.raw_host.decode(), target.port or 80)


@pytest.mark.parametrize("text", PRIVATE)
def test_special_addresses_are_not_public(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PUBLIC.split())
def test_public_addresses_are(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


def test_there_are_enough_spellings() -> None:
    assert len(set(SPELLINGS)) >= 90


async def test_no_spelling_reaches_this_host() -> None:
    """Asked for directly, on its own port, with a resolver that sends every name here."""
    async with serving("127.0.0.1") as canary, serving("::1") as canary6:
        for site in (canary, canary6):
            rules = Rules(ports=frozenset({site.port}), literals=True)
            backend = GuardedBackend(rules, resolver=this_host)
            for spelling in SPELLINGS:
                url = spelling.replace(":P", f":{site.port}").replace(":0P", f":0{site.port}")
                with pytest.raises((FetchBlocked, httpcore2.ConnectError)):
                    await dial(url, rules, backend)
            assert site.seen == []


async def test_no_host_reaches_it_past_the_check_of_urls() -> None:
    """The backend alone holds too, with the system's own resolver, which reads numbers as addresses."""
    hosts = ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "017700000001", "localhost", "localhost.", "0"]
    hosts += ["::1", "::ffff:127.0.0.1", "::", "0.0.0.0", "127.0.0.1.", "", ".", "a", "0x7f000001", "1.0x7f.0x0.1"]
    async with serving() as canary:
        backend = GuardedBackend(Rules(ports=frozenset({canary.port}), literals=True))
        for host in hosts:
            with pytest.raises((FetchBlocked, httpcore2.ConnectError)):
                await backend.connect_tcp(host, canary.port)
        with pytest.raises(FetchBlocked):
            await backend.connect_unix_socket("/var/run/docker.sock")
        assert canary.seen == []


async def test_no_redirect_reaches_it() -> None:
    """A site that may be read sends us to this host in every spelling."""
    async with serving("127.0.0.1") as canary, serving("127.0.0.9") as site:
        web = HttpWeb(allow=(ipaddress.ip_network("127.0.0.9/32"),), robots=False, resolver=this_host)
        for index, spelling in enumerate(SPELLINGS):
            target = spelling.replace(":P", f":{canary.port}").replace(":0P", f":0{canary.port}")
            site.redirect(f"/{index}", target.encode().decode("latin-1"))
            with pytest.raises(FetchFailed):
                await web.fetch(f"{site.url}/{index}")
        assert canary.seen == []
        assert len(site.seen) >= len(SPELLINGS)
        await web.close()


async def test_a_name_that_rebinds_is_refused_when_it_does() -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["93.184.216.34", "::1"], []])

    async def resolver(host: str, port: int) -> list[str]:
        return next(answers)

    async with serving() as canary:
        canary.routes["*"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
        network = TowardsLoopback(canary)
        web = HttpWeb(robots=False, resolver=resolver, backend=network)
        assert (await web.fetch("http://rebind.com/")).body == b"hi"
        for _ in range(3):
            with pytest.raises(FetchBlocked, match="not public"):
                await web.fetch("http://rebind.com/")
        with pytest.raises(FetchFailed, match="no connection"):
            await web.fetch("http://rebind.com/")
        assert network.dialled == ["93.184.216.34"]
        assert canary.seen[0].headers["host"] == "rebind.com"
        await web.close()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1.nip.io", "anything.com", "127.1", "2130706433"])
async def test_an_opened_range_is_open_to_plain_addresses_only(name: str) -> None:
    async with serving() as site:
        site.page("/", "hello")
        web = HttpWeb(allow=(ipaddress.ip_network("127.0.0.0/8"),), robots=False, resolver=this_host)
        assert (await web.fetch(site.url)).body == b"hello"
        for port in (site.port, 80):
            with pytest.raises(FetchBlocked):
                await web.fetch(f"http://{name}:{port}/")
        await web.close()


async def test_an_opened_range_opens_no_other() -> None:
    web = HttpWeb(allow=(ipaddress.ip_network("127.0.0.1/32"),), robots=False)
    for host in ("127.0.0.2", "10.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254"):
        with pytest.raises(FetchBlocked):
            await web.fetch(f"http://{host}/")
    await web.close()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com:22/",
        "http://example.com:6379/",
        "http://example.com:0/",
        "https://example.com:99999/",
        "http://93.184.216.34/",
        "http://[2606:4700::1111]/",
        "http://exa mple.com/",
        "http://example.com/\r\nX: y",
        "http://example.com/\x00",
        "http://example.com/" + "a" * 5000,
        "http://" + "a" * 300 + ".com/",
        "http://a..com/",
        "http://xn--/",
        "http://[/",
        "http://",
        "",
        "javascript:alert(1)",
        "data:text/html,hi",
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(FetchBlocked):
        check_url(url, Rules())


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.COM/a", "example.com"),
        ("https://münchen.de/", "xn--mnchen-3ya.de"),
        ("http://example.com:8080/x?y#z", "example.com"),
        ("https://a-b.co.uk./", "a-b.co.uk."),
    ],
)
def test_plain_addresses_pass(url: str, host: str) -> None:
    assert check_url(url, Rules()).raw_host.decode() == host


def test_public_numbers_pass_where_the_rules_say_so() -> None:
    assert check_url("https://93.184.216.34/", Rules(literals=True)).host == "93.184.216.34"
