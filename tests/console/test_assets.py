"""What a browser loads before it shows anything."""

import gzip

from overture.console.rendering import assets

MOST = 80_000
"""Bytes of scripts and styles, compressed: goal U12."""


def test_scripts_and_styles_stay_small() -> None:
    loaded = {name: body for name, (_, body) in assets().items() if name.endswith((".js", ".css"))}
    assert len(loaded) >= 4
    assert sum(len(gzip.compress(body)) for body in loaded.values()) <= MOST
