"""Worked examples of the native routes; the replies are built by the code that answers."""

from datetime import UTC, datetime
from uuid import UUID

from overture.api.native import replies
from overture.domain.messages import Citation, MessageState, MessageType, Role, Segment, Tone
from overture.domain.reasons import RESEARCH_NOT_FOUND
from overture.domain.revisions import MessageId, Revision, RevisionState, Wish
from overture.usecases.cancelling import Cancelled
from overture.usecases.evidence import EvidencedMessage, Page
from overture.usecases.quotes import Left, Quote
from overture.usecases.steering import Asked

REQUEST_ID = UUID("9b2f6a54-0d0e-4c57-9f0c-6f1f6f1b7a10")
MESSAGE = MessageId(REQUEST_ID, 0, MessageType.CONNECTION_REQUEST)
_MOMENT = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)
_SITE = "https://analytics.example.com/about"
_SEGMENTS = (
    Segment("Hi Ada, ", Role.GREETING),
    Segment(
        "saw that you publish a forecasting tool for grid operators. ",
        Role.LEAD_CLAIM,
        (Citation("E4", _SITE, "We publish a forecasting tool for grid operators.", "2026-01-15T09:58:01Z"),),
    ),
    Segment(
        "I'm with Example Software. ",
        Role.SENDER_CLAIM,
        (Citation("proposition_name", "request:proposition_name", "Example Software", ""),),
    ),
    Segment("Would be glad to connect.", Role.ASK),
    Segment("\nSam", Role.SIGNOFF),
)


def shown(*, written: bool) -> EvidencedMessage:
    """A message as the use case tells it."""
    return EvidencedMessage(
        id=str(MESSAGE),
        lead_index=0,
        lead_id="lead_789",
        first_name="Ada",
        last_name="Example",
        company="Example Analytics Ltd",
        type=MESSAGE.type,
        state=MessageState.GENERATED if written else MessageState.FAILED,
        number=0,
        text="".join(segment.text for segment in _SEGMENTS) if written else None,
        reason=None if written else RESEARCH_NOT_FOUND,
        detail=None if written else f"Looked at {_SITE}; no sentence there states a usable fact about Example.",
        settled_at=_MOMENT,
        composer="embedded" if written else None,
        model=None,
        segments=_SEGMENTS if written else (),
        objections={},
        versions=(
            (Revision(1, RevisionState.PENDING, Wish(tone=Tone.FORMAL), None, None, None, _MOMENT, None),)
            if written
            else ()
        ),
    )


def message(*, written: bool) -> dict[str, object]:
    """One message."""
    return replies.one(shown(written=written))


def messages() -> dict[str, object]:
    """A page."""
    return replies.page(Page((shown(written=True),), (0, MESSAGE.type)))


def asked() -> dict[str, object]:
    """A version that will be written."""
    return replies.asked(Asked(MESSAGE, 2))


def quote() -> dict[str, object]:
    """What a request would cost."""
    told = Quote(
        duplicate_of=None,
        asked=40,
        to_write=36,
        written=3,
        in_progress=1,
        repeated=0,
        available=780,
        messages=Left(400, 119_000),
        requests=Left(299, 99_000),
        accepted=True,
        warnings=("2 of 20 leads name no website: ...",),
    )
    return replies.quote(told)


def cancelled() -> dict[str, object]:
    """A cancelled request."""
    return replies.cancelled(
        Cancelled(REQUEST_ID, complete=True, requested=40, generated=12, failed=28, cancelled=28, kept=0)
    )
