"""Bytes become the text that was meant, and never an exception."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overture.research.decoding import decode

TEXT = "Größe naïve 500 € für Müller"


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (TEXT.encode(), ""),
        (TEXT.encode(), "text/html; charset=utf-8"),
        (TEXT.encode(), "text/html; charset=iso-8859-1"),
        (TEXT.encode(), "text/html; charset=nonsense"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text/html; charset=latin-1"),
        (TEXT.encode("utf-16"), ""),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "text/html; charset=utf-8"),
        (TEXT.encode("cp1252"), "text/html; charset=iso-8859-1"),
        (TEXT.encode("cp1252"), 'text/html; charset="windows-1252"'),
        (TEXT.encode("iso8859-15"), "text/html;charset=ISO-8859-15"),
    ],
)
def test_what_a_header_says_is_believed_as_far_as_it_holds(body: bytes, header: str) -> None:
    assert decode(body, header) == TEXT


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Ångström überfällig", "cp1252"),
        ("Привет, мир", "windows-1251"),
        ("製品を作る", "shift_jis"),
        ("製品", "iso-2022-jp"),
        ("产品", "gb2312"),
    ],
)
def test_what_the_page_says_is_believed_without_a_header(text: str, encoding: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}"><p>{text}</p>'
    assert f"<p>{text}</p>" in decode(page.encode(encoding))
    page = f"<meta charset='{encoding}'><p>{text}</p>"
    assert f"<p>{text}</p>" in decode(page.encode(encoding))


def test_an_encoding_that_nobody_names_is_guessed() -> None:
    text = "Завод производит насосы для больниц по всей стране с 1998 года. " * 5
    assert decode(text.encode("cp1251")) == text


def test_a_broken_byte_does_not_change_the_encoding() -> None:
    assert decode(("Müller " * 500).encode() + b"\xff" + "für".encode()).startswith("Müller Müller")


@pytest.mark.parametrize("name", ["utf-7", "unicode_escape", "rot13", "hex", "idna", "zip", "utf-32", "base64"])
def test_codecs_that_the_web_does_not_know_are_not_used(name: str) -> None:
    assert decode(b"<p>+ADw-script+AD4- \\u0041 </p>", f"text/html; charset={name}").startswith("<p>+ADw-script")


@given(st.binary(max_size=3_000), st.text(max_size=60))
def test_nothing_raises(body: bytes, header: str) -> None:
    decode(body, header)
