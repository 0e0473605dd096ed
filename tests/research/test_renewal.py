"""Pages that have not changed are asked for, and not sent again."""

import asyncio

from overture.adapters.parsing import ChildParser
from overture.adapters.web import HttpWeb
from overture.research.gather import read_article, read_site
from overture.research.kept import Memory, remember
from tests.research.site import Request, Site, reply

PAGE = "<title>Acme</title><nav><a href='/about'>About us</a></nav><p>Acme builds pumps.</p>"


def conditional(site: Site, path: str, html: str, *headers: str) -> None:
    """Serve a page that answers 304 where the request carries one of the validators."""

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        asked = {request.headers.get("if-none-match"), request.headers.get("if-modified-since")}
        if any(line.partition(": ")[2] in asked for line in headers):
            writer.write(("HTTP/1.1 304 Not Modified\r\n" + "\r\n".join(headers) + "\r\n\r\n").encode())
        else:
            writer.write(reply(html, *headers))

    site.routes[path] = answer


async def test_a_renewal_of_an_unchanged_site_costs_no_body(site: Site, web: HttpWeb, parse: ChildParser) -> None:
    conditional(site, "/", PAGE, 'ETag: "one"')
    conditional(site, "/about", "<p>Acme was founded in 1998.</p>", "Last-Modified: Mon, 05 Jan 2026 10:00:00 GMT")
    memory = Memory()
    first = await read_site(web, site.url, parse, follow=True, memory=memory)
    asked = len(site.seen)
    again = remember(memory.dump())
    second = await read_site(web, site.url, parse, follow=True, memory=again)
    assert [request.headers.get("if-none-match") for request in site.seen[asked:]] == ['"one"', None]
    assert site.seen[-1].headers["if-modified-since"] == "Mon, 05 Jan 2026 10:00:00 GMT"
    assert (second.version, second.looked_at) == (first.version, first.looked_at)
    assert [item.text for item in second.evidence] == [item.text for item in first.evidence]
    assert {item.fetched_at for item in second.evidence} == {second.fetched_at}
    assert again.dump() is not None
    third = await read_site(web, site.url, parse, follow=True, memory=remember(again.dump()))
    assert third.version == first.version


async def test_a_page_that_has_changed_is_read_anew(site: Site, web: HttpWeb, parse: ChildParser) -> None:
    conditional(site, "/post", "<h1>News</h1><p>Acme builds three kinds of pump in Leeds.</p>", 'ETag: "one"')
    memory = Memory()
    await read_article(web, f"{site.url}/post", parse, memory=memory)
    conditional(site, "/post", "<h1>News</h1><p>Acme builds four kinds of pump in Leeds.</p>", 'ETag: "two"')
    source = await read_article(web, f"{site.url}/post", parse, memory=remember(memory.dump()))
    assert any("four kinds" in item.text for item in source.evidence)
    assert not any("three kinds" in item.text for item in source.evidence)


async def test_validators_go_to_the_address_that_gave_them_alone(site: Site, web: HttpWeb, parse: ChildParser) -> None:
    site.redirect("/", "/home")
    conditional(site, "/home", PAGE, 'ETag: "one"')
    memory = Memory()
    await read_site(web, site.url, parse, follow=False, memory=memory)
    asked = len(site.seen)
    source = await read_site(web, site.url, parse, follow=False, memory=remember(memory.dump()))
    sent = [(request.path, request.headers.get("if-none-match")) for request in site.seen[asked:]]
    assert sent == [("/", None), ("/home", '"one"')]
    assert source.final_url == f"{site.url}/home"


async def test_what_is_no_memory_is_forgotten(site: Site, web: HttpWeb, parse: ChildParser) -> None:
    site.page("/", PAGE)
    memory = Memory()
    await read_site(web, site.url, parse, follow=False, memory=memory)
    assert memory.dump() is None  # the server gave nothing to ask by
    conditional(site, "/", PAGE, 'ETag: "one"')
    await read_site(web, site.url, parse, follow=False, memory=memory)
    data = memory.dump()
    assert data is not None
    for broken in (None, b"", b"{}", b"[1]", data[:-9], data.replace(b'"release":"', b'"release":"0')):
        assert remember(broken).before == {}


async def test_an_unasked_304_is_no_page(site: Site, web: HttpWeb, parse: ChildParser) -> None:
    site.page("/", PAGE)
    site.routes["/about"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    source = await read_site(web, site.url, parse, follow=True)
    assert source.looked_at == (f"{site.url}/",)
    assert source.gaps == (f"{site.url}/about: answered 304",)


async def test_gaps_say_in_words_what_could_not_be_read(site: Site, web: HttpWeb, parse: ChildParser) -> None:
    links = "".join(f"<a href='/{name}'>{name}</a> " for name in ("about", "products", "customers", "news"))
    site.page("/robots.txt", "User-agent: *\nDisallow: /news", kind="text/plain")
    site.page("/", f"<nav>{links}</nav><p>Acme builds pumps.</p>")
    site.page("/about", "", status="403 No")
    site.page("/products", "%PDF", kind="application/pdf")
    site.page("/customers", "<title>Customers</title><div id=root></div><script src=app.js></script>")
    source = await read_site(web, site.url, parse, follow=True)
    gaps = {gap.partition(": ")[0].removeprefix(site.url): gap.partition(": ")[2] for gap in source.gaps}
    assert gaps["/about"] == "answered 403: the site refuses programs, or this one"
    assert gaps["/products"] == "is no page but application/pdf"
    assert gaps["/news"] == "robots.txt forbids it"
    assert "JavaScript" in gaps["/customers"]
    assert source.looked_at == (f"{site.url}/", f"{site.url}/customers")


async def test_a_crawl_delay_is_kept_to(site: Site, web: HttpWeb, parse: ChildParser) -> None:
    loop = asyncio.get_running_loop()
    times: list[float] = []

    async def page(request: Request, writer: asyncio.StreamWriter) -> None:
        times.append(loop.time())
        writer.write(reply(PAGE if request.path == "/" else "<p>Acme was founded in 1998.</p>"))

    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.3", kind="text/plain")
    site.routes |= {"/": page, "/about": page}
    source = await read_site(web, site.url, parse, follow=True)
    assert len(source.looked_at) == 2
    assert times[1] - times[0] >= 0.29  # what the site asked for, not how fast we are
