"""What can go wrong, as one tree: ``ClientError`` above all, ``ApiError`` for what the server answered."""

from collections.abc import Mapping
from typing import cast

import msgspec


class ClientError(Exception):
    """Above all errors of the client.

    ``status`` is the HTTP status, None where no answer came. ``code`` is a word for programs, as the native routes
    give it. ``retry_after`` is in seconds. ``request_id`` finds the call in the server's log. ``key`` is the call's
    ``Idempotency-Key``: the same call with it, made later, is answered with what came of this one.
    """

    code: str = "error"
    key: str | None = None

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.retry_after = retry_after
        self.request_id = request_id


class NotConnected(ClientError):
    """No connection could be made: nothing was done."""

    code = "not_connected"


class ReplyLost(ClientError):
    """The call left and no whole answer came: it may have been done or not."""

    code = "reply_lost"


class BadAnswer(ClientError):
    """The answer says that it went well, and cannot be read."""

    code = "bad_answer"


class StillInProgress(ClientError):
    """What was waited for had not ended when the time was over."""

    code = "still_in_progress"


class WebhookInvalid(ClientError):
    """A webhook is not to be trusted: the only error of verification, whatever is wrong."""

    code = "webhook_invalid"


class ApiError(ClientError):
    """The server answered with an error."""


class BadRequest(ApiError):
    """400: a parameter is missing or wrong, or LinkedIn forbids it."""

    code = "bad_request"


class Unauthorized(ApiError):
    """401: no key, an unknown or a revoked one."""

    code = "unauthorized"


class NotEnoughCredits(ApiError):
    """402: the balance does not cover it."""

    code = "not_enough_credits"


class Forbidden(ApiError):
    """403: another account's, a key without the scope, or a LinkedIn session that has ended."""

    code = "forbidden"


class NotFound(ApiError):
    """404: there is no such thing."""

    code = "not_found"


class Conflict(ApiError):
    """409: it is in no state for this."""

    code = "conflict"


class Invalid(ApiError):
    """422: the body or a parameter breaks rules; the message names them all."""

    code = "invalid"


class RateLimited(ApiError):
    """429: a limit of calls, a budget of the LinkedIn account, or a restriction by LinkedIn."""

    code = "rate_limited"


class ServerError(ApiError):
    """5xx: a mistake of the server's. For an action on LinkedIn: it is looked up whether it happened."""

    code = "internal"


class Unavailable(ServerError):
    """502, 503, 504: the server cannot take calls now."""

    code = "unavailable"


_BY_STATUS: Mapping[int, type[ApiError]] = {
    400: BadRequest, 401: Unauthorized, 402: NotEnoughCredits, 403: Forbidden, 404: NotFound, 409: Conflict,
    422: Invalid, 429: RateLimited, 502: Unavailable, 503: Unavailable, 504: Unavailable,
}  # fmt: skip
LONGEST_TEXT = 2_000


def said(body: bytes) -> tuple[str, str]:
    """Return sentence and code of an error's body: ``detail``, ``error`` or ``message``, and ``code``; or blanks."""
    try:
        told = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "", ""
    found: Mapping[str, object] = cast("dict[str, object]", told) if isinstance(told, dict) else {}
    sentence = next((text for name in ("detail", "error", "message") if isinstance(text := found.get(name), str)), "")
    code = found.get("code")
    return sentence[:LONGEST_TEXT], code if isinstance(code, str) else ""


def seconds(text: str | None) -> float | None:
    """Read ``Retry-After`` in its form of whole seconds; the form with a date is not read."""
    return float(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def api_error(status: int, headers: Mapping[str, str], body: bytes) -> ApiError:
    """Return the error that an answer stands for."""
    sentence, code = said(body)
    kind = _BY_STATUS.get(status) or (ServerError if status >= 500 else ApiError)
    error = kind(
        sentence or f"the server answered with status {status}",
        status=status,
        retry_after=seconds(headers.get("retry-after")),
        request_id=headers.get("x-request-id"),
    )
    error.code = code or kind.code
    return error
