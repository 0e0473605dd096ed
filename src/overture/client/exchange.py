"""One call as it is wanted, and the only place that decides whether it is made again. No input, no output here."""

import math
import random
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Generic, TypeVar
from uuid import uuid4

import msgspec

from overture.client.errors import (
    ApiError,
    BadAnswer,
    ClientError,
    NotConnected,
    ReplyLost,
    StillInProgress,
    api_error,
    said,
)

T = TypeVar("T")
_random = random.SystemRandom()
IN_HAND = "Idempotency-Key is being worked on"
"""Words of the 409 that comes while the first call with a key is still being worked on."""


class Repeat(Enum):
    """Whether a call may be made again when it is not known whether it was done."""

    SAFE = "safe"
    """It reads, or the server takes an equal one for the same."""
    KEYED = "keyed"
    """It carries an ``Idempotency-Key``, the same each time, and the server gives the first answer again."""
    NEVER = "never"
    """Only where nothing can have been done: no connection, or refused by a limit of calls."""


@dataclass(frozen=True, slots=True)
class Poll(Generic[T]):
    """The call is made anew until ``ended``: every so many seconds, within so many."""

    ended: Callable[[T], bool]
    every: float
    within: float


@dataclass(frozen=True, slots=True)
class Request(Generic[T]):
    """A call: what is sent, and how its answer is read. ``body`` is JSON unless ``content`` says otherwise.

    ``gateway`` calls carry the key in ``x-api-key``, others in ``Api-Key``. ``key`` is the caller's own
    ``Idempotency-Key``; without one, KEYED calls get a fresh one that stays through all repetitions.
    """

    method: str
    path: str
    answer: Callable[[bytes], T]
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    body: object = field(default=None, repr=False)
    content: tuple[bytes, str] | None = field(default=None, repr=False)
    repeat: Repeat = Repeat.SAFE
    key: str | None = None
    gateway: bool = False
    poll: Poll[T] | None = None

    def attempt(self, api_key: str) -> "Attempt":
        """Return what goes over the wire, the same bytes each time."""
        headers = {"x-api-key" if self.gateway else "Api-Key": api_key, "Accept": "application/json"}
        content, kind = self.content or (b"", "")
        if self.body is not None:
            content, kind = msgspec.json.encode(self.body), "application/json"
        if kind:
            headers["Content-Type"] = kind
        if self.repeat is Repeat.KEYED:
            headers["Idempotency-Key"] = self.key or uuid4().hex
        return Attempt(self.method, self.path, self.query, headers, content)

    def read(self, reply: "Reply") -> T:
        """Read a good answer."""
        try:
            return self.answer(reply.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadAnswer(f"the answer cannot be read: {error}", status=reply.status) from None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a driver sends."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pause:
    """A driver sleeps so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What a driver received; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Step = Attempt | Pause
Came = Reply | NotConnected | ReplyLost | None
Steps = Generator[Step, Came, T]


@dataclass(frozen=True, slots=True)
class Retries:
    """How long a call is tried: at most ``most`` times, and no pause begins that would end after ``within`` seconds.

    A pause is a random part of ``first``, doubled each time up to ``longest``; ``Retry-After`` is the least it lasts.
    """

    within: float = 60.0
    most: int = 10
    first: float = 0.25
    longest: float = 8.0

    def pause(self, tried: int, least: float | None) -> float:
        """Return the seconds to wait after so many attempts."""
        spread = _random.uniform(0, min(self.longest, self.first * math.pow(2, min(tried, 32) - 1)))
        return spread if least is None else least + min(spread, 1.0)


def _failure(request: Request[T], came: Came) -> ClientError | None:
    """Return what went wrong, None where nothing did."""
    if isinstance(came, ClientError):
        return came
    assert came is not None
    if not 200 <= came.status < 300:
        return api_error(came.status, came.headers, came.body)
    if request.gateway and b'"error"' in came.body and _told_as_success(came.body):
        return ApiError(said(came.body)[0] or "the call failed", status=came.status,
                        request_id=came.headers.get("x-request-id"))  # fmt: skip
    return None


def _told_as_success(body: bytes) -> bool:
    """LinkUp's compatible mode answers errors with 200: ``{"status": "error", ...}``."""
    try:
        return msgspec.json.decode(body, type=dict[str, object]).get("status") == "error"
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def _again(request: Request[T], error: ClientError, *, lost: bool) -> bool:
    """Decide whether the same call may be made once more; ``lost`` says that an earlier one may have arrived."""
    if isinstance(error, NotConnected):
        return True
    if error.status == 429:
        return error.retry_after is not None
    if request.repeat is Repeat.NEVER:
        return False
    if error.status == 409:  # the first of our calls with this key is still being worked on
        return lost and request.repeat is Repeat.KEYED and IN_HAND in error.message
    return isinstance(error, ReplyLost) or error.status in {408, 502, 503, 504}


def _once(request: Request[T], attempt: Attempt, retries: Retries, clock: Callable[[], float]) -> Steps[T]:
    end, tried, lost = clock() + retries.within, 0, False
    while True:
        came = yield attempt
        tried += 1
        error = _failure(request, came)
        if error is None:
            assert isinstance(came, Reply)
            return request.read(came)
        lost = lost or isinstance(error, ReplyLost) or error.status in {408, 502, 504}
        pause = retries.pause(tried, error.retry_after)
        if tried >= retries.most or clock() + pause > end or not _again(request, error, lost=lost):
            error.key = attempt.headers.get("Idempotency-Key")
            raise error
        yield Pause(pause)


def steps(request: Request[T], api_key: str, retries: Retries, clock: Callable[[], float]) -> Steps[T]:
    """Yield what a driver has to do, take what came of it, and return the answer.

    Raises:
        ClientError: what remained after the last attempt.
    """
    attempt = request.attempt(api_key)
    if request.poll is None:
        return (yield from _once(request, attempt, retries, clock))
    end = clock() + request.poll.within
    while True:
        left = replace(retries, within=min(retries.within, end - clock()))
        found = yield from _once(request, attempt, left, clock)
        if request.poll.ended(found):
            return found
        if clock() + request.poll.every > end:
            raise StillInProgress(f"not ended after {request.poll.within:g} seconds")
        yield Pause(request.poll.every)
