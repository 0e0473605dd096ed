"""Errors of the native routes: ``application/problem+json`` (RFC 9457), and the table from an error to its problem."""

from http import HTTPStatus

import msgspec

from overture.api.problems import ErrorShape, HttpRefusal, Problem
from overture.domain.errors import Conflict, Forbidden, NotFound, OutOfScope

MEDIA_TYPE = "application/problem+json"
FOREIGN = "The object belongs to another account"

CODES = {
    400: "bad_request",
    401: "unauthorized",
    402: "not_enough_credits",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "timeout",
    409: "conflict",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    429: "rate_limited",
    500: "internal",
    503: "unavailable",
}


def body(status: int, detail: str) -> dict[str, object]:
    """The members of a problem: ``code`` is for programs, ``detail`` for people, ``error`` is ``detail`` again."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": CODES.get(status, "error"),
        "error": detail,
    }


SHAPE = ErrorShape(lambda problem: msgspec.json.encode(body(problem.status, problem.error)), MEDIA_TYPE)
"""How errors look under the native prefix, wherever they arise."""


def refusal(error: Exception) -> Exception:
    """Return the refusal for an error that is told in other words here; any other error as it is."""
    if isinstance(error, Conflict):
        return HttpRefusal(Problem(409, _sentence(error)))
    if isinstance(error, NotFound):
        return HttpRefusal(Problem(404, _sentence(error)))
    if isinstance(error, Forbidden) and not isinstance(error, OutOfScope):
        return HttpRefusal(Problem(403, FOREIGN))
    return error


def _sentence(error: Exception) -> str:
    text = str(error) or "not possible"
    return text[:1].upper() + text[1:]
