"""Server-sent events: a part of a page is rendered each second and sent when it has changed."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable

EVERY_SECONDS = 0.7
"""How often is looked: what changed is on the screen within a second."""

ALIVE_SECONDS = 15.0
LONGEST_SECONDS = 600.0
"""After so long the stream ends and the browser asks again, so that an ended session shows."""


def event(data: str, name: str = "") -> bytes:
    """Encode one event."""
    lines = [f"event: {name}"] if name else []
    lines += [f"data: {line}" for line in data.split("\n")]
    return ("\n".join(lines) + "\n\n").encode()


async def changes(
    fragment: Callable[[], Awaitable[str]],
    gone: Callable[[], Awaitable[bool]],
    done: Callable[[str], bool],
) -> AsyncIterator[bytes]:
    """Yield the fragment whenever it differs from the last one sent; end with an event ``done`` after the last."""
    loop = asyncio.get_running_loop()
    ends, spoke, last = loop.time() + LONGEST_SECONDS, loop.time(), b""
    while loop.time() < ends and not await gone():
        text = await fragment()
        digest = hashlib.sha256(text.encode()).digest()
        if digest != last:
            last, spoke = digest, loop.time()
            yield event(text)
            if done(text):
                yield event("", "done")
                return
        elif loop.time() - spoke > ALIVE_SECONDS:
            spoke = loop.time()
            yield b": alive\n\n"
        await asyncio.sleep(EVERY_SECONDS)
