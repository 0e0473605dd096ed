"""Finding a company's site by its name, over real HTTP: a search engine, Wikidata and likely domains on loopback."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overture.adapters.lookup import HttpLookup
from overture.adapters.parsing import ChildParser
from overture.adapters.web import HttpWeb
from overture.adapters.wire import Limits
from overture.domain.errors import FetchFailed
from overture.domain.evidence import Source, SourceKind
from overture.research.company.finder import OFF, Finder, address_of, find_company, how_found
from overture.research.company.judge import is_about_others, judge
from overture.research.company.look import Look, Mark, look_at
from overture.research.company.names import form_of, key_of, similarity, spellings, too_common
from overture.research.company.ways import Search, SearchKind, read_brave, read_hits, read_searxng, read_websites
from tests.research.site import Request, Site, reply, serving

NAME = "Harbourlight Freight Ltd"


def page(name: str, *, title: bool = True, notice: str = "", data: bool = True, more: str = "") -> str:
    organisation = json.dumps({"@type": "Organization", "name": name})
    return (
        f"<title>{f'{name} | Cold chain' if title else 'Welcome'}</title>"
        + (f'<script type="application/ld+json">{organisation}</script>' if data else "")
        + f"<h1>Cold chain across the North Sea</h1><p>We move fish.</p>{more}<footer>{notice}</footer>"
    )


class World:
    """Sites, a search engine and Wikidata, each a server of its own."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self.stack = stack
        self.lookups: list[HttpLookup] = []

    async def site(self, html: str = "", path: str = "/") -> Site:
        opened = await self.stack.enter_async_context(serving())
        if html:
            opened.page(path, html)
        return opened

    def lookup(self, url: str, **headers: str) -> HttpLookup:
        self.lookups.append(HttpLookup(url, headers=headers))
        return self.lookups[-1]

    async def search(self, *urls: str, kind: SearchKind = SearchKind.SEARXNG) -> Search:
        results = [{"url": url, "title": "A result", "content": "..."} for url in urls]
        answer = {"query": "x", "results": results} if kind is SearchKind.SEARXNG else {"web": {"results": results}}
        engine = await self.site()
        engine.page("/search", json.dumps(answer), kind="application/json")
        return Search(kind, self.lookup(f"{engine.url}/search"))

    async def wikidata(self, *items: tuple[str, str], claims: dict[str, object] | None = None) -> HttpLookup:
        """Items are pairs of a label and an official website."""
        hits = [{"id": f"Q{n}", "label": label, "match": {"text": label}} for n, (label, _) in enumerate(items, 1)]
        entities = {
            f"Q{n}": {
                "id": f"Q{n}",
                "descriptions": {"en": {"language": "en", "value": "freight company"}},
                "claims": {
                    "P856": [{"mainsnak": {"datavalue": {"value": url, "type": "string"}}, "rank": "normal"}],
                    "P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q4830453"}}}, "rank": "normal"}],
                }
                | (claims or {}),
            }
            for n, (_, url) in enumerate(items, 1)
        }
        server = await self.site()

        async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
            query = parse_qs(urlsplit(request.path).query)
            found: object = {"search": hits} if query["action"] == ["wbsearchentities"] else {"entities": entities}
            writer.write(reply(json.dumps(found), kind="application/json"))

        server.routes["/api"] = answer
        return self.lookup(f"{server.url}/api")


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        made = World(stack)
        yield made
        for lookup in made.lookups:
            await lookup.close()


async def failure(web: HttpWeb, parse: ChildParser, finder: Finder, name: str = NAME) -> str:
    with pytest.raises(FetchFailed) as caught:
        await find_company(web, parse, finder, address_of(name))
    return caught.value.reason


def chosen(source: Source) -> tuple[str, str]:
    return source.candidates[0].way, source.final_url


async def test_a_search_engine_leads_to_the_site(world: World, web: HttpWeb, parse: ChildParser) -> None:
    """Results about companies are passed over; the home page of a result's site is looked at."""
    own = await world.site(page("Harbourlight Freight"))
    search = await world.search(
        "https://www.crunchbase.com/organization/harbourlight", f"{own.url}/news/2026?a=b", "ftp://x"
    )
    source = await find_company(web, parse, Finder(search=search), address_of(NAME))
    assert source.kind is SourceKind.COMPANY
    assert chosen(source) == ("search", f"{own.url}/")
    assert source.url == "company:harbourlight freight ltd"
    assert source.site_name == "Harbourlight Freight"
    assert [(item.text, item.section, item.url) for item in source.evidence] == [
        ("Harbourlight Freight", "structured data", f"{own.url}/"),
        ("Harbourlight Freight", "title", f"{own.url}/"),
    ]
    assert source.candidates[0].confidence == 70
    assert "was found by search (a search result), bears the name in its structured data, title" in how_found(source)
    assert "crunchbase" not in str(source.candidates)


async def test_wikidatas_official_website(world: World, web: HttpWeb, parse: ChildParser) -> None:
    own = await world.site(page("Harbourlight Freight", data=False))
    wikidata = await world.wikidata(
        ("Harbourlight Freight", f"{own.url}/"), ("Harbourlight Fright Night", "http://10.0.0.1/")
    )
    source = await find_company(web, parse, Finder(wikidata=wikidata), address_of(NAME))
    assert chosen(source) == ("wikidata", f"{own.url}/")
    assert source.candidates[0].note == "official website of Q1 (freight company)"
    assert source.candidates[0].confidence == 60


async def test_a_likely_domain(world: World, web: HttpWeb, parse: ChildParser) -> None:
    own = await world.site(page("Harbourlight Freight"), "/harbourlight-freight/")
    finder = Finder(domains=(f"{own.url}/{{name}}/", "http://127.0.0.1:9/{name}"))
    source = await find_company(web, parse, finder, address_of(NAME))
    assert chosen(source) == ("domains", f"{own.url}/harbourlight-freight/")
    assert {path for path in own.paths if path != "/robots.txt"} == {"/harbourlightfreight/", "/harbourlight-freight/"}
    assert sum(bool(item.refused) for item in source.candidates) == 3


async def test_the_ways_in_order_and_an_end_with_reasons(world: World, web: HttpWeb, parse: ChildParser) -> None:
    """A way that fails or finds nothing gives way to the next; the reason names all of them."""
    broken = await world.site()
    search = Search(SearchKind.SEARXNG, world.lookup(f"{broken.url}/search"))
    other = await world.site(page("Somebody Else"), "/harbourlightfreight/")
    wikidata = await world.wikidata()
    finder = Finder(search, wikidata, (f"{other.url}/{{name}}/",))
    reason = await failure(web, parse, finder)
    assert "search: could not be asked (answered 404)" in reason
    assert "wikidata: no item of that name" in reason
    assert f'domains: {other.url}/harbourlightfreight/ does not bear the name (calls itself "Somebody Else")' in reason
    own = await world.site(page("Harbourlight Freight"))
    wikidata = await world.wikidata(("Harbourlight Freight", own.url))
    source = await find_company(web, parse, Finder(search, wikidata, finder.domains), address_of(NAME))
    assert chosen(source)[0] == "wikidata"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (page("Harbourlight Freight", more="<p>This domain is for sale! Make an offer.</p>"), "is parked or empty"),
        ("<title>harbourlightfreight.com</title><iframe src='https://sedoparking.com/x'></iframe>", "is parked"),
        ("<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>", "is parked"),
        (page("Harbourlight Fright"), "does not bear the name"),
        (page("Harbourlight"), "does not bear the name"),
        (page("Harbourlight Freight", data=False), "in its title alone, which is too little"),
        (page("Harbourlight Freight", title=False), "in its structured data alone"),
        (page("Harbourlight Freight Inc."), "a namesake of another legal form"),
        (page("Harbourlight Freight", data=False, notice="© 2026 Harbourlight Freight GmbH"), "another legal form"),
        (
            '<title>Harbourlight Freight | Home</title><script type="application/ld+json">{"@type": "Organization",'
            '"name": "Harbourlight Freight", "address": {"addressCountry": "US"}}</script>',
            "a namesake in another country (US)",
        ),
        ("", "could not be read (answered 404: there is no such page)"),
        ("<p>hello</p>", "does not bear the name"),
    ],
)
async def test_what_a_guessed_site_is_refused_for(
    world: World, web: HttpWeb, parse: ChildParser, html: str, said: str
) -> None:
    site = await world.site(html, "/harbourlightfreight/")
    assert said in await failure(web, parse, Finder(domains=(f"{site.url}/{{name}}/",)))


async def test_a_redirect_to_another_site_is_judged_where_it_ends(
    world: World, web: HttpWeb, parse: ChildParser
) -> None:
    own = await world.site(page("Big Corporation"))
    site = await world.site()
    site.redirect("/harbourlightfreight/", f"{own.url}/")
    reason = await failure(web, parse, Finder(domains=(f"{site.url}/{{name}}/",)))
    assert f'{own.url}/ does not bear the name (calls itself "Big Corporation")' in reason


async def test_two_sites_of_a_name_are_no_answer(world: World, web: HttpWeb, parse: ChildParser) -> None:
    """Unless one leads to the other, as the sites that a company has in several countries do."""
    one = await world.site(page("Harbourlight Freight"))
    two = await world.site(page("Harbourlight Freight"))
    three = await world.site(page("Harbourlight Freight"), "/harbourlightfreight/")
    wikidata = await world.wikidata(("Harbourlight Freight", one.url), ("Harbourlight Freight", two.url))
    finder = Finder(wikidata=wikidata, domains=(f"{three.url}/{{name}}/",))
    reason = await failure(web, parse, finder)
    assert "all bear the name" in reason
    assert "no domain was guessed" in reason
    assert three.seen == []
    two.page("/", page("Harbourlight Freight", more=f'<a href="{one.url}/">International</a>'))
    assert chosen(await find_company(web, parse, finder, address_of(NAME))) == ("wikidata", f"{one.url}/")


async def test_several_results_of_a_search_may_be_decided_by_wikidata(
    world: World, web: HttpWeb, parse: ChildParser
) -> None:
    one = await world.site(page("Harbourlight Freight"))
    two = await world.site(page("Harbourlight Freight"))
    search = await world.search(one.url, two.url, kind=SearchKind.BRAVE)
    wikidata = await world.wikidata(("Harbourlight Freight", two.url))
    source = await find_company(web, parse, Finder(search, wikidata), address_of(NAME))
    assert chosen(source) == ("wikidata", f"{two.url}/")


async def test_a_name_too_common_is_not_guessed(world: World, web: HttpWeb, parse: ChildParser) -> None:
    site = await world.site(page("Apex Solutions"), "/apexsolutions/")
    reason = await failure(web, parse, Finder(domains=(f"{site.url}/{{name}}/",)), "Apex Solutions Ltd")
    assert "too common to guess a domain from" in reason
    assert site.seen == []


async def test_one_word_needs_more(world: World, web: HttpWeb, parse: ChildParser) -> None:
    """A guessed domain of a single word has more namesakes: two places of the page are not enough there."""
    site = await world.site(page("Harbourlight"), "/harbourlight/")
    finder = Finder(domains=(f"{site.url}/{{name}}/",))
    assert "too little to be certain" in await failure(web, parse, finder, "Harbourlight Ltd")
    site.page("/harbourlight/", page("Harbourlight", notice="© 2026 Harbourlight Ltd"))
    source = await find_company(web, parse, finder, address_of("Harbourlight Ltd"))
    assert source.candidates[0].confidence == 95


async def test_nothing_switched_on(web: HttpWeb, parse: ChildParser) -> None:
    assert "no way to find one is switched on" in await failure(web, parse, OFF)
    assert await failure(web, parse, Finder(domains=("http://127.0.0.1:9/{name}",)), " ")


async def test_a_site_that_hangs_ends_with_the_time(world: World, web: HttpWeb, parse: ChildParser) -> None:
    async def silence(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    site = await world.site()
    site.routes["*"] = silence
    with pytest.raises(FetchFailed, match=r"given up after 0\.5 seconds"):
        await find_company(web, parse, Finder(domains=(f"{site.url}/{{name}}/",)), address_of(NAME), seconds=0.5)


@pytest.mark.parametrize("body", [b"", b"[]", b'{"search": [{"id": 7}]}', b"<html>", b"[" * 50_000])
async def test_answers_of_another_form_are_a_way_that_failed(
    world: World, web: HttpWeb, parse: ChildParser, body: bytes
) -> None:
    server = await world.site()
    server.page("/api", body, kind="application/json")
    for finder in (
        Finder(wikidata=world.lookup(f"{server.url}/api")),
        Finder(search=Search(SearchKind.BRAVE, world.lookup(f"{server.url}/api"))),
    ):
        assert await failure(web, parse, finder)


async def test_a_result_with_a_nul_is_none(world: World, web: HttpWeb, parse: ChildParser) -> None:
    """PostgreSQL takes no NUL: neither a result nor a name that a page shows may bring one into a reason."""
    site = await world.site("<title>A&#0;cme</title>")
    search = await world.search("https://a\x00.com/", f"{site.url}/")
    reason = await failure(web, parse, Finder(search=search))
    assert reason.isprintable()


async def test_look_ups_wait_for_each_other_without_losing_time(site: Site) -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(reply("{}", kind="application/json"))

    site.routes["/api"] = slow
    lookup = HttpLookup(f"{site.url}/api", limits=Limits(seconds=0.9))
    assert await asyncio.gather(*(lookup.get({"n": str(n)}) for n in range(12))) == [b"{}"] * 12
    assert site.most == 2
    await lookup.close()


async def test_addresses_that_may_not_be_fetched_are_not(world: World, web: HttpWeb, parse: ChildParser) -> None:
    wikidata = await world.wikidata(("Harbourlight Freight", "http://169.254.169.254/latest"))
    assert "could not be read (is no public address)" in await failure(web, parse, Finder(wikidata=wikidata))
    search = await world.search("http://10.0.0.1/", "https://www.linkedin.com/company/x")
    assert "no public address" in await failure(web, parse, Finder(search=search))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Acme Robotics Ltd", "Acme Robotics", True),
        ("ACME ROBOTICS LIMITED", "acme robotics", True),
        ("Acme-Robotics, Inc.", "AcmeRobotics", True),
        ("Müller & Söhne GmbH & Co. KG", "Mueller und Soehne", False),
        ("Müller & Söhne GmbH & Co. KG", "Muller and Sohne", True),
        ("The Northwind Company", "Northwind", True),
        ("Northwind Lab", "Northwind Labs", True),
        ("L'Oréal S.A.", "LOreal", True),
        ("Ørsted A/S", "Ørsted", True),
        ("Millbrook Looms", "Millbrook Rooms", False),
        ("Acme Robotics", "Acme Plumbing", False),
        ("Acme", "Acme Plumbing", False),
        ("Acme Robotics", "Acme", False),
        ("Acne", "Acme", False),
        ("Delta", "Deltas", False),
        ("", "", False),
        ("Ltd", "Inc", False),
    ],
)
def test_names_are_compared_without_their_legal_forms(one: str, other: str, *, same: bool) -> None:
    assert (similarity(one, other) >= 90) is same
    assert (similarity(other, one) >= 90) is same


def test_legal_forms_spellings_and_common_names() -> None:
    assert "GB" in form_of("Acme Robotics Ltd.")
    assert form_of("Acme Robotics GmbH & Co. KG") == {"DE", "AT"}
    assert "CA" not in form_of("Acme Ltd")  # or "Acme Ltd" and "Acme Inc." could not be told apart
    assert form_of("Acme Pty Ltd") == {"AU", "ZA"}
    assert form_of("Acme Robotics") == form_of("Limited") == frozenset()
    assert spellings("Harbourlight Freight Ltd") == ["harbourlightfreight", "harbourlight-freight"]
    assert spellings("Müller & Söhne GmbH") == ["mullersohne", "muller-sohne"]
    assert spellings("有限公司") == []
    assert spellings("Northwind Group Ltd") == ["northwindgroup", "northwind-group", "northwind"]
    assert too_common("Summit Partners")
    assert too_common("Apex Solutions Group Ltd")
    assert too_common("3i")
    assert not too_common("Harbourlight")
    assert key_of("  ACME\u200b  Ltd ") == key_of("Acme Ltd") == "acme ltd"


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_may_be_a_name(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) <= 100
    assert all(spelling.isascii() and "/" not in spelling for spelling in spellings(one))
    form_of(one)
    too_common(one)


@pytest.mark.parametrize(
    ("notice", "name"),
    [
        ("© 2026 Harbourlight Freight Ltd. All rights reserved.", "Harbourlight Freight Ltd"),
        ("Copyright © 2001 - 2026 Harbourlight Freight", "Harbourlight Freight"),
        ("Harbourlight Freight © 2026", "Harbourlight Freight"),
        ("(c) 2026 by Harbourlight Freight | Privacy", "Harbourlight Freight"),
        ("Copyright Harbourlight Freight. All rights reserved. A fictional company.", "Harbourlight Freight"),
        ("©\n2026 Harbourlight Freight, Registered in England", "Harbourlight Freight"),
    ],
)
def test_names_beside_a_copyright_mark(notice: str, name: str) -> None:
    look = look_at(f"<body><p>x</p><footer>{notice}</footer>".encode(), "text/html", "https://a.com/")
    assert [mark.text for mark in look.marks if mark.place == "copyright"] == ([name] if name else [])


def test_sites_about_companies_are_no_companys_own_but_their_owners() -> None:
    assert is_about_others("https://www.crunchbase.com/organization/acme", "Acme")
    assert is_about_others("https://de.linkedin.com/company/acme", "Acme")
    assert not is_about_others("https://www.crunchbase.com/", "Crunchbase Inc.")
    assert not is_about_others("https://acme.com/", "Acme")
    look = Look("https://hugedomains.com/x", (Mark("title", "Acme Pumps"), Mark("structured data", "Acme Pumps")))
    own = Look("https://northwindgroup.com/", (Mark("title", "Northwind Group"), Mark("copyright", "Northwind.com")))
    assert judge(own, "Northwind Group Ltd", own.url, granted=0, places=2).confidence == 65
    other = Look("https://fly.com/", (Mark("title", "Fly"), Mark("structured data", "Fly")))
    assert judge(other, "Fly.io", other.url, granted=35, places=1).refused
    assert "parked" in judge(look, "Acme Pumps", "https://acmepumps.com/", granted=0, places=1).refused


def test_answers_of_search_engines_and_of_wikidata() -> None:
    assert read_searxng(b'{"results": [{"url": "https://a.com/"}, {"url": "https://b.com/"}]}') == [
        "https://a.com/",
        "https://b.com/",
    ]
    assert read_brave(b'{"type": "search"}') == []
    assert (
        read_websites(
            b'{"entities": {"Q1": {"descriptions": {"en": {"value": "pumps\\u0000 \\n maker"}},'
            b' "claims": {"P856": [{"mainsnak": {"datavalue": {"value": "https://a.com/"}}}]}}}}'
        )
        .leads[0]
        .note
        == "official website of Q1 (pumps maker)"
    )
    found = [("Q1", "Acme Pumps", ""), ("Q2", "x", "Acme Pumps Ltd"), ("P3", "Acme Pumps", ""), ("Q4", "Acme", "")]
    hits = [{"id": key, "label": label, "match": {"text": alias}} for key, label, alias in found]
    assert read_hits(json.dumps({"search": hits}).encode(), "Acme Pumps") == ["Q1", "Q2"]

    def answer(**claims: object) -> bytes:
        site = {"mainsnak": {"datavalue": {"value": "https://acme.com/"}}}
        return json.dumps({"entities": {"Q1": {"claims": {"P856": [site]} | claims}, "Q2": {"claims": []}}}).encode()

    assert [lead.url for lead in read_websites(answer()).leads] == ["https://acme.com/"]
    assert read_websites(answer(P576=[{"mainsnak": {}}])).nothing == "Q1 was dissolved"
    assert read_websites(answer(P31=[{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}])).leads == ()
    old = [{"mainsnak": {"datavalue": {"value": "https://old.com"}}, "qualifiers": {"P582": []}}]
    ranked = [
        {"mainsnak": {"datavalue": {"value": "https://b.com"}}, "rank": "normal"},
        {"mainsnak": {"datavalue": {"value": "https://c.com"}}, "rank": "deprecated"},
        {"mainsnak": {"datavalue": {"value": "https://a.com"}}, "rank": "preferred"},
    ]
    assert read_websites(answer(P856=old)).leads == ()
    assert read_websites(answer(P856=ranked)).leads[0].url == "https://a.com"
    for odd in ("javascript:alert(1)", "https://a.com/\x00", "https://a.com/ b", 7, None):
        assert read_websites(answer(P856=[{"mainsnak": {"datavalue": {"value": odd}}}])).leads == ()


def test_no_page_of_the_corpus_is_taken_for_another_companys(corpus: Path) -> None:
    """Each page against the name of every other site of the development split, even on the strength of Wikidata."""
    looks: list[tuple[str, Look, str]] = []
    for line in (corpus / "index.jsonl").read_text().strip().split("\n"):
        entry = json.loads(line)
        if entry["kind"] != "article":
            html = gzip.decompress((corpus / "html" / f"{entry['id']}.html.gz").read_bytes())
            look = look_at(html, "text/html", entry["url"])
            name = next((m.text for m in look.marks if m.place in {"og:site_name", "structured data"}), "")
            looks.append((".".join((urlsplit(entry["url"]).hostname or "").split(".")[-2:]), look, name))
    named = [(site, name) for site, _, name in looks if name]
    assert len(named) >= 50
    taken = [
        (look.url, name)
        for site, look, _ in looks
        for other, name in named
        if other != site and not judge(look, name, look.url, granted=35, places=1).refused
    ]
    assert taken == []
    assert [look.url for _, look, _ in looks if look.parked] == []
