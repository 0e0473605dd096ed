"""Errors in sentences, for whoever called a tool."""

from overture.domain.errors import (
    Forbidden,
    Invalid,
    KeyRevoked,
    NotEnoughCredits,
    OutOfScope,
    OvertureError,
    RateLimited,
    Unauthorized,
    Unavailable,
)

NEEDS_ALL = "The key must have the scope all: overture key create ACCOUNT_ID --scope all"


_FIXED: tuple[tuple[type[OvertureError], str], ...] = (
    (KeyRevoked, "The API key has been revoked"),
    (Unauthorized, "The API key is not valid"),
    (OutOfScope, NEEDS_ALL),
    (Forbidden, "The object belongs to another account"),
    (NotEnoughCredits, "There are not enough credits left; nothing was changed"),
    (Unavailable, "The service is not available now; try again"),
)
"""The first that fits is told."""


def sentence(error: OvertureError) -> str:
    """Return what is told of an error."""
    if isinstance(error, Invalid):
        return " ".join(error.messages)
    if isinstance(error, RateLimited):
        return f"The rate limit is reached; try again in {error.retry_after} seconds"
    for kind, told in _FIXED:
        if isinstance(error, kind):
            return told
    text = str(error) or "It is not possible"
    return text[:1].upper() + text[1:]
