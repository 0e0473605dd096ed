"""What the dialect answers, key by key."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from overture.api import problems
from overture.api.problems import problem_of
from overture.api.upscale import replies
from overture.domain.accounts import Credits
from overture.domain.errors import (
    Forbidden,
    Invalid,
    KeyRevoked,
    NotEnoughCredits,
    NotFound,
    RateLimited,
    Unauthorized,
    Unavailable,
)
from overture.domain.messages import MessageType
from overture.domain.requests import Accepted, LeadView, RequestView, Step
from overture.domain.sequences import DEFAULTS, find

ID = UUID("9b2f6a54-0d0e-4c57-9f0c-6f1f6f1b7a10")
RETRIEVAL = UUID("2f1d8f1e-6a53-4b9e-8f5d-0f9a6f0a5b21")
MOMENT = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)
LINKEDIN = "https://www.linkedin.com/in/ada"
ALL = {kind: f"text of {kind}" for kind in MessageType}
VIEW = RequestView(
    id=ID,
    customer_id="c",
    campaign_id="k",
    campaign_name="n",
    sequence=tuple(Step(number, kind) for number, kind in enumerate(MessageType, 1)),
    complete=True,
    requested=5,
    generated=5,
    failed=0,
    reasons=(),
    leads=(LeadView("lead_1", LINKEDIN, dict(ALL)),),
    accepted_at=MOMENT,
    completed_at=MOMENT,
)


def test_accepted() -> None:
    """The first time and every time after."""
    assert replies.accepted(Accepted(ID, duplicate=False)) == {"message": "Success", "secure_request_id": str(ID)}
    assert replies.accepted(Accepted(ID, duplicate=True)) == {
        "message": "Duplicate request",
        "secure_request_id": str(ID),
    }


def test_complete_messages() -> None:
    """The whole body, in order."""
    body = replies.messages(VIEW, RETRIEVAL)
    assert body == {
        "metadata": {
            "request_message_generation_api_request_secure_request_id": str(ID),
            "retrieve_messages_api_request_secure_request_id": str(RETRIEVAL),
            "generation_status": "complete",
            "status_message": "Message generation is complete. All requested messages were generated.",
            "requested_message_count": 5,
            "generated_message_count": 5,
            "failed_messages_count": 0,
            "failed_messages_reason": None,
        },
        "account": {"automation_tool_customer_id": "c"},
        "campaign": {
            "automation_tool_campaign_id": "k",
            "automation_tool_campaign_name": "n",
            "message_sequence": [
                {"step": 1, "messageType": "connection_request"},
                {"step": 2, "messageType": "first_follow_up"},
                {"step": 3, "messageType": "stage_ambition"},
                {"step": 4, "messageType": "share_material"},
                {"step": 5, "messageType": "hiring_activity"},
            ],
            "leads_data": [
                {
                    "external_prospect_id": "lead_1",
                    "linkedin": LINKEDIN,
                    "outreach_message": "text of connection_request",
                    "first_follow_up_message": "text of first_follow_up",
                    "stage_ambition_message": "text of stage_ambition",
                    "share_material_message": "text of share_material",
                    "hiring_activity_message": "text of hiring_activity",
                }
            ],
        },
    }
    assert list(body) == ["metadata", "account", "campaign"]


def test_messages_in_progress() -> None:
    """The sentences are the documented ones; failures are not counted yet."""
    texts: dict[MessageType, str | None] = {MessageType.FIRST_FOLLOW_UP: None}
    view = replace(
        VIEW,
        complete=False,
        sequence=(Step(1, MessageType.FIRST_FOLLOW_UP),),
        requested=1,
        generated=0,
        leads=(LeadView("lead_1", LINKEDIN, texts),),
        completed_at=None,
    )
    body = replies.messages(view, RETRIEVAL)
    assert body["metadata"] == {
        "request_message_generation_api_request_secure_request_id": str(ID),
        "retrieve_messages_api_request_secure_request_id": str(RETRIEVAL),
        "generation_status": "in_progress",
        "status_message": (
            "Message generation is still in progress. Data shown is partial. "
            "Please wait for webhook notification or check again later."
        ),
        "requested_message_count": 1,
        "generated_message_count": 0,
        "failed_messages_count": None,
        "failed_messages_reason": (
            "Message generation is still in progress. "
            "The failed messages count will be available once generation is complete."
        ),
    }
    campaign = body["campaign"]
    assert isinstance(campaign, dict)
    assert campaign["leads_data"] == [
        {"external_prospect_id": "lead_1", "linkedin": LINKEDIN, "first_follow_up_message": None}
    ]


def test_messages_that_failed() -> None:
    """Reasons are joined; a lead without open roles says so."""
    lead = LeadView("lead_1", LINKEDIN, {**ALL, MessageType.HIRING_ACTIVITY: None}, no_job_posts=True)
    view = replace(VIEW, generated=4, failed=1, reasons=("No hiring activity found", "Other"), leads=(lead,))
    body = replies.messages(view, RETRIEVAL)
    metadata, campaign = body["metadata"], body["campaign"]
    assert isinstance(metadata, dict)
    assert isinstance(campaign, dict)
    assert metadata["status_message"] == "Message generation is complete. Some messages could not be generated."
    assert metadata["failed_messages_count"] == 1
    assert metadata["failed_messages_reason"] == "No hiring activity found; Other"
    assert campaign["leads_data"][0]["hiring_activity_message"] is None
    assert campaign["leads_data"][0]["no_job_posts"] == "No open roles were found in the hiring location."


def test_only_requested_types_are_shown() -> None:
    """A type named twice is shown once; one not named is not shown."""
    steps = (Step(1, MessageType.SHARE_MATERIAL), Step(2, MessageType.SHARE_MATERIAL))
    campaign = replies.messages(replace(VIEW, sequence=steps), RETRIEVAL)["campaign"]
    assert isinstance(campaign, dict)
    assert list(campaign["leads_data"][0]) == ["external_prospect_id", "linkedin", "share_material_message"]
    assert len(campaign["message_sequence"]) == 2


def test_sequences() -> None:
    """Here the key is written in snake case."""
    assert replies.sequences(find(DEFAULTS)) == {
        "sequences": [
            {
                "id": "medium_meeting_normal_false",
                "steps": [
                    {"step": 1, "message_type": "stage_ambition", "wait_time_after": "4d 0h"},
                    {"step": 2, "message_type": "first_follow_up", "wait_time_after": "0d 0h"},
                ],
            }
        ]
    }
    assert replies.sequences(()) == {"sequences": []}


def test_balance() -> None:
    """The documented example."""
    assert replies.balance(Credits(900, 120, 780)) == {
        "message_allowance": 900,
        "credits_used": 120,
        "remaining_credits": 780,
    }


def test_account() -> None:
    """Times are in UTC, to the second, and end in Z."""
    moment = datetime(2024, 1, 15, 12, 0, 0, 999, tzinfo=timezone(timedelta(hours=2)))
    assert replies.account(moment, "Placeholder plan", 0, 1000) == {
        "created_at": "2024-01-15T10:00:00Z",
        "plan_name": "Placeholder plan",
        "monthly_credits": 0,
        "monthly_allowance": 1000,
    }


@pytest.mark.parametrize(
    ("error", "status", "body"),
    [
        (Unauthorized(), 401, b'{"error":"Unauthorized: Invalid API key"}'),
        (KeyRevoked(), 401, b'{"error":"Unauthorized: API key has been revoked"}'),
        (
            NotEnoughCredits(),
            402,
            b'{"error":"Not enough credits remaining to complete this request. '
            b'Please upgrade your plan or purchase a bundle."}',
        ),
        (Forbidden(), 403, b'{"error":"Forbidden: You do not have access to this message generation request"}'),
        (NotFound(), 404, b'{"error":"Not found: No message generation request found for this secure_request_id"}'),
        (Invalid(["a is wrong", "b is wrong"]), 422, b'{"error":"a is wrong b is wrong"}'),
        (RateLimited(7), 429, b'{"error":"Rate limit exceeded"}'),
        (Unavailable("db at 10.0.0.1"), 503, b'{"error":"Service unavailable"}'),
        (ValueError("secret"), 500, b'{"error":"Internal server error"}'),
        (KeyError("x"), 500, b'{"error":"Internal server error"}'),
        (problems.unknown_path(), 404, b'{"error":"Not found: No such endpoint"}'),
    ],
)
def test_errors(error: Exception, status: int, body: bytes) -> None:
    """One table says what an error looks like from outside."""
    problem = problem_of(error)
    assert (problem.status, problem.body) == (status, body)


def test_waiting_is_announced() -> None:
    """A caller learns when to come back."""
    assert problem_of(RateLimited(7)).headers == (("Retry-After", "7"),)
    assert problem_of(Unavailable("x")).headers == (("Retry-After", "1"),)
