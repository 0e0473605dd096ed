"""Seeing and purging what research keeps of the web."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from overture.domain.errors import Invalid
from overture.research import codec
from overture.research.company.finder import address_of
from overture.store import pages
from overture.store.db import Tx
from overture.store.pages import Choice, KeptSource
from overture.usecases.services import Services

MOST = 10_000
"""Sources that one purge deletes at most; it says so, and may be repeated."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge deleted. ``in_work`` are being read just now: they stay, and may be purged in a while."""

    purged: tuple[KeptSource, ...]
    in_work: tuple[KeptSource, ...]
    more: bool


async def kept(services: Services, choice: Choice, limit: int = 100) -> list[KeptSource]:
    """Return what is kept, newest first."""
    async with services.database.reading() as tx:
        return await pages.listed(tx, _plain(choice), limit)


async def purge(services: Services, choice: Choice) -> Purged:
    """Delete what is kept; messages keep the spans that they cite.

    Raises:
        Invalid: nothing narrows the choice.
    """
    choice = _plain(choice)
    if choice == Choice():
        raise Invalid(["name what to purge: an address, a host, a company, or what has expired"])

    async def work(tx: Tx) -> Purged:
        found = await pages.listed(tx, choice, MOST)
        gone = set(await pages.purge(tx, [item.key for item in found]))
        left = tuple(item for item in found if item.key not in gone)
        await pages.forget_pages(tx, [item.key for item in left])
        return Purged(tuple(item for item in found if item.key in gone), left, len(found) == MOST)

    return await services.database.settle(work)


async def purge_company(services: Services, name: str) -> Purged:
    """Delete the look-up of a company's site, and what is kept of the site that was found."""
    address = address_of(name)
    async with services.database.reading() as tx:
        contents = await pages.known_content(tx, address)
    hosts = {urlsplit(codec.load(content).final_url).hostname or "" for content in contents}
    done = [await purge(services, Choice(url=address))]
    done += [await purge(services, Choice(host=host)) for host in sorted(hosts) if host]
    return Purged(
        tuple(item for part in done for item in part.purged),
        tuple(item for part in done for item in part.in_work),
        any(part.more for part in done),
    )


def _plain(choice: Choice) -> Choice:
    """The host as sources hold it: lower case, without a leading ``www.`` or a final dot."""
    host = choice.host and choice.host.strip().lower().removeprefix("www.").rstrip(".")
    if choice.host is not None and (not host or any(c in host for c in "/:@%_ \\")):
        raise Invalid(["the host must be a plain name such as example.com"])
    return replace(choice, host=host)
