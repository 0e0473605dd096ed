"""The one table from an error to what the caller sees: status, sentence, headers."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from overture.domain.errors import (
    Forbidden,
    Invalid,
    KeyRevoked,
    NotEnoughCredits,
    NotFound,
    OutOfScope,
    RateLimited,
    Unauthorized,
    Unavailable,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that is an error; ``error`` is the only thing the body says."""

    status: int
    error: str
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def body(self) -> bytes:
        """The JSON body: one key, one string."""
        return msgspec.json.encode({"error": self.error})


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """How a dialect tells an error: the bytes of its body, and their media type."""

    body: Callable[[Problem], bytes]
    media_type: str = "application/json"


PLAIN = ErrorShape(lambda problem: problem.body)
"""``{"error": ...}``"""

INVALID_KEY = "Unauthorized: Invalid API key"
REVOKED_KEY = "Unauthorized: API key has been revoked"
NO_CREDITS = "Not enough credits remaining to complete this request. Please upgrade your plan or purchase a bundle."
FOREIGN = "Forbidden: You do not have access to this message generation request"
OUT_OF_SCOPE = "Forbidden: This API key does not open the generation API"
UNKNOWN_ID = "Not found: No message generation request found for this secure_request_id"
RATE_LIMITED = "Rate limit exceeded"
INTERNAL = "Internal server error"
UNAVAILABLE = "Service unavailable"
NOT_JSON = "Request body must be valid JSON"

INTERNAL_PROBLEM = Problem(500, INTERNAL)

TABLE: dict[type[Exception], Problem] = {
    Unauthorized: Problem(401, INVALID_KEY),
    KeyRevoked: Problem(401, REVOKED_KEY),
    NotEnoughCredits: Problem(402, NO_CREDITS),
    Forbidden: Problem(403, FOREIGN),
    OutOfScope: Problem(403, OUT_OF_SCOPE),
    NotFound: Problem(404, UNKNOWN_ID),
    Unavailable: Problem(503, UNAVAILABLE, (("Retry-After", "1"),)),
}
"""Errors whose answer never varies. A class that is not named takes the row of its nearest ancestor."""


class HttpRefusal(Exception):
    """The door itself refuses: the request never reached a use case."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.error)
        self.problem = problem


class ClientGone(Exception):
    """The caller hung up before its body was complete; there is nobody to answer."""


def unknown_path() -> HttpRefusal:
    """No route has this path."""
    return HttpRefusal(Problem(404, "Not found: No such endpoint"))


def method_not_allowed(allow: str) -> HttpRefusal:
    """The path exists; ``allow`` lists the methods it takes."""
    return HttpRefusal(Problem(405, f"Method not allowed: This endpoint takes {allow}", (("Allow", allow),)))


def body_too_slow() -> HttpRefusal:
    """The body was not complete in time; the connection is given up."""
    return HttpRefusal(
        Problem(408, "Request timeout: The request body took too long to arrive", (("Connection", "close"),))
    )


def body_too_large(limit: int) -> HttpRefusal:
    """The body is, or says it is, longer than ``limit`` bytes."""
    return HttpRefusal(Problem(413, f"Payload too large: The request body must be at most {limit} bytes"))


def body_encoded() -> HttpRefusal:
    """The body is compressed; a small one could unfold to any size."""
    return HttpRefusal(Problem(415, "Unsupported media type: The request body must not be compressed"))


def overloaded() -> HttpRefusal:
    """Too many requests are being worked on."""
    return HttpRefusal(Problem(503, "Service unavailable: Too many requests in progress", (("Retry-After", "1"),)))


def problem_of(error: Exception) -> Problem:
    """Return the answer for ``error``; what the table does not know is a 500 that says nothing."""
    if isinstance(error, HttpRefusal):
        return error.problem
    if isinstance(error, Invalid):
        return Problem(422, " ".join(error.messages))
    if isinstance(error, RateLimited):
        return Problem(429, RATE_LIMITED, (("Retry-After", str(error.retry_after)),))
    for ancestor in type(error).__mro__:
        if ancestor in TABLE:
            return TABLE[ancestor]
    return INTERNAL_PROBLEM
