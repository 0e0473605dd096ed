"""The two clients: one blocks, one awaits. Both walk the same steps."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

import anyio
import httpx2

from overture.client.errors import NotConnected, ReplyLost
from overture.client.exchange import Attempt, Came, Pause, Reply, Request, Retries, Steps, steps

P = ParamSpec("P")
T = TypeVar("T")
Driving = TypeVar("Driving", covariant=True)  # noqa: PLC0105

TIMEOUT = httpx2.Timeout(60.0, connect=5.0)
_NOTHING_LEFT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
Listing = Callable[[str | None], Request[tuple[list[T], str | None]]]
"""From the place to go on at to the call for a page: its items, and the place after them."""


class Driver:
    """What both clients have in common: where, with which keys, how patiently."""

    def __init__(self, url: str, api_key: str, gateway_key: str | None, retries: Retries | None) -> None:
        self._url = url.rstrip("/")
        self._keys = (api_key, gateway_key or api_key)
        self._retries = retries or Retries()

    def _steps(self, request: Request[T]) -> Steps[T]:
        return steps(request, self._keys[request.gateway], self._retries, time.monotonic)

    def _arguments(self, attempt: Attempt) -> dict[str, Any]:
        return {
            "method": attempt.method,
            "url": self._url + attempt.path,
            "params": dict(attempt.query) or None,
            "headers": dict(attempt.headers),
            "content": attempt.content or None,
            "follow_redirects": False,
        }


def _reply(answer: httpx2.Response) -> Reply:
    return Reply(answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, answer.content)


def _lost(error: httpx2.RequestError) -> Came:
    if isinstance(error, _NOTHING_LEFT):
        return NotConnected(f"no connection: {type(error).__name__}")
    return ReplyLost(f"no answer came: {type(error).__name__}")


class SyncDriver(Driver):
    """Blocks."""

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        gateway_key: str | None = None,
        retries: Retries | None = None,
        http: httpx2.Client | None = None,
    ) -> None:
        super().__init__(url, api_key, gateway_key, retries)
        self._http = http or httpx2.Client(timeout=TIMEOUT)

    def send(self, request: Request[T]) -> T:
        """Make a call."""
        walk, came = self._steps(request), None
        while True:
            try:
                step = walk.send(came)
            except StopIteration as end:
                return end.value
            came = time.sleep(step.seconds) if isinstance(step, Pause) else self._attempt(step)

    def _attempt(self, attempt: Attempt) -> Came:
        try:
            return _reply(self._http.request(**self._arguments(attempt)))
        except httpx2.RequestError as error:
            return _lost(error)

    def pages(self, listing: Listing[T]) -> Iterator[T]:
        """Yield the items of every page."""
        place: str | None = None
        while True:
            items, place = self.send(listing(place))
            yield from items
            if place is None:
                return

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


class AsyncDriver(Driver):
    """Awaits."""

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        gateway_key: str | None = None,
        retries: Retries | None = None,
        http: httpx2.AsyncClient | None = None,
    ) -> None:
        super().__init__(url, api_key, gateway_key, retries)
        self._http = http or httpx2.AsyncClient(timeout=TIMEOUT)

    async def send(self, request: Request[T]) -> T:
        """Make a call."""
        walk, came = self._steps(request), None
        while True:
            try:
                step = walk.send(came)
            except StopIteration as end:
                return end.value
            came = await (anyio.sleep(step.seconds) if isinstance(step, Pause) else self._attempt(step))

    async def _attempt(self, attempt: Attempt) -> Came:
        try:
            return _reply(await self._http.request(**self._arguments(attempt)))
        except httpx2.RequestError as error:
            return _lost(error)

    async def pages(self, listing: Listing[T]) -> AsyncIterator[T]:
        """Yield the items of every page."""
        place: str | None = None
        while True:
            items, place = await self.send(listing(place))
            for item in items:
                yield item
            if place is None:
                return

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


class Group(Generic[Driving]):
    """Calls that belong together, made by a driver."""

    def __init__(self, driver: Driving) -> None:
        self.driver = driver


class Operation(Generic[P, T]):
    """A decorator that declares a call once: a blocking client returns the answer, the other an awaitable of it."""

    def __init__(self, build: Callable[Concatenate[Any, P], Request[T]]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, group: Group[SyncDriver], kind: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, group: Group[AsyncDriver], kind: type) -> Callable[P, Awaitable[T]]: ...
    def __get__(self, group: Group[Any], kind: type) -> Callable[P, Any]:
        """Bind to a client."""

        def bound(*args: P.args, **kwargs: P.kwargs) -> Any:
            return group.driver.send(self._build(group, *args, **kwargs))

        bound.__name__, bound.__doc__ = self._build.__name__, self.__doc__
        return bound


class Iteration(Generic[P, T]):
    """A decorator that declares a list once: an iterator over all pages, or an asynchronous one."""

    def __init__(self, build: Callable[Concatenate[Any, P], Listing[T]]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    @overload
    def __get__(self, group: Group[SyncDriver], kind: type) -> Callable[P, Iterator[T]]: ...
    @overload
    def __get__(self, group: Group[AsyncDriver], kind: type) -> Callable[P, AsyncIterator[T]]: ...
    def __get__(self, group: Group[Any], kind: type) -> Callable[P, Any]:
        """Bind to a client."""

        def bound(*args: P.args, **kwargs: P.kwargs) -> Any:
            return group.driver.pages(self._build(group, *args, **kwargs))

        bound.__name__, bound.__doc__ = self._build.__name__, self.__doc__
        return bound
