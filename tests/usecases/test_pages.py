"""What is kept of the web can be seen and purged."""

import json
from collections.abc import AsyncIterator

import pytest

from overture.composition.refusals import unread
from overture.domain.errors import Invalid
from overture.domain.evidence import Source, SourceKind
from overture.research.company.finder import address_of
from overture.store import sources
from overture.store.pages import Choice
from overture.usecases import pages
from overture.usecases.plan import _wanted
from overture.usecases.services import Services
from overture.usecases.sources import research
from tests.research.site import Site, serving
from tests.research.test_renewal import conditional


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as opened:
        opened.page("/about", "<p>Acme was founded in 1998.</p>")
        conditional(opened, "/", "<a href=/about>About us</a><p>Acme builds pumps.</p>", 'ETag: "one"')
        yield opened


async def read(services: Services, url: str, kind: SourceKind = SourceKind.SITE) -> sources.Wanted:
    wanted = _wanted(kind, url, follow=True)
    await services.database.settle(lambda tx: sources.want(tx, [wanted]))
    await research(services, wanted.key)
    return wanted


async def expire(services: Services, wanted: sources.Wanted) -> None:
    await services.database.once(
        "UPDATE source SET expires_at = now() - interval '1 second' WHERE key = $1 RETURNING key", wanted.key
    )


async def test_an_expired_source_is_renewed_without_its_bodies(services: Services, site: Site) -> None:
    wanted = await read(services, site.url)
    async with services.database.reading() as tx:
        before = await sources.contents(tx, [wanted.key])
    await expire(services, wanted)
    await read(services, site.url)
    async with services.database.reading() as tx:
        after = await sources.contents(tx, [wanted.key])
    assert before[wanted.key][0] == after[wanted.key][0]
    homes = [request for request in site.seen if request.path == "/"]
    assert [request.headers.get("if-none-match") for request in homes] == [None, '"one"']


async def test_what_is_kept_is_listed_with_the_pages_read(services: Services, site: Site) -> None:
    await read(services, site.url)
    await read(services, f"{site.url}/gone")
    found = await pages.kept(services, Choice(url=f"{site.url}/about"))
    assert [(item.url, item.state, item.looked_at) for item in found] == [
        (site.url, "ready", (f"{site.url}/", f"{site.url}/about"))
    ]
    assert found[0].size > 100
    both = await pages.kept(services, Choice(host="127.0.0.1"))
    assert {item.reason for item in both} == {None, "answered 404: there is no such page"}
    assert await pages.kept(services, Choice(host="0.0.1")) == both  # a parent, as sub.example.com is below example.com
    assert await pages.kept(services, Choice(host="27.0.0.1")) == []
    assert await pages.kept(services, Choice(expired=True)) == []


@pytest.mark.parametrize(
    ("gaps", "language", "said"),
    [
        ((), "en", ""),
        (("https://a.com/x: answered 403",), "", " Not read: https://a.com/x: answered 403."),
        ((), "de", " The page is in another language than English (de), so its text is not used."),
    ],
)
def test_a_refusal_says_what_could_not_be_read(gaps: tuple[str, ...], language: str, said: str) -> None:
    source = Source(SourceKind.SITE, "https://a.com", "https://a.com/", "", "v", language=language, gaps=gaps)
    assert unread(source) == said


@pytest.mark.parametrize("by", ["url", "page", "host", "expired"])
async def test_a_purge_deletes_what_was_chosen_and_nothing_else(services: Services, site: Site, by: str) -> None:
    wanted = await read(services, site.url)
    other = await read(services, f"http://127.9.9.9:{site.port}/")
    await expire(services, wanted)
    choice = {
        "url": Choice(url=site.url),
        "page": Choice(url=f"{site.url}/about"),
        "host": Choice(host="WWW.127.0.0.1"),
        "expired": Choice(expired=True),
    }[by]
    done = await pages.purge(services, choice)
    assert [item.key for item in done.purged] == [wanted.key]
    assert (done.in_work, done.more) == ((), False)
    assert [item.key for item in await pages.kept(services, Choice())] == [other.key]
    await read(services, site.url)
    assert len(await pages.kept(services, Choice())) == 2
    assert site.seen[-2].headers.get("if-none-match") is None  # nothing was left to ask by


async def test_what_is_being_read_stays_and_forgets_its_pages(services: Services, site: Site) -> None:
    wanted = await read(services, site.url)
    await expire(services, wanted)
    await services.database.settle(lambda tx: sources.want(tx, [wanted]))
    done = await pages.purge(services, Choice(url=site.url))
    assert (done.purged, [item.key for item in done.in_work]) == ((), [wanted.key])
    claimed = await sources.begin(services.database, wanted.key)
    assert claimed is not None
    assert claimed.pages is None


async def test_a_purge_names_what_it_deletes(services: Services) -> None:
    with pytest.raises(Invalid, match="name what to purge"):
        await pages.purge(services, Choice())
    for host in ("", "a/b", "%", "x_y", "http://a.com"):
        with pytest.raises(Invalid, match="plain name"):
            await pages.purge(services, Choice(host=host))


async def test_a_company_is_purged_with_its_site(services: Services, site: Site) -> None:
    address = address_of("Acme, Inc.")
    content = {"kind": "company", "url": address, "final_url": site.url, "fetched_at": "", "version": "v"}
    await read(services, site.url)
    company = _wanted(SourceKind.COMPANY, address, follow=True)
    reading = sources.Reading("v", json.dumps(content).encode(), None, ())
    await services.database.settle(lambda tx: sources.want(tx, [company]))
    await services.database.settle(lambda tx: sources.settle_ready(tx, company.key, reading, 1))
    done = await pages.purge_company(services, "Acme, Inc.")
    assert {item.url for item in done.purged} == {address, site.url}
