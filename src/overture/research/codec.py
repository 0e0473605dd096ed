"""A source as bytes, the form in which it is stored."""

import msgspec

from overture.domain.evidence import Source

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Source)


def dump(source: Source) -> bytes:
    """Return the source as compact JSON in UTF-8; it holds no NUL, so a jsonb column takes it."""
    return _ENCODER.encode(source)


def load(data: bytes) -> Source:
    """Return the source that ``dump`` wrote.

    Raises:
        ValueError: the bytes are no source (``msgspec.ValidationError`` and ``DecodeError`` are ones).
    """
    return _DECODER.decode(data)
