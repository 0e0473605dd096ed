"""The operations on messages in review, with what they answer."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from overture.api import evidence
from overture.api.contract import Operation, Outcome, Parameter, Path, Schema
from overture.api.evidence import Body
from overture.api.native import examples
from overture.api.native.campaigns.topic import CURSOR, LIMIT, PATH, TAG
from overture.api.native.declaring import BODY, KEY, outcomes, problem
from overture.api.native.schemas import SEGMENT
from overture.api.native.shapes import COUNT, FLAG, ID, MOMENT, NO_TEXT, TEXT, closed, listed, one_of, ref
from overture.domain.campaigns.flags import Flag
from overture.domain.campaigns.reviews import Objection, ReviewId, Then
from overture.domain.campaigns.states import LeadState
from overture.domain.messages import MessageType, linkedin_length
from overture.usecases import idempotency
from overture.usecases.campaigns import approving
from overture.usecases.campaigns.approving import Approved, NotApproved, Rejected
from overture.usecases.campaigns.reviewing import Edited, Review, Shown

REVIEWS = f"{PATH}/reviews"
_GIVEN = ("key", "linkedin", "first_name", "last_name", "company", "job_title")


def review(shown: Review) -> Body:
    """One message in review, without its evidence."""
    return {
        "id": str(shown.id),
        "campaign": {"id": str(shown.campaign_id), "name": shown.campaign},
        "lead": {"id": str(shown.lead_id), **{name: getattr(shown, name) for name in _GIVEN}},
        "step": shown.step,
        "type": shown.type.value,
        "text": shown.text,
        "length": linkedin_length(shown.text),
        "flags": list(shown.flags),
        "edited": shown.edited,
        "oldest_page_read_at": evidence.moment(shown.fact_at),
        "in_review_since": evidence.moment(shown.since),
    }


def with_evidence(shown: Shown) -> Body:
    """The same with what each segment rests on."""
    return {**review(shown.review), "segments": evidence.segments(shown.segments, shown.objections)}


def approved(told: Approved) -> Body:
    """How an approval went."""
    return {
        "approved": len(told.approved),
        "ids": [str(text) for text in told.approved],
        "not_approved": [
            {"id": str(item.id), "code": item.why.value, "detail": approving.SENTENCES[item.why]}
            for item in told.not_approved
        ],
        "left": told.left,
    }


def rejected(told: Rejected) -> Body:
    """What became of a lead whose message was rejected."""
    return {"id": str(told.id), "then": told.then.value, "lead_state": told.state.value}


def edited(told: Edited) -> Body:
    """A message after its edit."""
    return {
        "id": str(told.id),
        "text": told.text,
        "length": linkedin_length(told.text),
        "flags": list(told.flags),
        "edited": True,
    }


EXAMPLE = ReviewId(UUID("6f0f7c3e-3d1e-4a54-a3f5-0d8a0d9b5c11"), 1, 1)
_MOMENT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
_SHOWN = examples.shown(written=True)
_REVIEW = Review(
    lead_id=EXAMPLE.lead_id,
    campaign_id=UUID("3a1f0a52-8f5a-4a06-9d53-0f6d2b8c9e11"),
    campaign="Grid operators, autumn",
    step=EXAMPLE.step,
    attempt=EXAMPLE.attempt,
    type=MessageType.CONNECTION_REQUEST,
    text=_SHOWN.text or "",
    flags=(),
    edited=False,
    request_id=examples.REQUEST_ID,
    request_lead=0,
    fact_at=_MOMENT,
    since=_MOMENT,
    key="lead_789",
    linkedin="https://www.linkedin.com/in/ada-example",
    first_name="Ada",
    last_name="Example",
    company="Example Analytics Ltd",
    job_title="CFO",
)
_REVIEW_ID = Parameter(
    "review_id",
    "The message in review: the lead's id, the step and the attempt, joined by dots. A text that was written anew has "
    "another id.",
    {"type": "string"},
    str(EXAMPLE),
    required=True,
)
_NONE = problem(404, "There is no such message.", "No such message in review")
_GONE = problem(409, "It is not in review any more, or a call with this key is in hand.",
                "The message is not in review any more", idempotency.IN_HAND)  # fmt: skip
LIST = Operation(
    id="list_reviews",
    method="GET",
    paths=(Path(REVIEWS),),
    tag=TAG,
    summary="List the messages that wait for a person",
    description="Longest waiting first, over all campaigns of the account or of one of them.",
    parameters=(
        Parameter("campaign_id", "Of this campaign only.", ID, str(_REVIEW.campaign_id)),
        Parameter("flag", "Only those that carry this flag.", one_of(Flag), "guess"),
        Parameter("plain", "`true`: only those without any flag.", {"type": "boolean"}, "true"),
        LIMIT,
        CURSOR,
    ),
    outcomes=outcomes(
        Outcome(200, "A page.", "ReviewPage", {"page": {"reviews": [review(_REVIEW)], "next_cursor": None}}),
        problem(422, "A parameter breaks rules.", f"flag must be one of: {', '.join(Flag)}"),
    ),
)
SHOW = Operation(
    id="show_review",
    method="GET",
    paths=(Path(f"{REVIEWS}/{{review_id}}"),),
    tag=TAG,
    summary="Read a message in review with its evidence",
    description="Segment by segment, as `GET /api/native/messages/{message_id}` shows it, of the text as it reads now.",
    path_parameters=(_REVIEW_ID,),
    outcomes=outcomes(
        Outcome(200, "The message.", "ReviewWithEvidence", {"review": with_evidence(Shown(_REVIEW, _SHOWN.segments))}),
        _NONE,
        problem(409, "It is not in review any more.", "The message is not in review any more"),
    ),
)
_APPROVED = Approved((EXAMPLE,), (NotApproved(ReviewId(EXAMPLE.lead_id, 2, 1), Objection.GONE),))
_CHECKED = (
    "Each is checked again at this moment: still in review, campaign going on, person not suppressed, no reply, pages "
    "not too old. Whoever is suppressed or has replied is stopped. What is approved is sent as soon as hours, pace and "
    "budgets of its account allow, after the same checks."
)
APPROVE = Operation(
    id="approve_review",
    method="POST",
    paths=(Path(f"{REVIEWS}/{{review_id}}/approve"),),
    tag=TAG,
    summary="Approve a message",
    description=_CHECKED + " Why it could not be approved stands in `not_approved`.",
    path_parameters=(_REVIEW_ID,),
    headers=(KEY,),
    outcomes=outcomes(
        Outcome(200, "How it went.", "Approved", {"approved": approved(Approved((EXAMPLE,), ()))}),
        _NONE,
        problem(409, "A call with this key is in hand.", idempotency.IN_HAND),
        problem(422, "A body that is no JSON object, or a key used for another call.", idempotency.ANOTHER),
        *BODY,
    ),
)
APPROVE_MANY = Operation(
    id="approve_reviews",
    method="POST",
    paths=(Path(f"{REVIEWS}/approve"),),
    tag=TAG,
    summary="Approve many messages at once",
    description=(
        f"Those named in `ids` (at most {approving.MOST_IDS}), or with `all` all that match `campaign_id`, `flag` and "
        f"`plain`: at most {approving.MOST_MATCHING} a call; `left` says how many were not looked at. " + _CHECKED
    ),
    body="ApproveMany",
    body_examples={
        "named": {"ids": [str(EXAMPLE)]},
        "all_without_flags": {"all": True, "campaign_id": str(_REVIEW.campaign_id), "plain": True},
    },
    headers=(KEY,),
    outcomes=outcomes(
        Outcome(200, "How many, and why others were not.", "Approved", {"approved": approved(_APPROVED)}),
        problem(409, "A call with this key is in hand.", idempotency.IN_HAND),
        problem(422, "The body breaks rules.", "either ids, an array, or all, true, is required"),
        *BODY,
    ),
)
REJECT = Operation(
    id="reject_review",
    method="POST",
    paths=(Path(f"{REVIEWS}/{{review_id}}/reject"),),
    tag=TAG,
    summary="Reject a message",
    description=(
        "`then` says what follows: `skip` leaves the step out, an invitation goes without its note; `stop` stops the "
        "lead; `rewrite` has the step written anew, which costs a credit when it is written."
    ),
    body="Verdict",
    body_examples={"stop": {"then": "stop", "reason": "A customer already."}},
    path_parameters=(_REVIEW_ID,),
    headers=(KEY,),
    outcomes=outcomes(
        Outcome(
            200, "What became of the lead.", "Rejected",
            {"stopped": rejected(Rejected(EXAMPLE, Then.STOP, LeadState.STOPPED))},
        ),
        _NONE,
        _GONE,
        problem(422, "The body breaks rules.", f"then must be one of: {', '.join(Then)}"),
        *BODY,
    ),
)  # fmt: skip
EDIT = Operation(
    id="edit_review",
    method="POST",
    paths=(Path(f"{REVIEWS}/{{review_id}}/edit"),),
    tag=TAG,
    summary="Edit a message",
    description=(
        "The new text has to pass the send gate, and may use only what the message's evidence and the lead's fields "
        "support. A text that does not is refused with every objection, and nothing is changed. The message stays in "
        "review."
    ),
    body="Edit",
    body_examples={"edit": {"text": _SHOWN.text}},
    path_parameters=(_REVIEW_ID,),
    headers=(KEY,),
    outcomes=outcomes(
        Outcome(
            200, "The message as it reads now.", "Edited", {"edited": edited(Edited(EXAMPLE, _SHOWN.text or "", ()))}
        ),
        _NONE,
        _GONE,
        problem(
            422, "The gate's objections.", "words without support: churn, rise in 'Your churn is rising.'"
        ),
        *BODY,
    ),
)  # fmt: skip

_IDS: Schema = {"type": "array", "items": TEXT, "maxItems": approving.MOST_IDS}
_REVIEW_SHAPE = closed(
    id=TEXT,
    campaign=closed(id=ID, name=TEXT),
    lead=closed(
        id=ID, key=TEXT, linkedin=TEXT, first_name=TEXT, last_name=TEXT, company=TEXT, job_title=NO_TEXT
    ),
    step={"type": "integer", "minimum": 1},
    type=one_of(MessageType),
    text=TEXT,
    length=COUNT,
    flags=listed(one_of(Flag)),
    edited=FLAG,
    oldest_page_read_at=MOMENT,
    in_review_since=MOMENT,
)  # fmt: skip
COMPONENTS: Mapping[str, Schema] = {
    "Review": _REVIEW_SHAPE,
    "ReviewWithEvidence": {"allOf": [ref("Review"), closed(segments=listed(SEGMENT))]},
    "ReviewPage": closed(reviews=listed(ref("Review")), next_cursor=NO_TEXT),
    "ApproveMany": {
        "type": "object",
        "properties": {
            "ids": _IDS,
            "all": FLAG,
            "campaign_id": ID,
            "flag": one_of(Flag),
            "plain": FLAG,
        },
    },
    "Approved": closed(
        approved=COUNT,
        ids=listed(TEXT),
        not_approved=listed(closed(id=TEXT, code=one_of(Objection), detail=TEXT)),
        left=COUNT,
    ),
    "Verdict": {
        "type": "object",
        "properties": {"then": one_of(Then), "reason": {"type": "string", "maxLength": approving.MOST_REASON}},
        "required": ["then"],
    },
    "Rejected": closed(id=TEXT, then=one_of(Then), lead_state=one_of(LeadState)),
    "Edit": {"type": "object", "properties": {"text": TEXT}, "required": ["text"]},
    "Edited": closed(id=TEXT, text=TEXT, length=COUNT, flags=listed(one_of(Flag)), edited=FLAG),
}
