"""What the native routes answer."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

import msgspec

from overture.api import evidence
from overture.api.evidence import Body
from overture.domain.errors import Invalid
from overture.usecases.cancelling import Cancelled
from overture.usecases.evidence import EvidencedMessage, Page
from overture.usecases.quotes import Left, Quote
from overture.usecases.steering import Asked

_CURSOR = msgspec.json.Decoder(tuple[int, str])
_MOST_INDEX = 1_000_000_000


def cursor(place: tuple[int, str]) -> str:
    """The opaque name of a place in a request's messages."""
    return urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def place(text: str) -> tuple[int, str]:
    """Read a cursor; raises Invalid for what is none."""
    try:
        index, kind = _CURSOR.decode(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (NotBase64, ValueError, msgspec.DecodeError):
        raise Invalid(["cursor is not one that was given out"]) from None
    if not 0 <= index <= _MOST_INDEX or "\0" in kind:
        raise Invalid(["cursor is not one that was given out"])
    return index, kind


def one(shown: EvidencedMessage) -> Body:
    """A message with its versions."""
    return {**evidence.message(shown), "versions": evidence.versions(shown.versions)}


def page(shown: Page) -> Body:
    """A page of messages."""
    following = cursor(shown.following) if shown.following else None
    return {"messages": [evidence.message(item) for item in shown.messages], "next_cursor": following}


def asked(version: Asked) -> Body:
    """A version that will be written."""
    return {"id": str(version.message), "version": version.number, "state": "pending", "credits_held": version.held}


def _left(left: Left) -> Body:
    return {"minute": left.minute, "day": left.day}


def quote(told: Quote) -> Body:
    """What a request would cost and find."""
    return {
        "duplicate_of": str(told.duplicate_of) if told.duplicate_of else None,
        "would_be_accepted": told.accepted,
        "messages": {
            "asked": told.asked,
            "to_write": told.to_write,
            "already_written": told.written,
            "being_written": told.in_progress,
            "repeated": told.repeated,
        },
        "credits": {"available": told.available, "held": told.to_write, "after": told.after},
        "limits_left": {"messages": _left(told.messages), "requests": _left(told.requests)},
        "warnings": list(told.warnings),
    }


def cancelled(state: Cancelled) -> Body:
    """Where a request stands after cancelling."""
    return {
        "id": str(state.request_id),
        "state": "complete" if state.complete else "in_progress",
        "requested": state.requested,
        "generated": state.generated,
        "failed": state.failed,
        "cancelled": state.cancelled,
        "kept_for_others": state.kept,
    }
