"""What a body must be before anyone looks into it."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overture.api.body import decode_object
from overture.domain.errors import Invalid

DEPTH = 32


def decodes(body: bytes) -> bool:
    started = time.perf_counter()
    sentences: list[str] = []
    try:
        decode_object(body, DEPTH)
    except Invalid as error:
        sentences = error.messages
    assert sentences in ([], ["Request body must be valid JSON"])
    assert time.perf_counter() - started < 2
    return not sentences


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"null",
        b"true",
        b"5",
        b'"text"',
        b"[]",
        b"[{}]",
        b"{",
        b"{}}",
        b"{} {}",
        b"{,}",
        b'{"a":1,}',
        b"{'a':1}",
        b"{a:1}",
        b'{"a":01}',
        b'{"a":+1}',
        b'{"a":.5}',
        b'{"a":1.}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":-Infinity}',
        b'{"a":nan}',
        b'{"a":1e999}',
        b'{"a":' + b"1" * 100_000 + b"}",
        b'{"a":"\x00"}',
        b'{"a":"\n"}',
        b'{"a":"\xff"}',
        b'{"a":"\xc0\x80"}',
        b'{"a":"\xed\xa0\x80"}',
        b'{"a":"\xf4\x90\x80\x80"}',
        b'{"a":"\xe2\x82"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\\udc00"}',
        b'{"a":"\\ud800x"}',
        b'{"a":"\\ud800\\ud800"}',
        b'{"\\udfff":1}',
        b'{"a":"\\x41"}',
        b'{"a":"\\u12"}',
        b"\xef\xbb\xbf{}",
        b"{}".decode().encode("utf-16"),
        b"{}\x00",
        b"/* */{}",
        b"<xml/>",
        b"a=1&b=2",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"]" * 100_000,
        b'"' * 1_000_000,
        b"\\" * 1_000_000,
        b'{"a":"' + b'\\"' * 1_000_000,
        b"[]" * 1_000_000,
    ],
    ids=lambda body: repr(body[:24]),
)
def test_what_is_refused(body: bytes) -> None:
    """With one sentence, and quickly."""
    assert not decodes(body)


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b' \r\n\t{"a" : 1 } ',
        b'{"a":"\\ud83d\\ude00"}',
        b'{"a":"\\u0000"}',
        b'{"a":12345678901234567890123456789012345678901234567890}',
        b'{"a":1e308,"b":-0,"c":1E-400}',
        b'{"":{}}',
        '{"ä":"\U0001f600"}'.encode(),
        b'{"a":"' + b"[{" * 100_000 + b'"}',
        b'{"a":"' + b'\\\\\\"[' * 10_000 + b'"}',
        b'{"a":[' + b"[]," * 10_000 + b"[]]}",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_what_passes(body: bytes) -> None:
    """Strange, and correct."""
    assert decodes(body)


def nested(depth: int) -> bytes:
    return b'{"a":' * (depth - 1) + b"[]" + b"}" * (depth - 1)


def test_depth_is_inclusive() -> None:
    """32 levels pass, 33 do not; brackets inside strings do not count."""
    assert decodes(nested(DEPTH))
    assert not decodes(nested(DEPTH + 1))
    assert decodes(b'{"x":"\\"' + b"[" * 50 + b'","a":' + nested(DEPTH - 1) + b"}")
    assert not decodes(b'{"x":"\\\\","a":' + nested(DEPTH) + b"}")


def test_the_last_of_equal_keys_counts() -> None:
    """As in most parsers, Rails' among them."""
    assert decode_object(b'{"a":1,"a":2}', DEPTH) == {"a": 2}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=30,
)


@given(st.dictionaries(st.text(alphabet=st.characters(codec="utf-8")), JSON), st.booleans())
def test_any_object_survives(value: dict[str, object], ascii_only: bool) -> None:
    """Whatever the standard library writes is read back the same."""
    try:
        body = json.dumps(value, ensure_ascii=ascii_only).encode()
    except UnicodeEncodeError:
        return
    try:
        assert decode_object(body, DEPTH) == value
    except Invalid:
        assert b"\\ud" in body


@given(st.binary(max_size=300) | st.text(alphabet='[]{}",:\\ud0a1 ').map(str.encode))
def test_any_bytes_get_an_answer(body: bytes) -> None:
    """An object, or the one sentence."""
    decodes(body)
