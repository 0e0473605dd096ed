"""What the dialect answers: domain objects to bodies, key by key in the documented order."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from overture.api import evidence
from overture.domain.accounts import Credits
from overture.domain.messages import MessageType
from overture.domain.requests import Accepted, LeadView, RequestView
from overture.domain.sequences import Sequence as PresetSequence
from overture.usecases.evidence import EvidencedMessage

MESSAGE_KEYS: dict[MessageType, str] = {
    MessageType.CONNECTION_REQUEST: "outreach_message",
    MessageType.FIRST_FOLLOW_UP: "first_follow_up_message",
    MessageType.STAGE_AMBITION: "stage_ambition_message",
    MessageType.SHARE_MATERIAL: "share_material_message",
    MessageType.HIRING_ACTIVITY: "hiring_activity_message",
}

IN_PROGRESS = (
    "Message generation is still in progress. Data shown is partial. "
    "Please wait for webhook notification or check again later."
)
IN_PROGRESS_FAILED = (
    "Message generation is still in progress. The failed messages count will be available once generation is complete."
)
COMPLETE = "Message generation is complete. All requested messages were generated."
COMPLETE_WITH_FAILURES = "Message generation is complete. Some messages could not be generated."
NO_JOB_POSTS = "No open roles were found in the hiring location."

Body = dict[str, object]


def accepted(answer: Accepted) -> Body:
    """The answer to a submission, also where an identical one came before."""
    message = "Duplicate request" if answer.duplicate else "Success"
    return {"message": message, "secure_request_id": str(answer.id)}


def _lead(lead: LeadView, types: tuple[MessageType, ...]) -> Body:
    body: Body = {"external_prospect_id": lead.lead_id, "linkedin": lead.linkedin}
    for message_type in types:
        body[MESSAGE_KEYS[message_type]] = lead.texts.get(message_type)
    if lead.no_job_posts:
        body["no_job_posts"] = NO_JOB_POSTS
    return body


def _metadata(view: RequestView, retrieval_id: UUID) -> Body:
    failures = view.complete and view.failed > 0
    if view.complete:
        status_message = COMPLETE_WITH_FAILURES if failures else COMPLETE
        reason = "; ".join(view.reasons) if failures else None
    else:
        status_message, reason = IN_PROGRESS, IN_PROGRESS_FAILED
    return {
        "request_message_generation_api_request_secure_request_id": str(view.id),
        "retrieve_messages_api_request_secure_request_id": str(retrieval_id),
        "generation_status": "complete" if view.complete else "in_progress",
        "status_message": status_message,
        "requested_message_count": view.requested,
        "generated_message_count": view.generated,
        "failed_messages_count": view.failed if view.complete else None,
        "failed_messages_reason": reason,
    }


def messages(view: RequestView, retrieval_id: UUID) -> Body:
    """A request's messages as far as they are written; ``retrieval_id`` names this retrieval."""
    types = tuple(dict.fromkeys(step.type for step in view.sequence))
    return {
        "metadata": _metadata(view, retrieval_id),
        "account": {"automation_tool_customer_id": view.customer_id},
        "campaign": {
            "automation_tool_campaign_id": view.campaign_id,
            "automation_tool_campaign_name": view.campaign_name,
            "message_sequence": [{"step": step.step, "messageType": step.type.value} for step in view.sequence],
            "leads_data": [_lead(lead, types) for lead in view.leads],
        },
    }


def add_evidence(body: Body, shown: Sequence[EvidencedMessage]) -> None:
    """Add to each lead, under ``evidence``, what its messages rest on, by the keys of the messages."""
    by_lead: dict[int, Body] = {}
    for item in shown:
        by_lead.setdefault(item.lead_index, {})[MESSAGE_KEYS[item.type]] = evidence.message(item)
    leads = cast("list[Body]", cast("Body", body["campaign"])["leads_data"])
    for index, lead in enumerate(leads):
        lead["evidence"] = by_lead.get(index, {})


def sequences(found: tuple[PresetSequence, ...]) -> Body:
    """Preset sequences."""
    return {
        "sequences": [
            {
                "id": sequence.id,
                "steps": [
                    {
                        "step": step.step,
                        "message_type": step.type.value,
                        "wait_time_after": step.wait_time_after,
                    }
                    for step in sequence.steps
                ],
            }
            for sequence in found
        ]
    }


def balance(credits_: Credits) -> Body:
    """A balance of credits."""
    return {
        "message_allowance": credits_.allowance,
        "credits_used": credits_.used,
        "remaining_credits": credits_.remaining,
    }


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def account(created_at: datetime, plan_name: str, monthly_credits: int, monthly_allowance: int) -> Body:
    """The account page: ``monthly_credits`` are those used in the current period."""
    return {
        "created_at": _utc(created_at),
        "plan_name": plan_name,
        "monthly_credits": monthly_credits,
        "monthly_allowance": monthly_allowance,
    }
