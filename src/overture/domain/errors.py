"""Every failure that we name.

OvertureError
├── Refusal                      the caller's doing; nothing was changed
│   ├── Unauthorized             no key, an unknown key
│   │   └── KeyRevoked
│   ├── Forbidden                exists, but belongs to another account
│   │   └── OutOfScope           the key is not one for this API
│   ├── NotFound
│   ├── Conflict                 what it is asked of is not in a state for it; the message says why
│   ├── Invalid                  ``messages``: one sentence a mistake, in the contract's order
│   ├── RateLimited              ``retry_after``: seconds until the window opens
│   ├── NotEnoughCredits
│   └── OverBudget               an account's own budget on LinkedIn is spent; nothing was sent
├── Unavailable                  the database or another part is not there now; try again
├── Misconfigured                the installation is not as it must be; the message says what to do
├── FetchFailed                  a page or a receiver could not be reached or read
│   └── FetchBlocked             the address is not public, or the rules of the site forbid it
├── ModelFailed                  a language model gave no answer that can be read
└── RailFailed                   a rail did not do what it was asked for; nothing reached LinkedIn unless said
    ├── SessionExpired           the session is gone: sign in again
    ├── Restricted               LinkedIn limits the account; ``until`` says until when, where that is known
    ├── NotFoundOnRail           no such member, company, post, job ...
    ├── RefusedByRail            LinkedIn's rules or the rail's forbid it
    ├── NotAvailableOnRail       this rail has no way to do it
    ├── RailUnreachable          no answer, and nothing was sent
    └── OutcomeUnknown           no answer, and it may have happened
"""

from datetime import datetime


class OvertureError(Exception):
    """Any failure that we name."""


class Refusal(OvertureError):
    """The caller asked for what it may not have; nothing was changed."""


class Unauthorized(Refusal):
    """No key was given, or no such key exists."""


class KeyRevoked(Unauthorized):
    """The key existed and was revoked."""


class Forbidden(Refusal):
    """The object exists and belongs to another account."""


class OutOfScope(Forbidden):
    """The key is good, but does not open this API."""


class NotFound(Refusal):
    """No such object."""


class Conflict(Refusal):
    """The object is not in a state in which this can be done to it; the message is a sentence for the caller."""


class Invalid(Refusal):
    """The input breaks rules; ``messages`` holds one sentence for each, in the contract's order."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


class RateLimited(Refusal):
    """A window is full; ``retry_after`` is the whole seconds until it opens again, at least 1."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class NotEnoughCredits(Refusal):
    """The balance does not cover the request."""


class OverBudget(Refusal):
    """A budget of the LinkedIn account is spent; the message names it and its window. Nothing was sent."""


class Unavailable(OvertureError):
    """The database, or another part that we need, is not there now."""


class Misconfigured(OvertureError):
    """The installation is not as it must be; the message says what to do."""


class FetchFailed(OvertureError):
    """A page or a receiver could not be reached or read; ``reason`` is a short phrase for people."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class FetchBlocked(FetchFailed):
    """Not fetched on purpose: a non-public address, LinkedIn, or robots.txt."""


class ModelFailed(OvertureError):
    """A language model gave no answer; the text is a short phrase for people and holds nothing that the host sent."""


class RailFailed(OvertureError):
    """A rail did not do what it was asked for. Nothing reached LinkedIn, unless the subclass says otherwise."""


class SessionExpired(RailFailed):
    """The session is gone; only signing in again helps."""


class Restricted(RailFailed):
    """LinkedIn limits the account, or wants a person to look. ``until`` is when it may go on, or None."""

    def __init__(self, message: str, until: datetime | None = None) -> None:
        super().__init__(message)
        self.until = until


class LimitReached(Restricted):
    """LinkedIn's limit on one kind of doing is reached; the account may go on with others. ``until`` as above."""


class NotFoundOnRail(RailFailed):
    """No such member, company, post, conversation, invitation or job."""


class RefusedByRail(RailFailed):
    """LinkedIn's rules, or the rail's, forbid it; the message says which."""


class NotAvailableOnRail(RailFailed):
    """This rail has no way to do it."""


class RailUnreachable(RailFailed):
    """The rail gave no answer, and what was asked never left."""


class OutcomeUnknown(RailFailed):
    """The rail gave no answer after the request had left: it may have happened. Never repeat it; read instead."""
