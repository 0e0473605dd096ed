"""Data for programs: JSON and XML by GET, JSON by POST, through the same guard and limits as pages."""

import ipaddress
import json
from collections.abc import AsyncIterator

import pytest

from overture.adapters.lookup import HttpLookup
from overture.adapters.web import HttpWeb
from overture.adapters.wire import Limits
from overture.domain.errors import FetchBlocked, FetchFailed
from tests.research.site import Site, serving

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as opened:
        yield opened


@pytest.fixture
async def web() -> AsyncIterator[HttpWeb]:
    opened = HttpWeb(allow=LOOPBACK, limits=Limits(seconds=3.0, wire_bytes=1_000))
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "application/feed+json", "text/xml", "application/rss+xml", ""]
)
async def test_data_comes_as_it_was_served(site: Site, web: HttpWeb, kind: str) -> None:
    site.page("/jobs", "[1]", kind=kind)
    assert (await web.data(f"{site.url}/jobs")).body == b"[1]"
    assert "json" in site.seen[-1].headers["accept"]


async def test_a_page_is_no_data_and_data_is_no_page(site: Site, web: HttpWeb) -> None:
    site.page("/page", "<p>hello</p>")
    site.page("/data", "{}", kind="application/json")
    with pytest.raises(FetchFailed, match="is no data but text/html"):
        await web.data(f"{site.url}/page")
    with pytest.raises(FetchFailed, match="is no page but application/json"):
        await web.fetch(f"{site.url}/data")


async def test_json_is_posted_and_no_redirect_followed(site: Site, web: HttpWeb) -> None:
    site.page("/jobs", "{}", kind="application/json")
    site.redirect("/moved", "/jobs", "307 Temporary Redirect")
    body = json.dumps({"limit": 20}).encode()
    assert (await web.data(f"{site.url}/jobs", body)).body == b"{}"
    asked = site.seen[-1]
    assert (asked.method, asked.body, asked.headers["content-type"]) == ("POST", body, "application/json")
    assert (await web.data(f"{site.url}/moved")).final_url == f"{site.url}/jobs"
    with pytest.raises(FetchFailed, match="answered 307"):
        await web.data(f"{site.url}/moved", body)


async def test_limits_the_guard_and_robots_hold_for_data(site: Site, web: HttpWeb) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /secret", kind="text/plain")
    site.page("/secret", "{}", kind="application/json")
    site.page("/large", "1" * 5_000, kind="application/json")
    with pytest.raises(FetchBlocked, match="robots"):
        await web.data(f"{site.url}/secret", b"{}")
    with pytest.raises(FetchFailed, match="larger than"):
        await web.data(f"{site.url}/large")
    with pytest.raises(FetchBlocked):
        await web.data("http://10.0.0.1/jobs", b"{}")


async def test_a_look_up_sends_its_key_and_follows_no_redirect(site: Site) -> None:
    lookup = HttpLookup(f"{site.url}/search?safe=1", headers={"X-Key": "secret-key"}, limits=Limits(wire_bytes=100))
    try:
        site.page("/search", '{"a": 1}', kind="application/json")
        assert await lookup.get({"q": "Acme & Söhne"}) == b'{"a": 1}'
        assert site.seen[-1].path == "/search?safe=1&q=Acme+%26+S%C3%B6hne"
        assert site.seen[-1].headers["x-key"] == "secret-key"
        for answer in ("302 Found", "401 Unauthorized"):
            site.page("/search", "", "Location: http://127.0.0.2/", status=answer)
            with pytest.raises(FetchFailed, match=f"answered {answer[:3]}") as caught:
                await lookup.get({"q": "a"})
            assert "secret-key" not in str(caught.value)
        site.page("/search", "1" * 200)
        with pytest.raises(FetchFailed, match="larger than"):
            await lookup.get({"q": "a"})
    finally:
        await lookup.close()
    lookup = HttpLookup("http://127.0.0.1:9/search")
    with pytest.raises(FetchFailed, match="no connection"):
        await lookup.get({"q": "a"})
    await lookup.close()
