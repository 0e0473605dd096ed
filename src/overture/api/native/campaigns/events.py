"""What campaigns tell their notification address: one webhook a kind, with its schema and an example."""

from collections.abc import Mapping

from overture.api.contract import Schema
from overture.api.native.campaigns.topic import EXAMPLE_ID
from overture.api.native.shapes import ID, NO_TEXT, TEXT, closed, one_of
from overture.api.openapi import Webhook
from overture.api.upscale.reference import WEBHOOK
from overture.domain.campaigns.events import AlertCode, CampaignEvent
from overture.domain.campaigns.replies import ReplyClass
from overture.domain.campaigns.states import HoldReason, StopReason
from overture.domain.messages import MessageType

_AT = "2026-01-20T10:00:00.000Z"
_SOMEBODY: dict[str, object] = {
    "id": "9b1e2c7d-0c55-4e0e-8d55-7a1f0f4b2a10",
    "lead_id": "lead_789",
    "linkedin": "https://www.linkedin.com/in/ada-example",
}
_REPLY: dict[str, object] = {
    "id": "0d5b6a51-58a8-5c39-8a08-2f6a6b9c1d10",
    "at": _AT,
    "class": "interested",
    "class_why": 'the words "sounds good"',
    "text": "Sounds good. Does Tuesday work?",
}
_STEP: Schema = {"type": "integer", "minimum": 0}
_WHEN: Schema = {"type": "string", "format": "date-time"}
_LEAD = closed(id=ID, lead_id=TEXT, linkedin=TEXT)
_CAMPAIGN = closed(id=ID, name=TEXT)


def _schema(kind: CampaignEvent, **more: Schema) -> Schema:
    return closed(type={"type": "string", "const": str(kind)}, at=_WHEN, campaign=_CAMPAIGN, **more)


def _example(kind: CampaignEvent, **more: object) -> dict[str, object]:
    return {"type": str(kind), "at": _AT, "campaign": {"id": str(EXAMPLE_ID), "name": "Spring"}, **more}


_E = CampaignEvent
_KINDS: tuple[tuple[CampaignEvent, str, dict[str, Schema], dict[str, object]], ...] = (
    (_E.LEAD_ACCEPTED, "An invitation was accepted", {"lead": _LEAD, "step": _STEP, "accepted_at": _WHEN},
     {"lead": _SOMEBODY, "step": 1, "accepted_at": _AT}),
    (_E.LEAD_SENT, "A step has left",
     {"lead": _LEAD, "step": _STEP, "message_type": one_of(MessageType), "outcome": TEXT},
     {"lead": _SOMEBODY, "step": 2, "message_type": "first_follow_up", "outcome": "sent"}),
    (_E.LEAD_REPLIED, "A lead has answered",
     {"lead": _LEAD, "step": _STEP,
      "reply": closed(id=ID, at=_WHEN, class_why=TEXT, text=TEXT, **{"class": one_of(ReplyClass)})},
     {"lead": _SOMEBODY, "step": 2, "reply": _REPLY}),
    (_E.LEAD_STOPPED, "A lead is stopped for good", {"lead": _LEAD, "step": _STEP, "reason": one_of(StopReason)},
     {"lead": _SOMEBODY, "step": 2, "reason": "replied"}),
    (_E.LEAD_HELD, "A lead is held",
     {"lead": _LEAD, "step": _STEP, "reason": one_of(HoldReason), "held_by": NO_TEXT},
     {"lead": _SOMEBODY, "step": 2, "reason": "company_replied", "held_by": str(EXAMPLE_ID)}),
    (_E.LEAD_FINISHED, "A lead's whole sequence was run", {"lead": _LEAD, "step": _STEP},
     {"lead": _SOMEBODY, "step": 5}),
    (_E.FINISHED, "All leads of a campaign have ended", {"reason": TEXT}, {"reason": ""}),
    (_E.PAUSED, "A campaign is paused", {"reason": TEXT}, {"reason": "by_hand"}),
    (_E.ALERT, "Something that a person should see to", {"code": one_of(AlertCode)}, {"code": "reply"}),
)  # fmt: skip
_DESCRIPTIONS: Mapping[CampaignEvent, str] = {
    CampaignEvent.LEAD_REPLIED: "An automatic answer is one too; its class is `out_of_office`.",
    CampaignEvent.LEAD_HELD: "`held_by` is the lead of the same company whose answer holds it, if one does.",
    CampaignEvent.ALERT: (
        "At most one a code, campaign and day (UTC). `disconnected` and `restricted` name the `linkedin_account`, and "
        "say more in `detail`."
    ),
}


def _name(kind: CampaignEvent) -> str:
    return "".join(part.capitalize() for part in kind.replace("_", ".").split(".")) + "Event"


COMPONENTS: dict[str, Schema] = {_name(kind): _schema(kind, **more) for kind, _, more, _ in _KINDS}
WEBHOOKS: tuple[Webhook, ...] = tuple(
    Webhook(
        name=kind.replace(".", "_"),
        summary=summary,
        description=f"Sent to the campaign's `notification_url`. {_DESCRIPTIONS.get(kind, '')}".strip(),
        schema=_name(kind),
        example=_example(kind, **example),
        headers={**WEBHOOK.headers, "X-Webhook-Triggered-At": "The body's `at`."},
    )
    for kind, summary, _, example in _KINDS
)
