"""What robots.txt allows, remembered for a day."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego

from overture.domain.errors import FetchBlocked, FetchFailed

AGENT = "OvertureBot"
_DAY = 86_400.0
_FAILURE_SECONDS = 600.0
_KEPT_ORIGINS = 5_000

Loader = Callable[[str], Awaitable[tuple[int, bytes]]]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """``rules`` is None where all is allowed; ``failure`` says why nothing is."""

    expires: float
    rules: Protego | None
    failure: str = ""


class Robots:
    """Answers whether an address may be fetched (RFC 9309).

    4xx means that all is allowed; 5xx and no answer mean that nothing is, for ten minutes. The answers of
    the 5,000 origins asked last are kept for a day.

    Args:
        load: fetches one robots.txt, redirects followed, and returns status and body.
    """

    def __init__(self, load: Loader) -> None:
        self._load = load
        self._kept: OrderedDict[str, _Verdict] = OrderedDict()
        self._asked: dict[str, asyncio.Lock] = {}

    async def check(self, url: str, origin: str) -> float:
        """Return, if the address may be fetched, the seconds that the site wants between requests.

        Raises:
            FetchBlocked: the rules forbid it.
            FetchFailed: the rules could not be read now.
        """
        verdict = self._known(origin)
        if verdict is None:
            lock = self._asked.setdefault(origin, asyncio.Lock())
            try:
                async with lock:
                    verdict = self._known(origin) or await self._ask(origin)
            finally:
                if not lock.locked():
                    self._asked.pop(origin, None)
        if verdict.failure:
            raise FetchFailed(url, verdict.failure)
        if verdict.rules is not None and not verdict.rules.can_fetch(url, AGENT):
            raise FetchBlocked(url, "robots.txt forbids it")
        return max(0.0, (verdict.rules and verdict.rules.crawl_delay(AGENT)) or 0.0)

    def _known(self, origin: str) -> _Verdict | None:
        verdict = self._kept.get(origin)
        if verdict is None or verdict.expires < time.monotonic():
            return None
        self._kept.move_to_end(origin)
        return verdict

    async def _ask(self, origin: str) -> _Verdict:
        rules, failure = None, ""
        try:
            status, body = await self._load(f"{origin}/robots.txt")
        except FetchBlocked:
            raise
        except FetchFailed as error:
            failure = f"robots.txt: {error.reason}"
        else:
            if 200 <= status < 300:
                rules = Protego.parse(body.decode("utf-8", "replace").removeprefix("\ufeff"))
            elif not 400 <= status < 500:
                failure = f"robots.txt answered {status}"
        seconds = _FAILURE_SECONDS if failure else _DAY
        verdict = _Verdict(time.monotonic() + seconds, rules, failure)
        self._kept[origin] = verdict
        self._kept.move_to_end(origin)
        while len(self._kept) > _KEPT_ORIGINS:
            self._kept.popitem(last=False)
        return verdict
