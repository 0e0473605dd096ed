"""Worked examples of the dialect; the replies are built by the code that answers."""

from datetime import UTC, datetime
from uuid import UUID

from overture.api.upscale import replies
from overture.api.upscale.declaration import LEAD_FIELDS, REQUEST_FIELDS
from overture.domain import sequences
from overture.domain.accounts import Credits
from overture.domain.messages import MessageType
from overture.domain.reasons import NO_HIRING_ACTIVITY
from overture.domain.requests import Accepted, LeadView, RequestView, Step

REQUEST_ID = UUID("9b2f6a54-0d0e-4c57-9f0c-6f1f6f1b7a10")
_RETRIEVAL_ID = UUID("2f1d8f1e-6a53-4b9e-8f5d-0f9a6f0a5b21")
_MOMENT = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)
_STEPS = (Step(1, MessageType.CONNECTION_REQUEST), Step(2, MessageType.HIRING_ACTIVITY))
_NOTE = "Hi Ada, your team's work on open forecasting tools caught my eye. Happy to connect. Sam"
_LEAD_ID = "lead_789"
_LINKEDIN = "https://www.linkedin.com/in/example-lead"


def request() -> dict[str, object]:
    """A request with every field of the declaration."""
    body = {field.name: field.example for field in REQUEST_FIELDS}
    body["lead_data"] = [{field.name: field.example for field in LEAD_FIELDS}]
    return body


def smallest_request() -> dict[str, object]:
    """A request with the required fields alone."""
    body = {field.name: field.example for field in REQUEST_FIELDS if field.required}
    body["message_sequence"] = [{"step": 1, "messageType": MessageType.CONNECTION_REQUEST.value}]
    body["lead_data"] = [{field.name: field.example for field in LEAD_FIELDS if field.required}]
    return body


def accepted(*, duplicate: bool = False) -> dict[str, object]:
    """The answer to a submission."""
    return replies.accepted(Accepted(REQUEST_ID, duplicate))


def messages(*, complete: bool, failed: int = 0) -> dict[str, object]:
    """What a retrieval shows."""
    written = _NOTE if complete else None
    reasons = (NO_HIRING_ACTIVITY,) if failed else ()
    lead = LeadView(
        _LEAD_ID,
        _LINKEDIN,
        {
            MessageType.CONNECTION_REQUEST: written,
            MessageType.HIRING_ACTIVITY: None if failed or not complete else f"Hi Ada, ... {_NOTE}",
        },
        no_job_posts=bool(failed),
    )
    view = RequestView(
        id=REQUEST_ID,
        customer_id="cust_123",
        campaign_id="camp_456",
        campaign_name="Spring outreach",
        sequence=_STEPS,
        complete=complete,
        requested=2,
        generated=2 - failed if complete else 0,
        failed=failed,
        reasons=reasons,
        leads=(lead,),
        accepted_at=_MOMENT,
        completed_at=_MOMENT if complete else None,
    )
    return replies.messages(view, _RETRIEVAL_ID)


def default_sequence() -> dict[str, object]:
    """The sequence that all defaults choose."""
    return replies.sequences(sequences.find(sequences.DEFAULTS))


def balance() -> dict[str, object]:
    """A balance of credits."""
    return replies.balance(Credits(allowance=900, used=120, remaining=780))


def account() -> dict[str, object]:
    """An account."""
    return replies.account(_MOMENT, "production", 120, 900)


def completion() -> dict[str, object]:
    """The body of the webhook."""
    return {
        "secure_request_id": str(REQUEST_ID),
        "status": "complete",
        "completed_at": "2026-01-15T10:00:00.000Z",
        "requested_messages_count": 10,
        "generated_messages_count": 9,
        "webhook_triggered_at": "2026-01-15T10:00:00.000Z",
    }
