"""Two sentences for one field: what is not a URL, and what is not an HTTP one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overture.api.upscale.rules import NOT_HTTP_URL, NOT_HTTPS_URL, NOT_URL, http_url, https_url


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "http://example.com/",
        "HTTPS://EXAMPLE.COM",
        "https://ee.linkedin.com/in/a-b-1234",
        "https://www.linkedin.com/in/jos%C3%A9/",
        "https://www.linkedin.com/in/josé/",
        "https://müller.example/über?q=ä#ö",
        "http://127.0.0.1:8000/hook",
        "http://localhost:8000",
        "http://[::1]:8000/hook",
        "https://user:secret@example.com/hook",
        "https://example.com:443/a;b,c/(d)/~e?f=g&h[]=i#j",
        "https://example.com?x=1",
        "https://example.com#x",
        "https://example.com:/",
        "https://xn--mller-kva.example/",
        "https://a_b.example/",
    ],
)
def test_urls(url: str) -> None:
    """What a browser would open."""
    assert http_url(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com",
        "acme.com",
        "www.acme.com/about",
        "not-a-url",
        "acme.com:8080/x",
        "mailto:a@example.com",
        "javascript:alert(1)",
        "data:text/plain,hi",
        "file:///etc/passwd",
        "//example.com/x",
        "/path",
        "http:example.com",
        "http:/example.com",
        "http://",
        "https:///path",
        "http://:80/",
        "http://user@/",
        "httpss://example.com",
        "https://example.com:0/",
        "https://example.com:70000/",
        "http://[:::::]/",
        "http://[12]/",
        "?q=1",
        "#x",
    ],
)
def test_urls_that_are_not_http(url: str) -> None:
    """They parse, and lead nowhere that we may go."""
    assert http_url(url) == NOT_HTTP_URL


@pytest.mark.parametrize(
    "url",
    [
        "https://exa mple.com",
        " https://example.com",
        "https://example.com ",
        "https://example.com/a b",
        "not a url",
        "https://example.com/\n",
        "https://example.com/\x00",
        "https://example.com/\u00a0",
        "https://exam\u200bple.com/",
        "https://example.com/%",
        "https://example.com/%zz",
        "https://example.com/<script>",
        'https://example.com/"x"',
        "https://example.com/{id}",
        "https://example.com/a|b",
        "https://example.com\\@evil.example",
        "https://example.com:port/",
        "https://[::1",
        "https://[::1]x/",
        "https://[zz]/",
        "https://a#b#c",
        "://example.com",
        "1http://example.com",
    ],
)
def test_what_is_no_url(url: str) -> None:
    """It cannot be taken apart."""
    assert http_url(url) == NOT_URL


def test_https_only() -> None:
    """The stricter rule adds one sentence of its own."""
    assert https_url("https://example.com") is None
    assert https_url("HTTPS://example.com") is None
    assert https_url("http://example.com") == NOT_HTTPS_URL
    assert https_url("ftp://example.com") == NOT_HTTP_URL
    assert https_url("a b") == NOT_URL


@given(st.text(max_size=300) | st.text(alphabet="ahtps:/%@[].#?0f ", max_size=2_048))
def test_every_text_gets_an_answer_at_once(text: str) -> None:
    """No text makes the rule slow, or fails it."""
    assert http_url(text) in {None, NOT_URL, NOT_HTTP_URL}


@pytest.mark.parametrize("piece", ["a", "%41", "@", ":", "[", "a@", "a:", "%41@", "#", "?", "/"])
@pytest.mark.parametrize("start", ["http://", "", "x:", "//"])
def test_long_repetitions_take_no_time(start: str, piece: str) -> None:
    """A pattern that backtracks badly would not come back from these."""
    text = (start + piece * 2_048)[:2_047]
    http_url(f"{text} ")
    http_url(f"{text}\\")
