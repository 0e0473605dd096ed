"""``overture listen``: webhooks in development."""

import asyncio
import contextlib
import ipaddress
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import typer

from overture.adapters.sender import HttpSender
from overture.cli.output import stderr, stdout
from overture.cli.serve import stop_on_signal
from overture.cli.session import parse_id, run
from overture.settings import load
from overture.store.events import Event
from overture.usecases import accounts, forwarding
from overture.usecases.forwarding import Tail
from overture.usecases.services import Services

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
SECONDS = 0.3


def listen(
    forward_to: str = typer.Option(..., "--forward-to", metavar="URL", help="Where each event goes."),
    account: str | None = typer.Option(None, "--account", help="Only this account's events."),
) -> None:
    """Hand on webhooks as they are made, signed as they are, to an address on this machine. Ctrl-C ends it."""
    url, account_id, settings = _address(forward_to), parse_id(account) if account else None, load()

    async def work(services: Services) -> None:
        stop = asyncio.Event()
        stop_on_signal(stop, None)
        if account_id is not None:
            await accounts.acting_for(services, account_id)
        sender = HttpSender(allow=LOOPBACK + settings.allow_private_networks)
        try:
            await _follow(services, sender, account_id, url, stop)
        finally:
            await sender.close()

    run(work)


def _address(text: str) -> str:
    """Read an address; ``localhost`` becomes 127.0.0.1, since names are never taken for private addresses."""
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not an address") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise typer.BadParameter(f"{text!r} is not an http(s) address")
    if parts.hostname == "localhost":
        return urlunsplit(parts._replace(netloc=f"127.0.0.1{port}"))
    return text


async def _follow(
    services: Services, sender: HttpSender, account_id: UUID | None, url: str, stop: asyncio.Event
) -> None:
    tail, count = Tail(services, account_id), 0
    await tail.new()
    stderr.print(f"Ready. Events go to {url}. Ctrl-C ends it.", markup=False)
    while not stop.is_set():
        for event in await tail.new():
            await _hand_on(services, sender, event, url)
            count += 1
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SECONDS)
    stderr.print(f"{count} events were handed on.", markup=False)


async def _hand_on(services: Services, sender: HttpSender, event: Event, url: str) -> None:
    receipt = await forwarding.forward(services, sender, event, url)
    outcome = str(receipt.status) if receipt.status is not None else f"not delivered: {receipt.error}"
    took = f"{receipt.seconds * 1000:.0f} ms"
    stdout.print(f"{event.triggered_at:%H:%M:%S}  {event.kind}  {event.id}  {outcome}  {took}", markup=False)
    stdout.file.flush()
