"""The one table from an error to what the dialect answers (linkup.md, sections 1, 5 and 7)."""

from dataclasses import dataclass

import msgspec

from overture.api.problems import HttpRefusal
from overture.domain.errors import (
    Forbidden,
    Invalid,
    KeyRevoked,
    NotAvailableOnRail,
    NotEnoughCredits,
    NotFound,
    NotFoundOnRail,
    OutcomeUnknown,
    OutOfScope,
    OverBudget,
    RailFailed,
    RateLimited,
    RefusedByRail,
    Restricted,
    SessionExpired,
    Unauthorized,
    Unavailable,
)

INTERNAL = "Internal server error"


@dataclass(frozen=True, slots=True)
class Answer:
    """An error as the dialect tells it."""

    status: int
    message: str
    retry_after: int | None = None

    @property
    def body(self) -> bytes:
        """``status`` is exactly ``error``, ``message`` a string: strict clients parse nothing else."""
        return msgspec.json.encode({"status": "error", "message": self.message})


_STATUSES: tuple[tuple[type[Exception], int, str], ...] = (
    (KeyRevoked, 401, "This API key has been revoked"),
    (Unauthorized, 401, "Missing or invalid API key"),
    (OutOfScope, 403, "This API key does not open the LinkedIn gateway"),
    (Forbidden, 403, "Forbidden"),
    (NotEnoughCredits, 402, "Insufficient credits"),
    (NotFound, 404, ""),
    (OverBudget, 429, ""),
    (SessionExpired, 403, ""),
    (Restricted, 429, ""),
    (NotFoundOnRail, 404, ""),
    (RefusedByRail, 400, ""),
    (NotAvailableOnRail, 400, ""),
    (
        OutcomeUnknown,
        500,
        "No answer came from LinkedIn: it is being looked up whether this happened. Do not repeat it.",
    ),
    (RailFailed, 500, "LinkedIn could not be reached; nothing was done"),
    (Unavailable, 503, "The service is not available now"),
)
"""Status and sentence by error; an empty sentence is the error's own. A dead session is 403, and nothing else that a
client could take for one is: some sign in again on 403 and on nothing else."""


def answer_to(error: Exception) -> Answer:
    """Return the answer; what no table knows is a 500 that says nothing."""
    if isinstance(error, Invalid):
        return Answer(400, "; ".join(error.messages))
    if isinstance(error, RateLimited):
        return Answer(429, "Too many requests: try again later", error.retry_after)
    if isinstance(error, HttpRefusal):
        return Answer(error.problem.status, error.problem.error)
    for kind, status, sentence in _STATUSES:
        if isinstance(error, kind):
            return Answer(status, sentence or str(error) or "Not possible")
    return Answer(500, INTERNAL)


COMPAT_KEEPS = frozenset({401, 403, 500, 503})
"""Statuses that stay as they are when errors are answered with 200, as v1 is said to have done for most."""


def shown_status(status: int, *, compat: bool, bare: bool) -> int:
    """Return the status on the wire; clients of the webhooks group always expect the real one."""
    return 200 if compat and not bare and status not in COMPAT_KEEPS else status
