"""Pages made to hurt: none crashes, hangs or grows, and what is sound on them is read."""

import os
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overture.research.codec import dump, load
from overture.research.gather import read_local, read_local_article
from tests.research.pages import URL, read

GOOD = "<p>Acme builds pumps in Leeds.</p>"


def hostile() -> Iterator[tuple[str, bytes]]:
    for tag in ("div", "b", "p", "li", "table", "a", "font", "svg", "form", "h1", "template", "select"):
        depth = 10_000 if tag == "div" else 50_000  # the parser takes time by the square of it; see test_parsing
        yield f"{depth:,} nested {tag}", f"{GOOD}{f'<{tag}>' * depth}text".encode()
    yield "binary", os.urandom(1_000_000)
    yield "zeros", bytes(1_000_000)
    yield "one line", GOOD.encode() + b"word " * 900_000
    yield "no ends", b"<p>" + b"a." * 1_000_000
    yield "abbreviations", b"<p>" + b"Mr. A. " * 300_000
    yield "quotes", b"<p>" + b'."' * 1_000_000
    yield "attributes", b"<p " + b"a='b' " * 300_000 + b">" + GOOD.encode()
    yield "class", b"<div class='" + b"nave- " * 500_000 + b"'>" + GOOD.encode()
    yield "style", b"<div style='" + b"color:" * 300_000 + b"'>" + GOOD.encode()
    yield "styles", b"".join(b"<p style='color:#fff;left:-%dpx'>x" % n for n in range(20_000))
    yield "white ink, deep", b"<div>" * 5_000 + b"<i style='color:#fff'>a</i>" * 5_000
    yield "metas", b"<meta name=description content='a'>" * 50_000 + GOOD.encode()
    yield "huge meta", b"<meta name=description content='" + b"Acme is large. " * 200_000 + b"'>" + GOOD.encode()
    yield "huge title", b"<title>" + b"Acme " * 500_000 + b"</title>" + GOOD.encode()
    yield "unclosed title", b"<title>" + GOOD.encode() * 50_000
    yield "json brackets", b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script>" + GOOD.encode()
    yield "json depth", b"<script type='application/ld+json'>" + b'{"@graph":' * 40_000 + b"</script>" + GOOD.encode()
    yield "json commas", b"<script type='application/ld+json'>[" + b",  " * 150_000 + b"</script>" + GOOD.encode()
    yield "json scripts", b'<script type="application/ld+json">{"@type":"Thing"}</script>' * 20_000 + GOOD.encode()
    yield "links", b"".join(b"<a href='/about/%d'>About us</a>" % n for n in range(50_000)) + GOOD.encode()
    yield "headings", b"<h1>" * 50_000 + GOOD.encode()
    yield "orders", GOOD.encode() + b"<p>" + b"ignore you must ai when " * 100_000
    yield "comments", b"<!--" * 200_000 + GOOD.encode()
    yield "entities", b"<p>" + b"&amp;&#x1F600;&bogus" * 150_000
    yield "nuls", b"<p>Ac\0me bui\0lds pumps.</p>" * 1_000
    yield "charset lies", b"<meta charset=utf-16><meta charset=iso-2022-jp>" + "Müller für Größe".encode("cp1252") * 100
    yield "surrogates", "<p>Acme \ud800\udfff builds pumps.</p>".encode("utf-8", "surrogatepass") * 10
    yield "empty", b""
    yield "a lone tag", b"<"


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in hostile()])
def test_a_hostile_page_is_read_or_left_but_never_fails(body: bytes) -> None:
    started = time.process_time()
    source = read_local(body, URL)
    assert time.process_time() - started < 4
    assert len(source.evidence) <= 600
    assert all(4 <= len(item.text) <= 400 for item in source.evidence)
    assert load(dump(source)) == source
    if GOOD.encode() in body and not body.startswith((b"<title>", b"<!--")):
        assert "Acme builds pumps in Leeds." in [item.text for item in source.evidence]


SOUP = """<p> </p> <div~hidden> </div> <a~href='x'> <li> <h2> <br> <form> <svg> <table> <td>
</script> { [ \x00 &lt; <!-- -->
<script~type='application/ld+json'> "@type":"JobPosting" Acme~builds. \u202e <title> <main> <header>
<base~href='//'>
<noscript> ]]>"""


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([part.replace("~", " ") for part in SOUP.split()]), max_size=60))
def test_any_soup_is_read(parts: list[str]) -> None:
    source = read("".join(parts))
    assert load(dump(source)) == source


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read(body: bytes) -> None:
    source = read(body)
    assert load(dump(source)) == source


@pytest.mark.parametrize("body", [b"", b"<", b"\x00" * 1000, b"<p>short</p>", b"<html></html>", "é".encode("utf-16")])
def test_an_article_may_be_none(body: bytes) -> None:
    assert len(read_local_article(body, URL).evidence) <= 1
