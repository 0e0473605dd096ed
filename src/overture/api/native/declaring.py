"""What the operations of the native routes have in common: the key of a call, and the problems of every call."""

from overture.api import problems as general
from overture.api.contract import Outcome, Parameter
from overture.api.native import problems
from overture.usecases import idempotency

PREFIX = "/api/native"
KEY = Parameter(
    "Idempotency-Key",
    "1 to 255 visible ASCII characters. The same call with the same key is answered with the same bytes for "
    f"{idempotency.KEPT_DAYS} days, and `Idempotency-Replayed: true`; another call with it is refused.",
    {"type": "string", "pattern": "^[!-~]{1,255}$"},
    "5f0c2a9e-campaign-7",
)


def problem(status: int, description: str, *details: str, retry_after: bool = False) -> Outcome:
    """One status with an example for each sentence."""
    bodies: dict[str, object] = {f"example_{n}": problems.body(status, text) for n, text in enumerate(details, 1)}
    return Outcome(status, description, "Problem", bodies, retry_after=retry_after, media_type=problems.MEDIA_TYPE)


ALWAYS = (
    problem(401, "No key, an unknown key, or a revoked one.", general.INVALID_KEY, general.REVOKED_KEY),
    problem(403, "It belongs to another account.", problems.FOREIGN),
    problem(429, "A limit of the account's tier is reached.", general.RATE_LIMITED, retry_after=True),
    problem(500, "A mistake of ours.", general.INTERNAL),
    problem(503, "The service cannot take requests now.", general.UNAVAILABLE, retry_after=True),
)
BODY = (
    problem(408, "The body did not arrive in time.", general.body_too_slow().problem.error),
    problem(413, "The body is too large.", general.body_too_large(4_194_304).problem.error),
    problem(415, "The body is compressed.", general.body_encoded().problem.error),
)


def outcomes(*own: Outcome) -> tuple[Outcome, ...]:
    """Return an operation's own outcomes and those of every call, by their status."""
    return tuple(sorted((*own, *ALWAYS), key=lambda outcome: outcome.status))
