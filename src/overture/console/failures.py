"""From a failure to a page that says what to do."""

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from overture.console import rendering
from overture.console.view import View
from overture.domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotEnoughCredits,
    NotFound,
    OutcomeUnknown,
    RailFailed,
    RateLimited,
    Refusal,
    Unavailable,
)
from overture.telemetry.logs import get

log = get("overture.console")

_STATUSES: tuple[tuple[type[Exception], int, str], ...] = (
    (NotFound, 404, "Not found"),
    (Forbidden, 403, "Not allowed"),
    (NotEnoughCredits, 402, "Not enough credits"),
    (RateLimited, 429, "Too many at once"),
    (Conflict, 409, "Not now"),
    (Invalid, 422, "Something is missing"),
    (Refusal, 422, "Not possible"),
    (OutcomeUnknown, 409, "LinkedIn did not answer"),
    (RailFailed, 409, "LinkedIn refused"),
    (Unavailable, 503, "Not there now"),
)


def told(error: Exception) -> tuple[int, str, list[str]]:
    """Return a status, a title and sentences for people."""
    if isinstance(error, Invalid):
        return 422, "Something is missing", error.messages
    if isinstance(error, HTTPException):
        return error.status_code, "Not found" if error.status_code == 404 else "Not possible", [error.detail]
    for kind, status, title in _STATUSES:
        if isinstance(error, kind):
            return status, title, [str(error) or title]
    return 500, "A mistake of ours", ["It was logged. Try again, or tell the operator the request's id."]


def answer_to(error: Exception, view: View | None) -> Response:
    """Answer with a page, or with a fragment where htmx asked; a mistake of ours is logged."""
    status, title, sentences = told(error)
    if status == 500:
        log.error("console.failed", exc_info=error)
    template = "parts/failure.html" if view is not None and view.fragment else "failure.html"
    context = {"title": title, "sentences": sentences, "status": status}
    if view is None:
        return HTMLResponse(rendering.render("failure_bare.html", context), status)
    return HTMLResponse(view.render(template, **context), status)
