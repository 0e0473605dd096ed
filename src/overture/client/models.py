"""What is sent and what comes back, in the names of the wire. Unknown fields of an answer are ignored."""

from typing import Any, NotRequired, TypedDict

from msgspec import Struct, field

JsonObject = dict[str, Any]


class Lead(TypedDict):
    """A person to write to."""

    automation_tool_lead_id: str
    lead_linkedin: str
    lead_company: str
    first_name: str
    last_name: str
    lead_company_website_url: NotRequired[str]
    lead_specified_url: NotRequired[str]
    job_title: NotRequired[str]


class SequenceStep(TypedDict):
    """A message to write for every lead."""

    step: int
    messageType: str


class GenerationRequest(TypedDict):
    """The body of request_message_generation."""

    completion_notification_url: str
    automation_tool_customer_id: str
    automation_tool_campaign_id: str
    automation_tool_campaign_name: str
    proposition_company_name: str
    proposition_company_url: str
    message_sequence: list[SequenceStep]
    lead_data: list[Lead]
    tone_preference: NotRequired[str]
    signoff_name: NotRequired[str]
    job_title: NotRequired[str]
    material_link: NotRequired[str]
    hiring_location: NotRequired[str]


class Accepted(Struct, frozen=True):
    """A request was accepted, or is the same as an earlier one."""

    message: str
    secure_request_id: str

    @property
    def duplicate(self) -> bool:
        """An equal body came before; also where that was this call, and its answer was lost."""
        return self.message == "Duplicate request"


class Metadata(Struct, frozen=True):
    """How far a request is. Counts of failures are None before the end."""

    generation_status: str
    status_message: str
    requested_message_count: int
    generated_message_count: int
    failed_messages_count: int | None = None
    failed_messages_reason: str | None = None


class LeadMessages(Struct, frozen=True):
    """What was written for a lead; None where nothing was, or is not yet."""

    external_prospect_id: str
    linkedin: str
    outreach_message: str | None = None
    first_follow_up_message: str | None = None
    stage_ambition_message: str | None = None
    share_material_message: str | None = None
    hiring_activity_message: str | None = None
    no_job_posts: str | None = None


class RetrievedCampaign(Struct, frozen=True):
    """The leads of a request."""

    automation_tool_campaign_id: str
    automation_tool_campaign_name: str
    leads_data: list[LeadMessages]


class Messages(Struct, frozen=True):
    """The messages of a request."""

    metadata: Metadata
    campaign: RetrievedCampaign

    @property
    def complete(self) -> bool:
        """Every message has ended."""
        return self.metadata.generation_status == "complete"


class PresetStep(Struct, frozen=True):
    """A step of a preset sequence."""

    step: int
    message_type: str
    wait_time_after: str | None = None


class Sequence(Struct, frozen=True):
    """A preset sequence."""

    id: str
    steps: list[PresetStep]


class Sequences(Struct, frozen=True):
    """Preset sequences."""

    sequences: list[Sequence]


class Credits(Struct, frozen=True):
    """The balance of messages."""

    message_allowance: int
    credits_used: int
    remaining_credits: int


class Citation(Struct, frozen=True):
    """What a claim rests on."""

    evidence_id: str
    source: str
    url: str
    span: str
    fetched_at: str | None = None


class Check(Struct, frozen=True):
    """The verdict on a claim or guess."""

    passed: bool
    objections: list[str]


class Segment(Struct, frozen=True):
    """A run of a message's text with one role."""

    text: str
    role: str
    hedged: bool
    citations: list[Citation]
    check: Check | None = None


class Message(Struct, frozen=True):
    """A message with its evidence, or why it was not written."""

    id: str
    lead_id: str
    type: str
    state: str
    version: int
    segments: list[Segment]
    text: str | None = None
    length: int | None = None
    reason: str | None = None
    detail: str | None = None
    versions: list[JsonObject] = field(default_factory=list[JsonObject])


class VersionAsked(Struct, frozen=True):
    """A version that will be written."""

    id: str
    version: int
    state: str
    credits_held: int


class Quote(Struct, frozen=True):
    """What a request would cost and find."""

    would_be_accepted: bool
    messages: dict[str, int]
    credits: dict[str, int]
    warnings: list[str]
    duplicate_of: str | None = None


class Cancelled(Struct, frozen=True):
    """Where a request stands after cancelling."""

    id: str
    state: str
    requested: int
    generated: int
    failed: int
    cancelled: int
    kept_for_others: int


class Answer(Struct, frozen=True):
    """What the gateway says to most calls: a sentence, or data."""

    message: str = ""
    data: JsonObject = field(default_factory=JsonObject)

    @property
    def state(self) -> str:
        """Of an action: how far it got, such as ``sent`` or ``downgraded_no_note``; else blank."""
        return str(self.data.get("state", ""))


class SignIn(Struct, frozen=True):
    """A session, or, where ``login_token`` is blank, a code that LinkedIn sent to ``email``."""

    message: str = ""
    login_token: str = ""
    email: str = ""


class Monitor(Struct, frozen=True):
    """Who is told of a LinkedIn account's happenings."""

    id: str
    webhook_url: str
    login_token: str
    country: str
    is_active: bool
    account_name: str | None = None


class Campaign(Struct, frozen=True):
    """A campaign. ``tally`` is None in lists; ``definition`` is what was ordered."""

    id: str
    name: str
    automation_tool_customer_id: str
    state: str
    reason: str
    leads: int
    created_at: str
    definition: JsonObject
    tally: dict[str, int] | None = None
    started_at: str | None = None
    ended_at: str | None = None


class CampaignLead(Struct, frozen=True):
    """A lead of a campaign, and where it stands."""

    id: str
    campaign_id: str
    key: str
    linkedin: str
    first_name: str
    last_name: str
    company: str
    state: str
    step: int
    reason: str
    sender: str | None = None
    wake_at: str | None = None
    accepted_at: str | None = None
    replied_at: str | None = None


class CampaignPerson(TypedDict):
    """A person to add to a campaign."""

    linkedin: str
    first_name: str
    last_name: str
    company: str
    job_title: NotRequired[str]
    company_website_url: NotRequired[str]
    specified_url: NotRequired[str]
    key: NotRequired[str]


class Imported(Struct, frozen=True):
    """What became of a list; ``problems`` name ``line``, ``field`` and ``rule``. ``sample`` is a preview's."""

    rows: int
    added: int
    faulty: int
    repeated: int
    known: int
    suppressed: int
    problems: list[JsonObject]
    sample: list[JsonObject] = field(default_factory=list[JsonObject])


class Review(Struct, frozen=True):
    """A message that waits for a person; the one review alone has ``segments``."""

    id: str
    campaign: JsonObject
    lead: JsonObject
    step: int
    type: str
    text: str
    length: int
    flags: list[str]
    edited: bool
    in_review_since: str | None = None
    segments: list[Segment] = field(default_factory=list[Segment])


class Approved(Struct, frozen=True):
    """How approving went; ``left`` were not looked at."""

    approved: int
    ids: list[str]
    not_approved: list[JsonObject]
    left: int


class Rejected(Struct, frozen=True):
    """What became of the lead of a rejected message."""

    id: str
    then: str
    lead_state: str


class Edited(Struct, frozen=True):
    """A message after its edit."""

    id: str
    text: str
    length: int
    flags: list[str]


class Thread(Struct, frozen=True):
    """Who answered, as the last message received stands; the one thread alone has ``messages`` and ``holds``."""

    id: str
    lead: JsonObject
    campaign: JsonObject
    linkedin_account: str
    text: str
    at: str
    kind: str = field(name="class")
    class_why: str
    class_by: str
    handled_at: str | None = None
    messages: list[JsonObject] = field(default_factory=list[JsonObject])
    holds: list[str] = field(default_factory=list[str])
