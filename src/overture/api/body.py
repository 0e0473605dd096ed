"""From the bytes of a body to a JSON object, refusing what later code could not bear."""

import hashlib
from itertools import accumulate
from typing import cast

import msgspec

from overture.api.problems import NOT_JSON
from overture.domain.errors import Invalid

_DECODER = msgspec.json.Decoder[object](object)
_SORTED = msgspec.json.Encoder(order="sorted")
_NOT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_UP_AND_DOWN = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")


def _too_deep(body: bytes, limit: int) -> bool:
    """True where brackets outside strings nest deeper than ``limit``; only operations that run in C.

    Whether they match is the decoder's to say.
    """
    if body.count(b"[") + body.count(b"{") <= limit:
        return False
    outside_strings = body.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')[::2]
    brackets = b"".join(outside_strings).translate(_UP_AND_DOWN, _NOT_BRACKETS)
    return max(accumulate(memoryview(brackets).cast("b")), default=0) > limit


def decode_object(body: bytes, max_depth: int) -> dict[str, object]:
    """Return the JSON object in ``body``; raise Invalid for anything else.

    Refused: bytes that are not UTF-8, raw control characters, lone surrogates, NaN and Infinity, numbers
    beyond what a float holds, nesting deeper than ``max_depth``, a byte order mark, anything after the
    object. Of a key that occurs twice the last value counts.
    """
    if _too_deep(body, max_depth):
        raise Invalid([NOT_JSON])
    try:
        decoded = _DECODER.decode(body)
    except (msgspec.DecodeError, RecursionError, ValueError):
        raise Invalid([NOT_JSON]) from None
    if not isinstance(decoded, dict):
        raise Invalid([NOT_JSON])
    return cast("dict[str, object]", decoded)


def digest(decoded: dict[str, object]) -> bytes:
    """SHA-256 of the object with its keys sorted: the same for bodies that differ in layout and order only."""
    return hashlib.sha256(_SORTED.encode(decoded)).digest()
