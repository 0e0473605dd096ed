"""Which addresses may be dialled, and the network backend that dials no other."""

import asyncio
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpcore2
import httpx2

from overture.domain.errors import FetchBlocked

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

PORTS = frozenset({80, 443, 8080, 8443})
_LONGEST_URL = 4_096
_TRIED_ADDRESSES = 3

# IANA IPv4 Special-Purpose Address Registry, multicast (RFC 5771), former class E, and Azure's host address.
_DENIED_V4_TEXT = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15
198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32
"""
_DENIED_V4 = tuple(IPv4Network(text) for text in _DENIED_V4_TEXT.split())
# IPv6: what IANA hands out as global unicast lies in 2000::/3; of that, the special-purpose registry's entries.
_GLOBAL_V6 = IPv6Network("2000::/3")
_DENIED_V6 = tuple(
    IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = frozenset({b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe"})

# IANA Special-Use Domain Names and the suffixes of private networks.
_DENIED_SUFFIXES_TEXT = """
localhost local internal intranet private corp home lan localdomain test example invalid onion arpa alt
i2p exit mail host domain workgroup svc cluster
"""
_DENIED_SUFFIXES = frozenset(_DENIED_SUFFIXES_TEXT.split())
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")


def is_public(address: Address) -> bool:
    """Return whether the address is one of the public Internet.

    The standard library's ``is_global`` is not used: it takes multicast, NAT64 and 6to4 forms of private
    addresses and several reserved blocks for public ones. Addresses that carry an IPv4 address within
    (mapped, NAT64, ISATAP) are judged by that one; 6to4, Teredo and v4-compatible ones are never public.
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _DENIED_V4)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(IPv4Address(address.packed[-4:]))
    if address.packed[8:12] in _ISATAP and not is_public(IPv4Address(address.packed[-4:])):
        return False
    return address in _GLOBAL_V6 and not any(address in network for network in _DENIED_V6)


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be asked for.

    ``allow`` opens ranges for hosts written as plain addresses, on any port and without TLS; a name that
    resolves into one stays refused. ``literals`` says whether public addresses may be written in place of names.
    """

    allow: tuple[Network, ...] = ()
    ports: frozenset[int] = PORTS
    literals: bool = False
    https_only: bool = False

    def allows(self, address: Address) -> bool:
        """Return whether the address lies in a range that was opened."""
        return any(address in network for network in self.allow)


def check_url(url: str, rules: Rules) -> httpx2.URL:
    """Return the address parsed, once and for all: only this result may be used further.

    Raises:
        FetchBlocked: the rules forbid it, or it is no address of the web.
    """
    if len(url) > _LONGEST_URL or not url.isprintable() or any(c in url for c in '\\ <>"'):
        raise FetchBlocked(url[:200], "is no plain web address")
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchBlocked(url, "is no web address") from error
    if parsed.scheme not in {"http", "https"}:
        raise FetchBlocked(url, "only http and https may be asked for")
    if parsed.userinfo:
        raise FetchBlocked(url, "holds a user name")
    host = parsed.raw_host.decode("ascii")
    literal = literal_address(host)
    if literal is not None:
        _check_literal(url, literal, rules)
        if rules.allows(literal):
            return parsed.copy_with(fragment=None)
    else:
        _check_name(url, host)
    if rules.https_only and parsed.scheme != "https":
        raise FetchBlocked(url, "only https may be asked for")
    port = parsed.port if parsed.port is not None else 443 if parsed.scheme == "https" else 80
    if port not in rules.ports:
        raise FetchBlocked(url, f"port {port} is not asked")
    return parsed.copy_with(fragment=None)


def literal_address(host: str) -> Address | None:
    """Return the address that a host of a parsed URL is; octal, hexadecimal and short forms are none."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _check_literal(url: str, address: Address, rules: Rules) -> None:
    if rules.allows(address):
        return
    if not is_public(address):
        raise FetchBlocked(url, "is no public address")
    if not rules.literals:
        raise FetchBlocked(url, "names a number in place of a host")


def _check_name(url: str, host: str) -> None:
    name = host.removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or not _NAME.fullmatch(name) or _NUMBER.fullmatch(labels[-1]):
        raise FetchBlocked(url, "has no full host name")
    if labels[-1] in _DENIED_SUFFIXES:
        raise FetchBlocked(url, "has a name of private use")


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Resolves, checks every answer, and dials a checked address: one gate for every new connection.

    Redirects, rebinding names and addresses in place of names all pass it. Host and TLS name stay those
    of the URL, because the caller sets them.
    """

    def __init__(
        self,
        rules: Rules,
        resolver: Resolver | None = None,
        inner: httpcore2.AsyncNetworkBackend | None = None,
    ) -> None:
        self._rules = rules
        self._resolve = resolver or _resolve
        self._inner = inner or _sockets()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore2's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Dial the host.

        Raises:
            FetchBlocked: one of its addresses may not be dialled.
            httpcore2.ConnectError: it has none, or none answers.
        """
        failure: Exception = httpcore2.ConnectError("the host has no address")
        for address in (await self._checked(host, port))[:_TRIED_ADDRESSES]:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.NetworkError, httpcore2.TimeoutException) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore2's signature
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Refuse: no address of the web is a local socket."""
        del timeout, socket_options
        raise FetchBlocked(path, "is no host")

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore2 asks between attempts."""
        await self._inner.sleep(seconds)

    async def _checked(self, host: str, port: int) -> list[str]:
        literal = literal_address(host)
        if literal is not None:
            _check_literal(host, literal, self._rules)
            return [str(literal)]
        _check_name(host, host)
        try:
            answers = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError("the host has no address") from error
        addresses = [ip_address(answer.partition("%")[0]) for answer in dict.fromkeys(answers)]
        if not all(is_public(address) for address in addresses):
            raise FetchBlocked(host, "leads to an address that is not public")
        return [str(address) for address in addresses]


def _sockets() -> httpcore2.AsyncNetworkBackend:
    backend: object = httpcore2.AnyIOBackend()
    assert isinstance(backend, httpcore2.AsyncNetworkBackend)  # a stand-in replaces it where anyio is absent
    return backend


async def _resolve(host: str, port: int) -> list[str]:
    answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in answers]


def open_pool(
    backend: GuardedBackend, *, connections: int, ssl_context: ssl.SSLContext | None = None
) -> httpcore2.AsyncConnectionPool:
    """Return a pool of HTTP/1.1 connections over the backend. Proxy variables are not read."""
    return httpcore2.AsyncConnectionPool(
        ssl_context=ssl_context or httpx2.create_ssl_context(),  # one for all: making one reads every root
        max_connections=connections,
        max_keepalive_connections=connections // 4,
        keepalive_expiry=5.0,
        network_backend=backend,
    )
