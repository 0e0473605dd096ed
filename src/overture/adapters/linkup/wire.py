"""Calls of a LinkUp-compatible server, and its failures in our words."""

import json
from collections.abc import Mapping
from typing import cast

import httpx2

from overture.domain.errors import (
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
    (("not available on this rail",), NotAvailableOnRail),
    (("credit",), RailFailed),
    (("cookie", "session", "login token", "login_token", "sign in again"), SessionExpired),
    (("too many", "rate limit", "try again later"), RailUnreachable),
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
            return _answer(*await self._send(method, path, body))
        except (httpx2.HTTPError, ValueError) as error:
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
            return _answer(status, text)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise RailUnreachable("the LinkUp server cannot be reached") from error
        except (httpx2.HTTPError, ValueError) as error:
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


def _answer(status: int, text: bytes) -> Body:
    """Return the object of a good answer; raise what another says. ValueError where it is no JSON object."""
    decoded: object = json.loads(text)
    if not isinstance(decoded, dict):
        raise ValueError("no JSON object")  # noqa: TRY004  # a bad answer, not a bad call
    body = cast("Body", decoded)
    if status < 300 and body.get("status") != "error":
        return body
    message = str(body.get("message") or body.get("data") or f"the LinkUp server answered {status}")[:300]
    raise _failure(status, message)


def _failure(status: int, message: str) -> RailFailed:
    known = _STATUSES.get(status)
    if known is not None:
        return known(message)
    low = message.lower()
    for words, kind in _SPOKEN:
        if any(word in low for word in words):
            return kind(message)
    if status == 429:
        return Restricted(message)
    return RailUnreachable(message) if status >= 500 else RefusedByRail(message)
