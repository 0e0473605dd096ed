"""Calls of a LinkUp-compatible server, and its failures in our words."""

import json
from collections.abc import Mapping, Sequence
from typing import cast

import httpx2

from overture.adapters.linkup.given import clean
from overture.domain.errors import (
    LimitReached,
    NotAvailableOnRail,
    NotFoundOnRail,
    OutcomeUnknown,
    RailFailed,
    RailUnreachable,
    RefusedByRail,
    Restricted,
    SessionExpired,
)

MOST_BYTES = 20_000_000
SECONDS = 40.0
Body = dict[str, object]

_SPOKEN = (
    (("api key",), RailFailed),
    (("not available on this rail",), NotAvailableOnRail),
    (("credit",), RailFailed),
    (("cookie", "session", "login token", "login_token", "sign in again"), SessionExpired),
    (("too many requests", "rate limit", "try again later"), RailUnreachable),
    (("limit of", "limit is reached", "limit reached", "budget of", "linkedin limits"), LimitReached),
    (("working hours", "too many profiles"), LimitReached),
    (("restricted", "challenge", "checkpoint"), Restricted),
    (("not found", "no such"), NotFoundOnRail),
)
"""What a sentence says where the status says nothing: some servers answer every error with 200 (linkup.md, 7)."""

_STATUSES: dict[int, type[RailFailed]] = {
    401: RailFailed,
    402: RailFailed,
    403: SessionExpired,
    404: NotFoundOnRail,
}


class Wire:
    """One server and one key. ``base`` is its address without ``/v1``."""

    def __init__(self, base: str, key: str) -> None:
        self._base = base.rstrip("/")
        self._key = key
        self._client = httpx2.AsyncClient(
            headers={"x-api-key": key, "accept": "application/json"},
            timeout=httpx2.Timeout(SECONDS, connect=5.0),
            follow_redirects=False,
            trust_env=False,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def read(self, path: str, body: Mapping[str, object], *, method: str = "POST") -> Body:
        """Ask for something that may be asked twice.

        Raises:
            RailUnreachable: no answer came, or none that can be understood.
            RailFailed: what the server said.
        """
        try:
            return self._answer(*await self._send(method, path, body), body)
        except (httpx2.HTTPError, ValueError, RecursionError) as error:
            raise RailUnreachable("the LinkUp server gave no answer that could be understood") from error

    async def act(self, path: str, body: Mapping[str, object]) -> Body:
        """Ask for something that must not be asked twice.

        Raises:
            RailUnreachable: no connection could be made: nothing left.
            OutcomeUnknown: it left, and no answer came that can be understood.
            RailFailed: what the server said.
        """
        try:
            status, text = await self._send("POST", path, body)
            if status >= 500:
                raise OutcomeUnknown(f"the LinkUp server answered {status}")
            return self._answer(status, text, body, once=True)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise RailUnreachable("the LinkUp server cannot be reached") from error
        except (httpx2.HTTPError, ValueError, RecursionError) as error:
            raise OutcomeUnknown("the LinkUp server gave no answer that could be understood") from error

    async def _send(self, method: str, path: str, body: Mapping[str, object]) -> tuple[int, bytes]:
        given = None if method == "GET" else json.dumps(body).encode()
        headers = {"content-type": "application/json"} if given is not None else {}
        async with self._client.stream(method, self._base + path, content=given, headers=headers) as answer:
            text = bytearray()
            async for part in answer.aiter_bytes():
                text += part
                if len(text) > MOST_BYTES:
                    raise ValueError("the answer is too large")
            return answer.status_code, bytes(text)

    def _answer(self, status: int, text: bytes, asked: Mapping[str, object], *, once: bool = False) -> Body:
        """Return the object of a good answer; raise what another says. ValueError where it is no JSON object.

        With ``once``, an error that does not say that nothing happened is OutcomeUnknown.
        """
        decoded: object = json.loads(text)
        if not isinstance(decoded, dict):
            raise ValueError("no JSON object")  # noqa: TRY004  # a bad answer, not a bad call
        body = cast("Body", decoded)
        if status < 300 and body.get("status") != "error":
            return body
        stated = body.get("message") or body.get("data")
        message = stated if isinstance(stated, str) else f"the LinkUp server answered {status}"
        message = _without(clean(message[:2_000]), [self._key, *(asked.get(name) for name in _SECRETS)])[:300]
        if once and status < 300 and any(word in message.lower() for word in _UNCLEAR):
            raise OutcomeUnknown(message)
        raise _failure(status, message)


_SECRETS = ("login_token", "password", "code")
_UNCLEAR = ("internal", "timeout", "timed out", "unexpected", "no answer")
"""What an error with status 200 says where it is open whether something was done."""


def _without(text: str, secrets: Sequence[object]) -> str:
    """Return a server's sentence without the secrets that it was sent, should it repeat them."""
    for secret in secrets:
        if isinstance(secret, str) and secret:
            text = text.replace(secret, "***")
    return text


def _failure(status: int, message: str) -> RailFailed:
    known, low = _STATUSES.get(status), message.lower()
    if known is SessionExpired and "api key" in low:
        return RailFailed(message)
    if known is not None:
        return known(message)
    for words, kind in _SPOKEN:
        if any(word in low for word in words):
            return kind(message)
    if status == 429:
        return Restricted(message)
    return RailUnreachable(message) if status >= 500 else RefusedByRail(message)
