"""One call of a prefix goes first, the others follow: a host can keep a prefix only once it has begun to answer."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from overture.ports import Reply
from overture.telemetry.logs import get

WARM_SECONDS = 240.0
"""How long a prefix is taken as kept after its last use: a minute less than the shortest life that a vendor names."""

MOST_PREFIXES = 500
JUDGED_AFTER = 10
LOW_SHARE = 0.5

log = get(__name__)


@dataclass
class _Prefix:
    first_done: asyncio.Event = field(default_factory=asyncio.Event)
    used_at: float = 0.0
    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0


class Warming:
    """Sends the first call of each prefix alone, and watches what share of the tokens then came from the cache."""

    def __init__(self) -> None:
        self._prefixes: OrderedDict[str, _Prefix] = OrderedDict()

    async def ask(self, key: str, call: Callable[[], Awaitable[Reply]]) -> Reply:
        """Make a call, after the prefix's first where that is under way. A failed first call frees the rest."""
        now = asyncio.get_running_loop().time()
        known = self._prefixes.get(key)
        if known is None or (known.first_done.is_set() and now - known.used_at > WARM_SECONDS):
            known = self._prefixes[key] = _Prefix(used_at=now)
            while len(self._prefixes) > MOST_PREFIXES:
                self._prefixes.popitem(last=False)
        else:
            self._prefixes.move_to_end(key)
            await known.first_done.wait()
        try:
            reply = await call()
        finally:
            known.first_done.set()
        known.used_at = asyncio.get_running_loop().time()
        self._watch(key, known, reply)
        return reply

    def _watch(self, key: str, known: _Prefix, reply: Reply) -> None:
        known.calls += 1
        known.input_tokens += reply.usage.input_tokens
        known.cached_tokens += reply.usage.cached_tokens
        if known.calls != JUDGED_AFTER and known.calls % 100:
            return
        share = known.cached_tokens / known.input_tokens if known.input_tokens else 0.0
        tell = log.warning if share < LOW_SHARE else log.info
        tell("llm.cached_share", prefix=key, calls=known.calls, share=round(share, 3))
