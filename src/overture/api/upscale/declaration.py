"""The fields of a generation request, declared once: validation and OpenAPI both read this table."""

from dataclasses import dataclass
from enum import Enum

from overture.api.upscale import rules
from overture.api.upscale.rules import Rule
from overture.domain.messages import MessageType, Tone

MAX_ID = 255
MAX_TEXT = 10_000
MAX_STEPS = 100
MAX_STEP_NUMBER = 1_000


class Kind(Enum):
    """What a value is, on the wire and in the schema."""

    TEXT = "text"
    URL = "url"
    COUNTRY = "country"
    TONE = "tone"
    TYPE = "type"
    NUMBER = "number"
    STEPS = "steps"
    LEADS = "leads"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object.

    ``required`` fields must be present and not blank. ``needed_by`` names the message type that makes an
    optional field required. ``rule`` judges a text that is present. ``alias`` is a second name that is
    accepted; the first name wins, and errors use the first.
    """

    name: str
    kind: Kind
    description: str
    example: object
    required: bool = True
    rule: Rule | None = None
    limit: int | None = None
    alias: str | None = None
    needed_by: MessageType | None = None


def _text(name: str, description: str, example: str, *, required: bool = True) -> Field:
    return Field(name, Kind.TEXT, description, example, rule=rules.text(MAX_TEXT), limit=MAX_TEXT, required=required)


def _id(name: str, description: str, example: str) -> Field:
    return Field(name, Kind.TEXT, description, example, rule=rules.text(MAX_ID), limit=MAX_ID)


def _url(name: str, description: str, example: str, *, required: bool = True) -> Field:
    return Field(name, Kind.URL, description, example, rule=rules.http_url, limit=rules.URL_LENGTH, required=required)


STEP_FIELDS = (
    Field("step", Kind.NUMBER, "The step's number. Numbers may repeat; the first and lowest is 1.", 1),
    Field(
        "messageType",
        Kind.TYPE,
        "The type of message to write for this step. `message_type` is understood too.",
        MessageType.CONNECTION_REQUEST.value,
        alias="message_type",
    ),
)

LEAD_FIELDS = (
    _id("automation_tool_lead_id", "Your id of the lead; returned as `external_prospect_id`.", "lead_789"),
    _url("lead_linkedin", "The lead's LinkedIn profile.", "https://www.linkedin.com/in/example-lead"),
    _text("lead_company", "The company the lead works for.", "Example Analytics Ltd"),
    _text("first_name", "The lead's first name.", "Ada"),
    _text("last_name", "The lead's last name.", "Example"),
    _url(
        "lead_company_website_url",
        "The company's site; read for facts about the company.",
        "https://analytics.example.com",
        required=False,
    ),
    _url(
        "lead_specified_url",
        "A page to read instead of the company's site.",
        "https://analytics.example.com/news",
        required=False,
    ),
    Field(
        "job_title",
        Kind.TEXT,
        "The lead's job title. It goes before the request's own `job_title`.",
        "Head of Operations",
        required=False,
        rule=rules.text(MAX_TEXT),
        limit=MAX_TEXT,
        needed_by=MessageType.STAGE_AMBITION,
    ),
)

REQUEST_FIELDS = (
    _url(
        "completion_notification_url",
        "Where the webhook goes once the last message is done. Nothing is sent while the account has no "
        "webhook secret.",
        "https://app.example.com/webhooks/overture",
    ),
    _id("automation_tool_customer_id", "Your id of your customer.", "cust_123"),
    _id("automation_tool_campaign_id", "Your id of the campaign.", "camp_456"),
    _text("automation_tool_campaign_name", "The campaign's name for people.", "Spring outreach"),
    _text("proposition_company_name", "The company whose offer the messages are about.", "Example Software"),
    _url("proposition_company_url", "That company's site.", "https://software.example.com"),
    Field(
        "message_sequence",
        Kind.STEPS,
        "The messages to write for every lead.",
        [{"step": 1, "messageType": "connection_request"}, {"step": 2, "messageType": "first_follow_up"}],
    ),
    Field("lead_data", Kind.LEADS, "The people to write to.", []),
    Field(
        "tone_preference",
        Kind.TONE,
        "The register of all messages; `normal` where absent.",
        Tone.CASUAL.value,
        required=False,
        rule=rules.tone,
    ),
    _text(
        "signoff_name",
        "The name that ends every message. Where absent, messages end with the literal `{{yourName}}`.",
        "Sam",
        required=False,
    ),
    Field(
        "job_title",
        Kind.TEXT,
        "The job title of every lead that has none of its own.",
        "Head of Operations",
        required=False,
        rule=rules.text(MAX_TEXT),
        limit=MAX_TEXT,
        needed_by=MessageType.STAGE_AMBITION,
    ),
    Field(
        "material_link",
        Kind.URL,
        "The content to share. `material_link_one` is understood too.",
        "https://software.example.com/guide",
        required=False,
        rule=rules.http_url,
        limit=rules.URL_LENGTH,
        alias="material_link_one",
        needed_by=MessageType.SHARE_MATERIAL,
    ),
    Field(
        "hiring_location",
        Kind.COUNTRY,
        "The country whose open roles count: an ISO 3166-1 alpha-2 code in any case.",
        "GB",
        required=False,
        rule=rules.country,
        needed_by=MessageType.HIRING_ACTIVITY,
    ),
)

CHOICES: dict[Kind, tuple[str, ...]] = {
    Kind.TYPE: tuple(MessageType),
    Kind.TONE: tuple(Tone),
}
"""The closed lists, as the wire spells them."""
